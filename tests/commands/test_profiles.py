"""People for each other, on the command line."""

import pytest

from azora_tui.paths import Paths
from tests.commands.conftest import PASSWORD, Azora

pytestmark = pytest.mark.usefixtures("school")

LEARNER, KOFI, AMA = 1, 2, 3


def sign_in(azora: Azora, name: str) -> None:
    answer = azora("login", "--email", f"{name}@example.org", "--password-stdin", stdin=PASSWORD)
    assert answer.status == 0


@pytest.fixture
def people(azora: Azora, school: Paths) -> None:
    """Kofi and Ama show profiles; the learner, who is the admin, shows none and is signed in."""
    for name, said in (("Kofi", "knots"), ("Ama", "bees")):
        register = ("register", "--email", f"{name.lower()}@example.org", "--name", name, "--password-stdin")
        assert azora(*register, stdin=PASSWORD).status == 0
        assert azora("profile", "set", "--open", "--learning", said).status == 0
    sign_in(azora, "learner")


def test_one_s_own_profile_is_shown_and_changed(azora: Azora) -> None:
    assert azora("profile").out == (
        "Learner\n"
        "\n"
        "Your profile is closed. Nobody finds you. Only who you have asked, who asks\n"
        "you, who is connected with you, and who is in a circle with you sees your\n"
        "name.\n"
        "Those who are stuck where you have been may not ask you.\n"
        "Your e-mail and your courses are shown to no learner.\n"
    )
    changed = azora(
        "profile", "set", "--name", "Lee", "--learning", "knots", "--helping", "bees", "--about", "-", "--open",
        "--helps", stdin="One line.\nOpen: no.\n",
    )  # fmt: skip
    assert changed.out == (
        "Lee\n"
        "Learning:\n  knots\n"
        "Can help with:\n  bees\n"
        "About:\n  One line.\n  Open: no.\n"
        "\n"
        "Your profile is open. Everybody in this school finds you by it, and sees\n"
        "your name and what you write here.\n"
        "Those who are stuck where you have been may ask you.\n"
        "Your e-mail and your courses are shown to no learner.\n"
    )
    assert azora("profile").out == changed.out
    assert azora("profile", "set", "--closed", "--helps-not", "--json").json["data"] == {
        "name": "Learner", "display_name": "Lee", "learning": "knots", "helping": "bees",
        "about": "One line.\nOpen: no.", "open": False, "helps": False,
    }  # fmt: skip
    assert azora("profile", "--json").json == azora("profile", "set", "--json").json


def test_a_profile_that_cannot_be_kept_is_refused(azora: Azora) -> None:
    for typed, stdin, words in (
        (("--name", "x" * 61), "", "This has 61 characters, and 60 is the most."),
        (("--about", "-"), b"\xff", "no text in UTF-8"),
        (("--about", "-"), "x" * 20_000, "1,000 is the most"),
    ):
        answer = azora("profile", "set", *typed, stdin=stdin)
        assert answer.status == 1
        assert words in answer.err


@pytest.mark.usefixtures("people")
def test_people_are_found_and_shown(azora: Azora) -> None:
    assert azora("people").out == "3    Ama\n     Learning: bees\n2    Kofi\n     Learning: knots\n"
    assert azora("people", "KNOT").out == "2    Kofi\n     Learning: knots\n"
    assert azora("people", "zzz").out == 'No open profile has "zzz". `azora-tui people` lists all of them.\n'
    assert azora("person", "2").out == "Kofi\nLearning:\n  knots\n"
    assert [each["id"] for each in azora("people", "--json").json["data"]] == [AMA, KOFI]
    assert azora("person", "2", "--json").json["data"] == {
        "id": KOFI, "name": "Kofi", "standing": "strangers", "open": True, "helps": False, "learning": "knots",
        "helping": "", "about": "", "words": "", "asked_at": None, "accepted_at": None,
    }  # fmt: skip
    assert azora("person", "1").out == "Learner, you\nShows no profile at the moment.\n"
    answer = azora("person", "99")
    assert (answer.status, "nobody of that number" in answer.err) == (1, True)


def test_where_nobody_shows_a_profile_it_is_said_how(azora: Azora) -> None:
    assert "`azora-tui profile set --open`" in azora("people").out
    assert "connected with nobody yet" in azora("connect").out
    assert azora("blocks").out == "You have blocked nobody.\n"


