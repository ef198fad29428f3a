"""Keys typed ahead of the page they are meant for: at no gap between them is one lost, and none reaches another page."""

import asyncio
from collections.abc import Sequence

import pytest
from textual import events
from textual.widgets import Input

from azora_tui.errors import StorageError
from azora_tui.lms import catalog, enrolling, home, quizzes, reading
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.screens.catalog import CatalogScreen
from azora_tui.screens.course_detail import CourseDetailScreen
from azora_tui.screens.help import HelpScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.my_learning import MyLearningScreen
from azora_tui.screens.quiz import QuizScreen
from azora_tui.screens.sign_in import SignInScreen
from azora_tui.tui import typing_ahead
from tests.screens.conftest import EMAIL, NAME, PASSWORD, Learner, OpenApp, SignUp, Stored, send
from tests.told import told

TITLE = "Introduction to Ubuntu Philosophy"
GAPS = (0, 2, 13)
"""Turns of the event loop between two keys."""

REGISTER = (*NAME, "tab", *EMAIL, "tab", *PASSWORD, "tab", *PASSWORD, "enter")
LESSON = ("G", "enter")
WAY = (
    *REGISTER,
    *(
        "slash",
        *"zzz",
        *["backspace"] * 3,
        *"ubuntu",
        "enter",
        "enter",
        "e",
        "enter",
    ),  # found, enrolled, the first lesson
    *LESSON,
    *("q", "1", "enter", "enter", "2", "enter", "escape"),  # two answers of the second lesson's quiz
    *(LESSON * 5),
    *("1", "2", "3", "f", "enter"),  # by every area to the completed course
)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the computer is, esc waits its turn."""
    monkeypatch.setattr(typing_ahead, "PATIENCE", 3600)


async def burst(learner: Learner, keys: Sequence[str], gap: int = 0) -> None:
    for key in keys:
        send(learner.app, key)
        for _ in range(gap):
            await asyncio.sleep(0)
    await learner.settle()


STATES = (
    "SELECT course_id, progress, status FROM enrollments",
    "SELECT lesson_id, completed FROM lesson_progress ORDER BY lesson_id",
    "SELECT question_id, given FROM answers ORDER BY id",
    "SELECT kind, count(*) FROM events GROUP BY kind ORDER BY kind",
)


async def test_the_whole_way_in_one_burst_is_the_whole_way_with_pauses(open_app: OpenApp, stored: Stored) -> None:
    async with open_app() as learner:
        await burst(learner, WAY)
        assert TITLE in learner.text
        assert "✓ completed" in learner.text
        assert isinstance(learner.app.screen, CourseDetailScreen)
    assert stored(STATES[0]) == [(1, 100, "completed")]
    assert [done for _, done in stored(STATES[1])] == [1] * 6
    assert len(stored(STATES[2])) == 2
    assert stored("SELECT students FROM courses WHERE id = 1") == [(1,)]


@pytest.fixture
def begun(sign_up: SignUp, lms: Lms) -> Claims:
    """Enrolled in a course that has a quiz in each lesson."""
    from azora_tui.lms import bundled

    bundled.load(lms)
    claims = sign_up()
    enrolling.enroll(lms, claims, 1)
    return claims


@pytest.mark.parametrize("gap", GAPS)
async def test_home_enter_q_is_the_quiz(open_app: OpenApp, begun: Claims, gap: int) -> None:
    async with open_app() as learner:
        await burst(learner, ("enter", "q"), gap)
        assert isinstance(learner.app.screen, QuizScreen)


@pytest.mark.parametrize("gap", GAPS)
async def test_course_enter_enter_enrols_and_reads(open_app: OpenApp, sign_up: SignUp, gap: int) -> None:
    sign_up()
    async with open_app() as learner:
        await burst(learner, ("2", "enter", "enter", "enter"), gap)
        assert isinstance(learner.app.screen, LessonScreen)


@pytest.mark.parametrize("gap", GAPS)
async def test_each_answer_goes_to_its_question(open_app: OpenApp, begun: Claims, stored: Stored, gap: int) -> None:
    async with open_app() as learner:
        await burst(learner, ("enter", "q", "1", "enter", "enter", "2", "enter", "enter"), gap)
        assert isinstance(learner.app.screen, QuizScreen)
    assert [given for (given,) in stored("SELECT given FROM answers ORDER BY id")] == ['"1"', "[1]"]


@pytest.mark.parametrize("gap", GAPS)
async def test_the_first_visit_of_an_area_takes_every_key(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], gap: int
) -> None:
    sign_up()
    async with open_app() as learner:
        await burst(learner, ("2", "j", "j", "enter"), gap)
        assert isinstance(learner.app.screen, CourseDetailScreen)
        assert "Reading Rivers" in learner.text, "the third"


@pytest.mark.parametrize("gap", GAPS)
async def test_enter_right_behind_a_filter_that_found_nothing_before(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], gap: int
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash", *"zzz")
        assert "No course has" in learner.words
        await burst(learner, ("backspace",) * 3 + tuple("weaving") + ("enter", "enter"), gap)
        assert isinstance(learner.app.screen, CourseDetailScreen)
        assert "Weaving" in learner.text


async def test_a_search_that_another_took_the_place_of_loses_no_key(open_app: OpenApp, begun: Claims) -> None:
    async with open_app() as learner:
        await burst(learner, ("ctrl+f", *"ubuntu philosophy", "enter", "enter"))
        assert isinstance(learner.app.screen, CourseDetailScreen | LessonScreen)


@pytest.mark.parametrize("gap", GAPS)
async def test_esc_waits_its_turn(open_app: OpenApp, begun: Claims, stored: Stored, gap: int) -> None:
    async with open_app() as learner:
        await burst(learner, ("enter", "q", "1", "enter", "escape", "escape", "3"), gap)
        assert isinstance(learner.app.screen, MyLearningScreen)
    assert len(stored("SELECT * FROM answers")) == 1


async def test_keys_before_the_first_page_is_there_wait_for_it(open_app: OpenApp, begun: Claims) -> None:
    async with open_app(before=lambda services: services.hold(home.page)) as learner:
        await burst(learner, ("2", "j", "1", "enter"))
        assert isinstance(learner.app.screen, HomeScreen)
        learner.services.release()
        await learner.settle()
        assert isinstance(learner.app.screen, LessonScreen)


async def test_what_a_cooked_terminal_makes_of_enter_is_enter(open_app: OpenApp, begun: Claims) -> None:
    async with open_app(before=lambda services: services.hold(home.page)) as learner:
        send(learner.app, "ctrl+j")
        learner.services.release()
        await learner.settle()
        assert isinstance(learner.app.screen, LessonScreen)


async def test_letters_do_not_wait_for_what_they_find(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash")
        learner.services.hold(catalog.page)
        await learner.type("weav")
        assert learner.app.screen.query_one("#filter", Input).value == "weav"
        await learner.press("enter")
        await learner.type("j")
        assert learner.app.screen.query_one("#filter", Input).value == "weav", "j is meant for the list"


async def test_what_is_typed_behind_a_failure_goes_to_no_other_page(open_app: OpenApp, begun: Claims) -> None:
    async with open_app() as learner:
        learner.services.fail(quizzes.page, told(StorageError, "The disk did not give the data."))
        await burst(learner, ("enter", "q", "2", "enter", "3"))
        assert isinstance(learner.app.screen, QuizScreen)
        assert "The disk did not give the data." in learner.words
        await learner.press("escape")
        assert isinstance(learner.app.screen, LessonScreen)


async def test_what_is_typed_behind_a_wrong_password_is_not_written_into_it(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        await burst(learner, (*EMAIL, "enter", *"wrong", "enter", *"2jj", "enter"))
        assert isinstance(learner.app.screen, SignInScreen)
        assert learner.field("password").value == "wrong"


async def test_a_page_that_hangs_is_left_with_esc(
    open_app: OpenApp, begun: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing_ahead, "PATIENCE", 0)
    async with open_app() as learner:
        learner.services.hold(reading.open_lesson)
        await burst(learner, ("enter", "q"))
        await learner.press("escape")
        await learner.until(lambda: isinstance(learner.app.screen, HomeScreen))
        learner.services.release()
        await learner.settle()
        assert isinstance(learner.app.screen, HomeScreen), "q was meant for what hung"


async def test_ctrl_q_ends_what_hangs_and_waits_for_what_does_not(
    open_app: OpenApp, begun: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("enter", "q")
        for key in ("1", "enter", "enter", "2", "enter"):
            send(learner.app, key)
        await learner.quit()
    assert len(stored("SELECT * FROM answers")) == 2


async def test_what_is_typed_into_a_dialog_stays_in_it(open_app: OpenApp, begun: Claims) -> None:
    async with open_app() as learner:
        await burst(learner, ("enter", "question_mark", "escape", "a", "escape", "question_mark"))
        assert isinstance(learner.app.screen, HelpScreen)
        assert [type(screen) for screen in learner.app.screen_stack] == [HomeScreen, LessonScreen, HelpScreen]


async def test_a_paste_keeps_its_place_among_keys(open_app: OpenApp, sign_up: SignUp, library: dict[str, int]) -> None:
    sign_up()
    async with open_app() as learner:
        send(learner.app, "2")
        send(learner.app, "slash")
        learner.app._driver.send_message(events.Paste("weav"))  # type: ignore[union-attr]
        send(learner.app, "i")
        await learner.settle()
        assert isinstance(learner.app.screen, CatalogScreen)
        assert learner.app.screen.query_one("#filter", Input).value == "weavi"
