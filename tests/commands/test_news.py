"""News without the app: to be read, and to be said."""

import pytest

from azora_tui.paths import Paths
from tests.commands.conftest import PASSWORD, Azora

pytestmark = pytest.mark.usefixtures("school")

BASICS = "terminal-basics"


@pytest.fixture
def thandi(school: Paths, azora: Azora) -> None:
    """A learner in two courses, who is signed in no more: the admin is."""
    register = ("register", "--email", "thandi@example.org", "--name", "Thandi", "--password-stdin")
    assert azora(*register, stdin=PASSWORD).status == 0
    for course in (BASICS, "token-economics"):
        assert azora("enroll", course).status == 0
    sign_in(azora, "learner@example.org")


def sign_in(azora: Azora, email: str) -> None:
    assert azora("login", "--email", email, "--password-stdin", stdin=PASSWORD).status == 0


@pytest.mark.usefixtures("thandi")
def test_what_is_said_is_read_and_then_it_is_new_no_more(azora: Azora) -> None:
    said = azora("announce", BASICS, "We meet **tomorrow**.")
    assert said.status == 0
    assert "announcements" in said.out
    assert azora("message", "Thandi@Example.org", BASICS, "-", stdin="How far are you?\n").out.startswith("Sent.")
    assert azora("news").out.startswith("Nothing is new.")
    sign_in(azora, "thandi@example.org")
    home = azora("home").out
    assert home.startswith("2 new:\n")
    assert "Learner to you, in " in home
    assert "We meet tomorrow." in home
    out = azora("news").out
    assert "Learner to you, in At Home in the Terminal, today:\nHow far are you?\n" in out
    assert "Learner in At Home in the Terminal, today:\nWe meet tomorrow.\n" in out
    assert azora("news", "--read").out == out
    assert azora("news").out.startswith("Nothing is new.")
    assert azora("home").out.startswith("Continue")
    assert "(read today):\nHow far are you?" in azora("news", "--all").out


@pytest.mark.usefixtures("thandi")
def test_for_programs(azora: Azora) -> None:
    announced = azora("announce", BASICS, "We meet.", "--json").json["data"]
    assert (announced["text"], announced["author"], announced["readers"]) == ("We meet.", "Learner", 0)
    assert azora("message", "thandi@example.org", BASICS, "Come.", "--json").json == {
        "success": True, "message": "Message sent",
    }  # fmt: skip
    sign_in(azora, "thandi@example.org")
    message, announcement = azora("news", "--json").json["data"]
    assert azora("home", "--json").json["data"]["news"] == [message, announcement]
    assert announcement == {
        "kind": "announcement",
        "uuid": announced["uuid"],
        "course_id": announced["course_id"],
        "course_title": "At Home in the Terminal",
        "lesson_id": None,
        "lesson_title": None,
        "task_id": None,
        "accepted": None,
        "author": "Learner",
        "text": "We meet.",
        "at": announced["at"],
        "read_at": None,
    }
    assert message["kind"] == "message"
    assert len(azora("news", "--json", "--read").json["data"]) == 2
    assert azora("news", "--json").json["data"] == []
    assert all(each["read_at"] for each in azora("news", "--json", "--all").json["data"])


@pytest.mark.usefixtures("thandi")
def test_announcements_are_listed_and_taken_back(azora: Azora) -> None:
    assert "Nothing was announced here yet" in azora("announcements", BASICS).out
    for text in ("Wrong", "Right"):
        azora("announce", BASICS, text)
    number = next(line.split()[0] for line in azora("announcements", BASICS).out.split("\n") if "Wrong" in line)
    assert "read by 0 learners" in azora("announcements", BASICS).out
    assert azora("announcements", BASICS, "--withdraw", number).out.startswith("Withdrawn.")
    assert [each["text"] for each in azora("announcements", BASICS, "--json").json["data"]] == ["Right"]
    again = azora("announcements", BASICS, "--withdraw", number)
    assert (again.status, "no such announcement" in again.err) == (1, True)
    sign_in(azora, "thandi@example.org")
    assert [each["text"] for each in azora("news", "--json").json["data"]] == ["Right"]


@pytest.mark.parametrize("number", ["0x1", "-1", "one", "9" * 19])
def test_what_is_no_number_of_the_list_is_wrong_usage(azora: Azora, number: str) -> None:
    assert azora("announcements", BASICS, f"--withdraw={number}").status == 2


@pytest.mark.usefixtures("thandi")
def test_who_does_not_teach_says_nothing(azora: Azora) -> None:
    sign_in(azora, "thandi@example.org")
    for words in (
        ("announce", BASICS, "Hello"),
        ("announcements", BASICS),
        ("message", "learner@example.org", BASICS, "Hello"),
    ):
        refused = azora(*words)
        assert (refused.status, "Only instructors and admins" in refused.err) == (1, True)


@pytest.mark.usefixtures("thandi")
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "nothing to send"),
        (b"x" * 1_000_000, "much longer than 4,000 characters"),
        (b"x" * 4_001, "This has 4,001 characters, and 4,000 is the most."),
        (b"caf\xe9", "no text in UTF-8"),
    ],
    ids=["nothing", "a megabyte", "one too many", "Latin-1"],
)
def test_what_cannot_be_sent_gets_a_sentence(azora: Azora, text: bytes, sentence: str) -> None:
    for words in (("announce", BASICS), ("message", "thandi@example.org", BASICS, "-")):
        refused = azora(*words, stdin=text)
        assert refused.status == 1
        assert sentence in " ".join(refused.err.split())
    assert azora("announcements", BASICS, "--json").json["data"] == []


@pytest.mark.usefixtures("thandi")
def test_nobody_in_the_course_has_that_email(azora: Azora) -> None:
    refused = azora("message", "nobody@example.org", BASICS, "Hello")
    assert (refused.status, "the e-mail nobody@example.org" in refused.err) == (1, True)


@pytest.mark.usefixtures("thandi")
def test_what_would_steer_a_terminal_is_only_text(azora: Azora) -> None:
    azora("announce", BASICS, stdin=b"\x1b[31mred \xe2\x80\xae[bold]and more")
    sign_in(azora, "thandi@example.org")
    for words in (("home",), ("news",), ("news", "--json")):
        assert "red [bold]and more" in azora(*words).out


@pytest.mark.usefixtures("thandi")
def test_in_ascii(azora: Azora) -> None:
    azora("announce", BASICS, "word " * 100)
    sign_in(azora, "thandi@example.org")
    assert azora("home", "--ascii").out.isascii()
    assert azora("news", "--ascii").out.isascii()
