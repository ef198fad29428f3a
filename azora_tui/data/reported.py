"""Statements on words that were reported in circles and where somebody is stuck: for who teaches, whoever is blocked.

The kinds are those of `data.reports`; wisdom has its own (`data.wisdom_moderation`).
"""

from __future__ import annotations

# ruff: noqa: S608  # only our own words
from typing import TYPE_CHECKING

from azora_tui.data.company import author, author_columns
from azora_tui.data.reports import POST, QUESTION, REPLY
from azora_tui.data.transaction import Transaction, one, value
from azora_tui.times import from_text

if TYPE_CHECKING:
    from azora_tui.models.wisdom import Reported

_TABLES = {POST: "circle_posts", QUESTION: "help_requests", REPLY: "help_replies"}
_AUTHORS = {POST: "author_id", QUESTION: "asker_id", REPLY: "author_id"}
_FOUND = {
    POST: f"""
        SELECT said.id, said.text, said.at, said.hidden_reason, circles.course_id, courses.title AS course_title,
            NULL AS lesson_id, circles.name AS place, {author_columns("said.author_id", known="1")}
        FROM circle_posts AS said
        JOIN circles ON circles.id = said.circle_id
        JOIN courses ON courses.id = circles.course_id
    """,
    QUESTION: f"""
        SELECT said.id, said.text, said.asked_at AS at, said.hidden_reason, said.course_id,
            courses.title AS course_title, said.lesson_id, lessons.title AS place,
            {author_columns("said.asker_id", known="1")}
        FROM help_requests AS said
        JOIN lessons ON lessons.id = said.lesson_id
        JOIN courses ON courses.id = said.course_id
    """,
    REPLY: f"""
        SELECT said.id, said.text, said.at, said.hidden_reason, asked.course_id, courses.title AS course_title,
            asked.lesson_id, lessons.title AS place, {author_columns("said.author_id", known="1")}
        FROM help_replies AS said
        JOIN help_requests AS asked ON asked.id = said.request_id
        JOIN lessons ON lessons.id = asked.lesson_id
        JOIN courses ON courses.id = asked.course_id
    """,
}


def reported(transaction: Transaction, kind: str, about_id: int, *, viewer: int) -> Reported | None:
    """What was reported, its author by name; None for what is no more."""
    from azora_tui.models.wisdom import Reported

    row = one(transaction, f"{_FOUND[kind]} WHERE said.id = :id", {"id": about_id, "viewer": viewer})
    if row is None:
        return None
    return Reported(
        kind=kind,
        id=row.id,
        text=row.text,
        author=author(row, viewer=viewer),
        at=from_text(row.at),
        course_id=row.course_id,
        course_title=row.course_title,
        lesson_id=row.lesson_id,
        place=row.place,
        hidden_reason=row.hidden_reason,
    )


def author_of(transaction: Transaction, kind: str, about_id: int) -> int:
    """Whose words these are; they are there."""
    found: int = value(
        transaction,
        f"SELECT {_AUTHORS[kind]} FROM {_TABLES[kind]} WHERE id = :id",
        {"id": about_id},
    )
    return found


def request_of(transaction: Transaction, reply_id: int) -> int:
    """The question that a reply is to; it is there."""
    found: int = value(transaction, "SELECT request_id FROM help_replies WHERE id = :id", {"id": reply_id})
    return found


def set_hidden(transaction: Transaction, kind: str, about_id: int, *, reason: str, hidden_by: int | None) -> None:
    """Keep words from everybody but their author; with "" and nobody, no longer."""
    transaction.execute(
        f"UPDATE {_TABLES[kind]} SET hidden_reason = :reason, hidden_by = :hidden_by WHERE id = :id",
        {"id": about_id, "reason": reason, "hidden_by": hidden_by},
    )
