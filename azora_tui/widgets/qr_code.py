"""A QR code drawn in characters."""

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget


class QrCode(Widget):
    """Two modules a cell, one above the other; in ASCII a module is two spaces.

    It is dark on light in every theme, for that is how cameras look for it.
    """

    DEFAULT_CSS = """
    QrCode {
        width: auto;
        height: auto;
        color: $foreground;
        background: $background;
        &:dark { color: $background; background: $foreground; }
        &:ansi { color: ansi_black; background: ansi_bright_white; }
    }
    """

    def __init__(self, *, ascii_only: bool, id: str | None = None) -> None:
        super().__init__(id=id)
        self._ascii_only = ascii_only
        self._modules: list[list[bool]] = []

    def show(self, modules: list[list[bool]]) -> None:
        """Draw these modules; True is dark."""
        self._modules = modules
        self.refresh(layout=True)

    def get_content_width(self, *_: object) -> int:
        return len(self._modules) * (2 if self._ascii_only else 1)

    def get_content_height(self, *_: object) -> int:
        return len(self._modules) if self._ascii_only else (len(self._modules) + 1) // 2

    def render_line(self, y: int) -> Strip:
        style = self.rich_style
        if self._ascii_only:
            dark = style + Style(reverse=True)
            return Strip([Segment("  ", dark if each else style) for each in self._row(y)])
        above, below = self._row(2 * y), self._row(2 * y + 1)
        text = "".join(_HALVES[up, down] for up, down in zip(above, below, strict=True))
        return Strip([Segment(text, style)])

    def _row(self, number: int) -> list[bool]:
        if number < len(self._modules):
            return self._modules[number]
        return [False] * len(self._modules)


_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
