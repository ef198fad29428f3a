"""Taking a certificate away as a file, and choosing the name that it shows."""

import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from azora_tui.errors import AzoraError, FieldError
from azora_tui.lms.credentials.exporting import FORMS, Form
from azora_tui.models.credentials import Credential, Shown
from azora_tui.paths import typed_path
from azora_tui.screens.base import Dialog
from azora_tui.text import fold
from azora_tui.widgets.form import Field
from azora_tui.widgets.form import Form as FieldForm
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain
from azora_tui.widgets.quick_button import QuickButton

_FORMS_SAID = """\
The ending says what it is:
.pdf     for the wall
.svg     a picture with the certificate in it
.png     a badge with the certificate in it
.jwt     the certificate itself
.json    the same, to be read
.bundle  with all that checking it needs
"""


class ExportDialog(Dialog[Path]):
    """Asks for a file. Dismissed with its path once it is written."""

    CSS_PATH = "certificate_dialogs.tcss"

    _field = getters.query_one(Field)
    _answer = getters.query_one("#answer", Static)

    def __init__(self, title: str, export: Callable[[Path, Form], Awaitable[None]]) -> None:
        """`export` writes the file, or raises an `AzoraError`."""
        super().__init__()
        name = re.sub(r"[^\w]+", "-", fold(title)).strip("-") or "certificate"
        self._first = f"~/{name[:60]}.pdf"
        self._export = export
        self._warned_of: Path | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Export this certificate", classes="dialog-title")
            with FieldForm():
                yield Field("File", "file", value=self._first)
                yield Static(_FORMS_SAID, id="forms", markup=False)
                with Horizontal():
                    yield QuickButton("Write it", id="write", compact=True)
            yield Static("", id="answer", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self._field.input)

    @on(Button.Pressed, "#write")
    def _pressed(self) -> None:
        self.query_one(FieldForm).submit()

    @on(FieldForm.Submitted)
    def _submitted(self) -> None:
        field = self._field
        path = typed_path(field.value.strip())
        form = next((each for each in FORMS if path.suffix == f".{each}"), None)
        if form is None:
            field.wrong(f"End it with .{', .'.join(FORMS[:-1])} or .{FORMS[-1]}.")
        else:
            self._write(path, form)

    @work(exclusive=True, group="aside-write")  # esc stops it
    async def _write(self, path: Path, form: Form) -> None:
        if path != self._warned_of and await self.services.in_thread(os.path.exists, path):
            self._warned_of = path
            self._field.wrong("There is such a file already. enter again replaces it.")
            return
        self._answer.update(f"Making the {form} … esc stops it, and nothing is written.")
        try:
            await self._export(path, form)
        except AzoraError as error:
            self._answer.update("")
            self._field.wrong(str(error))
            return
        if self.app.screen is self:
            self.dismiss(path)


class NameDialog(Dialog[Credential]):
    """Asks what a certificate shows of its holder. Dismissed with the new certificate."""

    CSS_PATH = "certificate_dialogs.tcss"

    _field = getters.query_one(Field)
    _form = getters.query_one(FieldForm)

    def __init__(self, shown: Shown, name: str, make_out: Callable[[Shown], Awaitable[Credential]]) -> None:
        super().__init__()
        self._shown = shown
        self._account_name = name
        self._with_email = shown.with_email
        self._make_out = make_out

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("What this certificate shows of you", classes="dialog-title")
            with FieldForm():
                yield Field(
                    "Name on it", "pseudonym", value=self._shown.pseudonym or "", placeholder=self._account_name,
                    note="Empty: the name of your account",
                )  # fmt: skip
                email = QuickButton(self._email_words, id="email", compact=True, classes="quiet")
                email.active_effect_duration = 0  # its words change at once; that is effect enough
                yield email
                yield Static("The certificate is issued again, and the old one is revoked.", id="what", markup=False)
                with Horizontal():
                    yield QuickButton("Issue it again", id="make", compact=True)
            yield Static("", id="answer", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self._field.input)

    @property
    def _email_words(self) -> Content:
        if self._with_email:
            return Content(f"{self.glyphs.done} with a salted hash of your e-mail, for who knows it")
        return Content(f"{self.glyphs.new} without any trace of your e-mail")

    @on(Button.Pressed, "#email")
    def _turn_email(self, event: Button.Pressed) -> None:
        self._with_email = not self._with_email
        event.button.label = self._email_words

    @on(Button.Pressed, "#make")
    def _pressed(self) -> None:
        self._form.submit()

    @on(FieldForm.Submitted)
    def _submitted(self) -> None:
        self._make(Shown(self._field.value.strip() or None, self._with_email))

    @work(exclusive=True)
    async def _make(self, shown: Shown) -> None:
        try:
            made = await self._make_out(shown)
        except FieldError as error:
            self._form.refuse(error)
        except AzoraError as error:
            self.query_one("#answer", Static).update(plain(str(error)))
        else:
            if self.app.screen is self:
                self.dismiss(made)
