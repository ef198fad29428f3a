"""Where each block of an article stands on the page: exactly where it was laid out, estimated elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from azora_tui.widgets.reader.blocks import Block, BlockKind
from azora_tui.widgets.reader.layout import text_width


class Flow:
    """The heights of blocks, in rows with the space above them, and what follows from those."""

    def __init__(self, blocks: Sequence[Block], width: int, opened: frozenset[int]) -> None:
        self._heights = [estimate(block, width) if opened.issuperset(block.parts) else 0 for block in blocks]
        self._exact = bytearray(not height for height in self._heights)
        self._tops: list[int] | None = None
        self.inexact = self._exact.count(0)
        """How many heights are still estimated."""

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def tops(self) -> Sequence[int]:
        """The row at which each block begins, and after the last the number of rows in all."""
        if self._tops is None:
            self._tops = list(accumulate(self._heights, initial=0))
        return self._tops

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return self.tops[-1]

    def height(self, block: int) -> int:
        """Rows of a block; 0 if it lies in a closed part."""
        return self._heights[block]

    def is_exact(self, block: int) -> bool:
        """Whether the height of a block is more than an estimate."""
        return bool(self._exact[block])

    def set_height(self, block: int, height: int) -> None:
        """Put the height that was measured in place of the estimate."""
        if not self._exact[block]:
            self._exact[block] = 1
            self.inexact -= 1
        if self._heights[block] != height:
            self._heights[block] = height
            self._tops = None

    def reset(self, block: int, height: int, *, exact: bool) -> None:
        """Start over with a block that was shown or hidden."""
        self.inexact += self._exact[block] - exact
        self._exact[block] = exact
        self._heights[block] = height
        self._tops = None

    def block_at(self, row: int) -> int:
        """The block that row lies in; the first or the last for rows outside. -1 if there are no blocks."""
        if not self._heights:
            return -1
        block = min(bisect_right(self.tops, max(row, 0)) - 1, len(self._heights) - 1)
        while block > 0 and not self._heights[block]:
            block -= 1
        return block


def estimate(block: Block, width: int) -> int:
    """Guess the rows of a block from the length of its source."""
    if block.kind is BlockKind.CODE:
        return block.space + block.text.count("\n") + 3
    if block.kind is BlockKind.TABLE and block.table:
        return block.space + len(block.table.rows) + 1
    return block.space + 1 + len(block.text) // text_width(block, width)
