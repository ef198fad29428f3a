"""How tasks and their state stand in rows and in events."""

import json
from typing import Any

from azora_tui.models.tasks import Task, TaskState


def task_to_json(task: Task) -> dict[str, object]:
    """A task without its id."""
    return {
        "title": task.title,
        "instruction": task.instruction,
        "criteria": list(task.criteria),
        "required": task.required,
    }


def task_from_json(task_id: str, content: str) -> Task:
    told: Any = json.loads(content)
    return Task(task_id, told["title"], told["instruction"], tuple(told["criteria"]), required=told["required"])


def state_of(row: Any) -> TaskState:
    """The state of a row with the last `version`, whether it was `accepted`, and whether there is a `draft`."""
    return TaskState.of(
        handed_in=row.version is not None,
        accepted=None if row.accepted is None else bool(row.accepted),
        has_draft=row.draft is not None,
    )


def to_json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
