"""What makes a file of SQLite ours, and how it moves from one version to the next.

A new file is built whole under another name and then put in place, so a file that we find is either complete or not
ours. Migrations each run in one transaction with their `user_version`, after a backup.
"""

import os
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw

from azora_tui.data import schema
from azora_tui.data.schema import DatabaseKind, Steps, alone, translate_os_errors
from azora_tui.errors import StorageError
from azora_tui.ids import uuid7_of
from azora_tui.paths import open_file, sync_directory
from azora_tui.times import from_text

Connect = Callable[[Path], apsw.Connection]

_SQLITE_MAGIC = b"SQLite format 3\x00"
_NEW = os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_RDWR


def prepare(path: Path, kind: DatabaseKind, connect: Connect) -> apsw.Connection:
    """A connection to the file of ours at `path`, at the newest version: created, migrated or found so.

    Raises `StorageError` for a file that is empty, damaged, newer or not ours; such a file is not touched.
    """
    steps = schema.migrations(kind)
    newest = steps[-1][0]
    if not os.path.lexists(path):
        _create(path, kind, steps, connect)
    _check_header(path, kind, newest)
    connection = connect(path)
    try:
        # The header may be older than what the write-ahead log holds; closing must not write that into
        # the file before we know that we may touch it.
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        version = _version(connection)
        _refuse_other(path, version, newest)
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)
        if version < newest:
            with alone(path):
                _migrate(connection, path, steps)
    except BaseException:
        connection.close()
        raise
    return connection


def check_version(connection: apsw.Connection, path: Path, kind: DatabaseKind) -> None:
    """Raise `StorageError` where the file is not at the newest version, and cannot be brought there."""
    version, newest = _version(connection), schema.migrations(kind)[-1][0]
    _refuse_other(path, version, newest)
    if version < newest:
        raise StorageError("disk_full")


def _create(path: Path, kind: DatabaseKind, steps: Steps, connect: Connect) -> None:
    temporary = path.with_name(f".{path.name}.new")
    with alone(path):
        if os.path.lexists(path):
            return  # another first start was quicker
        try:
            with translate_os_errors(path):
                _remove(temporary)  # what a start that was killed has left
                os.close(os.open(temporary, _NEW, 0o600))
            connection = connect(temporary)
            try:
                connection.execute(f"BEGIN; PRAGMA application_id = {kind.application_id}")
                for version, script in steps:
                    _run(connection, version, script)
                connection.execute("COMMIT")
                # Closing would do this too, but keeps silent when the disk has no room for it.
                connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            finally:
                connection.close()
            with translate_os_errors(path):
                os.replace(temporary, path)
                sync_directory(path.parent)
        finally:
            with translate_os_errors(path):
                _remove(temporary)


def _check_header(path: Path, kind: DatabaseKind, newest: int) -> None:
    """Refuse what is not ours from its first bytes, before SQLite could write anything beside it."""
    with translate_os_errors(path), open_file(path) as file:
        header = file.read(100)
    if not header:
        raise StorageError("database_empty", path=path, holds=kind.holds)
    if len(header) < 100 or not header.startswith(_SQLITE_MAGIC):
        raise StorageError("not_a_database", path=path)
    (application_id,) = struct.unpack_from(">I", header, 68)
    if application_id != kind.application_id:
        raise StorageError("database_of_another_program", path=path)
    (version,) = struct.unpack_from(">i", header, 60)
    _refuse_other(path, version, newest)


def is_as_made(connection: apsw.Connection, kind: DatabaseKind) -> bool:
    """Whether the tables, indexes, views and triggers of a database are those of a new one, each with its columns."""
    new = apsw.Connection(":memory:")
    try:
        for version, script in schema.migrations(kind):
            _run(new, version, script)
        return _shape(connection) == _shape(new)
    except apsw.SQLError:
        return False  # there is a view of what is not there
    finally:
        new.close()


def _shape(connection: apsw.Connection) -> set[tuple[str, str, str | None]]:
    return set(
        connection.execute(
            "SELECT m.type, m.name, c.name FROM sqlite_schema AS m LEFT JOIN pragma_table_xinfo(m.name) AS c"
            " WHERE m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
    )


def _refuse_other(path: Path, version: int, newest: int) -> None:
    """A version that is newer, or that no file of ours has ever had."""
    if version < 1:
        raise StorageError("database_version_impossible", path=path, version=version)
    if version > newest:
        raise StorageError("database_newer", path=path, version=version, newest=newest)


def _migrate(connection: apsw.Connection, path: Path, steps: Steps) -> None:
    newest = steps[-1][0]
    version = _version(connection)
    _refuse_other(path, version, newest)
    if version == newest:
        return  # another process was quicker
    backup = path.with_name(f"{path.stem}-before-version-{newest}.db")
    back_up(connection, backup)
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number, script in steps:
            if number > version:
                _run(connection, number, script)
        connection.execute("COMMIT")
    except (apsw.SQLError, apsw.ConstraintError) as error:
        raise StorageError("migration_failed", path=path, problem=str(error), backup=backup.name) from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def back_up(connection: apsw.Connection, target: Path) -> None:
    """A whole, consistent copy of an open database at `target`, even while others write."""
    temporary = target.with_name(f".{target.name}.{os.urandom(8).hex()}.new")
    try:
        with translate_os_errors(target):
            os.close(os.open(temporary, _NEW, 0o600))
        copy = apsw.Connection(str(temporary), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            with copy.backup("main", connection, "main") as backup:
                backup.step()
        finally:
            copy.close()
        with translate_os_errors(target):
            os.replace(temporary, target)
            sync_directory(target.parent)
    finally:
        with translate_os_errors(target):
            _remove(temporary)


def _run(connection: apsw.Connection, version: int, script: str) -> None:
    connection.create_scalar_function("uuid7_of", _uuid7_of, 2)
    connection.create_scalar_function("folded", _folded, 1)
    for _ in connection.execute(script):
        pass  # a statement that answers with rows would otherwise stop the script there
    connection.execute(f"PRAGMA user_version = {version}")


def _uuid7_of(*values: Any) -> str:
    """An id for a row that was there before it was given one: by its time, then by its number."""
    at, sequence = values
    try:
        moment = from_text(at)
    except ValueError:
        moment = datetime.fromtimestamp(0, UTC)
    return uuid7_of(moment, sequence)


def _folded(*values: Any) -> str:
    from azora_tui.text import fold  # for the rows that were there before their texts were kept folded

    return fold(values[0])


def _version(connection: apsw.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").get
    return version


def _remove(temporary: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        temporary.with_name(temporary.name + suffix).unlink(missing_ok=True)
