"""What enrolling comes to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azora_tui.models.enrollments import Enrollment


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
