"""Power cuts at every point of what is kept beside the databases, on a disk that keeps only what was synced."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from azora_tui import paths as files
from azora_tui.auth import passwords, service, session_file
from azora_tui.auth.context import open_auth
from azora_tui.data import credentials
from azora_tui.data.lost_accounts import refuse_lost_accounts
from azora_tui.lms.credentials import jws, keys, trusted_issuers
from azora_tui.lms.service import Lms, open_lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths
from azora_tui.settings import Settings, load_settings, save_settings
from tests.conftest import NOW, claims_of
from tests.faults.power_cut import Cut, Disk

ADMIN: Claims = claims_of(1, role="admin")
ONE, TWO = "a1" * 32, "b2" * 32
Run = Callable[[Callable[[], object]], list[Cut]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk" / "school"


@pytest.fixture
def cuts(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """`cuts(work)`: the points of `work`."""
    disks = []

    def run(work: Callable[[], object]) -> list[Cut]:
        disk = Disk(home.parent)
        disks.append(disk)
        with disk.watched(monkeypatch):
            work()
        return disk.cuts

    yield run
    for disk in disks:
        disk.close()


@pytest.fixture
def folder_never_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the controls: what was done before."""
    monkeypatch.setattr(files, "sync_directory", lambda _: None)


def school(home: Path) -> Lms:
    return replace(open_lms(Paths(home)), now=lambda: NOW)


def survivors(found: list[Cut], tmp_path: Path) -> Iterator[tuple[Cut, Paths]]:
    """Each disk that differs from the one before."""
    before = None
    for number, cut in enumerate(found):
        if (cut.names, cut.contents) != before:
            yield cut, Paths(cut.survivors(tmp_path / str(number)) / "school")
        before = cut.names, cut.contents


def faults_of_keys(found: list[Cut], tmp_path: Path) -> list[str]:
    """Where the key in use cannot sign, or the one before it has not said who comes after it."""
    faults = []
    for cut, paths in survivors(found, tmp_path):
        keys._opened.clear()
        lms = school(paths.home)
        try:
            with lms.database.write() as transaction:
                if credentials.key_in_use(transaction) is not None:
                    made_by = keys.signer(lms, transaction)
                    assert jws.verify_token(jws.sign(made_by.private, {"x": 1})).did == made_by.did
                    *earlier, _ = credentials.keys(transaction)
                    assert all(each.handover for each in earlier)
        except Exception as error:
            faults.append(f"{cut.after}: {error!r}")
        finally:
            lms.database.close()
    return faults


def change_keys(home: Path) -> None:
    keys._opened.clear()
    lms = school(home)
    keys.did_in_use(lms, ADMIN)
    keys.rotate(lms, ADMIN)
    keys.protect(lms, ADMIN, passphrase=None)
    keys.rotate(lms, ADMIN)
    lms.database.close()


def prepared(home: Path) -> Path:
    Paths(home).prepare()
    with school(home).database.write():
        pass
    return home


def test_the_key_that_the_database_names_is_there_at_every_point(home: Path, cuts: Run, tmp_path: Path) -> None:
    prepared(home)
    found = cuts(lambda: change_keys(home))
    assert len(found) > 50
    assert faults_of_keys(found, tmp_path) == []


@pytest.mark.usefixtures("folder_never_synced")
def test_without_a_sync_of_the_folder_the_key_is_lost(home: Path, cuts: Run, tmp_path: Path) -> None:
    """The control."""
    prepared(home)
    assert faults_of_keys(cuts(lambda: change_keys(home)), tmp_path)


def test_who_is_trusted_is_there_at_every_point(home: Path, cuts: Run, tmp_path: Path) -> None:
    paths = Paths(prepared(home))
    trusted_issuers.trust(paths, ONE, "One")
    found = cuts(lambda: trusted_issuers.trust(paths, TWO, "Two"))
    seen = [trusted_issuers.trusted(each) for _, each in survivors(found, tmp_path)]
    assert seen[0] == {ONE: "One"}
    assert seen[-1] == {ONE: "One", TWO: "Two"}
    assert all(each in (seen[0], seen[-1]) for each in seen)


