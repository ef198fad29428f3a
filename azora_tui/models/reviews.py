"""Plain values of the review, beside `models`. Times are aware UTC datetimes; texts of cards are Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azora_tui.models.due import ReviewCounts
    from azora_tui.models.quizzes import Answer, Question


class Rating(Enum):
    """How well something was remembered, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class DueDay:
    """How many cards fall due on a day of the learner's own calendar."""

    day: date
    count: int


class CardKind(Enum):
    QUESTION = "question"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class Flashcard:
    """What is shown, and what is to be remembered; `id` is unique in its lesson and never changes."""

    id: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class CardState:
    """What FSRS knows of a card: `stability` in days, `difficulty` from 1 to 10.

    `phase` is 1 learning, 2 review, 3 relearning; `step` counts the short intervals of learning, None in review.
    """

    phase: int
    step: int | None
    stability: float
    difficulty: float
    last_review: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class CardId:
    """Which card: the same in every version of a course."""

    lesson_id: int
    kind: CardKind
    key: str


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A card to be asked. `state` is None for one that is new to the learner.

    `log_id` is the card's latest row in the review log, 0 without one. `intervals` is after how long it comes back,
    for each rating in the order of `Rating`.
    """

    id: CardId
    course_id: int
    course_title: str
    lesson_title: str
    content: Question | Flashcard
    state: CardState | None = None
    log_id: int = 0
    intervals: tuple[timedelta, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewSession:
    """What to ask now, in order; and what is to come. `next_due` is when the next card falls due that is not yet.

    `last_rated` is the card whose rating, given in a review at any time before, can be undone now.
    """

    cards: tuple[ReviewCard, ...]
    counts: ReviewCounts
    next_due: datetime | None
    forecast: tuple[DueDay, ...]
    last_rated: CardId | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer to a question of the review, and the rating that follows from it."""

    answer: Answer
    rating: Rating


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating that was kept; `id` is its row in the review log, `due` when the card comes back."""

    id: int
    card: CardId
    rating: Rating
    due: datetime
