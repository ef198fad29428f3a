"""Every key of the page that one came from: found as one types, and pressed with enter."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Input, Static

from azora_tui.screens.base import Dialog
from azora_tui.text import fold
from azora_tui.widgets.key_bar import KeyBar, screen_keys
from azora_tui.widgets.key_list import KeyEntry, KeyList
from azora_tui.widgets.plain import PlainInput, plain_line


class HelpScreen(Dialog[str]):
    """A list of keys, made from the bindings in force on the page below; dismissed with the one that was chosen."""

    AUTO_FOCUS = "#keys"
    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "find a key", priority=True, id="help.filter"),
        Binding("question_mark,q", "dismiss(None)", "close", show=False, id="help.close"),
        Binding("escape", "back", "close", id="help.back"),
    ]

    _filter_input = getters.query_one("#help-filter", Input)
    _list = getters.query_one("#keys", KeyList)
    _none = getters.query_one("#none", Static)

    def __init__(self, page: Screen[object]) -> None:
        super().__init__()
        entries = [
            KeyEntry(", ".join(keys), binding.description, binding.key, enabled, (binding.id or "").startswith("app."))
            for keys, binding, enabled in screen_keys(page)
        ]
        self._entries = sorted(entries, key=lambda entry: entry.everywhere)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Keys on this page, then those that work everywhere", classes="dialog-title", markup=False)
            yield HelpFilter(placeholder="what a key does", compact=True, id="help-filter")
            yield KeyList(self.glyphs, id="keys")
            yield Static("", id="none", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self._filter_input.display = self._none.display = False
        self._list.show_keys(self._entries)

    @on(Input.Changed, "#help-filter")
    def _narrow(self, event: Input.Changed) -> None:
        words = fold(event.value).split()
        found = [each for each in self._entries if all(word in fold(f"{each.keys} {each.does}") for word in words)]
        self._list.show_keys(found)
        self._none.update(plain_line(f"No key does “{event.value}”. esc shows them all."))
        self._none.display, self._list.display = not found, bool(found)

    @on(Input.Submitted, "#help-filter")
    def _submitted(self) -> None:
        self._list.action_choose()

    @on(KeyList.Chosen)
    def _chosen(self, event: KeyList.Chosen) -> None:
        entry: KeyEntry = event.record
        if entry.enabled:
            self.dismiss(entry.key)

    def action_filter(self) -> None:
        self._filter_input.display = True
        self.set_focus(self._filter_input)

    def action_back(self) -> None:
        """Show all keys again where they were narrowed, and only then close."""
        if self._filter_input.display:
            self._filter_input.value = ""
            self._filter_input.display = False
            self.set_focus(self._list)
        else:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "filter":
            return self.is_mounted and not self._filter_input.has_focus
        return super().check_action(action, parameters)


class HelpFilter(PlainInput):
    """Words that narrow the keys; the arrows move in what is left of them, and enter presses one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "press it", id="help.press"),
        Binding("down", "move(1)", "down", show=False, id="help.down"),
        Binding("up", "move(-1)", "up", show=False, id="help.up"),
    ]

    def action_move(self, step: int) -> None:
        self.screen.query_one(KeyList).action_move(step)
