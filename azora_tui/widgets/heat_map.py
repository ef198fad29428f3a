"""A year of days as a calendar: a column a week, a row a weekday, each day in a sign and a colour of its level."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from azora_tui.glyphs import Glyphs
from azora_tui.lms.activity import LEVELS, WEEKS, first_day
from azora_tui.widgets.line import Row, Span, draw_row
from azora_tui.widgets.styles_by_theme import StylesByTheme
from azora_tui.wording.dates import short_month, short_weekday

_LABELS = tuple(short_weekday(weekday) if weekday in (0, 2, 4) else "" for weekday in range(7))
_LABEL_CELLS = 4
_WEEK_CELLS = 2
_MONTH_CELLS = 4
"""A month's name and a gap: two that would be nearer are not both shown."""
_ROOM_FOR_WORDS = 70
_STRENGTHS = (0.0, 0.5, 0.68, 0.84, 1.0)
"""How much of the full colour a level has; what is left is the ground's."""


class HeatMap(Widget):
    """As many weeks as there is room for, this one last; complete in form before anything is known."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"heat--none", "heat--full", "heat--muted", "heat--heading"}
    DEFAULT_CSS = """
    HeatMap {
        height: 9;
        & .heat--none { color: $text-disabled; }
        & .heat--full { color: $primary; }
        & .heat--muted { color: $text-muted; }
        & .heat--heading { color: $text; text-style: bold; }
    }
    """

    def __init__(self, glyphs: Glyphs, today: date, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._today = today
        self._levels: Mapping[date, int] = {}
        self._style = StylesByTheme(self, self._find_style)

    def show(self, levels: Mapping[date, int], today: date) -> None:
        """`levels` are 0 to 4; a day that is not among them has 0."""
        self._levels, self._today = levels, today
        self.refresh()

    @property
    def weeks(self) -> int:
        """How many weeks there is room for."""
        return max(1, min(WEEKS, (self.size.width - _LABEL_CELLS + 1) // _WEEK_CELLS))

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        first = first_day(self._today, self.weeks)
        if y == 0:
            row = self._heading()
        elif y == 1:
            row = ([(" " * _LABEL_CELLS, "muted"), *self._months(first)], [])
        else:
            row = (self._weekday(first, y - 2), [])
        return draw_row(row, self.size.width, self._style).apply_style(base)

    def _heading(self) -> Row:
        weeks = self.weeks
        words = "A year of learning" if weeks == WEEKS else f"The last {weeks} weeks"
        legend: list[Span] = [("a day:", "muted")]
        for level, least in enumerate(LEVELS, start=1):
            legend += [(" ", "muted"), (self._glyphs.levels[level], str(level)), (" ", "muted"), (f"{least}", "muted")]
        legend += [(" ", "muted"), ("minutes or more" if self.size.width >= _ROOM_FOR_WORDS else "min", "muted")]
        return [(words, "heading")], legend

    def _months(self, first: date) -> list[Span]:
        """The name of each month over the week in which it begins."""
        spans: list[Span] = []
        end = 0
        for week in range(self.weeks):
            sunday = first + timedelta(weeks=week, days=6)
            at = week * _WEEK_CELLS
            if sunday.day <= 7 and end <= at <= self.weeks * _WEEK_CELLS - _MONTH_CELLS:
                spans += [(" " * (at - end), "muted"), (short_month(sunday), "muted"), (" ", "muted")]
                end = at + _MONTH_CELLS
        return spans

    def _weekday(self, first: date, weekday: int) -> list[Span]:
        spans: list[Span] = [(_LABELS[weekday].ljust(_LABEL_CELLS), "muted")]
        days = (first + timedelta(weeks=week, days=weekday) for week in range(self.weeks))
        levels = (self._levels.get(day, 0) for day in days if day <= self._today)
        for level, alike in groupby(levels):
            glyphs = self._glyphs.levels[level].ljust(_WEEK_CELLS) * len(list(alike))
            spans.append((glyphs, str(level)))
        glyphs, role = spans[-1]
        return [*spans[:-1], (glyphs.rstrip(), role)]

    def _find_style(self, role: str) -> Style:
        if not role.isdecimal():
            return self.get_component_rich_style(f"heat--{role or 'muted'}", partial=True)
        if role == "0":
            return self.get_component_rich_style("heat--none", partial=True)
        full, ground = self.get_component_styles("heat--full").color, self.background_colors[1]
        strength = _STRENGTHS[int(role)]
        if full.ansi is not None or ground.ansi is not None:  # a terminal's own colours cannot be mixed
            return Style(color=full.rich_color, dim=strength < 0.6)
        return Style(color=ground.blend(full, strength).rich_color)
