"""Teach and its pages, each in each of its faces, as a picture. Look at a new one before you take it."""

from collections.abc import Callable
from typing import Any, cast

import pytest

from azora_tui.lms.teaching import insights, people
from tests.conftest import Clock
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw
from tests.teaching import class_of_twelve, knots

__all__ = ["draw"]


def teaching(stage: Stage) -> None:
    stage.learner()  # the first account is an admin, who teaches every course
    class_of_twelve(stage.lms, cast(Clock, stage.lms.now))


def alone(stage: Stage) -> None:
    """A course of one's own without anybody in it."""
    stage.learner()
    with stage.lms.database.write() as transaction:
        transaction.execute("DELETE FROM course_prerequisites")
        transaction.execute("UPDATE courses SET state = 'draft', is_published = 0")
    knots(stage.lms)


def held(work: Callable[..., Any]) -> Callable[[Stage], None]:
    def set_up(stage: Stage) -> None:
        teaching(stage)
        stage.services.hold(work)

    return set_up


def failing(work: Callable[..., Any]) -> Callable[[Stage], None]:
    def set_up(stage: Stage) -> None:
        teaching(stage)
        stage.services.fail(work, DISK)

    return set_up


SCENES: dict[str, Scene] = {
    "monday": Scene(teaching, keys=("6",)),
    "monday-end": Scene(teaching, keys=("6", "G")),
    "monday-loading": Scene(held(insights.monday), keys=("6",)),
    "monday-failed": Scene(failing(insights.monday), keys=("6",)),
    "meaning": Scene(teaching, keys=("6", "G", "question_mark")),
    "course-figures": Scene(teaching, keys=("6", "c")),
    "course-figures-failed": Scene(failing(insights.course_figures), keys=("6", "c")),
    "questions": Scene(teaching, keys=("6", "s")),
    "lesson-figures": Scene(teaching, keys=("6", "c", "down", "enter")),
    "question": Scene(teaching, keys=("6", "s", "enter")),
    "people": Scene(teaching, keys=("6", "p")),
    "people-none": Scene(teaching, keys=("6", "p", "shift+tab")),
    "people-failed": Scene(failing(people.people), keys=("6", "p")),
    "person": Scene(teaching, keys=("6", "p", "enter")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_teach(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scene", ["monday", "course-figures"])
def test_teach_look(draw: Callable[..., Any], scene: str, look: str) -> None:
    assert draw(SCENES[scene], SIZES["80x24"], LOOKS[look])
