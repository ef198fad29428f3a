"""One row of text in named colours, drawn by hand where a widget a row would be too slow."""

from collections.abc import Callable, Sequence

from rich.cells import cell_len
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
    left, right = ([Segment(clean(text, keep_newlines=False), style_of(role)) for text, role in spans] for spans in row)
    taken = sum(cell_len(segment.text) for segment in right)
    room = width - taken - (1 if taken else 0)
    if room < 1:
        return Strip(right).adjust_cell_length(width, style_of(""))
    used = sum(cell_len(segment.text) for segment in left)
    if used > room:
        left = [*Strip(left, used).crop(0, max(0, room - 1)), Segment(ellipsis, style_of("muted"))]
        used = sum(cell_len(segment.text) for segment in left)
    if used < width - taken:
        left.append(Segment(" " * (width - taken - used), style_of("")))
    return Strip([*left, *right], width)
