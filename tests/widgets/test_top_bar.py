"""The line on top: where one is, what else there is, and who is signed in."""

import pytest
from textual.app import App, ComposeResult

from azora_tui.widgets.top_bar import TopBar, _fitting
from tests.screens.conftest import calm, painted

AREAS = (("catalog", "Catalog"), ("learning", "My learning"), ("circles", "Circles"))


class Host(App[None]):
    def __init__(self, account: str, current: str = "learning") -> None:
        super().__init__()
        self.account = account
        self.current = current
        self.areas: tuple[tuple[str, str], ...] = AREAS
        self.went: list[str] = []

    def compose(self) -> ComposeResult:
        yield TopBar(self.areas, self.current, self.account, "─", "▾")

    def action_go(self, mode: str) -> None:
        self.went.append(mode)

    def action_account(self) -> None:
        self.went.append("account")


async def test_every_area_with_its_key_and_the_person() -> None:
    app = Host("Thandi Nkosi")
    async with app.run_test(size=(80, 5)):
        await calm(app)
        first, second = (strip.text for strip in painted(app)[:2])
        assert "azora" in first
        for number, (_, word) in enumerate(AREAS, 1):
            assert f"{number} {word}" in first
        assert first.rstrip().endswith("Thandi Nkosi ▾")
        assert set(second.strip()) == {"─"}


async def test_the_area_where_one_is_is_marked_by_more_than_colour() -> None:
    app = Host("Thandi")
    async with app.run_test(size=(80, 5)):
        await calm(app)
        marked = [s.text for s in painted(app)[0] if s.style and s.style.underline and s.style.bold]
        assert marked == ["My learning"]


async def test_a_narrow_window_has_one_word_and_a_number() -> None:
    app = Host("Thandi Nkosi")
    async with app.run_test(size=(60, 5)):
        await calm(app)
        first = painted(app)[0].text
        assert "My learning 2/3" in first
        assert "Catalog" not in first
        assert "Thandi Nkosi" in first


@pytest.mark.parametrize("width", [1, 5, 10, 20, 30, 40, 69, 70, 80, 200])
@pytest.mark.parametrize("name", ["", "T", "Thandi " * 50, "道可道" * 40, "👩‍🚀" * 30, "[/x][@click=app.quit]x[/]"])
async def test_no_name_breaks_the_line(width: int, name: str) -> None:
    app = Host(name)
    async with app.run_test(size=(width, 5)):
        await calm(app)
        strips = painted(app)
        assert len(strips) == 5
        for strip in strips:
            assert sum(segment.cell_length for segment in strip) == width
        clicks = {segment.style.meta.get("@click") for segment in strips[0] if segment.style}
        assert clicks <= {None, *(f"app.go({mode!r})" for mode, _ in AREAS), "app.account"}


async def test_areas_and_account_can_be_clicked() -> None:
    app = Host("Thandi")
    async with app.run_test(size=(80, 5)) as pilot:
        await calm(app)
        first = painted(app)[0].text
        await pilot.click(offset=(first.index("Catalog") + 2, 0))
        await pilot.click(offset=(first.index("Thandi") + 2, 0))
        await calm(app)
        assert app.went == ["catalog", "account"]


async def test_another_person() -> None:
    app = Host("")
    async with app.run_test(size=(80, 5)):
        await calm(app)
        assert "▾" not in painted(app)[0].text
        app.query_one(TopBar).set_account("Kofi", AREAS)
        await calm(app)
        assert "Kofi ▾" in painted(app)[0].text


@pytest.mark.parametrize(("width", "shows_every_area"), [(60, False), (80, True)])
async def test_what_waits_in_an_area_stands_beside_it(width: int, shows_every_area: bool) -> None:
    app = Host("Thandi")
    async with app.run_test(size=(width, 5)):
        await calm(app)
        assert ("Circles" in painted(app)[0].text) is shows_every_area
        app.query_one(TopBar).set_number("circles", 1204)
        await calm(app)
        assert "Circles 1,204 " in painted(app)[0].text
        app.query_one(TopBar).set_number("circles", 0)
        await calm(app)
        assert "1,204" not in painted(app)[0].text
        assert "Circles 0" not in painted(app)[0].text


