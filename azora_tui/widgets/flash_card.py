"""A card of the review: its front, and once it was asked for its back."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from azora_tui.glyphs import Glyphs
from azora_tui.models.reviews import Flashcard
from azora_tui.widgets.reader import Passage


class FlashCard(Vertical, can_focus=True):
    """Keys belong to the page; the card has the focus so that the arrows scroll a long one."""

    DEFAULT_CSS = """
    FlashCard {
        height: auto;
        & .card-how { color: $text-muted; }
        & .card-front { margin: 1 0; }
        & .card-rule { width: 12; height: 1; color: $primary; margin-bottom: 1; }
    }
    """

    def __init__(self, card: Flashcard, place: str, glyphs: Glyphs, *, ascii: bool = False) -> None:
        super().__init__()
        self._card = card
        self._place = place
        self._glyphs = glyphs
        self._ascii = ascii

    def compose(self) -> ComposeResult:
        yield Static(Content(f"{self._place} {self._glyphs.separator} recall it, then look"), classes="card-how")
        yield Passage(self._card.front, ascii=self._ascii, classes="card-front")
        yield Static(Content(self._glyphs.bar * 12), classes="card-rule")
        yield Passage(self._card.back, ascii=self._ascii, classes="card-back")

    def on_mount(self) -> None:
        self._set_turned(False)

    def turn(self) -> None:
        """Show the back, below the front."""
        self._set_turned(True)

    def _set_turned(self, turned: bool) -> None:
        self.query_one(".card-rule").display = turned
        self.query_one(".card-back").display = turned
