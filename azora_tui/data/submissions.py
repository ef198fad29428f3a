"""Statements on what learners write on tasks and hand in, and on the answer to each version."""

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from azora_tui.data.courses import MAX_ID
from azora_tui.data.task_shapes import task_from_json, task_to_json, to_json
from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.models.submissions import Submission, TaskAnswer
from azora_tui.models.tasks import Task
from azora_tui.times import from_text, from_text_or_none

_SUBMISSION = """
    SELECT submissions.id, submissions.uuid, submissions.version, submissions.task_key, submissions.task,
        submissions.text, submissions.handed_in_at, answer.answered_at, answer.accepted, answer.ticked, answer.words,
        answer.read_at, COALESCE(teacher.name, '') AS teacher
    FROM submissions
    LEFT JOIN task_answers AS answer ON answer.submission_id = submissions.id
    LEFT JOIN learners AS teacher ON teacher.user_id = answer.user_id
"""


class SubmissionPlace(NamedTuple):
    """Whose version it is, and of which task."""

    uuid: str
    user_id: int
    enrollment_id: int
    course_id: int
    lesson_id: int
    task_id: str
    is_answered: bool


def draft(transaction: Transaction, *, user_id: int, lesson_id: int, task_id: str) -> str | None:
    text: str | None = value(
        transaction,
        "SELECT text FROM task_drafts WHERE user_id = :user_id AND lesson_id = :lesson_id AND task_key = :task_key",
        {"user_id": user_id, "lesson_id": lesson_id, "task_key": task_id},
    )
    return text


def save_draft(transaction: Transaction, *, user_id: int, lesson_id: int, task_id: str, text: str, now: str) -> None:
    transaction.execute(
        """
        INSERT INTO task_drafts (user_id, lesson_id, task_key, text, updated_at)
        VALUES (:user_id, :lesson_id, :task_key, :text, :now)
        ON CONFLICT (user_id, lesson_id, task_key) DO UPDATE
            SET text = excluded.text, updated_at = excluded.updated_at
        """,
        {"user_id": user_id, "lesson_id": lesson_id, "task_key": task_id, "text": text, "now": now},
    )


def forget_draft(transaction: Transaction, *, user_id: int, lesson_id: int, task_id: str) -> None:
    transaction.execute(
        "DELETE FROM task_drafts WHERE user_id = :user_id AND lesson_id = :lesson_id AND task_key = :task_key",
        {"user_id": user_id, "lesson_id": lesson_id, "task_key": task_id},
    )


def insert_submission(
    transaction: Transaction,
    *,
    uuid: str,
    enrollment_id: int,
    course_id: int,
    lesson_id: int,
    task: Task,
    version: int,
    course_version: str,
    text: str,
    now: str,
    utc_offset: int,
) -> int:
    submission_id: int = value(
        transaction,
        """
        INSERT INTO submissions (uuid, enrollment_id, course_id, lesson_id, task_key, version, course_version, task,
            text, handed_in_at, utc_offset)
        VALUES (:uuid, :enrollment_id, :course_id, :lesson_id, :task_key, :version, :course_version, :task, :text,
            :now, :utc_offset)
        RETURNING id
        """,
        {
            "uuid": uuid,
            "enrollment_id": enrollment_id,
            "course_id": course_id,
            "lesson_id": lesson_id,
            "task_key": task.id,
            "version": version,
            "course_version": course_version,
            "task": to_json(task_to_json(task)),
            "text": text,
            "now": now,
            "utc_offset": utc_offset,
        },
    )
    return submission_id


def submissions_of(
    transaction: Transaction, *, enrollment_id: int, lesson_id: int, task_id: str
) -> tuple[Submission, ...]:
    """Every version of an enrollment's work at a task, oldest first."""
    found = rows(
        transaction,
        _SUBMISSION
        + """
        WHERE submissions.enrollment_id = :enrollment_id AND submissions.lesson_id = :lesson_id
            AND submissions.task_key = :task_key
        ORDER BY submissions.version
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id, "task_key": task_id},
    )
    return tuple(_submission(row) for row in found)


def submission_place(transaction: Transaction, submission_id: int) -> SubmissionPlace | None:
    if not 0 < submission_id <= MAX_ID:
        return None
    row = one(
        transaction,
        """
        SELECT submissions.uuid, enrollments.user_id, enrollment_id, submissions.course_id, lesson_id, task_key,
            is_answered
        FROM submissions JOIN enrollments ON enrollments.id = submissions.enrollment_id WHERE submissions.id = :id
        """,
        {"id": submission_id},
    )
    if row is None:
        return None
    return SubmissionPlace(
        row.uuid,
        row.user_id,
        row.enrollment_id,
        row.course_id,
        row.lesson_id,
        row.task_key,
        bool(row.is_answered),
    )


def learner_name(transaction: Transaction, user_id: int) -> str:
    """What a learner is called, "" where that was never written down."""
    name: str | None = value(transaction, "SELECT name FROM learners WHERE user_id = :id", {"id": user_id})
    return name or ""


def insert_answer(
    transaction: Transaction,
    *,
    submission_id: int,
    uuid: str,
    user_id: int,
    accepted: bool,
    ticked: Collection[int],
    words: str,
    now: str,
) -> None:
    transaction.execute(
        """
        INSERT INTO task_answers (submission_id, uuid, user_id, accepted, ticked, words, answered_at)
        VALUES (:submission_id, :uuid, :user_id, :accepted, :ticked, :words, :now)
        """,
        {
            "submission_id": submission_id,
            "uuid": uuid,
            "user_id": user_id,
            "accepted": int(accepted),
            "ticked": to_json(sorted(ticked)),
            "words": words,
            "now": now,
        },
    )
    transaction.execute("UPDATE submissions SET is_answered = 1 WHERE id = :id", {"id": submission_id})


def mark_read(transaction: Transaction, *, enrollment_id: int, lesson_id: int, task_id: str, now: str) -> list[str]:
    """Note that an enrollment's learner has read every answer at a task; the UUIDs of the versions whose
    answer was unread."""
    return values(
        transaction,
        """
        UPDATE task_answers SET read_at = :now
        WHERE read_at IS NULL AND submission_id IN (
            SELECT id FROM submissions
            WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id AND task_key = :task_key
        )
        RETURNING (SELECT uuid FROM submissions WHERE id = submission_id)
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id, "task_key": task_id, "now": now},
    )


def _submission(row: Any) -> Submission:
    answer = None
    if row.answered_at is not None:
        answer = TaskAnswer(
            by=row.teacher,
            accepted=bool(row.accepted),
            ticked=tuple(json.loads(row.ticked)),
            words=row.words,
            answered_at=from_text(row.answered_at),
            read_at=from_text_or_none(row.read_at),
        )
    return Submission(
        row.id, row.version, task_from_json(row.task_key, row.task), row.text, from_text(row.handed_in_at), answer
    )
