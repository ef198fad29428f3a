"""What somebody takes along, as a person reads it: titles in place of numbers.

`data/personal.py` has all of it, table by table; this is the part that is looked at.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from azora_tui.data.transaction import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azora_tui.data.transaction import Transaction


class Sheet(NamedTuple):
    """A file of rows; `what` says in words what they are."""

    name: str
    what: str
    columns: tuple[str, ...]
    statement: str


SHEETS = (
    Sheet(
        "courses.csv",
        "Your courses, and how far you came in each",
        ("course", "status", "progress", "enrolled_at", "last_accessed_at", "completed_at", "completed_version"),
        """
        SELECT courses.title, mine.status, mine.progress, mine.enrolled_at, mine.last_accessed_at,
            mine.completed_at, mine.completed_version
        FROM enrollments AS mine JOIN courses ON courses.id = mine.course_id
        WHERE mine.user_id = :user_id ORDER BY mine.enrolled_at, mine.id
        """,
    ),
    Sheet(
        "lessons.csv",
        "The lessons that you opened, and the minutes in them",
        ("course", "lesson", "opened_at", "completed_at", "minutes"),
        """
        SELECT courses.title, lessons.title, mine.opened_at, mine.completed_at, mine.time_spent_minutes
        FROM enrollments
        JOIN courses ON courses.id = enrollments.course_id
        JOIN lesson_progress AS mine ON mine.enrollment_id = enrollments.id
        JOIN lessons ON lessons.id = mine.lesson_id
        WHERE enrollments.user_id = :user_id
        ORDER BY enrollments.enrolled_at, enrollments.id, lessons.order_index, lessons.id
        """,
    ),
    Sheet(
        "reviews.csv",
        "Every rating that you gave in the review, and each that you took back",
        ("at", "course", "lesson", "kind", "card", "given_in", "rating", "takes_back"),
        """
        SELECT log.at, courses.title, lessons.title, log.kind, log.card_key, log.given_in, log.rating, undone.at
        FROM review_log AS log
        JOIN lessons ON lessons.id = log.lesson_id
        JOIN courses ON courses.id = lessons.course_id
        LEFT JOIN review_log AS undone ON undone.id = log.undoes
        WHERE log.user_id = :user_id ORDER BY log.at, log.uuid
        """,
    ),
)


class HandedIn(NamedTuple):
    """A version that was handed in; `title` is the task's."""

    course: str
    lesson: str
    title: str
    version: int
    text: str
    handed_in_at: str
    accepted: int | None
    words: str | None
    answered_at: str | None


class Said(NamedTuple):
    """An announcement or a message; `heading` says which, and of whom."""

    heading: str
    course: str
    at: str
    text: str


def lines(transaction: Transaction, sheet: Sheet, user_id: int) -> tuple[list[str], Iterator[Any]]:
    """The columns of a sheet and, one by one, its rows."""
    return list(sheet.columns), iter(transaction.execute(sheet.statement, {"user_id": user_id}))


def quizzes(transaction: Transaction, user_id: int) -> Iterator[dict[str, object]]:
    """Every attempt at a quiz with its questions as they were, and what was answered."""
    for row in rows(
        transaction,
        """
        SELECT attempts.id, courses.title AS course, lessons.title AS lesson, course_version, pass_percent, questions,
            started_at, finished_at, score
        FROM enrollments
        JOIN courses ON courses.id = enrollments.course_id
        JOIN attempts ON attempts.enrollment_id = enrollments.id
        JOIN lessons ON lessons.id = attempts.lesson_id
        WHERE enrollments.user_id = :user_id ORDER BY attempts.started_at, attempts.uuid
        """,
        {"user_id": user_id},
    ):
        answers = rows(
            transaction,
            """
            SELECT question_id AS question, given, correct, hint_used, answered_at FROM answers
            WHERE attempt_id = :attempt_id ORDER BY answered_at, uuid
            """,
            {"attempt_id": row.id},
        )
        told = row._asdict()
        del told["id"]
        yield {
            **told,
            "questions": json.loads(row.questions),
            "answers": [
                {
                    **each._asdict(),
                    "given": json.loads(each.given),
                    "correct": bool(each.correct),
                    "hint_used": bool(each.hint_used),
                }
                for each in answers
            ],
        }


def handed_in(transaction: Transaction, user_id: int) -> list[HandedIn]:
    """What somebody handed in, and the answers to it, in the order of handing in."""
    found = rows(
        transaction,
        """
        SELECT courses.title AS course, lessons.title AS lesson, submissions.task ->> 'title' AS title,
            submissions.version, submissions.text, handed_in_at, answer.accepted, answer.words, answer.answered_at
        FROM enrollments
        JOIN submissions ON submissions.enrollment_id = enrollments.id
        JOIN courses ON courses.id = submissions.course_id
        JOIN lessons ON lessons.id = submissions.lesson_id
        LEFT JOIN task_answers AS answer ON answer.submission_id = submissions.id
        WHERE enrollments.user_id = :user_id ORDER BY handed_in_at, submissions.uuid
        """,
        {"user_id": user_id},
    )
    return [HandedIn(*row) for row in found]


def drafts(transaction: Transaction, user_id: int) -> list[Said]:
    """What somebody is writing on tasks and has not handed in."""
    found = rows(
        transaction,
        """
        SELECT lessons.title AS heading, courses.title AS course, task_drafts.updated_at AS at, text
        FROM task_drafts
        JOIN lessons ON lessons.id = task_drafts.lesson_id
        JOIN courses ON courses.id = lessons.course_id
        WHERE user_id = :user_id ORDER BY task_drafts.updated_at, task_drafts.lesson_id, task_key
        """,
        {"user_id": user_id},
    )
    return [Said(*row) for row in found]


def said(transaction: Transaction, user_id: int) -> list[Said]:
    """What teachers wrote to somebody, and what they themselves announced and wrote as one, oldest first."""
    found = rows(
        transaction,
        """
        SELECT 'You announced' AS heading, courses.title AS course, announcements.at, announcements.text
        FROM announcements JOIN courses ON courses.id = announcements.course_id WHERE author_id = :user_id
        UNION ALL
        SELECT CASE WHEN messages.user_id = :user_id THEN 'To you, from ' || messages.author
            ELSE 'You wrote to a learner' END, courses.title, messages.at, messages.text
        FROM messages JOIN courses ON courses.id = messages.course_id
        WHERE messages.user_id = :user_id OR messages.author_id = :user_id
        ORDER BY 3, 2
        """,
        {"user_id": user_id},
    )
    return [Said(*row) for row in found]


def certificates(transaction: Transaction, user_id: int) -> list[tuple[str, str]]:
    """(uuid, what was signed) of every certificate of somebody, those that others have replaced too."""
    found = rows(
        transaction,
        """
        SELECT credentials.uuid, credentials.jwt FROM enrollments
        JOIN credentials ON credentials.enrollment_id = enrollments.id
        WHERE enrollments.user_id = :user_id ORDER BY credentials.issued_at, credentials.status_index
        """,
        {"user_id": user_id},
    )
    return [(row.uuid, row.jwt) for row in found]
