"""Help without the app: asked for, and given."""

import json
from collections.abc import Callable

import pytest

from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.paths import Paths
from tests.commands.conftest import PASSWORD, Azora

pytestmark = pytest.mark.usefixtures("school")

BASICS = "terminal-basics"


def sign_in(azora: Azora, email: str) -> None:
    assert azora("login", "--email", email, "--password-stdin", stdin=PASSWORD).status == 0


@pytest.fixture
def profile(school: Paths) -> Callable[[str], None]:
    """`profile("thandi@example.org")`: an open one that says that they help."""

    def show(email: str) -> None:
        database = open_database(school.lms_database, schema.LMS)
        with database.write() as transaction:
            transaction.execute(
                """
                INSERT INTO profiles (user_id, is_open, helps, updated_at)
                SELECT user_id, 1, 1, '2026' FROM learners WHERE email = :email
                """,
                {"email": email},
            )
        database.close()

    return show


@pytest.fixture
def thandi(azora: Azora, profile: Callable[[str], None]) -> None:
    """She has completed the first lesson of a course and helps; the admin, who is in it too, is signed in."""
    register = ("register", "--email", "thandi@example.org", "--name", "Thandi", "--password-stdin")
    assert azora(*register, stdin=PASSWORD).status == 0
    assert azora("enroll", BASICS).status == 0
    assert azora("complete", BASICS, "1").status == 0
    profile("thandi@example.org")
    sign_in(azora, "learner@example.org")
    assert azora("enroll", BASICS).status == 0


def test_where_nothing_is_there_is_a_sentence(azora: Azora) -> None:
    assert azora("help-wanted").out.startswith("Nobody waits for your help.")
    assert azora("help-wanted", "mine").out.startswith("You have asked nothing yet.")
    assert azora("help-wanted", "--json").json == {"success": True, "data": []}
    assert azora("help-wanted", "mine", "--json").json == {"success": True, "data": []}


@pytest.mark.usefixtures("thandi")
def test_asked_answered_and_settled(azora: Azora) -> None:
    asked = azora("help-wanted", "ask", BASICS, "1", "Why is it called a **shell**?")
    assert asked.out.startswith("Asked. It reaches 1 learner who can answer.\n")
    number = asked.out.split("show ")[1].split("`")[0]
    shown = azora("help-wanted", "show", number).out
    assert "You asked, today:\nWhy is it called a shell?\n" in shown
    assert "No answer yet. It reaches 1 learner" in shown
    assert "no answer yet" in azora("help-wanted", "mine").out

    sign_in(azora, "thandi@example.org")
    listed = azora("help-wanted").out
    assert "Why is it called a shell?" in listed
    assert "Learner" not in listed  # whose profile is not open
    assert azora("help-wanted", "reply", number, "-", stdin="It is *around* the core.\n").out.startswith("Said.")
    shown = azora("help-wanted", "show", number).out
    assert "A learner asked, today:" in shown
    assert "You (answer 1), today:\nIt is around the core.\n" in shown

    sign_in(azora, "learner@example.org")
    assert "Thandi (answer 1), today:\nIt is around the core." in azora("help-wanted", "show", number).out
    assert "1 answer" in azora("help-wanted", "mine").out
    assert azora("help-wanted", "settle", number).out.startswith("Settled.")
    assert "settled" in azora("help-wanted", "mine").out
    sign_in(azora, "thandi@example.org")
    assert azora("help-wanted").out.startswith("Nobody waits")
    assert azora("help-wanted", "change", "1", "It is around all.").out == "Changed.\n"
    assert "It is around all." in azora("help-wanted", "show", number).out
    assert azora("help-wanted", "delete", "1").out.startswith("Deleted.")
    assert azora("help-wanted", "delete", "1").status == 1


