"""The mark of the house: one thin geometric band in the manner of Ndebele wall painting."""

from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget


class Band(Widget):
    """A band of triangles, one cell high, in the three colours of the house."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"band--gold", "band--clay", "band--green"}
    DEFAULT_CSS = """
    Band {
        height: 1;
        & .band--gold { color: $primary; }
        & .band--clay { color: $accent; }
        & .band--green { color: $secondary; }
    }
    """

    def __init__(self, pattern: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pattern = pattern

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        colours = [self.get_component_rich_style(f"band--{name}") for name in ("gold", "clay", "green")]
        width = self.size.width
        cells = [
            Segment(self._pattern, colours[number % len(colours)]) for number in range(width // len(self._pattern) + 1)
        ]
        return Strip(cells).crop(0, width).adjust_cell_length(width, base)
