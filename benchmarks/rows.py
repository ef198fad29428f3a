"""What a row of the table is, and the arithmetic between the stopwatch and the table."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

PAIRS = 10
"""The fewest pairs whose median counts."""


@dataclass(frozen=True, slots=True)
class Spec:
    """A row before it is measured; the ratio is `what` ÷ `against`, to be at most (or at least) `target`."""

    name: str
    what: str
    against: str
    target: float
    at_least: bool = False
    unit: str = "ms"

    @property
    def to_reach(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.target:g} ×"

    def reached(self, ratio: float) -> bool:
        return ratio >= self.target if self.at_least else ratio <= self.target


@dataclass(frozen=True, slots=True)
class Result:
    """A measured row. The absolute medians are None where only the ratio is known."""

    spec: Spec
    ratio: float
    low: float
    high: float
    pairs: int
    ours: float | None = None
    theirs: float | None = None

    @property
    def reached(self) -> bool:
        return self.spec.reached(self.ratio)


Pair = tuple[float, float]
"""(ours, theirs), measured one right after the other."""


def result(spec: Spec, pairs: Sequence[Pair]) -> Result:
    """The median of the pairs' ratios, with its quartiles, and the median of each side."""
    ratios = [ours / theirs for ours, theirs in pairs]
    low, middle, high = quartiles(ratios)
    return Result(
        spec,
        ratio=middle,
        low=low,
        high=high,
        pairs=len(ratios),
        ours=statistics.median(ours for ours, _ in pairs),
        theirs=statistics.median(theirs for _, theirs in pairs),
    )


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def p95(values: Sequence[float]) -> float:
    """The value that 95 in 100 of these stay at or below, interpolated between the two nearest."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def side_by_side(ours: Callable[[], float], theirs: Callable[[], float], pairs: int) -> list[Pair]:
    """Measure in pairs, each side first in turn, after one pair that warms up and does not count."""
    measured: list[Pair] = []
    for number in range(pairs + 1):
        if number % 2:
            bare = theirs()
            measured.append((ours(), bare))
        else:
            own = ours()
            measured.append((own, theirs()))
    return measured[1:]
