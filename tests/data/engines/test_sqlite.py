"""Opening a file, its pragmas, and transactions that hold wholly or not at all."""

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import apsw
import pytest

from azora_tui.data import schema
from azora_tui.data.database import Database, open_database
from azora_tui.data.engines import sqlite as module
from azora_tui.data.transaction import ConstraintError, StatementError
from azora_tui.errors import StorageBusyError, StorageError
from azora_tui.paths import Paths
from tests.engine import sqlite

INSERT = "INSERT INTO bundle (id, fingerprint) VALUES (1, 'x')"
KINDS = pytest.mark.parametrize("kind", [schema.AUTH, schema.LMS], ids=["azora", "lms"])


@pytest.fixture
def database(paths: Paths) -> Iterator[Database]:
    opened = open_database(paths.lms_database, schema.LMS)
    yield opened
    opened.close()


def rows(database: Database) -> int:
    with database.read() as connection:
        count: int = sqlite(connection).execute("SELECT COUNT(*) FROM bundle").get
        return count


def test_making_a_database_touches_nothing_until_it_is_used(paths: Paths) -> None:
    open_database(paths.lms_database, schema.LMS)
    assert list(paths.home.iterdir()) == []


@KINDS
def test_a_new_file_is_whole_and_only_its_owners(paths: Paths, kind: schema.DatabaseKind) -> None:
    path = paths.home / "new.db"
    opened = open_database(path, kind)
    with opened.read() as connection:
        pragmas = {
            name: sqlite(connection).execute(f"PRAGMA {name}").get
            for name in ("application_id", "user_version", "journal_mode", "synchronous", "foreign_keys")
        }
        beside = {file.name: file.stat().st_mode & 0o777 for file in paths.home.iterdir()}
    opened.close()
    assert pragmas == {
        "application_id": kind.application_id,
        "user_version": schema.migrations(kind)[-1][0],
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
    }
    assert beside == {"new.db": 0o600, "new.db-wal": 0o600, "new.db-shm": 0o600}
    assert paths.home.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in paths.home.iterdir()] == ["new.db"]


def test_every_connection_waits_for_others_and_trusts_no_schema(database: Database) -> None:
    with database.read() as connection:
        assert sqlite(connection).execute("PRAGMA busy_timeout").get == module.BUSY_TIMEOUT_MS
        assert sqlite(connection).execute("PRAGMA trusted_schema").get == 0


def test_an_exception_takes_the_whole_transaction_back(database: Database) -> None:
    def write_and_fail() -> None:
        with database.write() as connection:
            connection.execute(INSERT)
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    assert rows(database) == 0
    with database.write() as connection:
        connection.execute(INSERT)
    assert rows(database) == 1


def test_a_reader_sees_one_state_however_long_it_looks(database: Database) -> None:
    other = open_database(database.path, schema.LMS)
    with database.read() as connection:
        before = sqlite(connection).execute("SELECT COUNT(*) FROM bundle").get
        with other.write() as writing:
            writing.execute(INSERT)
        assert sqlite(connection).execute("SELECT COUNT(*) FROM bundle").get == before == 0
    assert rows(database) == 1
    other.close()


def test_the_version_is_another_one_after_each_write_of_anyone_and_only_then(database: Database) -> None:
    other = open_database(database.path, schema.LMS)
    first = database.version()
    assert rows(database) == rows(other) == 0
    assert database.version() == first, "to read is no change"
    with other.write() as connection:
        connection.execute(INSERT)
    second = database.version()
    assert second != first
    with database.write() as connection:
        connection.execute("UPDATE bundle SET fingerprint = 'y'")
    assert database.version() not in (first, second)
    other.close()


def test_the_version_is_asked_from_any_thread(database: Database) -> None:
    seen = [database.version()]
    for _ in range(3):
        thread = threading.Thread(target=lambda: seen.append(database.version()))
        thread.start()
        thread.join()
    assert len(seen) == 4
    assert len(set(seen)) == 1
    database.close()
    assert database.version(), "after closing it is opened anew"


def test_a_file_that_was_taken_away_has_no_version(database: Database, tmp_path: Path) -> None:
    database.version()
    database.path.rename(tmp_path / "aside")
    with pytest.raises(StorageError, match="moved, deleted or replaced"):
        database.version()


