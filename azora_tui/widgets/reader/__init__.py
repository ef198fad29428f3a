"""A Markdown reader for Textual: lessons of any size, the first page at once, by keyboard and by mouse.

Depends on Textual and, in this project, on `azora_tui.text`, `azora_tui.models.quizzes` and `azora_tui.formats` alone.
"""

from azora_tui.widgets.reader.blocks import Heading
from azora_tui.widgets.reader.choosing_view import ChosenParagraph
from azora_tui.widgets.reader.keys import READER_BINDINGS
from azora_tui.widgets.reader.passage import Passage
from azora_tui.widgets.reader.position import Position
from azora_tui.widgets.reader.reader import MarkdownReader

__all__ = [
    "READER_BINDINGS",
    "ChosenParagraph",
    "Heading",
    "MarkdownReader",
    "Passage",
    "Position",
]
