"""The review, through the keys a learner presses."""

from collections.abc import Callable
from typing import Any

import pytest

from azora_tui.errors import StorageError
from azora_tui.lms import enrolling, quizzes, reading, review
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.reviews import Rating
from azora_tui.screens.base import ALL_AREAS
from azora_tui.settings import Settings
from tests.screens.conftest import NARROW, SMALL, OpenApp, SignUp, Stored, send
from tests.screens.test_quiz import QUIZ
from tests.told import told

CARDS = """
::: {.card #root}
::: front
What is the *root* of `ubuntu`?
:::
::: back
**-ntu**, as in *umuntu*.
:::
:::

::: {.card #prefix}
::: front
And the prefix?
:::
::: back
ubu-
:::
:::
"""


@pytest.fixture
def who(sign_up: SignUp) -> Claims:
    return sign_up()


@pytest.fixture
def knots(lms: Lms, no_bundle: None, make_course: Callable[..., CourseSource], who: Claims) -> Callable[..., int]:
    """`knots()`: a course of one lesson, with a quiz of every kind and two cards, that Thandi is enrolled in."""

    def make(content: str = QUIZ.replace("ATTRIBUTES", "") + CARDS, *, version: str = "1.0") -> int:
        lesson = LessonSource("knot", "The First Knot", 5, True, "All", content)
        source = make_course("knots", title="Knots", version=version)
        with lms.database.write() as transaction:
            course = install(lms, transaction, CourseSource(**{**_fields(source), "lessons": (lesson,)}))
        enrolling.enroll(lms, who, course)
        return course

    return make


def _fields(source: CourseSource) -> dict[str, Any]:
    return {name: getattr(source, name) for name in source.__dataclass_fields__}


@pytest.fixture
def lesson(knots: Callable[..., int], lesson_ids: Callable[[int], dict[str, int]]) -> int:
    return lesson_ids(knots())["knot"]


@pytest.fixture
def answered(lms: Lms, who: Claims, lesson: int, clock: Any) -> int:
    """Thandi took the quiz yesterday: two of four were right."""
    attempt = quizzes.start(lms, who, lesson).latest
    assert attempt is not None
    for question, given in (("knot", (1,)), ("need", (0,)), ("soft", "oil"), ("stitches", "18")):
        quizzes.answer(lms, who, attempt.id, question, given)
    quizzes.finish(lms, who, attempt.id)
    clock.advance(days=1)
    return lesson


@pytest.fixture
def completed(lms: Lms, who: Claims, lesson: int) -> int:
    reading.complete_lesson(lms, who, lesson)
    return lesson


LOG = "SELECT card_key, rating, undoes FROM review_log WHERE given_in = 'review' ORDER BY id"


async def test_nothing_yet(open_app: OpenApp, lesson: int) -> None:
    async with open_app() as learner:
        assert "4 Review " in learner.lines[0]
        await learner.press("4")
        assert "Nothing to review yet." in learner.words
        assert "Press 3 for your courses." in learner.words
        await learner.press("enter", "space", "u", "h", "o", "escape", "x")
        assert "Nothing to review yet." in learner.words
        await learner.press("3")
        assert "Under way" in learner.text


