"""The preview of a course: as learners see it, following its files, with no school and no database."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from azora_tui.auth.context import open_auth
from azora_tui.cli import main
from azora_tui.formats.scaffold import start_course
from azora_tui.lms.service import open_lms
from azora_tui.paths import Paths
from azora_tui.screens import preview
from azora_tui.screens.preview import FaultsDialog, PreviewScreen
from azora_tui.settings import Settings
from azora_tui.tui.preview import PreviewApp
from azora_tui.widgets.contents import Contents
from tests.screens.conftest import HOME, SIZES, WIDE, Learner, WatchedServices

OpenPreview = Callable[..., AbstractAsyncContextManager[Learner]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A new course."""
    start_course(tmp_path / "first-steps")
    return tmp_path / "first-steps"


@pytest.fixture
def nowhere(tmp_path: Path) -> Paths:
    """A school that is not there."""
    return Paths(tmp_path / "no" / "school")


@pytest.fixture
def open_preview(folder: Path, nowhere: Paths, monkeypatch: pytest.MonkeyPatch) -> OpenPreview:
    """`async with open_preview() as learner`: the preview, which looks at its files when ctrl+r is pressed."""
    monkeypatch.setattr(preview, "_EVERY", 3600.0)

    @asynccontextmanager
    async def opened(size: tuple[int, int] = HOME) -> AsyncIterator[Learner]:
        services = WatchedServices(nowhere, auth=open_auth(nowhere), lms=open_lms(nowhere))
        app = PreviewApp(folder, services, Settings())
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                learner = Learner(pilot)
                await learner.settle()
                yield learner
        finally:
            services.close()

    return opened


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


async def test_a_course_is_shown_as_learners_see_it(open_preview: OpenPreview, nowhere: Paths) -> None:
    async with open_preview() as learner:
        assert "1 / 2  Welcome" in learner.text
        assert "This is a lesson of your new course." in learner.text
        assert "No faults. What you save is shown at once." in learner.text
        await learner.press(">")
        assert "2 / 2  How to Go On" in learner.text
        assert "Which command lists every fault of a course?" in learner.text
        await learner.press("o", "G")
        assert "azora-tui check names each" in learner.words
        await learner.press("<", "?")
        assert "contents" in learner.text
        await learner.press("escape")
    assert not nowhere.home.parent.exists()


async def test_what_is_saved_is_shown_where_one_reads(open_preview: OpenPreview, folder: Path) -> None:
    lesson = folder / "welcome.md"
    with lesson.open("a", encoding="utf-8") as file:
        file.write("\n## Far below\n\n" + "A line.\n\n" * 80 + "The very end.\n")
    async with open_preview() as learner:
        await learner.press("G")
        assert "The very end." in learner.text
        replace(lesson, "The very end.", "Another end.")
        replace(lesson, "title: Welcome", "title: Be Welcome")
        await learner.press("ctrl+r")
        assert "Another end." in learner.text
        assert "1 / 2  Be Welcome" in learner.text
        before = learner.text
        await learner.press("ctrl+r")
        assert learner.text == before


