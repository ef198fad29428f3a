"""One SQLite file: opened, checked, migrated, and given out in transactions.

Every write is one `BEGIN IMMEDIATE … COMMIT` with WAL and `synchronous=FULL`: when `Database.write` has
ended without an error, the work is on disk.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

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


_UNWATCHED = nullcontext()


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

    def read(self, stop: Stop | None = None) -> AbstractContextManager[apsw.Connection]:
        """One consistent view of the data, for as long as the block lasts or until `stop` raises `StoppedError`."""
        return self._transaction("BEGIN", stop)

    def write(self, lock: Lock = SCHOOL) -> AbstractContextManager[apsw.Connection]:  # SQLite has one writer
        """One transaction: everything in the block is on disk after it, or, on any exception, nothing is."""
        return self._transaction("BEGIN IMMEDIATE")

    def plan(self, statement: str, parameters: Parameters | None = None) -> list[str]:
        """How SQLite goes about a statement, a step a line."""
        with self.read() as connection:
            return [step for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]

    def close(self) -> None:
        """Close every thread's connection; the next use opens and checks it again."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            for copy in self._copies:
                copy.close()
            self._connections.clear()
            self._copies.clear()
            self._thread = threading.local()
            self._checked = False

    @contextmanager
    def _transaction(self, begin: str, stop: Stop | None = None) -> Iterator[apsw.Connection]:
        with self._altered_told(), translate_database_errors(self.path):
            connection = self._readable() if begin == "BEGIN" else self._connection()
            connection.execute(begin)
            try:
                with stop.watching(connection.interrupt) if stop else _UNWATCHED:
                    yield connection
                connection.execute("COMMIT")
            except BaseException:
                # On a full disk SQLite has rolled back already, and a second ROLLBACK would itself fail.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _altered_told(self) -> Iterator[None]:
        """A statement that fails is our mistake, unless somebody has changed the tables that it stands on."""
        try:
            yield
        except StatementError as error:
            connection = getattr(self._thread, "connection", None)
            if connection is None or is_as_made(connection, self.kind):
                raise
            raise StorageError("database_altered", path=self.path, problem=str(error)) from error

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
        if self._checked and _identity(self.path) != self._opened:
            # SQLite would go on in a file that has no name any more, and what it says is done would be lost.
            raise StorageError("database_replaced", path=self.path)
        connection: apsw.Connection | None = getattr(self._thread, "connection", None)
        if connection is None:
            with self._lock:
                if self._checked:
                    connection = connect(self.path)
                else:
                    connection = prepare(self.path, self.kind, connect)
                    self._opened = _identity(self.path)
                    self._checked = True
                self._connections.append(connection)
            self._thread.connection = connection
        return connection


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
    """Turn what SQLite reports about `path` into a `StorageError` that a person can read, or a `StatementError`."""
    try:
        yield
    except apsw.InterruptError as error:
        raise StoppedError("read_stopped") from error
    except (apsw.BusyError, apsw.ProtocolError) as error:
        raise StorageBusyError("database_busy", name=path.name, seconds=BUSY_TIMEOUT_MS // 1000) from error
    except apsw.FullError as error:
        raise StorageError("disk_full") from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise StorageError("database_damaged", path=path) from error
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError, apsw.AuthError) as error:
        raise StorageError("database_not_writable", path=path) from error
    except apsw.IOError as error:
        raise StorageError("disk_failed", name=path.name) from error
    except apsw.ConstraintError as error:
        raise ConstraintError(str(error)) from error
    except apsw.SQLError as error:
        raise StatementError(str(error)) from error
