"""Statements on lessons that their learners have said are done, and that wait for a task to be accepted."""

from azora_tui.data.activity import add_minutes
from azora_tui.data.transaction import Transaction, rows, value


def save_said_done(
    transaction: Transaction,
    *,
    uuid: str,
    enrollment_id: int,
    lesson_id: int,
    minutes: int,
    now: str,
    utc_offset: int,
) -> None:
    """Keep since when a learner says that a lesson is done, and add the minutes spent, as the row `uuid`."""
    transaction.execute(
        """
        INSERT INTO lesson_progress (enrollment_id, lesson_id, said_done_at, time_spent_minutes)
        VALUES (:enrollment_id, :lesson_id, :now, :minutes)
        ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
            SET said_done_at = COALESCE(lesson_progress.said_done_at, excluded.said_done_at),
                time_spent_minutes = lesson_progress.time_spent_minutes + excluded.time_spent_minutes
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id, "minutes": minutes, "now": now},
    )
    add_minutes(
        transaction,
        uuid=uuid,
        enrollment_id=enrollment_id,
        lesson_id=lesson_id,
        minutes=minutes,
        now=now,
        utc_offset=utc_offset,
    )


def complete_what_was_said(transaction: Transaction, *, enrollment_id: int, lesson_id: int, now: str) -> bool:
    """Complete a lesson that its learner has said is done; whether that was so, and it was not completed before."""
    found = value(
        transaction,
        """
        UPDATE lesson_progress SET completed = 1, completed_at = :now
        WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id AND completed = 0 AND said_done_at IS NOT NULL
        RETURNING id
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id, "now": now},
    )
    return found is not None


def held_up(transaction: Transaction, course_id: int) -> list[tuple[int, int, int]]:
    """(enrollment, its learner, lesson) of each published lesson of a course that was said to be done and is not
    completed."""
    found = rows(
        transaction,
        """
        SELECT mine.enrollment_id, enrollments.user_id, mine.lesson_id
        FROM lessons
        JOIN lesson_progress AS mine ON mine.lesson_id = lessons.id
        JOIN enrollments ON enrollments.id = mine.enrollment_id
        WHERE lessons.course_id = :course_id AND lessons.is_published = 1 AND mine.said_done_at IS NOT NULL
            AND mine.completed = 0
        ORDER BY mine.id
        """,
        {"course_id": course_id},
    )
    return [(row.enrollment_id, row.user_id, row.lesson_id) for row in found]


def is_completed(transaction: Transaction, *, enrollment_id: int, lesson_id: int) -> bool:
    found = value(
        transaction,
        """
        SELECT 1 FROM lesson_progress
        WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id AND completed = 1
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id},
    )
    return found is not None
