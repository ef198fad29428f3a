"""Opening the account that one was invited to: a password of one's own in place of the word."""

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from azora_tui.auth.passwords import RULES
from azora_tui.errors import AzoraError, FieldError
from azora_tui.screens.base import Dialog
from azora_tui.widgets.form import Field, Form
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain
from azora_tui.widgets.quick_button import QuickButton


class OpenAccountDialog(Dialog[bool]):
    """A password twice. Dismissed with True when the account is open and its person signed in."""

    CSS_PATH = "open_account.tcss"

    _form = getters.query_one(Form)

    def __init__(self, email: str, word: str) -> None:
        super().__init__()
        self._email = email
        self._word = word

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Welcome", classes="dialog-title")
            yield Static(
                "You were invited, and this word opens your account once. Choose a password of your own.\n",
                markup=False,
            )
            with Form():
                yield Field("New password", "password", password=True, note=RULES)
                yield Field("New password again", "again", password=True)
                with Horizontal():
                    yield QuickButton("Open my account", id="open", compact=True)
            yield Static("", id="answer", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self._form.fields["password"].input)

    @on(Button.Pressed, "#open")
    def _submit(self) -> None:
        self._form.submit()

    @on(Form.Submitted)
    def _submitted(self) -> None:
        fields = self._form.fields
        if fields["password"].value != fields["again"].value:
            fields["again"].wrong("The two passwords differ. Type the same one twice.")
        else:
            self._open(fields["password"].value)

    @work(exclusive=True)
    async def _open(self, password: str) -> None:
        try:
            not_kept = await self.services.open_account(self._email, self._word, password)
        except FieldError as error:
            self._form.refuse(error)
        except AzoraError as error:
            self.query_one("#answer", Static).update(plain(str(error)))
        else:
            self._form.clear()
            if not_kept:
                self.tell(not_kept, failed=True)
            self.dismiss(True)
