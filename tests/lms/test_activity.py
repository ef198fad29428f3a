"""Streaks, weeks and the calendar, as properties of any days whatever."""

from collections.abc import Collection
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.lms.activity import (
    LEVELS,
    WEEKS,
    first_day,
    last_weeks,
    level,
    monday_of,
    months,
    records,
    streak,
    week_of,
)
from azora_tui.models.home import DayActivity, Streak

TODAY = date(2026, 11, 22)  # a Sunday
DAYS = st.sets(st.dates(TODAY - timedelta(days=60), TODAY), max_size=60)
REST = st.frozensets(st.integers(0, 6), max_size=7)
LEARNED = st.builds(DayActivity, days=st.just(1), minutes=st.integers(0, 300), lessons=st.integers(0, 5))


def back(*numbers: int) -> set[date]:
    return {TODAY - timedelta(days=number) for number in numbers}


@pytest.mark.parametrize(
    ("days", "rest", "expected"),
    [
        (set(), (), Streak(0, 0)),
        (back(0), (), Streak(1, 1)),
        (back(1, 2, 3), (), Streak(3, 3)),  # today is not over
        (back(2, 3, 4), (), Streak(0, 3)),
        (back(0, 1, 3, 4, 5), (), Streak(2, 3)),
        (back(0, 2), (5,), Streak(2, 2)),  # Saturday between
        (back(1, 2, 8, 9), (6,), Streak(2, 2)),  # today, a Sunday, does not count
        (back(0, 1), (6,), Streak(1, 1)),
        (back(3, 10), (4, 5, 6, 0, 1, 2), Streak(2, 2)),  # Thursdays only
        (back(0, 1, 2), range(7), Streak(0, 0)),
        (back(-1, 0), (), Streak(1, 1)),  # tomorrow has yet to come
    ],
)
def test_streaks_by_hand(days: set[date], rest: Collection[int], expected: Streak) -> None:
    assert streak(days, rest, TODAY) == expected


def slow_streak(days: set[date], rest: Collection[int], last: date) -> int:
    """Day by day, back from the last one."""
    length, day = 0, last
    if day not in days or day.weekday() in rest:
        day -= timedelta(days=1)
    while day.weekday() in rest or day in days:
        length += day.weekday() not in rest
        day -= timedelta(days=1)
        if (last - day).days > 400:
            break
    return length


@given(DAYS, REST)
def test_the_streak_is_what_one_counts_on_ones_fingers(days: set[date], rest: frozenset[int]) -> None:
    found = streak(days, rest, TODAY)
    assert found.current == slow_streak(days, rest, TODAY)
    ends = [TODAY - timedelta(days=number) for number in range(62)]
    assert found.longest == max(slow_streak(days, rest, end) for end in ends)


@given(DAYS, REST)
def test_learning_another_day_that_counts_never_shortens_a_streak(days: set[date], rest: frozenset[int]) -> None:
    before, after = streak(days, rest, TODAY), streak(days | {TODAY}, rest, TODAY)
    assert after.current >= before.current
    assert after.longest >= before.longest


@given(DAYS, REST)
def test_a_missed_day_costs_the_current_number_and_nothing_else(days: set[date], rest: frozenset[int]) -> None:
    later = streak(days, rest, TODAY + timedelta(days=30))
    assert later.longest == streak(days, rest, TODAY).longest


@given(DAYS, REST)
def test_records_are_as_many_as_the_longest_streak_has_days(days: set[date], rest: frozenset[int]) -> None:
    found = records(days, rest)
    assert len(found) == streak(days, rest, TODAY).longest
    assert found == sorted(found)
    for number, day in enumerate(found, start=1):
        assert streak(days, rest, day).longest == number
        assert streak(days, rest, day - timedelta(days=1)).longest < number


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_calendar_begins_on_a_monday_and_holds_a_year(today: date) -> None:
    first = first_day(today)
    assert first.weekday() == 0
    assert (monday_of(today) - first).days == 7 * (WEEKS - 1)
    assert first <= today - timedelta(days=364)
    assert first_day(today, 1) == monday_of(today) <= today


@given(st.integers(0, 1500), st.integers(0, 1500))
def test_more_minutes_are_never_a_lower_level(one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert 1 <= level(DayActivity(1, less)) <= level(DayActivity(1, more)) <= len(LEVELS)


def test_levels_begin_where_the_legend_says() -> None:
    assert [level(DayActivity(1, minutes)) for minutes in (0, 1, 14, 15, 29, 30, 59, 60)] == [1, 1, 1, 2, 2, 3, 3, 4]
    assert level(DayActivity()) == 0


@given(st.dictionaries(st.dates(first_day(TODAY), TODAY), LEARNED))
def test_weeks_and_months_lose_nothing_of_the_year(days: dict[date, DayActivity]) -> None:
    whole = sum(days.values(), DayActivity())
    assert sum(last_weeks(days, TODAY, WEEKS), DayActivity()) == whole
    by_month = months(days, TODAY)
    assert sum(by_month.values(), DayActivity()) == whole
    assert list(by_month) == sorted(by_month)
    assert all(month.day == 1 and sums.days for month, sums in by_month.items())


def test_a_week_is_monday_to_sunday() -> None:
    monday = date(2026, 11, 16)
    days = {monday - timedelta(days=1): DayActivity(1, 5), monday: DayActivity(1, 7, 1), TODAY: DayActivity(1, 9)}
    assert week_of(days, TODAY) == week_of(days, monday) == DayActivity(2, 16, 1)
    assert last_weeks(days, TODAY, 3) == (DayActivity(), DayActivity(1, 5), DayActivity(2, 16, 1))


def test_a_year_ago_and_tomorrow_are_in_no_month_of_the_calendar() -> None:
    days = {first_day(TODAY) - timedelta(days=1): DayActivity(1, 5), TODAY + timedelta(days=1): DayActivity(1, 5)}
    assert months(days, TODAY) == {}
