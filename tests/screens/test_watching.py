"""What another window, the command line or a service wrote is seen soon, and at once on coming back."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.widgets import Input, Static

from azora_tui.lms import enrolling, reading
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.course_sources import CourseSource
from azora_tui.screens import watching
from azora_tui.screens.course_detail import CourseDetailScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.widgets.course_list import CourseList, EnrolledList
from azora_tui.widgets.lesson_list import LessonList
from tests.screens.conftest import NARROW, WIDE, Learner, OpenApp, SignUp

Ids = Callable[[int], dict[str, int]]
MakeCourse = Callable[..., CourseSource]


@pytest.fixture
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks often, so that a test need not wait; nothing depends on how often."""
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.02)


def write_course(lms: Lms, course: CourseSource) -> int:
    with lms.database.write() as transaction:
        return install(lms, transaction, course)


def row_of(learner: Learner, words: str) -> int:
    return next(number for number, line in enumerate(learner.lines) if words in line)


@pytest.mark.usefixtures("watchful")
async def test_the_catalog_sees_a_new_course_and_its_cursor_stays_on_its_own(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, make_course: MakeCourse
) -> None:
    sign_up()
    async with open_app(WIDE) as learner:
        await learner.press("2", "j", "j", "j")
        courses = learner.app.screen.query_one(CourseList)
        here, row = courses.current, row_of(learner, "Silence")
        assert here is not None
        assert here.title == "Silence"
        write_course(lms, make_course("aloes", title="Aloes and Other Healers"))
        await learner.until(lambda: "7 courses" in learner.text)
        assert courses.current == here
        assert courses.cursor == 4
        assert courses.has_focus
        assert row_of(learner, "Silence") in (row, row + 3), "at the top there is no room to scroll up"
        write_course(lms, make_course("aloes", title="Zebra Wood"))  # and it goes to the end
        await learner.until(lambda: "Zebra Wood" in learner.text)
        assert courses.current == here


@pytest.mark.usefixtures("watchful")
async def test_far_down_a_long_catalog_the_rows_stay_where_they_are(
    open_app: OpenApp, sign_up: SignUp, no_bundle: None, lms: Lms, make_course: MakeCourse
) -> None:
    sign_up()
    for number in range(60):
        write_course(lms, make_course(f"course-{number}", title=f"Course {number:02}"))
    async with open_app() as learner:
        await learner.press("2", *["pagedown"] * 5, "k")
        courses = learner.app.screen.query_one(CourseList)
        here = courses.current
        assert here is not None
        before = [line for line in learner.lines if "Course " in line]
        write_course(lms, make_course("aloes", title="Aloes"))
        await learner.until(lambda: "61 courses" in learner.text)
        assert courses.current == here
        assert [line for line in learner.lines if "Course " in line] == before


