"""Home in words: where to go on, and what has been done so far."""

from argparse import Namespace
from collections.abc import Sequence

from azora_tui.commands import output
from azora_tui.commands.context import CommandContext, learner
from azora_tui.commands.enrollments import in_words
from azora_tui.glyphs import Glyphs
from azora_tui.lms import home as service
from azora_tui.lms.activity import last_weeks, months
from azora_tui.models.enrollments import EnrolledCourse
from azora_tui.models.home import HomePage
from azora_tui.models.progress import Progress
from azora_tui.wire import home as home_wire
from azora_tui.wire.answers import success
from azora_tui.wording.dates import month_name, short_date
from azora_tui.wording.home import (
    done_words,
    next_words,
    rest_words,
    review_words,
    streak_words,
    year_sentence,
)
from azora_tui.wording.numbers import counted


def home(context: CommandContext, options: Namespace) -> None:
    claims = learner(context)
    if options.rest_days is not None:
        service.choose_rest_days(context.lms, claims, options.rest_days)
    page = service.page(context.lms, claims)
    if options.json:
        output.say_json(success(home_wire.home(page)))
    elif page.begun:
        _say(page, context.glyphs)
    else:
        output.say_wrapped("You are not enrolled in a course yet. Find one with `azora-tui courses`.")


def _say(page: HomePage, glyphs: Glyphs) -> None:
    _say_where_to_go_on(page)
    if page.others:
        _say_table("Also under way:", [_course(each) for each in page.others])
        more = page.under_way - len(page.others) - (page.go_on is not None)
        if more:
            output.say_wrapped(f"And {more:,} more: `azora-tui enrollments --active`.")
    *_, last_week, this_week = last_weeks(page.days, page.today, 2)
    waiting = page.review.due or page.review.new
    facts = [
        ("Review", review_words(page.review) + (": `azora-tui review`" if waiting else "")),
        ("This week", done_words(this_week)),
        ("Last week", done_words(last_week)),
        ("Streak", streak_words(page.streak)),
        ("Rest days", rest_words(page.rest_days)),
    ]
    _say_table("What you have done:", facts)
    by_month = months(page.days, page.today)
    output.say()
    output.say_wrapped(year_sentence(by_month))
    if by_month:
        rows = [(month_name(month), counted(done.days, "day"), done_words(done)) for month, done in by_month.items()]
        output.say("\n".join(output.table(rows, output.width())))
    if page.achievements:
        _say_table("Reached:", [(f"{glyphs.done} {short_date(each.day)}", each.title) for each in page.achievements])
    if page.next_achievement is not None:
        output.say()
        output.say_wrapped(f"{next_words(page.next_achievement)}.")


def _say_where_to_go_on(page: HomePage) -> None:
    course = page.go_on
    if course is None:
        output.say_wrapped("Nothing is under way. Find your next course with `azora-tui courses`.")
        return
    output.say_wrapped(f"Continue: {course.next_lesson_title}")
    output.say_wrapped(f"In {course.title}. {in_words(_progress(course))}")
    output.say_wrapped(f"Go on with `azora-tui read {course.enrollment.course_id}`.")


def _course(course: EnrolledCourse) -> tuple[str, str]:
    about = in_words(_progress(course))
    if course.next_lesson_title is not None:
        about += f" Next: {output.one_line(course.next_lesson_title)}"
    return str(course.enrollment.course_id), f"{output.one_line(course.title)}\n{about}"


def _progress(course: EnrolledCourse) -> Progress:
    return Progress(course.completed_lessons, course.required_lessons, course.progress)


def _say_table(heading: str, rows: Sequence[Sequence[str]]) -> None:
    output.say()
    output.say(heading)
    output.say("\n".join(output.table(rows, output.width())))
