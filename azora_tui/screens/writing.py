"""Writing some lines of text over a page: what all dialogs for it have."""

from typing import Any, TypeVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static, TextArea

from azora_tui.errors import AzoraError
from azora_tui.screens.base import Dialog
from azora_tui.text import clean
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.plain_text_area import PlainTextArea
from azora_tui.widgets.quick_button import QuickButton

T = TypeVar("T")


class WritingDialog(Dialog[T]):
    """What it is about, and room to write. Dismissed with what `keep` makes of it, once that is on disk."""

    CSS_PATH = "writing.tcss"
    KEEP = "Keep it"
    LEAVE = "Leave it"
    WARNING = "esc again leaves without keeping it. ctrl+s keeps it."

    _text_area = getters.query_one(TextArea)

    def __init__(self, title: str, about: str, hint: str, *, text: str = "") -> None:
        """`hint` stands under the `text` until there is something else to say."""
        super().__init__()
        self._title = title
        self._about = about
        self._hint = hint
        self._text = clean(text)
        self._warned = False
        self._keeping = False

    async def keep(self, text: str) -> T:
        """Write the text down. Raises `AzoraError` where that is refused."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_line(self._title), classes="dialog-title")
            yield Static(plain(self._about), id="about")
            yield PlainTextArea(
                self._text,
                soft_wrap=True,
                tab_behavior="focus",
                show_line_numbers=False,
                highlight_cursor_line=False,
                compact=True,
                id="text",
            )
            yield Static(plain(self._hint), id="answer")
            with Horizontal():
                yield QuickButton(self.KEEP, id="keep", compact=True)
                yield QuickButton(self.LEAVE, id="leave", compact=True, classes="quiet")
        yield KeyBar()

    def on_mount(self) -> None:
        text = self._text_area
        text.move_cursor(text.document.end)
        self.set_focus(text)

    @on(Button.Pressed, "#keep")
    def _keep_pressed(self) -> None:
        self.action_keep()

    @on(Button.Pressed, "#leave")
    async def _leave_pressed(self) -> None:
        await self.action_dismiss()

    @work
    async def action_keep(self) -> None:
        if self._keeping:  # a second click would send it twice
            return
        self._keeping = True
        try:
            kept = await self.keep(self._text_area.text)
        except AzoraError as error:
            self._answer(str(error), failed=True)
        else:
            if self.is_current:
                self.dismiss(kept)
        finally:
            self._keeping = False

    async def action_dismiss(self, result: Any = None) -> None:
        """What was written is not lost by one key."""
        if self._text_area.text == self._text or self._warned:
            self.dismiss(result)
        else:
            self._warned = True
            self._answer(self.WARNING)

    @on(TextArea.Changed)
    def _written_on(self) -> None:
        self._warned = False

    def _answer(self, words: str, *, failed: bool = False) -> None:
        answer = self.query_one("#answer", Static)
        answer.update(plain(words))
        answer.set_class(failed, "-failed")
