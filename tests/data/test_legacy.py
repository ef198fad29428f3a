"""What an original database may hold, as it is read; and its backup."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from azora_tui.data import legacy, schema
from azora_tui.data.legacy import OriginalSchool
from tests.originals import BCRYPT, SERVICE, USERS, ask, user, write


def school(folder: Path, **tables: list[dict[str, object]]) -> OriginalSchool:
    write(folder / "lms.db", SERVICE, **tables)
    return legacy.read_school(folder / "lms.db")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025-11-13 19:47:50", "2025-11-13 19:47:50"),
        ("2025-11-13T19:47:50.383Z", "2025-11-13 19:47:50"),
        ("2025-11-13T21:47:50+02:00", "2025-11-13 19:47:50"),
        ("2025-11-13", "2025-11-13 00:00:00"),
        (1763063270, "2025-11-13 19:47:50"),
        (1763063270383, "2025-11-13 19:47:50"),
        ("yesterday", None),
        ("", None),
        (None, None),
        (10**30, None),
    ],
)
def test_times_of_every_kind(tmp_path: Path, written: object, read: str | None) -> None:
    found = school(
        tmp_path,
        enrollments=[{"user_id": 1, "course_id": 1, "enrolled_at": float(written) if written == 10**30 else written}],
    )
    assert found.enrollments[0].enrolled_at == read
    if read:
        assert datetime.fromisoformat(read).replace(tzinfo=UTC)


def test_values_that_nobody_held_to_a_type(tmp_path: Path) -> None:
    found = school(
        tmp_path,
        courses=[
            {"id": 1, "title": "  A\x1b[2Jtitle\n of two lines ", "students": "many", "is_published": None},
            {"id": 2, "title": "", "students": -5, "is_published": 0, "description": b"bytes \xff"},
            {"id": 3, "title": 12, "students": "7"},
        ],
        lessons=[
            {"id": 1, "course_id": 1, "title": "x", "duration_minutes": -3, "content": None},
            {"id": 2, "course_id": 1, "title": "y", "duration_minutes": None, "content": "a\x1b]0;b\n\nc"},
        ],
        lesson_progress=[{"enrollment_id": 1, "lesson_id": 1, "completed": 1, "time_spent_minutes": 10**18}],
    )
    assert [(each.title, each.students, each.is_published) for each in found.courses] == [
        ("A[2Jtitle of two lines", 0, True),
        ("A course without a title", 0, False),
        ("12", 7, True),
    ]
    assert [(each.minutes, each.content) for each in found.lessons] == [(0, ""), (30, "a]0;b\n\nc")]
    assert found.work[0].minutes == 1_000_000


def test_lessons_come_in_the_order_of_their_course(tmp_path: Path) -> None:
    rows = [
        {"id": number, "course_id": 1, "title": "x", "order_index": place} for number, place in enumerate("3122", 1)
    ]
    assert [each.id for each in school(tmp_path, lessons=rows).lessons] == [2, 3, 4, 1]


def test_a_password_is_in_no_repr(tmp_path: Path) -> None:
    write(tmp_path / "azora.db", [USERS], users=[user(1)])
    account = legacy.read_accounts(tmp_path / "azora.db")[0]
    assert account.password == "plain-secret-1"
    assert "plain-secret" not in repr(account)


def test_a_backup_holds_everything_but_the_passwords_that_were_typed(tmp_path: Path) -> None:
    path = tmp_path / "azora.db"
    write(path, [USERS], users=[*map(user, range(1, 9)), user(9, password=BCRYPT)])
    write(path, ["DELETE FROM users WHERE id = 8", "CREATE TABLE more (x)"], more=[{"x": "kept"}])
    assert b"plain-secret-8" in path.read_bytes(), "the control: what was deleted is in a freed page"
    whole = legacy.backup(
        path, schema.AUTH, lambda every: [each if each == BCRYPT else f"hash{each[-1]}" for each in every]
    )
    assert b"plain-secret" not in whole
    (tmp_path / "backup.db").write_bytes(whole)
    assert ask(tmp_path / "backup.db", "SELECT password FROM users") == [
        *((f"hash{number}",) for number in range(1, 8)),
        (BCRYPT,),
    ]
    assert ask(tmp_path / "backup.db", "SELECT x FROM more") == "kept"
    assert ask(tmp_path / "backup.db", "PRAGMA integrity_check") == "ok"
    assert b"plain-secret-1" in legacy.backup(path, schema.AUTH, None)
