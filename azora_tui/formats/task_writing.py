"""Tasks written as our `::: task`, so that `read_tasks` reads just these again; it is the one reader."""

from collections.abc import Iterable, Iterator
from textwrap import indent

from azora_tui.formats.imported import sealed
from azora_tui.formats.markdown import parse
from azora_tui.formats.tasks import find_parts, is_task
from azora_tui.formats.words import from_text, from_words

_ASKS_NOTHING = "Write your answer to what is asked here."


def write_task(
    task_id: str, instruction: str, criteria: Iterable[str] = (), *, title: str = "", required: bool = True
) -> str:
    """A task that asks for `instruction` (Markdown), under `title` (plain words) where it has one. Where the layout of
    instruction or criteria would be read as something else, they stand there in plain words."""
    heading = f"## {from_words(title)}" if title.strip() else ""
    wanted = tuple(text for each in criteria if (text := each.strip()))
    asked = instruction.strip("\n").rstrip()
    for body, items in _candidates(asked, wanted):
        whole = "\n\n".join(filter(None, (heading, body)))
        written = _div(task_id, whole, items, required=required)
        if body and _reads_as(written, whole, items):
            return written
    plain = tuple(from_words(each) or "…" for each in wanted)
    whole = "\n\n".join(filter(None, (heading, from_text(asked) or _ASKS_NOTHING)))
    return _div(task_id, whole, plain, required=required)


def _candidates(asked: str, wanted: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    plain = tuple(from_words(each) for each in wanted)
    yield asked, wanted
    yield asked, plain
    yield sealed(asked), plain


def _div(task_id: str, instruction: str, criteria: tuple[str, ...], *, required: bool) -> str:
    names = ".task" if required else ".task .optional"
    items = "\n".join(f"- [ ] {indent(each, '  ').strip()}" for each in criteria)
    inside = "\n\n".join(part for part in (instruction, items) if part)
    return f"::: {{{names} #{task_id}}}\n\n{inside}\n\n:::"


def _reads_as(written: str, instruction: str, criteria: tuple[str, ...]) -> bool:
    """Whether it is one task, also with text around it, that asks for just this."""
    source = f"Before.\n\n{written}\n\nAfter.\n"
    tokens = parse(source).tokens
    opening = next((place for place, token in enumerate(tokens) if is_task(token)), None)
    if opening is None or tokens[-2].content != "After." or tokens[-1].level or not tokens[opening].meta["closed"]:
        return False
    found = find_parts(tokens, opening, source.split("\n"))
    return (
        bool(instruction)
        and found.instruction == instruction
        and criteria == tuple(text for text, _, _ in found.criteria)
    )
