"""One SQLite file: opened, checked, migrated, and given out in transactions.

Every write is one `BEGIN IMMEDIATE … COMMIT` with WAL and `synchronous=FULL`: when `Database.write` has
ended without an error, the work is on disk.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import apsw

from azora_tui.data.engines.sqlite_files import check_version, is_as_made, prepare
from azora_tui.data.locks import SCHOOL, Lock
from azora_tui.data.schema import DatabaseKind
from azora_tui.data.stopping import Stop
from azora_tui.data.transaction import ConstraintError, Parameters, StatementError
from azora_tui.errors import StoppedError, StorageBusyError, StorageError

if TYPE_CHECKING:
    from azora_tui.data.read_only_copy import Copy

BUSY_TIMEOUT_MS = 30_000
MAX_COPY_BYTES = 500_000_000
"""Of a file that is read into memory, once a thread, where the disk is full."""

_PRAGMAS: dict[str, int | str] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cache_size": -400,  # KiB for each of many connections; the system keeps the file in memory anyway
}


class SqliteDatabase:
    """A database file of ours, with one connection for each thread that asks.

    The file is opened, created or migrated on first use, so that making one costs nothing.
    """

    def __init__(self, path: Path, kind: DatabaseKind) -> None:
        self.path = path
        self.kind = kind
        self._thread = threading.local()
        self._lock = threading.Lock()
        self._connections: list[apsw.Connection] = []
        self._copies: list[Copy] = []
        self._checked = False
        self._opened: tuple[int, int] | None = None
        self._watching: apsw.Connection | None = None  # its count of what others write compares with no other's
        self._watch_lock = threading.Lock()

    def read(self, stop: Stop | None = None) -> AbstractContextManager[apsw.Connection]:
        """One consistent view of the data, for as long as the block lasts or until `stop` raises `StoppedError`."""
        return self._transaction("BEGIN", stop)

    def write(self, lock: Lock = SCHOOL) -> AbstractContextManager[apsw.Connection]:  # SQLite has one writer
        """One transaction: everything in the block is on disk after it, or, on any exception, nothing is."""
        return self._transaction("BEGIN IMMEDIATE")

    def version(self) -> int:
        """A number that is another one after each write of any connection, of this process or of others."""
        with self._watch_lock, translate_database_errors(self.path):
            self._check_place()
            if self._watching is None:
                self._watching = self._open()
            version: int = self._watching.execute("PRAGMA data_version").get
            return version

    def plan(self, statement: str, parameters: Parameters | None = None) -> list[str]:
        """How SQLite goes about a statement, a step a line."""
        with self.read() as connection:
            return [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]

    def wipe(self) -> None:
        """Write the file anew without what was removed from it, and empty its log."""
        with translate_database_errors(self.path):
            self._connection()  # that the file is ours is checked there
            connection = connect(self.path)
            try:
                connection.execute("VACUUM")
                connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            finally:
                connection.close()

    def close(self) -> None:
        """Close every thread's connection; the next use opens and checks it again."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            for copy in self._copies:
                copy.close()
            self._connections.clear()
            self._copies.clear()
            self._watching = None
            self._thread = threading.local()
            self._checked = False

    def _transaction(self, begin: str, stop: Stop | None = None) -> AbstractContextManager[apsw.Connection]:
        return self._watched(begin, stop) if stop else self._unwatched(begin)

    @contextmanager
    def _watched(self, begin: str, stop: Stop) -> Iterator[apsw.Connection]:
        with self._unwatched(begin) as connection, stop.watching(connection.interrupt):
            yield connection

    def _unwatched(self, begin: str) -> _Transaction:
        return _Transaction(begin, self._readable if begin == "BEGIN" else self._connection, self._raise)

    def _raise(self, error: apsw.Error) -> NoReturn:
        """Raise what SQLite reports; a statement that fails is our mistake, unless somebody has changed the tables that
        it stands on."""
        try:
            raise_translated(error, self.path)
        except StatementError as failure:
            connection = getattr(self._thread, "connection", None)
            if connection is None or is_as_made(connection, self.kind):
                raise
            raise StorageError("database_altered", path=self.path, problem=str(failure)) from error

    def _readable(self) -> apsw.Connection:
        """The connection, or, where SQLite could not even write what it needs to read, one to a copy in memory."""
        try:
            return self._connection()
        except (apsw.FullError, apsw.IOError, apsw.CantOpenError, apsw.ReadOnlyError):
            if not self.path.exists() or self.path.stat().st_size > MAX_COPY_BYTES:
                raise
            with self._lock:
                return self._of_copy()

    def _of_copy(self) -> apsw.Connection:
        from azora_tui.data.read_only_copy import Copy

        copy: Copy | None = getattr(self._thread, "copy", None)
        if copy is None or not copy.is_current:
            if copy is not None:
                self._copies.remove(copy)
                copy.close()
                self._thread.copy = None
            copy = Copy(self.path)
            self._copies.append(copy)
            self._thread.copy = copy
            check_version(copy.connection, self.path, self.kind)
        return copy.connection

    def _connection(self) -> apsw.Connection:
        """The connection of this thread; the first one opens, checks, makes or migrates the file."""
        self._check_place()
        connection: apsw.Connection | None = getattr(self._thread, "connection", None)
        if connection is None:
            connection = self._thread.connection = self._open()
        return connection

    def _check_place(self) -> None:
        if self._checked and _identity(self.path) != self._opened:
            # SQLite would go on in a file that has no name any more, and what it says is done would be lost.
            raise StorageError("database_replaced", path=self.path)

    def _open(self) -> apsw.Connection:
        with self._lock:
            if self._checked:
                connection = connect(self.path)
            else:
                connection = prepare(self.path, self.kind, connect)
                self._opened = _identity(self.path)
                self._checked = True
            self._connections.append(connection)
        return connection


