"""Circles and the inbox without the app."""

import pytest

from azora_tui.paths import Paths
from tests.commands.conftest import PASSWORD, Azora

pytestmark = pytest.mark.usefixtures("school")

BASICS = "terminal-basics"
MAKE = ("circle", "make", BASICS, "Three ropes", "--goal", "Hitches", "--until", "2999-12-24")


def sign_in(azora: Azora, email: str) -> None:
    assert azora("login", "--email", email, "--password-stdin", stdin=PASSWORD).status == 0


@pytest.fixture
def word(school: Paths, azora: Azora) -> str:
    """That of the circle that Learner has made; Thandi, who is signed in now, is in its course and not in it."""
    assert azora("enroll", BASICS).status == 0
    word: str = azora(*MAKE, "--json").json["data"]["word"]
    assert azora("circle", "post", "1", "The *loop* first.").status == 0
    register = ("register", "--email", "thandi@example.org", "--name", "Thandi", "--password-stdin")
    assert azora(*register, stdin=PASSWORD).status == 0
    assert azora("enroll", BASICS).status == 0
    return word


def test_where_there_is_no_circle_one_sentence_says_how_to_come_to_one(azora: Azora) -> None:
    out = azora("circle").out
    assert out.startswith("You are in no circle yet")
    assert "azora-tui circle make COURSE NAME" in out
    assert azora("inbox").out == "Nothing is new.\n"
    assert azora("circle", "--json").json["data"] == []


def test_a_circle_is_made_and_its_word_told(azora: Azora) -> None:
    azora("enroll", BASICS)
    out = azora(*MAKE).out
    assert out.startswith("Made: Three ropes, circle 1. Tell the others its word: ")
    out = azora("circle").out
    assert "1  Three ropes\n   1 person, waiting for others, 0 of 1 there\n   goal: Hitches, by Tue 24 Dec 2999" in out
    word = azora("circle", "invite", "1", "--json").json["data"]["word"]
    assert azora("circle", "invite", "1").out.startswith(f"{word} (read out loud: {' '.join(word)})")
    waiting = azora("inbox").out
    assert "Waiting for you\nThree ropes: 1 person, waiting for others." in waiting
    assert " ".join(word) in waiting.replace("\n", " ")
    assert azora("circle", "invite", "1", "--renew", "--json").json["data"]["word"] != word


def test_two_people_talk(azora: Azora, word: str) -> None:
    joined = azora("circle", "join", *word.upper().split("-"))
    assert joined.out.startswith("You are in Three ropes: 2 people, waiting for others.")
    assert azora("circle", "reply", "1", "-", stdin="Why *twice*?\nSay.").out.startswith("Replied.")
    assert azora("circle", "progress", "1", "show").out.startswith("The circle sees how far you are")
    assert azora("circle", "there", "1").out.startswith("You are there.")
    sign_in(azora, "learner@example.org")
    told = azora("inbox", "--read").out
    assert "today  Three ropes: Thandi replied\n       │ Why twice? Say.\ntoday  Three ropes: Thandi joined\n" in told
    assert "`azora-tui circle show 1` shows the board." in told
    assert azora("inbox").out.startswith("Nothing is new.")
    assert "Thandi replied" in azora("inbox", "--all").out
    out = azora("circle", "show", "1").out
    assert out.startswith("Three ropes, around At Home in the Terminal\ngoal: Hitches, by Tue 24 Dec 2999\n")
    assert (
        "2 people, waiting for others, 1 of 2 there\nyou, Thandi  0 %  ✓ there\nThis week: 2 posts.\n"
        in out.replace("Thandi 0 % ✓ there", "Thandi  0 %  ✓ there")
    )
    assert "1  you, today\n│ The loop first.\n    2  Thandi, today\n    │ Why twice? Say.\n" in out


def test_showing_a_board_reads_what_is_new_of_it(azora: Azora, word: str) -> None:
    azora("circle", "join", word)
    azora("circle", "post", "1", "Hello")
    sign_in(azora, "learner@example.org")
    assert azora("inbox", "--json").json["data"]["count"] == 2
    assert azora("circle", "show", "1", "--json").json["data"]["threads"] == 2
    assert azora("inbox", "--json").json["data"]["count"] == 0


