"""What the pages of tasks show: what is asked for, and every version with its answer, as Markdown to be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from textwrap import indent
from typing import TYPE_CHECKING

from textual.content import Content

from azora_tui.formats.imported import sealed
from azora_tui.formats.markdown import Document, parse_inline, plain_text
from azora_tui.formats.words import from_words
from azora_tui.text import clean
from azora_tui.wording.dates import since
from azora_tui.wording.tasks import state_words, verdict, version_title

if TYPE_CHECKING:
    from azora_tui.glyphs import Glyphs
    from azora_tui.models.submissions import Submission, TaskAnswer
    from azora_tui.models.tasks import Task, TaskState

_HEADING = re.compile(r"\A#{1,6}[ \t][^\n]*\n+(?=\S)")
"""What stands above the page already, as its title."""
_STATE_LOOKS = {"accepted": "$secondary", "returned": "$accent", "handed in": "$primary", "draft": "$primary"}


def work_text(task: Task, versions: Sequence[Submission], now: datetime) -> str:
    """What is asked for, then the versions, the latest first. What somebody wrote is a quotation, which ends where it
    ends, whatever stands in it."""
    parts = [sealed(_HEADING.sub("", task.instruction))]
    if task.criteria:
        parts += ["**What counts**", "\n".join(f"- {_item(each)}" for each in task.criteria)]
    for version in reversed(versions):
        parts.append(f"## {version_title(version)}, handed in {since(version.handed_in_at, now)}")
        parts.append(_quoted(version.text))
        if version.answer is not None:
            parts += _answer(version.answer, version.task, now)
    return "\n\n".join(parts) + "\n"


def task_title(title: str, state: TaskState | None, glyphs: Glyphs, *, unread: bool = False) -> Content:
    """The line on top of a task's page."""
    said = "" if state is None else state_words(state, glyphs, unread=unread)
    look = _STATE_LOOKS.get(state.value if state else "", "$text-muted")
    return Content.assemble((clean(title, keep_newlines=False), "bold"), ("   ", ""), (said, look))


def criterion_words(text: str) -> str:
    """A criterion as one line of words, without its formatting."""
    return " ".join(clean(plain_text(parse_inline(text, Document(()))), keep_newlines=False).split())


def _answer(answer: TaskAnswer, task: Task, now: datetime) -> list[str]:
    who = from_words(answer.by) or "A teacher"
    parts = [f"### {who}, {since(answer.answered_at, now)}: {verdict(answer.accepted)}"]
    if task.criteria:
        ticks = ("x" if number in answer.ticked else " " for number in range(1, len(task.criteria) + 1))
        parts.append("\n".join(f"- [{tick}] {_item(each)}" for tick, each in zip(ticks, task.criteria, strict=True)))
    if answer.words.strip():
        parts.append(_quoted(answer.words))
    return parts


def _item(text: str) -> str:
    return indent(text, "  ").strip()


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in clean(text).split("\n"))
