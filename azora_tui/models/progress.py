"""How far a learner is. Times are aware UTC datetimes; percents are whole numbers 0–100."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azora_tui.models.enrollments import Enrollment
    from azora_tui.models.learner_states import LearnerState
    from azora_tui.models.tasks import OpenTask


@dataclass(frozen=True, slots=True)
class LessonState:
    """A lesson in a course's list, with the asking learner's own state; `minutes` is the expected reading time."""

    id: int
    slug: str
    title: str
    section: str
    order_index: int
    minutes: int
    required: bool
    completed_at: datetime | None
    opened_at: datetime | None
    time_spent_minutes: int

    @property
    def completed(self) -> bool:
        return self.completed_at is not None


@dataclass(frozen=True, slots=True)
class Progress:
    """Required lessons that are published now, and how many of them are completed."""

    completed: int
    required: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class CourseProgress:
    """How far one learner is in one course."""

    title: str
    enrollment: Enrollment
    lessons: tuple[LessonState, ...]
    done: Progress
    state: LearnerState


@dataclass(frozen=True, slots=True)
class LessonCompletion:
    """What completing a lesson came to; `first` is False when it had been completed before.

    `certificate` is the id of the one that was issued with it. With `missing` the lesson was not completed:
    it waits for these tasks to be accepted.
    """

    lesson: LessonState
    first: bool
    progress: Progress
    course_completed: bool
    lessons: tuple[LessonState, ...]
    next: LessonState | None
    certificate: int | None = None
    missing: tuple[OpenTask, ...] = ()
