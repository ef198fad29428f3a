"""How much waits to be reviewed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """How many cards are due now, and how many are there that the learner has never rated."""

    due: int
    new: int


@dataclass(frozen=True, slots=True)
class DueDay:
    """How many cards fall due on a day of the learner's own calendar."""

    day: date
    count: int
