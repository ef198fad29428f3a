"""What was handed in and answered. Times are aware UTC datetimes; texts are Markdown, as they were written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from azora_tui.models.tasks import TaskState

if TYPE_CHECKING:
    from datetime import datetime

    from azora_tui.models.tasks import Task

MAX_SUBMISSION_BYTES = 100_000
"""Of what is handed in, and of an answer to it, in UTF-8."""
MAX_DRAFT_BYTES = 4_000_000
"""Of what is kept while one writes: too much to hand in is no reason to lose it."""


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """What a teacher answered. `ticked` are criteria that are met, by their places from 1; `by` is what the teacher is
    called."""

    by: str
    accepted: bool
    ticked: tuple[int, ...]
    words: str
    answered_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Submission:
    """A version that was handed in, with the task as it was then."""

    id: int
    version: int
    task: Task
    text: str
    handed_in_at: datetime
    answer: TaskAnswer | None


@dataclass(frozen=True, slots=True)
class MyTask:
    """A task in the list of all of a learner's. `lesson_number` is its lesson's place in the course, from 1, None where
    the course no longer has the task."""

    course_id: int
    course_title: str
    lesson_id: int
    lesson_title: str
    lesson_number: int | None
    task: Task
    state: TaskState
    unread: bool


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task for one learner: all that was handed in and answered, oldest first, and what they are writing.

    `is_current` is whether the course still has it; `draft` is None where nothing is being written.
    """

    course_id: int
    course_title: str
    lesson_id: int
    lesson_title: str
    task: Task
    is_current: bool
    draft: str | None
    versions: tuple[Submission, ...]

    @property
    def state(self) -> TaskState:
        last = self.versions[-1] if self.versions else None
        return TaskState.of(
            handed_in=last is not None,
            accepted=last.answer.accepted if last and last.answer else None,
            has_draft=bool(self.draft and self.draft.strip()),
        )

    @property
    def begins_with(self) -> str:
        """What there is to write on: the draft, else what was returned."""
        if self.draft is not None:
            return self.draft
        return self.versions[-1].text if self.versions and self.state is TaskState.RETURNED else ""


@dataclass(frozen=True, slots=True)
class WaitingWork:
    """Work that waits for who teaches the course."""

    submission_id: int
    course_id: int
    course_title: str
    lesson_id: int
    lesson_title: str
    learner: str
    task_title: str
    version: int
    handed_in_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for somebody who teaches, oldest first: how many there are, and as many of them as are listed."""

    number: int
    work: tuple[WaitingWork, ...]


@dataclass(frozen=True, slots=True)
class WorkToMark:
    """All versions of one learner's work at one task, oldest first; `submission` is the one that was asked for."""

    course_id: int
    course_title: str
    lesson_title: str
    learner: str
    submission: Submission
    versions: tuple[Submission, ...]
