"""The Markdown reader against `textual.widgets.Markdown`, an empty screen, and a bare `Input`, side by side.

python -m benchmarks.reader
"""

from __future__ import annotations

import asyncio
import gc
import random
import statistics
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from time import perf_counter
from typing import NamedTuple

from rich.console import RenderableType
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Markdown

from azora_tui.widgets.reader import MarkdownReader

_FIRST = "Firstword"
_WORDS = ("ubuntu", "community", "learners", "read", "about", "the", "quick", "brown", "fox", "jumps", "over", "dogs")
_REPEATS = 9
_KEYS = (["down"] * 8 + ["space"] * 4 + ["up"] * 2 + ["b"]) * 20


class Row(NamedTuple):
    """A measured ratio and what it has to reach: `>=` targets are how many times faster, `<=` how much slower."""

    name: str
    ratio: float
    target: str

    @property
    def reached(self) -> bool:
        """Whether the ratio is what it has to be."""
        limit = float(self.target.split()[1])
        return self.ratio >= limit if self.target.startswith(">=") else self.ratio <= limit


def measure() -> list[Row]:
    """Measure everything once. Takes minutes, nearly all of them `textual.widgets.Markdown`'s."""
    return asyncio.run(_measure())


async def _measure() -> list[Row]:
    rows = []
    for name, source, target in (
        ("lists", lists(100_000), 300),
        ("prose", prose(100_000), 20),
        ("code", code(100_000), 40),
    ):
        ours = await _first_paint(partial(MarkdownReader, source))
        theirs = await _first_paint(partial(Markdown, source), repeats=1)
        rows.append(
            Row(f"first paint of 100 KB of {name}: faster than textual's Markdown", theirs / ours, f">= {target}")
        )
    for name, source in (("lists", lists(100_000)), ("prose", prose(100_000)), ("code", code(100_000))):
        rest, ours = await _against_empty(source)
        rows.append(
            Row(f"first paint of 100 KB of {name}: an empty screen pushed, until it rests", ours / rest, "<= 1.5")
        )
    for name, source in (("mixed", mixed(1_000_000)), ("lists", lists(1_000_000))):
        for when, settled in (("while it loads", False), ("loaded", True)):
            # Anew each time: what else the machine does changes from minute to minute.
            typed = await _key_to_paint(Input, ["x"] * len(_KEYS))
            scrolled = await _key_to_paint(partial(MarkdownReader, source), _KEYS, settled=settled)
            name_of_row = f"key to paint in 1 MB of {name}, {when}, p95: a key typed in an Input, p95"
            rows.append(Row(name_of_row, scrolled / typed, "<= 2"))
    return rows


# What is read


def prose(size: int) -> str:
    """Paragraphs with some emphasis and links."""

    def paragraph(rng: random.Random) -> str:
        words = " ".join(rng.choice(_WORDS) for _ in range(80))
        return words.replace("ubuntu", "*ubuntu*", 1).replace("community", "[community](https://example.org)", 1)

    return _fill(size, paragraph, "\n\n")


def lists(size: int) -> str:
    """One list of lists."""

    def item(rng: random.Random) -> str:
        one, two, three = (" ".join(rng.choice(_WORDS) for _ in range(count)) for count in (6, 6, 5))
        return f"- {one}\n  - {two} **strong**\n  - {three}"

    return "- " + _fill(size, item, "\n")


def code(size: int) -> str:
    """Short paragraphs between blocks of Python."""
    body = "def greet(name: str) -> str:\n    return f'Sawubona {name}'  # I see you\n" * 8
    return _fill(size, lambda rng: f"{rng.choice(_WORDS)} says this:\n\n```python\n{body}```", "\n\n")


def mixed(size: int) -> str:
    """A lesson of everything."""
    third = size // 3
    return (
        "\n\n".join(
            f"## Part {number}\n\n{text[start : start + 4_000].rsplit('```', 1)[0]}\n"
            for number, (text, start) in enumerate(
                (text, start) for start in range(0, third, 4_000) for text in (prose(third), lists(third), code(third))
            )
        )
        .replace(_FIRST, "First", -1)
        .replace("## Part 0", f"## {_FIRST}", 1)
    )


