"""What Home shows, as plain values. Days are those of the learner's own calendar; Monday is weekday 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from azora_tui.models.due import ReviewCounts
    from azora_tui.models.my_learning import EnrolledCourse
    from azora_tui.models.news import NewsItem


@dataclass(frozen=True, slots=True)
class DayActivity:
    """What was done in a day, a week or a month. `days` with learning, `lessons` completed for the first time."""

    days: int = 0
    minutes: int = 0
    lessons: int = 0

    def __add__(self, other: DayActivity) -> DayActivity:
        return DayActivity(self.days + other.days, self.minutes + other.minutes, self.lessons + other.lessons)


class Streak(NamedTuple):
    """Days of learning in a row, without the rest days between them: now, and at most."""

    current: int
    longest: int


class Achievement(NamedTuple):
    """Something that was reached, on the day of the deed that reached it."""

    title: str
    day: date


class NextAchievement(NamedTuple):
    """What is nearest of all that was not reached yet: `done` of `needed`."""

    title: str
    done: int
    needed: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """`go_on` is the course last opened that has a lesson to go on with, `others` the next of those under way.

    `under_way` counts all of these, `review` what waits to be asked again, `news` what was not read yet, newest first;
    `begun` is whether anything was ever begun. `days` holds only days with learning; `today` is never before those that
    have been. `waits_in_vain` are (id, title) of the archived courses in which the learner still waits for a seat.
    """

    today: date
    begun: bool
    go_on: EnrolledCourse | None
    others: tuple[EnrolledCourse, ...]
    under_way: int
    review: ReviewCounts
    news: tuple[NewsItem, ...]
    days: Mapping[date, DayActivity]
    streak: Streak
    rest_days: frozenset[int]
    achievements: tuple[Achievement, ...]
    next_achievement: NextAchievement | None
    waits_in_vain: tuple[tuple[int, str], ...] = ()
