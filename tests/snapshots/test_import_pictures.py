"""Importing a course in each of its faces, as a picture. Look at a new one before you take it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from azora_tui.lms import importing
from tests.formats import samples
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]

OPEN = ("ctrl+p", *"import a course", "enter")
GIVEN = (*OPEN, *"small.zip", "enter")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A course that is found by its name alone, so that no picture has a folder of this computer in it."""
    (tmp_path / "small.zip").write_bytes(samples.zipped(samples.OLX))
    (tmp_path / "own.zip").write_bytes(samples.zipped({k: v for k, v in samples.OWN.items() if k.endswith("two.md")}))
    monkeypatch.chdir(tmp_path)


def held(stage: Stage) -> None:
    stage.learner()
    stage.services.hold(importing.import_from)


def failing(stage: Stage) -> None:
    stage.learner()
    stage.services.fail(importing.import_from, DISK)


SCENES = {
    "offered": Scene(Stage.learner, keys=OPEN[:-1]),
    "empty": Scene(Stage.learner, keys=OPEN),
    "nothing-written": Scene(Stage.learner, keys=(*OPEN, "enter")),
    "opening": Scene(held, keys=GIVEN),
    "failed": Scene(failing, keys=GIVEN),
    "not-a-course": Scene(Stage.learner, keys=(*OPEN, *"own.zip", "enter")),
    "report": Scene(Stage.learner, keys=GIVEN),
    "report-read": Scene(Stage.learner, keys=(*GIVEN, "tab", "G")),
    "opened": Scene(Stage.learner, keys=(*GIVEN, "enter")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_import(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
def test_import_look(draw: Callable[..., bool], look: str) -> None:
    assert draw(SCENES["report"], SIZES["80x24"], LOOKS[look])
