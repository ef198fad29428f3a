"""Tables: columns as wide as they need to be, narrower if the page asks for it, sideways if that is not enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from azora_tui.widgets.reader.blocks import Block
from azora_tui.widgets.reader.inline import Inline, read_inline
from azora_tui.widgets.reader.rows import Layout, LayoutContext, Piece, Row, crop, cut, sideways_row
from azora_tui.widgets.reader.wrap import wrap

_GAP = 3
_MAX_WORD_WIDTH = 20
_NARROWEST = 8


class _Cell(NamedTuple):
    inline: Inline
    start: int
    first_link: int


def lay_out_table(block: Block, width: int, context: LayoutContext, sideways: int) -> Layout:
    """Lay out a table for `width` cells."""
    assert block.table is not None
    alignments = block.table.alignments
    cells, text, links = _read(block.table.rows, context)
    columns = _columns(cells, len(alignments), width)
    wrapped = [[_wrapped(cell, size, "title" if not number else "") for cell, size in zip(row, columns, strict=False)]
               for number, row in enumerate(cells)]  # fmt: skip
    airy = any(len(lines) > 1 for row in wrapped[1:] for lines in row)
    rows: list[Row] = []
    for number, row in enumerate(wrapped):
        if airy and number > 1:
            rows.append((Piece(""),))
        for place in range(max(map(len, row), default=1)):
            rows.append(_row(row, place, columns, alignments))
        if number == 0:
            line = context.glyphs.line
            rows.append((Piece((line * _GAP).join(line * size for size in columns), "rule"),))
    total = sum(columns) + _GAP * (len(columns) - 1)
    if total <= width:
        return Layout(rows, text, links=links)
    sideways = min(sideways, total - width)
    last, side_links = sideways_row(sideways, total, width, context.glyphs)
    rows = [crop(row, sideways, width) for row in rows]
    rows.append(tuple(piece._replace(link=piece.link + len(links)) if piece.link >= 0 else piece for piece in last))
    return Layout(rows, text, links=links + side_links, wide=total, room=width)


def _read(rows: Sequence[Sequence[str]], context: LayoutContext) -> tuple[list[list[_Cell]], str, tuple[str, ...]]:
    """The cells, the text of all of them, a line each, and their links."""
    cells: list[list[_Cell]] = []
    texts: list[str] = []
    links: list[str] = []
    start = 0
    for row in rows:
        cells.append([])
        for source in row:
            inline = read_inline(source, context.article.document, context.article.notes)
            cells[-1].append(_Cell(inline, start, len(links)))
            texts.append(inline.text)
            links.extend(inline.links)
            start += len(inline.text) + 1
    return cells, "\n".join(texts), tuple(links)


def _columns(cells: Sequence[Sequence[_Cell]], count: int, width: int) -> list[int]:
    """How many cells wide each column is: as wide as its longest text, or as near to it as `width` allows."""
    natural, least = [1] * count, [1] * count
    for row in cells:
        for column, cell in enumerate(row[:count]):
            for line in cell.inline.text.split("\n"):
                natural[column] = max(natural[column], cell_len(line))
            for word in cell.inline.text.split():
                least[column] = max(least[column], min(cell_len(word), _MAX_WORD_WIDTH))
    room = width - _GAP * (count - 1)
    if sum(natural) <= room:
        return natural
    columns = [min(wide, max(narrow, _NARROWEST)) for wide, narrow in zip(natural, least, strict=True)]
    for _ in range(room - sum(columns)):
        growing = [column for column in range(count) if columns[column] < natural[column]]
        columns[min(growing, key=columns.__getitem__)] += 1
    return columns


def _wrapped(cell: _Cell, size: int, style: str) -> list[Row]:
    return [
        tuple(
            piece._replace(
                start=piece.start + cell.start if piece.start >= 0 else -1,
                link=piece.link + cell.first_link if piece.link >= 0 else -1,
            )
            for piece in cut(cell.inline, start, end, style)
        )
        for start, end in wrap(cell.inline.text, size)
    ]


def _row(cells: Sequence[Sequence[Row]], place: int, columns: Sequence[int], alignments: Sequence[str]) -> Row:
    pieces: list[Piece] = []
    for column, (lines, size, alignment) in enumerate(zip(cells, columns, alignments, strict=False)):
        row = crop(lines[place], 0, size) if place < len(lines) else ()
        spare = max(0, size - sum(cell_len(piece.text) for piece in row))
        before = {"right": spare, "center": spare // 2}.get(alignment, 0)
        after = spare - before + (_GAP if column < len(columns) - 1 else 0)
        pieces += [Piece(" " * before), *row, Piece(" " * after)]
    return tuple(piece for piece in pieces if piece.text) or (Piece(""),)
