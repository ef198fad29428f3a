"""What scrolls answers to the same keys everywhere, and leaves a key to the page where there is nothing more to see."""

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from azora_tui.widgets.key_scroll import KeyScroll


class Scrolling(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,j,G", "beyond", "beyond")]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.animation_level = "none"
        self.beyond = 0
        self._rows = rows

    def compose(self) -> ComposeResult:
        with KeyScroll():
            yield Static("\n".join(map(str, range(self._rows))))

    def action_beyond(self) -> None:
        self.beyond += 1


@pytest.mark.parametrize(
    ("keys", "row"),
    [("j", 1), ("jj", 2), ("jjk", 1), (" ", 10), (" b", 0), ("G", 20), ("Gg", 0), ("Gk", 19), ("down", 1)],
)
async def test_each_key_scrolls(keys: str, row: int) -> None:
    app = Scrolling(30)
    async with app.run_test(size=(20, 10)) as pilot:
        for key in [keys] if keys == "down" else keys:
            await pilot.press("space" if key == " " else key)
            await pilot.pause()
        assert app.query_one(KeyScroll).scroll_offset.y == row
        assert app.beyond == 0


@pytest.mark.parametrize(("rows", "first"), [(5, ()), (30, ("G",))])
async def test_at_the_end_a_key_is_the_page_s(rows: int, first: tuple[str, ...]) -> None:
    app = Scrolling(rows)
    async with app.run_test(size=(20, 10)) as pilot:
        for key in (*first, "space", "j", "G"):
            await pilot.press(key)
            await pilot.pause()
        assert app.beyond == 3