class _Transaction:
    """A block from BEGIN to COMMIT, or to ROLLBACK on any exception.

    A class where a generator would do: that and one that translates errors would take as long as the statements.
    """

    __slots__ = ("_begin", "_connect", "_connection", "_raise")

    def __init__(
        self, begin: str, connect: Callable[[], apsw.Connection], fail: Callable[[apsw.Error], NoReturn]
    ) -> None:
        self._begin = begin
        self._connect = connect
        self._raise = fail

    def __enter__(self) -> apsw.Connection:
        try:
            self._connection = connection = self._connect()
            try:
                connection.execute(self._begin)
            except BaseException:
                _roll_back(connection)
                raise
        except apsw.Error as error:
            self._raise(error)
        return connection

    def __exit__(self, _: object, error: BaseException | None, trace: object) -> None:
        try:
            try:
                if error is None:
                    self._connection.execute("COMMIT")
            finally:
                _roll_back(self._connection)
        except apsw.Error as failure:
            self._raise(failure)
        if isinstance(error, apsw.Error):
            self._raise(error)


def _roll_back(connection: apsw.Connection) -> None:
    # On a full disk SQLite has rolled back already, and a second ROLLBACK would itself fail.
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to now, whatever it is called; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def connect(path: Path) -> apsw.Connection:
    """A connection to an existing file with our pragmas set and read back."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        for name, value in {"busy_timeout": BUSY_TIMEOUT_MS, **_PRAGMAS}.items():
            connection.execute(f"PRAGMA {name} = {value}")
            actual: Any = connection.execute(f"PRAGMA {name}").get
            if actual != value:
                raise StorageError("database_unsafe_here", path=path, name=name, actual=actual, value=value)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def translate_database_errors(path: Path) -> Iterator[None]:
    """Raise what SQLite reports about `path` as `raise_translated` does."""
    try:
        yield
    except apsw.Error as error:
        raise_translated(error, path)


def raise_translated(error: apsw.Error, path: Path) -> NoReturn:
    """Raise what SQLite reports about `path` as a `StorageError` that a person can read, or as a `StatementError`."""
    match error:
        case apsw.InterruptError():
            raise StoppedError("read_stopped") from error
        case apsw.BusyError() | apsw.ProtocolError():
            raise StorageBusyError("database_busy", name=path.name, seconds=BUSY_TIMEOUT_MS // 1000) from error
        case apsw.FullError():
            raise StorageError("disk_full") from error
        case apsw.CorruptError() | apsw.NotADBError():
            raise StorageError("database_damaged", path=path) from error
        case apsw.ReadOnlyError() | apsw.CantOpenError() | apsw.PermissionsError() | apsw.AuthError():
            raise StorageError("database_not_writable", path=path) from error
        case apsw.IOError():
            raise StorageError("disk_failed", name=path.name) from error
        case apsw.ConstraintError():
            raise ConstraintError(str(error)) from error
        case apsw.SQLError():
            raise StatementError(str(error)) from error
        case _:
            raise error