@pytest.mark.usefixtures("thandi")
def test_for_programs(azora: Azora) -> None:
    asked = azora("help-wanted", "ask", BASICS, "1", "Why?", "--json").json["data"]
    assert asked == {"id": 1, "reached": 1}
    [mine] = azora("help-wanted", "mine", "--json").json["data"]
    assert mine == {
        "id": 1,
        "uuid": mine["uuid"],
        "asker": {"name": "Learner", "mine": True, "gone": False},
        "course_id": mine["course_id"],
        "course_title": "At Home in the Terminal",
        "lesson_id": mine["lesson_id"],
        "lesson_title": mine["lesson_title"],
        "question_id": None,
        "quote": None,
        "text": "Why?",
        "asked_at": mine["asked_at"],
        "settled_at": None,
        "replies": 0,
        "hidden_reason": None,
    }
    sign_in(azora, "thandi@example.org")
    assert azora("help-wanted", "--json").json["data"] == [
        {**mine, "asker": {"name": None, "mine": False, "gone": False}}
    ]
    thread = azora("help-wanted", "reply", "1", "Because.", "--json").json["data"]
    [said] = thread["said"]
    assert (thread["withheld"], thread["reached"], thread["replies"]) == (False, None, 1)
    assert said == {
        "id": 1,
        "uuid": said["uuid"],
        "author": {"name": "Thandi", "mine": True, "gone": False},
        "text": "Because.",
        "at": said["at"],
        "changed_at": None,
        "given_at": None,
        "hidden_reason": None,
    }
    assert azora("help-wanted", "change", "1", "So.", "--json").json == {"success": True, "message": "Changed."}
    assert azora("help-wanted", "show", "1", "--json").json["data"]["said"][0]["changed_at"]
    sign_in(azora, "learner@example.org")
    assert azora("help-wanted", "settle", "1", "--json").json["success"] is True
    assert azora("help-wanted", "show", "1", "--json").json["data"]["settled_at"]
    assert azora("help-wanted", "take-back", "1", "--json").json["success"] is True
    gone = azora("help-wanted", "show", "1", "--json")
    assert (gone.status, gone.json["success"]) == (1, False)
    assert "no such question here" in gone.json["error"]


@pytest.mark.usefixtures("thandi")
def test_a_question_of_the_quiz_by_its_number_and_by_its_id(azora: Azora, school: Paths) -> None:
    lesson = next(
        number
        for number, each in enumerate(azora("course", BASICS, "--json").json["data"]["lessons"], start=1)
        if "Quiz" in azora("read", BASICS, str(number)).out and each
    )
    for word in ("1", "2"):
        assert azora("help-wanted", "ask", BASICS, str(lesson), "--question", word, "Why?").status == 0
    first, second = reversed(azora("help-wanted", "mine", "--json").json["data"])
    assert first["question_id"] != second["question_id"]
    assert first["quote"]
    again = azora("help-wanted", "ask", BASICS, str(lesson), "--question", first["question_id"], "Again?", "--json")
    shown = azora("help-wanted", "show", str(again.json["data"]["id"])).out
    assert "at this question of the quiz" in " ".join(shown.split())
    assert "> " in shown
    reversed_order = azora("help-wanted", "ask", BASICS, str(lesson), "Why?", "--question", "1", "--json")
    assert reversed_order.json["success"] is True
    assert azora("help-wanted", "ask", "--question", "1", BASICS, str(lesson), "Why?").status == 2
    for word in ("0", "99", "never", "99999"):
        refused = azora("help-wanted", "ask", BASICS, str(lesson), "--question", word, "Why?")
        assert (refused.status, "not part of the quiz" in refused.err) == (1, True)


@pytest.mark.usefixtures("thandi")
def test_while_one_takes_the_quiz_answers_wait(azora: Azora, school: Paths) -> None:
    azora("help-wanted", "ask", BASICS, "1", "Why?")
    sign_in(azora, "thandi@example.org")
    azora("help-wanted", "reply", "1", "Because.")
    begun = """
        INSERT INTO attempts (uuid, enrollment_id, lesson_id, course_version, pass_percent, questions, started_at)
        SELECT 'open', enrollments.id, help_requests.lesson_id, '1', 70, '[]', '2026-11-27 10:00:00'
        FROM help_requests JOIN enrollments ON enrollments.user_id = :user AND enrollments.course_id
            = help_requests.course_id
    """
    database = open_database(school.lms_database, schema.LMS)
    with database.write() as transaction:
        transaction.execute(begun, {"user": 1})
    database.close()
    sign_in(azora, "learner@example.org")
    shown = azora("help-wanted", "show", "1").out
    assert "answers wait until your attempt is finished" in " ".join(shown.split())
    assert "Because." not in shown
    thread = azora("help-wanted", "show", "1", "--json").json["data"]
    assert (thread["withheld"], thread["said"], thread["replies"]) == (True, [], 1)


@pytest.mark.parametrize("word", ["0x1", "-1", "one", "9" * 19])
@pytest.mark.parametrize("command", ["show", "reply", "settle", "take-back", "change", "delete"])
def test_what_is_no_number_is_wrong_usage(azora: Azora, command: str, word: str) -> None:
    assert azora("help-wanted", command, f"--={word}" if word == "-1" else word).status == 2


@pytest.mark.parametrize("command", ["show", "settle", "take-back"])
def test_what_is_not_there_gets_a_sentence(azora: Azora, command: str) -> None:
    refused = azora("help-wanted", command, "99")
    assert (refused.status, "There is no such question" in refused.err) == (1, True)


