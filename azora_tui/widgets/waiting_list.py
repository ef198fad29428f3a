"""Work that waits for an answer, whoever has waited longest first."""

from collections.abc import Callable, Sequence
from datetime import datetime

from azora_tui.glyphs import Glyphs
from azora_tui.models.submissions import WaitingWork
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.dates import since


class WaitingList(RecordList[WaitingWork]):
    """Two lines a piece of work: who and what, then where."""

    def __init__(self, glyphs: Glyphs, now: Callable[[], datetime], *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs
        self._now = now

    def draw_record(self, record: WaitingWork, index: int, width: int) -> Sequence[Row]:
        again = f" {self._glyphs.separator} version {record.version}" if record.version > 1 else ""
        where = f"{record.course_title} {self._glyphs.separator} {record.lesson_title}{again}"
        return [
            (
                [(record.learner or "A learner", "title"), (f"   {record.task_title}", "plain")],
                [(f"handed in {since(record.handed_in_at, self._now())}", "muted")],
            ),
            ([(where, "muted")], []),
        ]
