"""The review in each of its faces, as a picture. Look at a new one before you take it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from azora_tui.lms import enrolling, quizzes, reading, review
from azora_tui.lms.installing import install
from azora_tui.models.accounts import Claims
from azora_tui.models.courses import CourseSource, LessonSource
from azora_tui.models.reviews import Rating
from tests.engine import sqlite
from tests.screens.test_quiz import QUIZ
from tests.screens.test_review import CARDS
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]

MORE = "".join(
    f"\n::: {{.card #more-{number}}}\n::: front\nAnd round {number}?\n:::\n::: back\nSix more.\n:::\n:::\n"
    for number in range(1, 9)
)


def enrolled(stage: Stage) -> tuple[Claims, int]:
    """In a course whose one lesson has a quiz of every kind, and ten cards."""
    content = QUIZ.replace("ATTRIBUTES", "") + CARDS + MORE
    source = CourseSource(
        slug="knots", title="Knots", version="1.0", language="en", licence="CC-BY-4.0", instructor="Nomsa Dube",
        duration="1 week", level="beginner", tags=(), description="", outcomes=(), prerequisites=(), seats=None,
        enrollment_open=True, lessons=(LessonSource("knot", "The First Knot", 5, True, "All", content),),
    )  # fmt: skip
    with stage.lms.database.write() as transaction:
        course = install(stage.lms, transaction, source)
        lesson: Any = sqlite(transaction).execute("SELECT id FROM lessons WHERE course_id = ?", (course,)).get
    claims = stage.learner()
    enrolling.enroll(stage.lms, claims, course)
    return claims, lesson


def answered(stage: Stage) -> tuple[Claims, int]:
    """And the quiz was taken a day ago."""
    claims, lesson = enrolled(stage)
    later = stage.lms.now()
    _set_clock(stage, -1)
    attempt = quizzes.start(stage.lms, claims, lesson).latest
    assert attempt is not None
    for question, given in (("knot", (1,)), ("need", (0,)), ("soft", "oil"), ("stitches", "18")):
        quizzes.answer(stage.lms, claims, attempt.id, question, given)
    quizzes.finish(stage.lms, claims, attempt.id)
    stage.lms.now.moment = later  # type: ignore[attr-defined]
    return claims, lesson


def completed(stage: Stage) -> None:
    claims, lesson = enrolled(stage)
    reading.complete_lesson(stage.lms, claims, lesson)


def learnt(stage: Stage) -> None:
    """Everything was reviewed for some days, and nothing is due at the moment."""
    claims, lesson = answered(stage)
    reading.complete_lesson(stage.lms, claims, lesson)
    ratings = [Rating.GOOD, Rating.EASY, Rating.HARD, Rating.GOOD]
    now = stage.lms.now()
    for day in (-9, -7, -5, -2, -1):
        for minutes in (0, 15):
            _set_clock(stage, day, minutes)
            for number, card in enumerate(review.session(stage.lms, claims).cards):
                review.rate(stage.lms, claims, card, ratings[(number + day) % 4])
    stage.lms.now.moment = now  # type: ignore[attr-defined]
    while cards := review.session(stage.lms, claims).cards:
        for number, card in enumerate(cards):
            review.rate(stage.lms, claims, card, ratings[number % 4])


def _set_clock(stage: Stage, days: int, minutes: int = 0) -> None:
    from tests.conftest import NOW

    stage.lms.now.moment = NOW + timedelta(days=days, minutes=minutes)  # type: ignore[attr-defined]


def held(stage: Stage) -> None:
    answered(stage)
    stage.services.hold(review.session)


def failing(stage: Stage) -> None:
    answered(stage)
    stage.services.fail(review.session, DISK)


QUESTION = ("4", "1", "3", "enter")
ALL = (*QUESTION, "enter", *"oil", "enter", "enter", "2", "enter", "enter", *"18", "enter", "enter")
SCENES = {
    "loading": Scene(held, keys=("4",)),
    "failed": Scene(failing, keys=("4",)),
    "nothing-yet": Scene(enrolled, keys=("4",)),
    "nothing-due": Scene(learnt, keys=("4",)),
    "question": Scene(answered, keys=("4",)),
    "question-answered": Scene(answered, keys=QUESTION),
    "question-not-this-one": Scene(answered, keys=(*QUESTION, "enter", *"oil", "enter")),
    "question-rated": Scene(answered, keys=(*QUESTION, "enter")),
    "card-front": Scene(completed, keys=("4",)),
    "card-back": Scene(completed, keys=("4", "enter")),
    "card-rated": Scene(completed, keys=("4", "enter", "3")),
    "undone": Scene(completed, keys=("4", "enter", "3", "u")),
    "stopped": Scene(answered, keys=(*QUESTION, "enter", "escape")),
    "done": Scene(answered, keys=ALL),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_review(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scene", ["nothing-due", "question-answered", "card-rated"])
def test_review_look(draw: Callable[..., bool], scene: str, look: str) -> None:
    assert draw(SCENES[scene], SIZES["80x24"], LOOKS[look])