@pytest.mark.usefixtures("thandi")
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "no words in it"),
        (b" \n\x1b", "no words in it"),
        (b"x" * 4_001, "This has 4,001 characters, and 4,000 is the most."),
        (b"x" * 1_000_000, "much longer than 4,000 characters"),
        (b"caf\xe9", "no text in UTF-8"),
    ],
    ids=["nothing", "only controls", "one too many", "a megabyte", "Latin-1"],
)
def test_what_cannot_be_asked_gets_a_sentence(azora: Azora, text: bytes, sentence: str) -> None:
    refused = azora("help-wanted", "ask", BASICS, "1", stdin=text)
    assert (refused.status, sentence in " ".join(refused.err.split())) == (1, True)
    assert azora("help-wanted", "mine", "--json").json["data"] == []


def test_who_is_not_in_the_course_asks_nothing(azora: Azora) -> None:
    refused = azora("help-wanted", "ask", BASICS, "1", "Why?")
    assert (refused.status, "You are not enrolled" in refused.err) == (1, True)


HOSTILE = {
    "escapes": "\x1b[31mred\x1b]0;title\x07 \x9b2J \x1b]8;;http://example.org\x1b\\",
    "markup": "[bold red on white]loud[/] [@click=app.quit]press[/] [/x]",
    "bidi": "abc \u202egnp.exe\u202c \u2066x\u2069",
    "combining": "e" + "\u0301" * 3_000 + " end",
    "wide": "道可道非常道 " * 500,
    "one word": "x" * 4_000,
    "markdown": "# " * 500
    + "\n"
    + "> " * 500
    + "\n```\n"
    + "[a](javascript:alert(1)) ![x](file:///etc/passwd) <script>",
}


@pytest.mark.usefixtures("thandi")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_would_steer_a_terminal_is_only_text(azora: Azora, text: str) -> None:
    assert azora("help-wanted", "ask", BASICS, "1", "-", stdin=text.encode("utf-8", "surrogatepass")).status == 0
    sign_in(azora, "thandi@example.org")
    assert azora("help-wanted", "reply", "1", "-", stdin=text.encode()).status == 0
    for words in ((), ("show", "1"), ("--json",), ("show", "1", "--json")):
        for more in ((), ("--ascii",)):
            answer = azora("help-wanted", *words, *more)
            assert answer.status == 0
            assert not set("\u202e\u202c\u2066\u2069\x1b\x9b") & set(answer.out)
            if "--json" in words:
                json.loads(answer.out)


@pytest.mark.usefixtures("thandi")
def test_in_ascii(azora: Azora) -> None:
    azora("help-wanted", "ask", BASICS, "1", "word " * 100)
    for words in (("mine",), ("show", "1")):
        assert azora("help-wanted", *words, "--ascii").out.isascii()


def test_a_long_list_says_how_much_more_there_is(
    azora: Azora, thandi: None, school: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("azora_tui.lms.together.helping.MAX_PART", 2)
    for _ in range(3):
        azora("help-wanted", "ask", BASICS, "1", "Why?")
    assert "These are 2 of 3." in azora("help-wanted", "mine").out


@pytest.mark.usefixtures("thandi")
def test_questions_and_answers_are_reported_and_hidden(azora: Azora) -> None:
    azora("help-wanted", "ask", BASICS, "1", "Why?")
    sign_in(azora, "thandi@example.org")
    azora("help-wanted", "reply", "1", "Because, fool.")
    assert azora("help-wanted", "report", "1", "It is empty.").out.startswith("Reported to who teaches")
    sign_in(azora, "learner@example.org")
    assert azora("help-wanted", "report", "1", "Unkind.", "--answer", "1", "--json").json["success"] is True
    assert azora("help-wanted", "report", "1", "Unkind.", "--answer", "9").status == 1
    out = azora("reports").out
    assert "Question 1 by you, at " in out
    assert "Answer 1 by Thandi, at " in out
    for report in ("1", "2"):
        assert azora("reports", "hide", report, "Say more.").status == 0
    shown = azora("help-wanted", "show", "1").out
    assert "The reason: Say more." in shown
    assert "fool" not in shown
    sign_in(azora, "thandi@example.org")
    assert azora("help-wanted", "show", "1").status == 1
    sign_in(azora, "learner@example.org")
    azora("reports", "show", "1")
    sign_in(azora, "thandi@example.org")
    assert "Because, fool.\nOnly you and who teaches" in azora("help-wanted", "show", "1").out
    assert "was hidden" in azora("inbox").out
