"""Rows as strips: the only place where looks become colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from azora_tui.widgets.reader.blocks import Frame
from azora_tui.widgets.reader.inline import Format
from azora_tui.widgets.reader.layout import marker_text
from azora_tui.widgets.reader.rows import Piece, Row, joined
from azora_tui.widgets.reader.styles import LOOKS
from azora_tui.widgets.reader.view import View

_FORMATS: Final = (
    (Format.STRONG, "strong"),
    (Format.EMPHASIS, "emphasis"),
    (Format.STRIKE, "strike"),
    (Format.CODE, "code-inline"),
    (Format.IMAGE, "image"),
    (Format.NOTE, "note"),
    (Format.LINK, "link"),
)
_KEPT_STRIPS = 4_000


class Mark(NamedTuple):
    """Text of a block to stand out, from `start` to before `end`, in a component class."""

    start: int
    end: int
    style: str


class Painter:
    """Makes strips and keeps them until something that they show changes."""

    def __init__(self, style_of: Callable[[tuple[str, ...]], Style]) -> None:
        self._style_of = style_of
        self._styles: dict[tuple[str, str, int, str], Style] = {}
        self._strips: dict[tuple[int, int], tuple[int, Strip]] = {}
        self.marks: Mapping[int, Sequence[Mark]] = {}
        self.focused: tuple[int, int] | None = None
        """The block and the number of the link that has the focus."""
        self.chosen: int | None = None
        """The block that a person has chosen, which has a bar beside it."""
        self.signed: Mapping[int, str] = {}
        """The sign that stands beside a block."""

    def forget(self) -> None:
        """Repaint everything."""
        self._strips.clear()

    def forget_styles(self) -> None:
        """Repaint everything, in other colours."""
        self._styles.clear()
        self._strips.clear()

    def style(self, name: str = "", fill: str = "", format: int = 0, over: str = "") -> Style:
        """The style of one of the LOOKS on the ground of another, with formats and one more over it."""
        key = (name, fill, format, over)
        style = self._styles.get(key)
        if style is None:
            names = [fill, name, *(look for flag, look in _FORMATS if format & flag), over]
            looks = [LOOKS[name] for name in names]
            style = self._style_of(tuple(component for component, _ in looks if component))
            for _, letters in looks:
                style += letters
            self._styles[key] = style
        return style

    def strip(self, view: View, row: int, width: int) -> Strip:
        """Row `row` of the page, for a widget of `width` cells, with the column in its middle."""
        block, inside = view.locate(row)
        if block < 0:
            return Strip.blank(width, self.style())
        painted_row, strip = self._strips.get((block, inside), (-1, None))
        if strip is None or strip.cell_length != width:
            if len(self._strips) > _KEPT_STRIPS:
                self._strips.clear()
            strip = self._paint(view, block, inside, width)
            painted_row = -1
        if painted_row != row:
            # What is selected with the mouse is told by these. A strip that stays the same strip keeps what the
            # compositor has made of it, which is most of the work of scrolling.
            strip = strip.apply_offsets(0, row)
            self._strips[block, inside] = (row, strip)
        return strip

    def _paint(self, view: View, block: int, inside: int, width: int) -> Strip:
        margin = max(0, (width - view.width) // 2)
        if inside < 0:
            segments = self._frames(view.frames_above(block), view, marked=False)
            return self._framed([self._margin("", margin), *segments], width)
        layout = view.layout(block)
        sign = view.glyphs.bar if block == self.chosen else self.signed.get(block, "") if inside == 0 else ""
        segments = self._frames(view.frames(block), view, marked=inside == 0)
        row = self._highlighted(layout.rows[inside], block, layout.text)
        content = [Segment(piece.text, self.style(piece.style, layout.fill, piece.format, over)) for piece, over in row]
        before = Strip([self._margin(sign, margin), *segments])
        room = max(0, margin + view.width - before.cell_length)
        # This also cuts what is wider than it was measured: nothing may stand beside the column.
        row_strip = Strip(content).adjust_cell_length(room, self.style(layout.fill))
        return self._framed([*before, *row_strip], width)

    def _framed(self, segments: list[Segment], width: int) -> Strip:
        return Strip(segments).adjust_cell_length(width, self.style())

    def _margin(self, sign: str, width: int) -> Segment:
        """The cells left of the column; a sign stands one away from the text, where there is room."""
        return Segment(f"{sign} "[: max(1, width)].rjust(width)[:width], self.style("accent" if sign else ""))

    def _frames(self, frames: Sequence[Frame], view: View, *, marked: bool) -> list[Segment]:
        segments: list[Segment] = []
        for frame in frames:
            if frame.style:
                sign = view.glyphs.quote if frame.style in ("quote", "part") else view.glyphs.bar
                segments.append(Segment(sign.ljust(frame.width), self.style(f"{frame.style}-bar")))
            elif marked and frame.marker:
                segments.append(Segment(marker_text(frame, view.glyphs), self.style("marker")))
            else:
                segments.append(Segment(" " * frame.width, self.style()))
        return segments

    def _highlighted(self, row: Row, block: int, text: str) -> list[tuple[Piece, str]]:
        """The pieces of a row, cut where a mark begins or ends, each with the component class that goes over it."""
        marks = self.marks.get(block, ())
        link = self.focused[1] if self.focused and self.focused[0] == block else None
        result: list[tuple[Piece, str]] = []
        for piece in row:
            over = "link-focused" if link is not None and piece.link == link else ""
            if not marks or piece.start < 0:
                result.append((piece, over))
                continue
            place, end = piece.start, piece.start + len(piece.text)
            for mark in marks:
                if mark.end <= place or mark.start >= end:
                    continue
                first = joined(text, max(mark.start, place), end)
                last = joined(text, min(mark.end, end), end)
                for stop, style in ((first, over), (last, mark.style)):
                    if stop > place:
                        result.append((_part_of(piece, place, stop), style))
                        place = stop
            if place < end:
                result.append((_part_of(piece, place, end), over))
        return result


def _part_of(piece: Piece, start: int, end: int) -> Piece:
    return piece._replace(text=piece.text[start - piece.start : end - piece.start], start=start)


def link_at(view: View, row: int, cell: int) -> tuple[int, int] | None:
    """The block and the number of the link at a cell of the column, if there is one."""
    block, inside = view.locate(row)
    if block < 0 or inside < 0:
        return None
    left = sum(frame.width for frame in view.frames(block))
    for piece in view.layout(block).rows[inside]:
        size = cell_len(piece.text)
        if left <= cell < left + size and piece.link >= 0:
            return block, piece.link
        left += size
    return None
