"""How much of a course is done, and that nothing ever takes it back."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import catalog, enrolling, reading
from azora_tui.lms.progress import percent, progress
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.progress import Progress
from tests.engine import sqlite

Make = Callable[..., Claims]
AddCourse = Callable[..., int]
LessonIds = Callable[[int], dict[str, int]]


@given(st.integers(1, 10_000).flatmap(lambda all_: st.tuples(st.integers(0, all_), st.just(all_))))
def test_a_percent_is_rounded_down_and_100_only_when_all_is_done(parts: tuple[int, int]) -> None:
    done, required = parts
    value = percent(done, required)
    assert value is not None
    assert 0 <= value <= 100
    assert (value == 100) == (done == required)
    assert value * required <= done * 100 < (value + 1) * required


@pytest.mark.parametrize(("done", "required", "expected"), [(2, 3, 66), (1, 3, 33), (199, 200, 99), (0, 5, 0)])
def test_known_percents(done: int, required: int, expected: int) -> None:
    assert percent(done, required) == expected


def test_there_is_no_percent_of_nothing() -> None:
    assert percent(0, 0) is None


@pytest.fixture
def learn(lms: Lms, claims: Make, lesson_ids: LessonIds) -> Callable[..., Progress]:
    """`learn(course, "one two")`: enrol and complete these lessons; answers with the progress."""

    def do(course: int, lessons: str) -> Progress:
        enrolling.enroll(lms, claims(), course)
        for word in lessons.split():
            reading.complete_lesson(lms, claims(), lesson_ids(course)[word])
        return progress(lms, claims(), course)[2]

    return do


def test_two_of_three_lessons_are_66_percent(add_course: AddCourse, learn: Callable[..., Progress]) -> None:
    assert learn(add_course(lessons="one two three"), "one three") == Progress(2, 3, 66)


def test_optional_lessons_do_not_count(add_course: AddCourse, learn: Callable[..., Progress]) -> None:
    course = add_course(lessons="one two extra", optional="extra")
    assert learn(course, "extra") == Progress(0, 2, 0)
    assert learn(course, "one two") == Progress(2, 2, 100)


@pytest.mark.parametrize(("lessons", "optional"), [("", ""), ("extra", "extra")])
def test_a_course_without_required_lessons_has_no_percent_anywhere_and_is_never_completed(
    lms: Lms, claims: Make, add_course: AddCourse, learn: Callable[..., Progress], lessons: str, optional: str
) -> None:
    course = add_course(lessons=lessons, optional=optional)
    assert learn(course, lessons) == Progress(0, 0, None)
    assert catalog.page(lms, claims()).courses[0].progress is None
    assert catalog.page(lms, claims()).courses[0].status is EnrollmentStatus.ACTIVE
    assert enrolling.my_courses(lms, claims())[0].progress is None


def test_lessons_out_of_view_do_not_count_and_come_back_done(
    add_course: AddCourse, learn: Callable[..., Progress]
) -> None:
    course = add_course(lessons="one two three four")
    learn(course, "one two")
    add_course(lessons="one three four")
    assert learn(course, "") == Progress(1, 3, 33)
    add_course(lessons="one two three four")
    assert learn(course, "") == Progress(2, 4, 50)


def test_progress_is_told_only_to_who_is_enrolled(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course()
    with pytest.raises(RefusedError, match="Not enrolled in this course"):
        progress(lms, claims(), course)
    enrolling.enroll(lms, claims(), course)
    assert progress(lms, claims(), course)[2] == Progress(0, 3, 0)
    enrolling.leave(lms, claims(), course)
    with pytest.raises(RefusedError, match="Not enrolled in this course"):
        progress(lms, claims(), course)
    with pytest.raises(NotFoundError, match="Course not found"):
        progress(lms, claims(), 99)


def test_completing_everything_completes_the_course_with_the_version_it_was(
    lms: Lms, claims: Make, add_course: AddCourse, learn: Callable[..., Progress], clock: Any
) -> None:
    course = add_course(version="1.4", lessons="one two")
    learn(course, "one")
    assert enrolling.my_courses(lms, claims())[0].enrollment.status is EnrollmentStatus.ACTIVE
    clock.advance(minutes=9)
    learn(course, "two")
    enrollment = enrolling.my_courses(lms, claims())[0].enrollment
    assert enrollment.status is EnrollmentStatus.COMPLETED
    assert (enrollment.progress, enrollment.completed_at, enrollment.completed_version) == (
        100,
        clock(),
        "1.4",
    )


def test_the_first_completion_stays_through_every_update(
    lms: Lms, claims: Make, add_course: AddCourse, learn: Callable[..., Progress], clock: Any
) -> None:
    course = add_course(version="1.0", lessons="one two")
    learn(course, "one two")
    first = clock()
    clock.advance(days=1)
    add_course(version="2.0", lessons="one two three")
    (line,) = enrolling.my_courses(lms, claims())
    assert (line.enrollment.status, line.progress) == (EnrollmentStatus.ACTIVE, 66)
    assert (line.enrollment.completed_at, line.enrollment.completed_version) == (first, "1.0")
    learn(course, "three")
    (line,) = enrolling.my_courses(lms, claims())
    assert (line.enrollment.status, line.progress) == (EnrollmentStatus.COMPLETED, 100)
    assert (line.enrollment.completed_at, line.enrollment.completed_version) == (first, "1.0")
    with lms.database.read() as connection:
        assert sqlite(connection).execute("SELECT COUNT(*) FROM events WHERE kind = 'course_completed'").get == 1


def test_an_update_that_drops_the_last_open_lesson_completes_the_course_on_the_new_version(
    lms: Lms, claims: Make, add_course: AddCourse, learn: Callable[..., Progress]
) -> None:
    learn(add_course(version="1.0", lessons="one two"), "one")
    add_course(version="1.1", lessons="one")
    enrollment = enrolling.my_courses(lms, claims())[0].enrollment
    assert (enrollment.status, enrollment.completed_version) == (EnrollmentStatus.COMPLETED, "1.1")


def test_an_update_does_not_bring_back_who_has_left(
    lms: Lms, claims: Make, add_course: AddCourse, learn: Callable[..., Progress]
) -> None:
    course = add_course(lessons="one two")
    learn(course, "one")
    enrolling.leave(lms, claims(), course)
    add_course(lessons="one")
    enrollment = catalog.detail(lms, claims(), course).enrollment
    assert enrollment is not None
    assert (enrollment.status, enrollment.completed_at) == (EnrollmentStatus.LEFT, None)
    enrolling.enroll(lms, claims(), course)
    enrollment = catalog.detail(lms, claims(), course).enrollment
    assert enrollment is not None
    assert enrollment.status is EnrollmentStatus.COMPLETED