def test_a_post_is_changed_and_taken_back_by_who_wrote_it(azora: Azora, word: str) -> None:
    azora("circle", "join", word)
    assert azora("circle", "edit", "1", "Mine").status == 1
    assert azora("circle", "delete", "1").status == 1
    posted = azora("circle", "post", "1", "Hello", "--json").json["data"]
    assert (posted["text"], posted["author"]["mine"], posted["taken_back"]) == ("Hello", True, False)
    azora("circle", "reply", "1", "A reply")
    number = str(posted["id"])
    assert azora("circle", "edit", number, "Better").out.startswith("Changed.")
    assert "│ Better" in azora("circle", "show", "1").out
    assert ", changed" in azora("circle", "show", "1").out
    assert azora("circle", "delete", number).out.startswith("Deleted.")
    assert "Better" not in azora("circle", "show", "1").out
    sign_in(azora, "learner@example.org")
    assert azora("circle", "delete", "1", "--json").json["data"] == {"id": 1}
    out = azora("circle", "show", "1").out
    assert "1  a post that was taken back\n" in out
    assert "Thandi, today\n    │ A reply" in out
    assert azora("circle", "show", "1", "--json").json["data"]["board"][0]["author"] is None


def test_leaving_says_what_stays(azora: Azora, word: str) -> None:
    azora("circle", "join", word)
    azora("circle", "post", "1", "Mine")
    assert "stays under your name" in azora("circle", "leave", "1", "--keep-posts").out
    refused = azora("circle", "show", "1")
    assert (refused.status, refused.out) == (1, "")
    assert "no circle of yours with that number" in refused.err
    azora("circle", "join", word)
    assert "Mine" in azora("circle", "show", "1").out
    assert "What you wrote there is deleted" in azora("circle", "leave", "1").out
    sign_in(azora, "learner@example.org")
    assert "Mine" not in azora("circle", "show", "1").out
    assert azora("circle", "leave", "1", "--keep-posts", "--json").json["data"] == {
        "id": 1, "circle_gone": True, "posts_kept": False,
    }  # fmt: skip
    azora(*MAKE)
    assert "the circle is gone" in azora("circle", "leave", "2").out


def test_a_circle_is_changed(azora: Azora, word: str) -> None:
    azora("circle", "join", word)
    assert "changed by who made it" in azora("circle", "change", "1", "--goal", "Splices").err
    sign_in(azora, "learner@example.org")
    out = azora("circle", "change", "1", "--goal", "Splices", "--until", "2999-01-01").out
    assert out == "Three ropes: goal: Splices, by Tue 1 Jan 2999.\n"
    assert azora("circle", "change", "1", "--name", "Ropes", "--json").json["data"]["goal"] == "Splices"
    assert azora("circle", "change", "1", "--until", "2020-01-01").err.startswith("2020-01-01 is over.")
    assert azora("circle", "progress", "1", "hide", "--json").json["data"] == {"id": 1, "shown": False}
    assert azora("circle", "progress", "1", "hide").out.startswith("The circle no longer sees")
    assert azora("circle", "there", "1", "--not-yet").out == "Taken back.\n"
    assert azora("circle", "there", "1", "--json").json["data"] == {"id": 1, "there": True}


