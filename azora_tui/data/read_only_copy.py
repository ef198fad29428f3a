"""A database opened without writing a byte to its folder: somebody else's, or one on a disk that takes nothing more.

SQLite would write beside the file: a shared-memory file, a recovered log, a journal rolled back. So the file, its
write-ahead log and its journal are read into memory, and SQLite works on those. Nothing of it reaches a disk, which
matters where passwords stand in it as they were typed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import apsw

from azora_tui.errors import StorageBusyError, StorageError
from azora_tui.paths import read_file

_BESIDE = ("", "-wal", "-journal")
_TRIES = 20
MAX_BYTES = 2_000_000_000
"""Of a file that is read into memory."""
_NAME = "copy"
_numbers = count(1)


class Copy:
    """The files of the database at `path` in memory, as its last commit left it, and a connection to them.

    Raises `StorageError` where the files cannot be read, `StorageBusyError` where they never stand still.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state, contents = _contents(path)
        self._files = _Files(f"azora-memory-{next(_numbers)}", contents)
        self.connection = apsw.Connection(_NAME, flags=apsw.SQLITE_OPEN_READWRITE, vfs=self._files.name)
        # Alone with its file, SQLite keeps the index of the log in its own memory.
        self.connection.execute("PRAGMA locking_mode = exclusive")
        self.connection.execute("PRAGMA trusted_schema = 0")

    @property
    def is_current(self) -> bool:
        """Whether nobody has written to the files since they were read."""
        return _state(self._path) == self._state

    def close(self) -> None:
        self.connection.close()
        self._files.unregister()


@contextmanager
def opened_in_memory(path: Path) -> Iterator[apsw.Connection]:
    """A connection to a copy, for as long as the block lasts. Raises as `Copy` does."""
    copy = Copy(path)
    try:
        yield copy.connection
    finally:
        copy.close()


def _contents(path: Path) -> tuple[list[tuple[int, int] | None], dict[str, bytearray]]:
    for _ in range(_TRIES):
        before = _state(path)
        try:
            read = {
                _NAME + suffix: bytearray(read_file(path.with_name(path.name + suffix), MAX_BYTES))
                for suffix, state in zip(_BESIDE, before, strict=True)
                if state is not None or not suffix
            }
        except FileNotFoundError:
            if not path.exists():
                raise _unreadable(path, "No such file or directory") from None
            continue
        except OSError as error:
            raise _unreadable(path, error.strerror) from error
        if _state(path) == before:
            return before, read
    raise StorageBusyError("original_never_still", path=path)


def _state(path: Path) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    for suffix in _BESIDE:
        try:
            state = path.with_name(path.name + suffix).stat()
        except OSError:
            found.append(None)
        else:
            found.append((state.st_size, state.st_mtime_ns))
    return found


def _unreadable(path: Path, reason: str | None) -> StorageError:
    return StorageError("original_unreadable", path=path, reason=reason)


class _Files(apsw.VFS):
    """The file system that one such connection sees."""

    def __init__(self, name: str, files: dict[str, bytearray]) -> None:
        self.name = name
        self._files = files
        super().__init__(name, base="")

    def xFullPathname(self, name: str) -> str:  # noqa: N802  # apsw's names, here and below
        return name

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: N802
        return pathname in self._files

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self._files.pop(filename, None)

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802
        called = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _File(bytearray() if called is None else self._files.setdefault(called, bytearray()))


class _File:
    """A file of one process: it needs no lock and is never synced."""

    def __init__(self, data: bytearray) -> None:
        self._data = data

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        return bytes(self._data[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        missing = offset + len(data) - len(self._data)
        if missing > 0:
            self._data.extend(bytes(missing))
        self._data[offset : offset + len(data)] = data

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        del self._data[newsize:]

    def xFileSize(self) -> int:  # noqa: N802
        return len(self._data)

    def xSync(self, flags: int) -> None:  # noqa: N802
        pass

    def xLock(self, level: int) -> None:  # noqa: N802
        pass

    def xUnlock(self, level: int) -> None:  # noqa: N802
        pass

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        return 0

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return 0

    def xFileControl(self, op: int, ptr: int) -> bool:  # noqa: N802
        return False

    def xClose(self) -> None:  # noqa: N802
        pass