@pytest.mark.usefixtures("watchful")
async def test_a_reload_takes_no_letter_from_who_is_typing(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, make_course: MakeCourse
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash", "w", "e", "a")
        write_course(lms, make_course("aloes", title="Wearing Aloes"))
        await learner.until(lambda: "2 of 7 courses" in learner.text)
        assert learner.app.screen.query_one("#filter", Input).value == "wea"
        assert learner.app.screen.query_one("#filter", Input).has_focus


@pytest.mark.usefixtures("watchful")
async def test_my_learning_sees_an_enrolment_its_counts_and_keeps_its_cursor(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms
) -> None:
    claims = sign_up()
    enrolling.enroll(lms, claims, library["weaving"])
    async with open_app() as learner:
        await learner.press("3")
        assert "Under way 1" in learner.text
        enrolling.enroll(lms, claims, library["clay"])
        await learner.until(lambda: "Under way 2" in learner.text)
        assert "Numbers in Clay" in learner.text
        courses = learner.app.screen.query_one(EnrolledList)
        assert courses.current is not None
        assert courses.current.title == "Weaving with Grass"


@pytest.mark.usefixtures("watchful")
async def test_a_course_page_sees_a_lesson_done_elsewhere_and_keeps_cursor_focus_and_words(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, lesson_ids: Ids
) -> None:
    claims = sign_up()
    async with open_app() as learner:
        await learner.press("2")
        learner.app.screen.open_course(library["weaving"], "Weaving with Grass")  # type: ignore[attr-defined]
        await learner.settle()
        await learner.press("enter")
        said = str(learner.app.screen.query_one("#message", Static).render())
        assert "Successfully enrolled" in said
        await learner.press("tab", "G")
        lessons = learner.app.screen.query_one(LessonList)
        assert lessons.has_focus
        assert lessons.cursor == 2
        reading.complete_lesson(lms, claims, lesson_ids(library["weaving"])["lesson-1"])
        await learner.until(lambda: "33 %" in learner.text)
        assert isinstance(learner.app.screen, CourseDetailScreen)
        assert lessons.cursor == 2
        assert lessons.has_focus
        assert str(learner.app.screen.query_one("#message", Static).render()) == said


@pytest.mark.usefixtures("watchful")
async def test_home_sees_what_is_under_way_now(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms
) -> None:
    claims = sign_up()
    async with open_app() as learner:
        assert isinstance(learner.app.screen, HomeScreen)
        assert "Nothing is under way yet" in learner.words
        enrolling.enroll(lms, claims, library["weaving"])
        await learner.until(lambda: "Weaving with Grass" in learner.text)


@pytest.mark.parametrize(("area", "shown"), [("1", "Clay"), ("2", "● enrolled"), ("3", "Under way 1")])
async def test_on_coming_back_it_is_there_at_once(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, area: str, shown: str
) -> None:
    claims = sign_up()
    async with open_app() as learner:
        await learner.press(area, "W")
        enrolling.enroll(lms, claims, library["clay"])
        await learner.press("escape")
        assert shown in learner.text


async def test_a_course_page_below_a_lesson_is_there_at_once_too(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, lesson_ids: Ids
) -> None:
    claims = sign_up()
    enrolling.enroll(lms, claims, library["weaving"])
    async with open_app() as learner:
        await learner.press("3", "o", "question_mark")
        reading.complete_lesson(lms, claims, lesson_ids(library["weaving"])["lesson-1"])
        await learner.press("escape")
        assert isinstance(learner.app.screen, CourseDetailScreen)
        assert "33 %" in learner.text


async def test_nothing_is_loaded_again_where_nothing_was_written(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from azora_tui.screens.catalog import CatalogScreen

    sign_up()
    async with open_app() as learner:
        await learner.press("2", "question_mark", "escape")  # once, as nobody knows how new the first page's text is
        reloads: list[str] = []
        monkeypatch.setattr(CatalogScreen, "reload", lambda page: reloads.append("again"))
        await learner.press("question_mark", "escape")
        assert reloads == []


async def test_only_the_page_on_top_looks_and_only_in_a_thread(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up()
    threads: list[str] = []
    version = type(lms.database).version

    def watched(database: Any) -> int:
        threads.append(threading.current_thread().name)
        return version(database)

    monkeypatch.setattr(type(lms.database), "version", watched)
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.02)
    async with open_app() as learner:
        await learner.press("2")
        below = learner.app.screen
        await learner.until(lambda: len(threads) > 2)
        assert {name.rpartition("_")[0] for name in threads} == {"school"}
        await learner.press("question_mark")
        assert not below._watch_timer._active.is_set()  # type: ignore[attr-defined]
        await learner.press("escape")
        assert below._watch_timer._active.is_set()  # type: ignore[attr-defined]


@pytest.mark.usefixtures("watchful")
async def test_what_was_just_reviewed_stays_and_no_session_begins_by_itself(
    open_app: OpenApp, sign_up: SignUp, no_bundle: None, lms: Lms, make_course: MakeCourse, lesson_ids: Ids
) -> None:
    def cards(slug: str) -> int:
        source = make_course(slug, lessons="one")
        card = f"::: {{.card #{slug}}}\n::: front\nFront of {slug}?\n:::\n::: back\nBack.\n:::\n:::\n"
        course = write_course(lms, replace(source, lessons=(replace(source.lessons[0], content=card),)))
        enrolling.enroll(lms, claims, course)
        reading.complete_lesson(lms, claims, lesson_ids(course)["one"])
        return course

    claims = sign_up()
    cards("knots")
    async with open_app() as learner:
        await learner.press("4", "enter", "3")
        assert "1 card reviewed" in learner.text
        cards("loops")
        await learner.until(lambda: "Waiting: 1 new" in learner.text)
        assert "1 card reviewed" in learner.text
        assert "Front of loops" not in learner.text
        await learner.press("enter")
        assert "Front of loops" in learner.text


@pytest.mark.usefixtures("watchful")
async def test_a_certificate_that_was_revoked_elsewhere_says_so(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, lesson_ids: Ids
) -> None:
    from azora_tui.lms.credentials import issuing

    claims = sign_up()
    enrolling.enroll(lms, claims, library["clay"])
    for lesson in lesson_ids(library["clay"]).values():
        reading.complete_lesson(lms, claims, lesson)
    async with open_app(NARROW) as learner:
        await learner.press("C", "enter")
        assert "valid" in learner.text
        issuing.revoke(lms, claims, "1", "A slip of the pen.")
        await learner.until(lambda: "A slip of the pen." in learner.words)
