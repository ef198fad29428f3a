"""Streaks, weeks and the calendar of learning: rules on days, without a clock or a database.

Days are local dates. `rest` are weekdays (Monday is 0) that neither count in a streak nor end it; `never` are dates
that were left out of the learner's own calendar, and end none either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from azora_tui.models.home import DayActivity, Streak

WEEKS = 53
"""Weeks of the calendar: a year, whatever weekday it began on."""
LEVELS = (1, 15, 30, 60)
"""Minutes from which a day has the level 1, 2, 3, 4. A day with a deed but no minutes has level 1."""


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def first_day(today: date, weeks: int = WEEKS) -> date:
    """The Monday with which a calendar of so many weeks begins; its last week is that of `today`."""
    return monday_of(today) - timedelta(weeks=weeks - 1)


def level(learned: DayActivity) -> int:
    """How much a day has, from 0 for nothing to 4."""
    if not learned.days:
        return 0
    return max(1, sum(learned.minutes >= least for least in LEVELS))


def week_of(days: Mapping[date, DayActivity], day: date) -> DayActivity:
    """What was done in the week, Monday to Sunday, that `day` is in."""
    monday = monday_of(day)
    return _sum(days.get(monday + timedelta(days=number)) for number in range(7))


def last_weeks(days: Mapping[date, DayActivity], today: date, weeks: int) -> tuple[DayActivity, ...]:
    """What was done in each of the last weeks, that of `today` last."""
    return tuple(week_of(days, today - timedelta(weeks=back)) for back in reversed(range(weeks)))


def months(days: Mapping[date, DayActivity], today: date) -> dict[date, DayActivity]:
    """What was done in each month with learning (by its first day) of the calendar's year, oldest first."""
    found: dict[date, DayActivity] = {}
    for day in sorted(days):
        if first_day(today) <= day <= today:
            month = day.replace(day=1)
            found[month] = found.get(month, DayActivity()) + days[day]
    return found


def streak(days: Iterable[date], rest: Collection[int], today: date, never: Collection[date] = frozenset()) -> Streak:
    """Days in a row. Today has not been missed before it is over; a day that has yet to come does not count."""
    current = longest = 0
    last = None
    for last, current in _lengths((day for day in days if day <= today), rest, never):  # noqa: B007  # the last ones count
        longest = max(longest, current)
    if last is not None and _missed_between(last, today, rest, never):
        current = 0
    return Streak(current, longest)


def records(days: Iterable[date], rest: Collection[int], never: Collection[date] = frozenset()) -> list[date]:
    """The days on which a streak was longer than any before: on number n (from 0) one first was n + 1 long."""
    found: list[date] = []
    for day, length in _lengths(days, rest, never):
        if length > len(found):
            found.append(day)
    return found


def _lengths(days: Iterable[date], rest: Collection[int], never: Collection[date]) -> Iterator[tuple[date, int]]:
    """Each day that counts, in order, and how long the streak is on it."""
    length = 0
    before: date | None = None
    for day in sorted(set(days)):
        if day.weekday() in rest:
            continue
        length = 1 if before is None or _missed_between(before, day, rest, never) else length + 1
        before = day
        yield day, length


def _missed_between(before: date, after: date, rest: Collection[int], never: Collection[date]) -> bool:
    """Whether a day lies between two that was there to be learned on, and no rest day."""
    # After a week without one left out, every weekday has been looked at.
    between = min((after - before).days - 1, 7 * (1 + len(never)))
    gap = (before + timedelta(days=number) for number in range(1, between + 1))
    return any(day.weekday() not in rest and day not in never for day in gap)


def _sum(parts: Iterable[DayActivity | None]) -> DayActivity:
    return sum((part for part in parts if part is not None), DayActivity())
