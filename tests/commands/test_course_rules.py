"""What a course allows, on the command line: shown to who may enrol, set by who teaches."""

from pathlib import Path

import pytest

from azora_tui.commands import prompts
from azora_tui.paths import Paths
from tests.commands.conftest import PASSWORD, Azora


def be(azora: Azora, who: str) -> None:
    """Sign in as somebody, with an account of their own where they have none."""
    email = f"{who}@example.org"
    if azora("login", "--email", email, "--password-stdin", stdin=PASSWORD).status:
        made = azora("register", "--email", email, "--name", who.title(), "--password-stdin", stdin=PASSWORD)
        assert made.status == 0, made.err


def test_what_a_course_allows_is_shown_and_set(azora: Azora, school: Paths) -> None:
    shown = azora("course", "set", "1").out
    assert "any number; 0 learners now" in shown
    assert "nobody but the admins" in shown
    said = azora(
        "course", "set", "1", "--seats", "30", "--opens", "2099-03-01", "--closes", "2099-04-30", "--key", "Bowline",
        "--prerequisites", "terminal-basics",
    ).out  # fmt: skip
    assert "Introduction to Ubuntu Philosophy is changed." in said
    assert "from 1 March 2099 to 30 April 2099, both days in it" in said
    assert "Bowline" in said
    rules = azora("course", "set", "ubuntu-philosophy", "--json").json["data"]
    assert {name: rules[name] for name in ("seats", "opens", "closes", "key", "prerequisites", "state")} == {
        "seats": 30, "opens": "2099-03-01", "closes": "2099-04-30", "key": "Bowline",
        "prerequisites": ["terminal-basics"], "state": "published",
    }  # fmt: skip
    azora("course", "set", "1", *(f"--{name}=none" for name in ("seats", "opens", "closes", "key", "prerequisites")))
    rules = azora("course", "set", "1", "--json").json["data"]
    assert [rules[name] for name in ("seats", "opens", "closes", "key")] == [None] * 4
    assert rules["prerequisites"] == []


def test_what_is_asked_stands_there_before_one_enrols(azora: Azora, school: Paths) -> None:
    azora("course", "set", "1", "--seats", "30", "--closes", "2099-04-30", "--key", "Bowline")
    be(azora, "amina")
    answer = azora("course", "1")
    assert "30 of 30 seats left, closes on 30 April 2099, a key is needed" in answer.out
    assert "Bowline" not in answer.out + azora("course", "1", "--json").out + azora("courses", "--json").out
    assert azora("course", "1", "--json").json["data"]["needs_key"] == 1
    azora("enroll", "1", "--key", "bowline")
    assert "seats left" not in azora("course", "1").out  # they have theirs


def test_a_window_says_when_it_opens(azora: Azora, school: Paths) -> None:
    azora("course", "set", "1", "--opens", "2099-03-01")
    assert "Enrolment opens on 1 March 2099." in azora("course", "1").out
    answer = azora("enroll", "1")
    assert (answer.status, answer.err) == (1, "Enrolment opens on 1 March 2099.\n")


def test_a_key_comes_as_an_option_from_input_or_from_a_person(
    azora: Azora, school: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    azora("course", "set", "1", "--key", "Bowline")
    answer = azora("enroll", "1")
    assert (answer.status, answer.err) == (1, "This course asks for a key. Who teaches it tells you.\n")
    assert azora("enroll", "1", "--key-stdin", stdin="granny\n").status == 1
    assert azora("enroll", "1", "--key-stdin", stdin="  bowline \n").status == 0
    be(azora, "amina")
    assert azora("enroll", "1", "--key", "bowline").status == 0
    be(azora, "jo")
    monkeypatch.setattr(prompts, "at_terminal", lambda: True)
    assert azora("enroll", "1", stdin="bowline\n").status == 0


def test_who_waits_gives_the_key_once(azora: Azora, school: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    azora("course", "set", "1", "--key", "Bowline", "--seats", "1")
    azora("enroll", "1", "--key", "bowline")
    be(azora, "amina")
    assert "Wait for a seat with `azora-tui enroll 1 --wait`." in azora("course", "1").out.replace("\n", " ")
    assert azora("enroll", "1", "--wait").status == 1
    assert azora("enroll", "1", "--wait", "--key", "bowline", "--json").json == {"success": True, "waitlist": 1}
    be(azora, "jo")
    with monkeypatch.context() as patch:
        patch.setattr(prompts, "at_terminal", lambda: True)
        assert "number 2 on its waitlist" in azora("enroll", "1", "--wait", stdin="bowline\n").out
    be(azora, "learner")
    said = azora("course", "set", "1", "--seats", "5").out
    assert "2 learners have moved up from the waitlist" in said.replace("\n", " ")


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        ("--seats 0", 1, "Seats are a whole number from 1 to 999,999"),
        ("--seats many", 2, "give a whole number, or none"),
        ("--opens soon", 2, "give a day such as 2027-03-01"),
        ("--opens 2099-03-02 --closes 2099-03-01", 1, "before it opens on 2 March 2099"),
        ("--prerequisites nets", 1, "There is no course nets here"),
        ("--prerequisites ubuntu-philosophy", 1, "cannot need itself"),
        ("--state hidden", 2, "invalid choice"),
    ],
)
def test_what_cannot_be_gets_a_sentence(azora: Azora, school: Paths, words: str, status: int, sentence: str) -> None:
    answer = azora("course", "set", "1", *words.split())
    assert answer.status == status
    assert sentence in answer.err


