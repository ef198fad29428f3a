"""Text from files and people: always text, never markup, and nothing that a terminal would obey."""

from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from azora_tui.text import clean

_MAX_LENGTH = 1025
"""One more than any field takes, so that too much is refused in words instead of being cut in silence."""


def plain(text: str) -> Content:
    """Content to show a text of any number of lines as it stands."""
    return Content(clean(text).replace("\t", " "))


def plain_line(text: str) -> Content:
    """Content to show a text on one line."""
    return Content(clean(text, keep_newlines=False))


class PlainInput(Input):
    """An input for one clean line, which takes as much of a paste as it has room for.

    Textual's own shows control characters as they come, and refuses a longer paste in silence. And it lays the whole
    page out again at each letter, though what is typed into a line of a given width moves nothing around it.
    """

    virtual_size = Reactive(Size(0, 0), layout=False)

    def replace(self, text: str, start: int, end: int) -> None:
        room = _MAX_LENGTH - len(self.value) + abs(end - start)
        super().replace(clean(text[: room + 1], keep_newlines=False)[:room], start, end)
