"""Every page opens at every size, and keeps its place from one to the next."""

import itertools

import pytest

from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.screens.course_detail import CourseDetailScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.lesson import LessonScreen
from tests.screens.conftest import HOME, SIZES, SMALL, TINY, WIDE, Learner, OpenApp, SignUp

PAGES = {
    "home": (),
    "rest days": ("r", "down", "space"),
    "my learning": ("3",),
    "completed": ("3", "f"),
    "catalog": ("2", "j", "j"),
    "filter": ("2", "slash", "i", "n"),
    "course": ("o",),
    "lesson": ("enter", "space", "j"),
    "lesson's end": ("enter", "G"),
    "contents": ("enter", "t", "j"),
    "find": ("enter", "slash", "g"),
    "account": ("a",),
    "password": ("a", "p", "x"),
    "about": ("a", "i"),
    "help": ("question_mark",),
}
NAMES = {size: f"{size[0]}x{size[1]}" for size in SIZES}


@pytest.fixture
def enrolled(sign_up: SignUp, library: dict[str, int], lms: Lms) -> None:
    enrolling.enroll(lms, sign_up(), library["weaving"])


def whole(learner: Learner, size: tuple[int, int]) -> None:
    assert learner.app.size == size
    assert [strip.cell_length for strip in learner.strips] == [size[0]] * size[1]


@pytest.mark.parametrize("page", PAGES)
async def test_every_page_goes_through_all_sizes_and_comes_back_as_it_was(
    open_app: OpenApp, enrolled: None, page: str
) -> None:
    async with open_app() as learner:
        await learner.press(*PAGES[page])
        screen, focused, text = learner.app.screen, learner.app.screen.focused, learner.text
        for size in (WIDE, (60, 20), SMALL, TINY, WIDE, TINY, (1, 1), SMALL, HOME):
            await learner.resize(size)
            whole(learner, size)
        assert learner.app.screen is screen
        assert screen.focused is focused
        if not isinstance(screen, LessonScreen):
            assert learner.text == text


@pytest.mark.parametrize("size", SIZES, ids=NAMES.get)
@pytest.mark.parametrize("page", ["home", "my learning", "catalog", "course", "lesson", "help", "password"])
async def test_every_page_opens_at_every_size(
    open_app: OpenApp, enrolled: None, page: str, size: tuple[int, int]
) -> None:
    async with open_app(size) as learner:
        await learner.press(*PAGES[page])
        whole(learner, size)
        await learner.resize(HOME)
        whole(learner, HOME)


@pytest.mark.parametrize("size", SIZES, ids=NAMES.get)
async def test_the_first_page_opens_at_every_size(open_app: OpenApp, no_bundle: None, size: tuple[int, int]) -> None:
    async with open_app(size) as learner:
        whole(learner, size)
        await learner.type("Thandi")
        await learner.resize(HOME)
        if size == TINY:
            await learner.type("Thandi")
        assert learner.field("name").value == "Thandi"


async def test_a_lesson_keeps_the_same_text_on_top(open_app: OpenApp, enrolled: None) -> None:
    async with open_app() as learner:
        await learner.press("enter", "space", "j")
        position = learner.reader.position
        for size in (WIDE, (60, 20), SMALL, WIDE, TINY, HOME):
            await learner.resize(size)
            if size != TINY:  # there the sentence stands over the lesson
                assert learner.reader.position == position
        page = learner.lines[4:10]
        await learner.resize((60, 20))
        await learner.resize(HOME)
        assert learner.lines[4:10] == page


async def test_the_cursor_stays_in_view(open_app: OpenApp, enrolled: None) -> None:
    async with open_app(WIDE) as learner:
        await learner.press("2", "G")
        for size in itertools.chain(SIZES[:4], reversed(SIZES[:4])):
            await learner.resize(size)
            assert "▌ Weaving with Grass"[: size[0] - 10] in learner.text


async def test_too_little_room_says_how_much_is_wanted_and_takes_no_keys(open_app: OpenApp, enrolled: None) -> None:
    async with open_app() as learner:
        await learner.press("o")
        await learner.resize(TINY)
        assert "azora needs 36×10 cells." in learner.words
        await learner.press("escape", "2", "l", "a")
        await learner.resize(HOME)
        assert isinstance(learner.app.screen, CourseDetailScreen)
        assert "● enrolled" in learner.text


async def test_a_session_that_ends_while_there_is_too_little_room(
    open_app: OpenApp, enrolled: None, clock: object
) -> None:
    from tests.screens.conftest import PASSWORD

    async with open_app() as learner:
        await learner.resize(TINY)
        clock.advance(days=400)  # type: ignore[attr-defined]
        learner.app.enrollment_changed(1)
        await learner.settle()
        await learner.resize(HOME)
        await learner.type(PASSWORD)
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)


@pytest.mark.parametrize("size", [HOME, WIDE], ids=lambda size: NAMES[size])
@pytest.mark.parametrize("page", ["home", "my learning", "catalog", "course", "lesson", "account", "password", "help"])
async def test_in_ascii_every_line_and_bar_is_ascii(
    open_app: OpenApp, enrolled: None, page: str, size: tuple[int, int]
) -> None:
    async with open_app(size, ascii_only=True) as learner:
        learner.app.notify("something in passing")
        await learner.press(*PAGES[page])
        assert learner.text.isascii(), learner.text
    async with open_app(size) as learner:
        assert not learner.text.isascii()


async def test_in_ascii_the_forms_are_ascii(open_app: OpenApp) -> None:
    async with open_app(ascii_only=True) as learner:
        assert "Create my account" in learner.text
        assert learner.text.isascii(), learner.text
