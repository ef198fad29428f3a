"""One's own notes and bookmarks, of a lesson or all."""

from functools import partial
from operator import attrgetter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms import notes
from azora_tui.models.notes import Note
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.note_dialog import NoteDialog
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.note_list import NoteList, NoteRow
from azora_tui.widgets.plain import plain

_NO_PARAGRAPH = "its paragraph is gone"
_NO_LESSON = "its lesson is gone"


class NotesScreen(WatchingPage):
    """A list of notes; enter opens the lesson at the paragraph."""

    CSS_PATH = "notes.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "edit", "edit", id="notes.edit"),
        Binding("d", "delete", "delete", id="notes.delete"),
        Binding("u", "undo", "undo", id="notes.undo"),
        Binding("f", "scope", "this lesson or all", id="notes.scope"),
        UP,
    ]

    _list = getters.query_one("#notes", NoteList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, *, area: str, lesson: tuple[int, str] | None = None) -> None:
        """`lesson` is (id, title) of the one that it was opened from."""
        super().__init__()
        self.AREA = area
        self._lesson = lesson
        self._only_lesson = lesson is not None
        self._deleted: Note | None = None

    def compose_body(self) -> ComposeResult:
        yield Static("", id="scope", markup=False)
        yield Static("", id="message", markup=False)
        with Vertical(id="list-pane"):
            yield NoteList(self.glyphs, self.services.now, id="notes")
            yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = False
        self._empty_state.wait("Reading your notes …")

    def on_screen_resume(self) -> None:
        self._load(again=True)

    @work(exclusive=True, group="load")
    async def _load(self, *, again: bool = False) -> None:
        try:
            rows = await self._rows()
        except AzoraError as error:
            self._list.display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            return
        self._list.with_lesson = not self._only_lesson
        if again:
            self._list.show_again(rows, attrgetter("note.id"))
        else:
            self._list.show(rows)
        self._list.display = bool(rows)
        self._show_scope(len(rows))
        if rows:
            self._empty_state.hide()
            self._list.focus()
        else:
            self._empty_state.empty(self._why_empty())
        self.refresh_bindings()

    async def _rows(self) -> list[NoteRow]:
        if self._lesson is not None and self._only_lesson:
            placed = await self.ask(notes.of_lesson, self._lesson[0])
            return [NoteRow(each.note, "" if each.position else _missing(each.note)) for each in placed]
        return [NoteRow(note, "" if note.available else _NO_LESSON) for note in await self.ask(notes.mine)]

    def _show_scope(self, number: int) -> None:
        what = f"Your notes on {self._lesson[1]}" if self._lesson and self._only_lesson else "All your notes"
        many = f"   {number:,}" if number else ""
        self.query_one("#scope", Static).update(
            Content.assemble((clean(what, keep_newlines=False), "bold"), (many, "$text-muted"))
        )

    def _why_empty(self) -> str:
        if self._only_lesson:
            return "You have written nothing on this lesson yet. Go back with esc, and write with w. f shows all notes."
        return "You have no notes yet. In a lesson, w writes one on any paragraph."

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load(again=True)

    @on(NoteList.CursorMoved)
    def _cursor_moved(self) -> None:
        self.refresh_bindings()

    @on(NoteList.Chosen)
    @work(exclusive=True, group="open")
    async def _open(self, event: NoteList.Chosen) -> None:
        note = event.record.note
        if not note.available:
            self._say("The course no longer has this lesson. e opens the note, and azora-tui export notes holds it.")
            return
        try:
            placed = await self.ask(notes.place, note.id)
        except AzoraError as error:
            self._say(str(error))
        else:
            self.go_to_lesson(note.lesson_id, note.lesson_title, placed.position)

    @work(exclusive=True, group="act")
    async def action_edit(self) -> None:
        row = self._list.current
        if row is not None:
            keep = partial(self._change, row.note.id)
            await self.app.push_screen_wait(NoteDialog(row.note.quote, row.note.text or "", keep))

    async def _change(self, note_id: int, text: str) -> Note:
        return await self.ask(notes.change, note_id, text=text)

    @work(exclusive=True, group="act")
    async def action_delete(self) -> None:
        row = self._list.current
        if row is None:
            return
        try:
            await self.ask(notes.delete, row.note.id)
        except AzoraError as error:
            self._say(str(error))
            return
        self._deleted = row.note
        self._say(f"The {'note' if row.note.text else 'bookmark'} is deleted. u undo")
        self._load(again=True)

    @work(exclusive=True, group="act")
    async def action_undo(self) -> None:
        if self._deleted is None:
            return
        try:
            await self.ask(notes.restore, self._deleted.id)
        except AzoraError as error:
            self._say(str(error))
            return
        self._say(f"{self.glyphs.done} It is back.")
        self._deleted = None
        self._load(again=True)

    def action_scope(self) -> None:
        self._only_lesson = not self._only_lesson
        self._load()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("edit", "delete"):
            return self.is_mounted and bool(self._list.display and self._list.current)
        if action == "undo":
            return self._deleted is not None
        if action == "scope":
            return self._lesson is not None
        return super().check_action(action, parameters)

    def _say(self, words: str) -> None:
        self.query_one("#message", Static).update(plain(words))


def _missing(note: Note) -> str:
    return _NO_PARAGRAPH if note.available else _NO_LESSON
