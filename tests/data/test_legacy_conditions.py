"""What tells a database of the original services from any other."""

from pathlib import Path

import pytest

from azora_tui.data import legacy, originals, schema
from azora_tui.errors import StorageError
from tests.originals import DOCUMENT, SERVICE, USERS, contents, user, write

NEEDED = [
    ("courses", "id"), ("courses", "title"),
    ("enrollments", "id"), ("enrollments", "user_id"), ("enrollments", "course_id"),
    ("lessons", "id"), ("lessons", "course_id"), ("lessons", "title"),
    ("lesson_progress", "id"), ("lesson_progress", "enrollment_id"), ("lesson_progress", "lesson_id"),
    ("lesson_progress", "completed"),
]  # fmt: skip


def renamed(table: str, column: str) -> list[str]:
    """The original schema, in which one column has another name."""
    return [*SERVICE, f"ALTER TABLE {table} RENAME COLUMN {column} TO other"]


@pytest.mark.parametrize(("table", "column"), NEEDED, ids=[f"{table}.{column}" for table, column in NEEDED])
def test_a_school_without_one_of_its_columns_is_none(tmp_path: Path, table: str, column: str) -> None:
    path = tmp_path / "lms.db"
    write(path, renamed(table, column))
    before = contents(tmp_path)
    for read in (legacy.read_school, lambda path: legacy.backup(path, schema.LMS, None)):
        with pytest.raises(StorageError) as refused:
            read(path)
        assert f"table {table} is" in str(refused.value)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("table", ["courses", "enrollments"])
def test_a_school_needs_its_courses_and_enrollments(tmp_path: Path, table: str) -> None:
    write(tmp_path / "lms.db", [*SERVICE, f"DROP TABLE {table}"])
    with pytest.raises(StorageError):
        legacy.read_school(tmp_path / "lms.db")


@pytest.mark.parametrize("dropped", [(), ("lesson_progress",), ("lessons",), ("lesson_progress", "lessons")])
def test_a_school_may_be_without_lessons(tmp_path: Path, dropped: tuple[str, ...]) -> None:
    write(
        tmp_path / "lms.db",
        [*SERVICE, *(f"DROP TABLE {table}" for table in dropped)],
        courses=[{"id": 1, "title": "x"}],
    )
    found = legacy.read_school(tmp_path / "lms.db")
    assert len(found.courses) == 1
    assert (found.lessons, found.work) == ((), ())


@pytest.mark.parametrize(("table", "column"), [("courses", "slug"), ("enrollments", "completed_version")])
def test_a_table_that_has_a_column_of_ours_is_another_s(tmp_path: Path, table: str, column: str) -> None:
    write(tmp_path / "lms.db", [*SERVICE, f"ALTER TABLE {table} ADD COLUMN {column} TEXT"])
    with pytest.raises(StorageError):
        legacy.read_school(tmp_path / "lms.db")


@pytest.mark.parametrize("column", ["id", "email", "password", "name"])
def test_accounts_without_one_of_their_columns_are_none(tmp_path: Path, column: str) -> None:
    path = tmp_path / "azora.db"
    write(path, [USERS, f"ALTER TABLE users RENAME COLUMN {column} TO other"])
    for read in (legacy.read_accounts, lambda path: legacy.backup(path, schema.AUTH, list)):
        with pytest.raises(StorageError):
            read(path)


def test_accounts_of_ours_are_not_the_original_s(tmp_path: Path) -> None:
    path = tmp_path / "azora.db"
    write(path, [USERS, "ALTER TABLE users ADD COLUMN email_key TEXT"])
    with pytest.raises(StorageError):
        legacy.read_accounts(path)


@pytest.mark.parametrize("mark", [schema.AUTH.application_id, schema.LMS.application_id])
def test_a_database_with_our_mark_is_not_the_original_s(tmp_path: Path, mark: int) -> None:
    path = tmp_path / "azora.db"
    write(path, [USERS, f"PRAGMA application_id = {mark}"], users=[user(1)])
    assert not originals.may_be_original(path)
    with pytest.raises(StorageError, match="azora-tui already"):
        legacy.read_accounts(path)


def test_a_file_is_told_by_its_first_hundred_bytes(tmp_path: Path) -> None:
    path = tmp_path / "azora.db"
    write(path, [USERS])
    whole = path.read_bytes()
    assert originals.may_be_original(path)
    for content in (whole[:99], b"x" + whole[1:], whole[:68] + b"\0\0\0\1" + whole[72:], b""):
        path.write_bytes(content)
        assert not originals.may_be_original(path)
    path.write_bytes(whole[:100])
    assert originals.may_be_original(path)
    assert not originals.may_be_original(tmp_path / "none")
    assert not originals.may_be_original(tmp_path)


def test_rows_come_in_the_order_of_their_ids_and_lessons_in_that_of_their_course(tmp_path: Path) -> None:
    write(
        tmp_path / "lms.db", SERVICE,
        courses=[{"id": number, "title": f"{number}"} for number in (3, 1, 2)],
        lessons=[
            {"id": id_, "course_id": course, "title": f"{id_}", "order_index": order}
            for id_, course, order in ((1, 2, 1), (2, 1, 2), (3, 1, 1), (4, 1, 1))
        ],
    )  # fmt: skip
    found = legacy.read_school(tmp_path / "lms.db")
    assert [each.id for each in found.courses] == [1, 2, 3]
    assert [each.id for each in found.lessons] == [3, 4, 2, 1]


