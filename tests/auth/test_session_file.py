"""The kept sign-in."""

import stat
from pathlib import Path

import pytest

from azora_tui.auth import session_file
from azora_tui.errors import StorageError
from azora_tui.paths import Paths

TOKEN = "eyJh.eyJz-_0.c2ln"


def token_in(paths: Paths) -> str | None:
    kept = session_file.load(paths)
    return None if kept is None else kept.token


def test_kept_token_is_loaded_and_private(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    session_file.keep(paths, TOKEN)
    assert token_in(paths) == TOKEN
    assert stat.S_IMODE(paths.session.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["session"]


def test_keeping_tightens_a_file_that_others_could_read(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    paths.session.write_text("older")
    paths.session.chmod(0o644)
    session_file.keep(paths, TOKEN)
    assert stat.S_IMODE(paths.session.stat().st_mode) == 0o600


def test_newer_token_replaces_the_older(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    session_file.keep(paths, TOKEN)
    session_file.keep(paths, "a.b.c")
    assert token_in(paths) == "a.b.c"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"a.b",
        b"a.b.c.d",
        b"a.b.c\n",
        b"a b.c.d",
        b"\xff.\xff.\xff",
        b"a.b." + b"c" * 20_000,
        b"a.b." + b"c" * 16_381,
        b"a.b.c\n" + b"0" * 63,
        b"a.b.c\n" + b"0" * 65,
        b"\0" * 9,
    ],
    ids=range(12),
)
def test_damaged_session_is_none(tmp_path: Path, content: bytes) -> None:
    paths = Paths(tmp_path)
    paths.session.write_bytes(content)
    assert session_file.load(paths) is None


@pytest.fixture
def sealed(tmp_path: Path) -> Paths:
    """A token that was kept while there was a key."""
    paths = Paths(tmp_path)
    paths.token_key.write_text("the key of this school")
    session_file.keep(paths, TOKEN)
    return paths


def test_what_was_kept_under_the_key_is_known_again(sealed: Paths) -> None:
    kept = session_file.load(sealed)
    assert kept is not None
    assert (kept.token, kept.is_verified) == (TOKEN, True)
    assert TOKEN not in repr(kept)


def test_a_changed_token_is_not_known(sealed: Paths) -> None:
    whole = sealed.session.read_bytes()
    for place in range(len(whole)):
        sealed.session.write_bytes(
            whole[:place] + (b"0" if whole[place : place + 1] != b"0" else b"1") + whole[place + 1 :]
        )
        kept = session_file.load(sealed)
        assert kept is None or not kept.is_verified


@pytest.mark.parametrize("key", [b"the key of another school", b"", None], ids=["other", "empty", "none"])
def test_a_token_is_not_known_under_another_key(sealed: Paths, key: bytes | None) -> None:
    sealed.token_key.unlink()
    if key is not None:
        sealed.token_key.write_bytes(key)
    kept = session_file.load(sealed)
    assert kept is not None
    assert not kept.is_verified


@pytest.mark.parametrize("key", [b"", None], ids=["empty", "none"])
def test_without_a_key_nothing_is_known(tmp_path: Path, key: bytes | None) -> None:
    paths = Paths(tmp_path)
    if key is not None:
        paths.token_key.write_bytes(key)
    session_file.keep(paths, TOKEN)
    kept = session_file.load(paths)
    assert kept is not None
    assert not kept.is_verified


def test_unreadable_session_is_none(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    paths.session.mkdir()
    assert session_file.load(paths) is None


def test_no_session_is_none_and_forgetting_it_is_nothing(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    assert session_file.load(paths) is None
    session_file.forget(paths)


def test_forgotten_session_is_gone(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    session_file.keep(paths, TOKEN)
    session_file.forget(paths)
    assert not paths.session.exists()


def test_unwritable_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    paths = Paths(tmp_path / "home")
    with pytest.raises(StorageError, match="cannot be written") as refused:
        session_file.keep(paths, TOKEN)
    assert TOKEN not in str(refused.value)


def test_session_that_cannot_be_removed_is_a_sentence(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    paths.session.mkdir()
    with pytest.raises(StorageError, match="cannot be removed"):
        session_file.forget(paths)


def test_failed_keep_leaves_the_older_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = Paths(tmp_path)
    session_file.keep(paths, TOKEN)

    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("azora_tui.paths.os.replace", failing)
    with pytest.raises(StorageError, match="No space left"):
        session_file.keep(paths, "a.b.c")
    assert token_in(paths) == TOKEN
    assert [file.name for file in tmp_path.iterdir()] == ["session"]
