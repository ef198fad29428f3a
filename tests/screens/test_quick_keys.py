"""Keys typed faster than pages come up: each finds the page that the one before it left, and nothing falls over."""

import pytest

from tests.screens.conftest import OpenApp, SignUp, send

QUICK = [
    ("a", "p", "escape"),
    ("a", "i", "escape"),
    ("a", "t", "escape"),
    ("question_mark", "escape"),
    ("ctrl+p", "escape"),
    ("ctrl+p", "ctrl+p", "escape"),
    ("2", "enter", "escape"),
    ("enter", "escape", "escape", "3", "2", "a", "escape"),
]


@pytest.mark.parametrize("keys", QUICK, ids=" ".join)
async def test_a_page_that_is_left_before_it_is_drawn_leaves_nothing_behind(
    open_app: OpenApp, sign_up: SignUp, keys: tuple[str, ...]
) -> None:
    sign_up()
    async with open_app() as learner:
        stacks = {mode: len(stack) for mode, stack in learner.app._screen_stacks.items()}
        for key in keys:
            send(learner.app, key)
        await learner.settle()
        assert learner.app.is_running
        assert all(len(stack) <= stacks.get(mode, 1) for mode, stack in learner.app._screen_stacks.items())


@pytest.mark.parametrize("attempt", range(4))
async def test_who_signs_out_while_a_page_is_still_asking_is_asked_once_to_sign_in(
    open_app: OpenApp, sign_up: SignUp, attempt: int
) -> None:
    sign_up()
    async with open_app() as learner:
        for key in ("2", "a", "o"):
            send(learner.app, key)
        await learner.settle()
        assert learner.app.is_running
        assert [type(screen).__name__ for screen in learner.app.screen_stack] == ["SignInScreen"]
