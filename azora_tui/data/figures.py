"""Statements on the figures of a course, for who teaches it. Each is answered from an index or from what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from azora_tui.data.transaction import one, rows, value
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.insights import Which
from azora_tui.models.learner_states import FailingQuiz
from azora_tui.times import from_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from azora_tui.data.transaction import Transaction

# Who tries in vain and is not silent; all others who are stuck are.
_FAILING = """
    mine.status = 'active' AND mine.silent_from > :now AND mine.id IN (
        SELECT quiz.enrollment_id FROM quiz_standings AS quiz
        JOIN lessons ON lessons.id = quiz.lesson_id AND lessons.is_published = 1
        WHERE quiz.course_id = :course_id AND quiz.passed = 0 AND quiz.failed >= 3
    )
"""
_SILENT = "mine.status = 'active' AND mine.silent_from <= :now"
_WHICH = {
    Which.ALL: "mine.status <> 'left'",
    Which.NEARLY_DONE: "mine.status = 'active' AND mine.progress >= 80",
    Which.UNDER_WAY: "mine.status = 'active'",
    Which.COMPLETED: "mine.status = 'completed'",
    Which.LEFT: "mine.status = 'left'",
}
# Who fell silent last can still be won back, and comes first.
_BY_SILENCE = "mine.silent_from DESC, mine.id"
_ORDER = {Which.NEARLY_DONE: f"mine.progress DESC, {_BY_SILENCE}"}


class PersonRow(NamedTuple):
    """Somebody in a course, before it is said how they stand."""

    enrollment_id: int
    user_id: int
    name: str
    email: str
    status: EnrollmentStatus
    progress: int | None
    enrolled_on: str
    last_active_on: str | None
    silent_from: datetime
    last_lesson_title: str | None
    gone: bool


class LessonCounts(NamedTuple):
    id: int
    title: str
    required: bool
    opened: int
    completed: int


class QuestionSums(NamedTuple):
    """First answers, and sums over finished first attempts: `rest` is how many of the others were right."""

    answered: int
    answered_right: int
    attempts: int
    right_sum: int
    rest_sum: int
    rest_squares: int
    right_rest: int


class FirstAnswer(NamedTuple):
    """An answer (JSON) in a finished first attempt, and how many of the other questions were right in it."""

    given: str
    rest: int


class Known(NamedTuple):
    """Whether somebody knew it in a review, and when they had first been right."""

    first_right_at: datetime
    at: datetime
    right: bool


def active(transaction: Transaction, course_id: int, *, silent_after: str) -> int:
    """Who is in a course and has learned in it so lately that they are silent only after a stored time."""
    number: int = value(
        transaction,
        """
        SELECT COUNT(*) FROM enrollments
        WHERE course_id = :course_id AND silent_from > :after AND last_active_on IS NOT NULL AND status <> 'left'
        """,
        {"course_id": course_id, "after": silent_after},
    )
    return number


def ever_enrolled(transaction: Transaction, course_id: int) -> dict[EnrollmentStatus, int]:
    found = rows(
        transaction,
        "SELECT status, COUNT(*) AS number FROM enrollments WHERE course_id = :course_id GROUP BY status",
        {"course_id": course_id},
    )
    return {EnrollmentStatus(row.status): row.number for row in found}


def count_people(transaction: Transaction, course_id: int, which: Which, *, now: str) -> int:
    """How many `people` has in all."""
    if which is Which.STUCK:
        stuck = (_count(transaction, course_id, condition, {"now": now}) for condition in (_FAILING, _SILENT))
        return sum(stuck)
    return _count(transaction, course_id, _WHICH[which], {})


def people(
    transaction: Transaction, course_id: int, which: Which, *, now: str, limit: int, offset: int = 0
) -> list[PersonRow]:
    """Some of the people of a course: those stuck and nearly done by what is most urgent, all others by name."""
    if which is not Which.STUCK:
        order = _ORDER.get(which, "learners.name, mine.id")
        return _people(transaction, course_id, _WHICH[which], {}, order=order, limit=limit, offset=offset)
    now_ = {"now": now}
    failing = _people(transaction, course_id, _FAILING, now_, order=_BY_SILENCE, limit=limit, offset=offset)
    if len(failing) == limit:
        return failing
    before = offset + len(failing) if failing or not offset else _count(transaction, course_id, _FAILING, now_)
    silent = _people(
        transaction,
        course_id,
        _SILENT,
        now_,
        order=_BY_SILENCE,
        limit=limit - len(failing),
        offset=max(0, offset - before),
    )
    return failing + silent


def _count(transaction: Transaction, course_id: int, condition: str, parameters: dict[str, Any]) -> int:
    number: int = value(
        transaction,
        f"SELECT COUNT(*) FROM enrollments AS mine WHERE mine.course_id = :course_id AND {condition}",  # noqa: S608
        {"course_id": course_id, **parameters},
    )
    return number


def person(transaction: Transaction, course_id: int, user_id: int) -> PersonRow | None:
    found = _people(transaction, course_id, "mine.user_id = :user_id", {"user_id": user_id})
    return found[0] if found else None


def user_by_email(transaction: Transaction, course_id: int, email: str) -> int | None:
    """The user of an e-mail, in whatever capitals, who is or was in a course."""
    user_id: int | None = value(
        transaction,
        """
        SELECT learners.user_id FROM learners
        JOIN enrollments ON enrollments.user_id = learners.user_id AND enrollments.course_id = :course_id
        WHERE LOWER(learners.email) = LOWER(:email)
        """,
        {"course_id": course_id, "email": email},
    )
    return user_id


def _people(
    transaction: Transaction,
    course_id: int,
    condition: str,
    parameters: dict[str, Any],
    *,
    order: str = "mine.id",
    limit: int = 1,
    offset: int = 0,
) -> list[PersonRow]:
    found = rows(
        transaction,
        f"""
        SELECT mine.id, mine.user_id, COALESCE(learners.name, '') AS name, COALESCE(learners.email, '') AS email,
            mine.status, CASE WHEN courses.required_count > 0 THEN mine.progress END AS progress, mine.enrolled_on,
            mine.last_active_on, mine.silent_from, last.title AS last_lesson_title,
            learners.name = '' AND learners.closed_at IS NOT NULL AS gone
        FROM enrollments AS mine
        JOIN courses ON courses.id = mine.course_id
        LEFT JOIN learners ON learners.user_id = mine.user_id
        LEFT JOIN lessons AS last ON last.id = mine.last_lesson_id
        WHERE mine.course_id = :course_id AND {condition}
        ORDER BY {order} LIMIT :limit OFFSET :offset
        """,  # noqa: S608  # only our own words
        {"course_id": course_id, "limit": limit, "offset": offset, **parameters},
    )
    return [
        PersonRow(
            row.id,
            row.user_id,
            row.name,
            row.email,
            EnrollmentStatus(row.status),
            row.progress,
            row.enrolled_on,
            row.last_active_on,
            from_text(row.silent_from),
            row.last_lesson_title,
            bool(row.gone),
        )
        for row in found
    ]


def quizzes_not_passed(transaction: Transaction, enrollment_ids: Iterable[int]) -> dict[int, list[FailingQuiz]]:
    """The quizzes of lessons in view that enrollments have tried and not passed, last tried first."""
    numbers = {f"id{place}": id_ for place, id_ in enumerate(enrollment_ids)}
    found: dict[int, list[FailingQuiz]] = {}
    if not numbers:
        return found
    for row in rows(
        transaction,
        f"""
        SELECT quiz.enrollment_id, quiz.lesson_id, lessons.title, quiz.failed, quiz.best, quiz.last_finished_at
        FROM quiz_standings AS quiz JOIN lessons ON lessons.id = quiz.lesson_id AND lessons.is_published = 1
        WHERE quiz.enrollment_id IN ({", ".join(f":{name}" for name in numbers)}) AND quiz.passed = 0
        ORDER BY quiz.last_finished_at DESC, quiz.lesson_id
        """,  # noqa: S608  # only our own words
        numbers,
    ):
        quiz = FailingQuiz(row.lesson_id, row.title, row.failed, row.best, from_text(row.last_finished_at))
        found.setdefault(row.enrollment_id, []).append(quiz)
    return found


def lesson_counts(transaction: Transaction, course_id: int) -> list[LessonCounts]:
    """How many opened and completed each lesson in view, in the order of the course."""
    found = rows(
        transaction,
        """
        SELECT lessons.id, lessons.title, lessons.required, COALESCE(opened, 0) AS opened,
            COALESCE(completed, 0) AS completed
        FROM lessons LEFT JOIN lesson_figures ON lesson_figures.lesson_id = lessons.id
        WHERE lessons.course_id = :course_id AND lessons.is_published = 1
        ORDER BY lessons.order_index, lessons.id
        """,
        {"course_id": course_id},
    )
    return [LessonCounts(row.id, row.title, bool(row.required), row.opened, row.completed) for row in found]


def stopped(transaction: Transaction, course_id: int, *, now: str) -> dict[int, int]:
    """How many of the silent were last in each lesson."""
    found = rows(
        transaction,
        """
        SELECT last_lesson_id, COUNT(*) AS learners FROM enrollments
        WHERE course_id = :course_id AND status = 'active' AND silent_from <= :now AND last_lesson_id IS NOT NULL
        GROUP BY last_lesson_id
        """,
        {"course_id": course_id, "now": now},
    )
    return {row.last_lesson_id: row.learners for row in found}


def minutes_spent(transaction: Transaction, course_id: int) -> dict[int, list[tuple[int, int]]]:
    """(minutes, how many spent them) by lesson in view, fewest minutes first."""
    found: dict[int, list[tuple[int, int]]] = {}
    for row in rows(
        transaction,
        """
        SELECT lesson_minutes.lesson_id, lesson_minutes.minutes, lesson_minutes.learners
        FROM lessons JOIN lesson_minutes ON lesson_minutes.lesson_id = lessons.id
        WHERE lessons.course_id = :course_id AND lessons.is_published = 1 AND lesson_minutes.learners > 0
        ORDER BY lesson_minutes.lesson_id, lesson_minutes.minutes
        """,
        {"course_id": course_id},
    ):
        found.setdefault(row.lesson_id, []).append((row.minutes, row.learners))
    return found


def days_taken(transaction: Transaction, course_id: int) -> list[tuple[int, int]]:
    """(days to the first completion, how many took them), fewest first."""
    found = rows(
        transaction,
        """
        SELECT days_taken, COUNT(*) AS learners FROM enrollments
        WHERE course_id = :course_id AND days_taken IS NOT NULL GROUP BY days_taken ORDER BY days_taken
        """,
        {"course_id": course_id},
    )
    return [(row.days_taken, row.learners) for row in found]


def enrolled_by_day(transaction: Transaction, course_id: int) -> dict[str, int]:
    """How many ever enrolled on each day."""
    found = rows(
        transaction,
        """
        SELECT enrolled_on, COUNT(*) AS learners FROM enrollments WHERE course_id = :course_id GROUP BY enrolled_on
        """,
        {"course_id": course_id},
    )
    return {row.enrolled_on: row.learners for row in found}


def cohort_weeks(transaction: Transaction, course_id: int) -> dict[tuple[str, int], int]:
    """How many of each cohort (by its Monday) learned in each week after it."""
    found = rows(
        transaction,
        "SELECT cohort, week, learners FROM cohort_weeks WHERE course_id = :course_id",
        {"course_id": course_id},
    )
    return {(row.cohort, row.week): row.learners for row in found}


def question_sums(transaction: Transaction, course_id: int) -> dict[tuple[int, str], QuestionSums]:
    """By lesson in view and question, also of questions that the course no longer has."""
    found = rows(
        transaction,
        """
        SELECT sums.* FROM lessons JOIN question_figures AS sums ON sums.lesson_id = lessons.id
        WHERE lessons.course_id = :course_id AND lessons.is_published = 1
        """,
        {"course_id": course_id},
    )
    return {
        (row.lesson_id, row.question_id): QuestionSums(
            row.answered,
            row.answered_right,
            row.attempts,
            row.right_sum,
            row.rest_sum,
            row.rest_squares,
            row.right_rest,
        )
        for row in found
    }


def first_answers(transaction: Transaction, lesson_id: int, question_id: str) -> list[FirstAnswer]:
    """The answers to a question in finished first attempts, from those who knew least of the rest to those who knew
    most."""
    found = rows(
        transaction,
        """
        SELECT mine.given, (
            SELECT COUNT(*) FROM answers WHERE answers.attempt_id = firsts.id AND answers.correct = 1
        ) - mine.correct AS rest
        FROM (
            SELECT id, ROW_NUMBER() OVER (PARTITION BY enrollment_id ORDER BY started_at, uuid) AS nth
            FROM attempts WHERE lesson_id = :lesson_id AND finished_at IS NOT NULL
        ) AS firsts
        JOIN answers AS mine ON mine.attempt_id = firsts.id AND mine.question_id = :question_id
        WHERE firsts.nth = 1 ORDER BY rest, mine.uuid
        """,
        {"lesson_id": lesson_id, "question_id": question_id},
    )
    return [FirstAnswer(row.given, row.rest) for row in found]


def known(transaction: Transaction, lesson_id: int, question_id: str) -> list[Known]:
    """Every rating that counts which a question was given in the review, and when that learner was first right."""
    found = rows(
        transaction,
        """
        SELECT first.at AS first_at, log.at AS at, log.rating > 1 AS is_right
        FROM (
            SELECT user_id, MIN(at) AS at FROM review_log
            WHERE lesson_id = :lesson_id AND kind = 'question' AND card_key = :question_id AND rating > 1
                AND NOT EXISTS (SELECT 1 FROM review_log AS later WHERE later.undoes = review_log.id)
            GROUP BY user_id
        ) AS first
        JOIN review_log AS log ON log.user_id = first.user_id AND log.lesson_id = :lesson_id
            AND log.kind = 'question' AND log.card_key = :question_id AND log.given_in = 'review' AND log.at > first.at
        WHERE log.rating IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM review_log AS later WHERE later.undoes = log.id)
        """,
        {"lesson_id": lesson_id, "question_id": question_id},
    )
    return [Known(from_text(row.first_at), from_text(row.at), bool(row.is_right)) for row in found]


def lesson_of_question(transaction: Transaction, course_id: int, question_id: str) -> int | None:
    """The lesson in view that asks a question now; its id is unique in the course."""
    row = one(
        transaction,
        """
        SELECT lessons.id FROM lessons
        JOIN cards ON cards.lesson_id = lessons.id AND cards.kind = 'question' AND cards.card_key = :question_id
        WHERE lessons.course_id = :course_id AND lessons.is_published = 1
        """,
        {"course_id": course_id, "question_id": question_id},
    )
    return None if row is None else row.id
