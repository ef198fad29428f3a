"""Statements on lessons and on what a learner did in them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from azora_tui.data.activity import add_minutes
from azora_tui.data.courses import MAX_ID
from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.models.progress import LessonState
from azora_tui.times import from_text, from_text_or_none

if TYPE_CHECKING:
    from azora_tui.models.course_sources import LessonSource

_STATE = """
    SELECT lessons.id, lessons.slug, lessons.title, lessons.section, lessons.order_index,
        lessons.duration_minutes, lessons.required, mine.completed_at, mine.opened_at,
        COALESCE(mine.time_spent_minutes, 0) AS time_spent_minutes
    FROM lessons
    LEFT JOIN lesson_progress AS mine ON mine.lesson_id = lessons.id AND mine.enrollment_id = :enrollment_id
"""


def lesson_states(transaction: Transaction, *, course_id: int, enrollment_id: int | None) -> tuple[LessonState, ...]:
    """The published lessons of a course in order, with the state of one enrollment (or of none)."""
    found = rows(
        transaction,
        _STATE
        + """
        WHERE lessons.course_id = :course_id AND lessons.is_published = 1
        ORDER BY lessons.order_index, lessons.id
        """,
        {"course_id": course_id, "enrollment_id": enrollment_id},
    )
    return tuple(_state(row) for row in found)


def lesson_course(transaction: Transaction, lesson_id: int) -> int | None:
    """The course that a published lesson belongs to."""
    if not 0 < lesson_id <= MAX_ID:
        return None
    course_id: int | None = value(
        transaction, "SELECT course_id FROM lessons WHERE id = :id AND is_published = 1", {"id": lesson_id}
    )
    return course_id


def lesson_text(transaction: Transaction, *, lesson_id: int, enrollment_id: int | None) -> tuple[str, str | None]:
    """A lesson's Markdown, and where this enrollment's reader stood in it."""
    row = one(
        transaction,
        """
        SELECT lessons.content, mine.position
        FROM lessons
        LEFT JOIN lesson_progress AS mine
            ON mine.lesson_id = lessons.id AND mine.enrollment_id = :enrollment_id
        WHERE lessons.id = :lesson_id
        """,
        {"lesson_id": lesson_id, "enrollment_id": enrollment_id},
    )
    return row.content, row.position


def lesson_contents(transaction: Transaction, course_id: int) -> list[tuple[int, str, datetime]]:
    """(id, Markdown, when it was added) of each published lesson of a course, in order."""
    found = rows(
        transaction,
        """
        SELECT id, content, created_at FROM lessons
        WHERE course_id = :course_id AND is_published = 1 ORDER BY order_index, id
        """,
        {"course_id": course_id},
    )
    return [(row.id, row.content, from_text(row.created_at)) for row in found]


def save_opened(transaction: Transaction, *, enrollment_id: int, lesson_id: int, now: str) -> None:
    transaction.execute(
        """
        INSERT INTO lesson_progress (enrollment_id, lesson_id, opened_at) VALUES (:enrollment_id,
            :lesson_id, :now)
        ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
            SET opened_at = COALESCE(lesson_progress.opened_at, excluded.opened_at)
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id, "now": now},
    )


def save_completed(
    transaction: Transaction,
    *,
    uuid: str,
    enrollment_id: int,
    lesson_id: int,
    minutes: int,
    now: str,
    utc_offset: int,
) -> bool:
    """Mark a lesson completed and add the minutes spent, as the row `uuid`; True when it was not completed before."""
    first: bool = (
        value(
            transaction,
            """
            SELECT 1 FROM lesson_progress
            WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id AND completed = 1
            """,
            {"enrollment_id": enrollment_id, "lesson_id": lesson_id},
        )
        is None
    )
    transaction.execute(
        """
        INSERT INTO lesson_progress (enrollment_id, lesson_id, completed, completed_at, time_spent_minutes)
        VALUES (:enrollment_id, :lesson_id, 1, :now, :minutes)
        ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
            SET completed = 1, completed_at = COALESCE(lesson_progress.completed_at, excluded.completed_at),
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
    return first


def save_position(
    transaction: Transaction,
    *,
    uuid: str,
    enrollment_id: int,
    lesson_id: int,
    position: str | None,
    minutes: int,
    now: str,
    utc_offset: int,
) -> bool:
    """Keep where the reader stands in a lesson that was opened before, and add the minutes spent, as the row `uuid`;
    False where it never was opened, or there is no news."""
    found = value(
        transaction,
        """
        UPDATE lesson_progress SET position = :position, time_spent_minutes = time_spent_minutes + :minutes
        WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id
            AND (:minutes > 0 OR position IS DISTINCT FROM :position) RETURNING id
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id, "position": position, "minutes": minutes},
    )
    if found is None:
        return False
    add_minutes(
        transaction,
        uuid=uuid,
        enrollment_id=enrollment_id,
        lesson_id=lesson_id,
        minutes=minutes,
        now=now,
        utc_offset=utc_offset,
    )
    return True


def save_lesson(
    transaction: Transaction,
    source: LessonSource,
    *,
    course_id: int,
    order_index: int,
    lesson_id: int | None,
    now: str,
) -> None:
    """Insert a lesson (with `lesson_id` where one is given and free) or update the one with its slug."""
    id_column, id_value = ("id, ", ":id, ") if lesson_id is not None else ("", "")
    transaction.execute(
        f"""
        INSERT INTO lessons ({id_column}course_id, title, content, order_index, duration_minutes, created_at, slug,
            section, required, updated_at)
        VALUES ({id_value}:course_id, :title, :content, :order_index, :minutes, :now, :slug,
            :section, :required, :now)
        ON CONFLICT (course_id, slug) DO UPDATE SET title = excluded.title, content = excluded.content,
            order_index = excluded.order_index, duration_minutes = excluded.duration_minutes,
            section = excluded.section, required = excluded.required, is_published = 1,
            updated_at = excluded.updated_at
        """,  # noqa: S608  # only our own words
        {
            "id": lesson_id,
            "course_id": course_id,
            "title": source.title,
            "content": source.content,
            "order_index": order_index,
            "minutes": source.minutes,
            "slug": source.id,
            "section": source.section,
            "required": int(source.required),
            "now": now,
        },
    )


def unpublish_lessons(transaction: Transaction, course_id: int) -> None:
    """Take every lesson of a course out of view; those that a new version still has are saved again after
    this."""
    transaction.execute("UPDATE lessons SET is_published = 0 WHERE course_id = :id", {"id": course_id})


def lesson_slugs(transaction: Transaction, course_id: int) -> set[str]:
    """The ids that the lessons of a course have in its files, those out of view too."""
    found = values(transaction, "SELECT slug FROM lessons WHERE course_id = :id", {"id": course_id})
    return set(found)


def lesson_id_is_free(transaction: Transaction, lesson_id: int) -> bool:
    return value(transaction, "SELECT 1 FROM lessons WHERE id = :id", {"id": lesson_id}) is None


def _state(row: Any) -> LessonState:
    return LessonState(
        id=row.id,
        slug=row.slug,
        title=row.title,
        section=row.section,
        order_index=row.order_index,
        minutes=row.duration_minutes,
        required=bool(row.required),
        completed_at=from_text_or_none(row.completed_at),
        opened_at=from_text_or_none(row.opened_at),
        time_spent_minutes=row.time_spent_minutes,
    )
