"""States of tasks and what one can do, as words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azora_tui.glyphs import Glyphs
    from azora_tui.models.submissions import Submission
    from azora_tui.models.tasks import TaskState

_SAYS = {
    "new": "new",
    "draft": "draft",
    "handed in": "handed in, waits for an answer",
    "returned": "came back with an answer",
    "accepted": "accepted",
}


def state_words(state: TaskState, glyphs: Glyphs, *, unread: bool = False) -> str:
    """Sign and words of a state: "● handed in, waits for an answer"."""
    signs = {"new": glyphs.new, "accepted": glyphs.done}
    more = ", not read yet" if unread else ""
    return f"{signs.get(state.value, glyphs.active)} {_SAYS[state.value]}{more}"


def version_title(version: Submission) -> str:
    return f"Version {version.version}"


def verdict(accepted: bool) -> str:
    """What an answer came to, for who handed it in."""
    return "accepted" if accepted else "returned: there is more to do"
