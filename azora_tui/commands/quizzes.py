"""Taking a quiz question by question, at a terminal or from lines of standard input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.commands import asking, output
from azora_tui.commands.context import learner
from azora_tui.commands.enrollments import say_certificate
from azora_tui.commands.prompts import at_terminal
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import catalog, holding, quizzes, reading
from azora_tui.wire import quizzes as quiz_wire
from azora_tui.wire.answers import success
from azora_tui.wording.courses import progress_sentence
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import LessonOptions
    from azora_tui.models.accounts import Claims
    from azora_tui.models.quizzes import Answer, Attempt, Question, QuizPage, QuizResult, QuizStanding


def quiz(context: CommandContext, options: LessonOptions) -> None:
    claims = learner(context)
    detail = catalog.detail(context.lms, claims, output.one_line(options.id))
    lesson = reading.lesson_by_word(detail.lessons, output.one_line(options.lesson))
    page = quizzes.page(context.lms, claims, lesson.id)
    if page is None:
        raise NotFoundError("lesson_has_no_quiz_to_take")
    if options.json:
        _as_json(context, claims, page)
        return
    page = quizzes.start(context.lms, claims, lesson.id)
    if page.latest is not None:
        _say_beginning(page, page.latest)
        _say_result(_take(context, claims, page.latest))


def quiz_note(course_id: int, number: int, standing: QuizStanding) -> str:
    """How one stands with the quiz of a lesson, and the command that takes it, for where the lesson is read."""
    command = f"`azora-tui quiz {course_id} {number}`"
    if standing.answered is not None:
        return f"Go on with it: {command}."
    best = "" if standing.best is None else f"Your best score is {standing.best} %. "
    return f"{best}Take it {'again ' if standing.history else ''}with {command}."


def _as_json(context: CommandContext, claims: Claims, page: QuizPage) -> None:
    """Lines of standard input are answers; without any, only the questions are told, and nothing is begun."""
    line = None if at_terminal() else asking.next_line()
    if line is not None:
        started = quizzes.start(context.lms, claims, page.lesson_id)
        if started.latest is not None:
            _answer_lines(context, claims, started.latest, line)
        page = quizzes.page(context.lms, claims, page.lesson_id) or page
    output.say_json(success(quiz_wire.page(page, with_answers=line is not None)))


def _answer_lines(context: CommandContext, claims: Claims, attempt: Attempt, line: str | None) -> None:
    """Answer as many questions as there are lines, and finish once all are answered."""
    for question in attempt.open_questions:
        hint_used = question.id in attempt.hints
        while line is not None and asking.asks_for_hint(question, line, hint_used):
            quizzes.open_hint(context.lms, claims, attempt.id, question.id)
            hint_used, line = True, asking.next_line()
        if line is None:
            return
        _answer(context, claims, attempt, question, line, hint_used=hint_used)
        line = asking.next_line()
    quizzes.finish(context.lms, claims, attempt.id)


def _take(context: CommandContext, claims: Claims, attempt: Attempt) -> QuizResult:
    """Ask every question that is open; raises `RefusedError` where the answers end before the questions do."""
    done = len(attempt.answers)
    for question in attempt.open_questions:
        output.say()
        place = f"Question {attempt.questions.index(question) + 1} of {len(attempt.questions)}: "
        asking.say_question(question, place, hint_used=question.id in attempt.hints)
        answer = _asked(context, claims, attempt, question)
        if answer is None:
            raise RefusedError("quiz_stopped", done=done, questions=len(attempt.questions))
        done += 1
        asking.say_answer(question, answer, context.glyphs)
    return quizzes.finish(context.lms, claims, attempt.id)


def _asked(context: CommandContext, claims: Claims, attempt: Attempt, question: Question) -> Answer | None:
    return asking.ask_answer(
        question,
        lambda line, hint_used: _answer(context, claims, attempt, question, line, hint_used=hint_used),
        hint_used=question.id in attempt.hints,
        open_hint=lambda: quizzes.open_hint(context.lms, claims, attempt.id, question.id),
    )


def _answer(
    context: CommandContext, claims: Claims, attempt: Attempt, question: Question, line: str, *, hint_used: bool
) -> Answer:
    number = attempt.questions.index(question) + 1
    try:
        given = asking.given(question, line)
        return quizzes.answer(context.lms, claims, attempt.id, question.id, given, hint_used=hint_used)
    except RefusedError as error:
        raise RefusedError("question_refused", number=number, problem=str(error)) from error


def _say_beginning(page: QuizPage, attempt: Attempt) -> None:
    total = len(attempt.questions)
    output.say_wrapped(f"Quiz: {page.lesson_title}")
    output.say_wrapped(f"{counted(total, 'question')}, {attempt.pass_percent} % passes.")
    if attempt.answers:
        output.say_wrapped(f"You had answered {len(attempt.answers)} of them; this goes on.")


def _say_result(result: QuizResult) -> None:
    page = result.page
    attempt = page.latest
    if attempt is None:
        return
    output.say()
    passed = "Passed" if attempt.passed else "Not passed this time" if page.standing.passed else "Not passed yet"
    output.say_wrapped(
        f"{passed}: {attempt.right} of {len(attempt.questions)} right, {attempt.score} %. "
        f"{attempt.pass_percent} % passes."
    )
    if len(page.standing.history) > 1:
        output.say_wrapped(f"Best of {len(page.standing.history)} attempts: {page.standing.best} %.")
    completion = result.completion
    if completion is not None:
        if completion.first:
            output.say_wrapped(f"Completed: {completion.lesson.title}")
        done = completion.progress
        output.say_wrapped(progress_sentence(done.completed, done.required, done.percent))
        if completion.course_completed:
            output.say_wrapped(f"You have completed {page.course_title}.")
            say_certificate(completion.certificate)
    elif attempt.passed and page.missing:
        output.say_wrapped(str(holding.held_up(page.missing)))
    elif not attempt.passed and page.attempts_left == 0:
        output.say_wrapped(str(quizzes.attempts_used_up(page)))
    elif not attempt.passed:
        output.say_wrapped("The same command takes it again.")
