"""Who learns what. Times are aware UTC datetimes; percents are whole numbers 0–100."""

from dataclasses import dataclass
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
    ENROLLED = "enrolled"
    ALREADY_ENROLLED = "already enrolled"
    FULL = "full"
    CLOSED = "closed"
    UNPUBLISHED = "unpublished"
    MISSING_PREREQUISITE = "missing prerequisite"


@dataclass(frozen=True, slots=True)
class EnrollResult:
    """What enrolling came to. `enrollment` is there for ENROLLED and ALREADY_ENROLLED; `message` is the sentence."""

    outcome: EnrollOutcome
    message: str
    enrollment: Enrollment | None = None
    restored: bool = False


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