def _fill(size: int, make: Callable[[random.Random], str], between: str) -> str:
    rng = random.Random(20)
    parts, length = [_FIRST], 0
    while length < size:
        parts.append(make(rng))
        length += len(parts[-1]) + len(between)
    return between.join(parts)


# How it is measured


class _Bench(App[None]):
    """Renders what it would write to a terminal, and says when."""

    def __init__(self, make: Callable[[], Widget] | None = None) -> None:
        super().__init__()
        self.make = make
        self.wanted: Callable[[str], bool] | None = None
        self.painted = asyncio.Event()
        self.painted_at = 0.0

    def compose(self) -> ComposeResult:
        if self.make is not None:
            yield self.make()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            written = renderable.render_segments(self.console)
            if self.wanted is not None and self.wanted(written):
                self.painted_at = perf_counter()
                self.wanted = None
                self.painted.set()

    async def until_painted(self, wanted: Callable[[str], bool]) -> float:
        """Wait for a paint that writes what is wanted; return when it was."""
        self.painted.clear()
        self.wanted = wanted
        await self.painted.wait()
        return self.painted_at


class _Holder(Screen[None]):
    def __init__(self, make: Callable[[], Widget] | None) -> None:
        super().__init__()
        self.make = make

    def compose(self) -> Iterator[Widget]:
        if self.make is not None:
            yield self.make()


async def _first_paint(make: Callable[[], Widget], repeats: int = _REPEATS) -> float:
    """Seconds from pushing a screen with what `make` makes to the first paint of its text."""
    app = _Bench()
    took = []
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(repeats + 1 if repeats > 1 else 1):
            gc.collect()
            start = perf_counter()
            app.push_screen(_Holder(make))
            took.append(await app.until_painted(lambda written: _FIRST in written) - start)
            await app.pop_screen()
            await pilot.pause()
    return statistics.median(took[-repeats:])


async def _against_empty(source: str) -> tuple[float, float]:
    """Seconds from pushing an empty screen until nothing is left to do (which is how pushing a screen is measured
    from outside), and from pushing one with `source` to the paint of its text."""
    app = _Bench()
    rests, ours = [], []
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(_REPEATS + 1):
            gc.collect()
            start = perf_counter()
            app.push_screen(_Holder(None))
            await app.until_painted(lambda written: True)
            await pilot.pause()
            rests.append(perf_counter() - start)
            await app.pop_screen()
            await pilot.pause()
            gc.collect()
            start = perf_counter()
            app.push_screen(_Holder(partial(MarkdownReader, source)))
            ours.append(await app.until_painted(lambda written: _FIRST in written) - start)
            await app.pop_screen()
            await pilot.pause()
    # The first of each pays for what is loaded once.
    return statistics.median(rests[1:]), statistics.median(ours[1:])


async def _key_to_paint(make: Callable[[], Widget], keys: list[str], *, settled: bool = True) -> float:
    """The 95th percentile, in seconds, of a key going in to the paint of what it did."""
    app = _Bench(make)
    async with app.run_test(size=(80, 24)) as pilot:
        widget = app.screen.query_one("*")
        assert isinstance(widget, Input | MarkdownReader)
        widget.focus()
        await pilot.pause()
        if settled and isinstance(widget, MarkdownReader):
            await widget.settled()

        def state() -> object:
            return widget.value if isinstance(widget, Input) else widget.scroll_y

        took = []
        for key in keys:
            before = state()
            start = perf_counter()
            app.post_message(events.Key(key, key if len(key) == 1 else None))
            with suppress(TimeoutError):  # a key that moves nothing counts as the slowest
                await asyncio.wait_for(app.until_painted(lambda written, before=before: state() != before), 1)  # type: ignore[misc]
            took.append((app.painted_at if app.painted.is_set() else perf_counter()) - start)
        return statistics.quantiles(took, n=20)[-1]


def main() -> None:
    """Print the rows."""
    for row in measure():
        print(f"{'ok  ' if row.reached else 'MISS'} {row.ratio:8.2f}  {row.target:8}  {row.name}")


if __name__ == "__main__":
    main()
