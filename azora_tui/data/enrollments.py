"""Statements on enrollments and the waitlist."""

from collections.abc import Iterable
from typing import Any

import apsw

from azora_tui.models.enrollments import EnrolledCourse, Enrollment, EnrollmentStatus
from azora_tui.times import from_text, from_text_or_none

_COLUMNS = """id, user_id, course_id, progress, status, enrolled_at, completed_at, last_accessed_at,
    completed_version, last_lesson_id"""

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


def enrollment_of(connection: apsw.Connection, *, user_id: int, course_id: int) -> Enrollment | None:
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM enrollments WHERE user_id = :user_id AND course_id = :course_id",  # noqa: S608  # only our own words
        {"user_id": user_id, "course_id": course_id},
    ).fetchone()
    return None if row is None else _enrollment(row)


def insert_enrollment(connection: apsw.Connection, *, uuid: str, user_id: int, course_id: int, now: str) -> Enrollment:
    row = connection.execute(
        f"""
        INSERT INTO enrollments (uuid, user_id, course_id, enrolled_at, last_accessed_at)
        VALUES (:uuid, :user_id, :course_id, :now, :now)
        RETURNING {_COLUMNS}
        """,  # noqa: S608  # only our own words
        {"uuid": uuid, "user_id": user_id, "course_id": course_id, "now": now},
    ).fetchone()
    assert row is not None  # RETURNING gives the row or raises
    return _enrollment(row)


def set_status(connection: apsw.Connection, enrollment_id: int, status: EnrollmentStatus) -> None:
    connection.execute(
        "UPDATE enrollments SET status = :status WHERE id = :id",
        {"id": enrollment_id, "status": status.value},
    )


def set_progress(connection: apsw.Connection, enrollment_id: int, *, progress: int, status: EnrollmentStatus) -> None:
    connection.execute(
        "UPDATE enrollments SET progress = :progress, status = :status WHERE id = :id",
        {"id": enrollment_id, "progress": progress, "status": status.value},
    )


def set_first_completion(connection: apsw.Connection, enrollment_id: int, *, version: str, now: str) -> None:
    connection.execute(
        """
        UPDATE enrollments SET completed_at = :now, completed_version = :version
        WHERE id = :id AND completed_at IS NULL
        """,
        {"id": enrollment_id, "version": version, "now": now},
    )


def set_last_lesson(connection: apsw.Connection, enrollment_id: int, *, lesson_id: int, now: str) -> None:
    connection.execute(
        "UPDATE enrollments SET last_lesson_id = :lesson_id, last_accessed_at = :now WHERE id = :id",
        {"id": enrollment_id, "lesson_id": lesson_id, "now": now},
    )


def lessons_done(connection: apsw.Connection, enrollment_id: int) -> tuple[int, int]:
    """(completed, all) of the required lessons published now, for one enrollment."""
    done, required = connection.execute(
        """
        SELECT COALESCE(SUM(mine.completed), 0), COUNT(*)
        FROM enrollments
        JOIN lessons ON lessons.course_id = enrollments.course_id
            AND lessons.is_published = 1 AND lessons.required = 1
        LEFT JOIN lesson_progress AS mine
            ON mine.enrollment_id = enrollments.id AND mine.lesson_id = lessons.id
        WHERE enrollments.id = :id
        """,
        {"id": enrollment_id},
    ).fetchone()  # type: ignore[misc]  # an aggregate always has its row
    return done, required


def enrollments_in(connection: apsw.Connection, course_id: int) -> list[Enrollment]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM enrollments WHERE course_id = :course_id",  # noqa: S608  # only our own words
        {"course_id": course_id},
    )
    return [_enrollment(row) for row in rows]


