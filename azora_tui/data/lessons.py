"""Statements on lessons and on what a learner did in them."""

from datetime import datetime
from typing import Any

import apsw

from azora_tui.data.activity import add_minutes
from azora_tui.data.courses import MAX_ID
from azora_tui.models.courses import LessonSource
from azora_tui.models.progress import LessonState
from azora_tui.times import from_text, from_text_or_none

_STATE = """
    SELECT lessons.id, lessons.slug, lessons.title, lessons.section, lessons.order_index,
        lessons.duration_minutes, lessons.required, mine.completed_at, mine.opened_at,
        COALESCE(mine.time_spent_minutes, 0)
    FROM lessons
    LEFT JOIN lesson_progress AS mine ON mine.lesson_id = lessons.id AND mine.enrollment_id = :enrollment_id
"""


def lesson_states(connection: apsw.Connection, *, course_id: int, enrollment_id: int | None) -> tuple[LessonState, ...]:
    """The published lessons of a course in order, with the state of one enrollment (or of none)."""
    rows = connection.execute(
        _STATE
        + """
        WHERE lessons.course_id = :course_id AND lessons.is_published = 1
        ORDER BY lessons.order_index, lessons.id
        """,
        {"course_id": course_id, "enrollment_id": enrollment_id},
    )
    return tuple(_state(row) for row in rows)


def lesson_course(connection: apsw.Connection, lesson_id: int) -> int | None:
    """The course that a published lesson belongs to."""
    if not 0 < lesson_id <= MAX_ID:
        return None
    course_id: int | None = connection.execute(
        "SELECT course_id FROM lessons WHERE id = :id AND is_published = 1", {"id": lesson_id}
    ).get
    return course_id


def lesson_text(connection: apsw.Connection, *, lesson_id: int, enrollment_id: int | None) -> tuple[str, str | None]:
    """A lesson's Markdown, and where this enrollment's reader stood in it."""
    content, position = connection.execute(
        """
        SELECT lessons.content, mine.position
        FROM lessons
        LEFT JOIN lesson_progress AS mine
            ON mine.lesson_id = lessons.id AND mine.enrollment_id = :enrollment_id
        WHERE lessons.id = :lesson_id
        """,
        {"lesson_id": lesson_id, "enrollment_id": enrollment_id},
    ).fetchone()  # type: ignore[misc]  # the caller has the id from this transaction
    return content, position


def lesson_contents(connection: apsw.Connection, course_id: int) -> list[tuple[int, str, datetime]]:
    """(id, Markdown, when it was added) of each published lesson of a course, in order."""
    rows = connection.execute(
        """
        SELECT id, content, created_at FROM lessons
        WHERE course_id = :course_id AND is_published = 1 ORDER BY order_index, id
        """,
        {"course_id": course_id},
    )
    return [(id_, content, from_text(created_at)) for id_, content, created_at in rows]


def save_opened(connection: apsw.Connection, *, enrollment_id: int, lesson_id: int, now: str) -> None:
    connection.execute(
        """
        INSERT INTO lesson_progress (enrollment_id, lesson_id, opened_at) VALUES (:enrollment_id,
            :lesson_id, :now)
        ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
            SET opened_at = COALESCE(lesson_progress.opened_at, excluded.opened_at)
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id, "now": now},
    )


def save_completed(
    connection: apsw.Connection, *, uuid: str, enrollment_id: int, lesson_id: int, minutes: int, now: str
) -> bool:
    """Mark a lesson completed and add the minutes spent, as the row `uuid`; True when it was not completed before."""
    first: bool = (
        connection.execute(
            """
            SELECT 1 FROM lesson_progress
            WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id AND completed = 1
            """,
            {"enrollment_id": enrollment_id, "lesson_id": lesson_id},
        ).get
        is None
    )
    connection.execute(
        """
        INSERT INTO lesson_progress (enrollment_id, lesson_id, completed, completed_at, time_spent_minutes)
        VALUES (:enrollment_id, :lesson_id, 1, :now, :minutes)
        ON CONFLICT (enrollment_id, lesson_id) DO UPDATE
            SET completed = 1, completed_at = COALESCE(lesson_progress.completed_at, excluded.completed_at),
                time_spent_minutes = lesson_progress.time_spent_minutes + excluded.time_spent_minutes
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id, "minutes": minutes, "now": now},
    )
    add_minutes(connection, uuid=uuid, enrollment_id=enrollment_id, lesson_id=lesson_id, minutes=minutes, now=now)
    return first


def save_position(
    connection: apsw.Connection,
    *,
    uuid: str,
    enrollment_id: int,
    lesson_id: int,
    position: str | None,
    minutes: int,
    now: str,
) -> bool:
    """Keep where the reader stands in a lesson that was opened before, and add the minutes spent, as the row `uuid`;
    False where it never was opened, or there is no news."""
    found = connection.execute(
        """
        UPDATE lesson_progress SET position = :position, time_spent_minutes = time_spent_minutes + :minutes
        WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id
            AND (:minutes > 0 OR position IS DISTINCT FROM :position) RETURNING id
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id, "position": position, "minutes": minutes},
    ).get
    if found is None:
        return False
    add_minutes(connection, uuid=uuid, enrollment_id=enrollment_id, lesson_id=lesson_id, minutes=minutes, now=now)
    return True


def save_lesson(
    connection: apsw.Connection,
    source: LessonSource,
    *,
    course_id: int,
    order_index: int,
    lesson_id: int | None,
    now: str,
) -> None:
    """Insert a lesson (with `lesson_id` where one is given and free) or update the one with its slug."""
    connection.execute(
        """
        INSERT INTO lessons (id, course_id, title, content, order_index, duration_minutes, created_at, slug,
            section, required, updated_at)
        VALUES (:id, :course_id, :title, :content, :order_index, :minutes, :now, :slug,
            :section, :required, :now)
        ON CONFLICT (course_id, slug) DO UPDATE SET title = excluded.title, content = excluded.content,
            order_index = excluded.order_index, duration_minutes = excluded.duration_minutes,
            section = excluded.section, required = excluded.required, is_published = 1,
            updated_at = excluded.updated_at
        """,
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


def unpublish_lessons(connection: apsw.Connection, course_id: int) -> None:
    """Take every lesson of a course out of view; those that a new version still has are saved again after
    this."""
    connection.execute("UPDATE lessons SET is_published = 0 WHERE course_id = :id", {"id": course_id})


def lesson_slugs(connection: apsw.Connection, course_id: int) -> set[str]:
    """The ids that the lessons of a course have in its files, those out of view too."""
    rows = connection.execute("SELECT slug FROM lessons WHERE course_id = :id", {"id": course_id})
    return {slug for (slug,) in rows}


def lesson_id_is_free(connection: apsw.Connection, lesson_id: int) -> bool:
    return connection.execute("SELECT 1 FROM lessons WHERE id = :id", {"id": lesson_id}).get is None


def _state(row: tuple[Any, ...]) -> LessonState:
    *head, required, completed_at, opened_at, minutes = row
    times = from_text_or_none(completed_at), from_text_or_none(opened_at)
    return LessonState(*(*head, bool(required), *times, minutes))
