"""Circles: what is new for somebody, what waits for them, and the circles that they are in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms.together import inbox
from azora_tui.models.circles import Circle
from azora_tui.models.inbox import Inbox, Notice, Request
from azora_tui.screens.base import EnrollmentChanged
from azora_tui.screens.opening_notices import open_notice, open_request
from azora_tui.screens.watching import WatchingPage
from azora_tui.widgets.board_list import GrowingList
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.figure_list import BLANK, FigureRow, heading, words
from azora_tui.widgets.plain import plain
from azora_tui.wording.circles import goal_words, people_words, spoken, there_words
from azora_tui.wording.inbox import notice_line, request_line
from azora_tui.wording.news import ago, first_words

_EMPTY = (
    "You are in no circle yet, and nothing is new. In a circle three to twelve people learn a course together, with a"
    " goal and a day. n makes one. f finds people, h shows who needs help."
)
_FIRST_WORDS = 120


class CirclesScreen(WatchingPage):
    """One list: what is new, who asks to be connected, and one's circles. Enter opens what a row is about."""

    AREA = "circles"
    CSS_PATH = "circles.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "make", "new circle", id="circles.make"),
        Binding("w", "join", "join by a word", id="circles.join"),
        Binding("f", "app.people", "find people", id="circles.people"),
        Binding("c", "app.connections", "connections", id="circles.connections"),
        Binding("h", "app.help_wanted", "help wanted", id="circles.help"),
        Binding("x", "read", "all is read", id="circles.read"),
    ]

    _list = getters.query_one("#inbox", GrowingList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self) -> None:
        super().__init__()
        self._page = Inbox((), (), ())

    def compose_body(self) -> ComposeResult:
        yield Static("", id="message", markup=False)
        with Vertical(id="list-pane"):
            yield GrowingList(self.glyphs, id="inbox")
            yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = False
        self._empty_state.wait("Looking what is new …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self, *, again: bool = False) -> None:
        try:
            self._page = await self.ask(inbox.page)
        except AzoraError as error:
            self._list.display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
        else:
            self._show(again=again)
        self.refresh_bindings()

    def _show(self, *, again: bool) -> None:
        rows = list(self._rows())
        self._list.display = bool(rows)
        if not rows:
            self._empty_state.empty(_EMPTY)
            return
        self._list.show_rows(rows, again=again)
        self._empty_state.hide()
        if self.focused is None:
            self._list.focus()

    def _rows(self) -> Iterator[FigureRow]:
        page, now = self._page, self.services.now()
        if page.new:
            yield heading("New for you", f"{len(page.new):,}")
            for notice in page.new:
                yield _row(notice_line(notice), ago(notice.at, now), notice, ("notice", notice.uuid))
                yield from self._quotation(notice.words)
            yield BLANK
        if page.requests:
            yield heading("Waiting for you", f"{len(page.requests):,}")
            for request in page.requests:
                at = ago(request.asked_at, now)
                yield _row(request_line(request), at, request, ("request", request.connection_id))
                yield from self._quotation(request.words)
            yield BLANK
        if page.circles:
            yield heading("Circles")
            for circle in page.circles:
                yield from self._circle_rows(circle)
        elif page.new or page.requests:
            yield heading("Circles")
            yield words("You are in no circle yet. n makes one.")

    def _circle_rows(self, circle: Circle) -> Iterator[FigureRow]:
        today = self.services.lms.today()
        sign = self.glyphs.done if circle.there == circle.people else self.glyphs.active
        yield FigureRow(
            ((circle.name, "title"), (f"   {people_words(circle)}", "muted")),
            ((f"{sign} {there_words(circle)}", "done" if circle.there == circle.people else "active"),),
            opens=circle,
            id=("circle", circle.id),
        )
        yield words(f"  {goal_words(circle, today)}")
        if circle.is_waiting:
            yield words(f"  an invitation: the word  {spoken(circle.word)}")

    def _quotation(self, text: str) -> Iterator[FigureRow]:
        """What somebody's words begin with, on one line."""
        said = first_words(text, _FIRST_WORDS)
        if said:
            yield FigureRow((("  │ ", "active"), (said, "plain")))

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load(again=True)

    @on(GrowingList.CursorMoved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(GrowingList.Chosen)
    def _chosen(self, event: GrowingList.Chosen) -> None:
        opens = event.record.opens
        if isinstance(opens, Circle):
            self._open_circle(opens)
        elif isinstance(opens, Notice):
            self._mark([opens], [])
            self._say(open_notice(self, opens))
        elif isinstance(opens, Request):
            self._mark([], [opens])
            open_request(self, opens)

    def _open_circle(self, circle: Circle) -> None:
        from azora_tui.screens.circle import CircleScreen

        self.app.push_screen(CircleScreen(circle.id, circle.name))

    @work(group="aside-read")
    async def _mark(self, notices: list[Notice], requests: list[Request]) -> None:
        """What fails here is only that it stays new."""
        try:
            await self.services.ask_once(inbox.mark_read, notices, requests)
        except AzoraError:
            return
        self.app.count_due()

    @work(exclusive=True, group="act")
    async def action_read(self) -> None:
        try:
            await self.ask(inbox.mark_read, self._page.new, self._page.requests)
        except AzoraError as error:
            self._say(str(error))
            return
        self._say(f"{self.glyphs.done} Nothing is new any more.")
        self.app.count_due()
        self._load(again=True)

    @work(exclusive=True, group="act")
    async def action_make(self) -> None:
        from azora_tui.screens.circle_dialogs import make_circle

        made = await make_circle(self)
        if made is not None:
            self._load(again=True)
            self._open_circle(made)

    @work(exclusive=True, group="act")
    async def action_join(self) -> None:
        from azora_tui.screens.circle_dialogs import JoinDialog

        joined = await self.app.push_screen_wait(JoinDialog())
        if joined is not None:
            self._load(again=True)
            self._open_circle(joined)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "read":
            return bool(self._page.count)
        return super().check_action(action, parameters)

    def _say(self, sentence: str) -> None:
        self.query_one("#message", Static).update(plain(sentence))


def _row(line: str, at: str, opens: object, id: tuple[str, object]) -> FigureRow:
    return FigureRow(((line, "title"),), ((at, "muted"),), opens=opens, id=id)
