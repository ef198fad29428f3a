"""Writing for those who come after, and what is said about that: reports, reasons and answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Static

from azora_tui.models.wisdom import Piece, WisdomKind
from azora_tui.screens.wisdom_words import ABOUT
from azora_tui.screens.writing import WritingDialog
from azora_tui.text import clean
from azora_tui.widgets.plain import plain_line

Keep = Callable[[str, WisdomKind], Awaitable[Piece]]
Send = Callable[[str], Awaitable[object]]

_KINDS = tuple(WisdomKind)


class PieceDialog(WritingDialog[Piece]):
    """Room to write, and what kind of thing it is. Dismissed with the piece once it is on disk."""

    KEEP = "Leave it here"
    LEAVE = "Do not"
    WARNING = "esc again goes without leaving it here. ctrl+s leaves it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+o", "keep", "leave it here", priority=True, id="piece.keep"),
        Binding("ctrl+t", "kind", "another kind", priority=True, id="piece.kind"),
    ]

    def __init__(self, quote: str, keep: Keep, *, kind: WisdomKind = WisdomKind.TIP, text: str = "") -> None:
        """`quote` is the paragraph that it is about, "" for the whole lesson. `keep` writes it down, or raises."""
        super().__init__(
            self._title_of(kind),
            " ".join(clean(quote).split()) or "On the whole lesson",
            "Everybody who reads this lesson sees it. ctrl+t makes it something else.",
            text=text,
        )
        self._keep = keep
        self._kind = kind

    async def keep(self, text: str) -> Piece:
        return await self._keep(text, self._kind)

    def action_kind(self) -> None:
        self._kind = _KINDS[(_KINDS.index(self._kind) + 1) % len(_KINDS)]
        self.query_one(".dialog-title", Static).update(plain_line(self._title_of(self._kind)))

    @staticmethod
    def _title_of(kind: WisdomKind) -> str:
        return f"{ABOUT[kind]} for those who come after"


class SayingDialog(WritingDialog[bool]):
    """Some words about what somebody left. Dismissed with True once they are on disk."""

    KEEP = "Send it"
    WARNING = "esc again goes without sending it. ctrl+s sends it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+o", "keep", "send it", priority=True, id="saying.send"),
    ]

    def __init__(self, title: str, about: str, hint: str, send: Send, *, text: str = "") -> None:
        super().__init__(title, about, hint, text=text)
        self._send = send

    async def keep(self, text: str) -> bool:
        await self._send(text)
        return True
