"""Statements for taking over what the original LMS Service kept, and for remembering what was taken."""

from dataclasses import asdict, dataclass
from typing import Literal

from azora_tui.data.legacy import OriginalCourse
from azora_tui.data.transaction import Transaction, one, rows, value

OrphanKind = Literal["lesson", "enrollment", "lesson_progress"]


@dataclass(frozen=True, slots=True)
class AdoptedCourse:
    """Where an original course went; `students` is what it has added there, `made` whether it is its own course."""

    course_id: int
    students: int
    made: bool


@dataclass(frozen=True, slots=True)
class OriginalKey:
    """What tells an original row again: whose enrollment here it belongs to, its id, and when that enrollment began.

    The ids alone do not: several originals, each counting from 1, may be taken over into one school.
    """

    enrollment_id: int
    original_id: int
    enrolled_at: str


def course_names(transaction: Transaction) -> list[tuple[int, str, str]]:
    """(id, slug, title) of every course, by id."""
    return rows(transaction, "SELECT id, slug, title FROM courses ORDER BY id")


def lesson_names(transaction: Transaction, course_id: int) -> list[tuple[int, str, str]]:
    """(id, slug, title) of every lesson of a course, also those out of view, by id."""
    return rows(transaction, "SELECT id, slug, title FROM lessons WHERE course_id = :id ORDER BY id", {"id": course_id})


def greatest_order_index(transaction: Transaction, course_id: int) -> int:
    last: int = value(
        transaction, "SELECT COALESCE(MAX(order_index), 0) FROM lessons WHERE course_id = :id", {"id": course_id}
    )
    return last


def adopted_course(transaction: Transaction, original: OriginalCourse) -> AdoptedCourse | None:
    row = one(
        transaction,
        """
        SELECT course_id, students, made FROM adopted_courses
        WHERE original_id = :id AND title = :title AND created_at = :created_at
        """,
        _course_key(original),
    )
    return None if row is None else AdoptedCourse(row.course_id, row.students, made=bool(row.made))


def save_adopted_course(
    transaction: Transaction, original: OriginalCourse, *, course_id: int, made: bool
) -> AdoptedCourse:
    transaction.execute(
        """
        INSERT INTO adopted_courses (original_id, title, created_at, course_id, made)
        VALUES (:id, :title, :created_at, :course_id, :made)
        """,
        {**_course_key(original), "course_id": course_id, "made": int(made)},
    )
    return AdoptedCourse(course_id, 0, made)


def save_adopted_students(transaction: Transaction, original: OriginalCourse, students: int) -> None:
    transaction.execute(
        """
        UPDATE adopted_courses SET students = :students
        WHERE original_id = :id AND title = :title AND created_at = :created_at
        """,
        {**_course_key(original), "students": students},
    )


def take_out_of_view(transaction: Transaction, course_id: int) -> None:
    transaction.execute("UPDATE courses SET is_published = 0, state = 'draft' WHERE id = :id", {"id": course_id})


def course_id_is_free(transaction: Transaction, course_id: int) -> bool:
    return value(transaction, "SELECT 1 FROM courses WHERE id = :id", {"id": course_id}) is None


def adopted_enrollment(transaction: Transaction, row: OriginalKey) -> bool | None:
    """Whether this original enrollment was merged into another when it was taken over; None when it never was."""
    merged: int | None = value(
        transaction,
        """
        SELECT merged FROM adopted_enrollments
        WHERE enrollment_id = :enrollment_id AND original_id = :original_id AND enrolled_at = :enrolled_at
        """,
        asdict(row),
    )
    return None if merged is None else bool(merged)


def save_adopted_enrollment(transaction: Transaction, row: OriginalKey, *, merged: bool) -> None:
    transaction.execute(
        """
        INSERT INTO adopted_enrollments (enrollment_id, original_id, enrolled_at, merged)
        VALUES (:enrollment_id, :original_id, :enrolled_at, :merged)
        """,
        {**asdict(row), "merged": int(merged)},
    )