def test_the_shape_of_the_original_document_is_read(tmp_path: Path) -> None:
    write(
        tmp_path / "lms.db", DOCUMENT, courses=[{"id": 1, "title": "x"}], enrollments=[{"user_id": 1, "course_id": 1}]
    )
    [enrollment] = legacy.read_school(tmp_path / "lms.db").enrollments
    assert (enrollment.user_id, enrollment.completed_at, enrollment.last_accessed_at) == (1, None, None)


@pytest.mark.parametrize(
    ("written", "read"),
    [(-1, 0), (0, 0), (1_000_000, 1_000_000), (1_000_001, 1_000_000), ("12", 12), (None, 30), ("x", 30)],
)
def test_minutes_are_taken_up_to_a_limit(tmp_path: Path, written: object, read: int) -> None:
    lessons = [{"id": 1, "course_id": 1, "title": "x", "duration_minutes": written}]
    work = [{"enrollment_id": 1, "lesson_id": 1, "completed": 1, "time_spent_minutes": written}]
    write(tmp_path / "lms.db", SERVICE, lessons=lessons, lesson_progress=work)
    found = legacy.read_school(tmp_path / "lms.db")
    assert found.lessons[0].minutes == read
    assert found.work[0].minutes == (0 if written in (None, "x") else read)


def test_a_backup_has_every_account_s_own_hash(tmp_path: Path) -> None:
    from tests.originals import ask

    write(tmp_path / "azora.db", [USERS], users=[user(3), user(1), user(2)])
    (tmp_path / "copy.db").write_bytes(
        legacy.backup(tmp_path / "azora.db", schema.AUTH, lambda typed: [f"hash of {each}" for each in typed])
    )
    assert ask(tmp_path / "copy.db", "SELECT id, password FROM users ORDER BY id") == [
        (number, f"hash of plain-secret-{number}") for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    "view",
    [
        "CREATE VIEW courses AS SELECT id, title FROM kept",
        "CREATE VIEW courses AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, 'x' AS title FROM n",
        "CREATE VIRTUAL TABLE courses USING fts5(id, title)",
    ],
)
def test_what_stands_in_place_of_a_table_is_refused_and_never_read(tmp_path: Path, view: str) -> None:
    write(tmp_path / "lms.db", [*SERVICE, "ALTER TABLE courses RENAME TO kept", view])
    with pytest.raises(StorageError, match="table courses is"):
        legacy.read_school(tmp_path / "lms.db")


@pytest.mark.parametrize("generated", ["STORED", "VIRTUAL"])
def test_a_computed_column_is_read_like_any_other(tmp_path: Path, generated: str) -> None:
    write(
        tmp_path / "lms.db",
        [
            *[each for each in SERVICE if "TABLE courses" not in each],
            "CREATE TABLE courses (id INTEGER PRIMARY KEY, name TEXT,"
            f' title TEXT GENERATED ALWAYS AS (upper(name)) {generated}, "a "" b" TEXT)',
            "INSERT INTO courses (id, name) VALUES (7, 'ethics')",
        ],
    )
    [course] = legacy.read_school(tmp_path / "lms.db").courses
    assert (course.id, course.title) == (7, "ETHICS")


@pytest.mark.parametrize("ids", ["(NULL)", "('x')", "(1.5)", "(1), (1)", "(x'00')"])
def test_rows_that_no_id_tells_apart_are_refused(tmp_path: Path, ids: str) -> None:
    write(
        tmp_path / "lms.db",
        [
            *[each for each in SERVICE if "TABLE courses" not in each],
            "CREATE TABLE courses (id, title TEXT DEFAULT 'x')",
            f"INSERT INTO courses (id) VALUES {ids}",
        ],
    )
    with pytest.raises(StorageError, match="a row has no whole number for its id, or two have the same"):
        legacy.read_school(tmp_path / "lms.db")


def test_a_column_that_cannot_be_computed_here_is_a_sentence(tmp_path: Path) -> None:
    write(
        tmp_path / "lms.db",
        [
            *[each for each in SERVICE if "TABLE courses" not in each],
            "CREATE TABLE courses (id INTEGER PRIMARY KEY, kept TEXT, title TEXT AS (upper(kept)) VIRTUAL)",
            "INSERT INTO courses (id, kept) VALUES (1, 'x')",
            "PRAGMA writable_schema = 1",
            "UPDATE sqlite_schema SET sql = replace(sql, 'upper', 'unheard_of') WHERE name = 'courses'",
        ],
    )
    with pytest.raises(StorageError, match="left as it is"):
        legacy.read_school(tmp_path / "lms.db")


@pytest.mark.parametrize("number", ["1e300", "9223372036854775808", "-1e30", "nan", "inf"])
def test_a_number_that_no_database_holds_is_none(tmp_path: Path, number: str) -> None:
    path = tmp_path / "lms.db"
    write(path, SERVICE, courses=[{"id": 1, "title": "x", "students": number}])
    assert legacy.read_school(path).courses[0].students == 0


@pytest.mark.parametrize("at", ["9999-12-31 23:59:59", "9999-12-31T23:59:59-05:00", "0001-01-01", 253402300799000])
def test_a_time_at_the_ends_of_the_calendar_is_none(tmp_path: Path, at: object) -> None:
    path = tmp_path / "lms.db"
    write(path, SERVICE, courses=[{"id": 1, "title": "x", "created_at": at}])
    assert legacy.read_school(path).courses[0].created_at is None
