"""Where to go on: the lesson, its course, and how far one is. It has the focus as soon as Home is there."""

from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from azora_tui.glyphs import Glyphs
from azora_tui.models.my_learning import EnrolledCourse
from azora_tui.text import clean
from azora_tui.wording.bars import bar
from azora_tui.wording.enrollments import last_step

_MAX_BAR_WIDTH = 48
_NOTHING = ("Next", "Nothing is under way", "Your next course is in the catalog; enter goes there.")


class ContinueCard(Widget, can_focus=True):
    """Four lines, the same before anything is known."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "go on", id="home.go_on"),
        Binding("down,j", "screen.to_others", "down", show=False, id="home.down"),
        Binding("up,k", "screen.scroll(-1)", "up", show=False, id="home.up"),
    ]
    DEFAULT_CSS = """
    ContinueCard {
        height: 4;
        padding: 0 2;
        background: $surface;
        color: $text;
        border-left: outer $panel;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:focus { border-left: outer $primary; }
        &:hover { background: $panel; }
    }
    """

    class Chosen(Message):
        """Enter, or a click."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._known = False
        self._record: EnrolledCourse | None = None
        self._opened = ""

    def show(self, record: EnrolledCourse | None, now: datetime) -> None:
        """A course with a lesson to go on with, or that there is none."""
        self._known = True
        self._record = record
        self._opened = "" if record is None else last_step(record.enrollment, now)
        self.refresh()

    def render(self) -> Content:
        record = self._record
        if record is None:
            label, title, about = _NOTHING if self._known else ("Continue", "", "")
            return Content.assemble((label, "$text-muted"), "\n", (title, "bold"), "\n", (about, "$text-muted"))
        label = "Continue" if record.enrollment.was_opened else "Start"
        width = self.content_size.width
        gap = max(2, width - len(label) - len(self._opened))
        return Content("\n").join(
            [
                Content.assemble((f"{label}{' ' * gap}{self._opened}", "$text-muted")),
                Content.assemble((clean(record.next_lesson_title or "", keep_newlines=False), "bold $text")),
                Content.assemble((f"in {clean(record.title, keep_newlines=False)}", "$text-muted")),
                self._progress(record, width),
            ]
        )

    def _progress(self, record: EnrolledCourse, width: int) -> Content:
        if record.progress is None:
            return Content.assemble(("This course has no lessons to count.", "$text-muted"))
        done, rest = bar(record.progress, max(8, min(_MAX_BAR_WIDTH, width - 30)), self._glyphs)
        lessons = f"{record.completed_lessons} of {record.required_lessons} lessons"
        return Content.assemble(
            (done, "$primary"), (rest, "$text-disabled"), f"  {record.progress:>3} %   ", (lessons, "$text-muted")
        )

    def action_go_on(self) -> None:
        self.post_message(self.Chosen())

    def on_click(self) -> None:
        self.action_go_on()
