"""Home in each of its faces, as a picture. Look at a new one before you take it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest

from azora_tui.lms import catalog, enrolling, home, reading
from azora_tui.models.accounts import Claims
from tests.conftest import NOW, Clock
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]


def practised(stage: Stage) -> Claims:
    """A year of learning in three courses, with a pause in winter and Sundays at rest."""
    clock = cast(Clock, stage.lms.now)
    claims = stage.learner()
    clock.moment = NOW - timedelta(days=340)
    for slug in ("clay", "rivers", "weaving"):
        enrolling.enroll(stage.lms, claims, stage.ids[slug])
    lessons = catalog.detail(stage.lms, claims, stage.ids["weaving"]).lessons
    tablets = catalog.detail(stage.lms, claims, stage.ids["clay"]).lessons
    others = catalog.detail(stage.lms, claims, stage.ids["rivers"]).lessons
    reading.open_lesson(stage.lms, claims, others[0].id)
    reading.open_lesson(stage.lms, claims, tablets[1].id)
    reading.open_lesson(stage.lms, claims, lessons[0].id)
    home.choose_rest_days(stage.lms, claims, {6})
    for back in range(338, 0, -1):
        clock.moment = NOW - timedelta(days=back)
        busy = (back * 7919 + back // 9 * 104729) % 97
        if clock.moment.weekday() == 6 or 150 < back < 185 or (busy > 62 and back > 9):
            continue
        reading.keep_place(stage.lms, claims, lessons[0].id, None, minutes=2 + busy * busy % 83)
        if back == 300:
            reading.complete_lesson(stage.lms, claims, tablets[0].id)
    clock.moment = NOW - timedelta(days=1)
    reading.complete_lesson(stage.lms, claims, lessons[0].id, minutes=18)
    reading.open_lesson(stage.lms, claims, lessons[1].id)
    clock.moment = NOW
    return claims


def begun(stage: Stage) -> None:
    """Enrolled today, and nothing done yet."""
    enrolling.enroll(stage.lms, stage.learner(), stage.ids["weaving"])


def finished(stage: Stage) -> None:
    """One course, completed; nothing is under way."""
    claims = stage.learner()
    enrolling.enroll(stage.lms, claims, stage.ids["clay"])
    for lesson in catalog.detail(stage.lms, claims, stage.ids["clay"]).lessons:
        reading.complete_lesson(stage.lms, claims, lesson.id, minutes=12)


def held(stage: Stage) -> None:
    practised(stage)
    stage.services.hold(home.page)


def failing(stage: Stage) -> None:
    practised(stage)
    stage.services.fail(home.page, DISK)


SCENES: dict[str, Scene] = {
    "home": Scene(practised),
    "loading": Scene(held),
    "empty": Scene(Stage.learner),
    "failed": Scene(failing),
    "begun": Scene(begun),
    "finished": Scene(finished),
    "others": Scene(practised, keys=("down", "down")),
    "rest-days": Scene(practised, keys=("r", "down", "down", "space")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_home(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scene", ["home", "rest-days"])
@pytest.mark.parametrize("size", ["80x24", "120x40"])
def test_home_look(draw: Callable[..., Any], scene: str, look: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size], LOOKS[look])
