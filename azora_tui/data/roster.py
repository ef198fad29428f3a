"""Statements on the people of one course."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data.transaction import rows
from azora_tui.models.roster import RosterLine
from azora_tui.times import from_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azora_tui.data.transaction import Transaction


def lines(transaction: Transaction, course_id: int) -> Iterator[RosterLine]:
    """Who is or was enrolled in a course, by name, then who waits for a seat, in the order of the line; nobody who has
    left the school for good."""
    for row in rows(
        transaction,
        """
        SELECT COALESCE(name, '') AS name, COALESCE(email, '') AS email, mine.status,
            CASE WHEN courses.required_count > 0 THEN mine.progress END AS progress, mine.enrolled_at
        FROM enrollments AS mine
        JOIN courses ON courses.id = mine.course_id
        LEFT JOIN learners ON learners.user_id = mine.user_id
        WHERE mine.course_id = :id AND (learners.name <> '' OR learners.closed_at IS NULL)
        ORDER BY COALESCE(name, ''), COALESCE(email, ''), mine.uuid
        """,
        {"id": course_id},
    ):
        yield RosterLine(row.name, row.email, row.status, row.progress, from_text(row.enrolled_at))
    for row in rows(
        transaction,
        """
        SELECT COALESCE(name, '') AS name, COALESCE(email, '') AS email, joined_at
        FROM waitlist LEFT JOIN learners ON learners.user_id = waitlist.user_id
        WHERE waitlist.course_id = :id ORDER BY joined_at, waitlist.uuid
        """,
        {"id": course_id},
    ):
        yield RosterLine(row.name, row.email, "waiting", None, from_text(row.joined_at))
