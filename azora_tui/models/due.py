"""How much waits to be reviewed."""

from typing import NamedTuple


class ReviewCounts(NamedTuple):
    """How many cards are due now, and how many are there that the learner has never rated."""

    due: int
    new: int
