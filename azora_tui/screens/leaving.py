"""Taking everything along, and deleting one's account."""

import os
from pathlib import Path

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from azora_tui.errors import AzoraError, FieldError
from azora_tui.paths import typed_path
from azora_tui.screens.base import Dialog
from azora_tui.widgets.form import Field, Form
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain
from azora_tui.widgets.quick_button import QuickButton
from azora_tui.wording import departing as words

_FIRST = "~/azora-me.zip"


class TakeAlongDialog(Dialog[Path]):
    """Asks for a file. Dismissed with its path once everything is in it."""

    CSS_PATH = "leaving.tcss"

    _field = getters.query_one(Field)

    def __init__(self) -> None:
        super().__init__()
        self._warned_of: Path | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Take everything along", classes="dialog-title")
            yield Static(words.ARCHIVE, classes="what", markup=False)
            with Form():
                yield Field("File", "file", value=_FIRST)
                with Horizontal():
                    yield QuickButton("Write it", id="write", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self._field.input)

    @on(Button.Pressed, "#write")
    def _pressed(self) -> None:
        self.query_one(Form).submit()

    @on(Form.Submitted)
    def _submitted(self) -> None:
        path = typed_path(self._field.value.strip())
        if path.suffix != ".zip":
            self._field.wrong("End it with .zip.")
        else:
            self._write(path)

    @work(exclusive=True)
    async def _write(self, path: Path) -> None:
        if path != self._warned_of and await self.services.in_thread(os.path.lexists, path):
            self._warned_of = path
            self._field.wrong("There is such a file already. enter again replaces it.")
            return
        try:
            await self.services.take_along(path)
        except AzoraError as error:
            self._field.wrong(str(error))
        else:
            self.dismiss(path)


class DeleteAccountDialog(Dialog[str]):
    """Says what goes and what stays, and asks for the password. Dismissed with what is to be said once the account is
    closed for good."""

    CSS_PATH = "leaving.tcss"

    _form = getters.query_one(Form)
    _answer = getters.query_one("#answer", Static)

    def compose(self) -> ComposeResult:
        backups = self.services.paths.backups()
        with Vertical(classes="dialog"):
            yield Static("Delete this account", classes="dialog-title")
            yield Static(
                plain("\n".join([words.IN_SHORT, *([words.some_untouched(backups)] if backups else [])])),
                classes="what",
            )
            with Form():
                yield Field("Your password", "password", password=True)
                with Horizontal():
                    yield QuickButton("Delete it for good", id="delete", compact=True)
                    yield QuickButton("Stay", id="stay", compact=True, classes="quiet")
            yield Static("", id="answer", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self._answer.display = False
        self.set_focus(self._form.fields["password"].input)

    @on(Button.Pressed, "#delete")
    def _delete_pressed(self) -> None:
        self._form.submit()

    @on(Button.Pressed, "#stay")
    def _stay_pressed(self) -> None:
        self.dismiss(None)

    @on(Form.Submitted)
    def _submitted(self) -> None:
        field = self._form.fields["password"]
        if not field.value:
            field.wrong("Your password is needed here.")
        else:
            self._leave(field.value)

    @work(exclusive=True)
    async def _leave(self, password: str) -> None:
        try:
            backups = await self.services.leave(password)
        except FieldError as error:
            self._form.refuse(error)
        except AzoraError as error:
            if self.services.claims is None:  # it is closed, and the next start does the rest
                self.dismiss(str(error))
            else:
                self._answer.update(plain(str(error)))
                self._answer.display = True
        else:
            self.dismiss(" ".join([words.LEFT, *([words.not_touched(backups)] if backups else [])]))
