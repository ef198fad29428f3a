"""Teach: who waits, who is stuck, what to mend; each row opens the thing itself."""

import pytest

from azora_tui.lms import enrolling, news
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import marking
from azora_tui.screens.course_detail import CourseDetailScreen
from azora_tui.screens.course_figures import CourseFiguresScreen
from azora_tui.screens.lesson_figures import LessonFiguresScreen
from azora_tui.screens.marking import MarkScreen
from azora_tui.screens.people import PeopleScreen
from azora_tui.screens.person import PersonScreen
from azora_tui.screens.question import QuestionScreen
from azora_tui.screens.teach import TeachScreen
from azora_tui.screens.waiting import WaitingScreen
from azora_tui.screens.writing_dialogs import AnnounceDialog, MessageDialog
from tests.conftest import Clock, claims_of
from tests.screens.conftest import NAME, NARROW, SMALL, OpenApp, SignUp
from tests.teaching import class_of_twelve, knots


@pytest.fixture
def course(lms: Lms, clock: Clock, no_bundle: None) -> int:
    return class_of_twelve(lms, clock)


async def test_the_monday_page_answers_three_questions(open_app: OpenApp, sign_up: SignUp, course: int) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("6")
        assert isinstance(learner.app.screen, TeachScreen)
        for said in (
            "Knots and Ropes", "12 enrolled, 7 active this week",
            "Waiting for you 2", "Amina Yusuf The sheet bend, in words handed in 2 days ago",
            "Stuck 5", "Kofi Mensah quiz of Hitches, 3 tries, best 0 % 4 days ago",
        ):  # fmt: skip
            assert said in learner.words, said
        await learner.press("G")
        assert "Where people stop opened done" in learner.words
        assert (
            "3 Hitches ━━━━━━━━ 6 5" in learner.words.replace("━━━━━━━━━━━━━━", "━━━━━━━━")
            or "3 Hitches" in learner.words
        )


async def test_the_line_on_top_says_how_much_waits(
    open_app: OpenApp, sign_up: SignUp, course: int, lms: Lms, clock: Clock
) -> None:
    me = sign_up()
    async with open_app() as learner:
        assert "6 Teach 2" in learner.lines[0]
        waiting = marking.waiting(lms, me).work[0]
        marking.answer(lms, me, waiting.submission_id, accepted=True)
        await learner.press("6")
        assert "6 Teach 1" in learner.lines[0]
        await learner.press("a", "o")
        assert "Teach" not in learner.text


async def test_each_row_opens_the_thing_itself(open_app: OpenApp, sign_up: SignUp, course: int) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("6", "enter")
        assert isinstance(learner.app.screen, MarkScreen)
        await learner.press("escape", "down", "down", "enter")
        assert isinstance(learner.app.screen, PersonScreen)
        assert "Kofi Mensah" in learner.text
        assert "quiz 0 %, 0 %, 0 %" in learner.words
        await learner.press("escape", "G", "enter")
        assert isinstance(learner.app.screen, LessonFiguresScreen)
        assert "Opened by 3, done by 2." in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, QuestionScreen)
        await learner.press("escape")
        for key, screen in (
            ("c", CourseFiguresScreen), ("p", PeopleScreen), ("w", WaitingScreen), ("o", CourseDetailScreen),
        ):  # fmt: skip
            await learner.press("escape", key)
            assert isinstance(learner.app.screen, screen)
        await learner.press("escape", "s", "enter")
        assert isinstance(learner.app.screen, QuestionScreen)


async def test_a_message_is_written_from_a_row_and_from_the_person_s_page(
    open_app: OpenApp, sign_up: SignUp, course: int, lms: Lms
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("6", "m")  # the first row is work that waits: there is nobody to write to
        assert isinstance(learner.app.screen, TeachScreen)
        await learner.press("down", "down", "m")
        assert isinstance(learner.app.screen, MessageDialog)
        await learner.type("Try the drawing.")
        await learner.press("ctrl+s")
        assert "Kofi Mensah finds it on their Home." in learner.said
        await learner.press("enter", "m")
        await learner.type("Or call me.")
        await learner.press("ctrl+s")
    kofi = claims_of(22)
    assert [item.text for item in news.news(lms, kofi)] == ["Or call me.", "Try the drawing."]
    assert news.news(lms, claims_of(23)) == ()


async def test_names_come_from_the_accounts_where_they_were_not_written_down(
    open_app: OpenApp, sign_up: SignUp, course: int, lms: Lms
) -> None:
    enrolling.enroll(lms, sign_up(), course)
    with lms.database.write() as transaction:
        transaction.execute("UPDATE learners SET name = '', email = '' WHERE user_id = 1")
    async with open_app() as learner:
        await learner.press("6", "p", "G")
        assert f"{NAME} ● 0 %" in learner.words


async def test_an_announcement(open_app: OpenApp, sign_up: SignUp, course: int, lms: Lms) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("6", "n")
        assert isinstance(learner.app.screen, AnnounceDialog)
        await learner.type("We meet on Friday.")
        await learner.press("ctrl+s")
        assert "Everybody in Knots and Ropes finds it on their Home." in learner.said
    assert [item.text for item in news.news(lms, claims_of(23))] == ["We meet on Friday."]


async def test_question_mark_says_what_the_row_means_and_once_more_shows_the_keys(
    open_app: OpenApp, sign_up: SignUp, course: int
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("6", "down", "down", "question_mark")
        meaning = learner.words.partition("What the figures mean")[2]
        assert "Three failed attempts in a row" in meaning
        await learner.press("question_mark")
        assert "Keys on this page" in learner.text
        await learner.press("escape", "question_mark", "escape")
        assert isinstance(learner.app.screen, TeachScreen)


async def test_several_courses_take_turns(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms
) -> None:
    sign_up()
    knots(lms)
    async with open_app() as learner:
        await learner.press("6")
        first = learner.lines[2]
        await learner.press("tab")
        assert learner.lines[2] != first
        await learner.press("shift+tab")
        assert learner.lines[2] == first


async def test_who_teaches_nothing_is_told_how_to_begin(open_app: OpenApp, sign_up: SignUp, no_bundle: None) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("6")
        assert "You teach no course yet." in learner.words
        await learner.press("c", "p", "s", "n", "o", "enter", "m")
        assert isinstance(learner.app.screen, TeachScreen)


async def test_learners_have_no_such_area(open_app: OpenApp, sign_up: SignUp, course: int) -> None:
    sign_up("Somebody", "admin@example.org", keep=False)
    sign_up()
    async with open_app() as learner:
        await learner.press("6")
        assert "Teach" not in learner.text
        assert not isinstance(learner.app.screen, TeachScreen)


@pytest.mark.parametrize("size", [NARROW, SMALL])
async def test_small_terminals(open_app: OpenApp, sign_up: SignUp, course: int, size: tuple[int, int]) -> None:
    sign_up()
    async with open_app(size=size) as learner:
        await learner.press("6", "G", "g", "c", "escape", "s", "enter", "escape", "escape", "p", "enter")
        await learner.resize((80, 24))
        assert "Amina Yusuf" in learner.text


async def test_the_tabs_of_people(open_app: OpenApp, sign_up: SignUp, course: int) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("6", "p")
        assert "Amina Yusuf" in learner.text
        await learner.press("f")
        assert "Kofi Mensah" in learner.text
        assert "Mateo Ruiz" not in learner.text
        await learner.press("f")
        assert "Mateo Ruiz" in learner.text
        await learner.press("shift+tab", "shift+tab", "shift+tab")
        assert "Nobody has left this course." in learner.text