def widen_enrollment(
    transaction: Transaction, enrollment_id: int, *, enrolled_at: str, last_accessed_at: str
) -> tuple[str, str] | None:
    """Let an enrollment begin no later, and have been opened no earlier, than that; both times as they are after it, or
    None where they were so before."""
    row = one(
        transaction,
        """
        UPDATE enrollments SET
            enrolled_at = CASE WHEN :enrolled_at < enrolled_at THEN :enrolled_at ELSE enrolled_at END,
            last_accessed_at =
                CASE WHEN :accessed_at > last_accessed_at THEN :accessed_at ELSE last_accessed_at END
        WHERE id = :id AND (:enrolled_at < enrolled_at OR :accessed_at > last_accessed_at)
        RETURNING enrolled_at, last_accessed_at
        """,
        {"id": enrollment_id, "enrolled_at": enrolled_at, "accessed_at": last_accessed_at},
    )
    return None if row is None else (row.enrolled_at, row.last_accessed_at)


def minutes_to_add(transaction: Transaction, row: OriginalKey, *, lesson_id: int, minutes: int) -> int:
    """Remember the minutes of an original row of work; how many of them were not taken over before."""
    key = {**asdict(row), "lesson_id": lesson_id}
    before: int | None = value(
        transaction,
        """
        SELECT minutes FROM adopted_minutes
        WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id AND original_id = :original_id
            AND enrolled_at = :enrolled_at
        """,
        key,
    )
    if minutes <= (before or 0):
        return 0
    transaction.execute(
        """
        INSERT INTO adopted_minutes (enrollment_id, lesson_id, original_id, enrolled_at, minutes)
        VALUES (:enrollment_id, :lesson_id, :original_id, :enrolled_at, :minutes)
        ON CONFLICT (enrollment_id, original_id, lesson_id, enrolled_at) DO UPDATE SET minutes = excluded.minutes
        """,
        {**key, "minutes": minutes},
    )
    return minutes - (before or 0)


def save_work(
    transaction: Transaction, *, enrollment_id: int, lesson_id: int, completed_at: str | None, minutes: int
) -> tuple[str | None, str | None]:
    """Unite what was done in a lesson with what is here; when it was completed here before, and when it is now.

    The earlier completion stays, and `minutes` are added.
    """
    before: str | None = value(
        transaction,
        """
        SELECT completed_at FROM lesson_progress WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id},
    )
    kept = min((time for time in (before, completed_at) if time is not None), default=None)
    transaction.execute(
        """
        INSERT INTO lesson_progress (enrollment_id, lesson_id, completed, completed_at, time_spent_minutes)
        VALUES (:enrollment_id, :lesson_id, :completed, :completed_at, :minutes)
        ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
            SET completed = excluded.completed, completed_at = excluded.completed_at,
                time_spent_minutes = lesson_progress.time_spent_minutes + excluded.time_spent_minutes
        """,
        {
            "enrollment_id": enrollment_id,
            "lesson_id": lesson_id,
            "completed": int(kept is not None),
            "completed_at": kept,
            "minutes": minutes,
        },
    )
    return before, kept


def last_completion(transaction: Transaction, enrollment_id: int) -> str | None:
    """When the last of the required lessons in view was completed."""
    last: str | None = value(
        transaction,
        """
        SELECT MAX(mine.completed_at)
        FROM lesson_progress AS mine JOIN lessons ON lessons.id = mine.lesson_id
        WHERE mine.enrollment_id = :id AND lessons.is_published = 1 AND lessons.required = 1
        """,
        {"id": enrollment_id},
    )
    return last


def save_orphan(transaction: Transaction, *, kind: OrphanKind, original: str, work: str, why: str) -> None:
    transaction.execute(
        """
        INSERT INTO adopted_orphans (kind, original, work, why) VALUES (:kind, :original, :work, :why)
        ON CONFLICT (kind, original) DO UPDATE SET work = excluded.work, why = excluded.why
        """,
        {"kind": kind, "original": original, "work": work, "why": why},
    )


def forget_orphan(transaction: Transaction, *, kind: OrphanKind, original: str) -> None:
    """To be called for a row that found its place after all."""
    transaction.execute(
        "DELETE FROM adopted_orphans WHERE kind = :kind AND original = :original",
        {"kind": kind, "original": original},
    )


def _course_key(original: OriginalCourse) -> dict[str, int | str]:
    return {"id": original.id, "title": original.title, "created_at": original.created_at or ""}


def is_claimed(transaction: Transaction, *, user_id: int, course_id: int) -> bool:
    """Whether it was written down before that an original calls this course completed by this learner."""
    found = value(
        transaction,
        """
        SELECT 1 FROM events WHERE user_id = :user_id AND course_id = :course_id AND kind = 'completion_claimed' LIMIT 1
        """,
        {"user_id": user_id, "course_id": course_id},
    )
    return found is not None
