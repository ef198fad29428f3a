"""How long somebody has read."""

from datetime import UTC, datetime, timedelta

import pytest

from azora_tui.screens.reading_time import ReadingTime

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_whole_minutes_are_taken_and_the_rest_is_kept() -> None:
    time = ReadingTime()
    time.begin(NOW)
    time.go_on(after(50))
    assert time.take_minutes(after(100)) == 1
    assert time.take_minutes(after(119)) == 0
    assert time.take_minutes(after(120)) == 1


@pytest.mark.parametrize(("pause", "minutes"), [(119, 1), (120, 2), (3_600, 2), (-3_600, 0)])
def test_of_a_long_pause_two_minutes_count_and_of_a_clock_set_back_none(pause: float, minutes: int) -> None:
    time = ReadingTime()
    time.begin(NOW)
    assert time.take_minutes(after(pause)) == minutes


def test_nothing_counts_before_somebody_begins_nor_while_they_are_elsewhere() -> None:
    time = ReadingTime()
    assert time.take_minutes(NOW) == 0
    time.begin(after(100))
    time.begin(after(200))
    assert time.take_minutes(after(230)) == 0
    assert time.take_minutes(after(260)) == 1
