"""Databases as the original services wrote them, made by Python's own sqlite3 and asked by it."""

import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

BCRYPT = "$2a$10$Hc8yrrqJlQbSskAftmU03.UZcNcaBpuAyFhZkdqkmD96qrkfSbxiO"  # of "older-2025", by bcryptjs

USERS = """CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT UNIQUE NOT NULL, password TEXT NOT NULL, name TEXT NOT NULL,
    created_at DATETIME DEFAULT CURRENT_TIMESTAMP
)"""
SERVICE = (
    """CREATE TABLE courses (
        id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, description TEXT, instructor TEXT, duration TEXT,
        students INTEGER DEFAULT 0, is_published BOOLEAN DEFAULT 1, created_at DATETIME DEFAULT CURRENT_TIMESTAMP
    )""",
    """CREATE TABLE enrollments (
        id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL, course_id INTEGER NOT NULL,
        progress INTEGER DEFAULT 0, status TEXT DEFAULT 'active', enrolled_at DATETIME DEFAULT CURRENT_TIMESTAMP,
        completed_at DATETIME, last_accessed_at DATETIME DEFAULT CURRENT_TIMESTAMP,
        FOREIGN KEY (course_id) REFERENCES courses (id)
    )""",
    """CREATE TABLE lessons (
        id INTEGER PRIMARY KEY AUTOINCREMENT, course_id INTEGER NOT NULL, title TEXT NOT NULL, content TEXT,
        order_index INTEGER DEFAULT 0, duration_minutes INTEGER DEFAULT 30,
        created_at DATETIME DEFAULT CURRENT_TIMESTAMP, FOREIGN KEY (course_id) REFERENCES courses (id)
    )""",
    """CREATE TABLE lesson_progress (
        id INTEGER PRIMARY KEY AUTOINCREMENT, enrollment_id INTEGER NOT NULL, lesson_id INTEGER NOT NULL,
        completed BOOLEAN DEFAULT 0, completed_at DATETIME, time_spent_minutes INTEGER DEFAULT 0,
        FOREIGN KEY (enrollment_id) REFERENCES enrollments (id), FOREIGN KEY (lesson_id) REFERENCES lessons (id),
        UNIQUE(enrollment_id, lesson_id)
    )""",
)
DOCUMENT = (
    SERVICE[0],
    """CREATE TABLE enrollments (
        id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER NOT NULL, course_id INTEGER NOT NULL,
        progress INTEGER DEFAULT 0, enrolled_at DATETIME DEFAULT CURRENT_TIMESTAMP,
        FOREIGN KEY (course_id) REFERENCES courses (id)
    )""",
)

Rows = Iterable[dict[str, Any]]


