"""Databases of the original Azora services, read and never written.

Both shapes are known: that of the running services, and the smaller one of the original document, without lessons and
with fewer columns. SQLite held them to no types and to no foreign keys, so every value is taken as it may be.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from azora_tui.data import schema
from azora_tui.data.engines.sqlite import translate_database_errors
from azora_tui.data.read_only_copy import opened_in_memory
from azora_tui.data.transaction import StatementError
from azora_tui.errors import StorageError
from azora_tui.text import clean
from azora_tui.times import LAST_YEAR, to_text

_MAGIC = b"SQLite format 3\x00"
_LESSON_MINUTES = 30  # what the original services took where nothing was said
_MAX_MINUTES = 1_000_000
_MAX_NUMBER = 2**63 - 1

# What each table of an lms.db has at least. The original document knew no lessons.
_COLUMNS = {
    "courses": {"id", "title"},
    "enrollments": {"id", "user_id", "course_id"},
    "lessons": {"id", "course_id", "title"},
    "lesson_progress": {"id", "enrollment_id", "lesson_id", "completed"},
}
_MAY_LACK = ("lessons", "lesson_progress")
_OURS = {"email_key", "slug", "completed_version"}

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OriginalAccount:
    """A row of `users`. `password` is what stood there: as it was typed, or a hash."""

    id: int
    email: str
    name: str
    created_at: str | None
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OriginalCourse:
    id: int
    title: str
    description: str
    instructor: str
    duration: str
    students: int
    is_published: bool
    created_at: str | None


@dataclass(frozen=True, slots=True)
class OriginalLesson:
    id: int
    course_id: int | None
    title: str
    content: str
    minutes: int
    created_at: str | None
    row: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OriginalEnrollment:
    """Times are None where the row says none. `row` is all of it, as JSON."""

    id: int
    user_id: int | None
    course_id: int | None
    enrolled_at: str | None
    completed_at: str | None
    last_accessed_at: str | None
    row: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OriginalWork:
    """A row of `lesson_progress`."""

    id: int
    enrollment_id: int | None
    lesson_id: int | None
    completed: bool
    completed_at: str | None
    minutes: int
    row: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OriginalSchool:
    """What an original lms.db holds: courses, enrollments and work by id, lessons in the order of their course."""

    courses: tuple[OriginalCourse, ...]
    lessons: tuple[OriginalLesson, ...]
    enrollments: tuple[OriginalEnrollment, ...]
    work: tuple[OriginalWork, ...]


@contextmanager
def _original(path: Path) -> Iterator[apsw.Connection]:
    """A connection to a copy in memory; whatever SQLite cannot do with it is a `StorageError`."""
    try:
        with translate_database_errors(path), opened_in_memory(path) as connection:
            yield connection
    except StatementError as error:
        raise StorageError("original_not_read", path=path, problem=str(error)) from error


def read_accounts(path: Path) -> tuple[OriginalAccount, ...]:
    """Every account of an original azora.db, by id. Raises `StorageError` for any other file."""
    with _original(path) as connection:
        _check_accounts(connection, path)
        return _accounts(connection)


def read_school(path: Path) -> OriginalSchool:
    """Everything in an original lms.db. Raises `StorageError` for any other file."""
    with _original(path) as connection:
        _check_school(connection, path)
        return OriginalSchool(
            courses=tuple(_course(row) for row in _rows(connection, "courses", "id")),
            lessons=tuple(_lesson(row) for row in _rows(connection, "lessons", "course_id, order_index, id")),
            enrollments=tuple(_enrollment(row) for row in _rows(connection, "enrollments", "id")),
            work=tuple(_work(row) for row in _rows(connection, "lesson_progress", "id")),
        )


def backup(path: Path, kind: schema.DatabaseKind, hashed: Callable[[Sequence[str]], Sequence[str]] | None) -> bytes:
    """An original database as one whole file, its passwords replaced by what `hashed` makes of them, in their order.

    None of what was replaced is left in it, in freed pages neither. Raises `StorageError` as reading does.
    """
    with _original(path) as connection:
        if kind is schema.AUTH:
            _check_accounts(connection, path)
        else:
            _check_school(connection, path)
        copy = apsw.Connection(":memory:")
        try:
            with copy.backup("main", connection, "main") as backing_up:
                backing_up.step()
            if kind is schema.AUTH and hashed is not None:
                accounts = _accounts(connection)
                kept = hashed([account.password for account in accounts])
                copy.executemany(
                    "UPDATE users SET password = :password WHERE id = :id",
                    [{"password": each, "id": account.id} for account, each in zip(accounts, kept, strict=True)],
                )
            copy.execute("VACUUM")
            whole: bytes = copy.serialize("main")
        finally:
            copy.close()
    return whole


def _accounts(connection: apsw.Connection) -> tuple[OriginalAccount, ...]:
    return tuple(
        OriginalAccount(
            id=row["id"],
            email=_text(row["email"]),
            name=_line(row["name"]),
            created_at=_time(row.get("created_at")),
            password=_text(row["password"]),
        )
        for row in _rows(connection, "users", "id")
    )


def _check_accounts(connection: apsw.Connection, path: Path) -> None:
    _check_whole(connection, path)
    declared = {name: kind for _, name, kind, *_ in connection.execute("PRAGMA table_info(users)")}
    if declared and "INT" not in str(declared.get("id", "")).upper():
        raise StorageError("original_of_another_service", path=path)
    _check_table(connection, path, "users", {"id", "email", "password", "name"})


def _check_school(connection: apsw.Connection, path: Path) -> None:
    _check_whole(connection, path)
    for table, columns in _COLUMNS.items():
        _check_table(connection, path, table, columns)


def _check_whole(connection: apsw.Connection, path: Path) -> None:
    mark: int = connection.execute("PRAGMA application_id").get
    if mark in (schema.AUTH.application_id, schema.LMS.application_id):
        raise StorageError("original_is_ours", path=path)
    if connection.execute("PRAGMA integrity_check(1)").get != "ok":
        raise apsw.CorruptError


def _check_table(connection: apsw.Connection, path: Path, table: str, columns: set[str]) -> None:
    found = set(_columns(connection, table))
    missing = columns - found if found or table not in _MAY_LACK else set()
    # A view may be anything, and so may a table that a program makes up.
    kinds = [kind for (kind,) in connection.execute("SELECT type FROM pragma_table_list WHERE name = ?", (table,))]
    if missing or found & _OURS or (found and kinds != ["table"]):
        raise StorageError("original_of_another_program", path=path, table=table)
    if found:
        ids = connection.execute(f"SELECT COUNT(*), COUNT(DISTINCT id), SUM(typeof(id) = 'integer') FROM {table}")  # noqa: S608  # only our own words
        ((rows, different, whole),) = ids
        if not rows == different == (whole or 0):
            raise StorageError("original_rows_without_id", path=path, table=table)


def _columns(connection: apsw.Connection, table: str) -> list[str]:
    """The names of a table's columns, those that are computed too; none where there is no such table."""
    return [name for _, name, *_ in connection.execute(f"PRAGMA table_xinfo({table})")]