def enrolled_courses(
    connection: apsw.Connection, *, user_id: int, statuses: Iterable[EnrollmentStatus], limit: int
) -> list[EnrolledCourse]:
    """A learner's courses, last opened first, each with its counts and the lesson to go on with."""
    names = {f"status{number}": status.value for number, status in enumerate(statuses)}
    rows = connection.execute(
        f"""
        SELECT enrollments.id, user_id, enrollments.course_id, progress, status, enrolled_at,
            enrollments.completed_at, last_accessed_at, completed_version, last_lesson_id,
            courses.title, courses.instructor, courses.version,
            (
                SELECT COUNT(*) FROM lesson_progress AS mine JOIN lessons ON lessons.id = mine.lesson_id
                WHERE mine.enrollment_id = enrollments.id AND mine.completed = 1
                    AND lessons.is_published = 1 AND lessons.required = 1
            ),
            courses.required_count, next.id, next.title
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
            _enrollment(row[:10]),
            title=row[10],
            instructor=row[11],
            version=row[12],
            progress=row[3] if row[14] else None,
            completed_lessons=row[13],
            required_lessons=row[14],
            next_lesson_id=row[15],
            next_lesson_title=row[16],
        )
        for row in rows
    ]


def lesson_to_go_on_with(connection: apsw.Connection, enrollment_id: int) -> int | None:
    """The id of the lesson to go on with; None where everything is done, or nothing is there."""
    lesson_id: int | None = connection.execute(
        f"SELECT ({_GO_ON}) FROM enrollments WHERE enrollments.id = :id",  # noqa: S608  # only our own words
        {"id": enrollment_id},
    ).get
    return lesson_id


def enrollment_counts(connection: apsw.Connection, user_id: int) -> dict[EnrollmentStatus, int]:
    rows = connection.execute(
        "SELECT status, COUNT(*) FROM enrollments WHERE user_id = :user_id GROUP BY status",
        {"user_id": user_id},
    )
    return {EnrollmentStatus(status): count for status, count in rows}


def join_waitlist(connection: apsw.Connection, *, uuid: str, user_id: int, course_id: int, now: str) -> None:
    connection.execute(
        """
        INSERT INTO waitlist (uuid, course_id, user_id, joined_at) VALUES (:uuid, :course_id, :user_id, :now)
        ON CONFLICT (course_id, user_id) DO NOTHING
        """,
        {"uuid": uuid, "course_id": course_id, "user_id": user_id, "now": now},
    )


def leave_waitlist(connection: apsw.Connection, *, user_id: int, course_id: int) -> None:
    connection.execute(
        "DELETE FROM waitlist WHERE course_id = :course_id AND user_id = :user_id",
        {"course_id": course_id, "user_id": user_id},
    )


def waiting(connection: apsw.Connection, course_id: int) -> list[int]:
    """The users who wait for a seat, longest first."""
    rows = connection.execute(
        "SELECT user_id FROM waitlist WHERE course_id = :course_id ORDER BY joined_at, uuid", {"course_id": course_id}
    )
    return [user_id for (user_id,) in rows]


def waitlist_place(connection: apsw.Connection, *, user_id: int, course_id: int) -> int | None:
    """1 for the learner who is next, None for one who does not wait."""
    place: int = connection.execute(
        """
        SELECT COUNT(*) FROM waitlist AS mine
        JOIN waitlist AS before ON before.course_id = mine.course_id
            AND (before.joined_at, before.uuid) <= (mine.joined_at, mine.uuid)
        WHERE mine.course_id = :course_id AND mine.user_id = :user_id
        """,
        {"course_id": course_id, "user_id": user_id},
    ).get
    return place or None


def _enrollment(row: tuple[Any, ...]) -> Enrollment:
    id_, user_id, course_id, progress, status, enrolled, completed, accessed, version, lesson_id = row
    return Enrollment(
        id=id_,
        user_id=user_id,
        course_id=course_id,
        progress=progress,
        status=EnrollmentStatus(status),
        enrolled_at=from_text(enrolled),
        completed_at=from_text_or_none(completed),
        last_accessed_at=from_text(accessed),
        completed_version=version,
        last_lesson_id=lesson_id,
    )
