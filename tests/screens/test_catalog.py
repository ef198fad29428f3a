"""The catalog: found as one types, sorted, filtered, and of any length."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from textual.widgets import Input

from azora_tui.data import courses
from azora_tui.errors import StorageError
from azora_tui.lms import catalog, enrolling, reading
from azora_tui.lms.service import Lms
from azora_tui.models.course_sources import CourseSource
from azora_tui.paths import Paths
from azora_tui.screens import catalog as catalog_screen
from azora_tui.screens.catalog import CatalogScreen
from azora_tui.screens.course_detail import CourseDetailScreen
from azora_tui.settings import Settings, load_settings
from azora_tui.tui.app import AzoraApp
from azora_tui.widgets.course_list import CourseList
from tests.screens.conftest import WIDE, Learner, OpenApp, SignUp, Stored, painted, send
from tests.told import told


def titles(learner: Learner) -> list[str]:
    courses = learner.app.screen.query_one(CourseList)
    return [courses._records[index].title for index in sorted(courses._records)]


async def test_each_letter_narrows_the_list_and_esc_brings_all_back(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2")
        assert len(titles(learner)) == 6
        await learner.press("slash", "r")
        assert set(titles(learner)) == {
            "Weaving with Grass", "Numbers in Clay", "Reading Rivers", "The Old Archive", "Patterns and Pots", "Silence",
        }  # fmt: skip
        await learner.press("i", "v")
        assert titles(learner) == ["Reading Rivers"]
        assert "1 of 6 courses" in learner.text
        await learner.press("escape")
        assert len(titles(learner)) == 6
        assert learner.app.screen.query_one(CourseList).has_focus
        assert "6 courses" in learner.text


async def test_letters_typed_into_the_filter_are_no_keys(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], stored: Stored
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash")
        await learner.type("esfa12q?jkG")
        assert isinstance(learner.app.screen, CatalogScreen)
        assert "No course has “esfa12q?jkG”." in learner.text
        assert stored("SELECT * FROM enrollments") == []


async def test_nothing_found_says_what_was_looked_for_and_what_helps(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash")
        await learner.type("zebra")
        assert "No course has “zebra”. Search the lessons too with ctrl+f, or clear with esc." in learner.words
        assert "0 of 6 courses" in learner.text
        await learner.press("down", "enter", "e")
        assert isinstance(learner.app.screen, CatalogScreen), "there is nothing to open"


async def test_what_is_near_is_offered_and_enter_takes_it(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash")
        await learner.type("waeving")
        await learner.until(lambda: "Did you mean “weaving”? enter looks for it." in learner.words)
        await learner.press("enter")
        assert titles(learner) == ["Weaving with Grass"]
        assert learner.app.screen.query_one("#filter", Input).has_focus
        await learner.press("enter")
        assert learner.app.screen.query_one(CourseList).has_focus
        await learner.press("slash", "x", "enter")
        assert "No course has “x”." in learner.words, "an offer of before is not taken"


async def test_the_order_is_changed_and_kept(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, paths: Paths
) -> None:
    claims = sign_up()
    enrolling.enroll(lms, claims, library["silence"])
    async with open_app() as learner:
        await learner.press("2")
        assert titles(learner)[0] == "Numbers in Clay"
        await learner.press("s", "s")
        assert "by popularity" in learner.text
        assert titles(learner)[0] == "Silence"
        await learner.quit()
    assert load_settings(paths.settings).catalog_sort == "popularity"
    async with open_app(settings=load_settings(paths.settings)) as learner:
        await learner.press("2")
        assert titles(learner)[0] == "Silence"


async def test_an_order_that_is_not_known_is_by_title(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app(settings=Settings(catalog_sort="[/x]")) as learner:
        await learner.press("2")
        assert "by title" in learner.text


async def test_courses_are_filtered_by_ones_own_state(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, lesson_ids: Callable[[int], dict[str, int]]
) -> None:
    claims = sign_up()
    enrolling.enroll(lms, claims, library["weaving"])
    enrolling.enroll(lms, claims, library["clay"])
    for lesson_id in lesson_ids(library["clay"]).values():
        reading.complete_lesson(lms, claims, lesson_id)
    async with open_app() as learner:
        await learner.press("2", "f")
        assert "new to you" in learner.text
        assert "Weaving with Grass" not in titles(learner)
        await learner.press("f")
        assert titles(learner) == ["Weaving with Grass"]
        assert "● enrolled" in learner.text
        await learner.press("f")
        assert titles(learner) == ["Numbers in Clay"]
        assert "✓ completed" in learner.text
        await learner.press("escape")
        assert len(titles(learner)) == 6


async def test_a_state_that_no_course_has_says_so(open_app: OpenApp, sign_up: SignUp, library: dict[str, int]) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "f", "f")
        assert "No course is under way. Press f for the next kind, or esc for all." in learner.words


async def test_enrolling_from_the_list(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], stored: Stored
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "j", "e")
        assert learner.said == "Complete Numbers in Clay and Weaving with Grass first."
        await learner.press("slash", *"weav", "enter", "e")
        assert "Successfully enrolled in Weaving with Grass" in learner.said
        assert "● enrolled" in learner.text
        assert "1 learner" in learner.text
        await learner.press("e")
        assert "Already enrolled in this course" in learner.said
        assert stored("SELECT course_id, status FROM enrollments") == [(library["weaving"], "active")]


async def test_what_a_course_needs_is_said_when_it_is_refused(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], stored: Stored
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash", *"pots", "enter", "e")
        assert learner.said == "Complete Numbers in Clay and Weaving with Grass first."
        await learner.press("slash", "ctrl+u", *"archive", "enter", "e")
        assert "Enrollment in this course is closed." in learner.said
        assert stored("SELECT * FROM enrollments") == []


async def test_the_second_pane_follows_the_cursor(open_app: OpenApp, sign_up: SignUp, library: dict[str, int]) -> None:
    sign_up()
    async with open_app(WIDE) as learner:
        await learner.press("2", "G")
        assert "From the first knot to a basket" in learner.words
        await learner.press("k")
        assert "From the first knot" not in learner.words
        await learner.press("slash", *"zebra")
        assert "About" not in learner.text, "nothing is left of the last course"


async def test_a_failure_has_a_sentence_and_ctrl_r_helps(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    sentence = "The disk did not give its data. Check the disk."
    async with open_app(before=lambda services: services.fail(catalog.page, told(StorageError, sentence))) as learner:
        await learner.press("2")
        assert f"× {sentence} ctrl+r tries again." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert sentence not in learner.words
        assert "6 courses" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, CourseDetailScreen), "the list has the focus again"


async def test_a_list_that_is_not_shown_takes_no_keys(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], stored: Stored
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "G")
        learner.services.fail(catalog.page, told(StorageError, "The disk did not give its data."))
        await learner.press("ctrl+r", "e")
        assert stored("SELECT * FROM enrollments") == []


async def test_a_school_without_courses_says_so(open_app: OpenApp, sign_up: SignUp, no_bundle: None) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2")
        assert "There are no courses yet." in learner.text
        await learner.press("e", "enter", "G", "escape", "s", "f")
        assert isinstance(learner.app.screen, CatalogScreen)


@pytest.fixture
def thousand(lms: Lms, no_bundle: None, make_course: Callable[..., CourseSource]) -> None:
    with lms.database.write() as transaction:
        for number in range(1000):
            course = make_course(f"course-{number}", title=f"Course {number:04}", lessons="")
            courses.save_course(transaction, course, lms.now_text())


async def test_a_thousand_courses_are_read_in_parts_and_all_can_be_reached(
    open_app: OpenApp, sign_up: SignUp, thousand: None
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2")
        assert "1,000 courses" in learner.text
        assert len(titles(learner)) < 500
        await learner.press("G")
        assert "Course 0999" in learner.text
        assert "…" not in "\n".join(learner.lines[4:22])
        await learner.press("pageup", "pageup")
        assert "…" not in "\n".join(learner.lines[4:22])
        await learner.press("g")
        assert "Course 0000" in learner.text
        for _ in range(3):
            await learner.press(*["pagedown"] * 5)
            assert "…" not in "\n".join(learner.lines[4:22])
        assert len(titles(learner)) < 1000


async def test_enrolling_far_down_keeps_the_place(open_app: OpenApp, sign_up: SignUp, thousand: None) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "G", "k", "k", "e")
        assert "Successfully enrolled in Course 0997" in learner.said
        assert learner.app.screen.query_one(CourseList).cursor == 997
        assert "● enrolled" in learner.text


async def test_reading_anew_far_down_reads_no_more_than_a_part(
    open_app: OpenApp, sign_up: SignUp, thousand: None
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "G", "ctrl+r")
        assert learner.app.screen.query_one(CourseList).cursor == 999
        assert len(titles(learner)) <= 500


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each frame as it is painted."""
    seen: list[str] = []
    display = AzoraApp._display

    def display_and_keep(app: AzoraApp, *args: Any) -> None:
        display(app, *args)
        seen.append("\n".join(strip.text for strip in painted(app)))

    monkeypatch.setattr(AzoraApp, "_display", display_and_keep)
    return seen


