"""My learning. Percents are whole numbers 0–100."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azora_tui.models.enrollments import Enrollment


@dataclass(frozen=True, slots=True)
class EnrolledCourse:
    """A line of My learning. `progress` is None for a course without required lessons."""

    enrollment: Enrollment
    title: str
    instructor: str
    version: str
    progress: int | None
    completed_lessons: int
    required_lessons: int
    next_lesson_id: int | None
    next_lesson_title: str | None
