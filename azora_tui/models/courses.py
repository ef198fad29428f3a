"""Courses, as their own page shows them.

Times are aware UTC datetimes; percents are whole numbers 0–100.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from azora_tui.models.enrollments import EnrollmentStatus

if TYPE_CHECKING:
    from azora_tui.models.course_rules import CourseState
    from azora_tui.models.enrolling import EnrollResult
    from azora_tui.models.enrollments import Enrollment
    from azora_tui.models.learner_states import LearnerState
    from azora_tui.models.progress import LessonState


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that belongs to one course, apart from who asks. Its window are days, both of them in it."""

    id: int
    slug: str
    title: str
    description: str
    instructor: str
    duration: str
    level: str
    language: str
    licence: str
    version: str
    tags: tuple[str, ...]
    outcomes: tuple[str, ...]
    students: int
    seats: int | None
    enrollment_open: bool
    is_published: bool
    state: CourseState
    opens: date | None
    closes: date | None
    needs_key: bool
    created_at: datetime
    lesson_count: int

    @property
    def is_live(self) -> bool:
        """Whether who is in it learns in it: as long as it is no draft."""
        return self.is_published or self.state.value == "archived"

    @property
    def has_window(self) -> bool:
        return self.opens is not None or self.closes is not None


class Prerequisite(NamedTuple):
    """A course to complete first; `title` is None when no course with that slug is installed."""

    slug: str
    course_id: int | None
    title: str | None
    completed: bool


@dataclass(frozen=True, slots=True)
class CourseDetail:
    """A course's own page for a learner; `next_lesson_id` is the lesson to go on with, for who is or was enrolled.

    `refusal` is what enrolling would come to now, where the learner is not enrolled and could not be. `today` is the
    day where they are; `teaches` whether they may change what the course allows, `own_state` is how
    somebody who is enrolled stands.
    """

    course: Course
    lessons: tuple[LessonState, ...]
    prerequisites: tuple[Prerequisite, ...]
    enrollment: Enrollment | None
    waitlist_place: int | None
    next_lesson_id: int | None
    refusal: EnrollResult | None
    today: date
    teaches: bool
    own_state: LearnerState | None

    @property
    def enrolled(self) -> bool:
        return self.enrollment is not None and self.enrollment.status is not EnrollmentStatus.LEFT
