"""Blocks as rows of text, broken to a width. Nothing here knows about colours or about the screen."""

from __future__ import annotations

from collections.abc import Sequence

from azora_tui.widgets.reader.blocks import Block, BlockKind, Frame, Marker
from azora_tui.widgets.reader.code import lay_out_code
from azora_tui.widgets.reader.glyphs import ReaderGlyphs
from azora_tui.widgets.reader.inline import Format, Inline, Run, read_inline
from azora_tui.widgets.reader.rows import PART, Layout, LayoutContext, Piece, Row, cut
from azora_tui.widgets.reader.table import lay_out_table
from azora_tui.widgets.reader.wrap import wrap

_MIN_TEXT = 16


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
        return lay_out_code(block, inner, context, sideways)
    if block.kind is BlockKind.TABLE:
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
    end = len(inline.text)
    runs = inline.runs or (Run(end, Format.PLAIN, -1),)
    last = Run(end + 2, Format.NOTE, len(inline.links))
    return Inline(f"{inline.text} {glyphs.back}", (*runs, last), (*inline.links, f"#mark:{label}"))
