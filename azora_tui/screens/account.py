"""One's own account: who one is, the password, and the way out."""

from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from azora_tui import __version__
from azora_tui.auth.passwords import RULES
from azora_tui.errors import AzoraError, FieldError
from azora_tui.screens.base import Dialog
from azora_tui.text import clean
from azora_tui.widgets.band import Band
from azora_tui.widgets.form import Field, Form
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.quick_button import QuickButton


class AccountDialog(Dialog[str]):
    """Who is signed in, and what they can do about it. Dismissed with the action that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss('profile')", "your profile", id="account.profile"),
        Binding("c", "dismiss('connections')", "your connections", id="account.connections"),
        Binding("f", "dismiss('people')", "find people", id="account.people"),
        Binding("p", "dismiss('change_password')", "change password", id="account.password"),
        Binding("o", "dismiss('sign_out')", "sign out", id="account.sign_out"),
        Binding("t", "dismiss('theme')", "theme", id="account.theme"),
        Binding("i", "dismiss('about')", "about", id="account.about"),
    ]

    def compose(self) -> ComposeResult:
        claims = self.services.claims
        with Vertical(classes="dialog"):
            if claims is not None:
                yield Static(plain_line(claims.name), classes="dialog-title")
                yield Static(plain(f"{clean(claims.email)}\n{claims.role}\n"))
            keys = (
                "y  your profile",
                "c  your connections",
                "f  find people",
                "p  change password",
                "t  theme",
                "i  about azora",
                "o  sign out",
            )
            yield Static("\n".join(keys), markup=False)
        yield KeyBar()


class ChangePasswordDialog(Dialog[bool]):
    """The current password, and a new one twice. Dismissed with True when it was changed."""

    _form = getters.query_one(Form)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Change your password", classes="dialog-title")
            with Form():
                yield Field("Current password", "current", password=True)
                yield Field("New password", "new", password=True, note=RULES)
                yield Field("New password again", "again", password=True)
                with Horizontal():
                    yield QuickButton("Change it", id="change", compact=True)
            yield Static("", id="answer", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#field-current", Field).input.focus()

    @on(Button.Pressed, "#change")
    def _submit(self) -> None:
        self._form.submit()

    @on(Form.Submitted)
    def _submitted(self) -> None:
        fields = self._form.fields
        if fields["new"].value != fields["again"].value:
            fields["again"].wrong("The two passwords differ. Type the same one twice.")
        else:
            self._change(fields["current"].value, fields["new"].value)

    @work(exclusive=True)
    async def _change(self, current: str, new: str) -> None:
        try:
            not_kept = await self.services.change_password(current, new)
        except FieldError as error:
            self._form.refuse(error)
        except AzoraError as error:
            self.query_one("#answer", Static).update(plain(str(error)))
        else:
            if not_kept:
                self.tell(not_kept, failed=True)
            self.dismiss(True)


class AboutDialog(Dialog[None]):
    """What this program is, and where one's data lies."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Band(self.glyphs.band_top)
            yield Static(f"azora-tui {__version__}", classes="dialog-title")
            yield Static(
                plain(
                    "A school in one terminal.\n"
                    "ngiyakwazi ngoba sikwazi: I can because we can.\n\n"
                    "Everything you do here stays on this computer, in\n"
                    f"{self.services.paths.home}\n\n"
                    "The program is free software under the MIT licence; each course names its own."
                )
            )
        yield KeyBar()