def test_a_draft_and_an_archived_course_are_listed_for_who_teaches(azora: Azora, school: Paths) -> None:
    azora("course", "set", "2", "--state", "draft")
    azora("course", "set", "3", "--state", "archived", "--seats", "4")
    found = {row["id"]: row["state"] for row in azora("courses", "--teaching", "--json").json["data"]}
    assert (found[1], found[2], found[3]) == ("published", "draft", "archived")
    assert "0 of 4 seats" in azora("courses", "--teaching").out
    assert "a draft, seen only by who teaches it" in azora("course", "2").out
    be(azora, "amina")
    assert azora("courses", "--teaching").err.startswith("Only instructors and admins")
    assert azora("course", "set", "1").err.startswith("You do not teach this course")


def test_home_tells_who_waits_in_vain_how_to_step_out(azora: Azora, school: Paths) -> None:
    azora("course", "set", "1", "--seats", "1")
    azora("enroll", "1")
    be(azora, "amina")
    azora("enroll", "1", "--wait")
    be(azora, "learner")
    said = azora("course", "set", "1", "--state", "archived").out.replace("\n", " ")
    assert "1 learner waits for a seat, and Home tells them" in said
    be(azora, "amina")
    said = azora("home").out.replace("\n", " ")
    assert "is archived and takes nobody new, so you wait there in vain." in said
    assert "Step out of its line with `azora-tui leave 1`." in said
    assert azora("home", "--json").json["data"]["waits_in_vain"][0]["course_id"] == 1
    assert azora("leave", "1").status == 0
    assert "in vain" not in azora("home").out


def test_teachers_are_named_by_their_e_mail(azora: Azora, school: Paths) -> None:
    assert azora("course", "teachers", "1").out == "Nobody teaches this course; it is the admins'.\n"
    assert azora("course", "teachers", "1", "--add", "LEARNER@example.org").out == "Learner  learner@example.org\n"
    assert azora("course", "teachers", "1", "--json").json["data"] == [
        {"user_id": 1, "name": "Learner", "email": "learner@example.org"}
    ]
    assert azora("course", "teachers", "1", "--add", "nobody@example.org").err.startswith("Nobody here has an account")
    be(azora, "amina")
    be(azora, "learner")
    assert "is a learner here" in azora("course", "teachers", "1", "--add", "amina@example.org").err
    azora("course", "teachers", "1", "--remove", "learner@example.org")
    assert azora("course", "teachers", "1", "--json").json["data"] == []


def test_a_course_that_is_called_set_is_found_by_its_number(azora: Azora, school: Paths, tmp_path: Path) -> None:
    azora("new-course", str(tmp_path / "set"))
    assert azora("import", str(tmp_path / "set")).status == 0
    (number,) = [str(row["id"]) for row in azora("courses", "--json").json["data"] if row["slug"] == "set"]
    assert azora("course", number, "--json").json["data"]["slug"] == "set"
    assert azora("course", "--json", "set").json["data"]["slug"] == "set"
    assert azora("course", "set", "set", "--json").json["data"]["course_id"] == int(number)
