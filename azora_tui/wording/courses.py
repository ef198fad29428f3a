"""Where a learner stands in a course, as sign and words."""

from azora_tui.glyphs import Glyphs
from azora_tui.models.enrollments import EnrollmentStatus


def course_state(status: EnrollmentStatus | None, progress: int | None, glyphs: Glyphs) -> tuple[str, str]:
    """(sign and words, role) of a learner's state in a course; the role names the colour."""
    if status is None:
        return f"{glyphs.new} new", "muted"
    if status is EnrollmentStatus.LEFT:
        return f"{glyphs.new} left", "muted"
    if status is EnrollmentStatus.COMPLETED:
        return f"{glyphs.done} completed", "done"
    if not progress:
        return f"{glyphs.active} enrolled", "active"
    return f"{glyphs.active} {progress} %", "active"
