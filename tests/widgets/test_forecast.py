"""The bars of the next two weeks."""

from datetime import date, timedelta

import pytest
from textual.app import App, ComposeResult

from azora_tui.glyphs import ASCII, UNICODE, Glyphs
from azora_tui.models.reviews import DueDay
from azora_tui.widgets.forecast import Forecast
from tests.screens.conftest import calm, painted


class Host(App[None]):
    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__()
        self.house = glyphs

    def compose(self) -> ComposeResult:
        yield Forecast(self.house)


async def drawn(glyphs: Glyphs, *counts: int) -> list[str]:
    app = Host(glyphs)
    async with app.run_test(size=(60, 6)):
        days = [DueDay(date(2026, 11, 22) + timedelta(days=number), count) for number, count in enumerate(counts)]
        app.query_one(Forecast).show([*days, *(DueDay(date(2026, 12, 1), 0) for _ in range(14 - len(days)))])
        await calm(app)
        return [strip.text.rstrip() for strip in painted(app)]


async def test_each_day_has_its_bar_its_number_and_its_day() -> None:
    assert [line[:16] for line in await drawn(UNICODE, 0, 1, 12, 24)] == [
        "            ██",
        "        ▄▄  ██",
        "    ▁▁  ██  ██",
        "·   1   12  24  ",
        "Su  Mo  Tu  We  ",
        "22  23  24  25  ",
    ]


async def test_few_cards_make_no_full_bar() -> None:
    assert [line[:2] for line in await drawn(UNICODE, 2)][:3] == ["", "", "▆▆"]


@pytest.mark.parametrize("counts", [(0,) * 14, (1,) * 14, tuple(range(14)), (9999, 1)])
async def test_in_ascii(counts: tuple[int, ...]) -> None:
    lines = await drawn(ASCII, *counts)
    assert "".join(lines).isascii()
    assert [
        bool(line[column * 4 : column * 4 + 2].strip()) for line in [lines[2].ljust(56)] for column in range(14)
    ] == [column < len(counts) and counts[column] > 0 for column in range(14)]
