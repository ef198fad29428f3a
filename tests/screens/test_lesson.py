"""Reading a lesson: where one is, what enter does, the contents, finding, and the place that is kept."""

import json
from collections.abc import Callable

import pytest
from textual.widgets import Input

from azora_tui.errors import StorageError
from azora_tui.lms import enrolling, reading
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.screens import place_keeping
from azora_tui.screens.certificate import CertificateScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.link import LinkDialog
from azora_tui.widgets.contents import Contents
from azora_tui.widgets.reader import Position
from tests.conftest import Clock
from tests.engine import sqlite
from tests.screens.conftest import WIDE, Learner, OpenApp, SignUp, Stored
from tests.told import told

Ids = Callable[[int], dict[str, int]]


@pytest.fixture
def enrolled(sign_up: SignUp, library: dict[str, int], lms: Lms) -> Claims:
    """Thandi, signed in and enrolled in Weaving with Grass; enter opens its first lesson."""
    claims = sign_up()
    enrolling.enroll(lms, claims, library["weaving"])
    return claims


def end(learner: Learner) -> str:
    """The line under the text."""
    return str(learner.app.screen.query_one("#end").render())


async def test_enter_means_nothing_before_the_end(open_app: OpenApp, enrolled: Claims, stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("enter")
        assert "1 / 3  The First Knot" in learner.text
        assert end(learner) == ""
        await learner.press("enter")
        assert "1 / 3  The First Knot" in learner.text
        assert stored("SELECT completed FROM lesson_progress") == [(0,)]
        await learner.press("G")
        assert end(learner) == "Done? enter completes the lesson and opens The Floor."
        await learner.press("g")
        assert end(learner) == ""


async def test_enter_at_the_end_completes_and_opens_the_next(
    open_app: OpenApp, enrolled: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("enter", "G", "enter")
        assert "2 / 3  The Floor" in learner.text
        assert learner.reader.scroll_offset.y == 0
        assert end(learner) == "✓ The First Knot is done. 33 % of the course."
        assert "33 %" in learner.lines[2]
        assert stored("SELECT completed FROM lesson_progress ORDER BY lesson_id") == [(1,), (0,)]


async def test_marking_as_done_stays_and_can_be_done_anywhere(
    open_app: OpenApp, enrolled: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("enter", "m")
        assert "1 / 3  The First Knot  ✓ done" in learner.text
        assert stored("SELECT completed FROM lesson_progress") == [(1,)]
        await learner.press("m", "G")
        assert end(learner) == "✓ This lesson is done. enter opens The Floor."
        assert stored("SELECT count(*) FROM events WHERE kind = 'completed'") == [(1,)]


async def test_the_last_lesson_completes_the_course_and_shows_its_certificate(
    open_app: OpenApp, enrolled: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("enter", "G", "enter", "G", "enter", "G")
        assert end(learner) == "Done? enter completes the lesson, and with it the course."
        await learner.press("enter")
        assert isinstance(learner.app.screen, CertificateScreen)
        await learner.press("escape")
        assert end(learner) == "✓ Course completed. enter shows your certificate."
        assert "100 %" in learner.lines[2]
        await learner.press("enter")
        assert isinstance(learner.app.screen, CertificateScreen)
        await learner.press("escape", "escape")
        assert isinstance(learner.app.screen, HomeScreen)
        assert stored("SELECT status, progress FROM enrollments") == [("completed", 100)]


async def test_marking_the_last_lesson_as_done_shows_the_certificate_too(
    open_app: OpenApp, enrolled: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("enter", "m", "greater_than_sign", "m", "greater_than_sign", "m")
        assert isinstance(learner.app.screen, CertificateScreen)
        assert "Weaving with Grass" in learner.text


async def test_where_no_certificate_can_be_signed_it_says_why(
    open_app: OpenApp, enrolled: Claims, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    from azora_tui.lms.credentials import issuing
    from azora_tui.lms.credentials.keys import KeyUnavailableError

    def locked(*_: object) -> None:
        raise KeyUnavailableError("issuer_key_locked")

    monkeypatch.setattr(issuing, "signer", locked)
    async with open_app() as learner:
        await learner.press("enter", "m", "greater_than_sign", "m", "greater_than_sign", "m")
        assert isinstance(learner.app.screen, LessonScreen)
        assert "Its certificate cannot be signed yet." in learner.said
        assert stored("SELECT status, progress FROM enrollments") == [("completed", 100)]


async def test_lessons_are_turned_with_greater_and_less(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app() as learner:
        await learner.press("enter", "less_than_sign")
        assert "1 / 3" in learner.text
        await learner.press("greater_than_sign", "greater_than_sign")
        assert "3 / 3" in learner.text
        await learner.press("greater_than_sign")
        assert "3 / 3" in learner.text
        await learner.press("less_than_sign")
        assert "2 / 3" in learner.text


async def test_turning_there_and_back_keeps_the_place_in_each(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app() as learner:
        await learner.press("enter", "space", "j", "j")
        position = learner.reader.position
        assert position != Position()
        await learner.press("greater_than_sign")
        assert learner.reader.scroll_offset.y == 0
        await learner.press("less_than_sign")
        assert learner.reader.position == position


@pytest.mark.parametrize("way", ["escape", "ctrl+q", "1", "sign out"])
async def test_every_way_out_keeps_the_place(open_app: OpenApp, enrolled: Claims, stored: Stored, way: str) -> None:
    async with open_app() as learner:
        await learner.press("enter", "space", "j")
        position = learner.reader.position
        if way == "ctrl+q":
            await learner.quit()
        elif way == "sign out":
            await learner.press("a", "o")
        elif way == "1":
            await learner.press("2", "1")
            assert learner.reader.position == position
            await learner.quit()
        else:
            await learner.press(way)
    [(kept,)] = stored("SELECT position FROM lesson_progress")
    assert Position(**json.loads(kept)) == position


async def test_the_place_is_kept_after_a_moment_of_rest(
    open_app: OpenApp, enrolled: Claims, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_keeping, "_KEEP_AFTER", 0.001)
    async with open_app() as learner:
        await learner.press("enter", "space")
        position = learner.reader.position
        await learner.until(lambda: stored("SELECT position FROM lesson_progress")[0][0])
        [(kept,)] = stored("SELECT position FROM lesson_progress")
        assert Position(**json.loads(kept)) == position


@pytest.mark.parametrize(
    "kept",
    [
        "rubbish",
        "[]",
        "{}",
        "null",
        '{"block": "x"}',
        '{"block": 9999999999999999999999}',
        '{"block": -5, "offset": -7}',
    ],
)
async def test_a_damaged_place_begins_at_the_beginning(
    open_app: OpenApp, enrolled: Claims, lms: Lms, library: dict[str, int], lesson_ids: Ids, kept: str
) -> None:
    lesson = lesson_ids(library["weaving"])["lesson-1"]
    reading.open_lesson(lms, enrolled, lesson)
    reading.keep_place(lms, enrolled, lesson, kept)
    async with open_app() as learner:
        await learner.press("enter")
        assert "A basket begins with a knot." in learner.text


async def test_minutes_are_counted_while_one_reads_and_not_while_one_is_away(
    open_app: OpenApp, enrolled: Claims, stored: Stored, clock: Clock
) -> None:
    async with open_app() as learner:
        await learner.press("enter")
        clock.advance(seconds=90)
        await learner.press("space")
        clock.advance(hours=5)
        await learner.press("j")
        await learner.press("escape")
    assert stored("SELECT time_spent_minutes FROM lesson_progress") == [(3,)], "1 ½ and, of five hours, 2"


async def test_contents_open_lead_and_close(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app() as learner:
        await learner.press("enter")
        contents = learner.app.screen.query_one(Contents)
        assert not contents.display
        await learner.press("t")
        assert contents.display
        assert contents.has_focus
        assert "The Wall and the Rim" in learner.text
        await learner.press("j", "j", "j", "enter")
        assert learner.reader.has_focus
        assert learner.reader.heading_index == 2
        assert "1 / 3" in learner.text
        await learner.press("t")
        assert not contents.display
        await learner.press("t", "G", "enter")
        assert "3 / 3  The Wall and the Rim" in learner.text


async def test_contents_are_there_by_themselves_where_there_is_room(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app(WIDE) as learner:
        await learner.press("enter")
        contents = learner.app.screen.query_one(Contents)
        assert contents.display
        await learner.press("G")
        assert contents.cursor > 0, "the contents follow the reader"
        await learner.press("t")
        assert not contents.display
        await learner.resize((100, 30))
        await learner.resize(WIDE)
        assert not contents.display, "who closed them does not get them back by resizing"


async def test_finding_marks_goes_on_and_is_left_with_esc(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app() as learner:
        await learner.press("enter", "slash")
        assert learner.app.screen.query_one("#find", Input).has_focus
        await learner.type("GRASS")
        assert learner.reader.hits > 3
        await learner.press("enter")
        hits = learner.reader.hits
        assert learner.reader.hit_index == 0
        assert end(learner) == f"1 of {hits}. n goes to the next, N to the one before."
        await learner.press("n", "n")
        assert end(learner) == f"3 of {hits}. n goes to the next, N to the one before."
        await learner.press("N")
        assert learner.reader.hit_index == 1
        await learner.press("slash", "ctrl+u", *"zebra", "enter")
        assert end(learner) == "Not in this lesson."
        await learner.press("slash", "escape")
        assert learner.reader.hits == 0
        assert end(learner) == ""
        await learner.press("slash", *"grass", "enter")
        assert learner.reader.hits == hits
        await learner.press("escape")
        assert learner.reader.hits == 0
        assert isinstance(learner.app.screen, LessonScreen)
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_what_was_just_said_is_read_at_the_end_of_the_text_too(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app() as learner:
        await learner.press("enter", "G", "slash", *"zebra", "enter")
        assert end(learner) == "Not in this lesson."
        await learner.press("up", "G")
        assert "enter completes the lesson" in end(learner)
        await learner.press("w", "space", "escape", "w", "enter", *"mine", "ctrl+o")
        assert "is kept" in end(learner)


async def test_letters_typed_into_find_are_no_keys(open_app: OpenApp, enrolled: Claims, stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("enter", "slash")
        await learner.type("mt>nN12a?G")
        assert learner.app.screen.query_one("#find", Input).value == "mt>nN12a?G"
        assert isinstance(learner.app.screen, LessonScreen)
        assert stored("SELECT completed FROM lesson_progress") == [(0,)]


async def test_a_link_is_asked_about_before_it_leaves(
    open_app: OpenApp, enrolled: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("sys.platform", "linux")

    def note_and_open(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", note_and_open)
    async with open_app() as learner:
        await learner.press("enter", "space", "tab", "enter")
        assert isinstance(learner.app.screen, LinkDialog)
        assert "https://example.org/knots" in learner.text
        await learner.press("enter")
        assert "No browser can be opened from this terminal." in learner.words
        await learner.press("y")
        assert "Some terminals do not take it" in learner.words
        assert learner.app.clipboard == "https://example.org/knots"
        assert opened == []
        monkeypatch.setenv("DISPLAY", ":0")
        await learner.press("enter")
        assert opened == ["https://example.org/knots"]
        assert isinstance(learner.app.screen, LessonScreen)


async def test_code_is_handed_to_the_clipboard(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app() as learner:
        await learner.press("enter", "space", "y")
        assert "The code was handed to your terminal's clipboard." in learner.said
        assert learner.app.clipboard.startswith("def stitches(")


async def test_a_lesson_that_is_gone_says_so(
    open_app: OpenApp, enrolled: Claims, lms: Lms, library: dict[str, int], lesson_ids: Ids
) -> None:
    async with open_app() as learner:
        with lms.database.write() as transaction:
            sqlite(transaction).execute(
                "UPDATE lessons SET is_published = 0 WHERE course_id = ?", (library["weaving"],)
            )
        await learner.press("enter")
        assert "This lesson is no longer part of the course." in learner.words
        assert "> next" not in learner.text
        await learner.press("enter", "m", "greater_than_sign", "t", "slash", "x", "enter", "n", "escape")
        if isinstance(learner.app.screen, LessonScreen):
            await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_a_course_that_was_left_elsewhere_says_so(
    open_app: OpenApp, enrolled: Claims, lms: Lms, library: dict[str, int]
) -> None:
    async with open_app() as learner:
        await learner.press("enter")
        enrolling.leave(lms, enrolled, library["weaving"])
        await learner.press("m")
        assert "You are not enrolled in Weaving with Grass." in learner.said
        assert "✓ done" not in learner.text
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_a_failure_to_complete_is_said_and_can_be_tried_again(
    open_app: OpenApp, enrolled: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("enter", "G")
        learner.services.fail(reading.complete_lesson, told(StorageError, "The disk is full."))
        await learner.press("enter")
        assert "The disk is full." in learner.said
        assert "1 / 3" in learner.text
        assert stored("SELECT completed FROM lesson_progress") == [(0,)]
        learner.services.mend()
        await learner.press("enter")
        assert "2 / 3" in learner.text


async def test_a_place_that_cannot_be_kept_holds_nobody_back(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app() as learner:
        await learner.press("enter", "space")
        learner.services.fail(reading.keep_place, told(StorageError, "The disk is full."))
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)
        assert "The disk is full." in learner.said
    async with open_app() as learner:
        await learner.press("enter", "space")
        learner.services.fail(reading.keep_place, told(StorageError, "The disk is full."))
        await learner.quit()


async def test_a_waiting_call_does_not_hold_up_esc(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app() as learner:
        learner.services.hold(reading.open_lesson)
        await learner.press("enter")
        await learner.until(lambda: "Opening the lesson …" in learner.text)
        await learner.press("escape")
        await learner.until(lambda: isinstance(learner.app.screen, HomeScreen))
        learner.services.release()
        await learner.settle()
        assert isinstance(learner.app.screen, HomeScreen)


async def test_esc_and_another_dialog_before_the_place_is_kept(open_app: OpenApp, enrolled: Claims) -> None:
    """The page is to be left once its place is written down; what was opened meanwhile stays over it."""
    async with open_app() as learner:
        await learner.press("enter")
        learner.services.hold(reading.keep_place)
        await learner.press("escape", "question_mark")
        learner.services.release()
        await learner.settle()
        await learner.press("escape", "escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_esc_closes_the_contents_and_only_then_leaves(open_app: OpenApp, enrolled: Claims) -> None:
    async with open_app() as learner:
        await learner.press("enter", "t", "escape")
        assert isinstance(learner.app.screen, LessonScreen)
        assert learner.reader.has_focus
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)
