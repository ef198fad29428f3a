"""How one stands with the tasks of a lesson, and the command that goes on with them, for where the lesson is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.models.tasks import TaskState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azora_tui.models.tasks import TaskStanding

_SAYS = {
    TaskState.NEW: "Hand it in with {hand_in}.",
    TaskState.DRAFT: "You have a draft: {show}. Hand it in with {hand_in}.",
    TaskState.HANDED_IN: "You have handed it in, and it waits for an answer: {show}.",
    TaskState.RETURNED: "It came back with an answer: {show}. Hand the next version in with {hand_in}.",
    TaskState.ACCEPTED: "It is accepted: {show}.",
}


def task_notes(course_id: int, number: int, standings: Sequence[TaskStanding]) -> dict[str, str]:
    """A sentence for each task of the lesson with this number, by the task's id."""
    return {each.task.id: task_note(course_id, number, each, named=len(standings) > 1) for each in standings}


def task_note(course_id: int, number: int, standing: TaskStanding, *, named: bool) -> str:
    """`named` is whether the lesson has several tasks, so that a command has to say which."""
    which = f" --task {standing.task.id}" if named else ""
    says = _SAYS[standing.state].format(
        show=f"`azora-tui task show {course_id} {number}{which}`",
        hand_in=f"`azora-tui task hand-in {course_id} {number} FILE{which}`",
    )
    return says if standing.task.required else f"{says} The lesson can be completed without it."
