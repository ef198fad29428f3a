"""My learning: three lists, and the shortest way back into a lesson."""

from collections.abc import Callable

import pytest

from azora_tui.errors import StorageError
from azora_tui.lms import enrolling, reading
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.screens.course_detail import CourseDetailScreen
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.my_learning import MyLearningScreen
from tests.conftest import Clock
from tests.screens.conftest import WIDE, OpenApp, SignUp, Stored
from tests.told import told

Ids = Callable[[int], dict[str, int]]


@pytest.fixture
def at_work(sign_up: SignUp, library: dict[str, int], lms: Lms, lesson_ids: Ids, clock: Clock) -> Claims:
    """Thandi, who has one course under way, one completed, and two left."""
    claims = sign_up()
    for slug in ("silence", "rivers", "clay", "weaving"):
        enrolling.enroll(lms, claims, library[slug])
        clock.advance(minutes=1)
    for lesson in lesson_ids(library["clay"]).values():
        reading.complete_lesson(lms, claims, lesson)
    reading.complete_lesson(lms, claims, lesson_ids(library["weaving"])["lesson-1"])
    enrolling.leave(lms, claims, library["silence"])
    enrolling.leave(lms, claims, library["rivers"])
    return claims


@pytest.mark.parametrize(
    ("turns", "sentence"),
    [
        (0, "Nothing is under way. Press 2 for the catalog, choose a course, and enrol with e."),
        (1, "Nothing is completed yet."),
        (2, "You have left no course."),
    ],
)
async def test_each_empty_list_says_why_and_what_helps(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], turns: int, sentence: str
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("3")
        await learner.press(*["f"] * turns)
        assert sentence in learner.words
        await learner.press("enter", "o", "l", "u", "j", "G")
        assert isinstance(learner.app.screen, MyLearningScreen)


async def test_the_lists_are_turned_with_f_tab_and_back(open_app: OpenApp, at_work: Claims) -> None:
    async with open_app() as learner:
        await learner.press("3")
        assert "Weaving with Grass" in learner.text
        assert "33 %" in learner.text
        assert "next: The Floor" in learner.text
        assert "Under way 1" in learner.text
        await learner.press("f")
        assert "Numbers in Clay" in learner.text
        assert "100 %" in learner.text
        await learner.press("tab")
        assert "Silence" in learner.text
        assert "Reading Rivers" in learner.text
        assert "u takes it up again" in learner.text
        await learner.press("tab")
        assert "Weaving with Grass" in learner.text
        await learner.press("shift+tab")
        assert "Silence" in learner.text


async def test_a_click_turns_the_lists_too(open_app: OpenApp, at_work: Claims) -> None:
    async with open_app() as learner:
        await learner.press("3")
        await learner.pilot.click("#tabs", offset=(20, 0))
        await learner.settle()
        assert "Numbers in Clay" in learner.text


async def test_enter_goes_on_with_the_next_lesson(open_app: OpenApp, at_work: Claims) -> None:
    async with open_app() as learner:
        await learner.press("3")
        await learner.press("enter")
        assert isinstance(learner.app.screen, LessonScreen)
        assert "2 / 3  The Floor" in learner.text
        assert "My learning" in learner.lines[0]
        await learner.press("m", "escape")
        assert isinstance(learner.app.screen, MyLearningScreen)
        assert "66 %" in learner.text
        assert "next: The Wall and the Rim" in learner.text


async def test_enter_on_what_is_completed_opens_the_course(open_app: OpenApp, at_work: Claims) -> None:
    async with open_app() as learner:
        await learner.press("3")
        await learner.press("f", "enter")
        assert isinstance(learner.app.screen, CourseDetailScreen)
        assert "[ Read again ]" in learner.text


async def test_o_opens_the_course(open_app: OpenApp, at_work: Claims) -> None:
    async with open_app() as learner:
        await learner.press("3")
        await learner.press("o")
        assert isinstance(learner.app.screen, CourseDetailScreen)
        assert "[ Continue: The Floor ]" in learner.text


async def test_leaving_offers_to_undo_it_and_undoing_keeps_the_work(
    open_app: OpenApp, at_work: Claims, stored: Stored
) -> None:
    query = "SELECT status, progress FROM enrollments JOIN courses ON courses.id = course_id WHERE slug = 'weaving'"
    async with open_app() as learner:
        await learner.press("3")
        await learner.press("l")
        assert "You left Weaving with Grass. Your work is kept. u undo" in learner.words
        assert "Nothing is under way" in learner.text
        assert stored(query) == [("left", 33)]
        await learner.press("u")
        assert stored(query) == [("active", 33)]
        assert "33 %" in learner.text


