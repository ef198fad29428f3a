"""What was reported, the oldest first."""

from collections.abc import Callable, Sequence
from datetime import datetime

from azora_tui.glyphs import Glyphs
from azora_tui.models.wisdom import Report
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.dates import since
from azora_tui.wording.news import first_words


class ReportList(RecordList[Report]):
    """Two lines a report: why, then where it stands."""

    def __init__(self, glyphs: Glyphs, now: Callable[[], datetime], *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs
        self._now = now

    def draw_record(self, record: Report, index: int, width: int) -> Sequence[Row]:
        where = f"{record.about.course_title} {self._glyphs.separator} {record.about.place}"
        return [
            (
                [("│ ", "muted"), (first_words(record.reason), "title")],
                [(f"reported {since(record.at, self._now())}", "muted")],
            ),
            ([("  ", "muted"), (where, "muted")], []),
        ]
