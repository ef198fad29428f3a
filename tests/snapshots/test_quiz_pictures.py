"""The quiz in each of its faces, as a picture. Look at a new one before you take it."""

from collections.abc import Callable

import pytest

from azora_tui.lms import enrolling, quizzes
from azora_tui.lms.installing import install
from azora_tui.models.course_sources import CourseSource, LessonSource
from tests.screens.test_quiz import QUIZ
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]

FIRST = ("enter", "q")
RIGHT = ("2", "enter", "enter", "1", "3", "enter", "enter", *"water", "enter", "enter", *"18", "enter", "enter")
WRONG = ("1", "enter", "enter", "1", "2", "enter", "enter", *"oil", "enter", "enter", *"12", "enter", "enter")


def enrolled(stage: Stage, attributes: str = "") -> None:
    """In a course whose one lesson is a quiz of every kind."""
    lesson = LessonSource("knot", "The First Knot", 5, True, "All", QUIZ.replace("ATTRIBUTES", attributes))
    source = CourseSource(
        slug="knots", title="Knots", version="1.0", language="en", licence="CC-BY-4.0", instructor="Nomsa Dube",
        duration="1 week", level="beginner", tags=(), description="", outcomes=(), prerequisites=(), seats=None,
        enrollment_open=True, lessons=(lesson,),
    )  # fmt: skip
    with stage.lms.database.write() as transaction:
        course = install(stage.lms, transaction, source)
    enrolling.enroll(stage.lms, stage.learner(), course)


def once(stage: Stage) -> None:
    enrolled(stage, "attempts=1")


def held(stage: Stage) -> None:
    enrolled(stage)
    stage.services.hold(quizzes.page)


def failing(stage: Stage) -> None:
    enrolled(stage)
    stage.services.fail(quizzes.page, DISK)


SCENES = {
    "lesson": Scene(enrolled, keys=("enter",)),
    "loading": Scene(held, keys=FIRST),
    "failed": Scene(failing, keys=FIRST),
    "question": Scene(enrolled, keys=FIRST),
    "nothing-chosen": Scene(enrolled, keys=(*FIRST, "enter")),
    "chosen-with-hint": Scene(enrolled, keys=(*FIRST, "h", "down", "space")),
    "right": Scene(enrolled, keys=(*FIRST, "2", "enter")),
    "not-this-one": Scene(enrolled, keys=(*FIRST, "1", "enter")),
    "several": Scene(enrolled, keys=(*FIRST, *RIGHT[:5])),
    "not-quite-these": Scene(enrolled, keys=(*FIRST, *WRONG[:6])),
    "written": Scene(enrolled, keys=(*FIRST, *RIGHT[:7])),
    "written-not-this-one": Scene(enrolled, keys=(*FIRST, *WRONG[:11])),
    "whole-page": Scene(enrolled, keys=(*FIRST, "p", "1", "enter")),
    "result": Scene(enrolled, keys=(*FIRST, *WRONG)),
    "result-passed": Scene(enrolled, keys=(*FIRST, *WRONG, "r", *RIGHT)),
    "result-no-more": Scene(once, keys=(*FIRST, *WRONG)),
    "looking-back": Scene(enrolled, keys=(*FIRST, *RIGHT, "down", "enter")),
    "lesson-afterwards": Scene(enrolled, keys=(*FIRST, *RIGHT, "escape", "escape")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_quiz(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scene", ["not-quite-these", "result-passed"])
def test_quiz_look(draw: Callable[..., bool], scene: str, look: str) -> None:
    assert draw(SCENES[scene], SIZES["80x24"], LOOKS[look])
