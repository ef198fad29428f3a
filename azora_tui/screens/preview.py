"""A course as its learners will see it, while its files are being written."""

from pathlib import Path
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from azora_tui.formats.course import Fault
from azora_tui.formats.drafts import Draft, read_draft
from azora_tui.models.course_sources import LessonSource
from azora_tui.models.progress import LessonState
from azora_tui.screens.base import Areas, Dialog
from azora_tui.screens.reading_page import ReadingPage
from azora_tui.text import clean
from azora_tui.widgets.contents import Contents
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.key_scroll import KeyScroll
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.reader import MarkdownReader
from azora_tui.wording.numbers import counted

_EVERY = 0.5
"""Seconds between two looks at the files."""


class PreviewScreen(ReadingPage):
    """Lessons and contents as in a lesson, quizzes with their answers, and the faults of the course under them.

    A saved file is shown at once, at the place where one reads. No database is opened.
    """

    AREA = "preview"
    CSS_PATH = "preview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("greater_than_sign", "next", "next", key_display=">", id="preview.next"),
        Binding("less_than_sign", "previous", "previous", key_display="<", id="preview.previous"),
        Binding("t", "contents", "contents", id="preview.contents"),
        Binding("f", "faults", "faults", id="preview.faults"),
        Binding("ctrl+r", "look", "reload", show=False, id="preview.look"),
    ]

    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._draft: Draft | None = None
        self._lesson: LessonSource | None = None
        self._looking = False

    @property
    def areas(self) -> Areas:
        return (("preview", "Preview"),)

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="position"):
            yield Static("", id="position-title")
            yield Static("", id="position-minutes")
        with Horizontal(id="panes"):
            yield Contents(self.glyphs, id="contents")
            with Vertical(id="text"):
                yield MarkdownReader(ascii=self.ascii_only, id="reader")
                yield EmptyState(self.glyphs, id="empty-state")
        yield Static("", id="end", markup=False)

    def on_mount(self) -> None:
        self._reader.display = False
        self._empty_state.wait("Reading the course …")
        self.action_look()
        self.set_interval(_EVERY, self.action_look)

    def action_look(self) -> None:
        """Look whether something was saved, unless a look is still under way."""
        if not self._looking:
            self._looking = True
            self._look()

    @work(group="look")
    async def _look(self) -> None:
        before = self._draft.stamp if self._draft else None
        try:
            draft = await self.services.in_thread(read_draft, self._folder, before)
        finally:
            self._looking = False
        if draft is not None and self.is_attached:
            self._draft = draft
            self._show_draft(draft)

    def _show_draft(self, draft: Draft) -> None:
        """Stay in the lesson that is open, also where it cannot be read for a moment: half a word may be saved."""
        now = self._lesson
        same = next((each for each in draft.lessons if now and each.id == now.id), None)
        if same is not None:
            self._open(same, again=True)
        elif now is None and draft.lessons:
            self._open(draft.lessons[0])
        elif now is None:
            faults = "\n".join(_told(fault) for fault in draft.faults[:5])
            self._empty_state.failed(f"There is no lesson to be read yet. Mend this, and save it:\n\n{faults}")
        self._show_faults(draft)
        self.refresh_bindings()

    def _open(self, lesson: LessonSource, *, again: bool = False) -> None:
        changed = self._lesson is None or lesson.content != self._lesson.content or not again
        self._lesson = lesson
        self._empty_state.hide()
        self._reader.display = True
        if changed:
            self._reader.set_document(lesson.content, at=self._reader.position if again else None)
        if not (again and self._contents.has_focus):
            self._reader.focus()
        self._show_position(lesson)
        self._show_contents()
        self.refresh_bindings()

    def _show_position(self, lesson: LessonSource) -> None:
        lessons = self._draft.lessons if self._draft else (lesson,)
        title = clean(lesson.title, keep_newlines=False) or lesson.id
        self.query_one("#position-title", Static).update(
            Content.assemble((f"{lessons.index(lesson) + 1} / {len(lessons)}  ", "$text-muted"), (title, "bold"))
        )
        optional = "" if lesson.required else f" {self.glyphs.separator} optional"
        self.query_one("#position-minutes", Static).update(Content(f"{counted(lesson.minutes, 'minute')}{optional}"))

    def _show_faults(self, draft: Draft) -> None:
        end = self.query_one("#end", Static)
        end.set_class(bool(draft.faults), "-faults")
        if not draft.faults:
            end.update(plain_line(f"{self.glyphs.done} No faults. What you save is shown at once."))
            return
        first = _told(draft.faults[0])
        end.update(plain_line(f"{self.glyphs.locked} {counted(len(draft.faults), 'fault')}, f lists them. {first}"))

    def _show_contents(self) -> None:
        if self._draft is None or self._lesson is None:
            return
        states = [_state(number, lesson) for number, lesson in enumerate(self._draft.lessons, 1)]
        here = next((state for state in states if state.slug == self._lesson.id), None)
        if here is not None:
            headings = [(heading.level, heading.text) for heading in self._reader.headings]
            self._contents.show_course(states, here, headings)

    @on(MarkdownReader.Loaded)
    def _loaded(self) -> None:
        self._show_contents()

    @on(MarkdownReader.Scrolled)
    def _scrolled(self, event: MarkdownReader.Scrolled) -> None:
        self._contents.follow(event.heading_index)

    def turn(self, step: int) -> None:
        if (lesson := self._beside(step)) is not None:
            self._open(lesson)

    def _beside(self, step: int) -> LessonSource | None:
        """The lesson that many places on; None beyond the ends."""
        lessons = self._draft.lessons if self._draft else ()
        place = next((n for n, each in enumerate(lessons) if self._lesson and each.id == self._lesson.id), -1 - step)
        return lessons[place + step] if 0 <= place + step < len(lessons) else None

    @on(Contents.Chosen)
    def _contents_chosen(self, event: Contents.Chosen) -> None:
        entry = event.record
        lessons = self._draft.lessons if self._draft else ()
        chosen = next((each for each in lessons if each.id == entry.lesson.slug), None)
        if chosen is not None and self._lesson is not None and chosen.id != self._lesson.id:
            self._open(chosen)
        elif entry.heading is not None:
            self._reader.go_to_heading(entry.heading)
        self._reader.focus()

    def action_faults(self) -> None:
        if self._draft is not None and self._draft.faults:
            self.app.push_screen(FaultsDialog(self._draft.faults))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("next", "previous"):
            return self._beside(1 if action == "next" else -1) is not None
        if action == "faults":
            return self._draft is not None and bool(self._draft.faults)
        return super().check_action(action, parameters)


class FaultsDialog(Dialog[None]):
    """Every fault of the course, each with its file and line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__()
        self._faults = faults

    def compose(self) -> ComposeResult:
        with KeyScroll(classes="dialog"):
            yield Static(counted(len(self._faults), "fault"), classes="dialog-title", markup=False)
            yield Static(plain("\n\n".join(_told(fault) for fault in self._faults)))
        yield KeyBar()


def _told(fault: Fault) -> str:
    return f"{fault.file}:{fault.line}: {fault.sentence}"


def _state(number: int, lesson: LessonSource) -> LessonState:
    """A lesson as somebody sees it who has done nothing yet."""
    return LessonState(
        id=number,
        slug=lesson.id,
        title=lesson.title or lesson.id,
        section=lesson.section,
        order_index=number,
        minutes=lesson.minutes,
        required=lesson.required,
        completed_at=None,
        opened_at=None,
        time_spent_minutes=0,
    )
