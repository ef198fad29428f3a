"""The palette: every command of a page, found as one types."""

from textual.command import CommandPalette, SearchIcon

from azora_tui.screens.base import BegunOnlyWhenDrawn


class Palette(BegunOnlyWhenDrawn, CommandPalette):
    """Textual's own, that a quick key may close again, with a sign of one cell in place of its emoji."""

    def on_mount(self) -> None:
        self.query_one(SearchIcon).icon = "/"