def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(ConstraintError), database.write() as connection:
        connection.execute(
            "INSERT INTO enrollments (user_id, course_id, enrolled_at, last_accessed_at) VALUES (1, 99, '', '')"
        )


def test_each_thread_has_its_own_connection(database: Database) -> None:
    seen: list[apsw.Connection] = []

    def look() -> None:
        with database.read() as connection:
            seen.append(sqlite(connection))

    look()
    look()
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen[0] is seen[1]
    assert seen[2] is not seen[0]


def test_after_closing_the_next_use_opens_and_checks_anew(database: Database) -> None:
    with database.write() as connection:
        connection.execute(INSERT)
    database.close()
    assert rows(database) == 1
    database.close()
    database.path.write_bytes(b"something else was put here")
    with pytest.raises(StorageError, match="is not a database"):
        rows(database)


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_was_taken_away_takes_nothing_that_would_be_lost(
    database: Database, tmp_path: Path, replaced: bool
) -> None:
    assert rows(database) == 0
    aside = tmp_path / "aside"
    database.path.rename(aside)
    if replaced:
        database.path.write_bytes(aside.read_bytes())
    with pytest.raises(StorageError, match=r"moved, deleted or replaced .* Nothing was changed\. Put it back"):
        rows(database)
    with pytest.raises(StorageError, match="moved, deleted or replaced"), database.write():
        pytest.fail("a write into a file without a name")
    aside.replace(database.path)
    with database.write() as connection:
        connection.execute(INSERT)
    assert rows(database) == 1


def test_a_write_held_too_long_by_another_is_refused_and_nothing_is_lost(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_TIMEOUT_MS", 30)
    holder = open_database(paths.lms_database, schema.LMS)
    waiting = open_database(paths.lms_database, schema.LMS)
    with holder.write() as connection:
        connection.execute(INSERT)
        with (
            pytest.raises(StorageBusyError, match=r"busy .* not saved; everything before it was\. Try again"),
            waiting.write(),
        ):
            pytest.fail("two writers at once")
        assert rows(waiting) == 0
    assert rows(waiting) == 1
    with waiting.write() as connection:
        connection.execute("DELETE FROM bundle")
    holder.close()
    waiting.close()


def test_where_write_ahead_logging_cannot_work_the_folder_is_refused_and_left_empty(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    # This VFS has no shared memory, like some network drives: SQLite then keeps another journal without a
    # word.
    monkeypatch.setattr(apsw, "Connection", partial(apsw.Connection, vfs="unix-dotfile"))
    with pytest.raises(StorageError, match=r"journal_mode is delete, not wal.*choose a local folder"):
        rows(open_database(paths.lms_database, schema.LMS))
    assert list(paths.home.iterdir()) == []


@pytest.mark.parametrize(("pragma", "asked", "got"), [("foreign_keys", 2, 1), ("trusted_schema", 3, 1)])
def test_a_pragma_that_does_not_take_is_noticed(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, pragma: str, asked: int, got: int
) -> None:
    monkeypatch.setitem(module._PRAGMAS, pragma, asked)
    with pytest.raises(StorageError, match=f"{pragma} is {got}, not {asked}"):
        rows(open_database(paths.lms_database, schema.LMS))
    assert list(paths.home.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (apsw.FullError, "The disk is full. This step was not saved"),
        (apsw.IOError, "The disk did not take or give"),
        (apsw.CorruptError, "is damaged"),
        (apsw.NotADBError, "is damaged"),
        (apsw.ReadOnlyError, "cannot be opened for writing"),
        (apsw.CantOpenError, "cannot be opened for writing"),
        (apsw.BusyError, "busy"),
        (apsw.ProtocolError, "busy"),
    ],
)
def test_what_sqlite_reports_becomes_a_sentence(error: type[apsw.Error], sentence: str) -> None:
    with pytest.raises(StorageError, match=sentence), module.translate_database_errors(Path("lms.db")):
        raise error


def test_a_mistake_of_the_program_is_not_dressed_up() -> None:
    with (
        pytest.raises(StatementError, match="no such table") as raised,
        module.translate_database_errors(Path("lms.db")),
    ):
        raise apsw.SQLError("no such table")
    assert not isinstance(raised.value, StorageError | ConstraintError)
