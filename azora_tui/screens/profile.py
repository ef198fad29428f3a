"""Somebody as one may see them, and what one can do about it: connect, end it, block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from azora_tui.errors import AzoraError, NotFoundError
from azora_tui.lms.together import blocks, connections, profiles
from azora_tui.models.profiles import PersonSeen
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.profile_dialogs import AskDialog, SureDialog
from azora_tui.screens.watching import WatchingPage
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.key_scroll import KeyScroll
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.wording import profiles as words

_GONE = "There is nobody here to be seen, or not any more. esc goes back."

_KEYS = {
    "connect": ("strangers", "asked_of_me"),
    "decline": ("asked_of_me",),
    "take_back": ("asked_by_me",),
    "end": ("connected",),
    "block": ("strangers", "asked_of_me", "asked_by_me", "connected"),
}
"""How the two have to stand for each key."""


class PersonScreen(WatchingPage):
    """A profile. What the other person or another window changes meanwhile is seen here soon."""

    CSS_PATH = "profile.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "connect", "connect", id="person.connect"),
        Binding("d", "decline", "decline", id="person.decline"),
        Binding("t", "take_back", "take back", id="person.take_back"),
        Binding("e", "end", "end it", id="person.end"),
        Binding("b", "block", "block", id="person.block"),
        UP,
    ]

    _sheet = getters.query_one("#person-sheet", KeyScroll)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, user_id: int, *, area: str = "home") -> None:
        super().__init__()
        self.AREA = area
        self._user_id = user_id
        self._person: PersonSeen | None = None

    def compose_body(self) -> ComposeResult:
        yield Static("", id="message", markup=False)
        with KeyScroll(id="person-sheet"):
            yield Static("", id="person-name", markup=False)
            yield Static("", id="person-standing", markup=False)
            yield Static("", id="person-words", markup=False, classes="said")
            for name in ("learning", "helping", "about"):
                with Vertical(id=f"person-{name}", classes="part"):
                    yield Static("", classes="what", markup=False)
                    yield Static("", classes="said", markup=False)
            yield Static("", id="person-note", markup=False)
        yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._sheet.display = False
        self._empty_state.wait("Looking who that is …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            person = await self.ask(profiles.person, self._user_id)
        except NotFoundError:
            self._show_nobody()
        except AzoraError as error:
            self._person = None
            self._sheet.display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
        else:
            self._show(person)
        self.refresh_bindings()

    def _show_nobody(self) -> None:
        self._person = None
        self._say("")
        self._sheet.display = False
        self._empty_state.empty(_GONE)

    def _show(self, person: PersonSeen) -> None:
        self._person = person
        self._put("#person-name", words.name_of(person.name), line=True)
        self._put("#person-standing", words.standing(person, self.services.now()), line=True)
        self._put("#person-words", person.words, line=True)
        for name, (what, text) in words.parts(person).items():
            part = self.query_one(f"#person-{name}")
            part.display = bool(text)
            part.query_one(".what", Static).update(what)
            part.query_one(".said", Static).update(plain(text))
        notes = [] if person.is_open else [words.SHOWS_ONLY_A_NAME]
        self._put("#person-note", "\n".join([*notes, *([words.HELPS_SHOWN] if person.helps else [])]))
        self._empty_state.hide()
        self._sheet.display = True
        if self.focused is None and self.is_current:
            self._sheet.focus()

    def _put(self, part: str, text: str, *, line: bool = False) -> None:
        shown = self.query_one(part, Static)
        shown.update(plain_line(text) if line else plain(text))
        shown.display = bool(text)

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load()

    @work(exclusive=True, group="act")
    async def action_connect(self) -> None:
        """Ask with a sentence or, where the other has asked, accept."""
        person = self._person
        if person is None:
            return
        if person.standing == "asked_of_me":
            await self._do(connections.accept, "accepted")
            return
        asked = await self.app.push_screen_wait(AskDialog(person))
        if asked is not None:
            self._show(asked)
            self._say(f"{self.glyphs.done} {words.asked(asked)}")

    @work(exclusive=True, group="act")
    async def action_decline(self) -> None:
        await self._do(connections.decline, "declined")

    @work(exclusive=True, group="act")
    async def action_take_back(self) -> None:
        await self._do(connections.take_back, "taken_back")

    @work(exclusive=True, group="act")
    async def action_end(self) -> None:
        if self._person is None:
            return
        name = words.name_of(self._person.name)
        if await self.app.push_screen_wait(
            SureDialog(f"End your connection with {name}", words.WHAT_ENDING_DOES.format(name=name), "End it")
        ):
            await self._do(connections.end, "ended")

    @work(exclusive=True, group="act")
    async def action_block(self) -> None:
        if self._person is None:
            return
        name = words.name_of(self._person.name)
        if await self.app.push_screen_wait(
            SureDialog(f"Block {name}", words.WHAT_BLOCKING_DOES.format(name=name), "Block them")
        ) and await self._do(blocks.block, "blocked"):
            self.tell(words.said_in_passing(name, "blocked"))
            self.dismiss()

    async def _do(self, work: Callable[..., Any], did: str) -> bool:
        """Do it and say what became of it; whether it was done."""
        person = self._person
        if person is None:
            return False
        try:
            await self.ask(work, person.user_id)
        except AzoraError as error:
            self._say(str(error), failed=True)
            self._load()
            return False
        self._say(f"{self.glyphs.done} {words.said_in_passing(person.name, did)}")
        self._load()
        return True

    def _say(self, sentence: str, *, failed: bool = False) -> None:
        message = self.query_one("#message", Static)
        message.update(plain(sentence))
        message.set_class(failed, "-failed")
        self.refresh_bindings()

    def subject(self, action: str) -> str:
        person = self._person if action in _KEYS else None
        return "" if person is None else str(plain_line(words.name_of(person.name)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _KEYS:
            return self._person is not None and self._person.standing in _KEYS[action]
        return super().check_action(action, parameters)
