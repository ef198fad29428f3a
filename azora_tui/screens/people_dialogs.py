"""What an admin is asked about somebody: which role, whom to invite; and the word to pass on."""

from collections.abc import Awaitable, Callable
from typing import ClassVar, get_args

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from azora_tui.errors import AzoraError, FieldError
from azora_tui.models.account_records import Account, Invited
from azora_tui.models.accounts import Role
from azora_tui.screens.base import Dialog
from azora_tui.widgets.form import Field, Form
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.people_list import RoleList
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.quick_button import QuickButton

Invite = Callable[[str, str], Awaitable[Invited]]

_ROLES: tuple[Role, ...] = get_args(Role)


class RoleDialog(Dialog[Role]):
    """The three roles, the one that somebody has marked. Dismissed with the one that was chosen."""

    CSS_PATH = "people_dialogs.tcss"

    _roles = getters.query_one("#roles", RoleList)

    def __init__(self, account: Account) -> None:
        super().__init__()
        self._account = account

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_line(self._account.name), classes="dialog-title")
            yield RoleList(self.glyphs, self._account.role, id="roles")
            yield Static("With another role they sign in anew. Nothing of their work changes.", id="note", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self._roles.show(_ROLES, cursor=_ROLES.index(self._account.role))
        self.set_focus(self._roles)

    @on(RoleList.Chosen, "#roles")
    def _chosen(self, event: RoleList.Chosen) -> None:
        self.dismiss(event.record)


class InviteDialog(Dialog[Invited]):
    """An e-mail and a name. Dismissed with the account and its word once they are on disk."""

    CSS_PATH = "people_dialogs.tcss"

    _form = getters.query_one(Form)
    _answer_line = getters.query_one("#answer", Static)

    def __init__(self, invite: Invite) -> None:
        """`invite` makes the account, or raises an `AzoraError`."""
        super().__init__()
        self._invite = invite

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Invite somebody", classes="dialog-title")
            with Form():
                yield Field("E-mail", "email", placeholder="thandi@example.org")
                yield Field("Name", "name", placeholder="as it should stand on a certificate")
                with Horizontal():
                    yield QuickButton("Invite them", id="invite", compact=True)
            yield Static("", id="answer", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self._form.fields["email"].input)

    @on(Button.Pressed, "#invite")
    def _submit(self) -> None:
        self._form.submit()

    @on(Form.Submitted)
    @work(exclusive=True)
    async def _submitted(self) -> None:
        fields = self._form.fields
        try:
            invited = await self._invite(fields["email"].value, fields["name"].value)
        except FieldError as error:
            self._form.refuse(error)
        except AzoraError as error:
            self._answer_line.update(plain(str(error)))
        else:
            self.dismiss(invited)


class WordDialog(Dialog[None]):
    """The word that opens an account, and what to say with it. It is shown only now."""

    CSS_PATH = "people_dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(None)", "done", id="school.word_done"),
    ]

    def __init__(self, invited: Invited, how: str) -> None:
        """`how` says what to do with it."""
        super().__init__()
        self._invited = invited
        self._how = how

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_line(f"The word of {self._invited.account.name}"), classes="dialog-title")
            yield Static(self._invited.word, id="word", markup=False)
            yield Static(plain(self._how))
            yield Static("It is shown only now. A new one can be given at any time.", id="note", markup=False)
        yield KeyBar()
