"""From source to article: the first page at once, and all of it off the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple, TypeVar

from azora_tui.formats.markdown import definitions, footnote_numbers, parse
from azora_tui.widgets.reader.blocks import Article
from azora_tui.widgets.reader.build import NO_NOTES, TaskNotes, build

Result = TypeVar("Result")


class Head(NamedTuple):
    """The article of the first `characters` of a source from some line on; `is_all` if there is no more."""

    article: Article
    is_all: bool


def read_all(source: str, *, quiz_note: str | None = None, task_notes: TaskNotes = NO_NOTES) -> Article:
    """Read cleaned Markdown. Takes about a second for a megabyte. The notes are as for `build`."""
    return build(parse(source), source, footnote_numbers(source), quiz_note=quiz_note, task_notes=task_notes)


def read_head(
    source: str, line: int, characters: int, *, quiz_note: str | None = None, task_notes: TaskNotes = NO_NOTES
) -> Head:
    """Read about `characters` of a source from `line` on, where a block at the top level has to begin.

    What is read looks as it will when all is: link definitions and footnotes further down are known. Only the last
    block may still change.
    """
    start = 0
    for _ in range(line):
        found = source.find("\n", start)
        if found < 0:
            break
        start = found + 1
    end = source.find("\n", start + characters)
    if start == 0 and end < 0:
        return Head(read_all(source, quiz_note=quiz_note, task_notes=task_notes), True)
    text = source[start:end] if end >= 0 else source[start:]
    document = parse(text, definitions(source))
    numbers = footnote_numbers(source)
    return Head(build(document, text, numbers, line, quiz_note=quiz_note, task_notes=task_notes), False)


async def off_loop(function: Callable[[], Result]) -> Result:
    """Run `function` in a thread of its own and return what it returns, or raise what it raises.

    Unlike a thread of the executor's, it does not keep the program from ending.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if future.cancelled():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, error = None, None
        try:
            result = function()
        except BaseException as caught:
            error = caught
        with suppress(RuntimeError):  # the loop has closed
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, name="markdown-reader", daemon=True).start()
    return await future
