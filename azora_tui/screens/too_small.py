"""What stands in a window that is too small for any page."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static


class TooSmallScreen(ModalScreen[None]):
    """Says how much room is wanted; goes away by itself when it is there."""

    WIDTH: ClassVar[int] = 36
    HEIGHT: ClassVar[int] = 10
    DEFAULT_CSS = """
    TooSmallScreen {
        overflow: hidden;
        & Static { color: $text; width: 100%; height: 100%; }
    }
    """

    def compose(self) -> ComposeResult:
        yield Static(f"azora needs {self.WIDTH}×{self.HEIGHT} cells. Make the window larger; all is as it was.")
