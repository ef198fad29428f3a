"""Code blocks: a panel with the language named, whose lines are laid out when they are looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import overload

from rich.cells import cell_len

from azora_tui.widgets.reader.blocks import Block
from azora_tui.widgets.reader.rows import Layout, LayoutContext, Piece, Row, TokenRun, crop, sideways_row
from azora_tui.widgets.reader.wrap import is_narrow

_MARGIN = 2


def lay_out_code(block: Block, width: int, context: LayoutContext, sideways: int) -> Layout:
    """Lay out a block of code for a panel of `width` cells."""
    lines = block.text.split("\n")
    size = max(map(len, lines)) if is_narrow(block.text.replace("\n", "")) else max(map(cell_len, lines))
    margin = min(_MARGIN, max(0, (width - 8) // 2))
    room = max(1, width - 2 * margin)
    wide = size if size > room else 0
    sideways = min(sideways, max(0, wide - room))
    links: tuple[str, ...] = ()
    last: Row = (Piece(""),)
    if wide:
        last, links = sideways_row(sideways, wide, room, context.glyphs)
        last = (Piece(" " * margin), *last)
    label = block.language[: max(0, room)]
    first: Row = (Piece(" " * (width - margin - cell_len(label))), Piece(label, "muted"))
    runs = context.code.get((block.language, block.text), ())
    sides = (context.glyphs.left, context.glyphs.right) if wide and margin else ("", "")
    rows = _CodeRows(lines, first=first, last=last, margin=margin, room=room, sideways=sideways, runs=runs, sides=sides)
    return Layout(rows, block.text, "code", links, wide, room)


class _CodeRows(Sequence[Row]):
    """Makes a row when it is asked for: a block can have thousands, of which a page shows a few."""

    def __init__(self, lines: list[str], *, first: Row, last: Row, margin: int, room: int, sideways: int,
                 runs: Sequence[TokenRun], sides: tuple[str, str]) -> None:  # fmt: skip
        self._lines = lines
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        self._first = first
        self._last = last
        self._margin = Piece(" " * margin)
        self._room = room
        self._sideways = sideways
        self._runs = runs
        self._sides = sides

    def __len__(self) -> int:
        return len(self._lines) + 2

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if index < 0 or index >= len(self):
            raise IndexError(index)
        if index == 0:
            return self._first
        if index > len(self._lines):
            return self._last
        line, start = self._lines[index - 1], self._starts[index - 1]
        row = crop(self._coloured(line, start), self._sideways, self._room)
        left, right = self._sides
        if left and line:
            size = cell_len(line)
            before = Piece(left.ljust(len(self._margin.text)), "muted") if self._sideways else self._margin
            after = (Piece(f" {right}", "muted"),) if size > self._sideways + self._room else ()
            return (before, *row, *after)
        return (self._margin, *row)

    def _coloured(self, line: str, start: int) -> Row:
        end = start + len(line)
        pieces: list[Piece] = []
        place = start
        for first, last, style in self._runs[bisect_right(self._runs, start, key=lambda run: run[1]) :]:
            if first >= end:
                break
            if first > place:
                pieces.append(Piece(line[place - start : first - start], "", 0, place))
                place = first
            stop = min(last, end)
            if stop > place:
                pieces.append(Piece(line[place - start : stop - start], style, 0, place))
                place = stop
        if place < end:
            pieces.append(Piece(line[place - start :], "", 0, place))
        return tuple(pieces)
