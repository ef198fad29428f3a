"""UUIDs of version 7."""

import os
import threading
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui import ids

AT = datetime(2026, 11, 22, 12, 0, 0, 123_456, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_latest", 0)


def milliseconds(text: str) -> int:
    return uuid.UUID(text).int >> 80


def test_an_id_is_a_uuid_of_version_7_with_the_time_it_was_made() -> None:
    made = uuid.UUID(ids.uuid7(AT))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert milliseconds(str(made)) == int(AT.timestamp() * 1000)


def test_the_example_of_the_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 9562, appendix A.6. Its random cc3 lies between 797 and 798 microseconds, so that ours has cc4 there."""
    monkeypatch.setattr(os, "urandom", lambda count: bytes.fromhex("18c4dc0c0c07398f")[:count])
    at = datetime.fromtimestamp(0x017F22E279B0 / 1000, UTC) + timedelta(microseconds=798)
    assert ids.uuid7(at) == "017f22e2-79b0-7cc4-98c4-dc0c0c07398f"


def test_the_zone_of_the_clock_makes_no_difference() -> None:
    there = AT.astimezone(timezone(timedelta(hours=9)))
    assert milliseconds(ids.uuid7(there)) == milliseconds(ids.uuid7(AT))


@given(st.lists(st.integers(-3_000_000, 3_000_000), min_size=2, max_size=50))
def test_ids_of_one_process_rise_wherever_its_clock_goes(steps: list[int]) -> None:
    made = [ids.uuid7(AT + timedelta(microseconds=step)) for step in steps]
    assert made == sorted(set(made))


def test_threads_never_get_the_same_time() -> None:
    made: list[str] = []

    def make() -> None:
        made.extend([ids.uuid7(AT) for _ in range(500)])

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({text[:18] for text in made}) == 2_000


def test_microseconds_are_told_apart_in_the_id() -> None:
    first, second = ids.uuid7_of(AT, 9), ids.uuid7_of(AT + timedelta(microseconds=1), 1)
    assert first < second


@given(st.lists(st.integers(0, 2**32 - 1), unique=True, min_size=2, max_size=30))
def test_what_happened_at_one_time_keeps_its_order(sequence: list[int]) -> None:
    made = [ids.uuid7_of(AT, number) for number in sequence]
    assert [number for _, number in sorted(zip(made, sequence, strict=True))] == sorted(sequence)


def test_the_same_row_of_two_files_gets_two_ids() -> None:
    assert ids.uuid7_of(AT, 1) != ids.uuid7_of(AT, 1)


@pytest.mark.parametrize("year", [1, 1960, 9999])
def test_a_time_that_no_uuid_holds_is_the_nearest_that_one_does(year: int) -> None:
    made = uuid.UUID(ids.uuid7_of(AT.replace(year=year), 1))
    assert made.version == 7
    assert (milliseconds(str(made)) == 0) == (year < 1970)
