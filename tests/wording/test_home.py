"""Home in words."""

from datetime import date

import pytest

from azora_tui.models.home import DayActivity, NextAchievement, Streak
from azora_tui.wording.dates import short_date
from azora_tui.wording.home import done_words, next_words, rest_words, streak_words, year_sentence

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ({}, "Each day of learning will have its place here."),
        ({MAY: DayActivity(1, 5)}, "1 day of learning in the last year, all in May 2026."),
        (
            {MARCH: DayActivity(9), MAY: DayActivity(4)},
            "13 days of learning in the last year, the most in March 2026: 9.",
        ),
        ({MARCH: DayActivity(4), MAY: DayActivity(4)}, "8 days of learning in the last year, the most in May 2026: 4."),
    ],
)
def test_the_year(months: dict[date, DayActivity], expected: str) -> None:
    assert year_sentence(months) == expected


@pytest.mark.parametrize(
    ("streak", "expected"),
    [
        (Streak(0, 0), "ready to begin"),
        (Streak(0, 12), "ready to begin, longest 12"),
        (Streak(1, 1), "1 day, longest 1"),
        (Streak(5, 1200), "5 days, longest 1,200"),
    ],
)
def test_a_streak_that_has_ended_is_no_reproach(streak: Streak, expected: str) -> None:
    assert streak_words(streak) == expected


def test_the_rest() -> None:
    assert done_words(DayActivity(3, 1, 2)) == "1 minute, 2 lessons"
    assert rest_words({6, 0}) == "Mon, Sun"
    assert rest_words(()) == "none"
    assert short_date(date(2026, 11, 2)) == "2 Nov 2026"
    assert next_words(NextAchievement("Ten lessons completed", 7, 10)) == "Next: ten lessons completed, 7 so far"
    assert next_words(NextAchievement("A quiz with 100 %", 0, 1)) == "Next: a quiz with 100 %"
