"""How a file is written so that it is whole, and read so that nothing else is opened."""

import fcntl
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from azora_tui import paths as files
from azora_tui.commands.tidying import tidy
from azora_tui.data import schema
from azora_tui.paths import Paths, make_folders, open_file, read_file, replace_file


def test_a_file_is_for_its_owner_alone_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "file"
    replace_file(path, b"one")
    replace_file(path, b"two" * 100_000)
    assert path.read_bytes() == b"two" * 100_000
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["file"]


def test_no_link_that_was_put_there_is_written_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that could be foreseen, and a link by that name, would have it written elsewhere."""
    target = tmp_path / "elsewhere"
    target.write_text("mine")
    monkeypatch.setattr(os, "urandom", bytes)
    (tmp_path / f".azora-tui-{'00' * 8}.new").symlink_to(target)
    with pytest.raises(FileExistsError):
        replace_file(tmp_path / "file", b"secret")
    assert target.read_text() == "mine"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    replace_file(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def test_a_file_that_was_cleared_before_it_was_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = fcntl.flock
    cleared: list[Path] = []

    def late(descriptor: int, how: int) -> None:
        if not cleared:
            [left] = tmp_path.iterdir()
            left.unlink()
            cleared.append(left)
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    replace_file(tmp_path / "file", b"kept")
    assert cleared
    assert (tmp_path / "file").read_bytes() == b"kept"


@pytest.mark.parametrize("number", [22, 95])
def test_a_file_system_that_cannot_sync_a_folder_does_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    sync = os.fsync

    def of_files_only(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, "cannot")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", of_files_only)
    replace_file(tmp_path / "file", b"kept")
    assert (tmp_path / "file").read_bytes() == b"kept"


def test_a_folder_that_cannot_be_synced_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(files, "sync_directory", broken)
    with pytest.raises(OSError, match="Input"):
        replace_file(tmp_path / "file", b"kept")


def test_folders_are_made_with_all_above_them(tmp_path: Path) -> None:
    make_folders(tmp_path / "one" / "two", mode=0o700)
    make_folders(tmp_path / "one" / "two", mode=0o700)
    assert stat.S_IMODE((tmp_path / "one" / "two").stat().st_mode) == 0o700
    (tmp_path / "file").touch()
    for there in ("file", "file/below"):
        with pytest.raises(OSError, match="file"):
            make_folders(tmp_path / there)


# What killed writers leave


def test_what_killed_writers_have_left_goes_at_the_next_start(paths: Paths) -> None:
    left = [
        ".azora-tui-0f.new",
        ".session.1-2.new",
        ".lms.db.new",
        ".lms.db.new-wal",
        ".azora-before-version-2.db.7.new",
    ]
    for name in left:
        (paths.home / name).write_text("half")
    for name in ("session", "notes.new", ".mine"):
        (paths.home / name).write_text("whole")
    (paths.home / ".folder.new").mkdir()
    (paths.home / ".link.new").symlink_to(paths.home / "session")
    tidy(paths)
    assert sorted(os.listdir(paths.home)) == [".folder.new", ".link.new", ".mine", "notes.new", "session"]


def test_what_is_being_written_stays(paths: Paths) -> None:
    name, descriptor = files._new_beside(paths.session)
    tidy(paths)
    assert name.exists()
    os.close(descriptor)
    tidy(paths)
    assert not name.exists()


def test_what_another_is_preparing_stays(paths: Paths) -> None:
    (paths.home / ".lms.db.new").touch()
    with schema.alone(paths.lms_database):
        tidy(paths)
    assert (paths.home / ".lms.db.new").exists()
    tidy(paths)
    assert paths.leftovers() == []


# What is opened


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(path.parent)  # a socket's name is short
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def nothing(path: Path) -> None:
    path.symlink_to(path.with_name("missing"))


KINDS: list[Callable[[Path], None]] = [a_pipe, a_socket, a_folder, a_device, nothing]


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("follow", [False, True])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, make: Callable[[Path], None], follow: bool) -> None:
    make(tmp_path / "x")
    with pytest.raises(OSError, match="x"):
        open_file(tmp_path / "x", follow=follow)


def test_a_link_is_followed_only_where_a_person_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    (tmp_path / "link").symlink_to("file")
    with pytest.raises(OSError, match="link"):
        read_file(tmp_path / "link", 10)
    assert read_file(tmp_path / "link", 10, follow=True) == b"text"


def test_no_more_is_read_than_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("12345")
    assert read_file(tmp_path / "file", 5) == b"12345"
    with pytest.raises(OSError, match="too large"):
        read_file(tmp_path / "file", 4)


# Who may look in


def test_a_school_that_is_open_to_others_is_closed(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("azora.db", "lms.db-wal", "session", "issuer-key-ab.pem", "settings-unreadable.json", "original-2"):
        (paths.home / name).touch()
    paths.home.chmod(0o755)
    assert paths.is_open_to_others()
    tidy(paths)
    assert not paths.is_open_to_others()
    assert stat.S_IMODE(paths.home.stat().st_mode) == 0o700
    assert "is closed to them now" in capsys.readouterr().err
    tidy(paths)
    assert capsys.readouterr().err == ""


def test_a_folder_that_holds_other_things_too_is_left_open_and_said(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    (paths.home / "azora.db").touch()
    (paths.home / "letters").touch()
    paths.home.chmod(0o775)
    tidy(paths)
    assert stat.S_IMODE(paths.home.stat().st_mode) == 0o775
    assert "was left as it is" in capsys.readouterr().err
