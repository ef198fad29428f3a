"""Who waits for help that one could give, and what one asked oneself."""

from __future__ import annotations

from operator import attrgetter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms.together import helping
from azora_tui.models.helping import HelpRequest
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.watching import WatchingPage
from azora_tui.widgets.clickable import Clickable
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.help_list import HelpList
from azora_tui.widgets.plain import plain_line
from azora_tui.widgets.record_list import PART
from azora_tui.wording.helping import NOTHING_ASKED, NOTHING_WANTED

_TABS = {"wanted": "You can answer", "mine": "You asked"}
_CALLS = {"wanted": helping.wanted, "mine": helping.mine}
_EMPTY = {"wanted": NOTHING_WANTED, "mine": f"{NOTHING_ASKED} In a lesson or a quiz, H does, where you are stuck."}


class HelpWantedScreen(WatchingPage):
    """A list of any length, oldest first, with a tab for one's own questions."""

    CSS_PATH = "help_wanted.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f,tab", "turn", "the other list", id="help_wanted.turn"),
        UP,
    ]

    _list = getters.query_one("#requests", HelpList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, *, area: str = "home") -> None:
        super().__init__()
        self.AREA = area
        self._tab = "wanted"

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="title-line"):
            yield Static("Help wanted", id="title", markup=False)
            yield Static("", id="count", markup=False)
        yield Clickable(id="tabs", markup=False)
        with Vertical(id="list-pane"):
            yield HelpList(self.glyphs, self.services.now, id="requests")
            yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = False
        self._empty_state.wait("Looking who waits for help …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self, *, again: bool = False) -> None:
        self._show_tabs()
        offset = max(0, self._list.cursor - PART // 2) if again else 0
        try:
            found, number = await self.ask(_CALLS[self._tab], limit=PART, offset=offset)
        except AzoraError as error:
            self._list.display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            return
        self.query_one("#count", Static).update(plain_line(f"{number:,}" if number else ""))
        if again:
            self._list.show_again(found, attrgetter("id"), offset=offset, count=number)
        else:
            self._list.show(found, count=number)
        self._list.display = bool(number)
        if number:
            self._empty_state.hide()
            self._list.focus()
        else:
            self._empty_state.empty(_EMPTY[self._tab])
        self.refresh_bindings()

    @on(HelpList.RecordsNeeded)
    @work(exclusive=True, group="more")
    async def _load_more(self, event: HelpList.RecordsNeeded) -> None:
        try:
            found, _ = await self.ask(_CALLS[self._tab], limit=PART, offset=event.offset)
        except AzoraError as error:
            self.tell(str(error), failed=True)
        else:
            self._list.put(event.offset, found)

    def _show_tabs(self) -> None:
        tabs = Content("")
        for name, words in _TABS.items():
            click = Style.from_meta({"@click": f"screen.show_tab({name!r})"})
            look = "bold underline $text" if name == self._tab else "$text-muted"
            tabs = tabs.append(Content.assemble((words, look)).stylize(click)).append("   ")
        self.query_one("#tabs", Static).update(tabs)

    def action_show_tab(self, name: str) -> None:
        self._tab = name
        self._load()

    def action_turn(self) -> None:
        self.action_show_tab("mine" if self._tab == "wanted" else "wanted")

    @on(HelpList.Chosen)
    def _open(self, event: HelpList.Chosen) -> None:
        from azora_tui.screens.help_thread import HelpThreadScreen

        request: HelpRequest = event.record
        self.app.push_screen(HelpThreadScreen(request.id, area=self.AREA))

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load(again=True)
