"""What lessons ask for that a person reads, and how a learner stands with it. Texts are Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Task:
    """What a lesson asks for; `id` is unique in its lesson and never changes. `title` is a line of plain words."""

    id: str
    title: str
    instruction: str
    criteria: tuple[str, ...] = ()
    required: bool = True


class TaskState(Enum):
    """How a learner stands with a task."""

    NEW = "new"
    DRAFT = "draft"
    HANDED_IN = "handed in"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @classmethod
    def of(cls, *, handed_in: bool, accepted: bool | None, has_draft: bool) -> TaskState:
        """The state of a task by its last version: whether there is one, and whether it was `accepted`, None while it
        waits for an answer."""
        if not handed_in:
            return cls.DRAFT if has_draft else cls.NEW
        if accepted is None:
            return cls.HANDED_IN
        return cls.ACCEPTED if accepted else cls.RETURNED

    @property
    def can_be_written(self) -> bool:
        """Whether it is the learner's to write on."""
        return self in (TaskState.NEW, TaskState.DRAFT, TaskState.RETURNED)


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """A task of a lesson and how the learner stands with it. `unread` is whether an answer was not read yet."""

    task: Task
    state: TaskState
    unread: bool = False


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A required task that keeps its lesson from being completed, and how its learner stands with it."""

    title: str
    state: TaskState
