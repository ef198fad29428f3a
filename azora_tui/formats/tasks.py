"""Tasks in a lesson's Markdown: the one place that reads `::: task`.

A task is a div `::: {.task #id}`; `.optional` beside it lets its lesson be completed without it. The task items
of its lists are its criteria, everything else is what it asks for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent

from markdown_it.token import Token

from azora_tui.formats.markdown import (
    Attributes,
    closing,
    parse,
    parse_inline,
    plain_text,
    split_attributes,
    split_task,
)
from azora_tui.models.tasks import Task
from azora_tui.text import clean

_MAY_HOLD_TASK = re.compile(r":::.*\btask\b")
_MAX_TITLE = 80
_GAP = re.compile(r"\n(?:[ \t]*\n){2,}")
"""What is left where criteria were taken out."""


def read_tasks(source: str) -> tuple[Task, ...]:
    """The tasks of a lesson in order. One without an id or an instruction is left out; of two with one id the first
    counts. Never raises."""
    if not _MAY_HOLD_TASK.search(source):
        return ()
    tokens = parse(source).tokens
    lines = source.split("\n")
    tasks: dict[str, Task] = {}
    for place, token in enumerate(tokens):
        if is_task(token):
            attributes = _attributes(token)
            found = find_parts(tokens, place, lines)
            if attributes.id and found.instruction:
                tasks.setdefault(
                    attributes.id,
                    Task(
                        attributes.id,
                        _title(found.instruction) or attributes.id,
                        found.instruction,
                        tuple(text for text, _, _ in found.criteria),
                        required="optional" not in attributes.names,
                    ),
                )
    return tuple(tasks.values())


def is_task(token: Token) -> bool:
    """Whether a token opens a task."""
    return token.type == "div_open" and "task" in _attributes(token).names


@dataclass(frozen=True, slots=True)
class TaskParts:
    """What stands in a task: what it asks for, and of each criterion its text, whether it is ticked, and its line from
    0."""

    instruction: str
    criteria: tuple[tuple[str, bool, int], ...]


def find_parts(tokens: Sequence[Token], opening: int, lines: Sequence[str]) -> TaskParts:
    """The parts of the task that the token at `opening` opens; `lines` is what was parsed."""
    token = tokens[opening]
    first, end = token.map or (0, 0)
    kept: list[str] = []
    criteria: list[tuple[str, bool, int]] = []
    line = first + 1
    for block, block_end in _blocks(tokens, opening + 1, closing(tokens, opening)):
        if tokens[block].type != "bullet_list_open":
            continue
        for item, item_end in _blocks(tokens, block + 1, block_end):
            criterion = _criterion(tokens, item, item_end, lines)
            if criterion is not None:
                start, after = tokens[item].map or (line, line)
                criteria.append((*criterion, start))
                kept += [*lines[line:start], ""]
                line = after
    kept += lines[line : end - token.meta["closed"]]
    text = dedent("\n".join(kept))
    if criteria:
        text = _GAP.sub("\n\n", text)
    return TaskParts(text.strip("\n").rstrip(), tuple(criteria))


def _criterion(tokens: Sequence[Token], item: int, end: int, lines: Sequence[str]) -> tuple[str, bool] | None:
    """The text of an item of a list, and whether it is ticked; None for one that is no task."""
    inside = list(_blocks(tokens, item + 1, end))
    if not inside or tokens[inside[0][0]].type != "paragraph_open":
        return None
    ticked, text = split_task(tokens[inside[0][0] + 1].content)
    if ticked is None:
        return None
    return "\n\n".join([text, *(_source(tokens[each], lines) for each, _ in inside[1:])]), ticked


def _blocks(tokens: Sequence[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    """(where it opens, where it closes) of each block between two places."""
    place = start
    while place < end:
        close = closing(tokens, place) if tokens[place].nesting == 1 else place
        yield place, close
        place = close + 1


def _title(instruction: str) -> str:
    """The words of the heading, or of the first line, of what a task asks for."""
    document = parse(instruction)
    for token in document.tokens:
        if token.type == "inline" and token.content.strip():
            line = split_attributes(token.content)[0].split("\n")[0]
            words = " ".join(clean(plain_text(parse_inline(line, document)), keep_newlines=False).split())
            if words:
                return words if len(words) <= _MAX_TITLE else words[: _MAX_TITLE - 1].rstrip() + "…"
    return ""


def _source(token: Token, lines: Sequence[str]) -> str:
    first, end = token.map or (0, 0)
    return dedent("\n".join(lines[first:end])).strip("\n")


def _attributes(token: Token) -> Attributes:
    attributes = token.meta["attributes"]
    assert isinstance(attributes, Attributes)
    return attributes
