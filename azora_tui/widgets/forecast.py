"""The next days as bars that stand side by side, each with its number and its day under it."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from azora_tui.glyphs import Glyphs
from azora_tui.models.reviews import DueDay
from azora_tui.wording.dates import short_weekday

_ROWS = 3
_WIDTH = 4
_LEAST = 8
"""Cards that make a full bar at least, so that one card never looks like much."""


class Forecast(Static):
    """How many cards fall due on each day; the owner says the same in words beside it."""

    DEFAULT_CSS = """
    Forecast { height: 6; width: auto; }
    """

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self._glyphs = glyphs

    def show(self, days: Sequence[DueDay]) -> None:
        levels = self._glyphs.heights
        most = max(_LEAST, *(day.count for day in days))
        heights = [-(-day.count * _ROWS * len(levels) // most) for day in days]
        lines = []
        for row in reversed(range(_ROWS)):
            filled = [min(len(levels), max(0, height - row * len(levels))) for height in heights]
            lines.append([_column(levels[each - 1] * 2 if each else "", "$primary") for each in filled])
        none = _column(self._glyphs.separator, "$text-muted")
        lines.append([_column(_number(day.count), "$text") if day.count else none for day in days])
        lines.append([_column(short_weekday(day.day.weekday())[:2], "$text-muted") for day in days])
        lines.append([_column(f"{day.day.day}", "$text-muted") for day in days])
        self.update(Content("\n").join(Content.assemble(*line) for line in lines))


def _number(count: int) -> str:
    """A number that leaves a blank before the next; the words beside the picture have every digit."""
    return str(count) if count < 1000 else "1k+"


def _column(text: str, style: str) -> tuple[str, str]:
    return text.ljust(_WIDTH), style
