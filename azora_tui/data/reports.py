"""Statements on what people report to who teaches: the same for whatever kind of words it is."""

from __future__ import annotations

from typing import Any

from azora_tui.data.courses import MAX_ID
from azora_tui.data.transaction import Transaction, one, rows, value

POST, QUESTION, REPLY = "circle_post", "help_request", "help_reply"
"""What is reported, beside pieces of wisdom (`wisdom.REPORTS`): a row of circle_posts, help_requests, help_replies."""


def add(
    transaction: Transaction,
    *,
    uuid: str,
    kind: str,
    about_id: int,
    course_id: int,
    reporter_id: int,
    reason: str,
    now: str,
) -> bool:
    """Whether the person had not reported this before."""
    added = value(
        transaction,
        """
        INSERT INTO reports (uuid, kind, about_id, course_id, reporter_id, reason, at)
        VALUES (:uuid, :kind, :about_id, :course_id, :reporter_id, :reason, :now)
        ON CONFLICT (kind, about_id, reporter_id) DO NOTHING RETURNING id
        """,
        {
            "uuid": uuid,
            "kind": kind,
            "about_id": about_id,
            "course_id": course_id,
            "reporter_id": reporter_id,
            "reason": reason,
            "now": now,
        },
    )
    return added is not None


def waiting(transaction: Transaction, teacher_id: int | None, *, limit: int) -> list[Any]:
    """Reports that nobody has settled, the oldest first: of the courses of a teacher, or with None of all."""
    named = """
        AND EXISTS (
            SELECT 1 FROM course_teachers
            WHERE course_teachers.course_id = reports.course_id AND course_teachers.user_id = :teacher_id
        )
    """
    return rows(
        transaction,
        f"""
        SELECT reports.id, reports.kind, reports.about_id, reports.course_id, reports.reason, reports.at FROM reports
        WHERE reports.settled_at IS NULL {"" if teacher_id is None else named}
        ORDER BY reports.at, reports.id LIMIT :limit
        """,  # noqa: S608  # only our own words
        {"limit": limit} if teacher_id is None else {"limit": limit, "teacher_id": teacher_id},
    )


def count_waiting(transaction: Transaction, teacher_id: int | None) -> int:
    named = """
        AND EXISTS (
            SELECT 1 FROM course_teachers
            WHERE course_teachers.course_id = reports.course_id AND course_teachers.user_id = :teacher_id
        )
    """
    number: int = value(
        transaction,
        f"SELECT COUNT(*) FROM reports WHERE settled_at IS NULL {'' if teacher_id is None else named}",  # noqa: S608
        {} if teacher_id is None else {"teacher_id": teacher_id},
    )
    return number


def find(transaction: Transaction, report_id: int) -> Any:
    """The report, settled or not; None where there is none."""
    if not 0 < report_id <= MAX_ID:
        return None
    return one(transaction, "SELECT id, kind, about_id, course_id FROM reports WHERE id = :id", {"id": report_id})


def settle(transaction: Transaction, kind: str, about_id: int, *, now: str) -> None:
    """All that was reported of something is looked after."""
    transaction.execute(
        "UPDATE reports SET settled_at = :now WHERE kind = :kind AND about_id = :about_id AND settled_at IS NULL",
        {"kind": kind, "about_id": about_id, "now": now},
    )


def remove(transaction: Transaction, kind: str, about_id: int) -> None:
    """All that was reported of something that is no more."""
    transaction.execute(
        "DELETE FROM reports WHERE kind = :kind AND about_id = :about_id", {"kind": kind, "about_id": about_id}
    )


def forget_reporter(transaction: Transaction, user_id: int) -> None:
    transaction.execute("DELETE FROM reports WHERE reporter_id = :user_id", {"user_id": user_id})
