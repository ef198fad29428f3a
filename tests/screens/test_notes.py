"""Writing on paragraphs, finding what one wrote, and getting it back."""

import asyncio

import pytest
from textual.widgets import TextArea

from azora_tui.errors import StorageError
from azora_tui.lms import enrolling, notes
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.note_dialog import NoteDialog
from azora_tui.screens.notes import NotesScreen
from azora_tui.widgets.note_list import NoteList
from tests.screens.conftest import SIZES, WIDE, Learner, OpenApp, SignUp, Stored
from tests.told import told


@pytest.fixture
def reading(lms: Lms, library: dict[str, int], sign_up: SignUp) -> dict[str, int]:
    """Thandi is enrolled in Weaving with Grass; `2`, `enter` opens its first lesson."""
    enrolling.enroll(lms, sign_up(), library["weaving"])
    return library


async def write(learner: Learner, text: str, *keys: str) -> None:
    """A note on the paragraph that `keys` go to."""
    await learner.press("w", *keys, "enter")
    await learner.type(text)
    await learner.press("ctrl+s")


def chosen_text(learner: Learner) -> str:
    chosen = learner.reader.chosen
    assert chosen is not None
    return chosen.text


async def test_a_note_is_written_shown_and_opened_again(
    open_app: OpenApp, reading: dict[str, int], stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "w")
        assert "Choose with the arrows." in learner.text
        assert learner.lines[4].startswith("┃ A basket begins"), "the chosen one has a bar"
        assert "space bookmark" in learner.text
        await learner.press("down", "down", "enter")
        assert isinstance(learner.app.screen, NoteDialog)
        assert "dry grass, as long as your arm" in learner.text
        await learner.type("Ask Gogo.")
        assert stored("SELECT * FROM notes") == []
        await learner.press("ctrl+s")
        assert stored("SELECT user_id, quote, text FROM notes") == [(1, "dry grass, as long as your arm", "Ask Gogo.")]
        assert "✓ Your note is kept." in learner.text
        assert any(line.startswith("◆ ● dry grass") for line in learner.lines)

        await learner.press("w", "down", "down", "w")
        assert learner.app.screen.query_one(TextArea).text == "Ask Gogo."
        await learner.type(" Twice.")
        await learner.press("tab", "enter")
        assert stored("SELECT text FROM notes") == [("Ask Gogo. Twice.",)]
        await learner.press("down")
        assert learner.reader.chosen is None, "the arrows are the reader's again"


async def test_space_sets_and_takes_a_bookmark(open_app: OpenApp, reading: dict[str, int], stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "w", "j", "space")
        assert "The bookmark is set." in learner.text
        assert stored("SELECT text, deleted_at FROM notes") == [(None, None)]
        await learner.press("up")
        assert any(line.startswith("◇ What you need") for line in learner.lines)
        await learner.press("down", "space")
        assert "The bookmark is taken away." in learner.text
        assert stored("SELECT COUNT(*) FROM notes WHERE deleted_at IS NULL") == [(0,)]
        await learner.press("escape")
        assert isinstance(learner.app.screen, LessonScreen), "esc leaves the choosing, not the lesson"
        await learner.press("space")
        assert learner.reader.scroll_offset.y > 0


async def test_a_bookmark_does_not_write_over_a_note(
    open_app: OpenApp, reading: dict[str, int], stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter")
        await write(learner, "Mine.")
        await learner.press("w", "space")
        assert "You wrote a note on this paragraph" in learner.text
        assert stored("SELECT text FROM notes WHERE deleted_at IS NULL") == [("Mine.",)]


async def test_one_esc_does_not_lose_what_was_written(
    open_app: OpenApp, reading: dict[str, int], stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "w", "enter", "escape")
        assert not isinstance(learner.app.screen, NoteDialog), "there was nothing to lose"
        await learner.press("enter")
        await learner.type("Long thought")
        await learner.press("escape")
        assert "esc again leaves without keeping it." in learner.words
        await learner.type("s")
        await learner.press("escape")
        assert isinstance(learner.app.screen, NoteDialog)
        await learner.press("escape")
        assert not isinstance(learner.app.screen, NoteDialog)
        assert stored("SELECT * FROM notes") == []


async def test_a_note_that_cannot_be_kept_stays_in_the_dialog(open_app: OpenApp, reading: dict[str, int]) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter")
        learner.services.fail(notes.write, told(StorageError, "The disk is full. This step was not saved."))
        await write(learner, "Precious")
        assert isinstance(learner.app.screen, NoteDialog)
        assert "The disk is full." in learner.words
        assert learner.app.screen.query_one(TextArea).text == "Precious"
        learner.services.mend()
        await learner.press("ctrl+s")
        assert "✓ Your note is kept." in learner.text


async def test_what_is_pasted_is_kept_clean(open_app: OpenApp, reading: dict[str, int], stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "w", "enter")
        await learner.paste("[red]one\x1b[31m\r\ntwo\u202e\x07")
        assert "\x1b" not in learner.text
        assert "[red]one[31m" in learner.text
        await learner.press("ctrl+s")
        assert stored("SELECT text FROM notes") == [("[red]one[31m\ntwo",)]


async def test_choosing_goes_through_the_whole_lesson_and_back(open_app: OpenApp, reading: dict[str, int]) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "w")
        seen = [chosen_text(learner)]
        for _ in range(40):
            await learner.press("down")
            assert any(line.startswith("┃") for line in learner.lines), seen[-1]
            seen.append(chosen_text(learner))
        assert seen[-1] == "This was The First Knot."
        assert seen[-1] == seen[-2]
        for _ in range(45):
            await learner.press("k")
        assert chosen_text(learner) == seen[0]
        await learner.press("pagedown", "pagedown", "down")
        assert any(line.startswith("┃") for line in learner.lines), "what is chosen is in view"