async def test_a_left_course_is_taken_up_again(open_app: OpenApp, at_work: Claims, stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("3")
        await learner.press("f", "f", "j", "u")
        [(title,)] = stored(
            "SELECT title FROM courses JOIN enrollments ON courses.id = course_id WHERE status = 'active' "
            "AND slug <> 'weaving'"
        )
        assert f"Successfully enrolled in {title}" in learner.words
        assert title not in "\n".join(learner.lines[4:])


async def test_u_on_a_left_course_means_that_course(open_app: OpenApp, at_work: Claims, stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("3")
        await learner.press("l", "f", "f")
        records = learner.app.screen.query_one("#courses")
        while "Silence" not in str(records.current):  # type: ignore[attr-defined]
            await learner.press("j")
        await learner.press("u")
        assert stored(
            "SELECT slug FROM courses JOIN enrollments ON courses.id = course_id WHERE status = 'active'"
        ) == [("silence",)]


async def test_the_second_pane_shows_the_lessons_of_the_course(open_app: OpenApp, at_work: Claims) -> None:
    async with open_app(WIDE) as learner:
        await learner.press("3")
        assert "The Wall and" in learner.text
        assert "✓" in learner.text
        await learner.press("f")
        assert "Tablets" in learner.text
        assert "The Wall and" not in learner.text


async def test_what_was_opened_when_is_in_days(open_app: OpenApp, at_work: Claims, clock: Clock) -> None:
    async with open_app() as learner:
        await learner.press("3")
        assert "opened today" in learner.text
    clock.advance(days=1)
    async with open_app() as learner:
        await learner.press("3")
        assert "opened yesterday" in learner.text


async def test_a_failure_has_a_sentence_and_ctrl_r_helps(open_app: OpenApp, at_work: Claims) -> None:
    error = told(StorageError, "The disk did not give its data.")
    async with open_app(before=lambda services: services.fail(enrolling.my_learning, error)) as learner:
        await learner.press("3")
        assert "× The disk did not give its data. ctrl+r tries again." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "Weaving with Grass" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, LessonScreen)


async def test_what_was_left_can_be_taken_up_only_where_something_was_left(open_app: OpenApp, at_work: Claims) -> None:
    async with open_app() as learner:
        await learner.press("3", "question_mark", "escape")
        assert "take up again" not in learner.text, "another page before is no course that was left"
        await learner.press("l")
        assert "u take up again" in learner.text
        await learner.press("question_mark", "escape", "u")
        assert "33 %" in learner.text


async def test_what_was_never_opened_is_not_called_opened(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, lesson_ids: Ids
) -> None:
    claims = sign_up()
    enrolling.enroll(lms, claims, library["weaving"])
    async with open_app() as learner:
        assert "Start" in learner.text
        assert "not opened yet" in learner.text
        await learner.press("3")
        assert "not opened yet" in learner.text
        await learner.press("enter", "escape")
        assert "opened today" in learner.text
        await learner.press("1")
        assert "Continue" in learner.text
        assert "opened today" in learner.text


async def test_the_completed_tab_says_when(open_app: OpenApp, at_work: Claims, clock: Clock) -> None:
    clock.advance(days=1)
    async with open_app() as learner:
        await learner.press("3", "f")
        assert "completed yesterday" in learner.text


async def test_a_message_ends_with_its_moment(open_app: OpenApp, at_work: Claims) -> None:
    async with open_app() as learner:
        await learner.press("3", "l")
        assert "You left Weaving with Grass." in learner.words
        await learner.press("question_mark", "escape")
        assert "You left Weaving with Grass." in learner.words, "help is no other moment"
        await learner.press("2", "3")
        assert "You left" not in learner.text
        await learner.press("u")
        assert "Nothing is under way" in learner.text


async def test_u_goes_to_the_course_that_is_back(
    open_app: OpenApp, at_work: Claims, library: dict[str, int], lms: Lms, clock: Clock
) -> None:
    for slug in ("silence", "rivers"):
        clock.advance(minutes=1)
        enrolling.enroll(lms, at_work, library[slug])
    async with open_app() as learner:
        await learner.press("3", "G")
        page = learner.app.screen
        assert isinstance(page, MyLearningScreen)
        left = page._courses.current
        assert left is not None
        await learner.press("l", "g", "u")
        back = page._courses.current
        assert back is not None
        assert back.title == left.title
