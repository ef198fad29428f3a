"""A few lines of Markdown that take just the rows they need: a question, an answer, a card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from azora_tui.text import clean
from azora_tui.widgets.reader.article_view import COLUMN
from azora_tui.widgets.reader.blocks import Article
from azora_tui.widgets.reader.code_colours import CodeColours
from azora_tui.widgets.reader.glyphs import ASCII, UNICODE
from azora_tui.widgets.reader.loading import read_all
from azora_tui.widgets.reader.paint import Painter
from azora_tui.widgets.reader.styles import COMPONENT_CLASSES, PASSAGE_CSS, PREFIX
from azora_tui.widgets.reader.view import View


class Passage(Widget):
    """Shows Markdown as the reader does, without scrolling, links or parts that open."""

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENT_CLASSES
    DEFAULT_CSS = PASSAGE_CSS

    def __init__(self, source: str, *, ascii: bool = False, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._glyphs = ASCII if ascii else UNICODE
        self._article = self._read(source)
        self._painter = Painter(self._style_of)
        self._colours = CodeColours()
        self._view = self._view_at(COLUMN)

    def set_source(self, source: str) -> None:
        self._article = self._read(source)
        self._view = self._view_at(self._view.width)
        self.refresh(layout=True)

    def _read(self, source: str) -> Article:
        return read_all(clean(source).expandtabs(4))

    def on_mount(self) -> None:
        if wanted := self._colours.begin(self._article.blocks):
            self.run_worker(self._colour(wanted), group="aside-colouring")

    async def _colour(self, wanted: Sequence[tuple[str, str]]) -> None:
        await self._colours.find(wanted)
        self._view = self._view_at(self._view.width)
        self.refresh()

    async def settled(self) -> None:
        """Wait until the code is coloured. For tests and pictures."""
        for worker in self.workers:
            if worker.node is self and not worker.is_finished:
                await worker.wait()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._fitted(width).flow.rows

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        return self._painter.strip(self._fitted(width), y, width)

    def notify_style_update(self) -> None:
        """Take the colours of a new theme."""
        super().notify_style_update()
        self._painter.forget_styles()

    def _fitted(self, width: int) -> View:
        column = max(1, min(width, COLUMN))
        if self._view.width != column:
            self._view = self._view_at(column)
        return self._view

    def _view_at(self, width: int) -> View:
        view = View(self._article, width, self._glyphs, frozenset(), self._colours.runs)
        while view.measure_next():
            pass
        self._painter.forget()
        return view

    def _style_of(self, names: tuple[str, ...]) -> Style:
        return self.get_visual_style(*(PREFIX + name for name in names)).rich_style
