"""Each migration on a file with data in it: nothing is lost, and the guards are there afterwards."""

import uuid
from pathlib import Path
from typing import Any

import pytest

from azora_tui.data import schema
from azora_tui.data.database import Database, open_database
from azora_tui.data.transaction import ConstraintError
from azora_tui.paths import Paths
from tests.data.old_schools import fill
from tests.engine import sqlite

STEPS = schema.migrations(schema.LMS)
NOW = "2026-11-22 12:00:00"
COURSE = f"""
    INSERT INTO courses (title, created_at, slug, sort_title, search_text, updated_at)
    VALUES ('Weaving', '{NOW}', 'weaving', 'weaving', 'weaving', '{NOW}');
    INSERT INTO lessons (course_id, title, slug, created_at, updated_at) VALUES (1, 'One', 'one', '{NOW}', '{NOW}');
    INSERT INTO enrollments (user_id, course_id, enrolled_at, last_accessed_at) VALUES (1, 1, '{NOW}', '{NOW}')
"""


@pytest.fixture
def at_version(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`at_version(1)`: the program as it was when that was the newest version of the file."""

    def choose(version: int) -> Database:
        monkeypatch.setattr(schema, "migrations", lambda kind: [step for step in STEPS if step[0] <= version])
        return open_database(paths.lms_database, schema.LMS)

    return choose


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.read() as connection:
        return sqlite(connection).execute(sql).fetchall()


def test_version_2_knows_quizzes_and_keeps_every_event_in_its_order(at_version: Any) -> None:
    old = at_version(1)
    kinds = ["enrolled", "opened", "completed", "left", "reenrolled", "course_completed", "waitlisted"]
    with old.write() as connection:
        connection.execute(COURSE)
        # The ids fall, so that an order by id would be another one.
        for number, kind in enumerate(kinds):
            connection.execute(
                "INSERT INTO events (id, kind, user_id, course_id, lesson_id, at) VALUES (?, ?, 1, 1, ?, ?)",
                (f"event-{9 - number}", kind, 7 if kind in ("opened", "completed") else None, NOW),
            )
    before = rows(old, "SELECT * FROM events ORDER BY rowid")
    tables = rows(old, "SELECT * FROM courses"), rows(old, "SELECT * FROM enrollments")
    indexes = (
        "SELECT name, sql FROM sqlite_schema WHERE tbl_name = 'events' AND type IN ('index', 'trigger') ORDER BY name"
    )
    guards = rows(old, indexes)
    old.close()

    new = at_version(2)
    assert rows(new, "SELECT * FROM events ORDER BY rowid") == before
    assert (rows(new, "SELECT * FROM courses"), rows(new, "SELECT * FROM enrollments")) == tables
    assert rows(new, indexes) == guards
    assert rows(new, "PRAGMA foreign_key_check") == []
    for statement in ("UPDATE events SET user_id = 2", "DELETE FROM events"):
        with pytest.raises(ConstraintError, match="only ever added"), new.write() as connection:
            connection.execute(statement)
    for kind, fits in (("quiz_started", True), ("answered", True), ("quiz_finished", True), ("guessed", False)):
        insert = f"INSERT INTO events (id, kind, user_id, course_id, at) VALUES ('{kind}', '{kind}', 1, 1, '{NOW}')"
        if fits:
            with new.write() as connection:
                connection.execute(insert)
        else:
            with pytest.raises(ConstraintError, match="CHECK"), new.write() as connection:
                connection.execute(insert)
    assert len(rows(new, "SELECT * FROM events")) == len(before) + 3
    new.close()


def test_version_4_counts_the_answers_that_were_given_before(at_version: Any) -> None:
    old = at_version(3)
    with old.write() as connection:
        connection.execute(COURSE)
        connection.execute(
            f"""INSERT INTO attempts (enrollment_id, lesson_id, course_version, pass_percent, questions, started_at)
            VALUES (1, 7, '1.0', 80, '[]', '{NOW}')"""
        )
        for number, (correct, hint) in enumerate([(0, 0), (0, 1), (1, 1), (1, 0)]):
            connection.execute(
                """INSERT INTO answers (attempt_id, question_id, given, correct, hint_used, answered_at)
                VALUES (1, ?, '[0]', ?, ?, ?)""",
                (f"q{number}", correct, hint, f"2026-11-2{number} 12:00:00"),
            )
        connection.execute("INSERT INTO bundle (id, fingerprint) VALUES (1, 'x')")
    old.close()

    new = at_version(4)
    assert rows(new, "SELECT user_id, lesson_id, kind, card_key, given_in, rating, undoes, at FROM review_log") == [
        (1, 7, "question", f"q{number}", "quiz", rating, None, f"2026-11-2{number} 12:00:00")
        for number, rating in enumerate([1, 1, 2, 3])
    ]
    ids = [uuid.UUID(text) for (text,) in rows(new, "SELECT uuid FROM review_log")]
    assert len(set(ids)) == 4
    assert {each.version for each in ids} == {4}
    assert rows(new, "SELECT * FROM bundle") == [], "the next start makes the states"
    for statement in ("UPDATE review_log SET rating = 4", "DELETE FROM review_log"):
        with pytest.raises(ConstraintError, match="only ever added"), new.write() as connection:
            connection.execute(statement)
    new.close()


def test_a_migrated_file_and_a_new_one_are_alike(paths: Paths, tmp_path: Path, at_version: Any) -> None:
    shape = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    for version, _ in STEPS:
        database = at_version(version)
        rows(database, "SELECT 1")
        database.close()
    fresh = open_database(tmp_path / "fresh.db", schema.LMS)
    migrated = at_version(STEPS[-1][0])
    assert rows(migrated, shape) == rows(fresh, shape)
    fresh.close()
    migrated.close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT id FROM attempts WHERE enrollment_id = 1 AND lesson_id = 1 ORDER BY started_at DESC, uuid DESC LIMIT 1",
        "SELECT question_id FROM answers WHERE attempt_id = 1 ORDER BY answered_at, uuid",
        "SELECT user_id FROM waitlist WHERE course_id = 1 ORDER BY joined_at, uuid",
        "SELECT weekdays FROM rest_days WHERE user_id = 1 ORDER BY chosen_at, uuid",
        "SELECT id FROM review_log WHERE user_id = 1 ORDER BY at DESC, uuid DESC LIMIT 1",
        "SELECT COUNT(*) FROM answers WHERE attempt_id = 1",
    ],
)
def test_what_is_asked_in_order_has_an_index(paths: Paths, query: str) -> None:
    database = open_database(paths.lms_database, schema.LMS)
    plan = " ".join(database.plan(query))
    database.close()
    assert "SEARCH" in plan
    assert "SCAN" not in plan


def test_version_6_remembers_what_was_taken_over_and_forgets_it_with_its_course(at_version: Any) -> None:
    old = at_version(3)
    with old.write() as connection:
        connection.execute(COURSE)
    before = rows(old, "SELECT * FROM courses"), rows(old, "SELECT * FROM enrollments")
    old.close()
    new = at_version(6)
    assert (rows(new, "SELECT * FROM courses"), rows(new, "SELECT * FROM enrollments")) == before
    with new.write() as connection:
        connection.execute("INSERT INTO adopted_courses VALUES (1, 'Weaving', '', 1, 0, 0)")
        connection.execute("INSERT INTO adopted_enrollments VALUES (1, 5, '', 0)")
        connection.execute("INSERT INTO adopted_minutes VALUES (1, 5, 7, '', 3)")
    for refused in (
        "INSERT INTO adopted_courses VALUES (1, 'Weaving', '', 1, 0, 0)",
        "INSERT INTO adopted_enrollments VALUES (1, 5, '', 1)",
        "INSERT INTO adopted_minutes VALUES (1, 6, 7, '', -1)",
        "INSERT INTO adopted_minutes VALUES (99, 6, 7, '', 1)",
        "INSERT INTO adopted_orphans VALUES ('account', '{}', '[]', '')",
    ):
        with pytest.raises(ConstraintError), new.write() as connection:
            connection.execute(refused)
    with new.write() as connection:
        connection.execute("DELETE FROM enrollments")
    assert rows(new, "SELECT * FROM adopted_enrollments") == rows(new, "SELECT * FROM adopted_minutes") == []
    new.close()


def test_version_9_knows_no_zone_of_what_was_done_before_and_has_the_index_made_anew(at_version: Any) -> None:
    old = at_version(7)
    with old.write() as connection:
        fill(connection, 7)
    old.close()
    new = at_version(9)
    for table in ("events", "minutes_spent", "notes", "attempts", "review_log"):
        assert set(rows(new, f"SELECT utc_offset FROM {table}")) == {(None,)}
    assert rows(new, "SELECT * FROM bundle") == []
    assert rows(new, "PRAGMA foreign_key_check") == []
    with pytest.raises(ConstraintError), new.write() as connection:
        connection.execute(
            "INSERT INTO minutes_spent (uuid, user_id, lesson_id, minutes, at, utc_offset) VALUES ('x', 1, 1, 1, '', 2000)"
        )
    new.close()