def _rows(connection: apsw.Connection, table: str, order: str) -> list[Row]:
    """Every row of one of the original's tables by its columns' names; none where there is no such table."""
    columns = _columns(connection, table)
    if not columns:
        return []
    quoted = ", ".join('"{}"'.format(name.replace('"', '""')) for name in columns)
    known = ", ".join(name for name in order.split(", ") if name in columns)
    rows = connection.execute(f"SELECT {quoted} FROM {table} ORDER BY {known}")  # noqa: S608  # quoted, or our own words
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _course(row: Row) -> OriginalCourse:
    published = row.get("is_published")
    return OriginalCourse(
        id=row["id"],
        title=_line(row["title"]) or "A course without a title",
        description=_line(row.get("description")),
        instructor=_line(row.get("instructor")),
        duration=_line(row.get("duration")),
        students=max(0, _number(row.get("students")) or 0),
        is_published=published is None or bool(_number(published)),
        created_at=_time(row.get("created_at")),
    )


def _lesson(row: Row) -> OriginalLesson:
    minutes = _number(row.get("duration_minutes"))
    return OriginalLesson(
        id=row["id"],
        course_id=_number(row["course_id"]),
        title=_line(row["title"]) or "A lesson without a title",
        content=clean(_text(row.get("content"))),
        minutes=_LESSON_MINUTES if minutes is None else min(max(0, minutes), _MAX_MINUTES),
        created_at=_time(row.get("created_at")),
        row=_json(row),
    )


def _enrollment(row: Row) -> OriginalEnrollment:
    return OriginalEnrollment(
        id=row["id"],
        user_id=_number(row["user_id"]),
        course_id=_number(row["course_id"]),
        enrolled_at=_time(row.get("enrolled_at")),
        completed_at=_time(row.get("completed_at")),
        last_accessed_at=_time(row.get("last_accessed_at")),
        row=_json(row),
    )


def _work(row: Row) -> OriginalWork:
    return OriginalWork(
        id=row["id"],
        enrollment_id=_number(row["enrollment_id"]),
        lesson_id=_number(row["lesson_id"]),
        completed=bool(_number(row["completed"])),
        completed_at=_time(row.get("completed_at")),
        minutes=min(max(0, _number(row.get("time_spent_minutes")) or 0), _MAX_MINUTES),
        row=_json(row),
    )


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def _line(value: object) -> str:
    return " ".join(clean(_text(value), keep_newlines=False).split())


def _number(value: object) -> int | None:
    """A whole number as SQLite may have kept it: also as a text, or with a point."""
    try:
        number = value if isinstance(value, int) else int(float(_text(value)))
    except (ValueError, OverflowError):
        return None
    return number if abs(number) <= _MAX_NUMBER else None


def _time(value: object) -> str | None:
    """A time as the originals may have written it, in the form in which ours are stored.

    None for none, and for one at the ends of the calendar: what is counted from it would have no date.
    """
    from datetime import UTC, datetime

    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value / 1000 if abs(value) > 100_000_000_000 else value  # JavaScript counts in milliseconds
            moment = datetime.fromtimestamp(seconds, UTC)
        else:
            moment = datetime.fromisoformat(_text(value).strip())
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return to_text(moment) if 1 < moment.year <= LAST_YEAR else None
    except (ValueError, OverflowError, OSError):
        return None


def _json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, default=_text)
