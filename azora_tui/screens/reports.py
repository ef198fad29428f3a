"""What was reported in the courses that one teaches."""

from __future__ import annotations

from operator import attrgetter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms.together import moderation, reporting
from azora_tui.models.wisdom import Report
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.watching import WatchingPage
from azora_tui.screens.wisdom_dialogs import SayingDialog
from azora_tui.screens.wisdom_words import above, above_reported, written
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.plain import plain
from azora_tui.widgets.report_list import ReportList
from azora_tui.wording.news import first_words

_ABOUT = 120


class ReportsScreen(WatchingPage):
    """The oldest first; under the list what it is about. enter opens where a piece stands."""

    AREA = "teach"
    CSS_PATH = "wisdom.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "hide", "hide it", id="reports.hide"),
        Binding("d", "dismiss_report", "leave it as it is", id="reports.dismiss"),
        Binding("u", "show_again", "show it again", id="reports.show_again"),
        Binding("tab", "app.focus_next", "all its words", show=False, id="reports.words"),
        UP,
    ]

    _hidden: int | None = None
    """The report whose words were hidden last."""
    _list = getters.query_one("#reports", ReportList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def compose_body(self) -> ComposeResult:
        yield Static("", id="heading", markup=False)
        yield Static("", id="message", markup=False)
        with Vertical(id="list-pane"):
            yield ReportList(self.glyphs, self.services.now, id="reports")
            yield EmptyState(self.glyphs, id="empty-state")
        with VerticalScroll(id="words"):
            yield Static("", id="above", markup=False)
            yield Static("", id="text", markup=False)

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = self.query_one("#words").display = False
        self._empty_state.wait("Looking what was reported …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            found = await self.ask(moderation.reports)
        except AzoraError as error:
            found = ()
            self._empty_state.failed(f"{error} ctrl+r tries again.")
        else:
            self._empty_state.empty("Nothing was reported. What learners report comes here by itself.")
        many = f"   {len(found):,}" if found else ""
        self.query_one("#heading", Static).update(Content.assemble(("Reported", "bold"), (many, "$text-muted")))
        self._list.show_again(found, attrgetter("id"))
        self._list.display = self.query_one("#words").display = bool(found)
        if found:
            self._empty_state.hide()
            if self.focused is None:
                self._list.focus()
        self._show_words()
        self.refresh_bindings()

    @on(ReportList.CursorMoved)
    def _show_words(self) -> None:
        here = self._here
        if here is not None:
            now = self.services.now()
            if here.piece is not None:
                known = above(here.piece, self.glyphs, now)
            else:
                known = above_reported(here.about, self.glyphs, now)
            self.query_one("#above", Static).update(known)
            self.query_one("#text", Static).update(written(here.about.text))
        self.refresh_bindings()

    @property
    def _here(self) -> Report | None:
        return self._list.current if self.is_mounted and self._list.display else None

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load()

    @on(ReportList.Chosen)
    def _open(self, event: ReportList.Chosen) -> None:
        from azora_tui.screens.wisdom import WisdomScreen

        piece = event.record.piece
        if piece is None:
            self._say("What is around it is read by those who are there. Its words stand below.")
            return
        page = WisdomScreen(piece.lesson_id, piece.lesson_title, area=self.AREA, wisdom_id=piece.id)
        self.app.push_screen(page)

    @work(exclusive=True, group="act")
    async def action_hide(self) -> None:
        here = self._here
        if here is None:
            return

        async def send(words: str) -> None:
            await self.ask(reporting.hide, here.id, words)

        hint = "Say why. Its author still sees it, and reads this."
        dialog = SayingDialog("Hide this", first_words(here.about.text, _ABOUT), hint, send, text=here.reason)
        if await self.app.push_screen_wait(dialog):
            self._hidden = here.id
            self._say(f"{self.glyphs.done} Hidden, and every report of it is settled. u shows it again.")
            self._load()

    @work(exclusive=True, group="act")
    async def action_show_again(self) -> None:
        if self._hidden is None:
            return
        try:
            await self.ask(reporting.show_again, self._hidden)
        except AzoraError as error:
            self._say(str(error))
            return
        self._hidden = None
        self._say(f"{self.glyphs.done} It is shown again, to whom it was before.")
        self.refresh_bindings()

    @work(exclusive=True, group="act")
    async def action_dismiss_report(self) -> None:
        here = self._here
        if here is None:
            return
        try:
            await self.ask(moderation.dismiss, here.id)
        except AzoraError as error:
            self._say(str(error))
        else:
            self._say("It stays as it is, and every report of it is settled.")
        self._load()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("hide", "dismiss_report"):
            return self._here is not None
        if action == "show_again":
            return self._hidden is not None
        return super().check_action(action, parameters)

    def offers(self, action: str) -> bool:
        return action != "show_again" or self._hidden is not None

    def _say(self, words: str) -> None:
        self.query_one("#message", Static).update(plain(words))
