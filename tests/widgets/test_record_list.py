"""A list of any length: it draws what is in view, holds what is near, and always knows where its cursor is."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events, on
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.pilot import Pilot

from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList
from tests.screens.conftest import PATIENCE, calm, painted, send

PART = 200


class Numbers(RecordList[int]):
    """Each record is its own number, on two rows."""

    def draw_record(self, record: int, index: int, width: int) -> Sequence[Row]:
        assert record == index, "a record stands in a place that is not its own"
        return [([(f"number {record}", "title")], [("right", "muted")]), ([(f"below {record}", "plain")], [])]


class Host(App[None]):
    """Answers what the list asks for, or keeps it waiting."""

    def __init__(self, *, gap: int = 1, answers: bool = True) -> None:
        super().__init__()
        self.list = Numbers(rows_each=2, gap=gap)
        self.answers = answers
        self.asked: list[int] = []
        self.chosen: list[int] = []
        self.moved = 0

    def compose(self) -> ComposeResult:
        yield self.list

    @on(RecordList.RecordsNeeded)
    def _needed(self, event: RecordList.RecordsNeeded) -> None:
        self.asked.append(event.offset)
        if self.answers:
            self.give(event.offset)

    def give(self, offset: int) -> None:
        self.list.put(offset, range(offset, min(offset + PART, self.list.count)))

    @on(RecordList.Chosen)
    def _chosen(self, event: Any) -> None:
        self.chosen.append(event.record)

    @on(RecordList.CursorMoved)
    def _cursor_moved(self) -> None:
        self.moved += 1

    async def press(self, *keys: str) -> None:
        for key in keys:
            send(self, key)
            await calm(self)

    async def resize(self, width: int, height: int) -> None:
        self._driver._size = Size(width, height)  # type: ignore[union-attr]
        self.post_message(events.Resize(Size(width, height), Size(width, height)))
        await calm(self)

    async def click(self, row: int) -> None:
        await Pilot(self).click(offset=(3, row))
        await calm(self)

    @property
    def rows(self) -> list[str]:
        return [strip.text.rstrip() for strip in painted(self)]

    @property
    def numbers(self) -> list[int]:
        """The records in view."""
        return [int(row.split("number ")[1].split()[0]) for row in self.rows if "number " in row]


@asynccontextmanager
async def host(count: int, *, size: tuple[int, int] = (40, 12), **options: Any) -> AsyncIterator[Host]:
    app = Host(**options)
    async with app.run_test(size=size):
        app.list.focus()
        app.list.show(range(min(count, PART)), count=count)
        async with asyncio.timeout(PATIENCE):
            await calm(app)
            yield app


async def test_a_hundred_thousand_records_are_never_all_held() -> None:
    async with host(100_000) as app:
        held = 0
        for key in ("G", "pageup", "pageup", "g", *["pagedown"] * 100, "end", "home", *["j"] * 10):
            await app.press(key)
            held = max(held, len(app.list._records))
            assert app.list.current == app.list.cursor
            assert app.list.cursor in app.numbers
        assert held <= 5 * PART


async def test_the_cursor_never_leaves_the_list() -> None:
    async with host(7) as app:
        await app.press("k", "pageup", "g")
        assert app.list.cursor == 0
        await app.press("G", "j", "pagedown")
        assert app.list.cursor == 6
        for key, place in {"up": 5, "down": 6, "home": 0, "j": 1, "k": 0, "end": 6}.items():
            await app.press(key)
            assert app.list.cursor == place


@pytest.mark.parametrize("count", [0, 1])
async def test_a_list_with_nothing_or_little_in_it(count: int) -> None:
    async with host(count) as app:
        await app.press("j", "k", "G", "g", "pagedown", "pageup", "space", "b", "enter")
        assert app.list.cursor == 0
        assert app.chosen == [0] * count
        assert app.asked == []


async def test_pages_move_by_what_is_in_view() -> None:
    async with host(100) as app:
        await app.press("pagedown")
        assert app.list.cursor == 4
        await app.press("space")
        assert app.list.cursor == 8
        await app.press("b", "pageup")
        assert app.list.cursor == 0


async def test_enter_chooses_what_is_there() -> None:
    async with host(100) as app:
        await app.press("j", "j", "enter")
        assert app.chosen == [2]


async def test_what_is_not_there_yet_cannot_be_chosen() -> None:
    async with host(100_000, answers=False) as app:
        await app.press("G", "enter")
        assert app.chosen == []
        assert app.list.current is None
        assert any("…" in row for row in app.rows)
        app.give(99_900)
        await calm(app)
        assert app.list.current == 99_999
        assert not any("…" in row for row in app.rows)
        await app.press("enter")
        assert app.chosen == [99_999]


async def test_a_gap_is_asked_for_once() -> None:
    async with host(100_000, answers=False) as app:
        await app.press("G")
        assert len(app.asked) == 1
        await app.press("k", "k", "k", "pageup")
        assert len(app.asked) == 1, app.asked


async def test_records_far_from_the_last_question_are_asked_for_anew() -> None:
    async with host(100_000, answers=False) as app:
        await app.press("G", "g")
        app.give(0)
        await calm(app)
        app.asked.clear()
        await app.press("G")
        assert len(app.asked) == 1
        assert 99_700 < app.asked[0] < 100_000


async def test_an_answer_that_comes_late_does_no_harm() -> None:
    async with host(100_000, answers=False) as app:
        await app.press("G", "g")
        app.give(99_800)
        await calm(app)
        assert app.list.cursor == 0
        assert app.asked[-1] < PART
        app.give(app.asked[-1])
        await calm(app)
        assert app.numbers[0] == 0


async def test_fewer_records_than_there_were_said_to_be_are_not_asked_for_without_end() -> None:
    async with host(1_000, answers=False) as app:
        await app.press("G")
        for _ in range(5):
            app.list.put(app.asked[-1], [])
            await calm(app)
        assert len(app.asked) <= 2, app.asked


async def test_a_count_that_is_learned_later() -> None:
    async with host(PART) as app:
        await app.press("G")
        app.list.set_count(1_000)
        await calm(app)
        assert app.list.cursor == PART - 1
        await app.press("G")
        assert app.numbers[-1] == 999


async def test_a_count_that_shrinks_takes_the_cursor_along() -> None:
    async with host(1_000) as app:
        await app.press("G")
        app.list.set_count(5)
        await calm(app)
        assert app.list.cursor == 4
        app.list.show(range(5))
        await calm(app)
        assert app.numbers == [0, 1, 2, 3]
        app.list.show([])
        await calm(app)
        assert app.list.cursor == 0
        assert app.list.current is None
        assert app.numbers == []


async def test_shown_anew_with_the_cursor_where_it_was() -> None:
    async with host(100) as app:
        await app.press(*["j"] * 50)
        app.list.show(range(100), cursor=50)
        await calm(app)
        assert app.list.cursor == 50
        assert 50 in app.numbers
        app.list.show(range(10), cursor=50)
        await calm(app)
        assert app.list.cursor == 9


async def test_a_click_selects_and_a_second_one_opens() -> None:
    async with host(100) as app:
        await app.click(4)
        assert app.list.cursor == 1
        assert app.chosen == []
        await app.click(4)
        assert app.chosen == [1]
        await app.click(5)  # the row between two records
        assert app.list.cursor == 1
        assert app.chosen == [1]


async def test_a_click_below_the_last_record_means_nothing() -> None:
    async with host(2) as app:
        await app.click(11)
        assert app.list.cursor == 0
        assert app.chosen == []


async def test_rows_above_the_records_scroll_with_them_and_are_no_records() -> None:
    async with host(100) as app:
        app.list.set_header([([("What you need", "heading")], []), ([("water", "plain")], [])])
        await calm(app)
        assert app.rows[0].strip() == "What you need"
        assert "number 0" in app.rows[2]
        await app.click(0)
        assert app.chosen == []
        await app.click(5)
        assert app.list.cursor == 1
        await app.press("G")
        assert app.numbers[-1] == 99
        assert "What you need" not in "\n".join(app.rows)
        await app.press("g")
        assert app.rows[0].strip() == "What you need"


async def test_a_header_taller_than_the_room_lets_the_cursor_be_seen() -> None:
    async with host(3) as app:
        app.list.set_header([([(f"line {number}", "plain")], []) for number in range(30)])
        await calm(app)
        await app.press("j")
        assert 1 in app.numbers
        await app.press("k")
        assert 0 in app.numbers


@pytest.mark.parametrize("sizes", [[(40, 6), (40, 30), (20, 3), (100, 12)], [(20, 2), (40, 12)]])
async def test_the_cursor_stays_in_view_when_the_window_changes(sizes: list[tuple[int, int]]) -> None:
    async with host(1_000) as app:
        await app.press("G", *["k"] * 3)
        for size in sizes:
            await app.resize(*size)
            assert app.list.cursor == 996
            assert 996 in app.numbers
            assert [strip.cell_length for strip in painted(app)] == [size[0]] * size[1]


async def test_who_listens_hears_of_each_move_once() -> None:
    async with host(100) as app:
        before = app.moved
        await app.press("j", "j", "k")
        assert app.moved == before + 3
        await app.press("g", "g")
        assert app.moved == before + 4, "the second g moved nothing"


@given(
    st.lists(st.sampled_from(["j", "k", "g", "G", "page", "back", "grow", "shrink", "show"]), min_size=1, max_size=40),
    st.integers(0, 500),
)
def test_whatever_happens_the_cursor_stands_on_a_record(steps: list[str], count: int) -> None:
    """Without a window: the arithmetic alone."""
    numbers = Numbers(rows_each=2, gap=1)
    numbers.post_message = lambda message: True  # type: ignore[method-assign]
    numbers.scroll_to = lambda **where: None  # type: ignore[method-assign]
    numbers.show(range(min(count, PART)), count=count)
    for step in steps:
        match step:
            case "j" | "k":
                numbers.action_move(1 if step == "j" else -1)
            case "g":
                numbers.action_first()
            case "G":
                numbers.action_last()
            case "page" | "back":
                numbers.action_page(1 if step == "page" else -1)
            case "grow":
                numbers.set_count(numbers.count + 100)
            case "shrink":
                numbers.set_count(numbers.count // 3)
            case "show":
                numbers.show(range(10), cursor=numbers.cursor)
        assert 0 <= numbers.cursor <= max(0, numbers.count - 1)
