"""Taking everything along, and deleting one's account. Look at a new one before you take it."""

from collections.abc import Callable

import pytest

from tests.screens.conftest import PASSWORD
from tests.snapshots.test_pictures import LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]


def with_a_backup(stage: Stage) -> None:
    stage.at_work()
    (stage.services.paths.home / "lms-before-version-3.db").write_text("old")


def one_of_two(stage: Stage) -> None:
    """Not the only admin: the first account is somebody else's."""
    stage.sign_up("Elara", "elara@example.org", keep=False)
    stage.learner()


SCENES = {
    "take-along": Scene(Stage.at_work, keys=("a", "e")),
    "take-along-ending": Scene(Stage.at_work, keys=("a", "e", "backspace", "enter")),
    "delete": Scene(Stage.at_work, keys=("a", "d")),
    "delete-backups": Scene(with_a_backup, keys=("a", "d")),
    "delete-wrong": Scene(one_of_two, keys=("a", "d"), fill=("not the passphrase",)),
    "deleted": Scene(one_of_two, keys=("a", "d"), fill=(PASSWORD,)),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_leaving(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
def test_look(draw: Callable[..., bool], look: str) -> None:
    assert draw(SCENES["delete"], SIZES["80x24"], LOOKS[look])
