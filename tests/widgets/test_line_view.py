"""What goes past Textual's own drawing of rows looks just as Textual would have drawn it."""

from collections.abc import Sequence
from typing import ClassVar

import pytest
from textual.app import ComposeResult
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from azora_tui.glyphs import UNICODE
from azora_tui.settings import DEFAULT_THEME
from azora_tui.tui.themed_app import ThemedApp
from azora_tui.tui.themes import THEME_NAMES
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from tests.screens.conftest import calm

KEYS = ["down", "pagedown", "pagedown", "down", "up", *["j"] * 7, "end", "pageup", "home"]


class Numbers(RecordList[int]):
    def draw_record(self, record: int, index: int, width: int) -> Sequence[Row]:
        return [([(f"number {record}", "title")], [("right", "muted")]), ([("below", "plain")], [])]


class Host(ThemedApp):
    def __init__(self, theme: str = DEFAULT_THEME) -> None:
        super().__init__([], theme, UNICODE)
        self.list = Numbers(rows_each=2, gap=1)

    def compose(self) -> ComposeResult:
        yield self.list


def looks(strips: Sequence[Strip]) -> list[Strip]:
    return [strip.simplify() for strip in strips]


class WholeCells(ScrollBarRender):
    """As in ASCII."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8


@pytest.mark.parametrize("renderer", [ScrollBarRender, WholeCells])
@pytest.mark.parametrize("theme", THEME_NAMES)
async def test_a_list_and_its_scroll_bar_look_as_textual_draws_them(
    monkeypatch: pytest.MonkeyPatch, theme: str, renderer: type[ScrollBarRender]
) -> None:
    app = Host(theme)
    monkeypatch.setattr(ScrollBar, "renderer", renderer)
    async with app.run_test(size=(40, 12)) as pilot:
        app.list.show(range(200))
        app.list.focus()
        await calm(app)
        bar = app.list.vertical_scrollbar
        for key in KEYS:
            await pilot.press(key)
            await calm(app)
            for hovered in (False, True):
                bar.mouse_over = hovered
                whole = Region(0, 0, *bar.size)
                assert looks(bar.render_lines(whole)) == looks(ScrollBar.render_lines(bar, whole))
            whole = Region(0, 0, *app.list.size)
            assert looks(app.list.render_lines(whole)) == looks(ScrollView.render_lines(app.list, whole))
            part = Region(3, 2, 20, 5)
            assert looks(app.list.render_lines(part)) == looks(ScrollView.render_lines(app.list, part))


async def test_a_row_that_stays_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    draw = Numbers.draw_record

    def count(list_: Numbers, record: int, index: int, width: int) -> Sequence[Row]:
        drawn.append(record)
        return draw(list_, record, index, width)

    monkeypatch.setattr(Numbers, "draw_record", count)
    app = Host()
    async with app.run_test(size=(40, 12)) as pilot:
        app.list.show(range(200))
        app.list.focus()
        await calm(app)
        drawn.clear()
        await pilot.press("down")
        await calm(app)
        assert sorted(drawn) == [0, 1], "the record that the cursor left, and the one it came to"
        drawn.clear()
        app.list.refresh()
        await calm(app)
        assert sorted(drawn) == [0, 1, 2, 3], "all in view: what they show may have changed"


@pytest.mark.parametrize("rule", ["outline", "tint"])
async def test_with_something_around_or_over_it_textual_draws_the_list(rule: str) -> None:
    app = Host()
    async with app.run_test(size=(40, 12)):
        app.list.show(range(200))
        await calm(app)
        whole = Region(0, 0, *app.list.size)
        bare = looks(app.list.render_lines(whole))
        setattr(app.list.styles, rule, ("solid", "red") if rule == "outline" else "red 50%")
        await calm(app)
        assert looks(app.list.render_lines(whole)) == looks(ScrollView.render_lines(app.list, whole)) != bare


async def test_with_something_over_it_textual_draws_the_scroll_bar() -> None:
    app = Host()
    async with app.run_test(size=(40, 12)):
        app.list.show(range(200))
        await calm(app)
        bar = app.list.vertical_scrollbar
        whole = Region(0, 0, *bar.size)
        bare = looks(bar.render_lines(whole))
        bar.styles.tint = "red 50%"
        await calm(app)
        assert looks(bar.render_lines(whole)) != bare
