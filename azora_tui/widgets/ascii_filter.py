"""The last look at each line before a terminal gets it, where only ASCII is safe."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from azora_tui.glyphs import cells_in_ascii


class AsciiFilter(LineFilter):
    """Typographic signs become ASCII ones of the same width, whoever draws them: a sentence, a list that cuts a title,
    or Textual itself, which writes passwords as dots. Letters stay as they are."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment if segment.text.isascii() else Segment(cells_in_ascii(segment.text), segment.style, segment.control)
            for segment in segments
        ]
