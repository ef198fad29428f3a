"""Who learns what. Times are aware UTC datetimes; percents are whole numbers 0–100."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class EnrollmentStatus(Enum):
    ACTIVE = "active"
    COMPLETED = "completed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Enrollment:
    """A learner's enrollment as it is stored; `completed_at` is the first completion and is never taken back."""

    id: int
    user_id: int
    course_id: int
    progress: int
    status: EnrollmentStatus
    enrolled_at: datetime
    completed_at: datetime | None
    last_accessed_at: datetime
    completed_version: str | None
    last_lesson_id: int | None


class EnrollOutcome(Enum):
    """What enrolling came to; the value is the code of what a person is told of it."""

    ENROLLED = "enrolled"
    ALREADY_ENROLLED = "already_enrolled"
    FULL = "course_full"
    CLOSED = "enrollment_closed"
    UNPUBLISHED = "course_unpublished"
    MISSING_PREREQUISITE = "prerequisites_missing"


@dataclass(frozen=True, slots=True)
class EnrollResult:
    """What enrolling came to, and the values that it is told with.

    `enrollment` is there for ENROLLED and ALREADY_ENROLLED.
    """

    outcome: EnrollOutcome
    enrollment: Enrollment | None = None
    restored: bool = False
    values: Mapping[str, str | int] = field(default_factory=dict)


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
