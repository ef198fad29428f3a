"""Handing work in: what happens then, and the last moment to go on writing."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from azora_tui.screens.base import Dialog
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain
from azora_tui.widgets.quick_button import QuickButton


class HandInDialog(Dialog[bool]):
    """Dismissed with whether it is to be handed in."""

    CSS_PATH = "hand_in_dialog.tcss"

    def __init__(self, title: str, version: int) -> None:
        super().__init__()
        self._title = title
        self._version = version

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(f"Hand in: {self._title}"), classes="dialog-title")
            yield Static(
                f"This is version {self._version}. Who teaches the course reads it then, and you can write on once it"
                " is answered. It is kept as it is.",
                id="what-happens",
                markup=False,
            )
            with Horizontal():
                yield QuickButton("Hand it in", id="hand-in", compact=True)
                yield QuickButton("Write on", id="write-on", compact=True, classes="quiet")
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#hand-in"))

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "hand-in")
