"""Rows of text: the pieces that they are made of, and cutting them. What lays blocks out makes them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len, split_text

from azora_tui.widgets.reader.blocks import Article
from azora_tui.widgets.reader.glyphs import ReaderGlyphs
from azora_tui.widgets.reader.inline import Inline
from azora_tui.widgets.reader.wrap import is_narrow


class Piece(NamedTuple):
    """Text of one look. `style` is one of the LOOKS; `start` is its place in the text of the block, or -1 if
    the reader draws it; `link` is an index into the links of the layout, or -1."""

    text: str
    style: str = ""
    format: int = 0
    start: int = -1
    link: int = -1


Row = tuple[Piece, ...]
TokenRun = tuple[int, int, str]
"""Where a run of code begins and ends in its block, and the component class it takes."""

PART = "part:"
SIDE = "side:"


@dataclass(frozen=True, slots=True)
class Layout:
    """A block at a width.

    `rows` come without the space above and the frames; `fill` is the look of the ground they are padded on to
    their full width. `text` is what the starts of pieces count in. `links` are addresses, or PART or SIDE and
    what to act on. `wide` is the width of what scrolls sideways in `room` cells, 0 if it all fits.
    """

    rows: Sequence[Row]
    text: str = ""
    fill: str = ""
    links: tuple[str, ...] = ()
    wide: int = 0
    room: int = 0


class LayoutContext(NamedTuple):
    """What a layout depends on besides block and width."""

    article: Article
    glyphs: ReaderGlyphs
    opened: frozenset[int]
    code: Mapping[tuple[str, str], Sequence[TokenRun]]


EMPTY_ROW = (Piece(""),)


def cut(inline: Inline, start: int, end: int, style: str) -> Row:
    """The pieces of `inline` from `start` to `end`, with `style` beneath their own format."""
    if start >= end:
        return EMPTY_ROW
    if not inline.runs:
        return (Piece(inline.text[start:end], style, 0, start),)
    pieces: list[Piece] = []
    for run in inline.runs[bisect_right(inline.runs, start, key=lambda run: run.end) :]:
        stop = joined(inline.text, min(run.end, end), end)
        if stop > start:
            pieces.append(Piece(inline.text[start:stop], style, int(run.format), start, run.link))
            start = stop
        if start >= end:
            break
    return tuple(pieces)


def joined(text: str, position: int, end: int) -> int:
    """The first place from `position` where `text` may be cut without parting a character from its marks."""
    while (
        position < end
        and not text[position].isascii()
        and (text[position - 1] == "\u200d" or cell_len(text[position]) == 0)
    ):
        position += 1
    return position


def crop(row: Row, start: int, width: int) -> Row:
    """The part of a row from cell `start` on, `width` cells wide. Half a wide character becomes a space."""
    pieces: list[Piece] = []
    left = 0
    for piece in row:
        size = cell_len(piece.text)
        first, last = max(start - left, 0), min(start + width - left, size)
        left += size
        if first >= last:
            continue
        if first == 0 and last == size:
            pieces.append(piece)
        elif is_narrow(piece.text):
            place = piece.start + first if piece.start >= 0 else -1
            pieces.append(piece._replace(text=piece.text[first:last], start=place))
        else:
            pieces.append(_crop_wide(piece, first, last))
    return tuple(pieces) or EMPTY_ROW


def _crop_wide(piece: Piece, first: int, last: int) -> Piece:
    before, text = split_text(piece.text, first)
    text, _ = split_text(text, last - first)
    place = piece.start + len(before) if piece.start >= 0 else -1
    return piece._replace(text=text, start=place)


def sideways_row(sideways: int, wide: int, width: int, glyphs: ReaderGlyphs) -> tuple[Row, tuple[str, ...]]:
    """The row that shows that there is more on either side, and its two links."""
    back = Piece(f"{glyphs.left} ", "accent", link=0) if sideways > 0 else Piece("  ")
    on = Piece(f" {glyphs.right}", "accent", link=1) if sideways + width < wide else Piece("  ")
    words = Piece(f"columns {sideways + 1} to {min(sideways + width, wide)} of {wide}", "muted")
    return (back, words, on), (f"{SIDE}-1", f"{SIDE}1")
