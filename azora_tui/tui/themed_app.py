"""An app in the themes and the signs of the house."""

from collections.abc import Sequence

from textual.app import App
from textual.filter import LineFilter

from azora_tui.glyphs import ASCII, Glyphs
from azora_tui.settings import DEFAULT_THEME
from azora_tui.tui.themes import AZORA_THEMES, THEME_NAMES
from azora_tui.widgets.ascii_filter import AsciiFilter
from azora_tui.widgets.private_textual import AppWithLastWords, draw_scroll_bars

_ASCII_FILTER = AsciiFilter()


class ThemedApp(AppWithLastWords[None]):
    """Knows our themes and no others, and reads its stylesheets no more often than it must."""

    def __init__(self, css_path: list[str], theme: str, glyphs: Glyphs) -> None:
        """`theme` is the one to begin with; a name that is no theme is the default."""
        self._styled_with = ""
        self.glyphs = glyphs
        # In ASCII, Textual's own lines and scrollbars are ASCII too; in a poor locale they would be question marks.
        draw_scroll_bars(ascii_only=glyphs is ASCII)
        super().__init__(css_path=[*css_path, "ascii.tcss"] if glyphs is ASCII else [*css_path])
        for each in AZORA_THEMES:
            self.register_theme(each)
        for name in set(self.available_themes) - set(THEME_NAMES):
            self.unregister_theme(name)
        self._begin_with(theme if theme in THEME_NAMES else DEFAULT_THEME)

    def _begin_with(self, name: str) -> None:
        """The first theme. Assigning it would have every stylesheet reloaded, and none has been read yet."""
        theme = self.available_themes[name]
        if theme.ansi:
            self.theme = name
            return
        self.set_reactive(App.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self.add_class(f"-theme-{name}", update=False)
        self._styled_with = name

    def get_line_filters(self) -> Sequence[LineFilter]:
        filters = super().get_line_filters()
        return [*filters, _ASCII_FILTER] if self.glyphs is ASCII else filters

    def refresh_css(self, animate: bool = True) -> None:
        """Reload the stylesheets only where the theme has changed."""
        if self.theme == self._styled_with:
            self.stylesheet.update(self, animate=animate)
        else:
            self._styled_with = self.theme
            super().refresh_css(animate=animate)
