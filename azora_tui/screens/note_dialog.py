"""Writing a note on a paragraph."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from azora_tui.models.notes import Note
from azora_tui.screens.writing import WritingDialog
from azora_tui.text import clean

Keep = Callable[[str], Awaitable[Note]]


class NoteDialog(WritingDialog[Note]):
    """The paragraph, and room to write. Dismissed with the note once it is on disk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+o", "keep", "keep it", priority=True, id="note.keep"),
    ]

    def __init__(self, quote: str, text: str, keep: Keep) -> None:
        """`keep` writes the text down and answers with the note, or raises an `AzoraError`."""
        super().__init__(
            "Your note on this paragraph",
            " ".join(clean(quote).split()),
            "Without words it is a bookmark. Only you can see it.",
            text=text,
        )
        self._keep = keep

    async def keep(self, text: str) -> Note:
        return await self._keep(text)
