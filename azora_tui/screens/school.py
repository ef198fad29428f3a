"""School: the people of this school, for its admin."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from azora_tui.auth import invitations, people
from azora_tui.errors import AzoraError
from azora_tui.lms.together import departing
from azora_tui.models.account_records import Invited
from azora_tui.models.people import AccountChange, PeopleCount, PeoplePage, Person
from azora_tui.screens.base import EnrollmentChanged, Page
from azora_tui.screens.people_dialogs import InviteDialog, RoleDialog, WordDialog
from azora_tui.text import clean
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.people_list import PeopleList
from azora_tui.widgets.plain import PlainInput, plain
from azora_tui.widgets.record_list import PART
from azora_tui.wording import people as words
from azora_tui.wording.numbers import counted


class SchoolScreen(Page):
    """Who has an account here and what each may do; every change can be undone."""

    AREA = "school"
    CSS_PATH = "school.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "search", priority=True, id="school.filter"),
        Binding("i", "invite", "invite", id="school.invite"),
        Binding("d", "turn", "close or open", id="school.turn"),
        Binding("w", "new_word", "new word", id="school.new_word"),
        Binding("u", "undo", "undo", id="school.undo"),
        Binding("escape", "clear", "clear", id="school.clear"),
    ]

    _people = getters.query_one("#people", PeopleList)
    _empty_state = getters.query_one("#empty-state", EmptyState)
    _filter_input = getters.query_one("#filter", Input)

    def __init__(self) -> None:
        super().__init__()
        self._undoing: _Deed | None = None

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="filter-line"):
            yield Static("/", id="filter-sign")
            yield PeopleFilter(placeholder="search names and e-mails", compact=True, id="filter")
            yield Static("", id="counts", markup=False)
        yield Static("", id="message", markup=False)
        with Vertical(id="list-pane"):
            yield PeopleList(self.glyphs, self.services.now, id="people")
            yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._people.focus()
        self._people.display = False
        self._empty_state.wait("Reading who is here …")

    def on_screen_resume(self) -> None:
        self._load(again=True)

    @property
    def _query(self) -> str:
        return self._filter_input.value

    @work(exclusive=True, group="load")
    async def _load(self, *, again: bool = False) -> None:
        """Show the first people; `again` those around the cursor, which stays on its person."""
        query = self._query
        offset = max(0, self._people.cursor - PART // 2) if again else 0
        try:
            page = await self.ask_auth(people.page, query=query, offset=offset, limit=PART)
            counts = await self.ask_auth(people.count, query=query)
        except AzoraError as error:
            self._people.display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            self.refresh_bindings()
        else:
            self._show(page, counts, again=again)

    def _show(self, page: PeoplePage, counts: PeopleCount, *, again: bool) -> None:
        if again:
            key = attrgetter("account.id")
            self._people.show_again(page.people, key, offset=page.offset, count=counts.matching)
        else:
            self._people.show(page.people, offset=page.offset, count=counts.matching)
        was_hidden = not self._people.display
        self._people.display = bool(page.people)
        if page.people:
            self._empty_state.hide()
            if was_hidden and self.focused is None:
                self._people.focus()
        else:
            self._empty_state.empty(f"Nobody has “{clean(self._query)}” in name or e-mail. esc shows everybody.")
        every = counted(counts.all, "person", "people")
        self.query_one("#counts", Static).update(f"{counts.matching:,} of {every}" if self._query else every)
        self.refresh_bindings()

    @on(PeopleList.RecordsNeeded, "#people")
    @work(exclusive=True, group="more")
    async def _load_more(self, event: PeopleList.RecordsNeeded) -> None:
        try:
            page = await self.ask_auth(people.page, query=self._query, offset=event.offset, limit=PART)
        except AzoraError as error:
            self.tell(str(error), failed=True)
        else:
            self._people.put(page.offset, page.people)
            if not page.people:
                self.reload()  # there were more a moment ago

    @on(PeopleList.CursorMoved, "#people")
    def _cursor_moved(self) -> None:
        self.refresh_bindings()

    @on(Input.Changed, "#filter")
    def _narrowed(self) -> None:
        self._load()

    @on(Input.Submitted, "#filter")
    def _filter_submitted(self) -> None:
        if self._people.display:
            self._people.focus()

    @on(EnrollmentChanged)
    def reload(self) -> None:
        """Reload the list, with the cursor where it is."""
        self._load(again=True)

    def action_filter(self) -> None:
        self.set_focus(self._filter_input)

    def action_clear(self) -> None:
        self._filter_input.value = ""
        self._people.display = True
        self._people.focus()

    @on(PeopleList.Chosen, "#people")
    @work(exclusive=True, group="act")
    async def _choose_role(self, event: PeopleList.Chosen) -> None:
        account = event.record.account
        role = await self.app.push_screen_wait(RoleDialog(account))
        if role is not None:
            await self._change(
                _Deed(people.set_role, {"email": account.email, "role": role}),
                words.role_changed,
                undo=_Deed(people.set_role, {"email": account.email, "role": account.role}),
            )

    @work(exclusive=True, group="act")
    async def action_turn(self) -> None:
        """Close the account under the cursor, or open it again."""
        if (person := self._current) is not None:
            whose = {"email": person.account.email}
            close = _Deed(people.disable, whose, departing.close)
            reopen = _Deed(people.enable, whose, departing.reopen)
            if person.account.is_disabled:
                await self._change(reopen, words.enabled, undo=close)
            else:
                await self._change(close, words.disabled, undo=reopen)

    @work(exclusive=True, group="act")
    async def action_undo(self) -> None:
        undoing = self._undoing
        if undoing is not None and await self._change(undoing, lambda change: ""):
            self._undoing = None
            self._say(f"{self.glyphs.done} It is as it was before.")

    async def _change(
        self, deed: "_Deed", said: Callable[[AccountChange], str], *, undo: "_Deed | None" = None
    ) -> bool:
        """Do it and say what became of it; whether it was done."""
        try:
            change = await self.ask_auth(deed.work, **deed.values)
            if deed.told is not None:
                await self.ask(deed.told, change.account.uuid)
        except AzoraError as error:
            self._say(str(error), failed=True)
            return False
        if change.changed:
            self._undoing = undo
        self._say(said(change) + (" u undo" if change.changed and undo else ""))
        self._load(again=True)
        return True

    @work(exclusive=True, group="act")
    async def action_invite(self) -> None:
        invited = await self.app.push_screen_wait(InviteDialog(self._invite))
        if invited is not None:
            await self._pass_on(invited)

    async def _invite(self, email: str, name: str) -> Invited:
        (invited,) = await self.ask_auth(invitations.invite, [(email, name)])
        return invited if invited.word else await self.ask_auth(invitations.renew, email)

    @work(exclusive=True, group="act")
    async def action_new_word(self) -> None:
        if (person := self._current) is not None:
            try:
                invited = await self.ask_auth(invitations.renew, person.account.email)
            except AzoraError as error:
                self._say(str(error), failed=True)
            else:
                await self._pass_on(invited)

    async def _pass_on(self, invited: Invited) -> None:
        now = self.services.now()
        how = words.how_to_open(invited.account.name, now + invitations.VALID, now)
        await self.app.push_screen_wait(WordDialog(invited, how))
        self._say(f"{self.glyphs.done} {invited.account.name} is invited.")

    @property
    def _current(self) -> Person | None:
        return self._people.current if self.is_mounted and self._people.display else None

    def subject(self, action: str) -> str:
        person = self._current if action in ("choose", "turn", "new_word") else None
        return "" if person is None else clean(person.account.name, keep_newlines=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        person = self._current
        if action == "filter":
            return self.is_mounted and not self._filter_input.has_focus
        if action == "clear":
            return self.is_mounted and bool(self._query or self._filter_input.has_focus)
        if action == "turn":
            return person is not None
        if action == "new_word":
            return person is not None and person.invited_until is not None
        if action == "undo":
            return self._undoing is not None
        return super().check_action(action, parameters)

    def _say(self, sentence: str, *, failed: bool = False) -> None:
        message = self.query_one("#message", Static)
        message.update(plain(sentence))
        message.set_class(failed, "-failed")
        self.refresh_bindings()


@dataclass(frozen=True)
class _Deed:
    """What is done to an account: a call of the Auth Service with its values, and what tells the other service."""

    work: Callable[..., AccountChange]
    values: Mapping[str, str]
    told: Callable[..., None] | None = None


class PeopleFilter(PlainInput):
    """Words in names and e-mails; the arrows go on into the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "to the people", id="school.submit"),
        Binding("down", "to_list", "into the list", id="school.to_list"),
    ]

    def action_to_list(self) -> None:
        self.screen.query_one("#people").focus()
