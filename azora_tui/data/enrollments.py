"""Statements on enrollments and the waitlist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.models.enrollments import Enrollment, EnrollmentStatus
from azora_tui.times import from_text, from_text_or_none

if TYPE_CHECKING:
    from azora_tui.models.my_learning import EnrolledCourse

_COLUMNS = """id, user_id, course_id, progress, status, enrolled_at, completed_at, last_accessed_at,
    completed_version, last_lesson_id, enrolled_on, silent_from"""

_OF_LEARNER = f"SELECT {_COLUMNS} FROM enrollments WHERE user_id = :user_id AND course_id = :course_id"  # noqa: S608  # only our own words
_INSERT = f"""
    INSERT INTO enrollments (uuid, user_id, course_id, enrolled_at, last_accessed_at, enrolled_on, silent_from)
    VALUES (:uuid, :user_id, :course_id, :now, :now, :day, :silent_from)
    RETURNING {_COLUMNS}
"""  # noqa: S608  # only our own words

# The lesson to go on with in a course: the one last opened while it is not done, else the first required one not
# done, else any other. This is the only place that says so.
_GO_ON = """
    SELECT lessons.id FROM lessons
    LEFT JOIN lesson_progress AS mine
        ON mine.lesson_id = lessons.id AND mine.enrollment_id = enrollments.id
    WHERE lessons.course_id = enrollments.course_id AND lessons.is_published = 1
        AND COALESCE(mine.completed, 0) = 0
    ORDER BY CASE WHEN lessons.id = enrollments.last_lesson_id THEN 0 ELSE 1 END,
        lessons.required DESC, lessons.order_index, lessons.id LIMIT 1
"""


def enrollment_of(transaction: Transaction, *, user_id: int, course_id: int) -> Enrollment | None:
    row = one(
        transaction,
        _OF_LEARNER,
        {"user_id": user_id, "course_id": course_id},
    )
    return None if row is None else _enrollment(row)


def insert_enrollment(
    transaction: Transaction, *, uuid: str, user_id: int, course_id: int, now: str, day: str, silent_from: str
) -> Enrollment:
    """`day` is where the learner is now, `silent_from` when they would be silent if nothing followed."""
    row = one(
        transaction,
        _INSERT,
        {
            "uuid": uuid,
            "user_id": user_id,
            "course_id": course_id,
            "now": now,
            "day": day,
            "silent_from": silent_from,
        },
    )
    assert row is not None  # RETURNING gives the row or raises
    return _enrollment(row)


def set_status(transaction: Transaction, enrollment_id: int, status: EnrollmentStatus) -> None:
    transaction.execute(
        "UPDATE enrollments SET status = :status WHERE id = :id",
        {"id": enrollment_id, "status": status.value},
    )


def set_progress(transaction: Transaction, enrollment_id: int, *, progress: int, status: EnrollmentStatus) -> None:
    transaction.execute(
        "UPDATE enrollments SET progress = :progress, status = :status WHERE id = :id",
        {"id": enrollment_id, "progress": progress, "status": status.value},
    )


def set_first_completion(
    transaction: Transaction, enrollment_id: int, *, version: str, now: str, days_taken: int
) -> None:
    transaction.execute(
        """
        UPDATE enrollments SET completed_at = :now, completed_version = :version, days_taken = :days_taken
        WHERE id = :id AND completed_at IS NULL
        """,
        {"id": enrollment_id, "version": version, "now": now, "days_taken": days_taken},
    )


def set_last_lesson(transaction: Transaction, enrollment_id: int, *, lesson_id: int, now: str) -> None:
    transaction.execute(
        "UPDATE enrollments SET last_lesson_id = :lesson_id, last_accessed_at = :now WHERE id = :id",
        {"id": enrollment_id, "lesson_id": lesson_id, "now": now},
    )


def lessons_done(transaction: Transaction, enrollment_id: int) -> tuple[int, int]:
    """(completed, all) of the required lessons published now, for one enrollment."""
    row = one(
        transaction,
        """
        SELECT COUNT(mine.id) AS done, COUNT(*) AS required
        FROM enrollments
        JOIN lessons ON lessons.course_id = enrollments.course_id
            AND lessons.is_published = 1 AND lessons.required = 1
        LEFT JOIN lesson_progress AS mine
            ON mine.enrollment_id = enrollments.id AND mine.lesson_id = lessons.id AND mine.completed = 1
        WHERE enrollments.id = :id
        """,
        {"id": enrollment_id},
    )
    return row.done, row.required


def enrollments_in(transaction: Transaction, course_id: int) -> list[Enrollment]:
    found = rows(
        transaction,
        f"SELECT {_COLUMNS} FROM enrollments WHERE course_id = :course_id",  # noqa: S608  # only our own words
        {"course_id": course_id},
    )
    return [_enrollment(row) for row in found]


def enrolled_courses(
    transaction: Transaction, *, user_id: int, statuses: Iterable[EnrollmentStatus], limit: int
) -> list[EnrolledCourse]:
    """A learner's courses, last opened first, each with its counts and the lesson to go on with."""
    from azora_tui.models.my_learning import EnrolledCourse

    names = {f"status{number}": status.value for number, status in enumerate(statuses)}
    if not names:
        return []
    found = rows(
        transaction,
        f"""
        SELECT enrollments.id, user_id, enrollments.course_id, progress, status, enrolled_at,
            enrollments.completed_at, last_accessed_at, completed_version, last_lesson_id, enrolled_on, silent_from,
            courses.title, courses.instructor, courses.version,
            (
                SELECT COUNT(*) FROM lesson_progress AS mine JOIN lessons ON lessons.id = mine.lesson_id
                WHERE mine.enrollment_id = enrollments.id AND mine.completed = 1
                    AND lessons.is_published = 1 AND lessons.required = 1
            ) AS completed_lessons,
            courses.required_count, next.id AS next_lesson_id, next.title AS next_lesson_title
        FROM enrollments
        JOIN courses ON courses.id = enrollments.course_id
        LEFT JOIN lessons AS next ON next.id = ({_GO_ON})
        WHERE user_id = :user_id AND status IN ({", ".join(f":{name}" for name in names)})
        ORDER BY last_accessed_at DESC, enrollments.uuid DESC LIMIT :limit
        """,  # noqa: S608  # only our own words
        {"user_id": user_id, "limit": limit, **names},
    )
    return [
        EnrolledCourse(
            _enrollment(row),
            title=row.title,
            instructor=row.instructor,
            version=row.version,
            progress=row.progress if row.required_count else None,
            completed_lessons=row.completed_lessons,
            required_lessons=row.required_count,
            next_lesson_id=row.next_lesson_id,
            next_lesson_title=row.next_lesson_title,
        )
        for row in found
    ]


