"""Taking everything along, and deleting one's account, from the account's dialog."""

import zipfile
from pathlib import Path

import pytest

from azora_tui import leaving
from azora_tui.auth import leaving as accounts
from azora_tui.auth import service
from azora_tui.auth.context import Auth
from azora_tui.errors import FieldError, StorageError
from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.paths import Paths
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.leaving import DeleteAccountDialog, TakeAlongDialog
from azora_tui.screens.sign_in import SignInScreen
from tests.departing import files_with
from tests.screens.conftest import EMAIL, PASSWORD, SIZES, OpenApp, SignUp
from tests.told import told


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where `~` leads."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def learner_there(sign_up: SignUp, library: dict[str, int], lms: Lms) -> None:
    """An admin, and a learner who is signed in and enrolled."""
    sign_up("Elara", "elara@example.org")
    claims = sign_up()
    enrolling.enroll(lms, claims, library["weaving"])


async def test_everything_is_written_to_the_file_that_is_named(
    open_app: OpenApp, learner_there: None, at_home: Path
) -> None:
    async with open_app() as learner:
        await learner.press("a", "e")
        assert isinstance(learner.app.screen, TakeAlongDialog)
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)
        assert "azora-me.zip. Its README.md names each file." in " ".join(learner.said.split())
    with zipfile.ZipFile(at_home / "azora-me.zip") as found:
        assert "Weaving with Grass" in found.read("courses.csv").decode()


async def test_a_file_that_is_there_is_replaced_by_a_second_enter(
    open_app: OpenApp, learner_there: None, at_home: Path
) -> None:
    path = at_home / "azora-me.zip"
    path.write_text("mine")
    async with open_app() as learner:
        await learner.press("a", "e", "enter")
        assert "There is such a file already." in learner.note("file")
        assert path.read_text() == "mine"
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)
    assert zipfile.is_zipfile(path)


@pytest.mark.parametrize(("name", "says"), [("me.pdf", "End it with .zip."), ("no/me.zip", "cannot be written")])
async def test_what_cannot_be_is_said_at_the_field(
    open_app: OpenApp, learner_there: None, at_home: Path, name: str, says: str
) -> None:
    async with open_app() as learner:
        await learner.press("a", "e", "ctrl+u")
        await learner.type(f"{at_home}/{name}")
        await learner.press("enter")
        assert says in learner.note("file")
        assert isinstance(learner.app.screen, TakeAlongDialog)


async def test_an_account_is_deleted_and_the_sign_in_page_says_so(
    open_app: OpenApp, learner_there: None, paths: Paths, auth: Auth
) -> None:
    async with open_app() as learner:
        await learner.press("a", "d")
        assert isinstance(learner.app.screen, DeleteAccountDialog)
        assert "Stays, without a name" in learner.words
        await learner.fill(PASSWORD)
        assert isinstance(learner.app.screen, SignInScreen)
        assert "Your account is deleted" in learner.words
        assert EMAIL not in learner.text
        assert learner.services.claims is None
    assert not paths.session.exists()
    assert not paths.leaving.exists()
    assert files_with(paths.home, EMAIL, "Nkosi") == {EMAIL: [], "Nkosi": []}
    with pytest.raises(FieldError):
        service.sign_in(auth, email=EMAIL, password=PASSWORD)


async def test_backups_are_named(open_app: OpenApp, learner_there: None, paths: Paths) -> None:
    (paths.home / "lms-before-version-3.db").write_text("old")
    async with open_app() as learner:
        await learner.press("a", "d")
        assert "Not touched: 1 backup in the school's folder." in learner.words
        await learner.fill(PASSWORD)
        assert "(lms-before-version-3.db)" in learner.words


async def test_a_wrong_password_or_none_deletes_nothing(open_app: OpenApp, learner_there: None, auth: Auth) -> None:
    async with open_app() as learner:
        await learner.press("a", "d", "enter")
        assert "Your password is needed here." in learner.note("password")
        await learner.fill("not my passphrase")
        assert "This is not the password of your account." in learner.note("password")
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)
    assert service.sign_in(auth, email=EMAIL, password=PASSWORD)


async def test_who_presses_stay_stays(open_app: OpenApp, learner_there: None, auth: Auth) -> None:
    async with open_app() as learner:
        await learner.press("a", "d", "tab", "tab", "enter")
        assert isinstance(learner.app.screen, HomeScreen)
    assert accounts.under_way(auth) == []


async def test_the_only_admin_is_told_why_not(open_app: OpenApp, sign_up: SignUp, library: dict[str, int]) -> None:
    sign_up()
    sign_up("Elara", "elara@example.org", keep=False)
    async with open_app() as learner:
        await learner.press("a", "d")
        await learner.fill(PASSWORD)
        assert isinstance(learner.app.screen, DeleteAccountDialog)
        assert "You are the only admin of this school" in learner.words


async def test_what_is_left_to_the_next_start_is_said_on_the_sign_in_page(
    open_app: OpenApp, learner_there: None, monkeypatch: pytest.MonkeyPatch, auth: Auth, lms: Lms
) -> None:
    def busy(*_: object) -> None:
        raise told(StorageError, "Somebody is at work.")

    with monkeypatch.context() as patch:
        patch.setattr("azora_tui.leaving.learning.erase", busy)
        async with open_app() as learner:
            await learner.press("a", "d")
            await learner.fill(PASSWORD)
            assert isinstance(learner.app.screen, SignInScreen)
            assert "Somebody is at work. The next start" in " ".join(learner.said.split())
    assert len(accounts.under_way(auth)) == 1
    leaving.go_on(auth, lms)
    assert accounts.under_way(auth) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["e", "d"])
async def test_the_dialogs_open_in_every_size(
    open_app: OpenApp, learner_there: None, size: tuple[int, int], key: str
) -> None:
    async with open_app(size) as learner:
        await learner.press("a", key)


async def test_the_palette_offers_both(open_app: OpenApp, learner_there: None) -> None:
    async with open_app() as learner:
        await learner.press("ctrl+p")
        await learner.type("delete this")
        await learner.until(lambda: "For good; it asks for your password" in learner.text)
        await learner.press("enter")
        await learner.until(lambda: isinstance(learner.app.screen, DeleteAccountDialog))
