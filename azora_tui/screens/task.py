"""A task: what it asks for, what was handed in and answered, and room to write."""

from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Button, Static, TextArea

from azora_tui.errors import AzoraError, RefusedError, SessionError
from azora_tui.lms import tasks
from azora_tui.models.submissions import TaskPage
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.editor import edit_text
from azora_tui.screens.hand_in_dialog import HandInDialog
from azora_tui.screens.link import LinkDialog
from azora_tui.screens.task_words import task_title, work_text
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.plain_text_area import PlainTextArea
from azora_tui.widgets.quick_button import QuickButton
from azora_tui.widgets.reader import MarkdownReader

KEEP_AFTER = 1.0
"""Seconds of rest after which a draft is written down."""


class TaskScreen(WatchingPage):
    """The task in the reader, the answer under it or beside it. What is written is kept as a draft until it is handed
    in; an answer that comes meanwhile is shown at once."""

    CSS_PATH = "task.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "write", id="task.write"),
        Binding("e", "edit", "in your editor", id="task.edit"),
        # ctrl+o for terminals that stop at ctrl+s
        Binding("ctrl+s,ctrl+o", "hand_in", "hand in", priority=True, id="task.hand_in"),
        Binding("greater_than_sign", "turn(1)", "next task", key_display=">", id="task.next"),
        Binding("less_than_sign", "turn(-1)", "task before", show=False, key_display="<", id="task.previous"),
        UP,
    ]

    _reader = getters.query_one("#reader", MarkdownReader)
    _empty_state = getters.query_one("#empty-state", EmptyState)
    _writing = getters.query_one("#writing", Vertical)
    _text_area = getters.query_one("#answer", PlainTextArea)

    def __init__(self, lesson_id: int, task_id: str, title: str, *, area: str, beside: tuple[str, ...] = ()) -> None:
        """`beside` are the ids of all tasks of the lesson, in order."""
        super().__init__()
        self._beside = beside
        self.AREA = area  # a task belongs to the area that it was opened from
        self._lesson_id = lesson_id
        self._task_id = task_id
        self._title = title
        self._page: TaskPage | None = None
        self._shown = ""
        self._kept = ""
        self._keep_timer: Timer | None = None
        self._warned = False
        self._to_answer = False
        self._done = ""

    def compose_body(self) -> ComposeResult:
        yield Static(plain_line(self._title), id="position")
        with Container(id="panes"):
            yield MarkdownReader(ascii=self.ascii_only, id="reader")
            yield EmptyState(self.glyphs, id="empty-state")
            with Vertical(id="writing"):
                yield PlainTextArea(
                    "",
                    soft_wrap=True,
                    tab_behavior="focus",
                    show_line_numbers=False,
                    highlight_cursor_line=False,
                    compact=True,
                    id="answer",
                )
                with Horizontal(id="below"):
                    yield QuickButton("Hand in …", id="hand-in", compact=True)
                    yield Static("", id="kept", markup=False)
        yield Static("", id="message", markup=False)

    def on_mount(self) -> None:
        self._reader.display = self._writing.display = False
        self._empty_state.wait("Opening the task …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self, *, again: bool = False) -> None:
        try:
            page = await self.ask(tasks.page, self._lesson_id, self._task_id)
        except AzoraError as error:
            if self._page is None:
                self._empty_state.failed(f"{error} ctrl+r tries again, esc goes back.")
            else:
                self._say(str(error), failed=True)
            return
        if self._done or (self._page is not None and page.versions != self._page.versions):
            self._say(self._done)
            self._done = ""
        self._show(page, again=again)
        if any(each.answer and each.answer.read_at is None for each in page.versions):
            self._note_read()

    @work(group="aside-read")
    async def _note_read(self) -> None:
        """What fails here is only that an answer stays new."""
        try:
            await self.services.ask_once(tasks.read_answers, self._lesson_id, self._task_id)
        except AzoraError:
            return

    def _show(self, page: TaskPage, *, again: bool) -> None:
        before, self._page = self._page, page
        self._title = page.task.title
        unread = any(each.answer and each.answer.read_at is None for each in page.versions)
        self.query_one("#position", Static).update(task_title(self._title, page.state, self.glyphs))
        self._empty_state.hide()
        self._reader.display = True
        shown = work_text(page.task, page.versions, self.services.now())
        if shown != self._shown:
            self._shown = shown
            self._reader.set_document(shown, at=self._reader.position if again and not unread else None)
            self._to_answer = unread
        self._show_writing(page, before)
        if not again:
            self.set_focus(self._text_area if self._can_write and not page.versions else self._reader)
        self.refresh_bindings()

    def _show_writing(self, page: TaskPage, before: TaskPage | None) -> None:
        """Room to write where that can be handed in; what was written elsewhere comes in where nothing is written
        here."""
        dirty = before is not None and self._text_area.text != self._kept
        if self._can_write and not dirty and (before is None or page.begins_with != self._kept):
            self._kept = clean(page.begins_with)
            self._text_area.load_text(self._kept)
            self._text_area.move_cursor(self._text_area.document.end)
        self._writing.display = self._can_write or dirty
        self.query_one("#hand-in", Button).disabled = not self._can_write
        if not self._can_write and dirty:
            self._say("This was handed in elsewhere. What you write here since then cannot be kept.", failed=True)
        elif not page.is_current:
            self._say("The course no longer has this task. What you handed in is kept.")

    @on(MarkdownReader.Loaded)
    def _loaded(self) -> None:
        """An answer that is new is what one came for."""
        if self._to_answer:
            self._to_answer = False
            headings = self._reader.headings
            latest = next((place for place, each in enumerate(headings) if each.text.startswith("Version ")), None)
            if latest is not None:
                self._reader.go_to_heading(latest + 1)

    @property
    def _can_write(self) -> bool:
        return self._page is not None and self._page.is_current and self._page.state.can_be_written

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load(again=self._page is not None)

    # The draft

    @on(TextArea.Changed)
    def _written_on(self) -> None:
        self._warned = False
        if self._text_area.text == self._kept:
            return
        self._tell_kept("")
        if self._keep_timer is not None:
            self._keep_timer.stop()
        self._keep_timer = self.set_timer(KEEP_AFTER, self._keep_soon)

    @work(group="aside-keep")
    async def _keep_soon(self) -> None:
        await self.keep_place()

    async def keep_place(self) -> None:
        """Write the draft down, for a page that is only looked at or that goes."""
        await self._keep()

    async def _keep(self) -> bool:
        """Whether what is written is on disk; a failure is said, and loses nothing while the page is open."""
        if self._keep_timer is not None:
            self._keep_timer.stop()
        text = self._text_area.text
        if not self._can_write or text == self._kept:
            return True
        try:
            await self.services.ask_once(tasks.keep_draft, self._lesson_id, self._task_id, text)
        except SessionError as error:
            self._say(str(error), failed=True)
            return False
        except AzoraError as error:
            self._say(f"Your draft is not kept. {error}", failed=True)
            return False
        self._kept = text
        self._tell_kept(f"{self.glyphs.done} draft kept, only you can see it")
        return True

    def action_write(self) -> None:
        self.set_focus(self._text_area)

    @work(exclusive=True, group="act")
    async def action_edit(self) -> None:
        before = self._text_area.text
        try:
            text = clean(edit_text(self.app, before, folder=self.services.paths.home))
        except RefusedError as error:
            self._say(str(error), failed=True)
            return
        self.refresh(layout=True)
        if text.rstrip("\n") != before.rstrip("\n"):
            self._text_area.load_text(text.rstrip("\n"))
            self._text_area.move_cursor(self._text_area.document.end)
            await self._keep()
        self.set_focus(self._text_area)

    @on(Button.Pressed, "#hand-in")
    def _hand_in_pressed(self) -> None:
        self.action_hand_in()

    @work(exclusive=True, group="act")
    async def action_hand_in(self) -> None:
        page = self._page
        if page is None or not await self._keep():
            return
        text = self._text_area.text
        if not text.strip():
            self._say("Write something first; it can be handed in then.")
            self.set_focus(self._text_area)
            return
        if not await self.app.push_screen_wait(HandInDialog(page.task.title, len(page.versions) + 1)):
            return
        try:
            submission = await self.ask(tasks.hand_in, self._lesson_id, self._task_id, text)
        except AzoraError as error:
            self._say(str(error), failed=True)
            return
        self._kept = text
        self.app.enrollment_changed(page.course_id, beside=self)
        self.set_focus(self._reader)
        # Said with the page that shows it: a page that is watched may be read again before this reading is done.
        self._done = f"{self.glyphs.done} Version {submission.version} is handed in. An answer comes here."
        self._load(again=True)

    @work(exclusive=True, group="act")
    async def action_turn(self, step: int) -> None:
        """Open another task of the same lesson."""
        if (task_id := self._task_at(step)) is None or not await self._keep():
            return
        self._task_id, self._page, self._shown, self._kept = task_id, None, "", ""
        self._text_area.load_text("")
        self._tell_kept("")
        self._say("")
        self._load()

    def _task_at(self, step: int) -> str | None:
        """The task that many places on; None beyond the ends."""
        if self._task_id not in self._beside:
            return None
        place = self._beside.index(self._task_id) + step
        return self._beside[place] if 0 <= place < len(self._beside) else None

    def action_back(self) -> None:
        if self._text_area.has_focus:
            self.set_focus(self._reader)
        else:
            self._leave()

    @work(exclusive=True, group="leave")
    async def _leave(self) -> None:
        if await self._keep() or self._warned:
            self.dismiss()
        else:
            self._warned = True
            self.tell("esc again leaves without keeping it.")

    @on(MarkdownReader.LinkActivated)
    def _link(self, event: MarkdownReader.LinkActivated) -> None:
        self.app.push_screen(LinkDialog(event.href))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("write", "edit"):
            return self._can_write and not self._text_area.has_focus
        if action == "hand_in":
            return self._can_write
        if action == "turn":
            return self._task_at(int(str(parameters[0]))) is not None
        return super().check_action(action, parameters)

    def _tell_kept(self, words: str) -> None:
        self.query_one("#kept", Static).update(plain(words))

    def _say(self, words: str, *, failed: bool = False) -> None:
        line = self.query_one("#message", Static)
        line.update(plain(words))
        line.set_class(failed, "-failed")
