"""Taking the quiz of a lesson: attempts that are kept, answers that are never overwritten, the best score counts."""

from collections.abc import Mapping
from dataclasses import replace

from azora_tui.data import enrollments, lessons, locks, quizzes
from azora_tui.data.events import EventKind
from azora_tui.data.transaction import Transaction
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import grading, holding, reading, review
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.service import Lms, check_claims
from azora_tui.models.accounts import Claims
from azora_tui.models.courses import Course
from azora_tui.models.enrollments import Enrollment
from azora_tui.models.progress import LessonCompletion
from azora_tui.models.quizzes import Answer, Attempt, Quiz, QuizPage, QuizResult, Response


def page(lms: Lms, claims: Claims, lesson_id: int) -> QuizPage | None:
    """A lesson's quiz and where the learner stands with it; None for a lesson that has none and never had.

    Raises `NotFoundError` for a lesson that is not there, `RefusedError` for one whose course the learner is not in.
    """
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        course, enrollment = reading.enrolled(transaction, claims.user_id, lesson_id)
        return _page(transaction, course, enrollment, lesson_id)


def start(lms: Lms, claims: Claims, lesson_id: int) -> QuizPage:
    """Begin an attempt, or go on with the one that was interrupted: it is `latest` of the page.

    The questions and the pass mark stay as they are now until it is finished. Raises as `page` does,
    `NotFoundError` also for a lesson without a quiz, and `RefusedError` once the course's attempts are used up.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        course, enrollment = reading.enrolled(transaction, claims.user_id, lesson_id)
        found = _page(transaction, course, enrollment, lesson_id)
        if found is None:
            raise NotFoundError("lesson_has_no_quiz")
        now = lms.now_text()
        if found.standing.answered is None:
            if found.attempts_left == 0:
                raise attempts_used_up(found)
            if not found.quiz.questions:
                raise NotFoundError("quiz_gone")
            uuid = lms.new_id()
            quizzes.insert_attempt(
                transaction,
                uuid=uuid,
                enrollment_id=enrollment.id,
                lesson_id=lesson_id,
                course_version=course.version,
                pass_percent=found.quiz.pass_percent,
                questions=found.quiz.questions,
                now=now,
            )
            told = {
                "version": course.version,
                "pass_percent": found.quiz.pass_percent,
                "questions": [quizzes.question_to_json(each) for each in found.quiz.questions],
            }
            _add_event(lms, transaction, "quiz_started", enrollment, lesson_id=lesson_id, at=now, payload=told, id=uuid)
        else:
            _add_event(lms, transaction, "quiz_resumed", enrollment, lesson_id=lesson_id, at=now, payload={})
        enrollments.set_last_lesson(transaction, enrollment.id, lesson_id=lesson_id, now=now)
        return _page(transaction, course, enrollment, lesson_id) or found


def open_hint(lms: Lms, claims: Claims, attempt_id: int, question_id: str) -> None:
    """Remember that the hint of a question of an attempt under way was looked at, also if the quiz is interrupted now.

    Done twice it changes nothing, nor does it once the question is answered. Raises `NotFoundError` for what is not
    there, has no hint, or is not the learner's.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        attempt, _, enrollment = _attempt(transaction, claims, attempt_id)
        question = attempt.question(question_id)
        if question is None or not question.hint:
            raise NotFoundError("question_not_in_quiz")
        if attempt.answer_to(question) is not None:
            return
        uuid, now = lms.new_id(), lms.now_text()
        if quizzes.insert_hint(transaction, uuid=uuid, attempt_id=attempt_id, question_id=question_id, now=now):
            told = {"attempt": attempt.uuid, "question": question_id}
            _add_event(
                lms, transaction, "hint_opened", enrollment, lesson_id=attempt.lesson_id, at=now, payload=told, id=uuid
            )


