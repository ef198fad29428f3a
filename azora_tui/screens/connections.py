"""Whom one is connected with, who has asked, whom one has asked, and at the end whom one has blocked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms.together import blocks, connections
from azora_tui.models.profiles import Blocked, Connections, PersonSeen
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.watching import WatchingPage
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.figure_list import BLANK, FigureList, FigureRow, heading
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.wording import profiles as words
from azora_tui.wording.dates import since

_NOBODY = "You are connected with nobody yet. f finds people who show a profile."


class ConnectionsScreen(WatchingPage):
    """One list: who waits for an answer comes first."""

    CSS_PATH = "connections.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "unblock", "unblock", id="connections.unblock"),
        Binding("f", "app.people", "find people", id="connections.find"),
        Binding("o", "app.profile", "your profile", id="connections.profile"),
        UP,
    ]

    _list = getters.query_one("#linked", FigureList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, *, area: str = "home") -> None:
        super().__init__()
        self.AREA = area

    def compose_body(self) -> ComposeResult:
        yield Static("", id="message", markup=False)
        with Vertical(id="list-pane"):
            yield FigureList(self.glyphs, id="linked")
            yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = False
        self._empty_state.wait("Looking whom you know …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            found = await self.ask(connections.mine)
            blocked = await self.ask(blocks.mine)
        except AzoraError as error:
            self._list.display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            self.refresh_bindings()
            return
        rows = self._rows(found, blocked)
        self._list.display = bool(rows)
        if rows:
            self._list.show_rows(rows, again=True)
            self._empty_state.hide()
            if self.focused is None and self.is_current:
                self._list.focus()
        else:
            self._empty_state.empty(_NOBODY)
        self.refresh_bindings()

    def _rows(self, found: Connections, blocked: Sequence[Blocked]) -> list[FigureRow]:
        now = self.services.now()
        rows: list[FigureRow] = []
        for title, people in (
            ("Asked you", found.asked_of_me),
            ("Connected", found.connected),
            ("You asked", found.asked_by_me),
        ):
            if people:
                rows += [BLANK, heading(title, f"{len(people):,}"), *map(self._row, people)]
        if blocked:
            rows += [BLANK, heading("Blocked", f"{len(blocked):,}")]
            rows += [
                FigureRow(
                    right=((since(each.at, now), "muted"),),
                    opens=each,
                    name=words.name_of(each.name),
                    id=("blocked", each.user_id),
                )
                for each in blocked
            ]
        return rows[1:]

    def _row(self, person: PersonSeen) -> FigureRow:
        """The words with which somebody asked stand with them until they are answered, then what they learn."""
        if person.standing == "connected":
            said, moment = words.in_short(person, self.glyphs.separator), person.accepted_at
        else:
            said, moment = f"“{person.words}”" if person.words else "", person.asked_at
        return FigureRow(
            ((said, "muted"),),
            ((since(moment, self.services.now()) if moment else "", "muted"),),
            opens=person,
            name=words.name_of(person.name),
            id=person.user_id,
        )

    @on(FigureList.Chosen)
    def _open(self, event: FigureList.Chosen) -> None:
        opens = event.record.opens
        if isinstance(opens, PersonSeen):
            from azora_tui.screens.profile import PersonScreen

            self.app.push_screen(PersonScreen(opens.user_id, area=self.AREA))
        elif isinstance(opens, Blocked):
            self._say(f"You have blocked {words.name_of(opens.name)}. u takes it back.")

    @on(FigureList.CursorMoved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @property
    def _here(self) -> object:
        row = self._list.current if self.is_mounted and self._list.display else None
        return None if row is None else row.opens

    @work(exclusive=True, group="act")
    async def action_unblock(self) -> None:
        blocked = self._here
        if not isinstance(blocked, Blocked):
            return
        try:
            await self.ask(blocks.unblock, blocked.user_id)
        except AzoraError as error:
            self._say(str(error), failed=True)
        else:
            self._say(f"{self.glyphs.done} {words.said_in_passing(blocked.name, 'unblocked')}")
        self._load()

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load()

    def _say(self, sentence: str, *, failed: bool = False) -> None:
        message = self.query_one("#message", Static)
        message.update(plain(sentence))
        message.set_class(failed, "-failed")

    def subject(self, action: str) -> str:
        here = self._here
        if action == "unblock" and isinstance(here, Blocked):
            return str(plain_line(words.name_of(here.name)))
        return ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "unblock":
            return isinstance(self._here, Blocked)
        return super().check_action(action, parameters)