async def test_the_bar_stands_by_the_text_where_there_is_more_room(open_app: OpenApp, reading: dict[str, int]) -> None:
    async with open_app(WIDE) as learner:
        await learner.press("3", "enter", "w")
        assert any("   ┃ A basket begins with a knot." in line for line in learner.lines)


async def test_the_mouse_chooses_too(open_app: OpenApp, reading: dict[str, int]) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "w")
        await learner.pilot.click("#reader", offset=(10, 6))
        await learner.settle()
        assert chosen_text(learner) in ("dry grass, as long as your arm", "a needle of bone or wood")


async def test_notes_of_the_lesson_and_all(open_app: OpenApp, reading: dict[str, int]) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter")
        await write(learner, "First note")
        await learner.press("greater_than_sign")
        await write(learner, "Second note", "down")
        await learner.press("W")
        assert "Your notes on The Floor   1" in learner.text
        assert "Second note" in learner.text
        assert "First note" not in learner.text
        await learner.press("f")
        assert "All your notes   2" in learner.text
        assert "The First Knot · “A basket begins with a knot." in learner.text
        await learner.press("g", "enter")
        assert isinstance(learner.app.screen, LessonScreen)
        assert "1 / 3  The First Knot" in learner.text
        assert len(learner.app.screen_stack) == 2, "in the lesson page that was there"


async def test_a_note_opens_its_paragraph_from_anywhere(open_app: OpenApp, reading: dict[str, int]) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "space", "space")
        await write(learner, "Here")
        place = learner.reader.position.line
        await learner.press("g", "escape", "2", "W")
        assert isinstance(learner.app.screen, NotesScreen)
        await learner.press("enter")
        assert abs(learner.reader.position.line - place) <= 2
        assert any(line.startswith("◆ ") for line in learner.lines)


async def test_deleting_is_undone_with_u(open_app: OpenApp, reading: dict[str, int], stored: Stored) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter")
        await write(learner, "Keep me")
        await learner.press("W", "d")
        assert "The note is deleted. u undo" in learner.text
        assert "You have written nothing on this lesson yet." in learner.words
        assert stored("SELECT deleted_at IS NOT NULL, text FROM notes") == [(1, "Keep me")]
        await learner.press("u")
        assert learner.app.screen.query_one(NoteList).count == 1
        assert "Keep me" in learner.text
        await learner.press("e")
        await learner.type("!")
        await learner.press("ctrl+s")
        assert "Keep me!" in learner.text


async def test_a_note_whose_paragraph_is_gone_stands_at_the_lesson_s_head(
    open_app: OpenApp, reading: dict[str, int], lms: Lms, make_course: object
) -> None:
    from dataclasses import replace

    from azora_tui.models.course_sources import LessonSource

    async with open_app() as learner:
        await learner.press("3", "enter")
        await write(learner, "Lonely")
        await learner.press("escape")
    source = make_course("weaving", title="Weaving with Grass")  # type: ignore[operator]
    other = LessonSource("lesson-1", "The First Knot", 5, True, "All", "Nothing is as it was.\n")
    with lms.database.write() as transaction:
        install(lms, transaction, replace(source, version="2.0", lessons=(other,)))
    async with open_app() as learner:
        await learner.press("3", "enter")
        assert "1 note whose paragraph is gone. It is kept; W shows it." in learner.words
        await learner.press("W")
        assert "its paragraph is gone" in learner.text
        assert "Lonely" in learner.text
        await learner.press("enter")
        assert "Nothing is as it was." in learner.text
    with lms.database.write() as transaction:
        install(lms, transaction, replace(source, version="3.0", lessons=()))
    async with open_app() as learner:
        await learner.press("W")
        assert "its lesson is gone" in learner.text
        await learner.press("enter")
        assert "The course no longer has this lesson." in learner.words
        await learner.press("e")
        assert learner.app.screen.query_one(TextArea).text == "Lonely"


async def test_faces_of_the_notes(open_app: OpenApp, reading: dict[str, int]) -> None:
    async with open_app() as learner:
        await learner.press("W")
        assert "You have no notes yet. In a lesson, w writes one on any paragraph." in learner.words
        learner.services.fail(notes.mine, told(StorageError, "The disk did not give the data."))
        await learner.press("ctrl+r")
        assert "The disk did not give the data. ctrl+r tries again." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "You have no notes yet." in learner.words
        learner.services.hold(notes.mine)
        await learner.press("escape", "W")
        await learner.until(lambda: "Reading your notes" in learner.text)
        learner.services.release()
        await asyncio.sleep(0)


@pytest.mark.parametrize("size", SIZES)
async def test_it_fits_every_size(open_app: OpenApp, reading: dict[str, int], size: tuple[int, int]) -> None:
    async with open_app(size) as learner:
        await learner.press("3", "enter", "w", "enter")
        assert all(len(line) <= size[0] for line in learner.lines)
        await learner.type("x")
        await learner.press("ctrl+s", "W")
        assert all(len(line) <= size[0] for line in learner.lines)
