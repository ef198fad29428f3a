"""This week and last, the streak and the rest days, in rows that stand there before anything is known."""

from typing import ClassVar

from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from azora_tui.glyphs import Glyphs
from azora_tui.lms.activity import last_weeks
from azora_tui.models.due import ReviewCounts
from azora_tui.models.home import HomePage
from azora_tui.widgets.line import Span, draw_row
from azora_tui.wording.bars import spark
from azora_tui.wording.home import done_words, rest_words, review_words, streak_words

_LABEL_CELLS = 11
_TWO_COLUMNS = 66
"""Cells from which two facts stand side by side."""
_WIDE = 110
"""Cells of a terminal from which the minutes of the last weeks stand there too."""
_WEEKS = 12


class LearningFacts(Widget):
    """A label and its words a row, or two of them, by the room there is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"facts--muted", "facts--plain", "facts--active", "facts--due"}
    DEFAULT_CSS = """
    LearningFacts {
        height: auto;
        & .facts--muted { color: $text-muted; }
        & .facts--plain { color: $text; }
        & .facts--active { color: $primary; }
        & .facts--due { color: $accent; }
    }
    """

    def __init__(self, glyphs: Glyphs, review_key: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._key = review_key
        self._facts: list[list[Span]] = [
            self._fact(label) for label in ("Review", "This week", "Last week", "Streak", "Rest days")
        ]
        self._spark = self._fact("Minutes")

    def show(self, page: HomePage) -> None:
        *_, last, this = last_weeks(page.days, page.today, _WEEKS)
        self._facts = [
            self._review(page.review),
            self._fact("This week", done_words(this)),
            self._fact("Last week", done_words(last)),
            self._fact("Streak", streak_words(page.streak)),
            self._fact("Rest days", rest_words(page.rest_days)),
        ]
        minutes = [week.minutes for week in last_weeks(page.days, page.today, _WEEKS)]
        self._spark = self._fact("Minutes", spark(minutes, self._glyphs), "active")
        self._spark.append((f"  in {_WEEKS} weeks, at most {max(minutes):,}" if any(minutes) else "none yet", "muted"))
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return (3 if width >= _TWO_COLUMNS else 5) + (viewport.width >= _WIDE)

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        review, this_week, last_week, streak, rest_days = self._facts
        if width < _TWO_COLUMNS:
            rows = [[each] for each in (*self._facts, self._spark)]
        else:
            rows = [[review], [this_week, streak], [last_week, rest_days], [self._spark]]
        column = width // len(rows[y])
        drawn = [draw_row((fact, []), column, self._style) for fact in rows[y]]
        return Strip.join(drawn).adjust_cell_length(width).apply_style(self.rich_style)

    def _fact(self, label: str, words: str = "", role: str = "plain") -> list[Span]:
        return [(label.ljust(_LABEL_CELLS), "muted"), (words, role)]

    def _review(self, counts: ReviewCounts) -> list[Span]:
        fact = self._fact("Review", review_words(counts), "due" if counts.due else "plain")
        if counts.due or counts.new:
            fact.append((f"   press {self._key} to begin", "muted"))
        return fact

    def _style(self, role: str) -> Style:
        return self.get_component_rich_style(f"facts--{role or 'plain'}", partial=True)