EVERY = (("home", "Home"), ("catalog", "Catalog"), ("learning", "My learning"), ("review", "Review"),
         ("circles", "Circles"), ("teach", "Teach"), ("school", "School"))  # fmt: skip


async def test_more_areas_come_beside_those_that_are_there_and_the_name_gives_way() -> None:
    app = Host("Thandi Nkosi", "learning")
    async with app.run_test(size=(120, 5)):
        await calm(app)
        before = painted(app)[0].text
        app.query_one(TopBar).set_account("Thandi Nkosi", EVERY)
        await calm(app)
        assert before.rstrip().endswith("Thandi Nkosi ▾")
        assert "5 Circles   6 Teach   7 School" in painted(app)[0].text
        assert painted(app)[0].text.rstrip().endswith("Thandi Nkosi ▾")


@pytest.mark.parametrize(
    ("numbers", "house"),
    [
        ({}, True),
        ({"circles": 3}, False),
        ({"review": 12, "circles": 1}, False),
        ({"review": 12, "circles": 1, "teach": 3}, False),
    ],
)
async def test_every_area_fits_the_home_size_and_the_house_gives_way(numbers: dict[str, int], house: bool) -> None:
    app = Host("Thandi Nkosi", "learning")
    async with app.run_test(size=(80, 5)):
        await calm(app)
        bar = app.query_one(TopBar)
        bar.set_account("Thandi Nkosi", EVERY)
        for mode, number in numbers.items():
            bar.set_number(mode, number)
        await calm(app)
        first = painted(app)[0].text
        for number, (_, word) in enumerate(EVERY, 1):
            assert f"{number} {word}" in first
        assert ("azora" in first) is house
        assert first.rstrip().endswith("▾")


async def test_what_waits_does_not_read_as_the_next_area_s_key() -> None:
    app = Host("Thandi Nkosi", "learning")
    async with app.run_test(size=(80, 5)):
        await calm(app)
        bar = app.query_one(TopBar)
        bar.set_account("Thandi Nkosi", EVERY[:5])
        bar.set_number("review", 7)
        await calm(app)
        assert "3 My learning 4 Review 7  5 Circles" in painted(app)[0].text
        assert "azora" in painted(app)[0].text


async def test_areas_for_which_there_is_no_room_are_one_word_and_a_number() -> None:
    app = Host("Thandi Nkosi", "learning")
    async with app.run_test(size=(70, 5)):
        await calm(app)
        bar = app.query_one(TopBar)
        bar.set_account("Thandi Nkosi", EVERY)
        bar.set_number("review", 1_204)
        await calm(app)
        first = painted(app)[0].text
        assert "azora" in first
        assert "My learning 3/7" in first
        assert "Review 1,204" in first
        assert first.rstrip().endswith("Thandi Nkosi ▾")


async def test_all_that_waits_fits_a_narrow_window() -> None:
    app = Host("Thandi Nkosi", "learning")
    async with app.run_test(size=(60, 5)):
        await calm(app)
        bar = app.query_one(TopBar)
        bar.set_account("Thandi Nkosi", EVERY)
        for mode, number in (("review", 12), ("circles", 3), ("teach", 4)):
            bar.set_number(mode, number)
        await calm(app)
        first = painted(app)[0].text
        assert "My learning 3/7   Review 12   Circles 3   Teach 4" in first
        assert first.rstrip().endswith("▾")


@pytest.mark.parametrize(
    ("room", "shown"),
    [(12, "Thandi Nkosi"), (11, "Thandi"), (6, "Thandi"), (5, "TN"), (2, "TN"), (1, ""), (0, "")],
)
def test_as_much_of_a_name_as_there_is_room_for(room: int, shown: str) -> None:
    assert _fitting("Thandi Nkosi", room) == shown
    assert _fitting("", room) == ""


async def test_who_has_many_areas_is_known_by_what_their_name_begins_with() -> None:
    app = Host("Thandi Nkosi")
    app.areas = EVERY[:6]
    async with app.run_test(size=(74, 5)):
        await calm(app)
        assert painted(app)[0].text.rstrip().endswith("TN ▾")
