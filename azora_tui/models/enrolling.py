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
    ARCHIVED = "course_archived"
    NOT_OPEN_YET = "enrollment_not_open_yet"
    OVER = "enrollment_over"
    KEY_NEEDED = "enrollment_key_needed"
    KEY_WRONG = "enrollment_key_wrong"
    KEY_WAIT = "enrollment_key_wait"
    MISSING_PREREQUISITE = "prerequisites_missing"


ABOUT_THE_KEY = frozenset({EnrollOutcome.KEY_NEEDED, EnrollOutcome.KEY_WRONG, EnrollOutcome.KEY_WAIT})
"""What another key, or another hour, can mend."""


@dataclass(frozen=True, slots=True)
class EnrollResult:
    """What enrolling came to, and the values that it is told with.

    `enrollment` is there for ENROLLED and ALREADY_ENROLLED.
    """

    outcome: EnrollOutcome
    enrollment: Enrollment | None = None
    restored: bool = False
    values: Mapping[str, str | int] = field(default_factory=dict)
