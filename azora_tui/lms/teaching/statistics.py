"""The formulas behind the figures, on plain numbers. Each has its source in `docs/insights.md`."""

from __future__ import annotations

from math import floor, sqrt
from typing import TYPE_CHECKING

from azora_tui.models.insights import Quartiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azora_tui.data.figures import QuestionSums

MIN_PEOPLE = 5
"""Of fewer people a figure says how many they are, and no percentage."""
MIN_ATTEMPTS = 20
"""Of fewer first attempts nothing is said of how well a question tells learners apart."""
GROUP = 0.27
"""The share of a class that makes the upper and the lower group (Kelley 1939)."""


def share(part: int, whole: int) -> int | None:
    """Whole percent, rounded down; None of fewer than `MIN_PEOPLE`."""
    return part * 100 // whole if whole >= MIN_PEOPLE else None


def quartiles(histogram: Sequence[tuple[int, int]]) -> Quartiles | None:
    """Of numbers given as (number, how often), smallest first; None of none."""
    people = sum(times for _, times in histogram)
    if not people:
        return None
    return Quartiles(people, *(_quantile(histogram, people, part) for part in (0.25, 0.5, 0.75)))


def _quantile(histogram: Sequence[tuple[int, int]], count: int, part: float) -> float:
    """By linear interpolation between the two numbers around the place (Hyndman and Fan 1996, type 7)."""
    place = (count - 1) * part
    lower = _at(histogram, floor(place))
    upper = _at(histogram, min(floor(place) + 1, count - 1))
    return lower + (upper - lower) * (place - floor(place))


def _at(histogram: Sequence[tuple[int, int]], place: int) -> int:
    """The number at a place (0 is the smallest)."""
    seen = 0
    for number, times in histogram:
        seen += times
        if place < seen:
            return number
    raise IndexError(place)


def discrimination(sums: QuestionSums) -> float | None:
    """The correlation of a question's score with that of the rest of the quiz over first attempts: the corrected
    point-biserial. None of fewer than `MIN_ATTEMPTS`, and where one of the two is always the same."""
    count = sums.attempts
    if count < MIN_ATTEMPTS:
        return None
    varies = count * sums.right_sum - sums.right_sum**2
    rest_varies = count * sums.rest_squares - sums.rest_sum**2
    if not (varies and rest_varies):
        return None
    return (count * sums.right_rest - sums.right_sum * sums.rest_sum) / sqrt(varies * rest_varies)


def group_size(people: int) -> int:
    """How many are in the upper and in the lower group: at least one, where there is anybody."""
    return min(people, max(1, round(people * GROUP))) if people else 0
