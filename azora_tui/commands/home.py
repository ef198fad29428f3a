"""Home in words: where to go on, and what has been done so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from azora_tui.commands import output
from azora_tui.commands.context import learner
from azora_tui.lms import home as service
from azora_tui.lms.activity import last_weeks, months
from azora_tui.wording.courses import progress_sentence
from azora_tui.wording.dates import month_name, short_date
from azora_tui.wording.home import (
    done_words,
    next_words,
    rest_words,
    review_words,
    streak_words,
    waits_in_vain_sentence,
    year_sentence,
)
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from datetime import datetime

    from azora_tui.commands.context import CommandContext
    from azora_tui.commands.options import HomeOptions
    from azora_tui.glyphs import Glyphs
    from azora_tui.models.home import HomePage
    from azora_tui.models.my_learning import EnrolledCourse


_MAX_NEWS = 5
_FIRST_WORDS = 60


def home(context: CommandContext, options: HomeOptions) -> None:
    claims = learner(context)
    if options.rest_days is not None:
        service.choose_rest_days(context.lms, claims, options.rest_days)
    page = service.page(context.lms, claims)
    if options.json:
        from azora_tui.wire import home as wire
        from azora_tui.wire.answers import success

        output.say_json(success(wire.home(page)))
        return
    for course_id, title in page.waits_in_vain:
        output.say_wrapped(waits_in_vain_sentence([(course_id, title)]))
        output.say_wrapped(f"Step out of its line with `azora-tui leave {course_id}`.")
        output.say()
    if page.begun:
        _say(page, context.glyphs, context.lms.now())
    else:
        output.say_wrapped("You are not enrolled in a course yet. Find one with `azora-tui courses`.")


def _say(page: HomePage, glyphs: Glyphs, now: datetime) -> None:
    if page.news:
        _say_news(page, now)
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


def _say_news(page: HomePage, now: datetime) -> None:
    from azora_tui.wording.news import ago, first_words, new_words, said_by, whole_text

    shown = page.news[:_MAX_NEWS]
    output.say(f"{new_words(len(page.news))}:")
    rows = [
        (ago(item.at, now), f"{output.one_line(said_by(item))}\n{first_words(whole_text(item), _FIRST_WORDS)}")
        for item in shown
    ]
    output.say("\n".join(output.table(rows, output.width())))
    output.say_wrapped("Read it with `azora-tui news`; `azora-tui news --read` keeps it off this page.")
    output.say()


def _say_where_to_go_on(page: HomePage) -> None:
    course = page.go_on
    if course is None:
        output.say_wrapped("Nothing is under way. Find your next course with `azora-tui courses`.")
        return
    output.say_wrapped(f"Continue: {course.next_lesson_title}")
    output.say_wrapped(f"In {course.title}. {_progress(course)}")
    output.say_wrapped(f"Go on with `azora-tui read {course.enrollment.course_id}`.")


def _course(course: EnrolledCourse) -> tuple[str, str]:
    about = _progress(course)
    if course.next_lesson_title is not None:
        about += f" Next: {output.one_line(course.next_lesson_title)}"
    return str(course.enrollment.course_id), f"{output.one_line(course.title)}\n{about}"


def _progress(course: EnrolledCourse) -> str:
    return progress_sentence(course.completed_lessons, course.required_lessons, course.progress)


def _say_table(heading: str, rows: Sequence[Sequence[str]]) -> None:
    output.say()
    output.say(heading)
    output.say("\n".join(output.table(rows, output.width())))
