"""The contents of a course beside a lesson: every lesson, and the headings of the one that is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from azora_tui.glyphs import Glyphs
from azora_tui.models.progress import LessonState
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A lesson, or with `heading` the number of a heading in the open lesson."""

    text: str
    lesson: LessonState
    heading: int | None = None
    level: int = 0


class Contents(RecordList[ContentsEntry]):
    """One line an entry; the open lesson and the heading one reads under are in full weight."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs
        self._open: int | None = None
        self._heading = -1

    def show_course(
        self, lessons: Sequence[LessonState], open_lesson: LessonState, headings: Sequence[tuple[int, str]]
    ) -> None:
        """`headings` are (level, text) of the open lesson."""
        entries: list[ContentsEntry] = []
        for lesson in lessons:
            if lesson.id == open_lesson.id:
                self._open = len(entries)
            entries.append(ContentsEntry(lesson.title, lesson))
            if lesson.id == open_lesson.id:
                entries += [
                    ContentsEntry(text, lesson, heading=number, level=level)
                    for number, (level, text) in enumerate(headings)
                ]
        self.show(entries, cursor=(self._open or 0) + self._heading + 1)

    def follow(self, heading: int) -> None:
        """Mark the heading that one reads under, -1 for the lesson's beginning."""
        if heading != self._heading and self._open is not None:
            self._heading = heading
            if not self.has_focus:
                self.cursor = self._open + heading + 1
            self.refresh()

    def draw_record(self, record: ContentsEntry, index: int, width: int) -> Sequence[Row]:
        here = index == (self._open or 0) + self._heading + 1
        weight = "title" if here else "plain" if record.heading is None else "muted"
        if record.heading is not None:
            return [([("    " + "  " * max(0, record.level - 2), "muted"), (record.text, weight)], [])]
        return [([(f"{self._sign(record.lesson)} ", self._role(record.lesson)), (record.text, weight)], [])]

    def _sign(self, lesson: LessonState) -> str:
        if lesson.completed:
            return self._glyphs.done
        return self._glyphs.active if lesson.opened_at else self._glyphs.new

    def _role(self, lesson: LessonState) -> str:
        if lesson.completed:
            return "done"
        return "active" if lesson.opened_at else "muted"
