"""What is new, on one line that is there before anything is known: who said it, its first words, and how long ago."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from rich.style import Style
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from azora_tui.models.news import NewsItem
from azora_tui.widgets.line import Row, draw_row
from azora_tui.wording.news import ago, first_words, new_words, said_by, whole_text


class NewsLine(Widget):
    """The newest of what was not read yet, and how much there is; empty where nothing is new."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"news--muted", "news--plain", "news--new"}
    DEFAULT_CSS = """
    NewsLine {
        height: 1;
        & .news--muted { color: $text-muted; }
        & .news--plain { color: $text; }
        & .news--new { color: $accent; text-style: bold; }
    }
    """

    class Chosen(Message):
        """A click."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._row: Row = ([], [])

    def show(self, items: Sequence[NewsItem], now: datetime) -> None:
        """`items` are the newest first."""
        self._row = ([], [])
        if items:
            newest = items[0]
            said = [(f"{new_words(len(items))}  ", "new"), (said_by(newest), "plain"), (": ", "plain")]
            self._row = ([*said, (first_words(whole_text(newest)), "muted")], [(ago(newest.at, now), "muted")])
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if self._is_empty:
            return Strip.blank(self.size.width, Style(bgcolor=self.rich_style.bgcolor))
        return draw_row(self._row, self.size.width, self._style).apply_style(self.rich_style)

    def on_click(self) -> None:
        if not self._is_empty:
            self.post_message(self.Chosen())

    @property
    def _is_empty(self) -> bool:
        left, _ = self._row
        return not left

    def _style(self, role: str) -> Style:
        return self.get_component_rich_style(f"news--{role or 'plain'}", partial=True)
