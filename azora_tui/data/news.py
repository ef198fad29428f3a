"""Statements on what who teaches a course says to who is in it, and on what of that a learner has read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azora_tui.data.transaction import Transaction, one, rows, value
from azora_tui.times import from_text, from_text_or_none

if TYPE_CHECKING:
    from azora_tui.models.news import Announcement, NewsItem

# What was announced to a learner: in the courses that they are in, since they enrolled, and not by themselves.
_ANNOUNCED = """
    FROM enrollments AS mine
    JOIN announcements ON announcements.course_id = mine.course_id AND announcements.at >= mine.enrolled_at
    JOIN courses ON courses.id = mine.course_id
    LEFT JOIN announcement_reads AS reads
        ON reads.user_id = mine.user_id AND reads.announcement_id = announcements.id
    WHERE mine.user_id = :user_id AND mine.status <> 'left' AND announcements.withdrawn_at IS NULL
        AND announcements.author_id <> :user_id
"""
_ANNOUNCEMENT = """
    SELECT id, uuid, course_id, author, text, at,
        (SELECT COUNT(*) FROM announcement_reads AS reads WHERE reads.announcement_id = announcements.id) AS readers
    FROM announcements
"""


def add_announcement(
    transaction: Transaction, *, uuid: str, course_id: int, author_id: int, author: str, text: str, now: str
) -> int:
    """Returns its id."""
    added: int = value(
        transaction,
        """
        INSERT INTO announcements (uuid, course_id, author_id, author, text, at)
        VALUES (:uuid, :course_id, :author_id, :author, :text, :now) RETURNING id
        """,
        {"uuid": uuid, "course_id": course_id, "author_id": author_id, "author": author, "text": text, "now": now},
    )
    return added


def announcement(transaction: Transaction, announcement_id: int) -> Announcement | None:
    """One that was not withdrawn."""
    row = one(transaction, f"{_ANNOUNCEMENT} WHERE id = :id AND withdrawn_at IS NULL", {"id": announcement_id})
    return None if row is None else _announcement(row)


def announcements_of(transaction: Transaction, course_id: int) -> list[Announcement]:
    """What was announced in a course and not withdrawn, newest first."""
    found = rows(
        transaction,
        f"{_ANNOUNCEMENT} WHERE course_id = :course_id AND withdrawn_at IS NULL ORDER BY at DESC, uuid DESC",
        {"course_id": course_id},
    )
    return [_announcement(row) for row in found]


def withdraw(transaction: Transaction, announcement_id: int, *, now: str) -> None:
    transaction.execute(
        "UPDATE announcements SET withdrawn_at = :now WHERE id = :id AND withdrawn_at IS NULL",
        {"id": announcement_id, "now": now},
    )


def add_message(
    transaction: Transaction,
    *,
    uuid: str,
    course_id: int,
    user_id: int,
    author_id: int,
    author: str,
    text: str,
    now: str,
) -> None:
    transaction.execute(
        """
        INSERT INTO messages (uuid, course_id, user_id, author_id, author, text, at)
        VALUES (:uuid, :course_id, :user_id, :author_id, :author, :text, :now)
        """,
        {
            "uuid": uuid,
            "course_id": course_id,
            "user_id": user_id,
            "author_id": author_id,
            "author": author,
            "text": text,
            "now": now,
        },
    )


def uuid_of_learner_in(transaction: Transaction, *, course_id: int, user_id: int) -> str | None:
    """Who somebody is on every machine; None where they are not in the course."""
    uuid: str | None = value(
        transaction,
        """
        SELECT learners.uuid FROM enrollments JOIN learners ON learners.user_id = enrollments.user_id
        WHERE enrollments.course_id = :course_id AND enrollments.user_id = :user_id AND enrollments.status <> 'left'
        """,
        {"course_id": course_id, "user_id": user_id},
    )
    return uuid


def learner_with_email(transaction: Transaction, *, course_id: int, email: str) -> int | None:
    """Who is in a course and has an e-mail, however its letters are written; of several who came last."""
    user_id: int | None = value(
        transaction,
        """
        SELECT enrollments.user_id FROM enrollments JOIN learners ON learners.user_id = enrollments.user_id
        WHERE enrollments.course_id = :course_id AND enrollments.status <> 'left'
            AND (learners.email = :email OR LOWER(learners.email) = :lowered)
        ORDER BY enrollments.user_id DESC LIMIT 1
        """,
        {"course_id": course_id, "email": email, "lowered": email.lower()},
    )
    return user_id


def announced_to(transaction: Transaction, *, user_id: int, read: bool, limit: int) -> list[NewsItem]:
    """What was announced to a learner, newest first: only what they have not read, or with `read` all of it."""
    found = rows(
        transaction,
        f"""
        SELECT announcements.uuid, announcements.course_id, courses.title AS course_title, announcements.author,
            announcements.text, announcements.at, reads.read_at
        {_ANNOUNCED} {"" if read else "AND reads.read_at IS NULL"}
        ORDER BY announcements.at DESC, announcements.uuid DESC LIMIT :limit
        """,
        {"user_id": user_id, "limit": limit},
    )
    return [_item("announcement", row) for row in found]


def messages_to(transaction: Transaction, *, user_id: int, read: bool, limit: int) -> list[NewsItem]:
    """What was written to a learner, newest first: only what they have not read, or with `read` all of it."""
    found = rows(
        transaction,
        f"""
        SELECT messages.uuid, messages.course_id, courses.title AS course_title, messages.author, messages.text,
            messages.at, messages.read_at
        FROM messages JOIN courses ON courses.id = messages.course_id
        WHERE messages.user_id = :user_id {"" if read else "AND messages.read_at IS NULL"}
        ORDER BY messages.at DESC, messages.uuid DESC LIMIT :limit
        """,  # noqa: S608  # only our own words
        {"user_id": user_id, "limit": limit},
    )
    return [_item("message", row) for row in found]


def answers_to(transaction: Transaction, *, user_id: int, read: bool, limit: int) -> list[NewsItem]:
    """Answers to what a learner has handed in, newest first: only what they have not read, or with `read` all of it."""
    found = rows(
        transaction,
        f"""
        SELECT answer.uuid, submissions.course_id, courses.title AS course_title,
            COALESCE(learners.name, '') AS author, answer.words AS text, answer.answered_at AS at, answer.read_at,
            submissions.lesson_id, lessons.title AS lesson_title, submissions.task_key, submissions.task,
            answer.accepted
        FROM enrollments
        JOIN submissions ON submissions.enrollment_id = enrollments.id
        JOIN task_answers AS answer ON answer.submission_id = submissions.id
        JOIN courses ON courses.id = submissions.course_id
        JOIN lessons ON lessons.id = submissions.lesson_id
        LEFT JOIN learners ON learners.user_id = answer.user_id
        WHERE enrollments.user_id = :user_id AND enrollments.status <> 'left'
            {"" if read else "AND answer.read_at IS NULL"}
        ORDER BY answer.answered_at DESC, answer.uuid DESC LIMIT :limit
        """,  # noqa: S608  # only our own words
        {"user_id": user_id, "limit": limit},
    )
    if not found:
        return []
    from dataclasses import replace

    from azora_tui.data.task_shapes import task_from_json

    return [
        replace(
            _item("task_answer", row),
            lesson_id=row.lesson_id,
            lesson_title=row.lesson_title,
            task_id=row.task_key,
            task_title=task_from_json(row.task_key, row.task).title,
            accepted=bool(row.accepted),
        )
        for row in found
    ]


def read_announcement(transaction: Transaction, *, uuid: str, user_id: int, now: str) -> int | None:
    """Note that a learner has read what was announced to them; its course, or None where that was noted before."""
    found = one(
        transaction,
        f"""
        SELECT announcements.id, announcements.course_id
        {_ANNOUNCED} AND reads.read_at IS NULL AND announcements.uuid = :uuid
        """,
        {"user_id": user_id, "uuid": uuid},
    )
    if found is None:
        return None
    transaction.execute(
        "INSERT INTO announcement_reads (user_id, announcement_id, read_at) VALUES (:user_id, :id, :now)",
        {"user_id": user_id, "id": found.id, "now": now},
    )
    return int(found.course_id)


def read_message(transaction: Transaction, *, uuid: str, user_id: int, now: str) -> int | None:
    """Note that a learner has read what was written to them; its course, or None where that was noted before."""
    course_id: int | None = value(
        transaction,
        """
        UPDATE messages SET read_at = :now WHERE uuid = :uuid AND user_id = :user_id AND read_at IS NULL
        RETURNING course_id
        """,
        {"uuid": uuid, "user_id": user_id, "now": now},
    )
    return course_id


def _announcement(row: Any) -> Announcement:
    from azora_tui.models.news import Announcement

    return Announcement(row.id, row.uuid, row.course_id, row.author, row.text, from_text(row.at), row.readers)


def _item(kind: Any, row: Any) -> NewsItem:
    from azora_tui.models.news import NewsItem

    return NewsItem(
        kind,
        row.uuid,
        row.course_id,
        row.course_title,
        row.author,
        row.text,
        from_text(row.at),
        from_text_or_none(row.read_at),
    )
