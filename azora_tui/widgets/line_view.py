"""A scrolled view that draws its own lines: the strips it makes are the ones that are painted.

Textual draws widgets through a cache that makes a new strip of each row. What goes out as it is, and is the same the
next time, keeps what the compositor has made of it, which is most of the work of scrolling.
"""

from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

from azora_tui.widgets.private_textual import ViewWithScrollBar

_AROUND_OR_OVER: Final = ("outline_top", "outline_right", "outline_bottom", "outline_left", "tint", "hatch")


class _LineScrollBar(ScrollBar):
    """Textual's own, in strips that are made once: most rows of a scroll bar are alike."""

    def __init__(self, vertical: bool = True, name: str | None = None, *, thickness: int = 1) -> None:
        super().__init__(vertical, name, thickness=thickness)
        self._base = Style()
        self._rows: list[Segment] = []
        self._strips: dict[Segment, Strip] = {}

    def render_lines(self, crop: Region) -> list[Strip]:
        bar = self.render()
        if not _is_bare(self) or not isinstance(bar, ScrollBarRender):
            self._rows = []
            return super().render_lines(crop)
        self._base = self.visual_style.rich_style
        style = bar.style
        assert isinstance(style, Style)
        assert style.color is not None
        assert style.bgcolor is not None
        self._rows = bar.render_bar(
            size=self.size.height,
            virtual_size=bar.virtual_size,
            window_size=bar.window_size,
            position=bar.position,
            thickness=self.size.width,
            vertical=bar.vertical,
            back_color=style.bgcolor,
            bar_color=style.color,
        ).segments
        return _lines(self, crop)

    def render_line(self, y: int) -> Strip:
        if not self._rows:
            return super().render_line(y)
        text, style, _ = self._rows[y]
        row = Segment(text, self._base + style)
        if row not in self._strips:
            self._strips[row] = Strip([row], self.size.width)
        return self._strips[row]


class LineView(ViewWithScrollBar):
    """Shows the strips of `render_line`, where nothing stands around them, and a scroll bar that is quick to draw."""

    SCROLL_BAR = _LineScrollBar

    def render_lines(self, crop: Region) -> list[Strip]:
        return _lines(self, crop) if _is_bare(self) else super().render_lines(crop)


def _is_bare(widget: Widget) -> bool:
    """Whether nothing is around a widget or over it, which would be Textual's to draw."""
    return (
        widget.size == widget.region.size and widget.opacity == 1 and not widget.styles.has_any_rules(*_AROUND_OR_OVER)
    )


def _lines(widget: Widget, crop: Region) -> list[Strip]:
    strips = [widget.render_line(y).crop(*crop.column_span) for y in crop.line_range]
    _, background = widget.background_colors
    for line_filter in widget.get_line_filters():
        strips = [strip.apply_filter(line_filter, background) for strip in strips]
    return strips
