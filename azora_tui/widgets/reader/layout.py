"""Blocks as rows of text, broken to a width. Nothing here knows about colours or about the screen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len

from azora_tui.widgets.reader.blocks import Article, Block, BlockKind, Frame, Marker
from azora_tui.widgets.reader.glyphs import ReaderGlyphs
from azora_tui.widgets.reader.inline import Format, Inline, read_inline
from azora_tui.widgets.reader.wrap import is_narrow, wrap


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


_MIN_TEXT = 16
_EMPTY = (Piece(""),)


def frames_within(frames: Sequence[Frame], width: int) -> tuple[Frame, ...]:
    """The frames that leave enough of `width` for text: in deep nesting the innermost are not drawn."""
    shown: list[Frame] = []
    left = width
    for frame in frames:
        left -= frame.width
        if left < _MIN_TEXT:
            break
        shown.append(frame)
    return tuple(shown)


def text_width(block: Block, width: int) -> int:
    """The cells that the frames leave to the text of `block`; at least 1."""
    return max(1, width - sum(frame.width for frame in frames_within(block.frames, width)))


def lay_out(block: Block, width: int, context: LayoutContext, sideways: int = 0) -> Layout:
    """Lay `block` out for a column of `width` cells. `sideways` is how far a wide one is scrolled to the right."""
    inner = text_width(block, width)
    if block.kind is BlockKind.CODE:
        from azora_tui.widgets.reader.code import lay_out_code

        return lay_out_code(block, inner, context, sideways)
    if block.kind is BlockKind.TABLE:
        from azora_tui.widgets.reader.table import lay_out_table

        return lay_out_table(block, inner, context, sideways)
    if block.kind is BlockKind.RULE:
        line = context.glyphs.line * min(inner, 12)
        margin = "" if block.style else " " * ((inner - len(line)) // 2)
        return Layout(((Piece(margin), Piece(line, "rule")),))
    inline = read_inline(block.text, context.article.document, context.article.notes)
    if block.kind is BlockKind.PART:
        return _part(block, inline, inner, context)
    if block.back and f"mark:{block.back}" in context.article.anchors:
        inline = _with_way_back(inline, block.back, context.glyphs)
    rows = [cut(inline, start, end, block.style) for start, end in wrap(inline.text, inner)]
    return Layout(rows, inline.text, links=inline.links)


def cut(inline: Inline, start: int, end: int, style: str) -> Row:
    """The pieces of `inline` from `start` to `end`, with `style` beneath their own format."""
    if start >= end:
        return _EMPTY
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
    return tuple(pieces) or _EMPTY


def _crop_wide(piece: Piece, first: int, last: int) -> Piece:
    from rich.cells import split_text

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


def marker_text(frame: Frame, glyphs: ReaderGlyphs) -> str:
    """What stands in an item's frame on its first row, padded to the frame."""
    match frame.marker:
        case Marker.BULLET:
            text = glyphs.bullets[min(frame.depth, len(glyphs.bullets) - 1)]
        case Marker.OPEN_TASK:
            text = glyphs.open_task
        case Marker.DONE_TASK:
            text = glyphs.done_task
        case Marker.OPTION:
            text = glyphs.option
        case Marker.WORDS:
            return frame.words.rjust(frame.width - 1) + " "
        case _:
            text = ""
    return text.ljust(frame.width)


def _part(block: Block, inline: Inline, inner: int, context: LayoutContext) -> Layout:
    is_open = block.part in context.opened
    sign = context.glyphs.opened if is_open else context.glyphs.closed
    words = inline.text if is_open else f"{inline.text} (closed)"
    rows: list[Row] = []
    for start, end in wrap(words, max(1, inner - 2)):
        first = Piece(f"{sign} " if not rows else "  ", block.style, link=0)
        label = Piece(words[start : min(end, len(inline.text))], block.style, int(Format.STRONG), start, 0)
        rest = Piece(words[max(start, len(inline.text)) : end], "muted", link=0)
        rows.append((first, label, rest))
    return Layout(rows, inline.text, links=(f"{PART}{block.part}",))


def _with_way_back(inline: Inline, label: str, glyphs: ReaderGlyphs) -> Inline:
    from azora_tui.widgets.reader.inline import Run

    end = len(inline.text)
    runs = inline.runs or (Run(end, Format.PLAIN, -1),)
    last = Run(end + 2, Format.NOTE, len(inline.links))
    return Inline(f"{inline.text} {glyphs.back}", (*runs, last), (*inline.links, f"#mark:{label}"))