def lesson_to_go_on_with(transaction: Transaction, enrollment_id: int) -> int | None:
    """The id of the lesson to go on with; None where everything is done, or nothing is there."""
    lesson_id: int | None = value(
        transaction,
        f"SELECT ({_GO_ON}) FROM enrollments WHERE enrollments.id = :id",  # noqa: S608  # only our own words
        {"id": enrollment_id},
    )
    return lesson_id


def enrollment_counts(transaction: Transaction, user_id: int) -> dict[EnrollmentStatus, int]:
    found = rows(
        transaction,
        "SELECT status, COUNT(*) AS number FROM enrollments WHERE user_id = :user_id GROUP BY status",
        {"user_id": user_id},
    )
    return {EnrollmentStatus(row.status): row.number for row in found}


def join_waitlist(transaction: Transaction, *, uuid: str, user_id: int, course_id: int, now: str) -> None:
    transaction.execute(
        """
        INSERT INTO waitlist (uuid, course_id, user_id, joined_at) VALUES (:uuid, :course_id, :user_id, :now)
        ON CONFLICT (course_id, user_id) DO NOTHING
        """,
        {"uuid": uuid, "course_id": course_id, "user_id": user_id, "now": now},
    )


def leave_waitlist(transaction: Transaction, *, user_id: int, course_id: int) -> None:
    transaction.execute(
        "DELETE FROM waitlist WHERE course_id = :course_id AND user_id = :user_id",
        {"course_id": course_id, "user_id": user_id},
    )


def waiting(transaction: Transaction, course_id: int) -> list[int]:
    """The users who wait for a seat, longest first."""
    return values(
        transaction,
        "SELECT user_id FROM waitlist WHERE course_id = :course_id ORDER BY joined_at, uuid",
        {"course_id": course_id},
    )


def waitlist_place(transaction: Transaction, *, user_id: int, course_id: int) -> int | None:
    """1 for the learner who is next, None for one who does not wait."""
    place: int = value(
        transaction,
        """
        SELECT COUNT(*) FROM waitlist AS mine
        JOIN waitlist AS before ON before.course_id = mine.course_id
            AND (before.joined_at, before.uuid) <= (mine.joined_at, mine.uuid)
        WHERE mine.course_id = :course_id AND mine.user_id = :user_id
        """,
        {"course_id": course_id, "user_id": user_id},
    )
    return place or None


def _enrollment(row: Any) -> Enrollment:
    return Enrollment(
        id=row.id,
        user_id=row.user_id,
        course_id=row.course_id,
        progress=row.progress,
        status=EnrollmentStatus(row.status),
        enrolled_at=from_text(row.enrolled_at),
        completed_at=from_text_or_none(row.completed_at),
        last_accessed_at=from_text(row.last_accessed_at),
        completed_version=row.completed_version,
        last_lesson_id=row.last_lesson_id,
        enrolled_on=row.enrolled_on,
        silent_from=from_text(row.silent_from),
    )
