"""An answer is given only after everything it says has been handed to the disk."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import apsw
import pytest

from azora_tui.data.engines import sqlite
from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims


class Disk(apsw.VFS):
    """Writes down, for each file, whether the last write to it was followed by a sync."""

    def __init__(self) -> None:
        super().__init__("watched-disk", "unix")
        self.unsynced: dict[str, int] = {}

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        if name is None:  # for the length of a statement; nothing rests on it
            return apsw.VFSFile("unix", name, flags)
        return WatchedFile(self, name, flags)


class WatchedFile(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        super().__init__("unix", name, flags)
        self.name = Path(name if isinstance(name, str) else name.filename()).name
        self.disk = disk

    def xWrite(self, data: Any, offset: int) -> None:
        self.disk.unsynced[self.name] = self.disk.unsynced.get(self.name, 0) + 1
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        self.disk.unsynced[self.name] = 0
        super().xSync(flags)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    watched = Disk()
    monkeypatch.setattr(apsw, "Connection", partial(apsw.Connection, vfs="watched-disk"))
    yield watched
    watched.unregister()


def unsynced_after_enrolling(
    lms: Lms, disk: Disk, claims: Callable[..., Claims], add_course: Callable[..., int]
) -> dict[str, int]:
    course = add_course()
    disk.unsynced.clear()
    enrolling.enroll(lms, claims(), course)
    assert "lms.db-wal" in disk.unsynced
    found = dict(disk.unsynced)
    lms.database.close()
    return found


def test_no_write_of_an_enrolment_is_unsynced_when_it_is_told(
    disk: Disk, lms: Lms, claims: Callable[..., Claims], add_course: Callable[..., int]
) -> None:
    assert unsynced_after_enrolling(lms, disk, claims, add_course) == {"lms.db-wal": 0}


def test_with_synchronous_normal_the_writes_of_an_enrolment_are_still_under_way(
    disk: Disk,
    lms: Lms,
    claims: Callable[..., Claims],
    add_course: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: what a power cut would take."""
    monkeypatch.setitem(sqlite._PRAGMAS, "synchronous", 1)
    assert unsynced_after_enrolling(lms, disk, claims, add_course)["lms.db-wal"] > 0


def test_a_new_file_is_synced_before_it_gets_its_name(disk: Disk, lms: Lms) -> None:
    with lms.database.read():
        pass
    assert disk.unsynced[".lms.db.new"] == 0
    lms.database.close()
