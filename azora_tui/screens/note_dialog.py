"""Writing a note on a paragraph."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static, TextArea

from azora_tui.errors import AzoraError
from azora_tui.models.notes import Note
from azora_tui.screens.base import Dialog
from azora_tui.text import clean
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.plain import plain
from azora_tui.widgets.plain_text_area import PlainTextArea
from azora_tui.widgets.quick_button import QuickButton

Keep = Callable[[str], Awaitable[Note]]


class NoteDialog(Dialog[Note]):
    """The paragraph, and room to write. Dismissed with the note once it is on disk."""

    CSS_PATH = "note_dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+o", "keep", "keep it", priority=True, id="note.keep"),
    ]

    _text_area = getters.query_one(TextArea)

    def __init__(self, quote: str, text: str, keep: Keep) -> None:
        """`keep` writes the text down and answers with the note, or raises an `AzoraError`."""
        super().__init__()
        self._quote = " ".join(clean(quote).split())
        self._text = clean(text)
        self._keep = keep
        self._warned = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Your note on this paragraph", classes="dialog-title")
            yield Static(plain(self._quote), id="quote")
            yield PlainTextArea(
                self._text,
                soft_wrap=True,
                tab_behavior="focus",
                show_line_numbers=False,
                highlight_cursor_line=False,
                compact=True,
                id="note-text",
            )
            yield Static("Without words it is a bookmark. Only you can see it.", id="answer", markup=False)
            with Horizontal():
                yield QuickButton("Keep it", id="keep", compact=True)
                yield QuickButton("Leave it", id="leave", compact=True, classes="quiet")
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

    @work(exclusive=True)
    async def action_keep(self) -> None:
        try:
            note = await self._keep(self._text_area.text)
        except AzoraError as error:
            self._answer(str(error), failed=True)
        else:
            self.dismiss(note)

    async def action_dismiss(self, result: Note | None = None) -> None:
        """What was written is not lost by one key."""
        if self._text_area.text == self._text or self._warned:
            self.dismiss(result)
        else:
            self._warned = True
            self._answer("esc again leaves without keeping it. ctrl+s keeps it.")

    @on(TextArea.Changed)
    def _written_on(self) -> None:
        self._warned = False

    def _answer(self, words: str, *, failed: bool = False) -> None:
        answer = self.query_one("#answer", Static)
        answer.update(plain(words))
        answer.set_class(failed, "-failed")
