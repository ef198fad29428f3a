"""A page of figures as one list: headings and words that only stand there, and rows that open what they speak of."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from textual.strip import Strip

from azora_tui.glyphs import Glyphs
from azora_tui.text import cells, clean
from azora_tui.widgets.line import Row, Span
from azora_tui.widgets.record_list import RecordList


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One line. `opens` is what enter leads to, None where it only stands there; `term` names what `?` explains. A name
    stands in a column of its own before `left`.

    With a `bar` (a part, and the whole that fills it) the name is `left`; the bar and `right` stand behind it, each in
    its column.
    """

    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    opens: object = None
    term: str = ""
    bar: tuple[int, int] | None = None
    name: str = ""
    id: Hashable = None

    @property
    def key(self) -> Hashable:
        """What stays the same where the figures change."""
        return self.left if self.id is None else self.id


BLANK = FigureRow()


def heading(text: str, right: str = "", *, term: str = "") -> FigureRow:
    return FigureRow(left=((text, "heading"),), right=((right, "muted"),) if right else (), term=term or text)


def columns(text: str, captions: str, *, term: str) -> FigureRow:
    """The heading of rows with bars, and what stands over their numbers."""
    return FigureRow(left=((text, "heading"),), right=((captions, "muted"),), bar=(0, 0), term=term)


def words(text: str) -> FigureRow:
    return FigureRow(left=((text, "muted"),))


class FigureList(RecordList[FigureRow]):
    """The cursor goes from one row that opens something to the next; what stands around it scrolls along."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs

    def show_rows(self, rows: Sequence[FigureRow], *, again: bool) -> None:
        """Show a page, or what has become of it; then the cursor stays on what it was on."""
        if again and self.count:
            self.show_again(rows, lambda row: row.key)
        else:
            self.show(rows)
        self._move_to(self.cursor)

    def draw_record(self, record: FigureRow, index: int, width: int) -> Sequence[Row]:
        if record.bar is None:
            who = [(_fitted(record.name, 13 if width < 66 else 18) + " ", "title")] if record.name else []
            return [([*who, *record.left], record.right)]
        name_width, bar_width = (18, 6) if width < 66 else (26, 12) if width < 100 else (40, 32)
        part, whole = record.bar
        filled = min(bar_width, -(-part * bar_width // whole)) if whole else 0
        bar = self._glyphs.bar * filled
        name = _fitted("".join(text for text, _ in record.left), name_width)
        return [([(name, record.left[0][1]), (f"  {bar.ljust(bar_width)} ", "active"), *record.right], [])]

    def _move_to(self, index: int) -> None:
        """To the nearest row that opens something; where there is none, the page only scrolls."""
        index = max(0, min(index, self.count - 1))
        step = 1 if index >= self.cursor else -1
        place = self._nearest(index, step)
        if place is None:
            place = self._nearest(index, -step)
        if place is None or place == self.cursor:
            self.scroll_relative(y=step, animate=False)
        if place is not None:
            super()._move_to(place)
            self._show_what_is_before(place)

    def _nearest(self, index: int, step: int) -> int | None:
        """The first place from `index` on, in one direction, at which a row opens something."""
        while 0 <= index < self.count:
            record = self.record_at(index)
            if record is not None and record.opens is not None:
                return index
            index += step
        return None

    def _show_what_is_before(self, place: int) -> None:
        """Above the first row that opens something stand only words, which nothing else would bring into view."""
        before = (self.record_at(each) for each in range(place))
        if place < self.size.height and not any(record and record.opens is not None for record in before):
            self.scroll_to(y=0, animate=False, immediate=True)

    def _draw(self, index: int, at_cursor: bool) -> list[Strip]:
        record = self.record_at(index)
        return super()._draw(index, at_cursor and record is not None and record.opens is not None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose" or (self.current is not None and self.current.opens is not None)


def _fitted(text: str, width: int) -> str:
    """A name in exactly so many cells."""
    text = clean(text, keep_newlines=False)
    if cells(text) > width:
        while cells(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - cells(text))
