"""The colours of code, found off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from azora_tui.widgets.reader.blocks import Block, BlockKind
from azora_tui.widgets.reader.highlight import MAX_LENGTH, highlight
from azora_tui.widgets.reader.loading import off_loop
from azora_tui.widgets.reader.rows import TokenRun


class CodeColours:
    """The runs of each code by (language, text), as far as they are found."""

    def __init__(self) -> None:
        self.runs: dict[tuple[str, str], Sequence[TokenRun]] = {}

    def begin(self, blocks: Iterable[Block]) -> list[tuple[str, str]]:
        """What of these blocks has yet to be coloured; from now on it counts as under way."""
        wanted: list[tuple[str, str]] = []
        for block in blocks:
            key = (block.language, block.text)
            if block.kind is not BlockKind.CODE or not block.language or len(block.text) > MAX_LENGTH:
                continue
            if key not in self.runs:
                self.runs[key] = ()
                wanted.append(key)
        return wanted

    async def find(self, wanted: Sequence[tuple[str, str]]) -> None:
        """Colour what `begin` answered with; where this is cancelled, it is wanted again the next time."""
        try:
            found = await off_loop(lambda: {key: highlight(key[1], key[0]) for key in wanted})
        except asyncio.CancelledError:
            for key in wanted:
                self.runs.pop(key, None)
            raise
        self.runs.update(found)