def write(path: Path, schema: Sequence[str] = (), **tables: Rows) -> None:
    """Make a database with that schema, or add to the one that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA secure_delete = off")  # some systems overwrite what is deleted
        fill(connection, schema, tables)


def write_hot(path: Path, schema: Sequence[str], **tables: Rows) -> None:
    """The same as a service leaves it that was killed: all of it only in the write-ahead log."""
    path.parent.mkdir(parents=True, exist_ok=True)
    running = path.with_name("running.db")
    connection = sqlite3.connect(running)
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    with connection:
        fill(connection, schema, tables)
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{running}{suffix}", f"{path}{suffix}")
    connection.close()
    running.unlink()


def fill(connection: sqlite3.Connection, schema: Sequence[str], tables: dict[str, Rows]) -> None:
    for statement in schema:
        connection.execute(statement)
    for table, rows in tables.items():
        for row in rows:
            names = ", ".join(row)
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})", row)


def ask(path: Path, sql: str) -> Any:
    """What sqlite3 answers: one value, or the rows."""
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
        rows = connection.execute(sql).fetchall()
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def user(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": number,
        "email": f"learner{number}@azora.world",
        "password": f"plain-secret-{number}",
        "name": f"Learner {number}",
        "created_at": f"2025-11-0{number} 10:00:00",
        **fields,
    }


def small_school(folder: Path, *, hot: bool = False) -> Path:
    """Two accounts; the course that we know, and one of their own; doubles, orphans, work, and `students` invented."""
    make = write_hot if hot else write
    make(folder / "azora.db", [USERS], users=[user(1), user(2, password=BCRYPT)])
    make(
        folder / "lms.db",
        SERVICE,
        courses=[
            {"id": 1, "title": "Introduction to Ubuntu Philosophy", "students": 1250, "created_at": "2025-11-01 08:00:00"},
            {"id": 4, "title": "Beekeeping", "description": "Bees.", "instructor": "Nomsa", "duration": "2 weeks",
             "students": 12, "created_at": "2025-11-01 08:00:01"},
        ],
        lessons=[
            {"id": 1, "course_id": 1, "title": "What is Ubuntu?", "content": "One sentence.", "order_index": 1},
            {"id": 2, "course_id": 1, "title": "Ubuntu in Practice", "content": "Another.", "order_index": 2},
            {"id": 7, "course_id": 4, "title": "Hives", "content": "About hives.", "order_index": 2, "duration_minutes": 12},
            {"id": 8, "course_id": 4, "title": "Bees", "content": "About bees.", "order_index": 1},
            {"id": 9, "course_id": 77, "title": "Nowhere", "created_at": "2025-11-01 08:00:00"},
        ],
        enrollments=[
            {"id": 1, "user_id": 1, "course_id": 1, "enrolled_at": "2025-11-10 10:00:00", "last_accessed_at": "2025-11-12 10:00:00"},
            {"id": 2, "user_id": 1, "course_id": 4, "enrolled_at": "2025-11-11 10:00:00", "last_accessed_at": "2025-11-11 10:00:00"},
            {"id": 3, "user_id": 1, "course_id": 4, "enrolled_at": "2025-11-10 09:00:00", "last_accessed_at": "2025-11-14 10:00:00"},
            {"id": 4, "user_id": 1, "course_id": 4, "enrolled_at": "2025-11-12 10:00:00", "last_accessed_at": "2025-11-12 10:00:00"},
            {"id": 5, "user_id": 2, "course_id": 4, "enrolled_at": "2025-11-12 11:00:00", "last_accessed_at": "2025-11-12 11:00:00"},
            {"id": 6, "user_id": 99, "course_id": 4, "enrolled_at": "2025-11-12 12:00:00", "last_accessed_at": "2025-11-12 12:00:00"},
            {"id": 7, "user_id": 2, "course_id": 55, "enrolled_at": "2025-11-12 13:00:00", "last_accessed_at": "2025-11-12 13:00:00"},
        ],
        lesson_progress=[
            {"id": 1, "enrollment_id": 1, "lesson_id": 1, "completed": 1, "completed_at": "2025-11-12 10:00:00", "time_spent_minutes": 25},
            {"id": 2, "enrollment_id": 1, "lesson_id": 2, "completed": 0, "time_spent_minutes": 0},
            {"id": 3, "enrollment_id": 2, "lesson_id": 7, "completed": 1, "completed_at": "2025-11-13 10:00:00", "time_spent_minutes": 10},
            {"id": 4, "enrollment_id": 3, "lesson_id": 7, "completed": 1, "completed_at": "2025-11-12 10:00:00", "time_spent_minutes": 5},
            {"id": 5, "enrollment_id": 3, "lesson_id": 8, "completed": 1, "completed_at": "2025-11-14 10:00:00", "time_spent_minutes": 7},
            {"id": 6, "enrollment_id": 5, "lesson_id": 8, "completed": 1, "completed_at": "2025-11-15 10:00:00", "time_spent_minutes": 3},
            {"id": 7, "enrollment_id": 6, "lesson_id": 8, "completed": 1, "completed_at": "2025-11-15 10:00:00", "time_spent_minutes": 3},
            {"id": 8, "enrollment_id": 88, "lesson_id": 8, "completed": 1, "completed_at": "2025-11-15 10:00:00", "time_spent_minutes": 3},
            {"id": 9, "enrollment_id": 5, "lesson_id": 1, "completed": 1, "completed_at": "2025-11-15 10:00:00", "time_spent_minutes": 3},
        ],
    )  # fmt: skip
    return folder


SMALL = {
    "accounts": 2,
    "courses": 2,
    "lessons": 4,
    "enrollments": 3,
    "completions": 4,
    "merged_enrollments": 2,
    "orphans": 5,
}
"""What `small_school` comes to: the orphans are a lesson, two enrollments, two rows of work."""
