"""Learners for each other, page by page. Look at a new one before you take it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest

from azora_tui.lms.together import blocks, connections, profiles
from tests.conftest import NOW, Clock, claims_of
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]

FIND, CONNECTIONS, OWN = ("a", "f"), ("a", "c"), ("a", "y")
ABOUT = "I live by the river and mend nets.\nWrite to me in English or isiZulu."
PEOPLE = (
    (11, "Adaeze Obi", "Numbers in clay", "Reading rivers"),
    (12, "Kamau", "Weaving with grass, from the first knot to the rim", ""),
    (13, "Lindiwe M.", "", "Weaving"),
    (14, "Ọlá 学", "Patterns and pots, and whatever else is made of the red earth behind the school", "English"),
    (15, "Sipho", "Silence", ""),
)


def people(stage: Stage) -> None:
    """Five who show a profile; Thandi's is closed."""
    stage.learner()
    for number, name, learning, helping in PEOPLE:
        profiles.change(
            stage.lms,
            claims_of(number),
            display_name=name,
            learning=learning,
            helping=helping,
            about=ABOUT if helping else "",
            helps=bool(helping),
            is_open=True,
        )


def linked(stage: Stage) -> None:
    """One of each kind, and one whom Thandi has blocked."""
    people(stage)
    clock, lms = cast(Clock, stage.lms.now), stage.lms
    me = claims_of(1, user_uuid="uuid-me", name="Thandi Nkosi")
    clock.moment = NOW - timedelta(days=12)
    connections.ask(lms, me, 13)
    connections.accept(lms, claims_of(13), 1)
    blocks.block(lms, me, 15)
    clock.moment = NOW - timedelta(days=1)
    connections.ask(lms, me, 14, "Shall we dig clay together on Saturday?")
    profiles.change(lms, me, is_open=True)
    connections.ask(lms, claims_of(11), 1, "You are in Weaving with Grass too, and I am stuck at the rim.")
    profiles.change(lms, me, is_open=False)
    clock.moment = NOW


def written(stage: Stage) -> None:
    people(stage)
    profiles.change(
        stage.lms,
        claims_of(1, user_uuid="uuid-me", name="Thandi Nkosi"),
        display_name="Thandi N.",
        learning="Weaving with grass",
        about=ABOUT,
        is_open=True,
        helps=True,
    )


def alone(stage: Stage) -> None:
    stage.learner()


def held(stage: Stage) -> None:
    people(stage)
    stage.services.hold(profiles.find)


def failing(stage: Stage) -> None:
    people(stage)
    stage.services.fail(profiles.find, DISK)


SCENES: dict[str, Scene] = {
    "people": Scene(linked, keys=(*FIND, "down")),
    "people-found": Scene(linked, keys=(*FIND, "slash", *"weav")),
    "people-none": Scene(people, keys=(*FIND, "slash", *"xyz")),
    "people-nobody": Scene(alone, keys=FIND),
    "people-loading": Scene(held, keys=FIND),
    "people-failed": Scene(failing, keys=FIND),
    "stranger": Scene(people, keys=(*FIND, "enter")),
    "asked-you": Scene(linked, keys=(*CONNECTIONS, "enter")),
    "connected": Scene(linked, keys=(*CONNECTIONS, "down", "enter")),
    "ask": Scene(people, keys=(*FIND, "enter", "c", *"Shall we?")),
    "asked": Scene(people, keys=(*FIND, "enter", "c", *"Shall we?", "ctrl+s")),
    "accepted": Scene(linked, keys=(*CONNECTIONS, "enter", "c")),
    "end": Scene(linked, keys=(*CONNECTIONS, "down", "enter", "e")),
    "block": Scene(people, keys=(*FIND, "enter", "b")),
    "connections": Scene(linked, keys=CONNECTIONS),
    "connections-blocked": Scene(linked, keys=(*CONNECTIONS, "G")),
    "connections-none": Scene(alone, keys=CONNECTIONS),
    "own-closed": Scene(alone, keys=OWN),
    "own-open": Scene(written, keys=OWN),
    "own-turned": Scene(alone, keys=(*OWN, "enter")),
    "own-kept": Scene(written, keys=(*OWN, "enter", "ctrl+s")),
    "own-leaving": Scene(written, keys=(*OWN, "enter", "escape")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_people(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scene", ["people", "asked-you", "connections", "own-open"])
def test_people_look(draw: Callable[..., Any], scene: str, look: str) -> None:
    assert draw(SCENES[scene], SIZES["80x24"], LOOKS[look])
