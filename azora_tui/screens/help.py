"""Every key of the page that one came from."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from azora_tui.screens.base import Dialog
from azora_tui.widgets.key_bar import KeyBar, screen_keys
from azora_tui.widgets.plain import plain


class HelpScreen(Dialog[None]):
    """A list of keys, made from the bindings that are in force on the page below."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,q", "dismiss(None)", "close", show=False, id="help.close"),
    ]

    def __init__(self, page: Screen[object]) -> None:
        super().__init__()
        self._here: list[tuple[str, str]] = []
        self._everywhere: list[tuple[str, str]] = []
        for keys, binding, _ in screen_keys(page):
            everywhere = (binding.id or "").startswith("app.")
            (self._everywhere if everywhere else self._here).append((", ".join(keys), binding.description))

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield Static("Keys on this page", classes="dialog-title")
            yield Static(_table(self._here), id="here")
            yield Static("Everywhere", classes="dialog-title")
            yield Static(_table(self._everywhere), id="everywhere")
        yield KeyBar()


def _table(rows: list[tuple[str, str]]) -> Content:
    width = max((len(keys) for keys, _ in rows), default=0)
    lines = [
        Content.assemble((keys.ljust(width + 3), "bold $primary"), (description, "")) for keys, description in rows
    ]
    return plain("\n").join(lines)