@pytest.mark.usefixtures("folder_never_synced")
def test_without_a_sync_of_the_folder_who_was_said_to_be_trusted_is_not(home: Path, cuts: Run, tmp_path: Path) -> None:
    """The control."""
    paths = Paths(prepared(home))
    found = cuts(lambda: trusted_issuers.trust(paths, TWO, "Two"))
    *_, (_, last) = survivors(found, tmp_path)
    assert trusted_issuers.trusted(last) == {}


def test_settings_are_the_old_or_the_new_at_every_point(home: Path, cuts: Run, tmp_path: Path) -> None:
    paths = Paths(prepared(home))
    save_settings(paths.settings, Settings(theme="old"))
    found = cuts(lambda: save_settings(paths.settings, Settings(theme="new")))
    seen = [load_settings(each.settings).theme for _, each in survivors(found, tmp_path)]
    assert set(seen) == {"old", "new"}
    assert seen[-1] == "new"


def test_damaged_settings_are_kept_beside_at_every_point(home: Path, cuts: Run, tmp_path: Path) -> None:
    paths = Paths(prepared(home))
    paths.settings.write_text('{"theme": "mine"')
    found = cuts(lambda: save_settings(paths.settings, Settings(theme="new")))
    for _, each in survivors(found, tmp_path):
        assert '{"theme": "mine"' in {file.read_text() for file in each.home.glob("settings*")}


def start(home: Path) -> None:
    paths = Paths(home)
    paths.prepare()
    auth, lms = open_auth(paths), school(home)
    with lms.database.write():
        lms.machine()
    _, token = service.register(auth, name="Thandi", email="t@example.org", password="eight small baskets")
    session_file.keep(paths, token)
    auth.database.close()
    lms.database.close()


def faults_of_start(found: list[Cut], tmp_path: Path) -> list[str]:
    faults = []
    for cut, paths in survivors(found, tmp_path):
        auth = open_auth(paths)
        try:
            start_again = paths.session.exists()
            paths.prepare()
            refuse_lost_accounts(paths)
            if start_again:
                assert service.resume(auth) is not None
            else:
                with school(paths.home).database.write() as transaction:
                    assert transaction is not None
        except Exception as error:
            faults.append(f"{cut.after}: {error!r}")
        finally:
            auth.database.close()
    auth = open_auth(paths)
    if not paths.session.exists() or service.resume(auth) is None:
        faults.append("the session that was begun is gone")
    auth.database.close()
    return faults


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "MEMORY_KIB", 8)


@pytest.mark.usefixtures("light")
def test_a_first_start_is_taken_up_by_the_next_from_every_point(home: Path, cuts: Run, tmp_path: Path) -> None:
    found = cuts(lambda: start(home))
    assert len(found) > 100
    assert faults_of_start(found, tmp_path) == []


@pytest.mark.usefixtures("light", "folder_never_synced")
def test_without_a_sync_of_the_folder_a_first_start_is_lost(home: Path, cuts: Run, tmp_path: Path) -> None:
    """The control: the folder of the school itself, and what was put beside the databases."""
    assert faults_of_start(cuts(lambda: start(home)), tmp_path)


def test_what_is_put_beside_the_databases_is_read_back_as_it_was(home: Path, cuts: Run, tmp_path: Path) -> None:
    """The model itself: what was synced with its folder is there, what was not is not."""
    prepared(home)

    def work() -> None:
        (home / "unsynced").write_text("x")
        files.replace_file(home / "kept", json.dumps({"x": 1}).encode())

    found = cuts(work)
    *_, (_, last) = survivors(found, tmp_path)
    assert json.loads((last.home / "kept").read_text()) == {"x": 1}
    assert not any(name in each for each in found[0].names.values() for name in ("kept", "unsynced"))
    assert (last.home / "unsynced").read_bytes() == b""
