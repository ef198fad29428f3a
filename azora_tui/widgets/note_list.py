"""One's own notes and bookmarks, each with the paragraph that it belongs to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from azora_tui.glyphs import Glyphs
from azora_tui.models.notes import Note
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.dates import since


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note, and what is missing of what it belongs to, in words."""

    note: Note
    missing: str = ""


class NoteList(RecordList[NoteRow]):
    """Two lines a note: what it says, then the lesson and the paragraph; `with_lesson` when lessons are mixed."""

    def __init__(self, glyphs: Glyphs, now: Callable[[], datetime], *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs
        self._now = now
        self.with_lesson = True

    def draw_record(self, record: NoteRow, index: int, width: int) -> Sequence[Row]:
        note = record.note
        says, role = (note.text, "title") if note.text else ("bookmark", "muted")
        sign = self._glyphs.note if note.text else self._glyphs.bookmark
        below = [(f"  {record.missing} {self._glyphs.separator} ", "accent")] if record.missing else [("  ", "muted")]
        if self.with_lesson:
            below.append((f"{note.lesson_title} {self._glyphs.separator} ", "plain"))
        return [
            ([(f"{sign} ", "accent"), (says, role)], [(since(note.updated_at, self._now()), "muted")]),
            ([*below, (f"“{note.quote}”", "muted")], []),
        ]
