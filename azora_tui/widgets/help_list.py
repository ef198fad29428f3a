"""Questions of who is stuck, each with where that is."""

from collections.abc import Callable, Sequence
from datetime import datetime

from azora_tui.glyphs import Glyphs
from azora_tui.models.helping import HelpRequest
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.dates import since
from azora_tui.wording.helping import state
from azora_tui.wording.news import first_words
from azora_tui.wording.together import author_name


class HelpList(RecordList[HelpRequest]):
    """Two lines a question: what is asked and when, then by whom, where, and how it stands."""

    def __init__(self, glyphs: Glyphs, now: Callable[[], datetime], *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs
        self._now = now

    def draw_record(self, record: HelpRequest, index: int, width: int) -> Sequence[Row]:
        separator = f" {self._glyphs.separator} "
        by = [] if record.asker.mine else [(f"{author_name(record.asker)}{separator}", "muted")]
        how = state(record)
        if record.settled_at is not None:
            stands = (f"{self._glyphs.done} {how}", "done")
        else:
            stands = (how, "active" if record.replies and record.asker.mine else "muted")
        return [
            ([(first_words(record.text), "title")], [(since(record.asked_at, self._now()), "muted")]),
            ([*by, (f"{record.lesson_title}{separator}{record.course_title}", "muted")], [stands]),
        ]
