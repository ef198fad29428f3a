"""What others left at lessons, on the command line: to be read and left, and for who teaches to look after."""

import pytest

from azora_tui.paths import Paths
from tests.commands.conftest import PASSWORD, Azora

pytestmark = pytest.mark.usefixtures("school")

BASICS = "terminal-basics"
HOSTILE = {
    "escapes": "\x1b[2J\x1b]0;owned\x07red \x9b31m",
    "markup": "[bold red]x[/] [@click=app.quit]y[/]",
    "bidi": "\u202eabc\u2066def",
    "combining": "z" + "\u0335\u0353" * 1_500,
    "looks like ours": "Deleted, with its thanks.\n\n2, tip, you",
}


@pytest.fixture
def amina(school: Paths, azora: Azora) -> None:
    """A learner who has completed the first lesson of a course that the admin, who is signed out now, is in too."""
    assert azora("enroll", BASICS).status == 0
    register = ("register", "--email", "amina@example.org", "--name", "Amina", "--password-stdin")
    assert azora(*register, stdin=PASSWORD).status == 0
    assert azora("enroll", BASICS).status == 0
    assert azora("complete", BASICS, "1").status == 0


def sign_in(azora: Azora, email: str) -> None:
    assert azora("login", "--email", email, "--password-stdin", stdin=PASSWORD).status == 0


def left(azora: Azora, *more: str, text: str = "Type it *slowly*.") -> str:
    """The number of a new piece."""
    return str(azora("wisdom", "write", BASICS, "1", text, *more, "--json").json["data"]["id"])


@pytest.mark.usefixtures("amina")
def test_it_is_left_read_thanked_changed_and_deleted(azora: Azora) -> None:
    assert azora("wisdom", BASICS, "1").out.startswith("Nobody has left anything here yet. `azora-tui wisdom write`")
    written = azora("wisdom", "write", BASICS, "1", "-", "--kind", "example", stdin="Type it *slowly*.\n")
    assert written.out.startswith("It is there now, for who comes after you.\n")
    assert "wisdom delete 1" in written.out
    sign_in(azora, "learner@example.org")
    out = azora("wisdom", BASICS, "1").out
    assert "1\n\n1, example, Amina\n  │ Type it *slowly*.\n" in out
    assert azora("wisdom", "thank", "1").out == "Thanked.\n"
    assert "1, example, Amina, 1 thanks, thanked by you\n" in azora("wisdom", BASICS, "1").out
    assert azora("wisdom", "thank", "1", "--take-back").out == "You thank for it no longer.\n"
    sign_in(azora, "amina@example.org")
    assert azora("wisdom", "change", "1", "Type it.", "--kind", "tip").out == "Changed.\n"
    mine = azora("wisdom", "mine").out
    assert "1, tip, you, changed, at " in mine
    assert "│ Type it.\n" in mine
    assert azora("wisdom", "delete", "1").out.startswith("Deleted")
    assert azora("wisdom", "mine").out.startswith("You have left nothing yet.")
    refused = azora("wisdom", "thank", "1")
    assert (refused.status, refused.out) == (1, "")
    assert "Nothing of that number" in refused.err


@pytest.mark.usefixtures("amina")
def test_who_has_not_completed_it_is_told_when_they_may(azora: Azora) -> None:
    assert "When you have completed this lesson" in azora("wisdom", BASICS, "2").out
    assert "completed this lesson" in azora("wisdom", "write", BASICS, "2", "Mine").err


@pytest.mark.usefixtures("amina")
def test_it_is_bound_to_a_paragraph_by_its_words(azora: Azora) -> None:
    lesson = azora("read", BASICS, "1", "--json").json
    assert lesson
    left(azora, "--at", "terminal")
    out = azora("wisdom", BASICS, "1").out
    assert '\nOn "' in out
    assert "No paragraph" in azora("wisdom", "write", BASICS, "1", "x", "--at", "nowhere to be found").err


