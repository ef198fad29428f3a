"""How somebody stands in a course. Times are aware UTC datetimes; percents are whole numbers 0–100."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class FailingQuiz(NamedTuple):
    """A quiz that is not passed, and how many attempts in a row have not; `best` is the best score of all."""

    lesson_id: int
    lesson_title: str
    failed: int
    best: int
    last_finished_at: datetime


@dataclass(frozen=True, slots=True)
class LearnerState:
    """How somebody stands in a course: the same for themselves and for who teaches it (`lms.states`)."""

    under_way: bool
    failing: tuple[FailingQuiz, ...]
    silent: bool
    nearly_done: bool

    @property
    def stuck(self) -> bool:
        return bool(self.failing) or self.silent
