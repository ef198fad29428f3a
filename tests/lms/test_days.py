"""A journey changes no past day: what was done counts in the zone that it was done in."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.data import activity as rows
from azora_tui.data.transaction import ConstraintError
from azora_tui.errors import StorageError
from azora_tui.lms import days, enrolling, home, notes, quizzes, reading, review
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.home import Achievement, HomePage, Streak
from azora_tui.models.reviews import Rating
from azora_tui.wire import home as wire
from tests.conftest import Clock
from tests.engine import sqlite
from tests.lms.conftest import source, take

Make = Callable[..., Claims]
Travel = Callable[[str], None]

ZONES = ["UTC", "Africa/Johannesburg", "Pacific/Kiritimati", "Pacific/Honolulu", "America/New_York", "Asia/Kathmandu"]


@pytest.fixture
def travel() -> Iterator[Travel]:
    """`travel("Asia/Tokyo")`: this computer is there from now on."""
    before = os.environ.get("TZ")

    def to(zone: str) -> None:
        os.environ["TZ"] = zone
        time.tzset()

    yield to
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.fixture
def ids(lms: Lms, claims: Make, add_course: Callable[..., int], lesson_ids: Any) -> dict[str, int]:
    course = add_course(lessons="one two three")
    enrolling.enroll(lms, claims(), course)
    found: dict[str, int] = lesson_ids(course)
    return found


def seen(page: HomePage) -> tuple[object, ...]:
    return dict(page.days), page.streak.longest, page.achievements


def forget_zones(lms: Lms) -> None:
    """Make of what was done what it would be in a file from before zones were kept."""
    with lms.database.write() as transaction:
        for table in ("events", "minutes_spent", "notes", "attempts", "review_log"):
            found: Any = transaction.execute(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = :table", {"table": table}
            )
            triggers = list(found)
            for name, _ in triggers:
                transaction.execute(f"DROP TRIGGER {name}")
            transaction.execute(f"UPDATE {table} SET utc_offset = NULL")
            for _, sql in triggers:
                transaction.execute(sql)


@pytest.mark.parametrize("there", ZONES)
@pytest.mark.parametrize("hour", [0, 3, 11, 21, 23])
def test_nine_days_stay_nine_days_wherever_they_are_looked_at(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int], travel: Travel, there: str, hour: int
) -> None:
    travel("Africa/Johannesburg")
    for day in range(1, 10):
        # by turns early and late on one's own day: in another zone two of them can fall on one date
        clock.moment = datetime(2026, 11, day, hour if day % 2 else 12, 30, tzinfo=ZoneInfo("Africa/Johannesburg"))
        reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    before = home.page(lms, claims())
    assert before.streak == Streak(9, 9)
    travel(there)
    after = home.page(lms, claims())
    assert seen(after) == seen(before)
    assert after.streak == Streak(9, 9)
    assert sorted(after.days) == [date(2026, 11, day) for day in range(1, 10)]
    assert Achievement("Seven days in a row", date(2026, 11, 7)) in after.achievements


def test_every_kind_of_deed_keeps_its_day(
    lms: Lms, claims: Make, clock: Clock, travel: Travel, lesson_ids: Any
) -> None:
    from azora_tui.lms.installing import install

    with lms.database.write() as transaction:
        course = install(lms, transaction, source("ants", "one two"))
    ids = lesson_ids(course)
    enrolling.enroll(lms, claims(), course)
    travel("Africa/Johannesburg")
    clock.moment = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # half past midnight on the 23rd
    reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    clock.advance(days=1)
    take(lms, claims(), ids["one"], True, True)
    clock.advance(days=1)
    notes.write(lms, claims(), ids["one"], digest=1, quote="A", position="{}", text=None)
    clock.advance(days=1)
    card = next(each for each in review.session(lms, claims()).cards if each.state is None)
    review.rate(lms, claims(), card, Rating.GOOD)
    clock.advance(days=1)
    reading.open_lesson(lms, claims(), ids["two"])
    reading.keep_place(lms, claims(), ids["two"], None, minutes=7)
    before = home.page(lms, claims())
    assert sorted(before.days) == [date(2026, 11, day) for day in (23, 24, 25, 26, 27)]
    assert {each.day for each in before.achievements} == {date(2026, 11, 23), date(2026, 11, 24)}
    travel("America/New_York")
    assert seen(home.page(lms, claims())) == seen(before)


@pytest.mark.parametrize("there", ZONES)
def test_old_days_count_in_the_zone_of_their_first_look(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int], travel: Travel, there: str
) -> None:
    travel("Europe/Berlin")
    for day in (24, 25, 26):  # clocks went back in the night to the 25th
        clock.moment = datetime(2026, 10, day, 21 if day == 24 else 22, 30, tzinfo=UTC)
        reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    notes.write(lms, claims(), ids["one"], digest=1, quote="A", position="{}", text=None)
    forget_zones(lms)
    before = home.page(lms, claims())
    assert sorted(before.days) == [date(2026, 10, day) for day in (24, 25, 26)]
    travel(there)
    after = home.page(lms, claims())
    assert seen(after) == seen(before)
    with lms.database.read() as transaction:
        found: Any = sqlite(transaction).execute("SELECT COUNT(*) FROM events WHERE kind = 'days_placed'")
        assert found.get == 1, "a second look adds nothing"
    clock.advance(days=1)
    reading.complete_lesson(lms, claims(), ids["two"])
    assert len(home.page(lms, claims()).days) == 4, "what is done from then on counts where it is done"


def test_the_first_look_of_one_places_nothing_of_another(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int], travel: Travel
) -> None:
    clock.moment = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    with lms.database.read() as transaction:
        found: Any = transaction.execute("SELECT id FROM courses")
        course = found.fetchone()[0]
    enrolling.enroll(lms, claims(2), course)
    for who in (1, 2):
        reading.complete_lesson(lms, claims(who), ids["one"])
    forget_zones(lms)
    travel("Africa/Johannesburg")
    assert sorted(home.page(lms, claims(1)).days) == [date(2026, 11, 23)]
    travel("UTC")
    assert sorted(home.page(lms, claims(2)).days) == [date(2026, 11, 22)]
    assert sorted(home.page(lms, claims(1)).days) == [date(2026, 11, 23)]


def test_who_has_nothing_old_is_asked_nothing(lms: Lms, claims: Make, ids: dict[str, int]) -> None:
    reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    home.page(lms, claims())
    with lms.database.read() as transaction:
        found: Any = sqlite(transaction).execute("SELECT COUNT(*) FROM events WHERE kind = 'days_placed'")
        assert found.get == 0


def test_a_first_look_that_cannot_be_kept_shows_home_all_the_same(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int], travel: Travel, monkeypatch: pytest.MonkeyPatch
) -> None:
    travel("Africa/Johannesburg")
    clock.moment = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    forget_zones(lms)

    def full(*_: object, **__: object) -> None:
        raise StorageError("database_full", path="lms.db")

    with monkeypatch.context() as patched:
        patched.setattr(days, "add_event", full)
        assert sorted(home.page(lms, claims()).days) == [date(2026, 11, 23)]
    travel("UTC")
    assert sorted(home.page(lms, claims()).days) == [date(2026, 11, 22)], "its first look is the one that was kept"


def test_tomorrow_s_day_of_who_flew_to_the_west_still_counts(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int], travel: Travel
) -> None:
    travel("Pacific/Auckland")
    for day in (10, 11, 12):
        clock.moment = datetime(2026, 11, day, 8, tzinfo=ZoneInfo("Pacific/Auckland"))
        reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    before = home.page(lms, claims())
    travel("Pacific/Honolulu")  # where it is still the 11th
    page = home.page(lms, claims())
    assert (page.today, page.streak) == (date(2026, 11, 12), Streak(3, 3))
    assert wire.home(page) == wire.home(before), "nothing that was shown is gone"
    clock.moment = datetime(2026, 11, 12, 20, tzinfo=ZoneInfo("Pacific/Honolulu"))
    reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    assert home.page(lms, claims()).streak == Streak(3, 3), "a date that comes twice is one day"
    clock.advance(days=1)
    assert home.page(lms, claims()).today == date(2026, 11, 13)


def test_a_date_that_a_journey_left_out_ends_no_streak(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int], travel: Travel
) -> None:
    travel("Pacific/Honolulu")
    for day in (10, 11):
        clock.moment = datetime(2026, 11, day, 20, tzinfo=ZoneInfo("Pacific/Honolulu"))
        reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    clock.moment = datetime(2026, 11, 13, 7, tzinfo=ZoneInfo("Pacific/Auckland"))  # twelve hours later
    travel("Pacific/Auckland")
    assert home.page(lms, claims()).streak == Streak(2, 2), "the 12th never was"
    reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    assert home.page(lms, claims()).streak == Streak(3, 3)
    clock.advance(days=2)
    assert home.page(lms, claims()).streak == Streak(0, 3), "a day that was missed ends it"


def test_what_lies_in_the_future_of_a_clock_set_back_does_not_count_yet(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int]
) -> None:
    clock.advance(days=1)
    reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    clock.advance(days=-1)
    assert home.page(lms, claims()).streak == Streak(0, 0)


OFFSETS = st.sampled_from(range(-660, 841, 15))


@given(st.lists(st.tuples(st.integers(1, 30), OFFSETS), min_size=1, max_size=12), st.data())
def test_no_later_journey_changes_what_a_journey_left_out(steps: list[tuple[int, int]], data: st.DataObject) -> None:
    moment, moments = datetime(2026, 11, 1, tzinfo=UTC), []
    for hours, offset in steps:
        moment += timedelta(hours=hours)
        moments.append((moment, offset))
    before = days.left_out(moments)
    later = moment + timedelta(hours=data.draw(st.integers(1, 30))), data.draw(OFFSETS)
    assert before <= days.left_out([*moments, later])


def test_the_zone_of_the_school_s_service_goes_before_that_of_the_computer(lms: Lms) -> None:
    from dataclasses import replace

    kathmandu = replace(lms, zone=ZoneInfo("Asia/Kathmandu"))
    assert kathmandu.utc_offset("2026-11-22 12:00:00.000001") == 345
    odd = replace(lms, zone=timezone(timedelta(hours=-1, seconds=20)))
    assert odd.utc_offset("9999-12-31 23:59:59") == -60
    assert kathmandu.utc_offset("9999-12-31 23:59:59") == 0, "at the end of the calendar"


def test_a_place_in_the_log_has_its_zone_for_good(lms: Lms, claims: Make, ids: dict[str, int]) -> None:
    reading.complete_lesson(lms, claims(), ids["one"], minutes=1)
    for table in ("events", "minutes_spent"):
        with pytest.raises(ConstraintError, match="only ever added"), lms.database.write() as transaction:
            transaction.execute(f"UPDATE {table} SET utc_offset = 60")
    with lms.database.read() as transaction:
        assert {deed.utc_offset for deed in rows.minutes_of(transaction, 1)} == {0}


def test_a_quiz_finished_is_dated_where_it_was_finished(lms: Lms, claims: Make, clock: Clock, travel: Travel) -> None:
    from azora_tui.lms.installing import install

    with lms.database.write() as transaction:
        course = install(lms, transaction, source("ants", "one"))
        found: Any = transaction.execute("SELECT id FROM lessons")
        lesson = found.fetchone()[0]
    enrolling.enroll(lms, claims(), course)
    clock.moment = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    attempt = take(lms, claims(), lesson, True)  # one of two, in UTC
    travel("Africa/Johannesburg")
    quizzes.answer(lms, claims(), attempt.id, attempt.open_questions[0].id, (0,))
    quizzes.finish(lms, claims(), attempt.id)
    travel("UTC")
    assert Achievement("A quiz with 100 %", date(2026, 11, 23)) in home.page(lms, claims()).achievements
