"""Bringing a course in, for instructors: a path, how far it is, and what was not taken."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Static

from azora_tui.errors import AzoraError, StoppedError
from azora_tui.glyphs import Glyphs
from azora_tui.lms import importing
from azora_tui.lms.importing import ImportedCourse
from azora_tui.paths import typed_path
from azora_tui.screens.base import UP, Page
from azora_tui.widgets.form import Field, Form
from azora_tui.widgets.line import Row
from azora_tui.widgets.plain import plain
from azora_tui.widgets.quick_button import QuickButton
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.bars import progress_line
from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.formats.imported import Imported, Skipped

_EVERY = 0.1


class SkippedList(RecordList["Skipped"]):
    """Two lines for each thing that was not taken: what and where, then why."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=2, gap=1, cursor_sign=glyphs.cursor, id=id)

    def draw_record(self, record: "Skipped", index: int, width: int) -> Sequence[Row]:
        return [
            ([(record.what, "title")], []),
            ([(f"  {record.why}  ", "plain"), (record.where, "muted")], []),
        ]


class ImportScreen(Page):
    """Asks where a course lies, imports it, and shows the report."""

    CSS_PATH = "import_course.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        UP,
    ]

    _path = getters.query_one("#field-path", Field)
    _skipped = getters.query_one("#skipped", SkippedList)
    _open_button = getters.query_one("#open", Button)
    _heading = getters.query_one("#heading", Static)

    AREA = ""  # what is brought in is no area's

    def __init__(self) -> None:
        super().__init__()
        self._working = False
        self._stopped = False
        self._told = 0.0
        self._course: ImportedCourse | None = None

    def compose_body(self) -> ComposeResult:
        yield Static("Import a course", id="title", markup=False)
        with Form():
            yield Field(
                "Where it lies",
                "path",
                placeholder="~/courses/my-course",
                note="a folder, .zip, .tar.gz, .imscc, .gift or .md",
            )
            with Horizontal():
                yield QuickButton("Import it", id="import", compact=True)
                yield QuickButton("Open the course", id="open", compact=True)
        yield Static("", id="status", markup=False)
        yield Static("", id="heading", markup=False)
        yield SkippedList(self.glyphs, id="skipped")

    def on_mount(self) -> None:
        self._open_button.display = False
        self._skipped.display = False
        self._path.input.focus()

    @on(Button.Pressed, "#import")
    def _import_pressed(self) -> None:
        self.query_one(Form).submit()

    @on(Form.Submitted)
    def _submitted(self) -> None:
        field = self._path
        path = field.value.strip()
        if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"":
            path = path[1:-1]  # as a file manager or a shell writes it
        if not path:
            field.wrong("Write where the course lies: a folder or a file on this computer.")
        elif not self._working:
            self._import(typed_path(path))

    @work(exclusive=True, group="aside-import")
    async def _import(self, path: Path) -> None:
        self._begin()
        try:
            course, imported = await self.ask(importing.import_from, path, self._progress())
        except StoppedError:
            self._end("Stopped. Nothing was imported, and everything is as it was.")
        except AzoraError as error:
            self._end("")
            if self.is_attached:
                self._path.wrong(str(error))
        else:
            self._end("")
            self.app.enrollment_changed(course.id, beside=self)
            if self.is_attached:
                self._report(course, imported)

    def _begin(self) -> None:
        self._working, self._stopped, self._told = True, False, 0.0
        self._open_button.display = False
        self._skipped.display = False
        self._heading.update("")
        self._say("Opening it …")

    def _end(self, words: str) -> None:
        self._working = False
        if self.is_attached:
            self._say(words)

    def _progress(self) -> importing.Progress:
        """For another thread: shows now and then how far it is, and ends the import once it has been stopped."""
        from asyncio import get_running_loop

        loop = get_running_loop()

        def tell(what: str, done: int, of: int) -> None:
            if self._stopped:
                raise StoppedError("import_stopped")
            now = time.monotonic()
            if now - self._told >= _EVERY:
                self._told = now
                loop.call_soon_threadsafe(self._show_progress, progress_line(what, done, of, self.glyphs))

        return tell

    def _show_progress(self, line: str) -> None:
        if self._working and self.is_attached:
            self._say(f"{line}\nesc stops it")

    def _report(self, course: ImportedCourse, imported: "Imported") -> None:
        self._course = course
        done = "Imported" if course.is_new else "Brought up to date" if course.changed else "Nothing new in"
        self._say(
            f"{self.glyphs.done} {done}: {course.title}\n"
            f"{counted(course.lessons, 'lesson')}, {counted(imported.questions, 'question')}, "
            f"{counted(imported.images, 'picture')} as text"
        )
        many = len(imported.skipped)
        said = f"Not taken, or not whole: {counted(many, 'thing')}" if many else "Everything in it was taken."
        self._heading.update(plain(said))
        skipped = self._skipped
        skipped.show(imported.skipped)
        skipped.display = bool(many)
        button = self._open_button
        button.display = True
        self.set_focus(button)

    @on(Button.Pressed, "#open")
    def _open_pressed(self) -> None:
        if self._course is not None:
            self.open_course(self._course.id, self._course.title)

    def action_back(self) -> None:
        if self._working:
            self._stopped = True
            self._say("Stopping …")
        else:
            self.dismiss()

    def _say(self, words: str) -> None:
        self.query_one("#status", Static).update(plain(words))
