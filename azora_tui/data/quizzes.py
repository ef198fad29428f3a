"""Statements on attempts at quizzes and the answers in them."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from azora_tui.data.courses import MAX_ID
from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.models.quizzes import (
    Answer,
    Attempt,
    Option,
    PastAttempt,
    Question,
    QuestionKind,
    QuizStanding,
    Response,
)
from azora_tui.times import from_text, from_text_or_none

_ATTEMPT = """
    SELECT id, uuid, enrollment_id, lesson_id, course_version, pass_percent, questions, started_at, finished_at, score
    FROM attempts
"""


def insert_attempt(
    transaction: Transaction,
    *,
    uuid: str,
    enrollment_id: int,
    lesson_id: int,
    course_version: str,
    pass_percent: int,
    questions: Sequence[Question],
    now: str,
) -> int:
    attempt_id: int = value(
        transaction,
        """
        INSERT INTO attempts (uuid, enrollment_id, lesson_id, course_version, pass_percent, questions, started_at)
        VALUES (:uuid, :enrollment_id, :lesson_id, :course_version, :pass_percent, :questions, :now)
        RETURNING id
        """,
        {
            "uuid": uuid,
            "enrollment_id": enrollment_id,
            "lesson_id": lesson_id,
            "course_version": course_version,
            "pass_percent": pass_percent,
            "questions": _to_json([question_to_json(each) for each in questions]),
            "now": now,
        },
    )
    return attempt_id


def attempt_by_id(transaction: Transaction, attempt_id: int) -> Attempt | None:
    if not 0 < attempt_id <= MAX_ID:
        return None
    return _attempt(transaction, one(transaction, _ATTEMPT + "WHERE id = :id", {"id": attempt_id}))


def latest_attempt(transaction: Transaction, *, enrollment_id: int, lesson_id: int) -> Attempt | None:
    """The attempt begun last; if one is under way, it is that one."""
    row = one(
        transaction,
        _ATTEMPT
        + """
        WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id
        ORDER BY CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END, started_at DESC, uuid DESC LIMIT 1
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id},
    )
    return _attempt(transaction, row)


def attempt_owner(transaction: Transaction, attempt_id: int) -> int | None:
    """The user whose attempt it is."""
    owner: int | None = value(
        transaction,
        """
        SELECT enrollments.user_id FROM attempts
        JOIN enrollments ON enrollments.id = attempts.enrollment_id
        WHERE attempts.id = :id
        """,
        {"id": attempt_id},
    )
    return owner


def standing(transaction: Transaction, *, enrollment_id: int, lesson_id: int) -> QuizStanding:
    """Every finished attempt of one enrollment at a lesson's quiz, and how far the one under way is."""
    finished: list[PastAttempt] = []
    answered: int | None = None
    found = rows(
        transaction,
        """
        SELECT id, course_version, pass_percent, score, started_at, finished_at,
            (SELECT COUNT(*) FROM answers WHERE answers.attempt_id = attempts.id) AS answered
        FROM attempts WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id ORDER BY started_at, uuid
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id},
    )
    for row in found:
        if row.finished_at is None:
            answered = row.answered
        else:
            finished.append(
                PastAttempt(
                    id=row.id,
                    course_version=row.course_version,
                    pass_percent=row.pass_percent,
                    score=row.score,
                    started_at=from_text(row.started_at),
                    finished_at=from_text(row.finished_at),
                )
            )
    return QuizStanding(tuple(finished), answered)


def insert_answer(
    transaction: Transaction,
    *,
    uuid: str,
    attempt_id: int,
    question_id: str,
    given: Response,
    correct: bool,
    hint_used: bool,
    now: str,
) -> None:
    transaction.execute(
        """
        INSERT INTO answers (uuid, attempt_id, question_id, given, correct, hint_used, answered_at)
        VALUES (:uuid, :attempt_id, :question_id, :given, :correct, :hint_used, :now)
        """,
        {
            "uuid": uuid,
            "attempt_id": attempt_id,
            "question_id": question_id,
            "given": _to_json(given),
            "correct": int(correct),
            "hint_used": int(hint_used),
            "now": now,
        },
    )


def insert_hint(transaction: Transaction, *, uuid: str, attempt_id: int, question_id: str, now: str) -> bool:
    """Write down that a hint was looked at; False where that was written down before."""
    found = value(
        transaction,
        """
        INSERT INTO hints_opened (attempt_id, question_id, uuid, opened_at)
        VALUES (:attempt_id, :question_id, :uuid, :now) ON CONFLICT DO NOTHING RETURNING uuid
        """,
        {"attempt_id": attempt_id, "question_id": question_id, "uuid": uuid, "now": now},
    )
    return found is not None


def finish_attempt(transaction: Transaction, attempt_id: int, *, score: int, now: str, utc_offset: int) -> None:
    transaction.execute(
        "UPDATE attempts SET score = :score, finished_at = :now, utc_offset = :utc_offset WHERE id = :id",
        {"id": attempt_id, "score": score, "now": now, "utc_offset": utc_offset},
    )


def question_to_json(question: Question) -> dict[str, Any]:
    """A question as values that JSON knows; one without ranges or outcomes is as it was before there were any."""
    kept = {**asdict(question), "kind": question.kind.value}
    for name in ("ranges", "outcomes"):
        if not kept[name]:
            del kept[name]
    return kept


def question_from_json(kept: dict[str, Any]) -> Question:
    return Question(
        **{
            **kept,
            "kind": QuestionKind(kept["kind"]),
            "options": tuple(Option(**option) for option in kept["options"]),
            "accepted": tuple(kept["accepted"]),
            "ranges": tuple(kept.get("ranges", ())),
            "outcomes": tuple(kept.get("outcomes", ())),
        }
    )


def _attempt(transaction: Transaction, row: Any) -> Attempt | None:
    if row is None:
        return None
    answers = rows(
        transaction,
        """
        SELECT question_id, given, correct, hint_used, answered_at FROM answers
        WHERE attempt_id = :id ORDER BY answered_at, uuid
        """,
        {"id": row.id},
    )
    hints = values(transaction, "SELECT question_id FROM hints_opened WHERE attempt_id = :id", {"id": row.id})
    return Attempt(
        id=row.id,
        uuid=row.uuid,
        enrollment_id=row.enrollment_id,
        lesson_id=row.lesson_id,
        course_version=row.course_version,
        pass_percent=row.pass_percent,
        questions=tuple(question_from_json(each) for each in json.loads(row.questions)),
        started_at=from_text(row.started_at),
        finished_at=from_text_or_none(row.finished_at),
        score=row.score,
        answers=tuple(
            Answer(
                question_id=answer.question_id,
                given=_given(json.loads(answer.given)),
                correct=bool(answer.correct),
                hint_used=bool(answer.hint_used),
                answered_at=from_text(answer.answered_at),
            )
            for answer in answers
        ),
        hints=frozenset(hints),
    )


def _given(kept: str | list[int]) -> Response:
    return kept if isinstance(kept, str) else tuple(kept)


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
