"""The arithmetic of `python -m benchmarks`, and that it asks for what the design promises; nothing is timed."""

import pytest

from benchmarks import reader, reading, suite
from benchmarks.rows import PAIRS, Spec, p95, quartiles, result, side_by_side

DESIGN = {
    "sign-in": "≤ 1.15 ×",
    "first-page": "≤ 1.4 ×",
    "command-courses": "≤ 6 ×",
    "command-home": "≤ 6 ×",
    "command-enroll": "≤ 6 ×",
    "cursor": "≤ 2 ×",
    "filter": "≤ 3 ×",
    "memory": "≤ 1.5 ×",
    "enrol": "≥ 0.8 ×",
    "my-learning": "≤ 1.2 ×",
    "home": "≤ 1.2 ×",
    "search": "≤ 0.3 ×",
    "certificates": "≤ 1.2 ×",
    "teach-first": "≤ 1.5 ×",
    "monday": "≤ 20 ×",
    "course-figures": "≤ 20 ×",
    "wisdom": "≤ 1.1 ×",
}
"""The table of the design's chapter "Fast", and what certificates promise; what it asks of the reader stands in `benchmarks.reader`."""


def test_the_rows_and_what_they_have_to_reach_are_the_design_s() -> None:
    assert {spec.name: spec.to_reach for spec in suite.SPECS} == DESIGN


def test_every_row_can_be_asked_for_by_its_name() -> None:
    assert sorted(suite.NAMES) == sorted([*DESIGN, reading.NAME])


def test_the_ratio_is_the_median_of_the_pairs_and_not_the_ratio_of_the_medians() -> None:
    spec = Spec("x", "ours", "theirs", 1.5)
    row = result(spec, [(10, 10), (90, 10), (30, 20)])
    assert row.ratio == 1.5
    assert (row.ours, row.theirs) == (30, 10)
    assert row.pairs == 3
    assert row.reached


@pytest.mark.parametrize(
    ("at_least", "ratio", "reached"),
    [(False, 1.5, True), (False, 1.51, False), (True, 1.5, True), (True, 1.49, False)],
)
def test_a_target_is_reached_at_it_and_not_beyond_it(at_least: bool, ratio: float, reached: bool) -> None:
    assert Spec("x", "", "", 1.5, at_least=at_least).reached(ratio) is reached


def test_p95_leaves_the_highest_five_in_a_hundred_out() -> None:
    assert p95(range(101)) == 95
    assert p95([1.0] * 99 + [1000.0]) == 1.0


def test_quartiles() -> None:
    assert quartiles([4, 1, 3, 2, 5]) == (2, 3, 4)


def test_pairs_take_turns_in_who_is_first_and_the_first_of_all_does_not_count() -> None:
    order: list[str] = []

    def measure(name: str) -> float:
        order.append(name)
        return float(len(order))

    measured = side_by_side(lambda: measure("ours"), lambda: measure("theirs"), PAIRS)
    assert len(measured) == PAIRS
    assert order[:6] == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert measured[:2] == [(4.0, 3.0), (5.0, 6.0)]


@pytest.mark.parametrize(("target", "ratio", "reached"), [(">= 300", 301, True), ("<= 1.5", 1.6, False)])
def test_a_row_of_the_reader_keeps_what_it_has_to_reach(target: str, ratio: float, reached: bool) -> None:
    theirs = reader.Row("first paint of lists: faster than others", ratio, target)
    ours = reading.as_result(theirs)
    assert (ours.spec.what, ours.spec.against) == ("first paint of lists", "faster than others")
    assert ours.reached is reached is theirs.reached
