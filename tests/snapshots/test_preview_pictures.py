"""The preview of a course in each of its faces, as a picture. Look at a new one before you take it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from azora_tui.auth.context import open_auth
from azora_tui.formats.scaffold import start_course
from azora_tui.lms.service import open_lms
from azora_tui.paths import Paths
from azora_tui.screens import preview
from azora_tui.settings import Settings
from azora_tui.tui.preview import PreviewApp
from tests.screens.conftest import Learner, WatchedServices
from tests.snapshots.test_pictures import LOOKS, SIZES


def whole(folder: Path) -> None:
    pass


def faulty(folder: Path) -> None:
    lesson = folder / "welcome.md"
    lesson.write_text(lesson.read_text().replace("[Three dots, joined by lines into a triangle]", "[]"))
    course = folder / "course.yaml"
    course.write_text(course.read_text().replace("level: beginner", "level: wizard"))


def missing(folder: Path) -> None:
    (folder / "course.yaml").unlink()


SCENES: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "lesson": (whole, ()),
    "quiz": (whole, (">", "G")),
    "faults": (faulty, ()),
    "faults-listed": (faulty, ("f",)),
    "nothing-to-read": (missing, ()),
}


@pytest.fixture
def draw(tmp_path: Path, snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    monkeypatch.setattr(preview, "_EVERY", 3600.0)

    def drawn(scene: str, size: tuple[int, int], settings: Settings | None = None) -> bool:
        set_up, keys = SCENES[scene]
        folder = tmp_path / "first-steps"
        start_course(folder)
        set_up(folder)
        paths = Paths(tmp_path / "nowhere")
        services = WatchedServices(paths, auth=open_auth(paths), lms=open_lms(paths))
        app = PreviewApp(folder, services, settings or Settings())

        async def act(pilot: Pilot[Any]) -> None:
            learner = Learner(pilot)
            await learner.settle()
            await learner.press(*keys)

        try:
            return snap_compare(app, terminal_size=size, run_before=act)
        finally:
            services.close()

    return drawn


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_preview(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(scene, SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
def test_preview_look(draw: Callable[..., bool], look: str) -> None:
    assert draw("faults", SIZES["80x24"], LOOKS[look])
