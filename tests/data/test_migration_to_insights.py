"""Migration 14 counts what was done before it as it would have been counted at the time."""

from pathlib import Path

import pytest

from azora_tui.data import schema
from azora_tui.data.transaction import rows
from azora_tui.lms.teaching import recounting
from tests.lms.teaching.classroom import Classroom, play

COUNTERS = ("lesson_figures", "lesson_minutes", "quiz_standings", "question_figures", "active_weeks", "cohort_weeks")


@pytest.fixture(scope="module")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    return play(tmp_path_factory.mktemp("class"), seed=3, learners=30)


def what_was_done_before() -> str:
    """The part of the migration that counts; what it adds to tables is there already."""
    sql = next(sql for version, sql in schema.migrations(schema.LMS) if version == 14)
    _, _, counting = sql.partition("-- What was done before.")
    return "\n".join(line for line in counting.splitlines() if not line.startswith("ALTER TABLE"))


def test_it_counts_what_is_counted_now(classroom: Classroom, tmp_path: Path) -> None:
    database = classroom.lms.database
    with database.read() as transaction:
        before = recounting.kept(transaction)
        taken = rows(transaction, "SELECT id, days_taken FROM enrollments ORDER BY id")
        assert all(before.values())
    with database.write() as transaction:
        for table in COUNTERS:
            transaction.execute(f"DELETE FROM {table}")
        transaction.execute("UPDATE enrollments SET enrolled_on = '', last_active_on = NULL, silent_from = ''")
        transaction.execute("UPDATE enrollments SET days_taken = NULL")
        transaction.execute(what_was_done_before())
    with database.read() as transaction:
        assert recounting.kept(transaction) == before
        assert rows(transaction, "SELECT id, days_taken FROM enrollments ORDER BY id") == taken
