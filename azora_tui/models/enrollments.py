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
    """A learner's enrollment as it is stored; `completed_at` is the first completion and is never taken back.

    `enrolled_on` is the day (ISO) that it was where the learner was. From `silent_from` on they are silent, if they are
    under way (`lms.marks`).
    """

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
    enrolled_on: str
    silent_from: datetime

    @property
    def was_opened(self) -> bool:
        """Whether a lesson was opened since; to enrol counts as access, too."""
        return self.last_lesson_id is not None or self.last_accessed_at > self.enrolled_at
