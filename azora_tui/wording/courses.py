"""Where a learner stands in a course, as signs and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.glyphs import Glyphs
    from azora_tui.models.learner_states import LearnerState


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


def own_state_sentence(state: LearnerState) -> str:
    """What a learner is told of how they stand, by what those who teach them are told; "" where there is nothing."""
    if state.failing:
        quiz = state.failing[0]
        tries = counted(quiz.failed, "time")
        return (
            f"You have tried the quiz of {quiz.lesson_title} {tries} without passing, best {quiz.best} %."
            " Read its lesson again, or ask who teaches this course."
        )
    if state.silent:
        return "You have not learned here for two weeks. Your place is kept."
    return "You are nearly done." if state.nearly_done else ""


def progress_sentence(completed: int, required: int, percent: int | None) -> str:
    """ "2 of 6 required lessons completed, 33 %."."""
    if percent is None:
        return "This course has no required lessons, so it has no percentage."
    return f"{completed} of {counted(required, 'required lesson')} completed, {percent} %."
