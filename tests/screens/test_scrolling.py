"""Whatever scrolls answers to the same keys."""

import pytest

from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.screens.help import HelpScreen
from azora_tui.screens.home import HomeScreen
from tests.screens.conftest import NARROW, SMALL, OpenApp, SignUp


@pytest.fixture
def enrolled(sign_up: SignUp, library: dict[str, int], lms: Lms) -> None:
    enrolling.enroll(lms, sign_up(), library["weaving"])


@pytest.mark.parametrize(("down", "up"), [("G", "g"), ("space", "b"), ("end", "home"), ("pagedown", "pageup")])
async def test_help_scrolls(open_app: OpenApp, enrolled: None, down: str, up: str) -> None:
    async with open_app(SMALL) as learner:
        await learner.press("2", "question_mark")
        top = learner.text
        await learner.press(down)
        assert learner.text != top
        await learner.press(up)
        assert learner.text == top


async def test_help_moves_by_a_row(open_app: OpenApp, enrolled: None) -> None:
    async with open_app(SMALL) as learner:
        await learner.press("2", "question_mark")
        top = learner.text
        await learner.press("j", "j")
        assert learner.text != top
        await learner.press("k", "k")
        assert learner.text == top


@pytest.mark.parametrize(("down", "up"), [("G", "g"), ("space", "b")])
async def test_home_scrolls(open_app: OpenApp, enrolled: None, down: str, up: str) -> None:
    async with open_app(NARROW) as learner:
        top = learner.text
        await learner.press(down)
        assert learner.text != top
        await learner.press(up)
        assert learner.text == top


async def test_help_finds_a_key_as_one_types_and_presses_it(open_app: OpenApp, enrolled: None) -> None:
    async with open_app() as learner:
        await learner.press("2", "question_mark", "slash")
        await learner.type("sort")
        assert "s   sort" in learner.text
        assert "enrol" not in learner.text.partition("Keys on")[2]
        await learner.press("enter")
        assert not isinstance(learner.app.screen, HelpScreen)
        assert "by newest" in learner.text


async def test_help_says_that_no_key_does_something(open_app: OpenApp, enrolled: None) -> None:
    async with open_app() as learner:
        await learner.press("question_mark", "slash")
        await learner.type("zzz")
        assert "No key does “zzz”" in learner.text
        await learner.press("escape")
        assert isinstance(learner.app.screen, HelpScreen)
        assert "zzz" not in learner.text
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)
