"""Home: one key back into the exact place, and what has been done so far."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

import pytest

from azora_tui.errors import StorageError
from azora_tui.lms import catalog, enrolling, home, notes, reading
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.screens.catalog import CatalogScreen
from azora_tui.screens.course_detail import CourseDetailScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.rest_days import RestDaysDialog
from azora_tui.widgets.continue_card import ContinueCard
from azora_tui.widgets.heat_map import HeatMap
from tests.conftest import NOW, Clock
from tests.screens.conftest import HOME, NARROW, WIDE, Learner, OpenApp, SignUp, Stored
from tests.told import told


@pytest.fixture
def claims(sign_up: SignUp) -> Claims:
    return sign_up()


@pytest.fixture
def weaving(lms: Lms, claims: Claims, library: dict[str, int]) -> list[int]:
    """The lessons of the one course under way."""
    enrolling.enroll(lms, claims, library["weaving"])
    return [lesson.id for lesson in catalog.detail(lms, claims, library["weaving"]).lessons]


def map_rows(learner: Learner) -> list[str]:
    """The seven rows of days, without the names of the weekdays."""
    heat = learner.app.screen.query_one(HeatMap)
    return [heat.render_line(number).text[4:] for number in range(2, 9)]


async def test_who_has_begun_nothing_is_led_to_the_catalog(
    open_app: OpenApp, claims: Claims, library: dict[str, int]
) -> None:
    async with open_app() as learner:
        assert "Nothing is under way yet. Press 2 for the catalog, choose a course, and enrol with e." in learner.words
        assert "Streak" not in learner.text
        await learner.press("r", "o", "2")
        assert isinstance(learner.app.screen, CatalogScreen)
        await learner.press("e", "1")
        assert "Start" in learner.text, "enrolling elsewhere is known here"
        assert learner.app.screen.query_one(ContinueCard).has_focus


async def test_enter_goes_back_into_the_exact_place(open_app: OpenApp, weaving: list[int], stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("enter", ">", "space", "j")
        position = learner.reader.position
        assert position.line
        await learner.quit()
    [(kept,)] = stored(f"SELECT position FROM lesson_progress WHERE lesson_id = {weaving[1]}")
    assert json.loads(kept) == asdict(position)
    async with open_app() as learner:
        assert learner.app.screen.query_one(ContinueCard).has_focus
        assert "The Floor" in learner.text
        await learner.press("enter")
        assert learner.reader.position == position


async def test_a_click_goes_on_too(open_app: OpenApp, weaving: list[int]) -> None:
    async with open_app() as learner:
        await learner.pilot.click(ContinueCard)
        await learner.settle()
        assert isinstance(learner.app.screen, LessonScreen)


async def test_what_was_done_in_a_lesson_stands_here_afterwards(open_app: OpenApp, weaving: list[int]) -> None:
    async with open_app() as learner:
        assert "0 minutes, 0 lessons" in learner.text
        await learner.press("enter", "G", "enter", "escape")
        assert isinstance(learner.app.screen, HomeScreen)
        assert "0 minutes, 1 lesson" in learner.text
        assert "1 day, longest 1" in learner.text
        assert "33 %" in learner.text
        assert "1 day of learning in the last year, all in November 2026." in learner.text
        assert map_rows(learner)[6].rstrip().endswith("▂"), "today, a Sunday"


async def test_arrows_lead_to_the_other_courses_and_back(
    open_app: OpenApp, lms: Lms, claims: Claims, clock: Clock, library: dict[str, int]
) -> None:
    for slug in ("clay", "rivers", "weaving"):
        enrolling.enroll(lms, claims, library[slug])
        clock.advance(minutes=1)
    async with open_app() as learner:
        await learner.press("j", "down", "o")
        assert isinstance(learner.app.screen, CourseDetailScreen)
        assert "Numbers in Clay" in learner.lines[2]
        await learner.press("escape", "up", "up")
        assert learner.app.screen.query_one(ContinueCard).has_focus
        await learner.press("o")
        assert "Weaving with Grass" in learner.lines[2]
        await learner.press("escape", "down", "enter")
        assert isinstance(learner.app.screen, LessonScreen)
        assert "1 / 3  Lesson one" in learner.text


async def test_a_course_without_lessons_opens_its_page(
    open_app: OpenApp, lms: Lms, claims: Claims, library: dict[str, int]
) -> None:
    for slug in ("silence", "weaving"):
        enrolling.enroll(lms, claims, library[slug])
    async with open_app() as learner:
        await learner.press("down", "enter")
        assert isinstance(learner.app.screen, CourseDetailScreen)


async def test_more_courses_than_there_is_room_for_are_counted(
    open_app: OpenApp, lms: Lms, claims: Claims, add_course: Callable[..., int]
) -> None:
    for number in range(8):
        enrolling.enroll(lms, claims, add_course(f"course-{number}"))
    async with open_app(WIDE) as learner:
        assert "and 3 more in My learning" in learner.text


async def test_when_everything_is_done_enter_leads_to_the_catalog(
    open_app: OpenApp, lms: Lms, claims: Claims, weaving: list[int]
) -> None:
    for lesson in weaving:
        reading.complete_lesson(lms, claims, lesson, minutes=20)
    async with open_app(WIDE) as learner:
        assert "Nothing is under way" in learner.text
        assert "First course completed" in learner.text
        await learner.press("o", "enter")
        assert isinstance(learner.app.screen, CatalogScreen)


@pytest.mark.parametrize(("size", "weeks"), [(HOME, 35), (WIDE, 53), (NARROW, 27)])
async def test_the_map_shows_as_many_weeks_as_there_is_room_for(
    open_app: OpenApp, lms: Lms, claims: Claims, clock: Clock, weaving: list[int], size: tuple[int, int], weeks: int
) -> None:
    for days, minutes in ((370, 60), (3, 60), (2, 30), (1, 15), (0, 1)):
        clock.moment = NOW - timedelta(days=days)
        reading.complete_lesson(lms, claims, weaving[0], minutes=minutes)
    async with open_app(size) as learner:
        rows = map_rows(learner)
        assert [len(row.rstrip()) for row in rows] == [2 * weeks - 1] * 7
        assert [row.rstrip()[-1] for row in rows[3:]] == list("▇▆▄▂")
        assert (rows[0][0] == "▇") is (weeks == 53)
        for day in range(7):
            assert set(rows[day][1::2]) <= {" "}


async def test_days_to_come_have_no_sign(open_app: OpenApp, weaving: list[int], clock: Clock) -> None:
    clock.moment = NOW + timedelta(days=3)  # a Wednesday
    async with open_app() as learner:
        assert [row[68] for row in map_rows(learner)] == [*"···", *"    "]


async def test_rest_days_are_chosen_and_kept(
    open_app: OpenApp, lms: Lms, claims: Claims, clock: Clock, weaving: list[int], stored: Stored
) -> None:
    for back in (3, 1, 0):
        clock.moment = NOW - timedelta(days=back)
        reading.complete_lesson(lms, claims, weaving[0], minutes=5)
    async with open_app() as learner:
        assert "2 days, longest 2" in learner.text
        await learner.press("r")
        assert isinstance(learner.app.screen, RestDaysDialog)
        await learner.press("j", "j", "j", "j", "space")
        assert "Friday      ✓ rest day" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)
        assert "3 days, longest 3" in learner.text
        assert "Rest days  Fri" in learner.text
        await learner.press("r", "space", "escape")
        assert "Rest days  Fri" in learner.text
        await learner.press("r", "tab", "tab", "enter")
        assert isinstance(learner.app.screen, HomeScreen)
    assert stored("SELECT user_id, weekdays FROM rest_days") == [(1, 16)]


async def test_rest_days_that_cannot_be_kept_say_so_and_can_be_tried_again(
    open_app: OpenApp, weaving: list[int], stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("r", "space")
        learner.services.fail(home.choose_rest_days, told(StorageError, "The disk is full. This step was not saved."))
        await learner.press("enter")
        assert "The disk is full." in learner.words
        learner.services.mend()
        await learner.press("enter")
        assert "Rest days  Mon" in learner.text
    assert stored("SELECT weekdays FROM rest_days") == [(1,)]


async def test_a_home_that_cannot_be_read_says_so_and_is_read_anew(open_app: OpenApp, weaving: list[int]) -> None:
    async with open_app() as learner:
        learner.services.fail(home.page, told(StorageError, "Nothing came."))
        await learner.press("ctrl+r")
        assert "Nothing came. ctrl+r tries again." in learner.words
        assert "Streak" not in learner.text
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "Start" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, LessonScreen)


async def test_the_first_paint_has_every_line_where_it_stays(open_app: OpenApp, weaving: list[int]) -> None:
    async with open_app(before=lambda services: services.hold(home.page)) as learner:
        before = learner.lines
        assert "Reading where you were …" in learner.text
        learner.services.release()
        await learner.settle()
        after = learner.lines
    for word in ("This week", "Last week", "Streak", "Rest days", "The last 35 weeks", "Mon", "Wed", "Fri"):
        at = [[(y, line.index(word)) for y, line in enumerate(lines) if word in line] for lines in (before, after)]
        assert at[0]
        assert at[0] == at[1], word


async def test_what_is_written_elsewhere_is_known_on_coming_back(
    open_app: OpenApp, lms: Lms, claims: Claims, weaving: list[int]
) -> None:
    async with open_app() as learner:
        await learner.press("3")
        notes.write(lms, claims, weaving[0], digest=1, quote="A", position="{}", text="mine")
        await learner.press("1")
        assert "1 day of learning" in learner.text


async def test_the_page_is_turned_by_keys(open_app: OpenApp, lms: Lms, claims: Claims, weaving: list[int]) -> None:
    reading.complete_lesson(lms, claims, weaving[0])
    async with open_app(NARROW) as learner:
        assert "First lesson completed" not in learner.text
        await learner.press("space")
        assert "First lesson completed" in learner.text
        await learner.press("b")
        assert "Continue" in learner.text


async def test_the_minutes_of_twelve_weeks_are_a_line_of_bars(
    open_app: OpenApp, lms: Lms, claims: Claims, clock: Clock, weaving: list[int]
) -> None:
    for weeks, minutes in ((12, 500), (11, 80), (2, 40), (0, 1)):
        clock.moment = NOW - timedelta(weeks=weeks)
        reading.complete_lesson(lms, claims, weaving[0], minutes=minutes)
    async with open_app(WIDE) as learner:
        assert "Minutes    █        ▄ ▁  in 12 weeks, at most 80" in learner.text
    async with open_app(HOME) as learner:
        assert "in 12 weeks" not in learner.text


async def test_a_month_stands_over_the_week_in_which_it_begins(open_app: OpenApp, weaving: list[int]) -> None:
    async with open_app(WIDE) as learner:
        months = learner.app.screen.query_one(HeatMap).render_line(1).text
        # From Monday, 17 November 2025: 1 December is two weeks later, 1 January (a Thursday) six, 1 November 49.
        assert [months.index(month) for month in ("Dec", "Jan", "Nov")] == [4 + 2 * 2, 4 + 2 * 6, 4 + 2 * 49]
