"""Statements that every kind of company shares: who exists for whom, who is called what, and what is told to whom.

Each fragment names people by a column, and who reads by the parameter `:viewer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from azora_tui.data.transaction import Transaction, value

if TYPE_CHECKING:
    from azora_tui.models.together import Author


def not_blocked(column: str) -> str:
    """A condition: the person of `column` exists for `:viewer`. Nobody (NULL) and oneself do."""
    return f"""
        NOT EXISTS (SELECT 1 FROM blocks WHERE blocks.blocker_id = :viewer AND blocks.blocked_id = {column})
        AND NOT EXISTS (SELECT 1 FROM blocks WHERE blocks.blocked_id = :viewer AND blocks.blocker_id = {column})
    """  # noqa: S608  # only our own words


def not_hidden(table: str, author: str = "author_id") -> str:
    """A condition: the words of a row were not hidden, or are `:viewer`'s own. No row is not hidden."""
    return f"(COALESCE({table}.hidden_reason, '') = '' OR {table}.{author} = :viewer)"


def author_columns(column: str, *, known: str = "0") -> str:
    """Columns that `author` reads: the person of `column` as `:viewer` may know them.

    A name is shown to oneself, of an open profile, to who is connected, and where the condition `known` holds.
    """
    return f"""
        {column} AS author_id,
        (SELECT learners.closed_at IS NOT NULL FROM learners WHERE learners.user_id = {column}) AS author_closed,
        (
            SELECT COALESCE(NULLIF(profiles.display_name, ''), learners.name) FROM learners
            LEFT JOIN profiles ON profiles.user_id = learners.user_id
            WHERE learners.user_id = {column} AND (
                learners.user_id = :viewer OR profiles.is_open = 1 OR {known} OR EXISTS (
                    SELECT 1 FROM connections WHERE connections.accepted_at IS NOT NULL AND (
                        (connections.asker_id = :viewer AND connections.asked_id = {column})
                        OR (connections.asked_id = :viewer AND connections.asker_id = {column})
                    )
                )
            )
        ) AS author_name
    """  # noqa: S608  # only our own words


def author(row: Any, *, viewer: int) -> Author:
    """Who the columns of `author_columns` speak of; nobody (NULL) is who has left."""
    from azora_tui.models.together import Author

    if row.author_id is None:
        return Author(None, None, gone=True)
    mine = row.author_id == viewer
    if row.author_closed and not mine:
        return Author(None, None, gone=True)
    return Author(row.author_id if row.author_name or mine else None, row.author_name or None, mine=mine)


def are_blocked(transaction: Transaction, user_id: int, other_id: int) -> bool:
    """Whether two people do not exist for each other."""
    found: int = value(
        transaction,
        """
        SELECT EXISTS (
            SELECT 1 FROM blocks
            WHERE (blocker_id = :one AND blocked_id = :other) OR (blocker_id = :other AND blocked_id = :one)
        )
        """,
        {"one": user_id, "other": other_id},
    )
    return bool(found)


def is_there(transaction: Transaction, user_id: int, *, viewer: int) -> bool:
    """Whether somebody is in this school for who asks: known here, not closed, and not blocked in either direction."""
    found: int = value(
        transaction,
        f"""
        SELECT EXISTS (
            SELECT 1 FROM learners
            WHERE learners.user_id = :user_id AND learners.closed_at IS NULL AND {not_blocked("learners.user_id")}
        )
        """,  # noqa: S608  # only our own words
        {"user_id": user_id, "viewer": viewer},
    )
    return bool(found)


def add_notice(
    transaction: Transaction,
    *,
    uuid: str,
    user_id: int,
    kind: str,
    about_id: int,
    actor_id: int | None,
    now: str,
    course_id: int | None = None,
    lesson_id: int | None = None,
) -> None:
    transaction.execute(
        """
        INSERT INTO notices (uuid, user_id, kind, about_id, actor_id, course_id, lesson_id, at)
        VALUES (:uuid, :user_id, :kind, :about_id, :actor_id, :course_id, :lesson_id, :now)
        """,
        {
            "uuid": uuid,
            "user_id": user_id,
            "kind": kind,
            "about_id": about_id,
            "actor_id": actor_id,
            "course_id": course_id,
            "lesson_id": lesson_id,
            "now": now,
        },
    )


def remove_notices(
    transaction: Transaction, kinds: Sequence[str], about_id: int, *, user_id: int | None = None
) -> None:
    """Take back what was told of a row that is no more: to everybody, or to one person."""
    for kind in kinds:
        transaction.execute(
            "DELETE FROM notices WHERE kind = :kind AND about_id = :about_id AND :user_id IN (0, user_id)",
            {"kind": kind, "about_id": about_id, "user_id": user_id or 0},
        )


def posts_since(transaction: Transaction, user_id: int, since: str) -> int:
    """How often somebody posted since a time; what is older is forgotten."""
    transaction.execute(
        "DELETE FROM recent_posts WHERE user_id = :user_id AND at <= :since", {"user_id": user_id, "since": since}
    )
    found: int = value(
        transaction,
        "SELECT COUNT(*) FROM recent_posts WHERE user_id = :user_id AND at > :since",
        {"user_id": user_id, "since": since},
    )
    return found


def add_post(transaction: Transaction, user_id: int, *, now: str) -> None:
    transaction.execute(
        "INSERT INTO recent_posts (user_id, at) VALUES (:user_id, :now)", {"user_id": user_id, "now": now}
    )
