"""What Home shows, in words: the same on the screen and in the plain command."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from azora_tui.wording.dates import month_name, short_weekday
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.models.due import ReviewCounts
    from azora_tui.models.home import DayActivity, NextAchievement, Streak


def waits_in_vain_sentence(courses: Sequence[tuple[int, str]]) -> str:
    """What a learner is told who waits for a seat in courses that have been archived."""
    titles = " and ".join(title for _, title in courses)
    is_ = "is archived and takes" if len(courses) == 1 else "are archived and take"
    return f"{titles} {is_} nobody new, so you wait there in vain."


def done_words(learned: DayActivity) -> str:
    """ "42 minutes, 3 lessons"."""
    return f"{counted(learned.minutes, 'minute')}, {counted(learned.lessons, 'lesson')}"


def review_words(counts: ReviewCounts) -> str:
    """ "7 due, 3 new"."""
    words = [f"{number:,} {what}" for number, what in ((counts.due, "due"), (counts.new, "new")) if number]
    return ", ".join(words) or "nothing is due"


def streak_words(streak: Streak) -> str:
    if not streak.longest:
        return "ready to begin"
    now = counted(streak.current, "day") if streak.current else "ready to begin"
    return f"{now}, longest {streak.longest:,}"


def rest_words(rest_days: Collection[int]) -> str:
    """ "Sat, Sun"."""
    return ", ".join(short_weekday(weekday) for weekday in sorted(rest_days)) or "none"


def year_sentence(months: Mapping[date, DayActivity]) -> str:
    """What the calendar shows, from what each month has."""
    days = sum(learned.days for learned in months.values())
    if not days:
        return "Each day of learning will have its place here."
    sentence = f"{counted(days, 'day')} of learning in the last year"
    most = max(sorted(months, reverse=True), key=lambda month: months[month].days)
    if len(months) == 1:
        return f"{sentence}, all in {month_name(most)}."
    return f"{sentence}, the most in {month_name(most)}: {months[most].days}."


def next_words(following: NextAchievement) -> str:
    """ "Next: ten lessons completed, 7 so far"."""
    title = following.title[0].lower() + following.title[1:]
    return f"Next: {title}, {following.done:,} so far" if following.done else f"Next: {title}"
