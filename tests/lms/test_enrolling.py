"""Enrolling, leaving, coming back, waiting for a seat."""

from collections.abc import Callable
from typing import Any

import pytest

from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import catalog, enrolling, reading
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.enrolling import EnrollOutcome
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.wording.errors import message
from tests.engine import sqlite

Make = Callable[..., Claims]
AddCourse = Callable[..., int]
LessonIds = Callable[[int], dict[str, int]]

ACTIVE, COMPLETED, LEFT = EnrollmentStatus.ACTIVE, EnrollmentStatus.COMPLETED, EnrollmentStatus.LEFT


def execute(lms: Lms, statement: str) -> None:
    with lms.database.write() as connection:
        connection.execute(statement)


def events(lms: Lms, user_id: int) -> list[str]:
    with lms.database.read() as connection:
        rows = sqlite(connection).execute("SELECT kind FROM events WHERE user_id = ? ORDER BY rowid", (user_id,))
        return [kind for (kind,) in rows]


def students(lms: Lms, course_id: int) -> int:
    with lms.database.read() as connection:
        count: int = sqlite(connection).execute("SELECT students FROM courses WHERE id = ?", (course_id,)).get
        return count


def status(lms: Lms, claims: Claims, course_id: int) -> EnrollmentStatus | None:
    enrollment = catalog.detail(lms, claims, course_id).enrollment
    return enrollment.status if enrollment else None


def test_enrolling_makes_the_row_the_count_and_the_event(
    lms: Lms, claims: Make, add_course: AddCourse, clock: Any
) -> None:
    course = add_course("ubuntu", title="Ubuntu")
    result = enrolling.enroll(lms, claims(7), course)
    assert result.outcome is EnrollOutcome.ENROLLED
    assert message(result.outcome.value, result.values) == "Successfully enrolled in Ubuntu"
    assert not result.restored
    enrollment = result.enrollment
    assert enrollment is not None
    assert (enrollment.user_id, enrollment.course_id, enrollment.progress) == (7, course, 0)
    assert enrollment.status is ACTIVE
    assert enrollment.enrolled_at == enrollment.last_accessed_at == clock()
    assert (enrollment.completed_at, enrollment.completed_version) == (None, None)
    assert enrollment.last_lesson_id is None
    assert students(lms, course) == 1
    assert events(lms, 7) == ["enrolled"]


def test_enrolling_twice_changes_nothing(lms: Lms, claims: Make, add_course: AddCourse, clock: Any) -> None:
    course = add_course()
    first = enrolling.enroll(lms, claims(), course)
    clock.advance(minutes=5)
    second = enrolling.enroll(lms, claims(), course)
    assert second.outcome is EnrollOutcome.ALREADY_ENROLLED
    assert message(second.outcome.value, second.values) == "Already enrolled in this course."
    assert second.enrollment == first.enrollment
    assert students(lms, course) == 1
    assert events(lms, 1) == ["enrolled"]


