"""The people of a course, a line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from azora_tui.glyphs import Glyphs
from azora_tui.models.insights import Person
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.insights import last_seen, person_name, state_words, why_stuck


class PersonList(RecordList[Person]):
    """Name and why somebody is stuck or how they stand, and when they were last there."""

    def __init__(self, glyphs: Glyphs, today: Callable[[], date], *, id: str | None = None) -> None:
        super().__init__(rows_each=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs
        self._today = today

    def draw_record(self, record: Person, index: int, width: int) -> Sequence[Row]:
        state, role = state_words(record, self._glyphs)
        if why := why_stuck(record):
            state = f"{self._glyphs.locked} {why}"
        left = [(f"{person_name(record):<22} ", "title"), (state, role)]
        return [(left, [(last_seen(record, self._today()), "muted")])]
