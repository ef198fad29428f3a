"""Reading work that was handed in, and answering it."""

from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static, TextArea

from azora_tui.errors import AzoraError
from azora_tui.lms.teaching import marking
from azora_tui.models.submissions import WorkToMark
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.link import LinkDialog
from azora_tui.screens.task_words import criterion_words, work_text
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean
from azora_tui.widgets.criteria_list import CriteriaList
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.plain_text_area import PlainTextArea
from azora_tui.widgets.quick_button import QuickButton
from azora_tui.widgets.reader import MarkdownReader


class MarkScreen(WatchingPage):
    """The work in the reader; under it or beside it the criteria to be ticked, and room for an answer."""

    CSS_PATH = "task.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "answer it", id="marking.write"),
        Binding("tab", "app.focus_next", "next", show=False, id="marking.next"),
        UP,
    ]

    _reader = getters.query_one("#reader", MarkdownReader)
    _empty_state = getters.query_one("#empty-state", EmptyState)
    _writing = getters.query_one("#writing", Vertical)
    _criteria = getters.query_one("#criteria", CriteriaList)
    _text_area = getters.query_one("#answer", PlainTextArea)

    def __init__(self, submission_id: int, title: str, *, area: str = "teach") -> None:
        super().__init__()
        self.AREA = area
        self._submission_id = submission_id
        self._title = title
        self._work: WorkToMark | None = None
        self._shown = ""
        self._warned = False

    def compose_body(self) -> ComposeResult:
        yield Static(plain_line(self._title), id="position")
        with Container(id="panes"):
            yield MarkdownReader(ascii=self.ascii_only, id="reader")
            yield EmptyState(self.glyphs, id="empty-state")
            with Vertical(id="writing"):
                yield CriteriaList(self.glyphs, id="criteria")
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
                    yield QuickButton("Accept it", id="accept", compact=True)
                    yield QuickButton("Ask for more", id="return", compact=True, classes="quiet")
        yield Static("", id="message", markup=False)

    def on_mount(self) -> None:
        self._reader.display = self._writing.display = False
        self._empty_state.wait("Opening the work …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            found = await self.ask(marking.work, self._submission_id)
        except AzoraError as error:
            if self._work is None:
                self._empty_state.failed(f"{error} ctrl+r tries again, esc goes back.")
            else:
                self._say(str(error), failed=True)
            return
        self._show(found)

    def _show(self, found: WorkToMark) -> None:
        before, self._work = self._work, found
        task = found.submission.task
        self._title = task.title
        separator = self.glyphs.separator
        who = clean(found.learner or "A learner", keep_newlines=False)
        where = clean(f"   {task.title} {separator} {found.course_title}", keep_newlines=False)
        self.query_one("#position", Static).update(Content.assemble((who, "bold"), (where, "$text-muted")))
        self._empty_state.hide()
        self._reader.display = True
        shown = work_text(task, found.versions, self.services.now())
        if shown != self._shown:
            self._shown = shown
            self._reader.set_document(shown, at=self._reader.position if before else None)
        if before is None:
            self._criteria.show_criteria([criterion_words(each) for each in task.criteria])
            self._criteria.display = bool(task.criteria)
            self.set_focus(self._reader)
        answer = found.submission.answer
        self._writing.display = answer is None or self._is_dirty
        if answer is not None and self._is_dirty:
            self._say(f"{answer.by or 'Somebody else'} has answered this meanwhile.", failed=True)
        for button in self.query("#below Button").results(Button):
            button.disabled = answer is not None
        self.refresh_bindings()

    @property
    def _is_dirty(self) -> bool:
        return bool(self._text_area.text.strip() or self._criteria.ticked)

    @on(MarkdownReader.Loaded)
    def _loaded(self) -> None:
        """What was handed in is what one came for; what was asked is above it."""
        if self._reader.position.line == 0:
            headings = self._reader.headings
            latest = next((place for place, each in enumerate(headings) if each.text.startswith("Version ")), None)
            if latest is not None:
                self._reader.go_to_heading(latest)

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load()

    @on(CriteriaList.Chosen)
    def _ticked(self) -> None:
        self._criteria.turn(self._criteria.cursor)

    @on(TextArea.Changed)
    def _written_on(self) -> None:
        self._warned = False

    def action_write(self) -> None:
        self.set_focus(self._criteria if self._criteria.display else self._text_area)

    @on(Button.Pressed, "#accept")
    def _accept_pressed(self) -> None:
        self._answer(accepted=True)

    @on(Button.Pressed, "#return")
    def _return_pressed(self) -> None:
        self._answer(accepted=False)

    @work(exclusive=True, group="act")
    async def _answer(self, *, accepted: bool) -> None:
        try:
            found = await self.ask(
                marking.answer,
                self._submission_id,
                accepted=accepted,
                ticked=self._criteria.ticked,
                words=self._text_area.text,
            )
        except AzoraError as error:
            self._say(str(error), failed=True)
            if error.code == "task_returned_without_words":
                self.set_focus(self._text_area)
            return
        done = "Accepted" if accepted else "Returned"
        self.tell(f"{self.glyphs.done} {done}: {found.submission.task.title}, by {found.learner or 'a learner'}.")
        self.app.enrollment_changed(found.course_id, beside=self)
        self.dismiss()

    def action_back(self) -> None:
        if self._writing.has_focus_within:
            self.set_focus(self._reader)
        elif self._is_dirty and self._work is not None and self._work.submission.answer is None and not self._warned:
            self._warned = True
            self._say("Nothing is answered yet. esc again leaves without it, w goes on writing.")
        else:
            self.dismiss()

    @on(MarkdownReader.LinkActivated)
    def _link(self, event: MarkdownReader.LinkActivated) -> None:
        self.app.push_screen(LinkDialog(event.href))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "write":
            waits = self._work is not None and self._work.submission.answer is None
            return waits and not self._writing.has_focus_within
        return super().check_action(action, parameters)

    def _say(self, words: str, *, failed: bool = False) -> None:
        line = self.query_one("#message", Static)
        line.update(plain(words))
        line.set_class(failed, "-failed")
