"""What one is asked before it is done to somebody: with which words to connect, and whether to end or block."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from azora_tui.lms.together import connections
from azora_tui.models.profiles import PersonSeen
from azora_tui.screens.base import Dialog
from azora_tui.screens.writing import WritingDialog
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.quick_button import QuickButton
from azora_tui.wording.profiles import name_of


class AskDialog(WritingDialog[PersonSeen]):
    """A sentence to somebody whom one would connect with, or none. Dismissed with how they stand once it was sent."""

    KEEP = "Ask"
    LEAVE = "Leave it"
    WARNING = "esc again leaves without asking. ctrl+s asks."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+o", "keep", "ask", priority=True, id="person.send"),
    ]

    def __init__(self, person: PersonSeen) -> None:
        super().__init__(
            f"Connect with {name_of(person.name)}",
            "They see your name and this sentence, also where your profile is closed.",
            f"At most {connections.MAX_WORDS_LENGTH} characters, or none at all.",
        )
        self._person = person

    async def keep(self, text: str) -> PersonSeen:
        return await self.ask(connections.ask, self._person.user_id, text)


class SureDialog(Dialog[bool]):
    """What will happen, and whether it is meant. Dismissed with True where it is."""

    CSS_PATH = "profile_dialogs.tcss"

    def __init__(self, title: str, happens: str, does: str) -> None:
        """`happens` is said in whole sentences, `does` on the button."""
        super().__init__()
        self._title = title
        self._happens = happens
        self._does = does

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_line(self._title), classes="dialog-title")
            yield Static(plain(self._happens), id="happens")
            with Horizontal():
                yield QuickButton(self._does, id="sure", compact=True)
                yield QuickButton("Leave it", id="leave", compact=True, classes="quiet")
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#leave"))  # what cannot be taken back by a key takes more than one

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "sure")
