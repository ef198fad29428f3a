"""School in each of its faces, and what an invited person sees, as pictures. Look at a new one before you take it."""

from collections.abc import Callable
from typing import cast

import pytest

from azora_tui.auth import invitations, people
from azora_tui.screens.base import area_key
from tests.conftest import Clock
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]

SCHOOL = area_key("school")
WORD = "2468-ace0-bdf1"


@pytest.fixture(autouse=True)
def the_same_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "_new_word", lambda: WORD)


def together(stage: Stage) -> None:
    """An admin, an instructor, learners: one invited, one closed out, one not seen for a while."""
    auth, clock = stage.services.auth, cast(Clock, stage.lms.now)
    now = clock.moment
    claims = stage.learner()
    clock.advance(days=-40)
    stage.sign_up("Nomsa Dube", "nomsa@example.org", keep=False)
    stage.sign_up("Adaeze Obi", "adaeze@example.org", keep=False)
    clock.moment = now
    people.set_role(auth, claims, email="nomsa@example.org", role="instructor")
    stage.sign_up("Kofi Mensah", "kofi@example.org", keep=False)
    people.disable(auth, claims, email="kofi@example.org")
    invitations.invite(auth, claims, [("lwazi@example.org", "Lwazi")])


def held(stage: Stage) -> None:
    together(stage)
    stage.services.hold(people.page)


def failing(stage: Stage) -> None:
    together(stage)
    stage.services.fail(people.page, DISK)


def invited(stage: Stage) -> None:
    claims = stage.sign_up(keep=False)
    invitations.invite(stage.services.auth, claims, [("lwazi@example.org", "Lwazi")])


def closed(stage: Stage) -> None:
    stage.sign_up(keep=False)
    stage.sign_up("Kofi Mensah", "kofi@example.org", keep=False)
    people.disable(stage.services.auth, None, email="kofi@example.org")


SCENES: dict[str, Scene] = {
    "school": Scene(together, keys=(SCHOOL, "down")),
    "loading": Scene(held, keys=(SCHOOL,)),
    "empty": Scene(together, keys=(SCHOOL, "slash", *"xyz")),
    "failed": Scene(failing, keys=(SCHOOL,)),
    "found": Scene(together, keys=(SCHOOL, "slash", *"ko")),
    "role": Scene(together, keys=(SCHOOL, "G", "up", "up", "enter")),
    "role-given": Scene(together, keys=(SCHOOL, "enter", "down", "enter")),
    "last-admin": Scene(together, keys=(SCHOOL, "G", "d")),
    "invite": Scene(together, keys=(SCHOOL, "i")),
    "invite-refused": Scene(together, keys=(SCHOOL, "i"), fill=("nomsa@example.org", "")),
    "word": Scene(together, keys=(SCHOOL, "i"), fill=("sipho@example.org", "Sipho")),
    "open-account": Scene(invited, fill=("lwazi@example.org", WORD)),
    "account-closed": Scene(closed, fill=("kofi@example.org", "a long passphrase")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_school(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
def test_school_look(draw: Callable[..., bool], look: str) -> None:
    assert draw(SCENES["school"], SIZES["80x24"], LOOKS[look])
