"""New courses, and new versions of courses that people are learning from."""

from collections.abc import Callable
from typing import Any

import pytest

from azora_tui.lms import catalog, enrolling, reading
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource

Make = Callable[..., Claims]
AddCourse = Callable[..., int]
LessonIds = Callable[[int], dict[str, int]]


def test_a_new_version_changes_what_the_course_says_and_keeps_what_it_is(
    lms: Lms, claims: Make, add_course: AddCourse, clock: Any
) -> None:
    course = add_course("ubuntu", title="Old")
    enrolling.enroll(lms, claims(), course)
    created = clock()
    clock.advance(days=1)
    assert add_course("ubuntu", title="New", version="2.0", tags=("t",), seats=9, level="advanced") == course
    found = catalog.detail(lms, claims(), course).course
    assert (found.title, found.version, found.tags, found.seats, found.level) == (
        "New",
        "2.0",
        ("t",),
        9,
        "advanced",
    )
    assert (found.created_at, found.students) == (created, 1)
    assert catalog.count(lms, claims(), query="new").matching == 1
    assert catalog.count(lms, claims(), query="old").matching == 0


def test_lessons_are_matched_by_their_own_id_whatever_else_changes(
    lms: Lms,
    claims: Make,
    add_course: AddCourse,
    lesson_ids: LessonIds,
    make_course: Callable[..., CourseSource],
) -> None:
    course = add_course(lessons="one two three")
    before = lesson_ids(course)
    enrolling.enroll(lms, claims(), course)
    reading.complete_lesson(lms, claims(), before["one"])
    add_course(lessons="three zero two one")
    after = lesson_ids(course)
    assert {word: after[word] for word in before} == before
    states = catalog.detail(lms, claims(), course).lessons
    assert [(each.slug, each.order_index, each.completed) for each in states] == [
        ("three", 1, False),
        ("zero", 2, False),
        ("two", 3, False),
        ("one", 4, True),
    ]


def test_a_dropped_lesson_goes_out_of_view_and_comes_back_with_everything_done_in_it(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    course = add_course(lessons="one two")
    lesson = lesson_ids(course)["one"]
    enrolling.enroll(lms, claims(), course)
    reading.open_lesson(lms, claims(), lesson)
    reading.keep_place(lms, claims(), lesson, "there", minutes=3)
    reading.complete_lesson(lms, claims(), lesson)
    before = catalog.detail(lms, claims(), course).lessons[0]
    add_course(lessons="two")
    assert [each.slug for each in catalog.detail(lms, claims(), course).lessons] == ["two"]
    add_course(lessons="one two")
    assert catalog.detail(lms, claims(), course).lessons[0] == before
    assert reading.open_lesson(lms, claims(), lesson).position == "there"


def test_two_courses_may_use_the_same_lesson_id(lms: Lms, add_course: AddCourse, lesson_ids: LessonIds) -> None:
    one, two = add_course("one", lessons="intro"), add_course("two", lessons="intro")
    assert lesson_ids(one)["intro"] != lesson_ids(two)["intro"]
    add_course("two", lessons="other")
    assert set(lesson_ids(one)) == {"intro"}


def test_prerequisites_are_those_of_the_newest_version_each_once(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course(prerequisites=("a", "b", "a"))
    assert [each.slug for each in catalog.detail(lms, claims(), course).prerequisites] == ["a", "b"]
    add_course(prerequisites=("c",))
    assert [each.slug for each in catalog.detail(lms, claims(), course).prerequisites] == ["c"]


def test_a_lesson_gets_the_number_that_is_kept_for_it_while_it_is_free(
    lms: Lms, make_course: Callable[..., CourseSource], lesson_ids: LessonIds
) -> None:
    def add(slug: str) -> int:
        with lms.database.write() as transaction:
            return install(lms, transaction, make_course(slug), lesson_numbers={"two": 2, "three": 6})

    assert lesson_ids(add("first")) == {"one": 7, "two": 2, "three": 6}
    assert lesson_ids(add("second")) == {"one": 8, "two": 9, "three": 10}
    assert lesson_ids(add("first")) == {"one": 7, "two": 2, "three": 6}


def test_an_installation_that_fails_leaves_the_course_as_it_was(
    lms: Lms, claims: Make, add_course: AddCourse, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = add_course(lessons="one two")
    enrolling.enroll(lms, claims(), course)
    before = catalog.detail(lms, claims(), course)
    monkeypatch.setattr(enrolling, "fill_seats", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add_course(title="Half", lessons="two three")
    assert catalog.detail(lms, claims(), course) == before
