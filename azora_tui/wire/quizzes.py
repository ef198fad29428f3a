"""The JSON of quizzes: rows as in `wire`. Options are numbered from 1, as a person types them."""

from azora_tui.models.quizzes import Answer, Attempt, PastAttempt, Question, QuestionKind, QuizPage
from azora_tui.times import to_text
from azora_tui.wire.answers import Json


def page(page: QuizPage, *, with_answers: bool) -> Json:
    """A quiz and how one stands with it. `with_answers`: also the latest attempt, with what was right in it.

    The questions are those of the attempt under way, if there is one.
    """
    attempt = page.latest
    under_way = attempt is not None and attempt.finished_at is None
    shown = attempt if attempt is not None and (under_way or with_answers) else None
    questions = shown.questions if shown is not None else page.quiz.questions
    return {
        "course_id": page.course_id,
        "lesson_id": page.lesson_id,
        "title": page.lesson_title,
        "pass_percent": shown.pass_percent if shown is not None else page.quiz.pass_percent,
        "attempts_allowed": page.quiz.attempts,
        "attempts_left": page.attempts_left,
        "best_score": page.standing.best,
        "passed": int(page.standing.passed),
        "attempts": [_past(each) for each in page.standing.history],
        "questions": [question(each) for each in questions],
        "attempt": _attempt(shown) if shown is not None else None,
    }


def _past(attempt: PastAttempt) -> Json:
    return {
        "id": attempt.id,
        "course_version": attempt.course_version,
        "started_at": to_text(attempt.started_at),
        "finished_at": to_text(attempt.finished_at),
        "pass_percent": attempt.pass_percent,
        "score": attempt.score,
        "passed": int(attempt.passed),
    }


def question(question: Question) -> Json:
    return {
        "id": question.id,
        "kind": question.kind.value,
        "prompt": question.prompt,
        "options": [{"number": place, "text": option.text} for place, option in enumerate(question.options, 1)],
        "has_hint": int(bool(question.hint)),
    }


def _attempt(attempt: Attempt) -> Json:
    return {
        "id": attempt.id,
        "course_version": attempt.course_version,
        "started_at": to_text(attempt.started_at),
        "finished_at": None if attempt.finished_at is None else to_text(attempt.finished_at),
        "score": attempt.score,
        "passed": int(attempt.passed),
        "answers": [
            _answer(question, answer)
            for answer in attempt.answers
            if (question := attempt.question(answer.question_id)) is not None
        ],
    }


def _answer(question: Question, answer: Answer) -> Json:
    given = answer.given
    feedback = [question.options[place].feedback for place in given] if not isinstance(given, str) else []
    right: object = [place + 1 for place in question.right_options]
    if question.kind in (QuestionKind.TEXT, QuestionKind.NUMBER):
        right = list(question.ranges or question.accepted)
    return {
        "question_id": question.id,
        "given": given if isinstance(given, str) else [place + 1 for place in given],
        "correct": int(answer.correct),
        "right": right,
        "hint_used": int(answer.hint_used),
        "feedback": [text for text in [*feedback, question.feedback] if text],
        "answered_at": to_text(answer.answered_at),
    }
