"""Signing in, as the first page or over any other when a session has ended."""

from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Button, Static

from azora_tui.errors import AzoraError, FieldError
from azora_tui.screens.base import AccountWanted, ServiceAccess, SignedIn
from azora_tui.widgets.band import Band
from azora_tui.widgets.form import Field, Form
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain
from azora_tui.widgets.quick_button import QuickButton

FORGOTTEN = (
    "Nobody can read a password back: this computer keeps only a fingerprint of it. The admin of this school, or the "
    "person whose files these are, can give you a new one with `azora-tui accounts reset`. Your courses stay."
)


class SignInScreen(ServiceAccess, Screen[bool]):
    """E-mail and password. Dismissed with True when it stood over another page."""

    CSS_PATH = "sign_in.tcss"
    AUTO_FOCUS = ""  # not for a moment in another field than the one that is to be filled in
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-home")]  # noqa: RUF012  # Textual's own type
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+n", "new_account", "new account", id="sign_in.new_account"),
    ]

    _form = getters.query_one(Form)
    _reason_line = getters.query_one("#reason", Static)

    def __init__(self, reason: str = "", *, returning: bool = False) -> None:
        super().__init__()
        self._reason = reason
        self._returning = returning

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Band(self.glyphs.band_top)
            with Form(id="form"):
                yield Static("azora", id="name")
                yield Static(f"ngiyakwazi ngoba sikwazi {self.glyphs.separator} I can because we can", id="motto")
                yield Static(self._reason, id="reason", markup=False)
                yield Field("E-mail", "email", placeholder="you@example.org", value=self._known_email)
                yield Field("Password", "password", password=True, placeholder="or the word that you were invited with")
                with Horizontal(id="buttons"):
                    yield QuickButton("Sign in", id="sign-in", compact=True)
                    yield QuickButton("Create an account", id="new-account", classes="quiet", compact=True)
                    yield QuickButton("Forgot it?", id="forgot", classes="quiet", compact=True)
                yield Static("Everything you do here stays on this computer.", id="promise")
            yield Band(self.glyphs.band_bottom)
        yield KeyBar()

    def on_mount(self) -> None:
        self._reason_line.display = bool(self._reason)
        self.set_focus(self._form.fields["password" if self._known_email else "email"].input)

    @property
    def _known_email(self) -> str:
        claims = self.services.claims
        return claims.email if self._returning and claims is not None else ""

    @on(Button.Pressed, "#sign-in")
    def _submit(self) -> None:
        self._form.submit()

    @on(Form.Submitted)
    def _submitted(self) -> None:
        email, password = self._form.fields["email"], self._form.fields["password"]
        if not email.value.strip():
            email.wrong("Your e-mail is needed here.")
        elif not password.value:
            password.wrong("Your password is needed here.")
        else:
            self._sign_in(email.value, password.value)

    @work(exclusive=True)
    async def _sign_in(self, email: str, password: str) -> None:
        try:
            not_kept = await self.services.sign_in(email, password)
        except FieldError as error:
            self._form.refuse(error)
        except AzoraError as error:
            if error.code == "password_to_choose":
                self._choose_password(email, password)
            else:
                self._say(str(error))
        else:
            if not_kept:
                self.tell(not_kept, failed=True)
            self._enter(new=False)

    def _enter(self, *, new: bool) -> None:
        self._form.clear()
        if self._returning:
            self.dismiss(True)
        else:
            self.post_message(SignedIn(new=new))

    def _choose_password(self, email: str, word: str) -> None:
        from azora_tui.screens.open_account import OpenAccountDialog

        def opened(is_open: bool | None) -> None:
            if is_open:
                self._enter(new=True)

        self.app.push_screen(OpenAccountDialog(email, word), opened)

    @on(Button.Pressed, "#new-account")
    def action_new_account(self) -> None:
        self.post_message(AccountWanted())

    @on(Button.Pressed, "#forgot")
    def _forgotten(self) -> None:
        self._say(FORGOTTEN)

    def _say(self, sentence: str) -> None:
        reason = self._reason_line
        reason.update(plain(sentence))
        reason.display = True
