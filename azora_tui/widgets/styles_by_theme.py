"""Styles that are found once for a theme: to ask Textual for one is expensive, and a list asks for each row."""

from collections.abc import Callable

from rich.style import Style
from textual.widget import Widget


class StylesByTheme:
    """The style of each role as `find` gives it, kept until the app has another theme."""

    def __init__(self, widget: Widget, find: Callable[[str], Style]) -> None:
        self._widget = widget
        self._find = find
        self._theme = ""
        self._styles: dict[str, Style] = {}

    def __call__(self, role: str) -> Style:
        if self._theme != self._widget.app.theme:
            self._theme, self._styles = self._widget.app.theme, {}
        if role not in self._styles:
            self._styles[role] = self._find(role)
        return self._styles[role]
