"""Asking before a link leaves the school."""

import os
import sys
import webbrowser
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from azora_tui.screens.base import Dialog
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain


class LinkDialog(Dialog[None]):
    """Shows where a link leads; enter opens it in the browser, y copies it, esc stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open in the browser", id="link.open"),
        Binding("y", "copy", "copy the address", id="link.copy"),
    ]

    def __init__(self, href: str) -> None:
        super().__init__()
        self._href = href

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("This link leaves the school", classes="dialog-title")
            yield Static(plain(self._href))
            yield Static("", id="answer")
        yield KeyBar()

    @work(exclusive=True)
    async def action_open(self) -> None:
        if not _has_desktop():
            self._answer("No browser can be opened from this terminal. Copy the address with y, or note it down.")
        elif await self.services.in_thread(webbrowser.open, self._href):
            self.dismiss(None)
        else:
            self._answer("No browser was found. Copy the address with y, or note it down.")

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._href)
        self._answer("The address was handed to your terminal's clipboard. Some terminals do not take it.")

    def _answer(self, sentence: str) -> None:
        self.query_one("#answer", Static).update(plain(f"\n{sentence}"))


def _has_desktop() -> bool:
    """Whether a browser would open a window of its own; a text browser would take this very terminal."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