def answer(
    lms: Lms, claims: Claims, attempt_id: int, question_id: str, given: Response, *, hint_used: bool = False
) -> Answer:
    """Answer one question of an attempt under way. One transaction: the answer, its event, and what it says of how well
    the learner remembers (`review`).

    Raises `NotFoundError` for what is not there or not the learner's, `RefusedError` for what cannot be graded and
    for a question that was answered before.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        attempt, _, enrollment = _attempt(transaction, claims, attempt_id)
        question = attempt.question(question_id)
        if question is None:
            raise NotFoundError("question_not_in_quiz")
        if attempt.answer_to(question) is not None:
            raise RefusedError("question_answered")
        if attempt.finished_at is not None:
            raise RefusedError("attempt_finished")
        if refusal := grading.unusable(question, given):
            raise refusal
        correct = grading.is_right(question, given)
        hint_used = hint_used or question_id in attempt.hints
        uuid, now = lms.new_id(), lms.now_text()
        quizzes.insert_answer(
            transaction,
            uuid=uuid,
            attempt_id=attempt_id,
            question_id=question_id,
            given=given,
            correct=correct,
            hint_used=hint_used,
            now=now,
        )
        review.answered(
            lms,
            transaction,
            user_id=claims.user_id,
            lesson_id=attempt.lesson_id,
            question_id=question_id,
            correct=correct,
            hint_used=hint_used,
        )
        told = {
            "attempt": attempt.uuid,
            "question": question_id,
            "given": given,
            "correct": correct,
            "hint_used": hint_used,
        }
        _add_event(lms, transaction, "answered", enrollment, lesson_id=attempt.lesson_id, at=now, payload=told, id=uuid)
        kept = _attempt(transaction, claims, attempt_id)[0].answer_to(question)
    assert kept is not None  # inserted in this transaction
    return kept


def finish(lms: Lms, claims: Claims, attempt_id: int) -> QuizResult:
    """Finish an attempt in which every question is answered: its score, and the lesson completed if it is passed.

    One transaction. Done twice it changes nothing. Raises as `answer` does.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        attempt, course, enrollment = _attempt(transaction, claims, attempt_id)
        completion: LessonCompletion | None = None
        if attempt.finished_at is None:
            if remaining := len(attempt.open_questions):
                raise RefusedError("attempt_unfinished", remaining=remaining, questions=len(attempt.questions))
            score = grading.percent(attempt.right, len(attempt.questions))
            now = lms.now_text()
            quizzes.finish_attempt(transaction, attempt_id, score=score, now=now, utc_offset=lms.utc_offset(now))
            told = {"attempt": attempt.uuid, "score": score}
            _add_event(lms, transaction, "quiz_finished", enrollment, lesson_id=attempt.lesson_id, at=now, payload=told)
            if score >= attempt.pass_percent:
                completion = reading.completed(
                    lms, transaction, claims, course, enrollment, lesson_id=attempt.lesson_id
                )
                if completion.missing:
                    completion = None
        found = _page(transaction, course, enrollment, attempt.lesson_id)
        assert found is not None  # it has an attempt
        if attempt.finished_at is None:
            # What was finished now is shown, also where a clock that was set back makes another the latest.
            found = replace(found, latest=quizzes.attempt_by_id(transaction, attempt_id))
    return QuizResult(found, completion)


def attempts_used_up(page: QuizPage) -> RefusedError:
    """Why no further attempt can be begun."""
    attempts, best = page.quiz.attempts or 0, page.standing.best or 0
    return RefusedError("attempts_used_up", attempts=attempts, best=best, passed=page.standing.passed)


def _page(transaction: Transaction, course: Course, enrollment: Enrollment, lesson_id: int) -> QuizPage | None:
    from azora_tui.formats.quiz import read_quiz  # the parser is heavy, and most of the school does without it

    content, _ = lessons.lesson_text(transaction, lesson_id=lesson_id, enrollment_id=enrollment.id)
    quiz = read_quiz(content)
    latest = quizzes.latest_attempt(transaction, enrollment_id=enrollment.id, lesson_id=lesson_id)
    if quiz is None and latest is None:
        return None
    states = lessons.lesson_states(transaction, course_id=course.id, enrollment_id=enrollment.id)
    return QuizPage(
        course_id=course.id,
        course_title=course.title,
        lesson_id=lesson_id,
        lesson_title=next(state.title for state in states if state.id == lesson_id),
        quiz=quiz or Quiz(()),
        standing=quizzes.standing(transaction, enrollment_id=enrollment.id, lesson_id=lesson_id),
        latest=latest,
        missing=holding.open_tasks(transaction, enrollment, lesson_id),
    )


def _attempt(transaction: Transaction, claims: Claims, attempt_id: int) -> tuple[Attempt, Course, Enrollment]:
    attempt = quizzes.attempt_by_id(transaction, attempt_id)
    if attempt is None or quizzes.attempt_owner(transaction, attempt_id) != claims.user_id:
        raise NotFoundError("attempt_missing")
    course, enrollment = reading.enrolled(transaction, claims.user_id, attempt.lesson_id)
    return attempt, course, enrollment


def _add_event(
    lms: Lms,
    transaction: Transaction,
    kind: EventKind,
    enrollment: Enrollment,
    *,
    lesson_id: int,
    at: str,
    payload: Mapping[str, object],
    id: str | None = None,
) -> None:
    add_event(
        lms,
        transaction,
        kind,
        id=id,
        user_id=enrollment.user_id,
        course_id=enrollment.course_id,
        lesson_id=lesson_id,
        at=at,
        payload=payload,
    )
