"""Statements on courses and their prerequisites: one course, and installing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from azora_tui.data import course_rules
from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.text import fold
from azora_tui.times import from_text

if TYPE_CHECKING:
    from azora_tui.models.course_sources import CourseSource
    from azora_tui.models.courses import Course, Prerequisite

# What an id can be at most; a greater number from outside is simply nobody's.
MAX_ID = 2**63 - 1

_COURSE = """
    SELECT id, slug, title, description, instructor, duration, level, language, licence, version, tags,
        outcomes,
        students, seats, enrollment_open, is_published, state, opens, closes,
        enrollment_key IS NOT NULL AS needs_key, created_at, lesson_count
    FROM courses
"""
_BY_ID = _COURSE + "WHERE id = :id"


def sorted_titles(transaction: Transaction) -> list[str]:
    """The folded titles of all published courses."""
    return values(transaction, "SELECT sort_title FROM courses WHERE is_published = 1 ORDER BY sort_title")


def course_by_id(transaction: Transaction, course_id: int) -> Course | None:
    if not 0 < course_id <= MAX_ID:
        return None
    row = one(transaction, _BY_ID, {"id": course_id})
    return None if row is None else _course(row)


def course_by_slug(transaction: Transaction, slug: str) -> Course | None:
    row = one(transaction, _COURSE + "WHERE slug = :slug", {"slug": slug})
    return None if row is None else _course(row)


def courses_by_ids(transaction: Transaction, ids: Iterable[int]) -> dict[int, Course]:
    """The courses that have one of these ids, by id; at most some thousands at once."""
    numbers = {f"id{place}": id_ for place, id_ in enumerate(ids)}
    if not numbers:
        return {}
    found = rows(transaction, f"{_COURSE} WHERE id IN ({', '.join(f':{name}' for name in numbers)})", numbers)
    return {row.id: _course(row) for row in found}


def prerequisites(transaction: Transaction, *, course_id: int, user_id: int) -> tuple[Prerequisite, ...]:
    """The courses to complete first; one that the learner ever completed counts, even after leaving it."""
    from azora_tui.models.courses import Prerequisite

    found = rows(
        transaction,
        """
        SELECT needed.prerequisite_slug, courses.id, courses.title, enrollments.completed_at
        FROM course_prerequisites AS needed
        LEFT JOIN courses ON courses.slug = needed.prerequisite_slug
        LEFT JOIN enrollments ON enrollments.course_id = courses.id AND enrollments.user_id = :user_id
        WHERE needed.course_id = :course_id
        ORDER BY needed.prerequisite_slug
        """,
        {"course_id": course_id, "user_id": user_id},
    )
    return tuple(
        Prerequisite(row.prerequisite_slug, row.id, row.title, completed=row.completed_at is not None) for row in found
    )


def add_students(transaction: Transaction, course_id: int, change: int) -> None:
    transaction.execute(
        "UPDATE courses SET students = students + :change WHERE id = :id", {"id": course_id, "change": change}
    )


def save_course(transaction: Transaction, source: CourseSource, now: str, *, course_id: int | None = None) -> int:
    """Insert the course or bring the one with its slug up to date; returns its id, without its lessons.

    A new one gets `course_id` where that is given; it has to be free.
    """
    id_column, id_value = ("id, ", ":id, ") if course_id is not None else ("", "")
    saved_id: int = value(
        transaction,
        f"""
        INSERT INTO courses ({id_column}title, description, instructor, duration, created_at, slug, version, language,
            licence, level, tags, outcomes, seats, enrollment_open, opens, closes, enrollment_key, state,
            is_published, sort_title, search_text, updated_at)
        VALUES ({id_value}:title, :description, :instructor, :duration, :now, :slug, :version, :language, :licence,
            :level, :tags, :outcomes, :seats, :enrollment_open, :opens, :closes, :key, :state,
            :is_published, :sort_title, :search_text, :now)
        ON CONFLICT (slug) DO UPDATE SET title = excluded.title, description = excluded.description,
            instructor = excluded.instructor, duration = excluded.duration, version = excluded.version,
            language = excluded.language, licence = excluded.licence, level = excluded.level,
            tags = excluded.tags, outcomes = excluded.outcomes, seats = excluded.seats,
            enrollment_open = excluded.enrollment_open, opens = excluded.opens, closes = excluded.closes,
            enrollment_key = excluded.enrollment_key, state = excluded.state,
            is_published = excluded.is_published, sort_title = excluded.sort_title,
            search_text = excluded.search_text, updated_at = excluded.updated_at
        RETURNING id
        """,  # noqa: S608  # only our own words
        {
            "id": course_id,
            "title": source.title,
            "description": source.description,
            "instructor": source.instructor,
            "duration": source.duration,
            "slug": source.slug,
            "version": source.version,
            "language": source.language,
            "licence": source.licence,
            "level": source.level,
            "tags": json.dumps(source.tags, ensure_ascii=False),
            "outcomes": json.dumps(source.outcomes, ensure_ascii=False),
            "seats": source.seats,
            "enrollment_open": int(source.enrollment_open),
            "opens": source.opens,
            "closes": source.closes,
            "key": source.key,
            "state": source.state or "published",
            "is_published": int(source.state in (None, "published")),
            "sort_title": fold(source.title),
            "search_text": fold(" ".join((source.title, source.instructor, source.level, *source.tags))),
            "now": now,
        },
    )
    course_rules.set_prerequisites(transaction, saved_id, source.prerequisites)
    return saved_id


def update_lesson_counts(transaction: Transaction, course_id: int) -> None:
    transaction.execute(
        """
        UPDATE courses SET
            lesson_count = (SELECT COUNT(*) FROM lessons WHERE course_id = courses.id AND is_published = 1),
            required_count = (
                SELECT COUNT(*) FROM lessons
                WHERE course_id = courses.id AND is_published = 1 AND required = 1
            )
        WHERE id = :id
        """,
        {"id": course_id},
    )


def bundle_fingerprint(transaction: Transaction) -> str | None:
    fingerprint: str | None = value(transaction, "SELECT fingerprint FROM bundle WHERE id = 1")
    return fingerprint


def save_bundle_fingerprint(transaction: Transaction, fingerprint: str) -> None:
    transaction.execute(
        """
        INSERT INTO bundle (id, fingerprint) VALUES (1, :fingerprint)
        ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint
        """,
        {"fingerprint": fingerprint},
    )


@lru_cache(maxsize=256)
def _words(kept: str) -> tuple[str, ...]:
    return tuple(json.loads(kept))


def _course(row: Any) -> Course:
    from azora_tui.models.course_rules import CourseState
    from azora_tui.models.courses import Course

    return Course(
        id=row.id,
        slug=row.slug,
        title=row.title,
        description=row.description,
        instructor=row.instructor,
        duration=row.duration,
        level=row.level,
        language=row.language,
        licence=row.licence,
        version=row.version,
        tags=_words(row.tags),
        outcomes=_words(row.outcomes),
        students=row.students,
        seats=row.seats,
        enrollment_open=bool(row.enrollment_open),
        is_published=bool(row.is_published),
        state=CourseState(row.state),
        opens=date.fromisoformat(row.opens) if row.opens else None,
        closes=date.fromisoformat(row.closes) if row.closes else None,
        needs_key=bool(row.needs_key),
        created_at=from_text(row.created_at),
        lesson_count=row.lesson_count,
    )
