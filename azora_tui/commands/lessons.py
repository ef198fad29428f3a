"""Reading lessons and completing them."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.commands.enrollments import say_certificate
from azora_tui.commands.quizzes import quiz_note
from azora_tui.commands.task_notes import task_notes
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import catalog, reading
from azora_tui.text import clean, wrap
from azora_tui.wire import courses as courses_wire
from azora_tui.wording.courses import progress_sentence

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import CompleteOptions, ReadOptions
    from azora_tui.models.courses import CourseDetail
    from azora_tui.models.lessons import LessonPage
    from azora_tui.models.progress import LessonCompletion, LessonState


def read(context: CommandContext, options: ReadOptions) -> None:
    claims = learner(context)
    detail = catalog.detail(context.lms, claims, output.one_line(options.id))
    if options.lesson is None:
        lesson = _lesson_to_go_on_with(detail)
    else:
        lesson = reading.lesson_by_word(detail.lessons, output.one_line(options.lesson))
    page = reading.open_lesson(context.lms, claims, lesson.id)
    if options.json:
        output.say_json(courses_wire.lesson_page(page))
    else:
        _show(_as_text(page))
    if page.not_kept:
        output.complain(page.not_kept)


def complete(context: CommandContext, options: CompleteOptions) -> None:
    claims = learner(context)
    detail = catalog.detail(context.lms, claims, output.one_line(options.id))
    try:
        lesson = reading.lesson_by_word(detail.lessons, output.one_line(options.lesson))
        completion = reading.complete_lesson(context.lms, claims, lesson.id, minutes=options.minutes)
    except (NotFoundError, RefusedError) as error:
        if options.json and error.code != "lesson_held_up":
            raise RefusedError("lesson_not_found") from error
        raise
    if options.json:
        output.say_json(courses_wire.lesson_completed(completion))
    else:
        _say_completed(detail, completion)


def _lesson_to_go_on_with(detail: CourseDetail) -> LessonState:
    """Where the learner stopped; the first lesson for a learner who has done everything, or is not enrolled."""
    if not detail.lessons:
        raise NotFoundError("course_has_no_lessons")
    return next((lesson for lesson in detail.lessons if lesson.id == detail.next_lesson_id), detail.lessons[0])


def _as_text(page: LessonPage) -> str:
    from azora_tui.commands.lesson_text import lesson_text  # no other command needs the Markdown parser

    width = output.width()
    number = page.lessons.index(page.lesson) + 1
    above = f"{output.one_line(page.course_title)}, lesson {number} of {len(page.lessons)}"
    if page.lesson.completed:
        below = "You completed this lesson."
    else:
        below = f"Done? `azora-tui complete {page.course_id} {number}` completes this lesson."
    lines = [
        *wrap(above, width),
        *wrap(f"# {output.one_line(page.lesson.title)}", width),
        "",
        lesson_text(
            page.content,
            width,
            quiz_note=quiz_note(page.course_id, number, page.quiz),
            task_notes=task_notes(page.course_id, number, page.tasks),
        ),
        "",
        *wrap(below, width),
    ]
    return "\n".join(lines)


def _show(text: str) -> None:
    """Through the person's pager (`PAGER`) where the text is longer than their terminal is high."""
    stdout = sys.stdout
    if stdout is not None and stdout.isatty() and text.count("\n") + 2 > shutil.get_terminal_size().lines:
        import pydoc

        pydoc.pager(clean(text) + "\n")
    else:
        output.say(text)


def _say_completed(detail: CourseDetail, completion: LessonCompletion) -> None:
    title = output.one_line(completion.lesson.title)
    already = "" if completion.first else "You had done this before. "
    output.say_wrapped(f"{already}Completed: {title}")
    done = completion.progress
    output.say_wrapped(progress_sentence(done.completed, done.required, done.percent))
    if completion.course_completed:
        output.say_wrapped(f"You have completed {detail.course.title}.")
        say_certificate(completion.certificate)
    if completion.next is not None:
        number = [lesson.id for lesson in detail.lessons].index(completion.next.id) + 1
        output.say_wrapped(f"Next: {completion.next.title}. Read it with `azora-tui read {detail.course.id} {number}`.")
