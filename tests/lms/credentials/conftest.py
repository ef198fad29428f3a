"""A school with one course, and learners who complete it."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

import pytest

from azora_tui.lms import enrolling, reading
from azora_tui.lms.credentials import issuing, keys
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.credentials import Credential

Finish = Callable[..., Credential]


@pytest.fixture(autouse=True)
def nothing_unlocked() -> Iterator[None]:
    """No key is open from the test before."""
    keys._opened.clear()
    yield
    keys._opened.clear()


@pytest.fixture
def lms(lms: Lms) -> Lms:
    """With UUIDs that count, as certificates need them."""
    numbers = count(1)
    return replace(lms, new_id=lambda: str(uuid.UUID(int=next(numbers), version=4)))


@pytest.fixture
def course(add_course: Callable[..., int]) -> int:
    return add_course(
        "weaving",
        title="Weaving with Grass",
        outcomes=("Tie the first knot so that it holds", "Shape a floor, a wall and a rim"),
        lessons="one two",
        tags=("craft",),
    )


@pytest.fixture
def finish(lms: Lms, course: int, lesson_ids: Callable[[int], dict[str, int]]) -> Finish:
    """`finish(claims(2))`: a learner enrols, completes every lesson, and has the certificate."""

    def do(claims: Claims, course_id: int = course) -> Credential:
        enrolling.enroll(lms, claims, course_id)
        for lesson_id in lesson_ids(course_id).values():
            reading.complete_lesson(lms, claims, lesson_id)
        mine = issuing.mine(lms, claims).credentials
        return next(each for each in mine if each.course_id == course_id)

    return do
