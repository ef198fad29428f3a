"""What others left at a lesson, a few words of each."""

from collections.abc import Sequence

from azora_tui.glyphs import Glyphs
from azora_tui.models.wisdom import Piece
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.news import first_words
from azora_tui.wording.wisdom import said_of


class PieceList(RecordList[Piece]):
    """Two lines a piece: what it begins with, then whose it is and how many thank for it."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs

    def draw_record(self, record: Piece, index: int, width: int) -> Sequence[Row]:
        said = f" {self._glyphs.separator} ".join(said_of(record))
        hidden = [("hidden", "accent")] if record.hidden else []
        return [
            ([("│ ", "muted"), (first_words(record.text), "title")], hidden),
            ([("  ", "muted"), (said, "muted")], []),
        ]
