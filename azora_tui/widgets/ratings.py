"""The line on which one says how well something was remembered."""

from collections.abc import Sequence
from datetime import timedelta

from textual.content import Content
from textual.style import Style

from azora_tui.glyphs import Glyphs
from azora_tui.models.reviews import Rating
from azora_tui.widgets.clickable import Clickable
from azora_tui.wording.dates import interval


class Ratings(Clickable):
    """The four ratings with their keys and after how long the card would come back; each can be clicked."""

    DEFAULT_CSS = """
    Ratings { content-align: center middle; }
    """

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._intervals: Sequence[timedelta] = ()
        self._proposed: Rating | None = None

    def show(self, intervals: Sequence[timedelta], proposed: Rating | None = None) -> None:
        """Offer the ratings; `proposed` is the one that an answer leads to by itself."""
        self._intervals = intervals
        self._proposed = proposed
        self.refresh()

    def hide(self) -> None:
        """Keep the room, and offer nothing."""
        self.show(())

    def render(self) -> Content:
        if not self._intervals:
            return Content("")
        whole = self._line(with_intervals=True)
        return whole if whole.cell_length <= self.size.width else self._line(with_intervals=False)

    def _line(self, *, with_intervals: bool) -> Content:
        parts = []
        for rating, length in zip(Rating, self._intervals, strict=True):
            proposed = rating is self._proposed
            sign = f"{self._glyphs.active} " if proposed else ""
            click = Style.from_meta({"@click": f"screen.rate({rating.value})"})
            style = "bold underline $text" if proposed else "$text"
            word = Content.assemble((f"{rating.value} ", "bold $primary"), (rating.word, style))
            after = f" {interval(length)}" if with_intervals else ""
            parts.append(Content.assemble((sign, "$primary"), word.stylize(click), after))
        return Content("    ").join(parts)
