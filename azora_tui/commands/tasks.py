"""The tasks of one's courses: what they ask for, handing work in, and the answers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.commands.submitted import given_text, markdown, say_version
from azora_tui.errors import NotFoundError
from azora_tui.lms import catalog, reading
from azora_tui.lms import tasks as lms_tasks
from azora_tui.wire import tasks as wire
from azora_tui.wire.answers import success
from azora_tui.wording.tasks import state_words

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import HandInOptions, TaskOptions, TasksOptions
    from azora_tui.models.accounts import Claims
    from azora_tui.models.courses import CourseDetail
    from azora_tui.models.progress import LessonState


def tasks(context: CommandContext, options: TasksOptions) -> None:
    if options.waiting:
        from azora_tui.commands import marking

        marking.waiting(context, json=options.json)
        return
    found = lms_tasks.mine(context.lms, learner(context))
    if options.json:
        output.say_json(success([wire.my_task(each) for each in found]))
        return
    if not found:
        output.say_wrapped("Your courses ask for no work to be handed in.")
        return
    rows = []
    for each in found:
        place = f"{each.course_id} {each.lesson_number}" if each.lesson_number is not None else "-"
        optional = "" if each.task.required else " (optional)"
        below = f"{each.course_title}, {each.lesson_title}"
        state = state_words(each.state, context.glyphs, unread=each.unread)
        rows.append((place, f"{output.one_line(each.task.title)}{optional}\n{state}\n{output.one_line(below)}"))
    output.say("\n".join(output.table(rows, output.width())))
    output.say()
    output.say_wrapped("`azora-tui task show COURSE LESSON`, with the two numbers on the left, shows one.")


def show(context: CommandContext, options: TaskOptions) -> None:
    claims = learner(context)
    detail, lesson, task_id = _named(context, claims, options)
    page = lms_tasks.page(context.lms, claims, lesson.id, task_id)
    if options.json:
        output.say_json(success(wire.page(page)))
    else:
        output.say_wrapped(f"{page.course_title}, {page.lesson_title}")
        output.say_wrapped(state_words(page.state, context.glyphs))
        output.say()
        output.say(markdown(page.task.instruction))
        for number, criterion in enumerate(page.task.criteria, start=1):
            output.say("\n".join(output.table([(f"{number}.", markdown(criterion))], output.width())))
        for version in page.versions:
            say_version(version, context.glyphs)
        if page.draft is not None and page.draft.strip():
            output.say()
            output.say_wrapped("Your draft, which only you can see:")
            output.say()
            output.say(page.draft)
        if page.state.can_be_written:
            number = [each.id for each in detail.lessons].index(lesson.id) + 1
            output.say()
            output.say_wrapped(f"Hand it in with `azora-tui task hand-in {page.course_id} {number} FILE`.")
    lms_tasks.read_answers(context.lms, claims, lesson.id, task_id)


def hand_in(context: CommandContext, options: HandInOptions) -> None:
    claims = learner(context)
    _, lesson, task_id = _named(context, claims, options)
    submission = lms_tasks.hand_in(context.lms, claims, lesson.id, task_id, given_text(options.file))
    if options.json:
        output.say_json(success(wire.submission(submission)))
        return
    output.say_wrapped(
        f"Handed in: {submission.task.title}, version {submission.version}. Who teaches the course reads it now."
    )


def _named(context: CommandContext, claims: Claims, options: TaskOptions) -> tuple[CourseDetail, LessonState, str]:
    """The course, the lesson and the id of the task that a person means. Work is kept of a task that the lesson no
    longer has, so that any id may be one."""
    detail = catalog.detail(context.lms, claims, output.one_line(options.id))
    lesson = reading.lesson_by_word(detail.lessons, output.one_line(options.lesson))
    standings = lms_tasks.of_lesson(context.lms, claims, lesson.id)
    word = None if options.task is None else output.one_line(options.task)
    try:
        return detail, lesson, lms_tasks.task_by_word(standings, word).id
    except NotFoundError:
        if word is None:
            raise
        return detail, lesson, word
