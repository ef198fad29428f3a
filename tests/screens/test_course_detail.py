"""A course's own page: one main action that says what it will do, or why it cannot."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.widgets import Button

from azora_tui.errors import StorageError
from azora_tui.lms import catalog, enrolling, reading
from azora_tui.lms.service import Lms
from azora_tui.screens.catalog import CatalogScreen
from azora_tui.screens.lesson import LessonScreen
from tests.engine import sqlite
from tests.screens.conftest import Learner, OpenApp, SignUp, Stored
from tests.told import told

Ids = Callable[[int], dict[str, int]]


async def show(learner: Learner, words: str) -> None:
    """Open the page of the one course that the filter finds."""
    await learner.press("2", "slash")
    await learner.type(words)
    await learner.press("enter", "enter")


def action(learner: Learner) -> tuple[str, bool]:
    """(what the main action says, whether it can be done)."""
    button = learner.app.screen.query_one("#main-action", Button)
    return str(button.label), not button.disabled


async def test_the_main_action_goes_with_the_learner(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, lesson_ids: Ids
) -> None:
    sign_up()
    lessons = lesson_ids(library["weaving"])
    async with open_app() as learner:
        await show(learner, "weaving")
        assert action(learner) == ("[ Enrol ]", True)
        assert learner.app.screen.query_one("#main-action").has_focus
        await learner.press("enter")
        assert action(learner) == ("[ Start ]", True)
        assert learner.app.screen.query_one("#main-action").has_focus
        assert learner.services.claims is not None
        reading.open_lesson(lms, learner.services.claims, lessons["lesson-1"])
        reading.complete_lesson(lms, learner.services.claims, lessons["lesson-1"])
        await learner.press("ctrl+r")
        assert action(learner) == ("[ Continue: The Floor ]", True)
        for lesson in lessons.values():
            reading.complete_lesson(lms, learner.services.claims, lesson)
        await learner.press("ctrl+r")
        assert action(learner) == ("[ Read again ]", True)
        await learner.press("l")
        assert action(learner) == ("[ Take it up again ]", True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param("archive", "Enrollment in this course is closed.", id="closed"),
        pytest.param("pots", "× needs Numbers in Clay and Weaving with Grass", id="needs others"),
        pytest.param("rivers", "Full: 1 of 1 seats. Join the waitlist with w.", id="full"),
    ],
)
async def test_what_cannot_be_done_says_why(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, stored: Stored, claims: Callable[..., Any],
    words: str, sentence: str,
) -> None:  # fmt: skip
    sign_up()
    enrolling.enroll(lms, claims(99), library["rivers"])
    async with open_app() as learner:
        await show(learner, words)
        assert action(learner) == ("[ Enrol ]", False)
        assert sentence in learner.words
        await learner.press("enter", "e")
        assert stored("SELECT user_id FROM enrollments") == [(99,)]


async def test_a_seat_is_not_offered_to_wait_for_where_another_course_comes_first(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, claims: Callable[..., Any]
) -> None:
    sign_up()
    with lms.database.write() as transaction:
        transaction.execute("UPDATE courses SET seats = 1, students = 1 WHERE slug = 'patterns'")
    async with open_app() as learner:
        await show(learner, "pots")
        assert "× needs Numbers in Clay and Weaving with Grass" in learner.words
        assert "waitlist" not in learner.words
        await learner.press("w")
        assert "waitlist" not in learner.words


async def test_the_catalog_says_where_to_wait_for_a_seat(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, claims: Callable[..., Any]
) -> None:
    sign_up()
    enrolling.enroll(lms, claims(99), library["rivers"])
    async with open_app() as learner:
        await learner.press("2", "slash")
        await learner.type("rivers")
        await learner.press("enter", "e")
        assert learner.said == "Full: 1 of 1 seats. On its page, w joins the waitlist."


async def test_a_full_course_takes_names_and_gives_the_seat_to_the_first(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, claims: Callable[..., Any]
) -> None:
    sign_up()
    other = claims(99)
    enrolling.enroll(lms, other, library["rivers"])
    async with open_app() as learner:
        await show(learner, "rivers")
        await learner.press("w")
        assert "You are number 1 on the waitlist. w leaves it." in learner.words
        await learner.press("w")
        assert "You are no longer on the waitlist." in learner.words
        await learner.press("w")
        assert "You are number 1 on the waitlist." in learner.words
        enrolling.leave(lms, other, library["rivers"])
        await learner.press("ctrl+r")
        assert action(learner) == ("[ Start ]", True)


async def test_a_course_without_lessons_can_be_enrolled_in_and_says_so(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await show(learner, "silence")
        assert "This course has no lessons yet." in learner.words
        await learner.press("e")
        assert action(learner) == ("[ Start ]", False)
        await learner.press("enter", "c", "j", "enter", "G")
        assert "Silence" in learner.text


async def test_lessons_open_only_once_one_is_enrolled(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await show(learner, "weaving")
        await learner.press("tab", "j", "enter")
        assert "Enrol first with e; then every lesson opens." in learner.words
        await learner.press("e", "tab", "j", "enter")
        assert isinstance(learner.app.screen, LessonScreen)
        assert "2 / 3  The Floor" in learner.text


async def test_what_was_read_is_seen_on_the_pages_below(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await show(learner, "weaving")
        await learner.press("e", "enter", "m", "escape")
        assert "● 33 %" in learner.text
        assert "✓ done" in learner.text
        await learner.press("escape")
        assert isinstance(learner.app.screen, CatalogScreen)
        assert "● 33 %" in learner.text
        assert "1 of 6 courses" in learner.text


async def test_a_course_that_is_gone(open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash", *"archive", "enter")
        with lms.database.write() as transaction:
            for table in ("lessons", "courses"):
                column = "id" if table == "courses" else "course_id"
                sqlite(transaction).execute(f"DELETE FROM {table} WHERE {column} = ?", (library["archive"],))
        await learner.press("enter")
        assert "Course not found. Go back with esc." in learner.words
        await learner.press("e", "l", "u", "w", "c", "enter", "ctrl+r")
        assert "Course not found. Go back with esc." in learner.words
        await learner.press("escape", "ctrl+r")
        assert isinstance(learner.app.screen, CatalogScreen)
        assert "0 of 5 courses" in learner.text


async def test_a_failure_has_its_sentence_once_and_ctrl_r_helps(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash", *"weaving", "enter")
        learner.services.fail(catalog.detail, told(StorageError, "The disk is full. Free some space."))
        await learner.press("enter")
        assert "The disk is full. Free some space" in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert action(learner) == ("[ Enrol ]", True)


async def test_a_failure_is_one_sentence_with_one_full_stop(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2")
        learner.services.fail(catalog.detail, told(StorageError, "The disk is full. Free some space."))
        await learner.press("enter")
        assert "some space. Go back with esc." in learner.words


async def test_a_refused_action_keeps_the_page(open_app: OpenApp, sign_up: SignUp, library: dict[str, int]) -> None:
    sign_up()
    async with open_app() as learner:
        await show(learner, "weaving")
        learner.services.fail(enrolling.enroll, told(StorageError, "The disk is full."))
        await learner.press("e")
        assert "The disk is full." in learner.words
        assert action(learner) == ("[ Enrol ]", True)
        learner.services.mend()
        await learner.press("e")
        assert "Successfully enrolled" in learner.words
