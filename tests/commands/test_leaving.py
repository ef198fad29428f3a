"""Taking everything along, and deleting one's account, on the command line."""

import getpass
import io
import zipfile
from pathlib import Path

import pytest

from azora_tui.auth import leaving as accounts
from azora_tui.auth import service
from azora_tui.auth.context import open_auth
from azora_tui.commands import prompts
from azora_tui.errors import StorageBusyError
from azora_tui.lms import leaving as learning
from azora_tui.paths import Paths
from tests.commands.conftest import PASSWORD, Azora
from tests.departing import files_with

THANDI = ("--email", "qwenzi@example.org", "--name", "Thandi", "--password-stdin")


def told(text: str) -> str:
    """What was said, on one line."""
    return " ".join(text.split())


@pytest.fixture
def thandi(azora: Azora, school: Paths) -> Paths:
    """The school, with a second person signed in."""
    azora("register", *THANDI, stdin=PASSWORD)
    azora("enroll", "1")
    azora("read", "1", "1")
    return school


def typed(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """A person at a terminal, who types their password, and this."""
    monkeypatch.setattr(prompts, "at_terminal", lambda: True)
    monkeypatch.setattr("azora_tui.commands.asking.at_terminal", lambda: True)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: PASSWORD)
    monkeypatch.setattr("azora_tui.commands.asking.next_line", lambda: word)


def test_one_archive_is_written_for_its_owner_alone(azora: Azora, thandi: Paths, tmp_path: Path) -> None:
    path = tmp_path / "me.zip"
    answer = azora("export", "me", str(path))
    assert answer.status == 0
    assert "Everything that this school holds of you is in" in told(answer.out)
    assert path.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as found:
        assert found.testzip() is None
        assert "Thandi" in found.read("README.md").decode()
        assert "Ubuntu" in found.read("courses.csv").decode()


def test_an_archive_replaces_only_with_force_what_is_there(azora: Azora, thandi: Paths, tmp_path: Path) -> None:
    path = tmp_path / "me.zip"
    path.write_text("mine")
    answer = azora("export", "me", str(path))
    assert answer.status == 1
    assert "--force" in answer.err
    assert path.read_text() == "mine"
    assert azora("export", "me", str(path), "--force").status == 0
    assert zipfile.is_zipfile(path)


def test_where_an_archive_cannot_be_written_nothing_is_left(azora: Azora, thandi: Paths, tmp_path: Path) -> None:
    answer = azora("export", "me", str(tmp_path / "missing" / "me.zip"))
    assert answer.status == 1
    assert "cannot be written" in told(answer.err)
    assert "zip" not in " ".join(path.name for path in tmp_path.rglob("*"))


def test_nobody_is_exported_or_deleted_without_being_signed_in(azora: Azora, school: Paths, tmp_path: Path) -> None:
    azora("logout")
    for command in (("export", "me", str(tmp_path / "me.zip")), ("account", "delete", "--yes", "--password-stdin")):
        answer = azora(*command, stdin=PASSWORD)
        assert answer.status == 1
        assert "You are not signed in" in answer.err


def test_an_account_is_deleted_after_what_goes_and_stays_was_said(azora: Azora, thandi: Paths) -> None:
    (thandi.home / "lms-before-version-3.db").write_text("old")
    answer = azora("account", "delete", "--yes", "--password-stdin", stdin=PASSWORD)
    assert answer.status == 0
    said = told(answer.out)
    for words in ("Gone for good:", "Stays, without a name:", "Certificates stay valid", "Your account is deleted"):
        assert words in said
    assert said.count("lms-before-version-3.db") == 2, "before and after"
    assert "You are not signed in" in azora("whoami").err
    assert files_with(thandi.home, "qwenzi@")["qwenzi@"] == []
    answer = azora("register", *THANDI, stdin=PASSWORD)
    assert "Welcome, Thandi." in answer.out
    assert azora("enrollments").out == "You are not enrolled in a course yet. Find one with `azora-tui courses`.\n"


def test_without_backups_none_is_spoken_of(azora: Azora, thandi: Paths) -> None:
    answer = azora("account", "delete", "--yes", "--password-stdin", stdin=PASSWORD)
    assert "backup" not in answer.out


def test_a_program_hears_that_it_is_done(azora: Azora, thandi: Paths) -> None:
    answer = azora("account", "delete", "--json", "--yes", "--password-stdin", stdin=PASSWORD)
    assert answer.json == {"success": True, "data": {"deleted": True, "backups": []}}


@pytest.mark.parametrize("password", ["not the password", ""])
def test_a_wrong_password_deletes_nothing(azora: Azora, thandi: Paths, password: str) -> None:
    answer = azora("account", "delete", "--yes", "--password-stdin", stdin=password)
    assert answer.status == 1
    assert azora("whoami").out == "Thandi, qwenzi@example.org, learner\n"
    assert azora("enrollments").status == 0


def test_who_does_not_say_that_they_are_sure_stays(azora: Azora, thandi: Paths) -> None:
    answer = azora("account", "delete", "--password-stdin", stdin=PASSWORD)
    assert answer.status == 1
    assert "did not say that you are sure" in told(answer.err)
    assert azora("whoami").status == 0


@pytest.mark.parametrize(("word", "deleted"), [("delete", True), (" delete ", True), ("yes", False), ("", False)])
def test_at_a_terminal_a_word_is_asked_for(
    azora: Azora, thandi: Paths, monkeypatch: pytest.MonkeyPatch, word: str, deleted: bool
) -> None:
    with monkeypatch.context() as patch:
        typed(patch, word)
        assert azora("account", "delete").status == (0 if deleted else 1)
    assert ("not signed in" in azora("whoami").err) == deleted


def test_the_only_admin_is_told_before_a_password_is_asked_for(azora: Azora, thandi: Paths) -> None:
    azora("login", "--email", "learner@example.org", "--password-stdin", stdin=PASSWORD)
    answer = azora("account", "delete")
    assert answer.status == 1
    assert "You are the only admin of this school" in told(answer.err)
    assert "Gone for good" not in answer.out


def test_the_next_command_carries_through_what_a_killed_one_has_left(
    azora: Azora, thandi: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    auth = open_auth(thandi)
    claims = service.resume(auth)
    assert claims is not None
    accounts.ask(auth, claims, password=PASSWORD)
    auth.database.close()
    thandi.leaving.touch()

    def busy(*_: object) -> None:
        raise StorageBusyError("database_busy", name="lms.db", seconds=30)

    with monkeypatch.context() as patch:
        patch.setattr(learning, "erase", busy)
        assert "busy" in azora("courses").err, "it is said, and tried again"
    assert thandi.leaving.exists()
    azora("courses")
    assert not thandi.leaving.exists()
    assert not thandi.session.exists()
    assert files_with(thandi.home, "qwenzi@")["qwenzi@"] == []
