"""How somebody stands in a course: the one function that says so, to themselves and to who teaches it.

The words are those of DESIGN: *under way* is enrolled, not completed, not left; *stuck* is three failed attempts in a
row at a quiz that is not passed, or silent; *nearly done* is four fifths and more. `docs/insights.md` has them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.learner_states import LearnerState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from azora_tui.models.learner_states import FailingQuiz

FAILED_IN_A_ROW = 3
NEARLY_DONE = 80
"""Percent of a course."""


def state_of(
    status: EnrollmentStatus,
    progress: int | None,
    silent_from: datetime,
    quizzes: Iterable[FailingQuiz],
    now: datetime,
) -> LearnerState:
    """`quizzes` are those that are not passed; `silent_from` is the enrollment's."""
    under_way = status is EnrollmentStatus.ACTIVE
    return LearnerState(
        under_way=under_way,
        failing=tuple(quiz for quiz in quizzes if quiz.failed >= FAILED_IN_A_ROW) if under_way else (),
        silent=under_way and silent_from <= now,
        nearly_done=under_way and progress is not None and progress >= NEARLY_DONE,
    )
