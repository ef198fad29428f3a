"""Making an account; on a new machine this is the first page, and greets."""

from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Button, Input, Static

from azora_tui.auth.faults import faults
from azora_tui.auth.fields import mixed_scripts
from azora_tui.auth.passwords import RULES
from azora_tui.errors import AzoraError, FieldError
from azora_tui.screens.base import ServiceAccess, SignedIn
from azora_tui.widgets.band import Band
from azora_tui.widgets.form import Field, Form
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain
from azora_tui.widgets.quick_button import QuickButton
from azora_tui.wording.accounts import scripts_mixed

_FIELDS = ("name", "email", "password", "again")
GREETING = "Welcome. This is a school that lives on your own computer. Make yourself an account, and it is open."


class RegisterScreen(ServiceAccess, Screen[None]):
    """Name, e-mail, and a password twice."""

    CSS_PATH = "register.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-home")]  # noqa: RUF012  # Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "sign_in", "sign in instead", id="register.sign_in"),
    ]

    _said_of = ""
    """The e-mail of which it was said that it mixes scripts."""
    _form = getters.query_one(Form)
    _reason = getters.query_one("#reason", Static)

    def compose(self) -> ComposeResult:
        first = not self.services.has_accounts
        with Vertical(id="sheet"):
            yield Band(self.glyphs.band_top)
            with Form(id="form"):
                yield Static("azora", id="name")
                yield Static(GREETING if first else "A new account on this computer.", id="greeting")
                yield Static("", id="reason", markup=False)
                yield Field("Name", "name", placeholder="as it should stand on a certificate")
                yield Field("E-mail", "email", placeholder="you@example.org")
                yield Field("Password", "password", password=True, note=RULES)
                yield Field("Password again", "again", password=True)
                with Horizontal(id="buttons"):
                    yield QuickButton("Create my account", id="create", compact=True)
                    yield QuickButton("I have one", id="sign-in", classes="quiet", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        self._reason.display = False
        self.query_one("#field-name", Field).input.focus()

    @on(Button.Pressed, "#create")
    def _submit(self) -> None:
        self._form.submit()

    @on(Form.Submitted)
    def _submitted(self) -> None:
        self._create()

    async def _faults(self) -> dict[str, str]:
        """What is wrong with what stands in the fields now, by field."""
        name, email, password, again = (self._form.fields[each].value for each in _FIELDS)
        found = await self.services.in_thread(faults, name=name, email=email, password=password)
        sentences = {fault.field: str(fault) for fault in found}
        if again != password:
            sentences["again"] = "The two passwords differ. Type the same one twice."
        return sentences

    @on(Input.Changed)
    @work(exclusive=True, group="aside-mended")
    async def _mended(self) -> None:
        """Take a fault away as soon as it is mended."""
        wrong = [field for field in self._form.fields.values() if field.is_wrong]
        if wrong:
            still = await self._faults()
            for field in wrong:
                if field.name not in still:
                    field.right()

    @work(exclusive=True)
    async def _create(self) -> None:
        name, email, password = (self._form.fields[each].value for each in _FIELDS[:3])
        if wrong := await self._faults():
            self._form.refuse_all(wrong)
            return
        if email != self._said_of and (said := scripts_mixed(mixed_scripts(email))):
            self._said_of = email
            self._form.fields["email"].wrong(f"{said} Create the account again to keep it as it is.")
            return
        try:
            not_kept = await self.services.register(name, email, password)
        except FieldError as error:
            self._form.refuse(error)
        except AzoraError as error:
            reason = self._reason
            reason.update(plain(str(error)))
            reason.display = True
        else:
            self._form.clear()
            if not_kept:
                self.tell(not_kept, failed=True)
            self.post_message(SignedIn(new=True))

    @on(Button.Pressed, "#sign-in")
    def action_sign_in(self) -> None:
        self.app.switch_mode("sign_in")
