"""The lessons of a course as a numbered list, under whatever stands above it on the page."""

from collections.abc import Sequence

from azora_tui.glyphs import Glyphs
from azora_tui.models.progress import LessonState
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList

_ROOM_FOR_MINUTES = 48
"""Cells of a line from which on the minutes take nothing from the title that it needs."""
_ROOM_FOR_SECTIONS = 70
"""Cells of a line from which on the first lesson of a section says its name."""


class LessonList(RecordList[LessonState]):
    """One line a lesson: number, title, minutes, own state. `with_state` is False before enrolling."""

    def __init__(self, glyphs: Glyphs, *, with_state: bool = True, id: str | None = None) -> None:
        super().__init__(rows_each=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs
        self.with_state = with_state

    def draw_record(self, record: LessonState, index: int, width: int) -> Sequence[Row]:
        number = (f"{index + 1:>3}  ", "muted")
        state = self._state(record)
        optional = "" if record.required else f" {self._glyphs.separator} optional"
        right = [(f"{record.minutes:>3} min", "muted")] if width >= _ROOM_FOR_MINUTES else []
        if width >= _ROOM_FOR_SECTIONS and self._begins_section(record, index):
            right.insert(0, (f"{record.section}   ", "muted"))
        if self.with_state:
            right.append((f"   {state[0]:<9}", state[1]))
        return [([number, (record.title, "plain"), (optional, "muted")], right)]

    def _begins_section(self, lesson: LessonState, index: int) -> bool:
        before = self.record_at(index - 1)
        return bool(lesson.section) and (before is None or before.section != lesson.section)

    def _state(self, lesson: LessonState) -> tuple[str, str]:
        if lesson.completed:
            return f"{self._glyphs.done} done", "done"
        if lesson.opened_at is not None:
            return f"{self._glyphs.active} opened", "active"
        return f"{self._glyphs.new} new", "muted"
