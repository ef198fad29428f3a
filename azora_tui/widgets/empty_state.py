"""What a list shows instead of its rows: that it is loading, empty, or has failed."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from azora_tui.glyphs import Glyphs
from azora_tui.widgets.band import Band
from azora_tui.widgets.plain import plain

_PATIENCE = 0.3
"""Seconds before it says that something is being done; what is faster needs no word."""


class EmptyState(Vertical):
    """Stands in the place of a list. Hidden until one of its methods shows it; `hide` gives the place back."""

    DEFAULT_CSS = """
    EmptyState {
        height: 1fr;
        padding: 2 4;
        display: none;
        & Band { width: 12; margin-bottom: 1; }
        & Static { color: $text-muted; max-width: 70; }
        &.-failed Band { display: none; }
        &.-failed Static { color: $error; }
        &.-loading Band { display: none; }
    }
    """

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._glyphs = glyphs
        self._waiting = 0

    def compose(self) -> ComposeResult:
        yield Band(self._glyphs.band_top)
        yield Static("", markup=False)

    def wait(self, doing: str) -> None:
        """Say what is being done, once it takes long enough to wonder."""
        self._show("-loading", "")
        self._waiting += 1
        waiting = self._waiting
        self.set_timer(_PATIENCE, lambda: self._still_loading(waiting, doing))

    def empty(self, sentence: str) -> None:
        self._show("", sentence)

    def failed(self, sentence: str) -> None:
        self._show("-failed", f"{self._glyphs.locked} {sentence}")

    def hide(self) -> None:
        self._waiting += 1
        self.display = False

    def _still_loading(self, waiting: int, doing: str) -> None:
        if waiting == self._waiting and self.display:
            self.query_one(Static).update(plain(doing))

    def _show(self, state: str, text: str) -> None:
        self._waiting += 1
        self.set_classes(state)
        self.query_one(Static).update(plain(text))
        self.display = True