def test_a_long_board_comes_in_pages(azora: Azora, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("azora_tui.lms.together.boards.PAGE", 1)
    azora("circle", "join", word)
    azora("circle", "post", "1", "Newest")
    out = azora("circle", "show", "1").out
    assert "Newest" in out
    assert "The loop" not in out
    assert "`azora-tui circle show 1 --page 2` shows older ones." in out
    out = azora("circle", "show", "1", "--page", "2").out
    assert "Newest" not in out
    assert "The loop" in out
    assert "--page 3" not in out
    assert "There is no more." in azora("circle", "show", "1", "--page", "9").out


def test_an_empty_board_says_how_to_write(azora: Azora) -> None:
    azora("enroll", BASICS)
    azora(*MAKE)
    assert "Nobody has written here yet. `azora-tui circle post 1` does." in azora("circle", "show", "1").out


@pytest.mark.parametrize(
    "argv",
    [
        ("circle", "show", "x"), ("circle", "show", "0"), ("circle", "show", "9" * 20), ("circle", "join"),
        ("circle", "make", BASICS, "x", "--goal", "y"), ("circle", "make", BASICS, "x", "--until", "2999-01-01"),
        ("circle", "make", BASICS, "x", "--goal", "y", "--until", "Sunday"), ("circle", "progress", "1", "maybe"),
    ],
)  # fmt: skip
def test_what_is_no_number_or_day_is_wrong_usage(azora: Azora, argv: tuple[str, ...]) -> None:
    assert azora(*argv).status == 2


@pytest.mark.parametrize(("stdin", "said"), [
    (b"\xff\xfe", "UTF-8"), (b"", "no words in it"), (b"x" * 70_000, "4,000"), (b"x" * 4_001, "4,001 characters"),
])  # fmt: skip
def test_what_cannot_be_posted_says_why(azora: Azora, word: str, stdin: bytes, said: str) -> None:
    azora("circle", "join", word)
    refused = azora("circle", "post", "1", stdin=stdin)
    assert (refused.status, refused.out) == (1, "")
    assert said in refused.err


HOSTILE = {
    "escapes": "\x1b[2J\x1b]0;owned\x07 and \x9b31m words",
    "markup": "[bold red]words[/] [@click=app.quit]here[/] <script>alert(1)</script>",
    "bidi": "words \u202egnitirw\u2066 here",
    "combining": "words " + "e" + "\u0301" * 3_000,
    "markdown": "# words\n```\nx\n```\n- [link](javascript:alert(1)) ![x](file:///etc/passwd)\n<!-- x -->",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_harmless_in_every_place(azora: Azora, text: str) -> None:
    azora("enroll", BASICS)
    given = ("--goal", text[:150], "--until", "2999-12-24")
    assert azora("circle", "make", BASICS, text[:50], *given).status == 0
    assert azora("circle", "post", "1", text).status == 0
    word = azora("circle", "invite", "1", "--json").json["data"]["word"]
    register = ("register", "--email", "thandi@example.org", "--name", "Thandi \u202e", "--password-stdin")
    azora(*register, stdin=PASSWORD)
    azora("enroll", BASICS)
    assert azora("circle", "join", word).status == 0
    assert azora("circle", "reply", "1", text).status == 0
    for argv in (
        ("circle",),
        ("circle", "show", "1"),
        ("inbox",),
        ("inbox", "--json"),
        ("circle", "show", "1", "--json"),
    ):
        done = azora(*argv)
        assert done.status == 0
        assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(done.out)
    assert "words" in azora("circle", "show", "1").out
    sign_in(azora, "learner@example.org")
    assert "words" in azora("inbox").out


def test_in_ascii_nothing_else_is_written(azora: Azora, word: str) -> None:
    azora("circle", "join", word)
    assert azora("circle", "show", "1", "--ascii").out.isascii()
    azora("circle", "post", "1", "Hello")
    sign_in(azora, "learner@example.org")
    assert azora("inbox", "--ascii").out.isascii()


def test_a_post_is_reported_and_hidden(azora: Azora, word: str) -> None:
    azora("circle", "join", word)
    posted = azora("circle", "post", "1", "You are \u202eslow.").out
    assert posted.startswith("Posted.")
    assert azora("circle", "report", "1", "It is unkind.").out.startswith("Reported to who teaches")
    sign_in(azora, "learner@example.org")
    assert azora("circle", "report", "2", "So is this.", "--json").json == {"success": True, "data": {"id": 2}}
    out = azora("reports").out
    assert "Report 1, today:\n  │ It is unkind.\n\nPost 1 by you, in the circle Three ropes in At Home" in out
    assert "\u202e" not in out
    assert [each["about"]["kind"] for each in azora("reports", "--json").json["data"]] == ["circle_post"] * 2
    assert azora("reports", "--json").json["data"][0]["wisdom"] is None
    hidden = azora("reports", "hide", "2", "Nobody is.").out
    assert hidden.startswith("Hidden.")
    assert "azora-tui reports show 2" in hidden
    assert azora("reports", "hide", "1", "Nor here.", "--json").json == {"success": True, "message": "Hidden"}
    out = azora("circle", "show", "1").out
    assert "The reason: Nor here." in out
    assert "slow" not in out
    sign_in(azora, "thandi@example.org")
    assert "Three ropes: a post of yours was hidden; the reason stands beside it" in azora("inbox").out.replace(
        "\n", " "
    )
    assert "The reason: Nobody is." in azora("circle", "show", "1").out
    assert azora("reports", "show", "2").status == 1
    sign_in(azora, "learner@example.org")
    assert azora("reports", "show", "2").out.startswith("It is shown again")
    assert azora("reports", "show", "1", "--json").json["success"] is True
    assert "slow" in azora("circle", "show", "1").out
