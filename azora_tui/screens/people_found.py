"""Who shows a profile, found as one types."""

from __future__ import annotations

from operator import attrgetter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from azora_tui.errors import AzoraError
from azora_tui.lms.together import profiles
from azora_tui.models.profiles import PersonSeen
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.plain import PlainInput, plain, plain_line
from azora_tui.widgets.profile_list import ProfileList
from azora_tui.widgets.record_list import PART
from azora_tui.wording import profiles as words
from azora_tui.wording.numbers import counted

_NOBODY = "Nobody else shows a profile yet. o opens yours, so that others find you."


class PeopleFoundScreen(WatchingPage):
    """A line to type in, the people, and beside them what the one under the cursor says of themselves."""

    CSS_PATH = "people_found.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, so that words typed right behind the / already find the line in focus.
        Binding("slash", "query", "search", priority=True, id="people_found.query"),
        Binding("o", "app.profile", "your profile", id="people_found.profile"),
        Binding("y", "app.connections", "your connections", id="people_found.connections"),
        UP,
    ]

    _list = getters.query_one("#people-found", ProfileList)
    _empty_state = getters.query_one("#empty-state", EmptyState)
    _query_input = getters.query_one("#query", Input)

    def __init__(self, *, area: str = "home") -> None:
        super().__init__()
        self.AREA = area

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="query-line"):
            yield Static("/", id="query-sign")
            yield PeopleQuery(placeholder="search people who show a profile", compact=True, id="query")
            yield Static("", id="counts", markup=False)
        with Horizontal(id="panes"):
            with Vertical(id="list-pane"):
                yield ProfileList(self.glyphs, id="people-found")
                yield EmptyState(self.glyphs, id="empty-state")
            with Vertical(id="preview"):
                yield Static("", id="preview-name", markup=False)
                yield Static("", id="preview-standing", markup=False)
                yield Static("", id="preview-text", markup=False)

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = False
        self._empty_state.wait("Looking who is there …")
        self._load()

    @property
    def _query(self) -> str:
        return self._query_input.value

    @work(exclusive=True, group="load")
    async def _load(self, *, again: bool = False) -> None:
        """Show the first people; `again` those around the cursor, which stays on its person."""
        offset = max(0, self._list.cursor - PART // 2) if again else 0
        try:
            found = await self.ask(profiles.find, self._query, offset=offset, limit=PART)
        except AzoraError as error:
            self._list.display = False
            self.query_one("#counts", Static).update("")
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            self.refresh_bindings()
            return
        if again:
            self._list.show_again(found.people, attrgetter("user_id"), offset=offset, count=found.count)
        else:
            self._list.show(found.people, count=found.count)
        was_hidden = not self._list.display
        self._list.display = bool(found.count)
        self.query_one("#counts", Static).update(counted(found.count, "person", "people") if found.count else "")
        if found.count:
            self._empty_state.hide()
            if was_hidden and self.focused is None and self.is_current:
                self._list.focus()
        else:
            asked = clean(self._query, keep_newlines=False).strip()
            self._empty_state.empty(f"No open profile has “{asked}”. esc shows everybody." if asked else _NOBODY)
        self._preview()
        self.refresh_bindings()

    @on(ProfileList.RecordsNeeded)
    @work(exclusive=True, group="more")
    async def _load_more(self, event: ProfileList.RecordsNeeded) -> None:
        try:
            found = await self.ask(profiles.find, self._query, offset=event.offset, limit=PART)
        except AzoraError as error:
            self.tell(str(error), failed=True)
        else:
            self._list.put(event.offset, found.people)
            if not found.people:
                self.reload()  # there were more a moment ago

    @on(ProfileList.CursorMoved)
    def _preview(self) -> None:
        person = self._list.current if self._list.display else None
        self.query_one("#preview").visible = person is not None
        if person is not None:
            standing = self.query_one("#preview-standing", Static)
            standing.update(plain_line(words.standing(person, self.services.now())))
            standing.display = person.standing != "strangers"
            self.query_one("#preview-name", Static).update(plain_line(words.name_of(person.name)))
            self.query_one("#preview-text", Static).update(_said(person))
        self.refresh_bindings()

    @on(ProfileList.Chosen)
    def _open(self, event: ProfileList.Chosen) -> None:
        from azora_tui.screens.profile import PersonScreen

        person: PersonSeen = event.record
        self.app.push_screen(PersonScreen(person.user_id, area=self.AREA))

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        self._load()

    @on(Input.Submitted, "#query")
    def _submitted(self) -> None:
        if self._list.display:
            self._list.focus()

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load(again=True)

    def action_query(self) -> None:
        self.set_focus(self._query_input)

    def action_back(self) -> None:
        """First everybody again, then the page before."""
        if not self._query:
            super().action_back()
            return
        self._query_input.value = ""
        self._list.display = True
        self._list.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "query":
            return self.is_mounted and not self._query_input.has_focus
        return super().check_action(action, parameters)


def _said(person: PersonSeen) -> Content:
    """All that somebody says of themselves."""
    said = Content("")
    for what, text in words.what_they_say(person):
        said = said.append(Content.assemble((f"{what}\n", "$text-muted"), plain(f"{text}\n\n")))
    return said.append(words.HELPS_SHOWN) if person.helps else said


class PeopleQuery(PlainInput):
    """Words of profiles; the arrows go on into the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "to the people", id="people_found.submit"),
        Binding("down", "to_list", "into the list", id="people_found.to_list"),
    ]

    def action_to_list(self) -> None:
        found = self.screen.query_one("#people-found", ProfileList)
        if found.display:
            found.focus()