async def test_a_letter_is_painted_with_what_it_finds(
    open_app: OpenApp,
    sign_up: SignUp,
    library: dict[str, int],
    frames: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_up()
    monkeypatch.setattr(catalog_screen, "_MAX_WAIT", 3600)
    async with open_app() as learner:
        await learner.press("2", "slash")
        filter_input = learner.app.screen.query_one("#filter", Input)
        learner.services.hold(catalog.page)
        frames.clear()
        send(learner.app, "v")
        for _ in range(50):  # as often as it takes the letter to come to the screen, and more
            await asyncio.sleep(0)
            learner.app.screen._on_timer_update()
        assert filter_input.value == "v"
        assert frames == []
        learner.services.release()
        await learner.settle()
        assert "/ v" in frames[0]
        assert "Silence" not in frames[0], "what the letter does not find is gone with the frame that shows the letter"


async def test_a_letter_does_not_wait_long_for_what_it_finds(
    open_app: OpenApp,
    sign_up: SignUp,
    library: dict[str, int],
    frames: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_up()
    monkeypatch.setattr(catalog_screen, "_MAX_WAIT", 0)
    async with open_app() as learner:
        await learner.press("2", "slash")
        learner.services.hold(catalog.page)
        frames.clear()
        await learner.press("s", "i")
        first = next(frame for frame in frames if "/ si" in frame)
        assert "Reading Rivers" in first, "the list as it was, until it is known what there is"
        learner.services.release()
        await learner.settle()
        assert "Reading Rivers" not in frames[-1]


async def test_no_key_waits_for_a_number(open_app: OpenApp, sign_up: SignUp, library: dict[str, int]) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2")
        learner.services.hold(catalog.count)
        await learner.press("s", "down")
        assert learner.services.held_up
        assert learner.app.screen.query_one(CourseList).cursor == 1
        learner.services.release()
        await learner.settle()
        assert "6 courses" in learner.text


async def test_a_number_that_comes_late_is_not_said_of_what_is_looked_for_now(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2")
        learner.services.hold(catalog.count)
        await learner.press("s", "slash", "r", "i", "v")
        learner.services.release()
        await learner.settle()
        assert "1 of 6 courses" in learner.text


async def test_the_line_of_keys_names_only_keys_that_lead_somewhere(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "slash")
        assert "enter to the courses" in learner.lines[-1]
        assert "down into the list" in learner.lines[-1]
        await learner.type("waeving")
        await learner.until(lambda: "Did you mean “weaving”?" in learner.words)
        await learner.settle()
        assert "enter to the courses" in learner.lines[-1], "an offer is taken by it"
        assert "down into the list" not in learner.lines[-1]
        await learner.press("ctrl+u", *"xyz")
        assert "enter" not in learner.lines[-1]
        assert "down" not in learner.lines[-1]
        assert "esc clear" in learner.lines[-1]
        await learner.press("ctrl+u")
        assert "enter to the courses" in learner.lines[-1]
        assert "down into the list" in learner.lines[-1]
        learner.services.fail(catalog.page, told(StorageError, "Nothing came."))
        await learner.press("r")
        assert "enter" not in learner.lines[-1]
        assert "down" not in learner.lines[-1]


async def test_before_the_courses_are_there_no_key_leads_to_them(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        learner.services.hold(catalog.page)
        await learner.press("2")
        learner.app.screen.set_focus(learner.app.screen.query_one("#filter", Input))
        await learner.settle()
        assert "down into the list" not in learner.lines[-1]
        learner.services.release()
        await learner.settle()
        assert "down into the list" in learner.lines[-1]
