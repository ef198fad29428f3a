"""Asking for the word that lets a class into its course."""

from collections.abc import Awaitable, Callable

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from azora_tui.errors import AzoraError
from azora_tui.screens.base import Dialog
from azora_tui.widgets.form import Field, Form
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain_line
from azora_tui.widgets.quick_button import QuickButton


class EnrollmentKeyDialog(Dialog[bool]):
    """Dismissed with True once a key was taken."""

    _field = getters.query_one(Field)
    _form = getters.query_one(Form)

    def __init__(self, title: str, does: str, take: Callable[[str], Awaitable[str]]) -> None:
        """`does` is what the button says; `take` answers with what is wrong with a key, or "" where it was taken."""
        super().__init__()
        self._title = title
        self._does = does
        self._take = take

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_line(self._title), classes="dialog-title")
            yield Static("This course asks for a key. Who teaches it tells you.\n", markup=False)
            with Form():
                yield Field("Key", "key")
                with Horizontal():
                    yield QuickButton(self._does, id="take", compact=True)
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self._field.input)

    @on(Button.Pressed, "#take")
    def _pressed(self) -> None:
        self._form.submit()

    @on(Form.Submitted)
    @work(exclusive=True)
    async def _submitted(self) -> None:
        try:
            wrong = await self._take(self._field.value)
        except AzoraError as error:
            wrong = str(error)
        if wrong:
            self._field.wrong(wrong)
        elif self.app.screen is self:
            self.dismiss(True)
