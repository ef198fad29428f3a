"""What enrolling comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azora_tui.models.enrollments import Enrollment


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
