"""Searching from anywhere, through the keys a learner presses."""

from collections.abc import Callable

import pytest
from textual.widgets import Input

from azora_tui.errors import StorageError
from azora_tui.lms import enrolling, search
from azora_tui.lms.service import Lms
from azora_tui.screens.search import SearchScreen
from azora_tui.widgets.hit_list import HitList
from tests.engine import sqlite
from tests.screens.conftest import SIZES, OpenApp, SignUp, send
from tests.told import told


@pytest.fixture
def enrolled(lms: Lms, library: dict[str, int], sign_up: SignUp) -> dict[str, int]:
    """Thandi is enrolled in Weaving with Grass."""
    enrolling.enroll(lms, sign_up(), library["weaving"])
    return library


async def test_hits_come_as_one_types_and_their_words_are_marked(open_app: OpenApp, enrolled: dict[str, int]) -> None:
    async with open_app() as learner:
        await learner.press("2", "ctrl+f")
        assert "Type what you are looking for." in learner.words
        await learner.type("basket")
        assert learner.app.screen.query_one(HitList).count == 7
        assert "Weaving with Grass" in learner.text
        assert "course" in learner.lines[4]
        assert "7 hits" in learner.text
        await learner.type("s")
        assert "Nothing has “baskets” in it." in learner.words


async def test_enter_opens_the_lesson_at_the_hit_and_n_goes_to_the_next(
    open_app: OpenApp, enrolled: dict[str, int]
) -> None:
    async with open_app() as learner:
        await learner.press("ctrl+f")
        await learner.type("the stars wall")
        assert "Nothing has" in learner.words
        await learner.press("ctrl+u")
        await learner.type("first wind finger knot")
        await learner.press("enter", "enter")
        assert "1 / 3  The First Knot" in learner.text
        assert learner.lines[4].strip().startswith("Wind the grass three times round your finger")
        assert "n goes to the next hit" in learner.text
        assert learner.reader.hits > 0
        await learner.press("escape")
        assert isinstance(learner.app.screen, SearchScreen)
        assert "first wind finger knot" in learner.text, "as it was left"


async def test_who_is_not_enrolled_comes_to_the_course(
    open_app: OpenApp, library: dict[str, int], sign_up: SignUp
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("ctrl+f")
        await learner.type("tablets")
        await learner.press("down", "enter")
        assert "Numbers in Clay" in learner.lines[2]
        assert "[ Enrol ]" in learner.text


async def test_ctrl_f_reaches_the_search_from_everywhere(open_app: OpenApp, enrolled: dict[str, int]) -> None:
    async with open_app() as learner:
        for keys in (["2"], ["2", "slash"], ["3"], ["2", "enter"], ["3", "enter"], ["3", "enter", "slash"]):
            await learner.press(*keys, "ctrl+f")
            assert isinstance(learner.app.screen, SearchScreen), keys
            assert learner.app.screen.focused is learner.app.screen.query_one("#query")
            while len(learner.app.screen_stack) > 1:
                await learner.press("escape")
            await learner.press("escape")
        await learner.press("3", "F")
        assert isinstance(learner.app.screen, SearchScreen), "where the terminal keeps ctrl+f"
        await learner.press("F")
        assert learner.app.screen.query_one("#query", Input).value == "F"
        await learner.press("ctrl+f")
        assert len(learner.app.screen_stack) == 2, "no second one over it"


async def test_the_catalog_hands_its_words_on(open_app: OpenApp, enrolled: dict[str, int]) -> None:
    async with open_app() as learner:
        await learner.press("2", "slash")
        await learner.type("stitches")
        assert "No course has “stitches”. Search the lessons too with ctrl+f, or clear with esc." in learner.words
        await learner.press("ctrl+f")
        assert "lesson" in learner.text
        assert learner.app.screen.query_one(HitList).count == 6


async def test_it_is_in_the_palette(open_app: OpenApp, enrolled: dict[str, int]) -> None:
    async with open_app() as learner:
        await learner.press("ctrl+p")
        await learner.type("search every")
        await learner.until(lambda: "Search everything" in learner.text)
        await learner.press("enter")
        await learner.until(lambda: isinstance(learner.app.screen, SearchScreen))


async def test_nobody_who_is_not_signed_in_searches(open_app: OpenApp, library: dict[str, int]) -> None:
    async with open_app() as learner:
        await learner.press("ctrl+f")
        assert not isinstance(learner.app.screen, SearchScreen)


async def test_a_failure_says_what_to_do_and_ctrl_r_does_it(open_app: OpenApp, enrolled: dict[str, int]) -> None:
    async with open_app() as learner:
        await learner.press("ctrl+f")
        learner.services.fail(search.find, told(StorageError, "The disk did not give the data."))
        await learner.type("wall")
        assert "The disk did not give the data. ctrl+r tries again." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "7 hits" not in learner.text
        assert learner.app.screen.query_one(HitList).count > 0


async def test_each_key_ends_the_search_before_it(
    open_app: OpenApp, enrolled: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    ended: list[str] = []
    real: Callable[..., object] = search.find

    def find(lms: Lms, claims: object, query: str, *, stop: search.Stop) -> object:
        begun.append(query)
        if query in ("g", "gr"):
            try:  # a search that never ends by itself
                with lms.database.read(stop) as connection:
                    sqlite(connection).execute(
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"
                    ).fetchall()
            finally:
                ended.append(query)
        return real(lms, claims, query, stop=stop)

    monkeypatch.setattr(search, "find", find)
    async with open_app() as learner:
        await learner.press("ctrl+f")
        screen = learner.app.screen
        for query in ("g", "gr"):  # these never come to rest
            send(learner.app, query[-1])
            await learner.until(lambda query=query: query in begun)  # type: ignore[misc]
        send(learner.app, "a")
        await learner.settle()
        assert ended == ["g", "gr"]
        assert screen.query_one(HitList).count > 0


@pytest.mark.parametrize("size", SIZES)
async def test_it_fits_every_size(open_app: OpenApp, enrolled: dict[str, int], size: tuple[int, int]) -> None:
    async with open_app(size) as learner:
        await learner.press("ctrl+f")
        await learner.type("knot")
        assert all(len(line) <= size[0] for line in learner.lines)


async def test_the_line_of_keys_names_only_keys_that_lead_somewhere(
    open_app: OpenApp, enrolled: dict[str, int]
) -> None:
    async with open_app() as learner:
        await learner.press("ctrl+f")
        assert "enter" not in learner.lines[-1]
        assert "down" not in learner.lines[-1]
        await learner.type("knot")
        assert "enter to what was found" in learner.lines[-1]
        assert "down into the list" in learner.lines[-1]
        await learner.press("ctrl+u", *"waeving")
        assert "down" not in learner.lines[-1]
        await learner.until(lambda: "Did you mean “weaving”?" in learner.words)
        await learner.settle()
        assert "enter to what was found" in learner.lines[-1], "an offer is taken by it"
        assert "down" not in learner.lines[-1]
        await learner.press("enter")
        assert "down into the list" in learner.lines[-1]
        learner.services.fail(search.find, told(StorageError, "Nothing came."))
        await learner.press("s")
        assert "enter" not in learner.lines[-1]
        assert "down" not in learner.lines[-1]
