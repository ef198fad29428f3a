"""What a search found, with the words that were looked for marked."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from azora_tui.glyphs import Glyphs
from azora_tui.models.search import HitKind, Marked, SearchHit
from azora_tui.widgets.line import Row, Span
from azora_tui.widgets.record_list import RecordList


class HitList(RecordList[SearchHit]):
    """Two lines a hit: its title and what it is, then the words around what was looked for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--hit", "line--hit-title"}
    DEFAULT_CSS = """
    HitList {
        & .line--hit { color: $primary; text-style: underline; }
        & .line--hit-title { color: $primary; text-style: bold underline; }
    }
    """

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, id=id)

    def draw_record(self, record: SearchHit, index: int, width: int) -> Sequence[Row]:
        title = list(_spans(record.title, "title", "hit-title"))
        if record.kind is not HitKind.COURSE:
            title.append((f"  in {record.course_title}", "muted"))
        role = "active" if record.kind is HitKind.NOTE else "muted"
        return [(title, [(record.kind.value, role)]), (list(_spans(record.snippet, "muted", "hit")), [])]


def _spans(text: Marked, role: str, hit: str) -> Iterator[Span]:
    place = 0
    for start, end in text.marks:
        yield text.text[place:start], role
        yield text.text[start:end], hit
        place = end
    yield text.text[place:], role
