"""Text whose words can be clicked."""

from rich.style import Style
from textual.widgets import Static


class Clickable(Static):
    """A line of words; those with an `@click` keep their own colours, and stand out under the mouse.

    Textual would draw all of them in the one colour that the stylesheet gives to links.
    """

    DEFAULT_CSS = """
    Clickable {
        height: 1;
        color: $text-muted;
        text-wrap: nowrap;
        text-overflow: clip;
        link-background-hover: $surface;
        link-color-hover: $text;
    }
    """

    @property
    def link_style(self) -> Style:
        return Style.null()
