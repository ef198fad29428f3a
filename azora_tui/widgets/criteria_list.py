"""The criteria of a task, to be ticked by who reads the work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from azora_tui.glyphs import Glyphs
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList


@dataclass(frozen=True, slots=True)
class Criterion:
    """What it says, in one line of words, and whether it is met."""

    words: str
    ticked: bool = False


class CriteriaList(RecordList[Criterion]):
    """One line a criterion; space and enter tick it and take the tick away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "choose", "tick", id="criteria.tick"),
        Binding("down,j", "move(1)", "down", show=False, id="list.down"),
        Binding("up,k", "move(-1)", "up", show=False, id="list.up"),
    ]

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=1, cursor_sign=glyphs.cursor, quiet=True, id=id)
        self._glyphs = glyphs
        self._criteria: list[Criterion] = []

    def show_criteria(self, words: Sequence[str]) -> None:
        self._criteria = [Criterion(each) for each in words]
        self.show(self._criteria)
        self.styles.height = min(5, len(words))

    def turn(self, place: int) -> None:
        """Tick a criterion, or take its tick away."""
        self._criteria[place] = replace(self._criteria[place], ticked=not self._criteria[place].ticked)
        self.show(self._criteria, cursor=place)

    @property
    def ticked(self) -> frozenset[int]:
        """The places, from 1, of those that are met."""
        return frozenset(place for place, each in enumerate(self._criteria, start=1) if each.ticked)

    def draw_record(self, record: Criterion, index: int, width: int) -> Sequence[Row]:
        sign, role = (self._glyphs.done, "done") if record.ticked else (self._glyphs.new, "muted")
        return [([(f"{sign} ", role), (record.words, "plain")], [])]
