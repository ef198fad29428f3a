"""What is shown as one fact is read in one transaction, so that no two parts of it can differ."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from azora_tui.lms import catalog, enrolling, progress
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.catalog import CatalogSort


class Counted:
    """A database that says how often it was read."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self.reads = 0

    def read(self, *args: Any) -> Any:
        self.reads += 1
        return self._database.read(*args)


ANSWERS: dict[str, Callable[[Lms, Claims], object]] = {
    "a course by what was typed": lambda lms, who: catalog.detail(lms, who, "ubuntu"),
    "a course with its lessons": lambda lms, who: catalog.detail_with_contents(lms, who, "ubuntu"),
    "progress in a course": lambda lms, who: progress.progress(lms, who, "1"),
    "a page of whole courses": lambda lms, who: catalog.whole_page(
        lms, who, query="", sort=CatalogSort.TITLE, offset=0, limit=9
    ),
    "my learning": enrolling.my_learning,
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_one_answer_is_one_transaction(
    lms: Lms, add_course: Callable[..., int], claims: Callable[..., Claims], answer: Callable[..., object]
) -> None:
    course = add_course("ubuntu")
    enrolling.enroll(lms, claims(), course)
    counted = Counted(lms.database)
    assert answer(replace(lms, database=counted), claims())  # type: ignore[arg-type]
    assert counted.reads == 1


def test_progress_has_the_title_and_the_lessons_that_it_counts(
    lms: Lms, add_course: Callable[..., int], claims: Callable[..., Claims]
) -> None:
    course = add_course("ubuntu", lessons="one two")
    enrolling.enroll(lms, claims(), course)
    found = progress.progress(lms, claims(), "ubuntu")
    assert (found.title, found.done.required, len(found.lessons)) == ("Ubuntu", 2, 2)


def test_a_page_of_whole_courses_has_each_course_once_with_the_learner_s_own_state(
    lms: Lms, add_course: Callable[..., int], claims: Callable[..., Claims]
) -> None:
    first, second = add_course("ubuntu"), add_course("ethics")
    enrolling.enroll(lms, claims(), first)
    page = catalog.whole_page(lms, claims(), query="", sort=CatalogSort.TITLE, offset=0, limit=9)
    assert [(row.id, whole.id, whole.slug) for row, whole in page] == [
        (second, second, "ethics"), (first, first, "ubuntu"),
    ]  # fmt: skip
    assert [row.status is None for row, _ in page] == [True, False]
    assert catalog.whole_page(lms, claims(), query="", sort=CatalogSort.TITLE, offset=2, limit=9) == []
