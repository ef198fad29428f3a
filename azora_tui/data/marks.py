"""Statements on when somebody learned last, and in which weeks: kept with what they do, for who teaches.

Days and weeks are those of where the learner was; times are stored ones in UTC.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from azora_tui.data.transaction import one, values

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction

_LEARNED = """
    UPDATE enrollments SET
        last_active_on = CASE WHEN last_active_on >= :day THEN last_active_on ELSE :day END,
        silent_from = CASE WHEN silent_from >= :silent_from THEN silent_from ELSE :silent_from END
    WHERE user_id = :user_id AND course_id = :course_id
        AND (last_active_on IS NULL OR last_active_on < :day OR silent_from < :silent_from)
    RETURNING id, enrolled_on
"""


class Marked(NamedTuple):
    """An enrollment, and the day on which it began."""

    id: int
    enrolled_on: str


def learned(transaction: Transaction, *, user_id: int, course_id: int, day: str, silent_from: str) -> Marked | None:
    """Keep that somebody learned on a day; None where that, or a later day, was kept before, or nobody is enrolled."""
    row = one(
        transaction,
        _LEARNED,
        {"user_id": user_id, "course_id": course_id, "day": day, "silent_from": silent_from},
    )
    return None if row is None else Marked(row.id, row.enrolled_on)


def add_week(transaction: Transaction, *, enrollment_id: int, course_id: int, cohort: str, week: int) -> None:
    """Count somebody among those of their cohort who learned in a week, once."""
    added = one(
        transaction,
        """
        INSERT INTO active_weeks (enrollment_id, week) VALUES (:id, :week)
        ON CONFLICT DO NOTHING RETURNING week
        """,
        {"id": enrollment_id, "week": week},
    )
    if added is not None:
        transaction.execute(
            """
            INSERT INTO cohort_weeks (course_id, cohort, week, learners) VALUES (:course_id, :cohort, :week, 1)
            ON CONFLICT (course_id, cohort, week) DO UPDATE SET learners = cohort_weeks.learners + 1
            """,
            {"course_id": course_id, "cohort": cohort, "week": week},
        )


def forget_weeks(transaction: Transaction, *, enrollment_id: int, course_id: int, cohort: str) -> list[int]:
    """Take somebody out of their cohort; the weeks in which they learned."""
    weeks: list[int] = values(
        transaction, "DELETE FROM active_weeks WHERE enrollment_id = :id RETURNING week", {"id": enrollment_id}
    )
    transaction.executemany(
        """
        UPDATE cohort_weeks SET learners = learners - 1
        WHERE course_id = :course_id AND cohort = :cohort AND week = :week
        """,
        ({"course_id": course_id, "cohort": cohort, "week": week} for week in weeks),
    )
    return weeks


def begin_earlier(transaction: Transaction, enrollment_id: int, *, day: str, silent_from: str) -> str:
    """Let an enrollment have begun on an earlier day; returns the day that was kept for it before."""
    before: str = values(transaction, "SELECT enrolled_on FROM enrollments WHERE id = :id", {"id": enrollment_id})[0]
    transaction.execute(
        """
        UPDATE enrollments SET enrolled_on = :day,
            silent_from = CASE WHEN last_active_on IS NULL THEN :silent_from ELSE silent_from END
        WHERE id = :id
        """,
        {"id": enrollment_id, "day": day, "silent_from": silent_from},
    )
    return before
