"""What a learner has reached: derived from deeds, dated by them, and never lost, because deeds are only ever added."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from azora_tui.home_models import Achievement, NextAchievement


class Deed(Enum):
    LESSON = "a lesson completed for the first time"
    COURSE = "a course completed for the first time"
    ANSWER = "a question answered"
    PERFECT_QUIZ = "a quiz finished with every answer right"
    NOTE = "a note or a bookmark made"
    DAY = "a day with learning"
    STREAK = "a day on which a streak was longer than any before"


@dataclass(frozen=True, slots=True)
class Goal:
    """Reached with deed number `needed` of its kind."""

    title: str
    deed: Deed
    needed: int


GOALS = (
    Goal("First lesson completed", Deed.LESSON, 1),
    Goal("First course completed", Deed.COURSE, 1),
    Goal("A quiz with 100 %", Deed.PERFECT_QUIZ, 1),
    Goal("Ten lessons completed", Deed.LESSON, 10),
    Goal("Seven days in a row", Deed.STREAK, 7),
    Goal("Ten notes", Deed.NOTE, 10),
    Goal("Thirty days of learning", Deed.DAY, 30),
    Goal("A hundred questions answered", Deed.ANSWER, 100),
    Goal("Three courses completed", Deed.COURSE, 3),
    Goal("Fifty lessons completed", Deed.LESSON, 50),
    Goal("Thirty days in a row", Deed.STREAK, 30),
    Goal("A hundred days of learning", Deed.DAY, 100),
)

Deeds = Mapping[Deed, Sequence[date]]
"""The days of every deed of a kind, oldest first."""


def earned(deeds: Deeds) -> tuple[Achievement, ...]:
    """What has been reached, the latest first."""
    found = [
        Achievement(goal.title, deeds[goal.deed][goal.needed - 1])
        for goal in GOALS
        if len(deeds[goal.deed]) >= goal.needed
    ]
    return tuple(sorted(found, key=lambda each: each.day, reverse=True))


def nearest(deeds: Deeds, *, streak: int) -> NextAchievement | None:
    """What is nearest of the rest, None once all is reached. `streak` is the current one."""
    found = []
    for goal in GOALS:
        if len(deeds[goal.deed]) < goal.needed:
            done = min(streak, goal.needed - 1) if goal.deed is Deed.STREAK else len(deeds[goal.deed])
            found.append(NextAchievement(goal.title, done, goal.needed))
    return max(found, key=lambda each: each.done / each.needed, default=None)
