"""A lesson as a learner reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azora_tui.models.progress import LessonState, Progress
    from azora_tui.models.quizzes import QuizStanding
    from azora_tui.models.tasks import TaskStanding


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson opened for reading. `position` is what the reader stored last time; `lessons` the whole contents.

    `quiz` is where the learner stands with its quiz, as if nothing had been tried where it has none, and `tasks` the
    same for each task. `not_kept` says why it could not be remembered that it was opened, and is "" where it was.
    """

    course_id: int
    course_title: str
    lesson: LessonState
    content: str
    position: str | None
    lessons: tuple[LessonState, ...]
    progress: Progress
    quiz: QuizStanding
    tasks: tuple[TaskStanding, ...] = ()
    not_kept: str = ""
