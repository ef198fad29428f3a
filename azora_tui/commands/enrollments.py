"""Enrolling and leaving, and how far one has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.errors import RefusedError
from azora_tui.lms import catalog, enrolling
from azora_tui.models.enrolling import EnrollOutcome
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.wording.courses import course_state, own_state_sentence, progress_sentence
from azora_tui.wording.errors import message

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import CourseOptions, EnrollmentsOptions, EnrollOptions
    from azora_tui.glyphs import Glyphs
    from azora_tui.models.accounts import Claims
    from azora_tui.models.my_learning import EnrolledCourse

# No learner has as many; the catalog is what has to be paged.
EVERY_COURSE = 1_000_000


def enroll(context: CommandContext, options: EnrollOptions) -> None:
    claims = learner(context)
    course_id = catalog.find(context.lms, claims, output.one_line(options.id))
    key = _key_from_input() if options.key_stdin else options.key
    result = enrolling.enroll(context.lms, claims, course_id, key=key)
    if result.outcome is EnrollOutcome.KEY_NEEDED and key is None and (key := _typed_key()) is not None:
        result = enrolling.enroll(context.lms, claims, course_id, key=key)
    if result.outcome is EnrollOutcome.FULL and options.wait:
        place = _wait(context, claims, course_id, key)
        if options.json:
            output.say_json({"success": True, "waitlist": place})
        else:
            output.say_wrapped(f"This course is full. You are number {place} on its waitlist.")
            output.say_wrapped(f"You get the next free seat; `azora-tui leave {course_id}` steps out of the line.")
        return
    if result.outcome is not EnrollOutcome.ENROLLED or result.enrollment is None:
        raise enrolling.refused(result)
    if options.json:
        from azora_tui.wire import courses as wire

        output.say_json(wire.enrolled(str(result.values["course"]), result.enrollment))
        return
    output.say_wrapped(f"{message(result.outcome.value, result.values)}.")
    if result.restored:
        output.say_wrapped("What you had done in it is as you left it.")
    output.say_wrapped(f"{'Go on' if result.restored else 'Start'} with `azora-tui read {course_id}`.")


def _wait(context: CommandContext, claims: Claims, course_id: int, key: str | None) -> int:
    try:
        return enrolling.join_waitlist(context.lms, claims, course_id, key=key)
    except RefusedError as error:
        if error.code != EnrollOutcome.KEY_NEEDED.value or key is not None or (key := _typed_key()) is None:
            raise
    return enrolling.join_waitlist(context.lms, claims, course_id, key=key)


def _key_from_input() -> str:
    """A line of standard input, which nobody else reads as they may an argument."""
    from azora_tui.commands.asking import next_line

    return next_line() or ""


def _typed_key() -> str | None:
    """What a person at a terminal types when they are asked for the key; None where there is no person."""
    from azora_tui.commands.prompts import ask, at_terminal

    return ask("The key of this course", "--key") if at_terminal() else None


def leave(context: CommandContext, options: CourseOptions) -> None:
    claims = learner(context)
    detail = catalog.detail(context.lms, claims, output.one_line(options.id))
    course_id = detail.course.id
    if not detail.enrolled and detail.waitlist_place is not None:
        enrolling.leave_waitlist(context.lms, claims, course_id)
        if options.json:
            output.say_json({"success": True, "message": f"Left the waitlist of {detail.course.title}"})
        else:
            output.say_wrapped(f"You are no longer on the waitlist of {detail.course.title}.")
        return
    enrollment = enrolling.leave(context.lms, claims, course_id)
    message = f"Left {detail.course.title}"
    if options.json:
        from azora_tui.wire import courses as wire

        output.say_json(wire.left(message, enrollment))
        return
    output.say_wrapped(f"{message}. What you did in it is kept.")
    output.say_wrapped(f"Take it up again with `azora-tui enroll {course_id}`.")


def enrollments(context: CommandContext, options: EnrollmentsOptions) -> None:
    claims = learner(context)
    statuses = (
        [EnrollmentStatus(options.status)]
        if options.status
        else [
            EnrollmentStatus.ACTIVE,
            EnrollmentStatus.COMPLETED,
        ]
    )
    mine = enrolling.my_courses(context.lms, claims, statuses=statuses, limit=EVERY_COURSE)
    if options.json:
        from azora_tui.wire import courses as wire

        output.say_json_rows(wire.enrolled_course(each) for each in mine)
    elif mine:
        output.say("\n".join(output.table([_row(each, context.glyphs) for each in mine], output.width())))
    elif options.status:
        output.say(f"None of your courses is {options.status}." if options.status != "left" else "You left no course.")
    else:
        output.say_wrapped("You are not enrolled in a course yet. Find one with `azora-tui courses`.")


def progress(context: CommandContext, options: CourseOptions) -> None:
    from azora_tui.commands.courses import lesson_rows
    from azora_tui.lms.progress import progress

    claims = learner(context)
    found = progress(context.lms, claims, output.one_line(options.id))
    done = found.done
    if options.json:
        from azora_tui.wire import courses as wire

        output.say_json(wire.course_progress(found.enrollment, found.lessons, done))
        return
    output.say_wrapped(found.title)
    output.say_wrapped(progress_sentence(done.completed, done.required, done.percent))
    if said := own_state_sentence(found.state):
        output.say_wrapped(said)
    if found.lessons:
        output.say("\n" + "\n".join(output.table(lesson_rows(found.lessons, context.glyphs), output.width())))


def say_certificate(certificate: int | None) -> None:
    """What a completed course has brought; nothing where its certificate waits for the school's key."""
    if certificate is not None:
        output.say_wrapped(f"Your certificate: `azora-tui certificate show {certificate}`.")


def _row(mine: EnrolledCourse, glyphs: Glyphs) -> tuple[str, str, str]:
    state, _ = course_state(mine.enrollment.status, mine.progress, glyphs)
    about = progress_sentence(mine.completed_lessons, mine.required_lessons, mine.progress)
    if mine.next_lesson_title is not None:
        about += f" Next: {output.one_line(mine.next_lesson_title)}"
    return str(mine.enrollment.course_id), state, f"{output.one_line(mine.title)}\n{about}"
