"""The people of a school, on the command line."""

from datetime import datetime, timedelta

import pytest

from azora_tui.auth import invitations, service
from azora_tui.auth.context import open_auth
from azora_tui.commands import people as commands
from azora_tui.paths import Paths
from tests.commands.conftest import PASSWORD, Azora

NEW = "another long passphrase"


@pytest.fixture
def kofi(azora: Azora, school: Paths) -> str:
    """Somebody who has an account, in a school whose admin is signed in."""
    azora("register", "--email", "kofi@example.org", "--name", "Kofi", "--password-stdin", stdin=NEW)
    azora("login", "--email", "learner@example.org", "--password-stdin", stdin=PASSWORD)
    return "kofi@example.org"


def test_everybody_is_listed_with_what_they_are(azora: Azora, kofi: str):
    azora("accounts", "disable", kofi)
    azora("accounts", "invite", "amahle@example.org", "--name", "Amahle")
    answer = azora("accounts")
    assert answer.status == 0
    assert answer.out == (
        "learner  never  invited  Amahle\n"
        "                         amahle@example.org\n"
        "learner  today  closed   Kofi\n"
        "                         kofi@example.org\n"
        "admin    today  open     Learner\n"
        "                         learner@example.org\n"
        "\n"
        "3 people.\n"
    )


@pytest.mark.parametrize("argv", [["accounts", "KOFI"], ["accounts", "kofi example"]])
def test_people_are_found_by_words(azora: Azora, kofi: str, argv: list[str]):
    assert azora(*argv).out == "learner  today  open  Kofi\n                      kofi@example.org\n\n1 person.\n"
    rows = azora(*argv, "--json").json["data"]
    assert [(row["email"], row["name"], row["role"], row["disabled"]) for row in rows] == [
        ("kofi@example.org", "Kofi", "learner", 0)
    ]


def test_words_that_nobody_has(azora: Azora, kofi: str):
    assert azora("accounts", "zzz").out == (
        'Nobody has "zzz" in name or e-mail. `azora-tui accounts` lists everybody.\n'
    )
    assert azora("accounts", "zzz", "--json").json == {"success": True, "data": []}


def test_a_list_of_any_length_is_written_page_by_page(azora: Azora, kofi: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(commands, "_PAGE", 2)
    for count in (1, 2, 3):
        azora("accounts", "invite", f"n{count}@example.org")
        assert len(azora("accounts", "--json").json["data"]) == 2 + count
        assert azora("accounts").out.endswith(f"{2 + count} people.\n")


def test_an_instructor_is_made(azora: Azora, kofi: str):
    assert azora("accounts", "role", kofi, "instructor").out == "Kofi is an instructor now, and signs in anew.\n"
    assert azora("accounts", "role", kofi, "instructor").out == (
        "Kofi is an instructor already. Nothing was changed.\n"
    )
    answer = azora("accounts", "role", kofi, "admin", "--json").json["data"]
    assert (answer["role"], answer["changed"]) == ("admin", 1)
    azora("login", "--email", kofi, "--password-stdin", stdin=NEW)
    assert azora("whoami").out == "Kofi, kofi@example.org, admin\n"


def test_who_is_signed_in_when_the_role_changes_is_told(azora: Azora, kofi: str):
    azora("login", "--email", kofi, "--password-stdin", stdin=NEW)
    azora("accounts", "role", kofi, "instructor", "--json")
    assert azora("whoami").status == 0, "a learner gives no roles"
    assert azora("accounts", "--owner").status == 0
    assert azora("accounts", "role", kofi, "instructor", "--owner").status == 0
    answer = azora("whoami")
    assert answer.status == 1
    assert answer.err.startswith("You are an instructor of this school now, so this sign-in has ended.")


def test_an_account_is_closed_and_opened(azora: Azora, kofi: str):
    assert " ".join(azora("accounts", "disable", kofi).out.split()) == (
        "The account of Kofi is closed, and all its sessions are ended. What they did stays."
    )
    answer = azora("login", "--email", kofi, "--password-stdin", stdin=NEW)
    assert (answer.status, answer.err) == (1, "This account is closed for now. Ask the admin of this school.\n")
    assert "closed already" in azora("accounts", "disable", kofi).out
    assert azora("accounts", "enable", kofi).out == "The account of Kofi is open again.\n"
    assert azora("accounts", "enable", kofi).out == "The account of Kofi is open. Nothing was changed.\n"
    assert azora("login", "--email", kofi, "--password-stdin", stdin=NEW).status == 0


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["role", "kofi@example.org", "teacher"], 'There is no role called "teacher". Choose learner, instructor or'),
        (["role", "nobody@example.org", "admin"], "There is no account with this e-mail."),
        (["disable", "nobody@example.org"], "There is no account with this e-mail."),
        (["enable", "nobody@example.org"], "There is no account with this e-mail."),
        (["role", "learner@example.org", "learner"], "Learner is the only admin of this school"),
        (["disable", "learner@example.org"], "Learner is the only admin of this school"),
        (["invite", "kofi@example.org"], "Kofi has opened this account already and needs no word."),
        (["invite", "nobody"], "Enter an e-mail address such as thandi@example.org."),
    ],
)
def test_what_cannot_be_done_is_a_sentence(azora: Azora, kofi: str, argv: list[str], sentence: str):
    answer = azora("accounts", *argv)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(sentence)


