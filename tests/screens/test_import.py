"""Bringing a course in, from the palette to the report."""

import asyncio
from pathlib import Path

from azora_tui.errors import StorageError
from azora_tui.lms import importing
from azora_tui.screens.import_course import ImportScreen, SkippedList
from tests.formats import samples
from tests.screens.conftest import HOME, NARROW, SMALL, Learner, OpenApp, SignUp, Stored
from tests.told import told


def written(folder: Path, name: str) -> Path:
    """A course of `samples` as a zip."""
    path = folder / f"{name}.zip"
    path.write_bytes(samples.zipped(samples.ALL[name]))
    return path


async def opened(learner: Learner) -> None:
    await learner.press("ctrl+p")
    await learner.type("import a course")
    await learner.press("enter")
    assert isinstance(learner.app.screen, ImportScreen)


async def test_a_course_comes_in_with_its_report_and_opens(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], tmp_path: Path, stored: Stored
) -> None:
    sign_up()
    path = written(tmp_path, "carpentries")
    async with open_app() as learner:
        await opened(learner)
        await learner.type(str(path))
        await learner.press("enter")
        assert "Imported: Small Lesson" in learner.text
        assert "2 lessons, 2 questions, 2 pictures as text" in learner.text
        rows = learner.app.screen.query_one(SkippedList)
        assert f"Not taken, or not whole: {rows.count} things" in learner.text
        assert "the episode missing.md" in learner.text
        assert stored("SELECT lesson_count FROM courses WHERE slug = 'small-lesson'") == [(2,)]
        await learner.press("enter")
        assert "Small Lesson" in learner.text
        assert "Enrol" in learner.text
        await learner.press("escape", "escape", "2")
        assert "Small Lesson" in learner.text


async def test_a_path_may_be_quoted_and_a_second_time_brings_nothing_new(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], tmp_path: Path
) -> None:
    sign_up()
    path = written(tmp_path, "own")
    async with open_app() as learner:
        await opened(learner)
        await learner.type(f"'{path}'")
        await learner.press("enter")
        assert "Imported: A small course" in learner.text
        learner.field("path").focus()
        await learner.press("enter")
        assert "Nothing new in: A small course" in learner.text


async def test_what_cannot_be_taken_is_said_under_the_field(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], tmp_path: Path, stored: Stored
) -> None:
    sign_up()
    before = stored("SELECT slug FROM courses")
    async with open_app() as learner:
        await opened(learner)
        await learner.press("enter")
        assert "Write where the course lies" in learner.note("path")
        await learner.type(str(tmp_path / "nowhere"))
        await learner.press("enter")
        assert "is not there. Nothing was imported." in learner.note("path")
        learner.field("path").value = "~nobody-of-this-name/course"
        await learner.press("enter")
        assert "is not there. Nothing was imported." in learner.note("path")
        (tmp_path / "bad.zip").write_bytes(samples.zipped({"../outside.md": "x"}))
        learner.field("path").value = str(tmp_path / "bad.zip")
        await learner.press("enter")
        assert "leads outside of it" in learner.note("path")
        await learner.press("escape")
        assert not isinstance(learner.app.screen, ImportScreen)
    assert stored("SELECT slug FROM courses") == before


async def test_a_learner_is_told_who_may(open_app: OpenApp, sign_up: SignUp, library: dict[str, int]) -> None:
    sign_up(keep=False)
    sign_up("Sipho", "sipho@example.org")
    async with open_app() as learner:
        await learner.settle()
        await learner.press("ctrl+p")
        await learner.type("import a course")
        await learner.until(lambda: "Import a course" in learner.text)
        await learner.press("enter")
        await learner.until(lambda: "Ask one of them." in learner.words)
        assert not isinstance(learner.app.screen, ImportScreen)


async def test_an_import_can_be_stopped_and_leaves_nothing(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], tmp_path: Path, stored: Stored
) -> None:
    sign_up()
    path = written(tmp_path, "olx")
    before = stored("SELECT slug FROM courses")
    async with open_app() as learner:
        await opened(learner)
        learner.services.hold(importing.import_from)
        await learner.type(str(path))
        await learner.press("enter")
        assert "Opening it" in learner.text
        await learner.press("escape")
        assert "Stopping" in learner.text
        learner.services.release()
        await learner.settle()
        assert "Stopped. Nothing was imported" in learner.text
    assert stored("SELECT slug FROM courses") == before


async def test_progress_is_shown(open_app: OpenApp, sign_up: SignUp, library: dict[str, int], tmp_path: Path) -> None:
    sign_up()
    path = written(tmp_path, "own")
    async with open_app() as learner:
        await opened(learner)
        learner.services.hold(importing.import_from)
        await learner.type(str(path))
        await learner.press("enter")
        screen = learner.app.screen
        assert isinstance(screen, ImportScreen)
        tell = screen._progress()
        await asyncio.get_running_loop().run_in_executor(None, tell, "Installing", 250, 1000)
        await learner.settle()
        assert "250 of 1,000 lessons esc stops it" in learner.words


async def test_a_failing_disk_is_told(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], tmp_path: Path
) -> None:
    sign_up()
    async with open_app() as learner:
        await opened(learner)
        learner.services.fail(importing.import_from, told(StorageError, "The disk is full. Nothing was imported."))
        await learner.type("x")
        await learner.press("enter")
        assert "The disk is full" in learner.note("path")


async def test_it_fits_any_size(open_app: OpenApp, sign_up: SignUp, library: dict[str, int], tmp_path: Path) -> None:
    sign_up()
    path = written(tmp_path, "olx")
    for size in (HOME, NARROW, SMALL):
        async with open_app(size) as learner:
            await opened(learner)
            await learner.type(str(path))
            await learner.press("enter")
            assert "Small OLX" in learner.text