def test_learners_and_courses_do_not_mix(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    one, two = add_course("one"), add_course("two")
    enrolling.enroll(lms, claims(1), one)
    enrolling.enroll(lms, claims(2), one)
    enrolling.enroll(lms, claims(2), two)
    assert (students(lms, one), students(lms, two)) == (2, 1)
    assert status(lms, claims(1), two) is None


@pytest.mark.parametrize("course_id", [0, -1, 99, 2**63 - 1, 2**63, 10**30, -(10**30)])
@pytest.mark.parametrize("act", [enrolling.enroll, enrolling.leave, enrolling.join_waitlist, catalog.detail])
def test_a_course_that_is_not_there_is_not_found(
    lms: Lms, claims: Make, course_id: int, act: Callable[[Lms, Claims, int], object]
) -> None:
    with pytest.raises(NotFoundError, match="Course not found"):
        act(lms, claims(), course_id)


def test_a_closed_course_takes_nobody_new(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course(enrollment_open=False)
    result = enrolling.enroll(lms, claims(), course)
    assert (result.outcome, result.enrollment) == (EnrollOutcome.CLOSED, None)
    assert message(result.outcome.value, result.values) == "Enrollment in this course is closed."
    assert students(lms, course) == 0
    assert events(lms, 1) == []


def test_an_unpublished_course_takes_nobody(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course()
    execute(lms, "UPDATE courses SET is_published = 0")
    result = enrolling.enroll(lms, claims(), course)
    assert (result.outcome, result.enrollment) == (EnrollOutcome.UNPUBLISHED, None)
    assert students(lms, course) == 0


def test_missing_prerequisites_are_all_named_by_title_or_slug(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    add_course("basics", title="The Basics")
    course = add_course("next", prerequisites=("basics", "elsewhere"))
    result = enrolling.enroll(lms, claims(), course)
    assert result.outcome is EnrollOutcome.MISSING_PREREQUISITE
    assert message(result.outcome.value, result.values) == "Complete The Basics and elsewhere first."


def test_a_prerequisite_counts_once_completed_even_if_left_since_and_only_for_its_learner(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    basics = add_course("basics", lessons="one")
    course = add_course("next", prerequisites=("basics",))
    enrolling.enroll(lms, claims(), basics)
    assert enrolling.enroll(lms, claims(), course).outcome is EnrollOutcome.MISSING_PREREQUISITE
    reading.complete_lesson(lms, claims(), lesson_ids(basics)["one"])
    enrolling.leave(lms, claims(), basics)
    assert enrolling.enroll(lms, claims(), course).outcome is EnrollOutcome.ENROLLED
    assert enrolling.enroll(lms, claims(2), course).outcome is EnrollOutcome.MISSING_PREREQUISITE


def test_a_full_course_refuses_and_says_how_to_wait(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course(seats=1)
    enrolling.enroll(lms, claims(1), course)
    result = enrolling.enroll(lms, claims(2), course)
    assert (result.outcome, result.enrollment) == (EnrollOutcome.FULL, None)
    assert message(result.outcome.value, result.values) == "Full: 1 of 1 seats."
    assert enrolling.enroll(lms, claims(1), course).outcome is EnrollOutcome.ALREADY_ENROLLED
    assert students(lms, course) == 1


# Leaving and coming back


def test_leaving_keeps_the_work_and_enrolling_again_restores_it(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds, clock: Any
) -> None:
    course = add_course(lessons="one two three")
    lesson = lesson_ids(course)["one"]
    enrolled = enrolling.enroll(lms, claims(), course).enrollment
    reading.open_lesson(lms, claims(), lesson)
    reading.keep_place(lms, claims(), lesson, "there", minutes=4)
    reading.complete_lesson(lms, claims(), lesson, minutes=2)
    before = catalog.detail(lms, claims(), course)
    clock.advance(days=3)
    left = enrolling.leave(lms, claims(), course)
    assert left.status is LEFT
    assert left.progress == 33
    assert students(lms, course) == 0
    assert not catalog.detail(lms, claims(), course).enrolled

    back = enrolling.enroll(lms, claims(), course)
    assert (back.outcome, back.restored) == (EnrollOutcome.ENROLLED, True)
    after = catalog.detail(lms, claims(), course)
    assert after.lessons == before.lessons
    assert after.enrollment == before.enrollment == back.enrollment
    assert enrolled is not None
    assert back.enrollment is not None
    assert back.enrollment.id == enrolled.id
    assert reading.open_lesson(lms, claims(), lesson).position == "there"
    assert students(lms, course) == 1
    assert events(lms, 1) == ["enrolled", "opened", "place_kept", "completed", "left", "reenrolled", "opened"]


def test_a_completed_course_that_was_left_comes_back_completed_with_its_first_date(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds, clock: Any
) -> None:
    course = add_course(lessons="one")
    enrolling.enroll(lms, claims(), course)
    reading.complete_lesson(lms, claims(), lesson_ids(course)["one"])
    finished = clock()
    clock.advance(days=1)
    assert enrolling.leave(lms, claims(), course).completed_at == finished
    back = enrolling.enroll(lms, claims(), course).enrollment
    assert back is not None
    assert (back.status, back.completed_at, back.progress) == (COMPLETED, finished, 100)
    assert events(lms, 1).count("course_completed") == 1


@pytest.mark.parametrize("times", [0, 1])
def test_who_is_not_enrolled_cannot_leave(lms: Lms, claims: Make, add_course: AddCourse, times: int) -> None:
    course = add_course()
    for _ in range(times):
        enrolling.enroll(lms, claims(), course)
        enrolling.leave(lms, claims(), course)
    with pytest.raises(RefusedError, match="Not enrolled in this course"):
        enrolling.leave(lms, claims(), course)
    assert students(lms, course) == 0


def test_leaving_is_undone_by_enrolling_even_when_the_course_closed_meanwhile(
    lms: Lms, claims: Make, add_course: AddCourse
) -> None:
    course = add_course()
    enrolling.enroll(lms, claims(), course)
    enrolling.leave(lms, claims(), course)
    add_course(enrollment_open=False, prerequisites=("something-new",))
    assert enrolling.enroll(lms, claims(), course).restored
    assert enrolling.enroll(lms, claims(2), course).outcome is EnrollOutcome.CLOSED


def test_who_returns_still_needs_a_seat(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course(seats=1)
    enrolling.enroll(lms, claims(1), course)
    enrolling.leave(lms, claims(1), course)
    enrolling.enroll(lms, claims(2), course)
    assert enrolling.enroll(lms, claims(1), course).outcome is EnrollOutcome.FULL
    assert status(lms, claims(1), course) is LEFT


# The waitlist


def fill(lms: Lms, claims: Make, course: int, *, learners: int, waiting: int) -> None:
    for number in range(1, learners + 1):
        assert enrolling.enroll(lms, claims(number), course).outcome is EnrollOutcome.ENROLLED
    for place, number in enumerate(range(learners + 1, learners + waiting + 1), start=1):
        assert enrolling.join_waitlist(lms, claims(number), course) == place


def test_a_seat_that_is_left_goes_to_who_waited_longest(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course(seats=2)
    fill(lms, claims, course, learners=2, waiting=2)
    enrolling.leave(lms, claims(1), course)
    assert status(lms, claims(3), course) is ACTIVE
    assert status(lms, claims(4), course) is None
    assert catalog.detail(lms, claims(3), course).waitlist_place is None
    assert catalog.detail(lms, claims(4), course).waitlist_place == 1
    assert students(lms, course) == 2
    assert events(lms, 3) == ["waitlisted", "enrolled"]


def test_who_waits_twice_keeps_the_place(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course(seats=1)
    fill(lms, claims, course, learners=1, waiting=2)
    assert enrolling.join_waitlist(lms, claims(2), course) == 1
    assert events(lms, 2) == ["waitlisted"]


def test_who_steps_out_of_the_line_lets_the_others_move_up(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course(seats=1)
    fill(lms, claims, course, learners=1, waiting=2)
    enrolling.leave_waitlist(lms, claims(2), course)
    assert catalog.detail(lms, claims(3), course).waitlist_place == 1
    assert events(lms, 2) == ["waitlisted", "left_waitlist"]
    with pytest.raises(RefusedError, match="not on the waitlist"):
        enrolling.leave_waitlist(lms, claims(2), course)
    enrolling.leave(lms, claims(1), course)
    assert status(lms, claims(2), course) is None
    assert status(lms, claims(3), course) is ACTIVE


def test_lines_of_different_courses_are_apart(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    one, two = add_course("one", seats=1), add_course("two", seats=1)
    fill(lms, claims, one, learners=1, waiting=2)
    enrolling.enroll(lms, claims(1), two)
    assert enrolling.join_waitlist(lms, claims(3), two) == 1
    enrolling.leave(lms, claims(1), two)
    assert catalog.detail(lms, claims(3), one).waitlist_place == 2


def test_who_left_may_wait_and_comes_back_with_the_work(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    course = add_course(seats=1, lessons="one two")
    enrolling.enroll(lms, claims(1), course)
    reading.complete_lesson(lms, claims(1), lesson_ids(course)["one"])
    enrolling.leave(lms, claims(1), course)
    enrolling.enroll(lms, claims(2), course)
    assert enrolling.join_waitlist(lms, claims(1), course) == 1
    enrolling.leave(lms, claims(2), course)
    back = catalog.detail(lms, claims(1), course).enrollment
    assert back is not None
    assert (back.status, back.progress) == (ACTIVE, 50)
    assert events(lms, 1)[-1] == "reenrolled"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "There is a free seat"),
        ({"seats": 5}, "There is a free seat"),
        ({"enrollment_open": False}, "closed"),
        ({"prerequisites": ("basics",)}, "Complete basics first"),
    ],
)
def test_there_is_no_waiting_where_a_seat_is_not_what_is_missing(
    lms: Lms, claims: Make, add_course: AddCourse, fields: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(RefusedError, match=sentence):
        enrolling.join_waitlist(lms, claims(), add_course(**fields))


def test_who_is_enrolled_does_not_wait(lms: Lms, claims: Make, add_course: AddCourse) -> None:
    course = add_course(seats=1)
    enrolling.enroll(lms, claims(), course)
    with pytest.raises(RefusedError, match="Already enrolled"):
        enrolling.join_waitlist(lms, claims(), course)


def test_a_course_with_fewer_seats_than_learners_admits_nobody_who_waits(
    lms: Lms, claims: Make, add_course: AddCourse
) -> None:
    course = add_course(seats=3)
    fill(lms, claims, course, learners=3, waiting=1)
    add_course(seats=1)
    enrolling.leave(lms, claims(1), course)
    enrolling.leave(lms, claims(2), course)
    assert (students(lms, course), status(lms, claims(4), course)) == (1, None)
    enrolling.leave(lms, claims(3), course)
    assert (students(lms, course), status(lms, claims(4), course)) == (1, ACTIVE)


@pytest.mark.parametrize(("seats", "admitted"), [(2, 1), (3, 2), (None, 3)])
def test_new_seats_go_to_who_waits_at_once(
    lms: Lms, claims: Make, add_course: AddCourse, seats: int | None, admitted: int
) -> None:
    course = add_course(seats=1)
    fill(lms, claims, course, learners=1, waiting=3)
    add_course(seats=seats)
    states = [status(lms, claims(number), course) for number in (2, 3, 4)]
    assert states == [ACTIVE] * admitted + [None] * (3 - admitted)
    assert students(lms, course) == 1 + admitted


def test_who_enrols_without_seats_waits_no_longer_and_is_counted_once(
    lms: Lms, claims: Make, add_course: AddCourse
) -> None:
    course = add_course(seats=1)
    fill(lms, claims, course, learners=1, waiting=1)
    execute(lms, "UPDATE courses SET seats = NULL")
    enrolling.enroll(lms, claims(2), course)
    assert catalog.detail(lms, claims(2), course).waitlist_place is None
    enrolling.leave(lms, claims(1), course)
    assert students(lms, course) == 1
    assert events(lms, 2) == ["waitlisted", "enrolled"]


@pytest.mark.parametrize("change", ["is_published = 0", "enrollment_open = 0"])
def test_nobody_gets_in_by_waiting_who_could_not_enrol(
    lms: Lms, claims: Make, add_course: AddCourse, change: str
) -> None:
    course = add_course(seats=1)
    fill(lms, claims, course, learners=1, waiting=1)
    execute(lms, f"UPDATE courses SET {change}")
    enrolling.leave(lms, claims(1), course)
    assert students(lms, course) == 0
    assert events(lms, 2) == ["waitlisted"]


def test_who_lacks_a_new_prerequisite_lets_the_next_one_go_first(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    basics = add_course("basics", lessons="one")
    enrolling.enroll(lms, claims(3), basics)
    reading.complete_lesson(lms, claims(3), lesson_ids(basics)["one"])
    course = add_course("next", seats=1)
    fill(lms, claims, course, learners=1, waiting=2)
    add_course("next", seats=1, prerequisites=("basics",))
    enrolling.leave(lms, claims(1), course)
    assert status(lms, claims(3), course) is ACTIVE
    assert catalog.detail(lms, claims(2), course).waitlist_place == 1


# My learning


def test_my_courses_are_my_own_last_opened_first(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds, clock: Any
) -> None:
    courses = [add_course(slug) for slug in ("a", "b", "c")]
    for course in courses:
        enrolling.enroll(lms, claims(), course)
    enrolling.enroll(lms, claims(2), add_course("d"))
    assert [each.title for each in enrolling.my_courses(lms, claims())] == ["C", "B", "A"]
    clock.advance(minutes=1)
    reading.open_lesson(lms, claims(), lesson_ids(courses[1])["two"])
    assert [each.title for each in enrolling.my_courses(lms, claims())] == ["B", "C", "A"]
    assert [each.title for each in enrolling.my_courses(lms, claims(), limit=2)] == ["B", "C"]


def test_my_courses_are_listed_and_counted_by_status(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    active, done, left = (add_course(slug, lessons="one") for slug in ("active", "done", "left"))
    for course in (active, done, left):
        enrolling.enroll(lms, claims(), course)
    reading.complete_lesson(lms, claims(), lesson_ids(done)["one"])
    enrolling.leave(lms, claims(), left)

    def titles(*statuses: EnrollmentStatus) -> set[str]:
        return {each.title for each in enrolling.my_courses(lms, claims(), statuses=statuses)}

    assert {each.title for each in enrolling.my_courses(lms, claims())} == {"Active", "Done"}
    assert (titles(ACTIVE), titles(COMPLETED), titles(LEFT)) == ({"Active"}, {"Done"}, {"Left"})
    assert titles() == set()
    assert enrolling.my_learning(lms, claims())[1] == {ACTIVE: 1, COMPLETED: 1, LEFT: 1}
    assert enrolling.my_learning(lms, claims(2))[1] == {}


def test_a_line_of_my_courses_tells_how_far_and_what_is_next(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    course = add_course(lessons="one two three extra", optional="extra", version="2.1")
    ids = lesson_ids(course)
    enrolling.enroll(lms, claims(), course)
    reading.complete_lesson(lms, claims(), ids["one"])
    reading.complete_lesson(lms, claims(), ids["extra"])
    (line,) = enrolling.my_courses(lms, claims())
    assert (line.completed_lessons, line.required_lessons, line.progress) == (1, 3, 33)
    assert (line.instructor, line.version) == ("Elara", "2.1")
    assert (line.next_lesson_id, line.next_lesson_title) == (ids["two"], "Lesson two")
