"""What a learner has reached: derived from deeds, dated by them, and never lost, because deeds are only ever added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from azora_tui.models.home import Achievement, NextAchievement


class Activity(Enum):
    LESSON = "a lesson completed for the first time"
    COURSE = "a course completed for the first time"
    ANSWER = "a question answered"
    PERFECT_QUIZ = "a quiz finished with every answer right"
    NOTE = "a note or a bookmark made"
    DAY = "a day with learning"
    STREAK = "a day on which a streak was longer than any before"


class AchievementRule(NamedTuple):
    """Reached with deed number `needed` of its kind."""

    title: str
    deed: Activity
    needed: int


ACHIEVEMENT_RULES = (
    AchievementRule("First lesson completed", Activity.LESSON, 1),
    AchievementRule("First course completed", Activity.COURSE, 1),
    AchievementRule("A quiz with 100 %", Activity.PERFECT_QUIZ, 1),
    AchievementRule("Ten lessons completed", Activity.LESSON, 10),
    AchievementRule("Seven days in a row", Activity.STREAK, 7),
    AchievementRule("Ten notes", Activity.NOTE, 10),
    AchievementRule("Thirty days of learning", Activity.DAY, 30),
    AchievementRule("A hundred questions answered", Activity.ANSWER, 100),
    AchievementRule("Three courses completed", Activity.COURSE, 3),
    AchievementRule("Fifty lessons completed", Activity.LESSON, 50),
    AchievementRule("Thirty days in a row", Activity.STREAK, 30),
    AchievementRule("A hundred days of learning", Activity.DAY, 100),
)

Activities = Mapping[Activity, Sequence[date]]
"""The days of every deed of a kind, oldest first."""


def earned(deeds: Activities) -> tuple[Achievement, ...]:
    """What has been reached, the latest first."""
    found = [
        Achievement(goal.title, deeds[goal.deed][goal.needed - 1])
        for goal in ACHIEVEMENT_RULES
        if len(deeds[goal.deed]) >= goal.needed
    ]
    return tuple(sorted(found, key=lambda each: each.day, reverse=True))


def nearest(deeds: Activities, *, streak: int) -> NextAchievement | None:
    """What is nearest of the rest, None once all is reached. `streak` is the current one."""
    found = []
    for goal in ACHIEVEMENT_RULES:
        if len(deeds[goal.deed]) < goal.needed:
            done = min(streak, goal.needed - 1) if goal.deed is Activity.STREAK else len(deeds[goal.deed])
            found.append(NextAchievement(goal.title, done, goal.needed))
    return max(found, key=lambda each: each.done / each.needed, default=None)