async def test_it_follows_by_itself(open_preview: OpenPreview, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_preview() as learner:
        replace(folder / "welcome.md", "This is a lesson", "Here is a lesson")
        assert "This is a lesson" in learner.text
        screen = learner.app.screen
        assert isinstance(screen, PreviewScreen)
        screen.set_interval(0.001, screen.action_look)
        await learner.until(lambda: "Here is a lesson" in learner.text)


async def test_faults_stand_below_and_are_listed(open_preview: OpenPreview, folder: Path) -> None:
    replace(folder / "welcome.md", "[Three dots, joined by lines into a triangle]", "[]")
    replace(folder / "course.yaml", "level: beginner", "level: wizard")
    async with open_preview() as learner:
        assert "2 faults, f lists them. course.yaml:8: level is one of" in learner.text
        assert "This is a lesson" in learner.text
        await learner.press("f")
        assert isinstance(learner.app.screen, FaultsDialog)
        assert "welcome.md:17: the image images/triangle.svg has no" in learner.text
        await learner.press("escape")
        replace(folder / "course.yaml", "level: wizard", "level: beginner")
        replace(folder / "welcome.md", "![]", "![Three dots]")
        await learner.press("ctrl+r", "f")
        assert isinstance(learner.app.screen, PreviewScreen)
        assert "No faults." in learner.text


async def test_a_file_that_is_half_saved_leaves_the_lesson_that_is_open(
    open_preview: OpenPreview, folder: Path
) -> None:
    whole = (folder / "welcome.md").read_text(encoding="utf-8")
    async with open_preview() as learner:
        (folder / "welcome.md").write_text("---\nid: wel", encoding="utf-8")
        await learner.press("ctrl+r")
        assert "This is a lesson" in learner.text
        assert "welcome.md:1: begins without front matter" in learner.text
        await learner.press(">", "<")
        (folder / "welcome.md").write_text(whole, encoding="utf-8")
        await learner.press("ctrl+r", "<")
        assert "1 / 2  Welcome" in learner.text


async def test_a_course_that_cannot_be_read_says_why_and_is_shown_once_it_can(
    open_preview: OpenPreview, folder: Path
) -> None:
    (folder / "course.yaml").rename(folder / "aside")
    async with open_preview() as learner:
        assert "There is no lesson to be read yet." in learner.text
        assert "course.yaml:1: course.yaml is missing" in learner.text
        await learner.press(">", "<", "t", "t")
        (folder / "aside").rename(folder / "course.yaml")
        await learner.press("ctrl+r")
        assert "This is a lesson" in learner.text


async def test_contents_lead_to_lessons_and_headings(open_preview: OpenPreview) -> None:
    async with open_preview(WIDE) as learner:
        assert learner.app.screen.query_one(Contents).display
        await learner.press("t", "t", "G", "enter")
        assert "2 / 2  How to Go On" in learner.text
        await learner.press("t", "t", "g", "enter")
        assert "1 / 2  Welcome" in learner.text


async def test_no_key_of_the_school_does_anything(open_preview: OpenPreview, nowhere: Paths) -> None:
    async with open_preview() as learner:
        for key in ("1", "2", "ctrl+f", "W", "a", "escape"):
            await learner.press(key)
            assert isinstance(learner.app.screen, PreviewScreen), key
        await learner.press("ctrl+p")
        assert "Sign out" not in learner.text
        await learner.press("escape")
        await learner.quit()
    assert not nowhere.home.parent.exists()


@pytest.mark.parametrize("size", SIZES)
async def test_every_size(open_preview: OpenPreview, size: tuple[int, int]) -> None:
    async with open_preview(size) as learner:
        await learner.press(">", "t", "G", "enter")


async def test_hostile_text_stays_text(open_preview: OpenPreview, folder: Path) -> None:
    hostile = r"[/x][@click=app.quit]\e[2J"
    replace(folder / "welcome.md", "title: Welcome", f'title: "{hostile}"')
    (folder / "[red].md").write_text("---\n")
    async with open_preview() as learner:
        assert "[/x][@click=app.quit][2J" in learner.text
        await learner.press("f")
        assert "[red].md:1" in learner.text


def test_the_command_opens_it(
    folder: Path, nowhere: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[object] = []
    monkeypatch.setenv("AZORA_HOME", str(nowhere.home))
    monkeypatch.setattr("gc.disable", lambda: None)

    def run(paths: Paths, folder: Path, **_: object) -> int:
        opened.append(folder)
        return 0

    monkeypatch.setattr("azora_tui.tui.preview.run", run)
    monkeypatch.setenv("TEXTUAL_DRIVER", "none")
    assert main(["preview", str(folder / "course.yaml")]) == 0
    assert opened == [folder]
    monkeypatch.delenv("TEXTUAL_DRIVER")
    assert main(["preview", str(folder)]) == 1
    assert "needs a terminal" in capsys.readouterr().err
    assert main(["preview", str(folder / "nowhere")]) == 1
    assert "is not a folder" in capsys.readouterr().err
    assert not nowhere.home.exists()
