"""One row of text in named colours, drawn by hand where a widget a row would be too slow."""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from azora_tui.text import clean

# (text, role): the role names a component class, and so a colour.
Span = tuple[str, str]
Row = tuple[Sequence[Span], Sequence[Span]]
"""What stands at the left of a row, and what stands at its right end and is never cut."""


def draw_row(row: Row, width: int, style_of: Callable[[str], Style], *, ellipsis: str = "…") -> Strip:
    """Draw a row in exactly `width` cells; the left part gives way to the right one.

    Texts are cleaned of control characters here, whatever cleaned them before.
    """
    left, right = (
        Strip([Segment(clean(text, keep_newlines=False), style_of(role)) for text, role in spans]) for spans in row
    )
    room = width - right.cell_length - (1 if right.cell_length else 0)
    if room < 1:
        return right.adjust_cell_length(width, style_of(""))
    if left.cell_length > room:
        left = Strip([*left.crop(0, max(0, room - 1)), Segment(ellipsis, style_of("muted"))])
    return Strip.join([left.adjust_cell_length(width - right.cell_length, style_of("")), right])
