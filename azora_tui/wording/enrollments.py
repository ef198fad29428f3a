"""What is said of an enrollment, and when it was."""

from datetime import datetime

from azora_tui.models.enrollments import Enrollment, EnrollmentStatus
from azora_tui.wording.dates import since


def last_step(enrollment: Enrollment, now: datetime) -> str:
    """When the course was completed, or was opened last: "completed yesterday", "opened today", "not opened yet"."""
    if enrollment.status is EnrollmentStatus.COMPLETED and enrollment.completed_at is not None:
        return f"completed {since(enrollment.completed_at, now)}"
    return f"opened {since(enrollment.last_accessed_at, now)}" if enrollment.was_opened else "not opened yet"
