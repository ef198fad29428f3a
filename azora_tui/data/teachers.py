"""Statements on who teaches a course, and on what people are called there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data.transaction import rows, value, values

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.models.course_rules import Teacher


def add_teacher(transaction: Transaction, *, course_id: int, user_id: int, now: str) -> bool:
    """Whether the person did not teach the course before."""
    added = value(
        transaction,
        """
        INSERT INTO course_teachers (course_id, user_id, added_at) VALUES (:course_id, :user_id, :now)
        ON CONFLICT DO NOTHING RETURNING course_id
        """,
        {"course_id": course_id, "user_id": user_id, "now": now},
    )
    return added is not None


def remove_teacher(transaction: Transaction, *, course_id: int, user_id: int) -> bool:
    """Whether the person taught the course until now."""
    removed = value(
        transaction,
        "DELETE FROM course_teachers WHERE course_id = :course_id AND user_id = :user_id RETURNING course_id",
        {"course_id": course_id, "user_id": user_id},
    )
    return removed is not None


def teaches(transaction: Transaction, *, course_id: int, user_id: int) -> bool:
    taught = value(
        transaction,
        "SELECT 1 FROM course_teachers WHERE course_id = :course_id AND user_id = :user_id",
        {"course_id": course_id, "user_id": user_id},
    )
    return taught is not None


def nameless(transaction: Transaction, course_id: int) -> list[int]:
    """Who is or was in a course and has no name here, since they did nothing after names were written down."""
    return values(
        transaction,
        """
        SELECT learners.user_id FROM learners
        JOIN enrollments ON enrollments.user_id = learners.user_id AND enrollments.course_id = :course_id
        WHERE learners.name = '' AND learners.closed_at IS NULL
        """,
        {"course_id": course_id},
    )


def name_learner(transaction: Transaction, *, user_id: int, name: str, email: str) -> None:
    """Write down what somebody is called; a name that stands there already is newer."""
    transaction.execute(
        "UPDATE learners SET name = :name, email = :email WHERE user_id = :user_id AND name = ''",
        {"user_id": user_id, "name": name, "email": email},
    )


def teacher_ids(transaction: Transaction, course_id: int) -> list[int]:
    """Who teaches a course, whoever began first."""
    return values(
        transaction,
        "SELECT user_id FROM course_teachers WHERE course_id = :course_id ORDER BY added_at, user_id",
        {"course_id": course_id},
    )


def teachers_of(transaction: Transaction, course_id: int) -> list[Teacher]:
    """Who teaches a course and what they are called, whoever began first."""
    from azora_tui.models.course_rules import Teacher

    found = rows(
        transaction,
        """
        SELECT mine.user_id, COALESCE(uuid, '') AS uuid, COALESCE(name, '') AS name, COALESCE(email, '') AS email
        FROM course_teachers AS mine LEFT JOIN learners ON learners.user_id = mine.user_id
        WHERE mine.course_id = :course_id ORDER BY mine.added_at, mine.user_id
        """,
        {"course_id": course_id},
    )
    return [Teacher(*row) for row in found]