@pytest.mark.parametrize(
    "argv",
    [
        ["accounts"], ["accounts", "x"], ["accounts", "role", "learner@example.org", "learner"],
        ["accounts", "disable", "learner@example.org"], ["accounts", "enable", "learner@example.org"],
        ["accounts", "invite", "new@example.org"],
    ],
)  # fmt: skip
def test_a_learner_does_none_of_it(azora: Azora, kofi: str, argv: list[str]):
    azora("login", "--email", kofi, "--password-stdin", stdin=NEW)
    answer = azora(*argv)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("Only")


def test_whoever_is_invited_opens_the_account_where_they_sign_in(azora: Azora, kofi: str):
    answer = azora("accounts", "invite", "amahle@example.org", "--name", "Amahle", "--json")
    first = answer.json["data"]["word"]
    answer = azora("accounts", "invite", "amahle@example.org")
    word, _, told = answer.out.partition("\n")
    assert word != first
    assert "Give it to Amahle: with their e-mail and this word" in " ".join(told.split())
    login = ["login", "--email", "amahle@example.org", "--password-stdin"]
    assert azora(*login, stdin=f"{first}\n{NEW}\n").status == 1
    short = azora(*login, stdin=f"{word.upper()}\nshort\n")
    assert (short.status, short.err.split(".")[0]) == (1, "This password is too short")
    answer = azora(*login, stdin=f"{word.upper()}\n{NEW}\n")
    assert answer.status == 0
    assert answer.out.endswith("Welcome, Amahle. You are signed in.\n")
    assert azora("whoami").out == "Amahle, amahle@example.org, learner\n"
    assert azora(*login, stdin=f"{word}\n{NEW}\n").status == 1
    assert azora(*login, stdin=f"{NEW}\n").status == 0


def test_a_word_that_is_too_old_says_who_gives_a_new_one(azora: Azora, kofi: str, school: Paths):
    auth = open_auth(school)
    claims = service.resume(auth)
    assert claims is not None
    later = datetime.now(claims.issued_at.tzinfo) - timedelta(days=8)
    object.__setattr__(auth, "now", lambda: later)
    object.__setattr__(claims, "expires_at", later + timedelta(days=1))
    (invited,) = invitations.invite(auth, claims, [("amahle@example.org", "Amahle")])
    auth.database.close()
    answer = azora("login", "--email", "amahle@example.org", "--password-stdin", stdin=invited.word)
    assert answer.status == 1
    assert "An instructor or the admin of this school can give you a new one." in answer.err
    assert "word expired" in azora("accounts", "amahle").out
