"""States, times and numbers as words."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.glyphs import ASCII, UNICODE, Glyphs
from azora_tui.models.due import ReviewCounts
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.reviews import CardId, CardKind, CardState, DueDay, Flashcard, ReviewCard, ReviewSession
from azora_tui.wording.bars import bar
from azora_tui.wording.courses import course_state
from azora_tui.wording.dates import calendar_day, day, interval, since, until
from azora_tui.wording.numbers import counted
from azora_tui.wording.reviews import forecast_words, session_words

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 lessons"), (1, "1 lesson"), (2, "2 lessons"), (1204, "1,204 lessons")]
)
def test_things_are_counted_in_words(number: int, expected: str) -> None:
    assert counted(number, "lesson") == expected


def test_a_plural_of_its_own_is_used() -> None:
    assert (counted(1, "person", "people"), counted(2, "person", "people")) == ("1 person", "2 people")


@pytest.mark.parametrize(
    ("status", "progress", "expected"),
    [
        (None, None, ("○ new", "muted")),
        (EnrollmentStatus.LEFT, 50, ("○ left", "muted")),
        (EnrollmentStatus.COMPLETED, 100, ("✓ completed", "done")),
        (EnrollmentStatus.ACTIVE, None, ("● enrolled", "active")),
        (EnrollmentStatus.ACTIVE, 0, ("● enrolled", "active")),
        (EnrollmentStatus.ACTIVE, 66, ("● 66 %", "active")),
    ],
)
def test_a_state_is_sign_and_word(
    status: EnrollmentStatus | None, progress: int | None, expected: tuple[str, str]
) -> None:
    assert course_state(status, progress, UNICODE) == expected
    assert course_state(status, progress, ASCII)[0].isascii()


def test_states_differ_without_colour_and_without_signs() -> None:
    states = [None, *EnrollmentStatus]
    assert len({course_state(each, 0, UNICODE)[0][2:] for each in states}) == len(states)


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        (timedelta(0), "today"),
        (timedelta(hours=12), "today"),
        (timedelta(hours=12, seconds=1), "yesterday"),
        (timedelta(hours=36), "yesterday"),
        (timedelta(hours=36, seconds=1), "2 days ago"),
        (timedelta(days=27), "27 days ago"),
        (timedelta(days=28), "25 Oct 2026"),
        (timedelta(days=365), "22 Nov 2025"),
        (timedelta(days=-3), "today"),  # a clock that was set back
    ],
)
def test_time_past_is_told_in_days_of_the_calendar(ago: timedelta, expected: str) -> None:
    assert since(NOON - ago, NOON) == expected


@pytest.fixture
def johannesburg(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "SAST-2")
    time.tzset()
    yield
    os.environ["TZ"] = "UTC"
    time.tzset()


@pytest.mark.usefixtures("johannesburg")
def test_the_calendar_is_the_learners_own() -> None:
    midnight_there = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)
    assert since(midnight_there, NOON) == "today"
    assert since(midnight_there - timedelta(seconds=1), NOON) == "yesterday"


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@given(percent=st.integers(0, 100), width=st.integers(0, 200))
def test_a_bar_is_as_wide_as_asked_and_full_only_at_100(glyphs: Glyphs, percent: int, width: int) -> None:
    done, rest = bar(percent, width, glyphs)
    assert len(done) + len(rest) == width
    assert set(done) <= {glyphs.bar}
    assert set(rest) <= {glyphs.bar_rest}
    assert len(done) * 100 <= percent * width
    if width:
        assert (rest == "") == (percent == 100)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(0), "now"),
        (timedelta(days=-3), "now"),
        (timedelta(seconds=1), "in 1 minute"),
        (timedelta(minutes=5, seconds=30), "in 6 minutes"),
        (timedelta(hours=1), "in 60 minutes"),
        (timedelta(hours=2), "in 2 hours"),
        (timedelta(hours=11, minutes=59), "in 12 hours"),
        (timedelta(hours=12), "tomorrow"),
        (timedelta(hours=36), "on Tue 24 Nov"),
        (timedelta(days=60), "on Thu 21 Jan 2027"),
    ],
)
def test_until(after: timedelta, words: str) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert until(now + after, now) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=5, seconds=30), "6 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=59), "59 days"),
        (timedelta(days=61), "2 months"),
        (timedelta(days=729), "24 months"),
        (timedelta(days=731), "2 years"),
    ],
)
def test_interval(length: timedelta, words: str) -> None:
    assert interval(length) == words


def test_a_forecast_in_words() -> None:
    first = date(2026, 12, 30)
    days = [DueDay(first + timedelta(days=number), 0) for number in range(14)]
    assert forecast_words(days) == "Nothing falls due in the next two weeks."
    days[1] = DueDay(days[1].day, 1204)
    days[3] = DueDay(days[3].day, 1)
    assert forecast_words(days) == "Tomorrow 1,204, Sat 2 Jan 2027 1."


@pytest.mark.parametrize(
    ("due", "new", "all_due", "all_new", "words"),
    [
        (0, 0, 0, 0, ""),
        (3, 5, 3, 5, "8 cards: 3 due, 5 new."),
        (1, 0, 1, 0, "1 card: 1 due."),
        (0, 5, 0, 6, "5 cards: 5 new. 1 more waits."),
        (10, 0, 1_020, 7, "10 cards: 10 due. 1,017 more wait."),
    ],
)
def test_a_session_says_why_it_is_as_many_cards(due: int, new: int, all_due: int, all_new: int, words: str) -> None:
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    fresh = ReviewCard(CardId(1, CardKind.CARD, "a"), 1, "Course", "Lesson", Flashcard("a", "Front", "Back"))
    seen = replace(fresh, state=CardState(2, None, 1.0, 5.0, moment, moment))
    session = ReviewSession((*[seen] * due, *[fresh] * new), ReviewCounts(all_due, all_new), None, ())
    assert session_words(session) == words


def test_the_ends_of_the_calendar_have_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is none here where the clocks of this place are already in the year 10000."""
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    for zone in ("Etc/GMT-14", "Etc/GMT+12"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert until(last, NOON) == "on Fri 31 Dec 9999"
        assert since(last, last) == "today"
        assert day(last) == "31 December 9999"
        assert calendar_day(last.date(), last.date()) == "today"
    monkeypatch.undo()
    time.tzset()