def test_all_people_are_listed_page_by_page(azora: Azora, people: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("azora_tui.commands.profiles._PAGE", 1)
    assert [each["id"] for each in azora("people", "--json").json["data"]] == [AMA, KOFI]


@pytest.mark.usefixtures("people")
def test_two_people_connect_and_end_it(azora: Azora) -> None:
    assert azora("connect", "ask", "2", "You know knots?").out == "Asked. You are connected when Kofi accepts.\n"
    assert azora("connect").out == 'You asked:\n2  Kofi, you asked today\n   "You know knots?"\n'
    assert azora("people", "kofi").out.startswith("2  you asked  Kofi\n")
    sign_in(azora, "kofi")
    assert azora("connect").out == 'Asked you:\n1  Learner, asked you today\n   "You know knots?"\n'
    assert azora("person", "1").out == (
        'Learner, asked you today\n"You know knots?"\nShows no profile at the moment.\n'
    )
    assert azora("connect", "accept", "1").out == "You are connected with Learner.\n"
    connected = azora("connect", "--json").json["data"]
    assert [(kind, [each["id"] for each in group]) for kind, group in connected.items()] == [
        ("asked_of_me", []), ("connected", [LEARNER]), ("asked_by_me", []),
    ]  # fmt: skip
    assert connected["connected"][0]["accepted_at"]
    sign_in(azora, "learner")
    assert azora("connect").out == "Connected:\n2  Kofi, connected since today\n"
    assert azora("connect", "end", "2").out == "You are connected no more. They are not told.\n"
    assert azora("connect", "--json").json["data"] == {"asked_of_me": [], "connected": [], "asked_by_me": []}


@pytest.mark.usefixtures("people")
def test_what_was_asked_is_taken_back_or_declined(azora: Azora) -> None:
    assert azora("connect", "ask", "2", "--json").json["data"]["standing"] == "asked_by_me"
    assert azora("connect", "take-back", "2").out.startswith("Taken back.")
    assert azora("connect", "ask", "2").status == 0
    sign_in(azora, "kofi")
    assert azora("connect", "decline", "1", "--json").json == {"success": True, "message": "Declined"}
    answer = azora("connect", "decline", "1")
    assert (answer.status, "nobody of that number" in answer.err) == (1, True)


@pytest.mark.usefixtures("people")
def test_who_asks_back_is_connected(azora: Azora) -> None:
    azora("profile", "set", "--open")
    azora("connect", "ask", "2", "Hello")
    sign_in(azora, "kofi")
    assert "had asked you already, so you are connected now" in azora("connect", "ask", "1", "Hello too").out


@pytest.mark.usefixtures("people")
def test_who_is_blocked_is_gone_until_it_is_taken_back(azora: Azora) -> None:
    assert "`azora-tui unblock 2` takes it back" in azora("block", "2").out
    assert azora("people").out == "3    Ama\n     Learning: bees\n"
    assert azora("blocks").out == "2  today  Kofi\n"
    [blocked] = azora("blocks", "--json").json["data"]
    assert (blocked["id"], blocked["name"]) == (KOFI, "Kofi")
    sign_in(azora, "kofi")
    assert azora("person", "1").err == azora("person", "99").err
    sign_in(azora, "learner")
    assert azora("unblock", "2").out.startswith("Not blocked any more.")
    assert azora("unblock", "2").status == 1
    assert azora("person", "2").status == 0


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("owner", [(), ("--owner",)])
def test_whose_account_is_closed_is_found_by_nobody_until_it_is_opened(azora: Azora, owner: tuple[str, ...]) -> None:
    assert azora("accounts", "disable", "kofi@example.org", *owner).status == 0
    assert azora("person", "2").err == azora("person", "99").err
    assert azora("people", "kofi", "--json").json["data"] == []
    assert azora("accounts", "enable", "kofi@example.org", *owner).status == 0
    assert azora("person", "2").out.startswith("Kofi")


@pytest.mark.usefixtures("people")
def test_closing_an_account_again_does_what_was_cut_off(azora: Azora, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("azora_tui.lms.together.departing.close", lambda *_: None)
        azora("accounts", "disable", "kofi@example.org")
    assert azora("person", "2").status == 0
    assert "closed already" in azora("accounts", "disable", "kofi@example.org").out
    assert azora("person", "2").status == 1


def test_words_of_people_steer_no_terminal_and_pass_for_nothing_else(azora: Azora, people: None) -> None:
    sign_in(azora, "kofi")
    hostile = "\x1b]0;x\x07[b]bold[/b]\u202ereversed\nConnected:\n9  Somebody"
    for option in ("--name", "--learning", "--helping"):
        azora("profile", "set", option, hostile.replace("\x1b]", "\x1b[2J")[:60])
    azora("profile", "set", "--about", hostile)
    azora("connect", "ask", "3", hostile)
    sign_in(azora, "ama")
    for argv in (["people"], ["person", "2"], ["connect"], ["people", "--json"], ["connect", "--json"]):
        out = azora(*argv).out
        assert "[b]bold[/b]" in out
        assert "\u202e" not in out
        assert "\nConnected:" not in out


@pytest.mark.parametrize("typed", ["person x", "person -1", "connect ask", "block", "connect nonsense"])
def test_what_is_no_number_is_wrong_usage(azora: Azora, typed: str) -> None:
    assert azora(*typed.split()).status == 2
