"""When a card comes back: FSRS, as the `fsrs` package computes it. Nothing else knows that package.

Without the random part of its intervals, so that the same ratings always make the same state.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from azora_tui.models.reviews import CardState, Rating

if TYPE_CHECKING:
    from fsrs import Scheduler

RETENTION = 0.9
"""How likely a card is to be remembered on the day it falls due."""


def reviewed(state: CardState | None, rating: Rating, at: datetime) -> CardState:
    """The state after a rating at a time (UTC); `state` is None for a card that has never been rated."""
    import fsrs  # loaded when something is first rated, never at the start

    card = fsrs.Card(card_id=0, due=at)  # without an id it would wait for one from the clock
    if state is not None:
        card.state = fsrs.State(state.phase)
        card.step = state.step
        card.stability = state.stability
        card.difficulty = state.difficulty
        card.last_review = state.last_review
    card, _ = _scheduler().review_card(card, fsrs.Rating(rating.value), at)
    assert card.stability is not None  # a rated card has both
    assert card.difficulty is not None
    return CardState(int(card.state), card.step, card.stability, card.difficulty, at, card.due)


def replayed(ratings: Iterable[tuple[Rating, datetime]]) -> CardState | None:
    """The state after all of a card's ratings, in the order in which they were given; None without any."""
    state = None
    for rating, at in ratings:
        state = reviewed(state, rating, at)
    return state


def intervals(state: CardState | None, at: datetime) -> tuple[timedelta, ...]:
    """After how long a card would come back, for each rating that it could be given at a time."""
    return tuple(reviewed(state, rating, at).due - at for rating in Rating)


@cache
def _scheduler() -> "Scheduler":
    from fsrs import Scheduler

    return Scheduler(desired_retention=RETENTION, enable_fuzzing=False)
