"""What waits for an answer, across the courses that one teaches."""

from operator import attrgetter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms.teaching import marking
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.watching import WatchingPage
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.waiting_list import WaitingList


class WaitingScreen(WatchingPage):
    """A list of work, whoever has waited longest first; enter reads it."""

    CSS_PATH = "waiting.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [UP]

    _list = getters.query_one("#waiting", WaitingList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, *, area: str = "teach") -> None:
        super().__init__()
        self.AREA = area

    def compose_body(self) -> ComposeResult:
        yield Static("", id="heading", markup=False)
        with Vertical(id="list-pane"):
            yield WaitingList(self.glyphs, self.services.now, id="waiting")
            yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = False
        self._empty_state.wait("Looking what waits …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self, *, again: bool = False) -> None:
        try:
            waiting = await self.ask(marking.waiting)
        except AzoraError as error:
            self._list.display = False
            self.query_one("#heading", Static).update("")
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            return
        if again:
            self._list.show_again(waiting.work, attrgetter("submission_id"))
        else:
            self._list.show(waiting.work)
        self._list.display = bool(waiting.work)
        many = f"   {waiting.number:,}" if waiting.number else ""
        self.query_one("#heading", Static).update(
            Content.assemble(("Waiting for your answer", "bold"), (many, "$text-muted"))
        )
        if waiting.work:
            self._empty_state.hide()
            self._list.focus()
        else:
            self._empty_state.empty("Nothing waits for your answer. What learners hand in comes here by itself.")
        self.refresh_bindings()

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load(again=True)

    @on(WaitingList.Chosen)
    def _open(self, event: WaitingList.Chosen) -> None:
        from azora_tui.screens.marking import MarkScreen  # the reader is heavy

        self.app.push_screen(MarkScreen(event.record.submission_id, event.record.task_title, area=self.AREA))
