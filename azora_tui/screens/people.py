"""Who is in a course, a kind at a time; enter shows somebody's own way through it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms.teaching import people
from azora_tui.models.insights import Person, Which
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.watching import WatchingPage
from azora_tui.times import local_day, to_exact_text
from azora_tui.widgets.clickable import Clickable
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.person_list import PersonList
from azora_tui.widgets.plain import plain_line
from azora_tui.widgets.record_list import PART
from azora_tui.wording.insights import NOBODY, person_name


class PeopleScreen(WatchingPage):
    """A list of any length, with a tab for each kind of people."""

    AREA = "teach"
    CSS_PATH = "people.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f,tab", "turn(1)", "next list", id="people.next"),
        Binding("shift+tab", "turn(-1)", "previous list", show=False, id="people.previous"),
        UP,
    ]

    _list = getters.query_one("#people", PersonList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, course_id: int, course_title: str, which: Which) -> None:
        super().__init__()
        self._course_id = course_id
        self._course_title = course_title
        self._which = which

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="title-line"):
            yield Static(plain_line(self._course_title), id="title")
            yield Static("", id="count", markup=False)
        yield Clickable(id="tabs", markup=False)
        with Vertical(id="list-pane"):
            yield PersonList(self.glyphs, self._today, id="people")
            yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = False
        self._empty_state.wait("Looking who is there …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self, *, again: bool = False) -> None:
        self._show_tabs()
        keep = self._list.cursor if again else 0
        offset = max(0, keep - PART // 2)
        try:
            found, number = await self.ask(people.people, self._course_id, self._which, limit=PART, offset=offset)
        except AzoraError as error:
            self._list.display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            return
        self.query_one("#count", Static).update(plain_line(f"{number:,}"))
        if again:
            self._list.show_again(found, lambda person: person.user_id, offset=offset, count=number)
        else:
            self._list.show(found, count=number)
        self._list.display = bool(found)
        if found:
            self._empty_state.hide()
            self._list.focus()
        else:
            self._empty_state.empty(NOBODY[self._which])
        self.refresh_bindings()

    @on(PersonList.RecordsNeeded)
    @work(exclusive=True, group="more")
    async def _load_more(self, event: PersonList.RecordsNeeded) -> None:
        try:
            found, _ = await self.ask(people.people, self._course_id, self._which, limit=PART, offset=event.offset)
        except AzoraError as error:
            self.tell(str(error), failed=True)
        else:
            self._list.put(event.offset, found)

    def _show_tabs(self) -> None:
        tabs = Content("")
        for which in Which:
            click = Style.from_meta({"@click": f"screen.show_tab({which.name!r})"})
            look = "bold underline $text" if which is self._which else "$text-muted"
            tabs = tabs.append(Content.assemble((which.value.capitalize(), look)).stylize(click)).append("   ")
        self.query_one("#tabs", Static).update(tabs)

    def action_show_tab(self, name: str) -> None:
        self._which = Which[name]
        self._load()

    def action_turn(self, step: int) -> None:
        every = list(Which)
        self._which = every[(every.index(self._which) + step) % len(every)]
        self._load()

    @on(PersonList.Chosen)
    def _open(self, event: PersonList.Chosen) -> None:
        from azora_tui.screens.person import PersonScreen

        person: Person = event.record
        self.app.push_screen(PersonScreen(self._course_id, person.user_id, person_name(person)))

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load(again=True)

    def _today(self) -> date:
        now = self.services.now()
        return local_day(now, self.services.lms.utc_offset(to_exact_text(now)))
