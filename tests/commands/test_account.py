"""The account, on the command line."""

import getpass
import io
import os
from pathlib import Path

import pytest

from azora_tui.auth import service
from azora_tui.commands import prompts
from azora_tui.errors import StorageError
from azora_tui.paths import Paths
from tests.commands.conftest import Azora
from tests.told import told

PASSWORD = "a long passphrase"
NEW = "another long passphrase"
NOT_SIGNED_IN = "You are not signed in. Sign in with `azora-tui login`.\n"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A person at a terminal, who types these when asked for a password."""
    answers: list[str] = []
    monkeypatch.setattr(prompts, "at_terminal", lambda: True)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: answers.pop(0))
    return answers


def test_register_signs_in_and_keeps_the_session_private(azora, home: Path):
    answer = azora("register", "--email", "t@example.org", "--name", "Thandi", "--password-stdin", stdin=PASSWORD)
    assert answer.status == 0
    assert "Welcome, Thandi." in answer.out
    assert "admin" in answer.out
    assert (home / "session").stat().st_mode & 0o777 == 0o600
    assert azora("whoami").out == "Thandi, t@example.org, admin\n"


def test_an_account_whose_session_cannot_be_kept_is_there_all_the_same(azora, home: Path):
    (home / "session").mkdir(parents=True)
    answer = azora("register", "--email", "t@example.org", "--name", "Thandi", "--password-stdin", stdin=PASSWORD)
    assert answer.status == 1
    assert answer.out == "Welcome, Thandi. Your account is ready.\n"
    assert "You are signed in, but" in answer.err
    (home / "session").rmdir()
    assert azora("login", "--email", "t@example.org", "--password-stdin", stdin=PASSWORD).status == 0


def test_the_second_account_is_a_learner(azora, school):
    answer = azora("register", "--email", "t@example.org", "--name", "Thandi", "--password-stdin", stdin=PASSWORD)
    assert "admin" not in answer.out
    assert azora("whoami", "--json").json["user"]["role"] == "learner"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "", "\nsecond line\n"])
def test_a_password_is_one_line_of_standard_input(azora, school, ending: str):
    azora("logout")
    answer = azora("login", "--email", "learner@example.org", "--password-stdin", stdin=PASSWORD + ending)
    assert answer.status == 0
    assert answer.out == "Welcome back, Learner. You are signed in.\n"


def test_blanks_in_a_password_count(azora, school):
    answer = azora("login", "--email", "learner@example.org", "--password-stdin", stdin=PASSWORD + " \n")
    assert answer.status == 1
    assert "do not go together" in answer.err


def test_standard_input_without_a_password(azora, home: Path):
    answer = azora("register", "--email", "t@example.org", "--name", "T", "--password-stdin")
    assert answer.status == 1
    assert answer.err == "Standard input ended before the password came. Nothing was changed.\n"
    assert not (home / "azora.db").exists()


def test_a_password_that_is_not_utf_8_is_refused_with_a_sentence(azora, home: Path):
    answer = azora(
        "register",
        "--email",
        "t@example.org",
        "--name",
        "T",
        "--password-stdin",
        stdin=b"\xff\xfe long enough",
    )
    assert answer.status == 1
    assert "damaged" in answer.err


def test_without_a_terminal_nothing_is_asked_for(azora, home: Path):
    assert azora("login").status == 2
    assert "--email is missing" in azora("login").err
    answer = azora("login", "--email", "t@example.org")
    assert answer.status == 2
    assert "--password-stdin" in answer.err


def test_a_person_is_asked_for_what_is_missing(azora, home: Path, typed: list[str]):
    typed += [PASSWORD, PASSWORD]
    answer = azora("register", stdin="Thandi\nt@example.org\n")
    assert answer.status == 0
    assert answer.err == "Name: E-mail: "
    typed.append(PASSWORD)
    assert azora("login", stdin="t@example.org\n").status == 0
    assert typed == []


def test_a_new_password_is_typed_twice_the_same(azora, home: Path, typed: list[str]):
    typed += [PASSWORD, PASSWORD + "!"]
    answer = azora("register", "--email", "t@example.org", "--name", "T")
    assert answer.status == 1
    assert "not the same" in answer.err
    assert not (home / "azora.db").exists()


def test_ctrl_d_at_a_prompt_is_a_sentence(azora, home: Path, typed, monkeypatch: pytest.MonkeyPatch):
    def end(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(getpass, "getpass", end)
    assert azora("login", "--email", "t@example.org").err == "No password was entered, so nothing was changed.\n"
    assert azora("login").err.endswith("Nothing was entered, so nothing was changed.\n")


def test_a_closed_standard_input_is_a_sentence(azora, home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(io, "TextIOWrapper", lambda *_, **__: None)
    assert azora("login", "--email", "t@example.org").status == 2
    assert azora("login", "--email", "t@example.org", "--password-stdin").status == 1


def test_logout_ends_the_session(azora, school: Paths):
    token = school.session.read_bytes()
    assert azora("logout").out == "You are signed out. Your progress is kept.\n"
    assert not school.session.exists()
    school.session.write_bytes(token)
    answer = azora("whoami")
    assert answer.status == 1
    assert "has ended" in answer.err


def test_logout_takes_the_session_away_whatever_happens(azora, school: Paths, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise told(StorageError, "The disk is full.")

    monkeypatch.setattr(service, "sign_out", fail)
    assert azora("logout").status == 1
    assert not school.session.exists()


COMMANDS = [
    ["whoami"], ["sessions"], ["sessions", "revoke", "--others"], ["logout"], ["courses"], ["course", "1"],
    ["enroll", "1"], ["leave", "1"], ["enrollments"], ["read", "1"], ["complete", "1", "1"],
    ["progress", "1"],
    ["password", "--password-stdin"], ["accounts", "reset", "--email", "t@example.org", "--password-stdin"],
]  # fmt: skip


@pytest.mark.parametrize("argv", COMMANDS, ids=" ".join)
def test_who_is_not_signed_in_is_told_how(azora, home: Path, argv: list[str]):
    answer = azora(*argv)
    assert (answer.status, answer.out, answer.err) == (1, "", NOT_SIGNED_IN)
    assert not (home / "lms.db").exists()


def test_a_damaged_session_is_a_sentence_under_json_too(azora, school: Paths):
    school.session.write_text("a.b.c")
    answer = azora("enrollments", "--json")
    assert answer.status == 1
    assert answer.json["success"] is False
    assert "Sign in again" in answer.json["error"]
    assert answer.err == ""


def test_whoami_json(azora, school):
    user = azora("whoami", "--json").json["user"]
    assert {key: user[key] for key in ("id", "email", "name", "role")} == {
        "id": 1, "email": "learner@example.org", "name": "Learner", "role": "admin",
    }  # fmt: skip


@pytest.fixture
def two_sessions(azora, school: Paths) -> tuple[str, str]:
    """The ids of this session and of an earlier one."""
    earlier = azora("whoami", "--json").json["user"]["session_id"]
    azora("login", "--email", "learner@example.org", "--password-stdin", stdin=PASSWORD)
    return azora("whoami", "--json").json["user"]["session_id"], earlier


def test_sessions(azora, two_sessions: tuple[str, str]):
    this, earlier = two_sessions
    lines = {line.split()[-1]: line for line in azora("sessions").out.splitlines()}
    assert lines[this].startswith("this one  since today")
    assert lines[earlier].startswith("open")
    rows = {row["id"]: row for row in azora("sessions", "--json").json["data"]}
    assert [rows[each]["current"] for each in two_sessions] == [1, 0]


def test_revoking_a_session(azora, two_sessions: tuple[str, str], school: Paths):
    this, earlier = two_sessions
    assert azora("sessions", "revoke", earlier).out == "The session is ended.\n"
    assert azora("sessions", "revoke", earlier).out == "That session had ended before.\n"
    assert azora("sessions", "revoke", "nobody's").status == 1
    assert azora("sessions", "revoke", this).status == 0
    assert not school.session.exists()


def test_revoking_the_others(azora, two_sessions: tuple[str, str]):
    assert azora("sessions", "revoke", "--others").out == "Ended 1 other session.\n"
    assert azora("sessions", "revoke", "--others").out == "There was no other session to end.\n"
    assert azora("whoami").status == 0


def test_a_password_is_changed_with_two_lines(azora, school: Paths):
    answer = azora("password", "--password-stdin", stdin=f"{PASSWORD}\n{NEW}\n")
    assert answer.status == 0
    assert azora("whoami").status == 0
    assert azora("login", "--email", "learner@example.org", "--password-stdin", stdin=PASSWORD).status == 1
    assert azora("login", "--email", "learner@example.org", "--password-stdin", stdin=NEW).status == 0


def test_a_password_is_not_changed_with_one_line(azora, school: Paths):
    assert azora("password", "--password-stdin", stdin=f"{PASSWORD}\n").status == 1
    assert azora("login", "--email", "learner@example.org", "--password-stdin", stdin=PASSWORD).status == 0


def test_an_admin_resets_a_password(azora, school: Paths):
    azora("register", "--email", "t@example.org", "--name", "Thandi", "--password-stdin", stdin=PASSWORD)
    reset = ["accounts", "reset", "--email", "learner@example.org", "--password-stdin"]
    assert azora(*reset, stdin=NEW).status == 1  # Thandi is no admin
    azora("login", "--email", "learner@example.org", "--password-stdin", stdin=PASSWORD)
    assert azora("accounts", "reset", "--email", "t@example.org", "--password-stdin", stdin=NEW).status == 0
    assert azora("login", "--email", "t@example.org", "--password-stdin", stdin=NEW).status == 0


def test_the_owner_of_the_files_resets_a_password_without_signing_in(
    azora, school: Paths, monkeypatch: pytest.MonkeyPatch
):
    azora("logout")
    reset = ["accounts", "reset", "--owner", "--email", "learner@example.org", "--password-stdin"]
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000)
    assert azora(*reset, stdin=NEW).status == 1
    monkeypatch.undo()
    monkeypatch.setenv("AZORA_HOME", str(school.home))
    assert azora(*reset, stdin=NEW).status == 0
    assert azora("login", "--email", "learner@example.org", "--password-stdin", stdin=NEW).status == 0


def test_a_reset_before_there_is_a_school(azora, home: Path):
    answer = azora("accounts", "reset", "--owner", "--email", "t@example.org", "--password-stdin", stdin=NEW)
    assert answer.status == 1
    assert "There are no accounts" in answer.err


def test_a_password_is_never_an_argument_nor_repeated(azora, home: Path):
    for argv in (["--password", "hunter2 hunter2"], ["--password=hunter2 hunter2"], ["--password"]):
        answer = azora("login", "--email", "t@example.org", *argv)
        assert answer.status == 2
        assert "never an argument" in answer.err
        assert "hunter2" not in answer.out + answer.err


def test_an_e_mail_that_mixes_scripts_is_said(azora: Azora, school: Paths) -> None:
    mixed = "le\u0430rner@example.org"
    answer = azora("register", "--name", "Other", "--email", mixed, "--password-stdin", stdin="a long passphrase")
    assert (answer.status, "mixes Cyrillic and Latin letters" in answer.out) == (0, True)
    answer = azora("accounts", "reset", "--owner", "--email", mixed, "--password-stdin", stdin="another passphrase")
    assert (answer.status, "mixes Cyrillic and Latin letters" in answer.out) == (0, True)
    answer = azora(
        "accounts", "reset", "--owner", "--email", "learner@example.org", "--password-stdin", stdin="another passphrase"
    )
    assert (answer.status, "mixes" in answer.out) == (0, False)
