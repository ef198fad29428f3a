"""Statements on attempts at quizzes and the answers in them."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import apsw

from azora_tui.data.courses import MAX_ID
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
    connection: apsw.Connection,
    *,
    uuid: str,
    enrollment_id: int,
    lesson_id: int,
    course_version: str,
    pass_percent: int,
    questions: Sequence[Question],
    now: str,
) -> int:
    attempt_id: int = connection.execute(
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
    ).get
    return attempt_id


def attempt_by_id(connection: apsw.Connection, attempt_id: int) -> Attempt | None:
    if not 0 < attempt_id <= MAX_ID:
        return None
    return _attempt(connection, connection.execute(_ATTEMPT + "WHERE id = :id", {"id": attempt_id}).fetchone())


def latest_attempt(connection: apsw.Connection, *, enrollment_id: int, lesson_id: int) -> Attempt | None:
    """The attempt begun last; if one is under way, it is that one."""
    row = connection.execute(
        _ATTEMPT
        + """
        WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id ORDER BY started_at DESC, uuid DESC LIMIT 1
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id},
    ).fetchone()
    return _attempt(connection, row)


def attempt_owner(connection: apsw.Connection, attempt_id: int) -> int | None:
    """The user whose attempt it is."""
    owner: int | None = connection.execute(
        """
        SELECT enrollments.user_id FROM attempts
        JOIN enrollments ON enrollments.id = attempts.enrollment_id
        WHERE attempts.id = :id
        """,
        {"id": attempt_id},
    ).get
    return owner


def standing(connection: apsw.Connection, *, enrollment_id: int, lesson_id: int) -> QuizStanding:
    """Every finished attempt of one enrollment at a lesson's quiz, and how far the one under way is."""
    finished: list[PastAttempt] = []
    answered: int | None = None
    rows = connection.execute(
        """
        SELECT id, course_version, pass_percent, score, started_at, finished_at,
            (SELECT COUNT(*) FROM answers WHERE answers.attempt_id = attempts.id)
        FROM attempts WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id ORDER BY started_at, uuid
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id},
    )
    for id_, version, pass_percent, score, started_at, finished_at, count in rows:
        if finished_at is None:
            answered = count
        else:
            times = from_text(started_at), from_text(finished_at)
            finished.append(PastAttempt(id_, version, pass_percent, score, *times))
    return QuizStanding(tuple(finished), answered)


def insert_answer(
    connection: apsw.Connection,
    *,
    uuid: str,
    attempt_id: int,
    question_id: str,
    given: Response,
    correct: bool,
    hint_used: bool,
    now: str,
) -> None:
    connection.execute(
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


def finish_attempt(connection: apsw.Connection, attempt_id: int, *, score: int, now: str) -> None:
    connection.execute(
        "UPDATE attempts SET score = :score, finished_at = :now WHERE id = :id",
        {"id": attempt_id, "score": score, "now": now},
    )


def question_to_json(question: Question) -> dict[str, Any]:
    """A question as values that JSON knows."""
    return {**asdict(question), "kind": question.kind.value}


def question_from_json(kept: dict[str, Any]) -> Question:
    return Question(
        **{
            **kept,
            "kind": QuestionKind(kept["kind"]),
            "options": tuple(Option(**option) for option in kept["options"]),
            "accepted": tuple(kept["accepted"]),
        }
    )


def _attempt(connection: apsw.Connection, row: tuple[Any, ...] | None) -> Attempt | None:
    if row is None:
        return None
    id_, uuid, enrollment_id, lesson_id, course_version, pass_percent, questions, started_at, finished_at, score = row
    answers = connection.execute(
        """
        SELECT question_id, given, correct, hint_used, answered_at FROM answers
        WHERE attempt_id = :id ORDER BY answered_at, uuid
        """,
        {"id": id_},
    )
    return Attempt(
        id=id_,
        uuid=uuid,
        enrollment_id=enrollment_id,
        lesson_id=lesson_id,
        course_version=course_version,
        pass_percent=pass_percent,
        questions=tuple(question_from_json(each) for each in json.loads(questions)),
        started_at=from_text(started_at),
        finished_at=from_text_or_none(finished_at),
        score=score,
        answers=tuple(
            Answer(question_id, _given(json.loads(given)), bool(correct), bool(hint_used), from_text(answered_at))
            for question_id, given, correct, hint_used, answered_at in answers
        ),
    )


def _given(kept: str | list[int]) -> Response:
    return kept if isinstance(kept, str) else tuple(kept)


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
