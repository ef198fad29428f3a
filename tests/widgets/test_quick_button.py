"""A button that takes every press, where Textual's takes none for a while after one."""

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Button

from azora_tui.widgets.quick_button import QuickButton


class OneButton(App[None]):
    def __init__(self, button: Button) -> None:
        super().__init__()
        self.button = button
        self.presses = 0

    def compose(self) -> ComposeResult:
        yield self.button

    def on_button_pressed(self) -> None:
        self.presses += 1


@pytest.mark.parametrize(("kind", "taken"), [(QuickButton, 3), (Button, 1)], ids=["ours", "control"])
async def test_presses_close_together_are_all_taken(kind: type[Button], taken: int) -> None:
    button = kind("Go")
    button.active_effect_duration = 3_600  # as long as that, however slow the computer is
    app = OneButton(button)
    async with app.run_test() as pilot:
        button.focus()
        await pilot.press("enter", "enter", "enter")
        assert app.presses == taken