@pytest.mark.usefixtures("amina")
def test_a_long_list_says_that_it_goes_on(azora: Azora, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("azora_tui.lms.together.wisdom.PAGE", 2)
    for number in range(3):
        left(azora, text=f"Number {number}")
    assert ": the best 2 of 3\n" in azora("wisdom", BASICS, "1").out
    assert "`--all` lists more" in azora("wisdom", BASICS, "1").out
    assert azora("wisdom", BASICS, "1", "--all").out.count("│ Number") == 3


@pytest.mark.usefixtures("amina")
def test_who_teaches_looks_after_it(azora: Azora) -> None:
    number = left(azora, "--kind", "correction", text="It is *cd*, not dc.")
    sign_in(azora, "learner@example.org")
    assert azora("reports").out == "No report waits for you.\n"
    reported = azora("wisdom", "report", number, "It is unkind.")
    assert reported.out.startswith("Reported")
    out = azora("reports").out
    assert out.startswith("1 report waits for you:\n\nReport 1, today:\n  │ It is unkind.\n")
    assert f"{number}, correction, Amina, reported by you, at " in out
    assert azora("reports", "dismiss", "1").out.startswith("It stays as it is")
    assert azora("wisdom", "pin", number).out.startswith("Pinned")
    assert ", pinned" in azora("wisdom", BASICS, "1").out
    assert azora("wisdom", "unpin", number).status == 0
    assert azora("wisdom", "answer", number, "So it is.").out == "Your answer stands beneath it.\n"
    assert "Who teaches the course:\n    │ So it is.\n" in azora("wisdom", BASICS, "1").out
    assert azora("wisdom", "answer", number, "--take-away").out.startswith("Nothing is said")
    assert azora("wisdom", "taken", BASICS).out.startswith("Nothing was taken over")
    taken = azora("wisdom", "take-over", number)
    assert "new version" in taken.out
    assert "It is *cd*, not dc." in azora("read", BASICS, "1").out
    assert azora("wisdom", "taken", BASICS).out.endswith("\n\nIt is \\*cd\\*, not dc.\n")
    assert azora("wisdom", "hide", number, "It is settled.").out.startswith("Hidden.")
    sign_in(azora, "amina@example.org")
    assert "Only you and who teaches this course see this. The reason: It is" in azora("wisdom", BASICS, "1").out
    assert azora("wisdom", "show", number).status == 1
    sign_in(azora, "learner@example.org")
    assert "Hidden from learners." in azora("wisdom", BASICS, "1").out
    assert azora("wisdom", "show", number).status == 0


@pytest.mark.usefixtures("amina")
def test_for_programs(azora: Azora) -> None:
    written = azora("wisdom", "write", BASICS, "1", "Slowly.", "--json").json["data"]
    number = str(written["id"])
    assert written == {
        "id": 1,
        "uuid": written["uuid"],
        "kind": "tip",
        "text": "Slowly.",
        "author": "Amina",
        "author_gone": False,
        "mine": True,
        "course_id": written["course_id"],
        "course_title": "At Home in the Terminal",
        "lesson_id": written["lesson_id"],
        "lesson_slug": written["lesson_slug"],
        "lesson_title": written["lesson_title"],
        "quote": None,
        "written_at": written["written_at"],
        "changed_at": None,
        "thanks": 0,
        "thanked": False,
        "reported": False,
        "pinned": False,
        "hidden_reason": None,
        "answer": None,
        "answered_at": None,
        "taken_over_at": None,
    }
    assert azora("wisdom", "mine", "--json").json["data"] == [written]
    listed = azora("wisdom", BASICS, "1", "--json").json["data"]
    assert listed == {
        "lesson_id": written["lesson_id"], "total": 1, "quiz_open": False, "may_write": True, "pieces": [written],
    }  # fmt: skip
    assert azora("wisdom", "change", number, "Quickly.", "--json").json["data"]["text"] == "Quickly."
    sign_in(azora, "learner@example.org")
    assert azora("wisdom", "thank", number, "--json").json["data"]["thanked"] is True
    assert azora("wisdom", "report", number, "No.", "--json").json == {"success": True, "message": "Reported"}
    [report] = azora("reports", "--json").json["data"]
    assert (report["reason"], report["wisdom"]["text"], report["wisdom"]["reported"]) == ("No.", "Quickly.", True)
    dismissed = azora("reports", "dismiss", str(report["id"]), "--json").json
    assert dismissed == {"success": True, "message": "Report dismissed"}
    for words, field, value in (
        (("hide", number, "No."), "hidden_reason", "No."),
        (("show", number), "hidden_reason", None),
        (("pin", number), "pinned", True),
        (("unpin", number), "pinned", False),
        (("answer", number, "Yes."), "answer", "Yes."),
    ):
        assert azora("wisdom", *words, "--json").json["data"][field] == value
    assert azora("wisdom", "taken", BASICS, "--json").json["data"] == []
    hit = next(each for each in azora("search", "quickly", "--json").json["data"] if each["wisdom_id"])
    assert (hit["kind"], hit["wisdom_id"]) == ("wisdom", 1)
    sign_in(azora, "amina@example.org")
    assert azora("wisdom", "delete", number, "--json").json == {"success": True, "message": "Deleted"}


@pytest.mark.usefixtures("amina")
def test_beside_an_open_quiz_only_that_is_said(azora: Azora, school: Paths) -> None:
    from azora_tui.data import schema
    from azora_tui.data.database import open_database

    left(azora)
    database = open_database(school.lms_database, schema.LMS)
    with database.write() as transaction:
        transaction.execute(
            "INSERT INTO attempts (uuid, enrollment_id, lesson_id, course_version, pass_percent, questions, started_at)"
            " SELECT 'u', lesson_progress.enrollment_id, lesson_id, '1', 80, '[]', 'x' FROM lesson_progress"
        )
    database.close()
    out = azora("wisdom", BASICS, "1")
    assert out.out == "What others left here waits until you have finished the quiz.\n"
    assert "slowly" not in out.out
    assert azora("wisdom", BASICS, "1", "--json").json["data"]["quiz_open"] is True


@pytest.mark.usefixtures("amina")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_shown_harmlessly(azora: Azora, name: str) -> None:
    """The fixture itself finds every control character."""
    number = left(azora, text=f"unmistakable {HOSTILE[name]}")
    sign_in(azora, "learner@example.org")
    azora("wisdom", "report", number, HOSTILE[name])
    azora("wisdom", "answer", number, HOSTILE[name])
    azora("wisdom", "hide", number, HOSTILE[name])
    for words in (("wisdom", BASICS, "1"), ("reports",), ("search", "unmistakable"), ("wisdom", "mine")):
        for answer in (azora(*words), azora(*words, "--json")):
            assert answer.status == 0
            assert not {"\u202e", "\u2066"} & set(answer.out)
            assert answer.out.count("\u0335") < 200
    out = azora("wisdom", BASICS, "1").out
    assert "\nDeleted" not in out
    assert "\n2, tip" not in out


@pytest.mark.usefixtures("amina")
def test_a_megabyte_is_refused_at_once(azora: Azora) -> None:
    for argv, stdin in ((("x" * 1_000_000,), ""), (("-",), "x" * 1_000_000)):
        refused = azora("wisdom", "write", BASICS, "1", *argv, stdin=stdin)
        assert refused.status == 1
        assert "4,000" in refused.err
    assert azora("wisdom", "write", BASICS, "1", stdin=b"\xff").status == 1
    assert "Nobody" in azora("wisdom", BASICS, "1").out
