"""Times as text: one form in, the same moment out."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui import times
from azora_tui.errors import StorageError
from azora_tui.times import from_text, from_text_or_none, to_exact_text, to_text

ZONES = st.builds(timezone, st.timedeltas(timedelta(hours=-23), timedelta(hours=23)))
MOMENTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=ZONES)  # noqa: DTZ001


def test_a_moment_is_stored_in_utc_as_the_original_services_did() -> None:
    johannesburg = timezone(timedelta(hours=2))
    assert to_text(datetime(2026, 11, 22, 14, 5, 9, 999_999, johannesburg)) == "2026-11-22 12:05:09"


def test_a_stored_time_is_read_as_utc() -> None:
    assert from_text("2026-11-22 12:05:09") == datetime(2026, 11, 22, 12, 5, 9, tzinfo=UTC)


@given(MOMENTS)
def test_what_was_stored_comes_back_to_the_second(moment: datetime) -> None:
    assert from_text(to_text(moment)) == moment.astimezone(UTC).replace(microsecond=0)


@given(st.lists(MOMENTS, max_size=5))
def test_texts_sort_as_the_moments_do(moments: list[datetime]) -> None:
    assert sorted(map(to_text, moments)) == [to_text(each) for each in sorted(moments)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-22",
        "2026-11-22T12:00:00",
        "2026-11-22 12:00:00Z",
        "2026-11-22 12:00:00.5",
        "2026-11-22 12:00:00.5000000",
        "2026-11-22 12:00+02",
        "2026-11-22T12:00:00+02:00",
        "2026-W47-7 12:00:00",
        "2026-13-01 00:00:00",
        "2026-11-22 12:00:00\n",
        "٢٠٢٦-11-22 12:00:00",
    ],
)
def test_any_other_form_is_refused_and_not_read_as_another_moment(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whichever sentence Python has for it
        from_text(text)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        to_text(datetime(2026, 11, 22, 12))  # noqa: DTZ001


def test_no_time_stays_no_time() -> None:
    assert from_text_or_none(None) is None
    assert from_text_or_none("2026-11-22 12:00:00") == datetime(2026, 11, 22, 12, tzinfo=UTC)


@given(MOMENTS)
def test_an_exact_time_comes_back_whole(moment: datetime) -> None:
    assert from_text(to_exact_text(moment)) == moment


@given(st.lists(MOMENTS, max_size=5))
def test_exact_texts_sort_as_the_moments_do(moments: list[datetime]) -> None:
    assert sorted(map(to_exact_text, moments)) == [to_exact_text(each) for each in sorted(moments)]


def test_a_time_from_before_fractions_were_kept_sorts_before_those_of_its_second() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    later = [noon.replace(microsecond=1), noon.replace(second=1)]
    assert sorted([*map(to_exact_text, later), to_text(noon)]) == [to_text(noon), *map(to_exact_text, later)]


@pytest.mark.parametrize(("year", "is_believed"), [(2026, True), (9000, True), (9001, False), (9999, False)])
def test_a_clock_that_is_centuries_off_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, year: int, is_believed: bool
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Clock":
            return cls(year, 12, 31, tzinfo=tz)

    monkeypatch.setattr(times, "datetime", Clock)
    if is_believed:
        assert times.now().year == year
        return
    with pytest.raises(StorageError, match=f"the year {year}. Nothing was changed. Set the clock right"):
        times.now()
