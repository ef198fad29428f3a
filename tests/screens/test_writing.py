"""Announcing and writing in the app: sent once, and nothing that was written is lost by one key."""

from collections.abc import Callable

import pytest
from textual.widgets import Button, TextArea

from azora_tui.errors import StorageError
from azora_tui.lms import enrolling, news
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import announcing, messages
from azora_tui.models.accounts import Claims
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.writing import WritingDialog
from azora_tui.screens.writing_dialogs import AnnounceDialog, MessageDialog
from tests.conftest import Clock, claims_of
from tests.screens.conftest import SIZES, Learner, OpenApp, SignUp
from tests.told import told

LEARNER = claims_of(7, name="Jo", email="jo@example.org")

Make = Callable[[], "WritingDialog[bool]"]


@pytest.fixture
def teacher(sign_up: SignUp, lms: Lms, clock: Clock, library: dict[str, int]) -> Claims:
    """Thandi, who is the admin; Jo is in a course."""
    claims = sign_up()
    enrolling.enroll(lms, LEARNER, library["weaving"])
    clock.advance(minutes=1)
    return claims


@pytest.fixture(params=["announcement", "message"])
def make(request: pytest.FixtureRequest, teacher: Claims, library: dict[str, int]) -> Make:
    """Either dialog."""
    if request.param == "announcement":
        return lambda: AnnounceDialog(library["weaving"], "Weaving [b]with[/b] Grass")
    return lambda: MessageDialog(library["weaving"], LEARNER.user_id, "J\x1b[31mo [b]x[/b]")


async def opened(learner: Learner, make: Make) -> list[bool | None]:
    """The dialog over Home, and what it will be dismissed with."""
    answers: list[bool | None] = []
    learner.app.push_screen(make(), answers.append)
    await learner.settle()
    return answers


def texts(lms: Lms) -> list[str]:
    return [item.text for item in news.news(lms, LEARNER)]


async def test_it_is_sent_by_a_key(open_app: OpenApp, lms: Lms, make: Make) -> None:
    async with open_app() as learner:
        answers = await opened(learner, make)
        assert "[b]" in learner.text, "a name is no markup"
        assert "\x1b" not in learner.text
        await learner.type("Come at nine.")
        await learner.press("enter")
        await learner.type("Bring grass.")
        await learner.press("ctrl+s")
        assert answers == [True]
        assert isinstance(learner.app.screen, HomeScreen)
    assert texts(lms) == ["Come at nine.\nBring grass."]


async def test_it_is_sent_by_a_button_and_a_second_click_sends_it_no_second_time(
    open_app: OpenApp, lms: Lms, make: Make
) -> None:
    async with open_app() as learner:
        answers = await opened(learner, make)
        await learner.type("Come at nine.")
        for work in (announcing.announce, messages.write):
            learner.services.hold(work)
        for _ in range(3):
            learner.app.screen.query_one("#keep", Button).press()
            await learner.settle()
        learner.services.release()
        await learner.settle()
        assert answers == [True]
    assert texts(lms) == ["Come at nine."]


async def test_where_nothing_was_written_esc_leaves_at_once(open_app: OpenApp, lms: Lms, make: Make) -> None:
    async with open_app() as learner:
        answers = await opened(learner, make)
        await learner.press("escape")
        assert answers == [None]
    assert texts(lms) == []


async def test_what_was_written_is_not_lost_by_one_key(open_app: OpenApp, lms: Lms, make: Make) -> None:
    async with open_app() as learner:
        answers = await opened(learner, make)
        await learner.type("Come")
        await learner.press("escape")
        assert "esc again leaves without sending it. ctrl+s sends it." in learner.words
        await learner.type(" at nine")
        await learner.press("escape")
        assert answers == [], "who goes on writing is asked again"
        await learner.press("tab", "tab", "enter")
        assert answers == [None]
    assert texts(lms) == []


async def test_a_refusal_keeps_what_was_written(open_app: OpenApp, lms: Lms, make: Make) -> None:
    async with open_app() as learner:
        answers = await opened(learner, make)
        await learner.press("ctrl+s")
        assert "There is nothing to send yet. Write something first." in learner.words
        await learner.paste("x" * 4_001)
        await learner.press("ctrl+s")
        assert "This has 4,001 characters, and 4,000 is the most." in learner.words
        await learner.press("backspace")
        for work in (announcing.announce, messages.write):
            learner.services.fail(work, told(StorageError, "The disk is full."))
        await learner.press("ctrl+s")
        assert "The disk is full." in learner.words
        assert len(learner.app.screen.query_one(TextArea).text) == 4_000
        learner.services.mend()
        await learner.press("ctrl+s")
        assert answers == [True]
    assert texts(lms) == ["x" * 4_000]


async def test_who_left_meanwhile_is_not_written_to(
    open_app: OpenApp, lms: Lms, teacher: Claims, library: dict[str, int]
) -> None:
    async with open_app() as learner:
        answers = await opened(learner, lambda: MessageDialog(library["weaving"], LEARNER.user_id, "Jo"))
        enrolling.leave(lms, LEARNER, library["weaving"])
        await learner.type("Hello")
        await learner.press("ctrl+s")
        assert "This person is not in the course, so nothing was sent." in learner.words
        assert answers == []


@pytest.mark.parametrize("size", SIZES)
async def test_it_has_room_in_every_window(open_app: OpenApp, make: Make, size: tuple[int, int]) -> None:
    async with open_app(size) as learner:
        await opened(learner, make)
        await learner.press("escape")
        assert len(learner.strips) == size[1]