async def test_a_card_is_recalled_turned_and_rated(open_app: OpenApp, completed: int, stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("4")
        assert "Review  The First Knot, in Knots" in learner.text
        assert "1 of 2 · recall it, then look" in learner.text
        assert "2 cards: 2 new." in learner.text
        assert "What is the root of ubuntu?" in learner.text
        assert "-ntu" not in learner.text
        assert "○ ○" in learner.lines[2]
        assert "1 again" not in learner.text
        await learner.press("4", "2")
        assert stored(LOG) == [], "not before it was turned"
        assert "What is the root of ubuntu?" in learner.text, "and the numbers lead nowhere"

        await learner.press("space")
        assert "-ntu, as in umuntu." in learner.text
        assert "1 again 1 min    2 hard 6 min    3 good 10 min    4 easy 8 days" in learner.text
        await learner.press("enter")
        assert stored(LOG) == [], "a card has to be rated"
        await learner.press("4")
        assert stored(LOG) == [("root", 4, None)]
        assert "✓ Easy: comes back on Mon 30 Nov. u undo" in learner.text
        assert "● ○" in learner.lines[2]
        assert "And the prefix?" in learner.text
        assert "ubu-" not in learner.text

        await learner.press("enter", "1")
        assert "✓ 2 cards reviewed" in learner.text
        assert "again 1 · easy 1" in learner.text
        assert "Nothing is due. The next comes back in 1 minute." in learner.words
        assert "The next two weeks" in learner.text
        assert "Today 1, Mon 30 Nov 1." in learner.text
        assert "✓ Again: comes back in 1 minute. u undo" in learner.text


async def test_a_question_is_graded_and_its_rating_kept(open_app: OpenApp, answered: int, stored: Stored) -> None:
    async with open_app() as learner:
        assert "4 Review 4" in learner.lines[0]
        await learner.press("4")
        assert "Which of these do you need?" in learner.text, "the longest overdue first"
        assert "1 of 4 · choose all that are right" in learner.text
        await learner.press("enter")
        assert "Choose an answer first." in learner.text
        await learner.press("1", "3", "enter")
        assert "1 of 4 · ✓ right" in learner.text
        assert "● 3 good" in learner.text
        assert "enter keeps it as good, or say otherwise with 1 to 4." in learner.text
        assert stored(LOG) == []
        await learner.press("enter")
        assert stored(LOG) == [("need", 3, None)]
        assert "4 Review 3" in learner.lines[0]

        assert "What keeps the grass soft?" in learner.text
        assert "✓ Good: comes back in 10 minutes. ctrl+z undo" in learner.text, "u would be a letter here"
        await learner.type("u")
        await learner.press("ctrl+z")
        assert "That is undone; here it is again." in learner.text
        await learner.press("1", "3", "enter", "enter")
        assert stored("SELECT count(*) FROM review_log WHERE undoes IS NOT NULL") == [(1,)]
        await learner.type("oil")
        await learner.press("enter")
        assert "Right is: water" in learner.text
        assert "● 1 again" in learner.text
        await learner.press("2")
        assert stored(LOG)[3:] == [("soft", 2, None)], "the learner may say otherwise"

        assert "Which knot holds?" in learner.text
        await learner.press("h", "2", "enter")
        assert "● 2 hard" in learner.text, "with the hint"
        await learner.press("space")
        assert stored(LOG)[4:] == [("knot", 2, None)]
        await learner.type("18")
        await learner.press("enter", "4")
        assert stored(LOG)[5:] == [("stitches", 4, None)]
        assert "4 cards reviewed" in learner.text
        assert "hard 2 · good 1 · easy 1" in learner.text
        assert "4 Review " in learner.lines[0]
        assert "4 Review 1" not in learner.lines[0]
    assert stored("SELECT count(*) FROM answers") == [(4,)], "the quiz stays as it was"


async def test_the_last_rating_is_undone_in_the_next_start_too(
    open_app: OpenApp, completed: int, stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("4", "enter", "1", "enter", "4")
        await learner.quit()
    async with open_app() as learner:
        await learner.press("4")
        assert "Nothing is due." in learner.text
        assert "u undo" in learner.lines[-1]
        await learner.press("u")
        assert "That is undone; here it is again." in learner.text
        assert "And the prefix?" in learner.text
        assert "1 of 1" in learner.text
        await learner.press("u")
        assert "What is the root of ubuntu?" in learner.text
        assert "1 of 2" in learner.text
        assert stored("SELECT * FROM card_states") == []
        await learner.press("u")
        assert "1 of 2" in learner.text, "there is nothing more to undo"
        await learner.press("enter", "3", "enter", "3")
        assert "2 cards reviewed   good 2" in learner.text
    assert stored(LOG)[2:] == [
        ("prefix", None, 2), ("root", None, 1), ("root", 3, None), ("prefix", 3, None),
    ]  # fmt: skip


async def test_what_is_undone_from_before_comes_once(
    open_app: OpenApp, completed: int, clock: Any, stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("4", "enter", "1")
        await learner.quit()
    clock.advance(minutes=5)  # it is due again
    async with open_app() as learner:
        await learner.press("4")
        assert "1 of 2" in learner.text
        await learner.press("u")
        assert "1 of 2" in learner.text
        assert "What is the root of ubuntu?" in learner.text
        await learner.press("enter", "4", "enter", "4")
        assert "2 cards reviewed   easy 2" in learner.text


async def test_what_its_course_does_not_ask_any_more_is_undone_all_the_same(
    open_app: OpenApp, completed: int, knots: Callable[..., int], stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("4", "enter", "1")
        await learner.quit()
    knots("Words alone.\n", version="2.0")
    async with open_app() as learner:
        await learner.press("4", "u")
        assert "That is undone. Its course does not ask it any more." in learner.words
    assert stored(LOG) == [("root", 1, None), ("root", None, 1)]


async def test_undo(open_app: OpenApp, completed: int, stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("4", "u", "enter", "3", "u")
        assert "That is undone; here it is again." in learner.text
        assert "1 of 2" in learner.text
        assert "-ntu" not in learner.text
        assert stored(LOG) == [("root", 3, None), ("root", None, 1)]
        assert stored("SELECT * FROM card_states") == []
        await learner.press("enter", "1", "enter", "2")
        assert "2 cards reviewed" in learner.text
        await learner.press("u", "u")
        assert "1 of 2" in learner.text
        assert stored("SELECT * FROM card_states") == []
        await learner.press("u", "enter", "3", "enter", "3")
        assert "2 cards reviewed   good 2" in learner.text
    assert len(stored(LOG)) == 8


async def test_stopping_keeps_what_was_done(open_app: OpenApp, answered: int, stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("4", "escape")
        assert "Waiting: 4 due." in learner.text
        assert "Today 4." in learner.text
        await learner.press("enter", "1", "enter", "enter", "escape")
        assert "1 card reviewed" in learner.text
        assert "Waiting: 3 due." in learner.text
        assert "enter goes on with the next." in learner.text
        await learner.press("u")
        assert "Which of these do you need?" in learner.text
        assert len(stored(LOG)) == 2
        await learner.press("escape")
        assert "Waiting: 4 due." in learner.text
        await learner.press("escape", "escape")
        assert "Waiting: 4 due." in learner.text, "an area of its own is not left by esc"


async def test_another_area_and_back_is_the_same_card(open_app: OpenApp, answered: int, clock: Any) -> None:
    async with open_app() as learner:
        await learner.press("4", "1", "3", "enter", "enter", "escape", "3")
        await learner.press("4")
        assert "What keeps the grass soft?" in learner.text, "it goes on where something is due"
        await learner.type("wa")
        learner.app.action_go("learning")
        await learner.settle()
        learner.app.action_go("review")
        await learner.settle()
        assert "wa" in learner.text
        await learner.type("ter")
        await learner.press("enter")
        assert "✓ right" in learner.text


async def test_nothing_due_says_when(open_app: OpenApp, answered: int, lms: Lms, who: Claims, clock: Any) -> None:
    for card in review.session(lms, who).cards:
        review.rate(lms, who, card, Rating.EASY)
    async with open_app() as learner:
        await learner.press("4")
        assert "Nothing is due. The next comes back" in learner.words
        assert "The next two weeks" in learner.text
        clock.advance(days=25)
        await learner.press("ctrl+r")
        assert "1 of 4" in learner.text


async def test_the_lesson_of_a_card(open_app: OpenApp, completed: int) -> None:
    async with open_app() as learner:
        await learner.press("4", "o")
        assert "1 of 2" in learner.text, "not before it was turned"
        await learner.press("enter", "o")
        assert "1 / 1  The First Knot" in learner.text
        await learner.press("escape")
        assert "-ntu, as in umuntu." in learner.text
        assert "3 good" in learner.text
        await learner.press("3")
        assert "2 of 2" in learner.text


async def test_a_card_that_was_rated_elsewhere_is_passed_over(
    open_app: OpenApp, completed: int, lms: Lms, who: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("4")
        review.rate(lms, who, review.session(lms, who).cards[0], Rating.GOOD)
        await learner.press("enter", "1")
        assert "rated this card elsewhere meanwhile" in learner.words
        assert "And the prefix?" in learner.text
        assert stored(LOG) == [("root", 3, None)]


async def test_a_card_that_a_new_version_drops_is_passed_over(
    open_app: OpenApp, completed: int, knots: Callable[..., int]
) -> None:
    async with open_app() as learner:
        await learner.press("4", "enter")
        knots(CARDS.replace("#root", "#other"), version="2.0")
        await learner.press("3")
        assert "The course no longer has this card. What you did with it is kept." in learner.words
        assert "And the prefix?" in learner.text


async def test_what_fails_is_said_and_can_be_tried_again(open_app: OpenApp, completed: int, stored: Stored) -> None:
    disk = told(StorageError, "The disk did not take it.")
    async with open_app(before=lambda services: services.fail(review.session, disk)) as learner:
        await learner.press("4")
        assert "The disk did not take it. ctrl+r tries again." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "1 of 2" in learner.text
        learner.services.fail(review.rate, disk)
        await learner.press("enter", "3")
        assert "The disk did not take it." in learner.text
        assert "3 good" in learner.text
        learner.services.mend()
        await learner.press("3")
        assert stored(LOG) == [("root", 3, None)]
        learner.services.fail(review.undo, disk)
        await learner.press("u")
        assert "The disk did not take it." in learner.text
        learner.services.mend()
        await learner.press("u")
        assert "1 of 2" in learner.text


async def test_a_rating_that_is_pressed_twice_counts_once(open_app: OpenApp, completed: int, stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("4", "enter")
        learner.services.hold(review.rate)
        for _ in range(3):
            send(learner.app, "3")
        learner.services.release()
        await learner.settle()
        assert stored(LOG) == [("root", 3, None)]
        assert "And the prefix?" in learner.text


async def test_completing_a_lesson_and_passing_time_show_on_top(open_app: OpenApp, answered: int, clock: Any) -> None:
    async with open_app() as learner:
        assert "4 Review 4" in learner.lines[0]
        assert "Review 4 due press 4 to begin" in learner.words
        await learner.resize(NARROW)
        assert f"Home 1/{len(ALL_AREAS)}   Review 4" in learner.lines[0]
        await learner.resize(SMALL)
        await learner.press("4", "1", "enter", "enter")
        assert f"Review 3   4/{len(ALL_AREAS)}" in learner.lines[0]


async def test_somebody_else_sees_nothing_of_it(open_app: OpenApp, answered: int, sign_up: SignUp) -> None:
    sign_up("Kofi", "kofi@example.org")
    async with open_app() as learner:
        assert "4 Review 5 Circles" in learner.lines[0]
        await learner.press("4")
        assert "Nothing to review yet." in learner.words


async def test_ascii(open_app: OpenApp, answered: int) -> None:
    async with open_app(settings=Settings(ascii=True)) as learner:
        await learner.press("4", "1", "3", "enter", "enter", "escape")
        assert "v Good: comes back" in learner.text
        assert "##" in learner.text
        assert learner.text.isascii()


async def test_a_course_that_was_left_is_asked_no_more(open_app: OpenApp, answered: int, lms: Lms, who: Claims) -> None:
    async with open_app() as learner:
        await learner.press("4", "escape", "3", "l")
        assert "You left Knots." in learner.text
        assert "4 Review 5 Circles" in learner.lines[0]
        await learner.press("4")
        assert "Nothing to review yet." in learner.words


async def test_a_card_is_found_and_opens_its_lesson(open_app: OpenApp, completed: int) -> None:
    async with open_app() as learner:
        await learner.press("ctrl+f", *"umuntu")
        assert "review card" in learner.text
        assert "What is the root of ubuntu?" in learner.text
        await learner.press("down", "enter")
        assert "1 / 1  The First Knot" in learner.text


@pytest.mark.parametrize(
    "hostile", ["[/x] [@click=app.quit]x[/]", "\u202eabc", "x" * 500], ids=["markup", "bidi", "long"]
)
async def test_hostile_texts_are_texts(open_app: OpenApp, knots: Callable[..., int], lms: Lms, who: Claims, lesson_ids: Callable[[int], dict[str, int]], hostile: str) -> None:  # fmt: skip
    card = f"::: {{.card #a}}\n::: front\nF {hostile}\n:::\n::: back\nB {hostile}\n:::\n:::\n"
    reading.complete_lesson(lms, who, lesson_ids(knots(card))["knot"])
    async with open_app() as learner:
        await learner.press("4", "enter")
        assert hostile[:5] in learner.text or "\u202e" in hostile
        assert "\u202e" not in learner.text
        await learner.press("3")
        assert "1 card reviewed" in learner.text
