"""Statements on what was told to somebody. Names and words are read where they stand, and what became untrue since is
not told any more: a request that was answered, a board that one has left, what somebody said who is blocked now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azora_tui.data.company import author, author_columns, not_blocked, not_hidden
from azora_tui.data.transaction import Transaction, rows, value
from azora_tui.times import from_text, from_text_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable

    from azora_tui.models.inbox import Notice, Request

_OF_POSTS = "notices.kind IN ('circle_posted', 'circle_replied', 'post_hidden')"
_OF_CIRCLES = "notices.kind IN ('circle_joined', 'circle_posted', 'circle_replied', 'post_hidden')"
_OF_HELP = "notices.kind IN ('help_asked', 'help_answered', 'help_settled', 'help_given', 'help_hidden')"
_OF_CONNECTIONS = "notices.kind IN ('connection_asked', 'connection_accepted')"

# Of who is said to have answered a question, not every answer is hidden.
_SAYS_SOMETHING = """
    notices.kind <> 'help_answered' OR COALESCE((
        SELECT MIN(said.hidden_reason) FROM help_replies AS said
        WHERE said.request_id = notices.about_id AND said.author_id = notices.actor_id
    ), '') = ''
"""

# What is told to `:viewer` and still true. A request to be connected is told as one (`requests`) while it waits.
_TOLD = f"""
    FROM notices
    LEFT JOIN circle_posts AS posts ON {_OF_POSTS} AND posts.id = notices.about_id
    LEFT JOIN circle_posts AS roots ON roots.id = posts.parent_id
    LEFT JOIN circles
        ON circles.id = CASE WHEN notices.kind = 'circle_joined' THEN notices.about_id ELSE posts.circle_id END
    LEFT JOIN circle_members AS mine ON mine.circle_id = circles.id AND mine.user_id = notices.user_id
    LEFT JOIN connections ON {_OF_CONNECTIONS} AND connections.id = notices.about_id
    LEFT JOIN help_requests AS asked ON {_OF_HELP} AND asked.id = notices.about_id
    WHERE notices.user_id = :viewer AND {not_blocked("notices.actor_id")} AND {not_blocked("roots.author_id")}
        AND {not_hidden("posts")} AND {not_hidden("asked", "asker_id")} AND ({_SAYS_SOMETHING})
        AND (NOT ({_OF_CIRCLES}) OR mine.user_id IS NOT NULL)
        AND (NOT ({_OF_CONNECTIONS}) OR connections.id IS NOT NULL)
"""  # only our own words
_ASKED = f"""
    FROM connections JOIN learners ON learners.user_id = connections.asker_id AND learners.closed_at IS NULL
    WHERE connections.asked_id = :viewer AND connections.accepted_at IS NULL AND {not_blocked("connections.asker_id")}
"""  # only our own words
_IS_NEW = """
    EXISTS (
        SELECT 1 FROM notices WHERE notices.kind = 'connection_asked' AND notices.about_id = connections.id
            AND notices.user_id = :viewer AND notices.read_at IS NULL
    )
"""


def notices(transaction: Transaction, *, viewer: int, read: bool, limit: int) -> list[Notice]:
    """Newest first: only what they have not read, or with `read` all of it."""
    from azora_tui.models.inbox import Notice

    found = rows(
        transaction,
        f"""
        SELECT notices.uuid, notices.kind, notices.about_id, notices.at, notices.read_at, notices.course_id,
            notices.lesson_id, circles.id AS circle_id, circles.name AS circle_name,
            COALESCE(posts.text, connections.words, '') AS words,
            (SELECT courses.title FROM courses WHERE courses.id = notices.course_id) AS course_title,
            (SELECT lessons.title FROM lessons WHERE lessons.id = notices.lesson_id) AS lesson_title,
            {author_columns("notices.actor_id", known=f"({_OF_CIRCLES} OR {_OF_CONNECTIONS})")}
        {_TOLD} AND notices.kind <> 'connection_asked' {"" if read else "AND notices.read_at IS NULL"}
        ORDER BY notices.at DESC, notices.id DESC LIMIT :limit
        """,  # noqa: S608  # only our own words
        {"viewer": viewer, "limit": limit},
    )
    return [
        Notice(
            uuid=row.uuid,
            kind=row.kind,
            about_id=row.about_id,
            actor=None if row.author_id is None else author(row, viewer=viewer),
            at=from_text(row.at),
            read_at=from_text_or_none(row.read_at),
            course_id=row.course_id,
            course_title=row.course_title or "",
            lesson_id=row.lesson_id,
            lesson_title=row.lesson_title or "",
            circle_id=row.circle_id,
            circle_name=row.circle_name or "",
            words=row.words,
        )
        for row in found
    ]


def requests(transaction: Transaction, *, viewer: int) -> list[Request]:
    """Who asks to be connected, the newest first; who asks, shows their name by that."""
    found = rows(
        transaction,
        f"""
        SELECT connections.id, connections.words, connections.asked_at,
            {author_columns("connections.asker_id", known="1")},
            CASE WHEN {_IS_NEW} THEN 1 ELSE 0 END AS is_new
        {_ASKED} ORDER BY connections.asked_at DESC, connections.id DESC
        """,  # only our own words
        {"viewer": viewer},
    )
    return [_request(row, viewer) for row in found]


def count(transaction: Transaction, viewer: int) -> int:
    """How much is new, as `notices` and `requests` have it."""
    told: int = value(
        transaction,
        f"SELECT COUNT(*) {_TOLD} AND notices.kind <> 'connection_asked' AND notices.read_at IS NULL",
        {"viewer": viewer},
    )
    asked: int = value(
        transaction,
        f"SELECT COUNT(*) {_ASKED} AND {_IS_NEW}",
        {"viewer": viewer},
    )
    return told + asked


def mark_read(
    transaction: Transaction, *, user_id: int, uuids: Iterable[str], connection_ids: Iterable[int], now: str
) -> None:
    """Notices by their own id, and what was told of requests by that of the connection."""
    transaction.executemany(
        "UPDATE notices SET read_at = :now WHERE uuid = :uuid AND user_id = :user_id AND read_at IS NULL",
        [{"uuid": uuid, "user_id": user_id, "now": now} for uuid in uuids],
    )
    transaction.executemany(
        """
        UPDATE notices SET read_at = :now
        WHERE kind = 'connection_asked' AND about_id = :id AND user_id = :user_id AND read_at IS NULL
        """,
        [{"id": connection_id, "user_id": user_id, "now": now} for connection_id in connection_ids],
    )


def _request(row: Any, viewer: int) -> Request:
    from azora_tui.models.inbox import Request

    return Request(row.id, author(row, viewer=viewer), row.words, from_text(row.asked_at), bool(row.is_new))
