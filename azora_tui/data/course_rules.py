"""Statements on what a course allows: its state, window, seats, key and prerequisites, and on keys that were wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from azora_tui.data.transaction import rows, value, values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from azora_tui.data.transaction import Transaction
    from azora_tui.models.course_rules import CourseState, TaughtCourse


def set_state(transaction: Transaction, course_id: int, state: CourseState) -> None:
    transaction.execute(
        "UPDATE courses SET state = :state, is_published = :is_published WHERE id = :id",
        {"id": course_id, "state": state.value, "is_published": int(state.value == "published")},
    )


def set_limits(
    transaction: Transaction, course_id: int, *, opens: str | None, closes: str | None, seats: int | None
) -> None:
    """The window (ISO days) and the seats; None where there is no such limit."""
    transaction.execute(
        "UPDATE courses SET opens = :opens, closes = :closes, seats = :seats WHERE id = :id",
        {"id": course_id, "opens": opens, "closes": closes, "seats": seats},
    )


def set_key(transaction: Transaction, course_id: int, key: str | None) -> None:
    transaction.execute("UPDATE courses SET enrollment_key = :key WHERE id = :id", {"id": course_id, "key": key})


def key_of(transaction: Transaction, course_id: int) -> str | None:
    key: str | None = value(transaction, "SELECT enrollment_key FROM courses WHERE id = :id", {"id": course_id})
    return key


def set_prerequisites(transaction: Transaction, course_id: int, slugs: Iterable[str]) -> None:
    transaction.execute("DELETE FROM course_prerequisites WHERE course_id = :id", {"id": course_id})
    for slug in slugs:
        transaction.execute(
            """
            INSERT INTO course_prerequisites (course_id, prerequisite_slug) VALUES (:id, :slug)
            ON CONFLICT DO NOTHING
            """,
            {"id": course_id, "slug": slug},
        )


def prerequisite_slugs(transaction: Transaction, slug: str) -> list[str]:
    """The slugs of what the course with a slug needs, in their order."""
    return values(
        transaction,
        """
        SELECT prerequisite_slug FROM course_prerequisites
        WHERE course_id = (SELECT id FROM courses WHERE slug = :slug) ORDER BY prerequisite_slug
        """,
        {"slug": slug},
    )


def prerequisite_names(transaction: Transaction, course_id: int) -> tuple[str, ...]:
    """The titles of what a course needs, or the slug where there is no such course."""
    found = values(
        transaction,
        """
        SELECT COALESCE(courses.title, needed.prerequisite_slug) FROM course_prerequisites AS needed
        LEFT JOIN courses ON courses.slug = needed.prerequisite_slug
        WHERE needed.course_id = :id ORDER BY needed.prerequisite_slug
        """,
        {"id": course_id},
    )
    return tuple(found)


def set_here(transaction: Transaction, course_id: int) -> frozenset[str]:
    """The names of the rules that were set here, and not by the course's files."""
    kept: str | None = value(transaction, "SELECT set_here FROM courses WHERE id = :id", {"id": course_id})
    return frozenset(json.loads(kept or "[]"))


def save_set_here(transaction: Transaction, course_id: int, names: Iterable[str]) -> None:
    transaction.execute(
        "UPDATE courses SET set_here = :names WHERE id = :id", {"id": course_id, "names": json.dumps(sorted(names))}
    )


def waiting_count(transaction: Transaction, course_id: int) -> int:
    count: int = value(transaction, "SELECT COUNT(*) FROM waitlist WHERE course_id = :id", {"id": course_id})
    return count


def courses_taught(transaction: Transaction, user_id: int | None, *, limit: int) -> list[TaughtCourse]:
    """The courses that somebody was named for, or for None all there are: those with learners first, then by title."""
    from azora_tui.models.course_rules import CourseState, TaughtCourse

    mine = "JOIN course_teachers AS mine ON mine.course_id = courses.id AND mine.user_id = :user_id"
    found = rows(
        transaction,
        f"""
        SELECT courses.id, slug, title, state, students, seats,
            (SELECT COUNT(*) FROM waitlist WHERE waitlist.course_id = courses.id) AS waiting
        FROM courses {mine if user_id is not None else ""}
        ORDER BY students = 0, sort_title, courses.id LIMIT :limit
        """,  # noqa: S608  # only our own words
        {"limit": limit} if user_id is None else {"user_id": user_id, "limit": limit},
    )
    return [
        TaughtCourse(row.id, row.slug, row.title, CourseState(row.state), row.students, row.seats, row.waiting)
        for row in found
    ]


def wrong_keys(transaction: Transaction, *, user_id: int, course_id: int, since: str) -> list[str]:
    """When a learner tried a wrong key at a course, after a time, the latest first."""
    return values(
        transaction,
        """
        SELECT at FROM wrong_keys WHERE user_id = :user_id AND course_id = :course_id AND at > :since
        ORDER BY at DESC, id DESC
        """,
        {"user_id": user_id, "course_id": course_id, "since": since},
    )


def add_wrong_key(transaction: Transaction, *, user_id: int, course_id: int, at: str) -> None:
    transaction.execute(
        "INSERT INTO wrong_keys (course_id, user_id, at) VALUES (:course_id, :user_id, :at)",
        {"course_id": course_id, "user_id": user_id, "at": at},
    )


def forget_wrong_keys(transaction: Transaction, *, user_id: int, course_id: int, until: str) -> None:
    transaction.execute(
        "DELETE FROM wrong_keys WHERE user_id = :user_id AND course_id = :course_id AND at <= :until",
        {"user_id": user_id, "course_id": course_id, "until": until},
    )


def waits_in_vain(transaction: Transaction, user_id: int) -> list[tuple[int, str]]:
    """(id, title) of the archived courses on whose waitlist somebody still is, the longest first."""
    return rows(
        transaction,
        """
        SELECT courses.id, courses.title FROM waitlist JOIN courses ON courses.id = waitlist.course_id
        WHERE waitlist.user_id = :user_id AND courses.state = 'archived' ORDER BY waitlist.joined_at, waitlist.uuid
        """,
        {"user_id": user_id},
    )


def waits(transaction: Transaction, *, user_id: int, course_id: int) -> bool:
    """Whether somebody is on the waitlist of a course."""
    found = value(
        transaction,
        "SELECT 1 FROM waitlist WHERE course_id = :course_id AND user_id = :user_id",
        {"course_id": course_id, "user_id": user_id},
    )
    return found is not None
