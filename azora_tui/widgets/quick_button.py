"""A button that takes every press."""

from textual.widgets import Button


class QuickButton(Button):
    """Textual's takes no key as long as it shows that it was pressed, and one typed ahead would be lost."""

    def action_press(self) -> None:
        self.press()
