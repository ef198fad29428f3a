"""Finding courses: the catalog, and one course."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.lms import catalog
from azora_tui.models.catalog import CatalogSort
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.text import wrap
from azora_tui.wording.courses import course_state, own_state_sentence
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import CourseOptions, CoursesOptions
    from azora_tui.glyphs import Glyphs
    from azora_tui.models.accounts import Claims
    from azora_tui.models.catalog import CatalogPage, CourseSummary
    from azora_tui.models.courses import CourseDetail, Prerequisite
    from azora_tui.models.progress import LessonState
    from azora_tui.wire.answers import Json

_PAGE = 1_000


def courses(context: CommandContext, options: CoursesOptions) -> None:
    claims = learner(context)
    if options.teaching:
        from azora_tui.commands.course_rules import taught

        taught(context, claims, json=options.json)
        return
    query, sort = output.one_line(options.query or ""), CatalogSort(options.sort)
    if options.json:
        output.say_json_rows(_as_json(context, claims, query, sort))
        return
    number = 0
    for page in _pages(context, claims, query, sort):
        rows = [_row(course, context.glyphs) for course in page.courses]
        output.say("\n".join(output.table(rows, output.width())))
        number += len(rows)
    if number:
        output.say()
        output.say_wrapped(f"{counted(number, 'course')}. More about one with `azora-tui course ID`.")
    elif query:
        from azora_tui.lms import suggesting

        meant = did_you_mean(suggesting.for_catalog(context.lms, claims, query))
        output.say_wrapped(f'No course has "{query}".{meant} List them all with `azora-tui courses`.')
    else:
        output.say("There are no courses yet.")


def course(context: CommandContext, options: CourseOptions) -> None:
    claims = learner(context)
    word = output.one_line(options.id)
    if options.json:
        from azora_tui.wire import courses as wire
        from azora_tui.wire.answers import success

        detail, contents = catalog.detail_with_contents(context.lms, claims, word)
        output.say_json(success(wire.course_with_lessons(detail, progress_of(detail), contents)))
    else:
        _describe(catalog.detail(context.lms, claims, word), context.glyphs)


def did_you_mean(words: str) -> str:
    """What a search without a hit was probably meant to be, as a sentence to be added."""
    return f' Did you mean "{words}"?' if words else ""


def progress_of(detail: CourseDetail) -> int | None:
    """The percent of a learner who is or was enrolled, where the course has lessons that count."""
    if detail.enrollment is None or not any(lesson.required for lesson in detail.lessons):
        return None
    return detail.enrollment.progress


def lesson_rows(lessons: tuple[LessonState, ...], glyphs: Glyphs) -> list[tuple[str, str, str]]:
    """Number, state, and title with minutes of each lesson, for a table."""
    rows = []
    for number, lesson in enumerate(lessons, start=1):
        optional = "" if lesson.required else ", optional"
        title = output.one_line(lesson.title)
        rows.append(
            (
                str(number),
                _lesson_state(lesson, glyphs),
                f"{title} ({counted(lesson.minutes, 'minute')}{optional})",
            )
        )
    return rows


def _pages(context: CommandContext, claims: Claims, query: str, sort: CatalogSort) -> Iterator[CatalogPage]:
    offset = 0
    while True:
        page = catalog.page(context.lms, claims, query=query, sort=sort, offset=offset, limit=_PAGE)
        if page.courses:
            yield page
        if len(page.courses) < _PAGE:
            return
        offset += _PAGE


def _as_json(context: CommandContext, claims: Claims, query: str, sort: CatalogSort) -> Iterator[Json]:
    from azora_tui.wire import courses as wire

    offset = 0
    while True:
        page = catalog.whole_page(context.lms, claims, query=query, sort=sort, offset=offset, limit=_PAGE)
        for summary, whole in page:
            yield wire.course_row(whole, summary.status, summary.progress)
        if len(page) < _PAGE:
            return
        offset += _PAGE


def _row(course: CourseSummary, glyphs: Glyphs) -> tuple[str, str, str]:
    state, _ = course_state(course.status, course.progress, glyphs)
    facts = _facts(course.instructor, course.duration, course.level, counted(course.lesson_count, "lesson"))
    return str(course.id), state, f"{output.one_line(course.title)}\n{facts}"


def _describe(detail: CourseDetail, glyphs: Glyphs) -> None:
    # Which the list of courses does without.
    from azora_tui.models.course_rules import CourseState
    from azora_tui.wording.course_rules import STATES, enrollment_facts

    course, width = detail.course, output.width()
    output.say_wrapped(course.title)
    output.say_wrapped(
        _facts(
            course.instructor,
            course.duration,
            course.level,
            counted(course.lesson_count, "lesson"),
            counted(course.students, "learner"),
        )
    )
    said = detail.refusal.outcome if detail.refusal else None
    if not detail.enrolled and (facts := enrollment_facts(course, detail.today, said=said)):
        output.say_wrapped(_facts(*facts))
    if course.state is not CourseState.PUBLISHED:
        output.say_wrapped(f"This course is {STATES[course.state]}.")
    if course.description:
        output.say()
        output.say_wrapped(course.description)
    if course.outcomes:
        _say_heading("What you will be able to do:")
        for outcome in course.outcomes:
            output.say("\n".join(wrap(output.one_line(outcome), width, first="- ", rest="  ")))
    if detail.prerequisites:
        _say_heading("Complete first:")
        for needed in detail.prerequisites:
            output.say("\n".join(wrap(_needed(needed), width, first="- ", rest="  ")))
    _say_heading("Lessons:" if detail.lessons else "This course has no lessons yet.")
    if detail.lessons:
        output.say("\n".join(output.table(lesson_rows(detail.lessons, glyphs), width)))
    output.say()
    output.say_wrapped(_what_next(detail, glyphs))


def _say_heading(text: str) -> None:
    output.say()
    output.say_wrapped(text)


def _needed(needed: Prerequisite) -> str:
    title = needed.title or needed.slug
    if needed.completed:
        return output.one_line(f"{title}: completed")
    return output.one_line(f"{title}: not completed yet" if needed.course_id else f"{title}: not installed here")


def _what_next(detail: CourseDetail, glyphs: Glyphs) -> str:
    course = detail.course
    state, _ = course_state(detail.enrollment.status if detail.enrollment else None, progress_of(detail), glyphs)
    if detail.enrolled:
        read = "Read it again" if _completed(detail) else "Go on"
        said = own_state_sentence(detail.own_state) if detail.own_state else ""
        return " ".join(filter(None, (f"{state}.", said, f"{read} with `azora-tui read {course.id}`.")))
    if detail.refusal is None:
        return f"{state}. Enrol with `azora-tui enroll {course.id}`."
    from azora_tui.models.enrolling import EnrollOutcome
    from azora_tui.wording.errors import message

    reason = message(detail.refusal.outcome.value, detail.refusal.values)
    if detail.waitlist_place:
        reason += f" You are number {detail.waitlist_place} on the waitlist; `azora-tui leave {course.id}` leaves it."
    elif detail.refusal.outcome is EnrollOutcome.FULL:
        reason += f" Wait for a seat with `azora-tui enroll {course.id} --wait`."
    return f"{state}. {reason}"


def _completed(detail: CourseDetail) -> bool:
    return detail.enrollment is not None and detail.enrollment.status is EnrollmentStatus.COMPLETED


def _lesson_state(lesson: LessonState, glyphs: Glyphs) -> str:
    if lesson.completed:
        return f"{glyphs.done} completed"
    return f"{glyphs.active} opened" if lesson.opened_at else f"{glyphs.new} new"


def _facts(*facts: str) -> str:
    return ", ".join(output.one_line(fact) for fact in facts if fact)
