"""Opening lessons, keeping the place, completing them, and going on from there."""

from collections.abc import Callable
from typing import Any

import pytest

from azora_tui.errors import NotFoundError, RefusedError, StorageError
from azora_tui.lms import catalog, enrolling, reading
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.progress import LessonState, Progress
from tests.engine import sqlite
from tests.told import told

Make = Callable[..., Claims]
AddCourse = Callable[..., int]
LessonIds = Callable[[int], dict[str, int]]


@pytest.fixture
def course(lms: Lms, claims: Make, add_course: AddCourse) -> int:
    """A course of four lessons, the last of them optional, in which learner 1 is enrolled."""
    made = add_course(lessons="one two three extra", optional="extra")
    enrolling.enroll(lms, claims(), made)
    return made


@pytest.fixture
def ids(course: int, lesson_ids: LessonIds) -> dict[str, int]:
    return lesson_ids(course)


def mine(lms: Lms, claims: Make, course: int, word: str) -> LessonState:
    return next(each for each in catalog.detail(lms, claims(), course).lessons if each.slug == word)


def test_an_opened_lesson_comes_with_its_text_the_contents_and_the_progress(
    lms: Lms, claims: Make, course: int, ids: dict[str, int], clock: Any
) -> None:
    page = reading.open_lesson(lms, claims(), ids["two"])
    assert (page.course_id, page.course_title, page.content) == (course, "Ubuntu", "Text of two.\n")
    assert [each.slug for each in page.lessons] == ["one", "two", "three", "extra"]
    assert [each.required for each in page.lessons] == [True, True, True, False]
    assert page.lesson == page.lessons[1]
    assert page.lesson.opened_at == clock()
    assert page.position is None
    assert page.progress == Progress(0, 3, 0)


def test_a_disk_that_takes_nothing_more_still_gives_the_lesson(
    lms: Lms, claims: Make, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise told(StorageError, "The disk is full.")

    monkeypatch.setattr(lms.database, "write", full)
    page = reading.open_lesson(lms, claims(), ids["two"])
    assert (page.content, page.not_kept, page.lesson.opened_at) == ("Text of two.\n", "The disk is full.", None)
    with pytest.raises(RefusedError):
        reading.open_lesson(lms, claims(2), ids["two"])


def test_the_first_opening_is_kept_and_each_one_is_an_event(
    lms: Lms, claims: Make, course: int, ids: dict[str, int], clock: Any
) -> None:
    first = clock()
    reading.open_lesson(lms, claims(), ids["one"])
    clock.advance(hours=0.5)
    assert reading.open_lesson(lms, claims(), ids["one"]).lesson.opened_at == first
    enrollment = catalog.detail(lms, claims(), course).enrollment
    assert enrollment is not None
    assert (enrollment.last_lesson_id, enrollment.last_accessed_at) == (ids["one"], clock())
    with lms.database.read() as connection:
        opened = sqlite(connection).execute("SELECT lesson_id FROM events WHERE kind = 'opened'").fetchall()
    assert opened == [(ids["one"],), (ids["one"],)]


def test_the_place_is_kept_for_each_lesson_and_learner(
    lms: Lms, claims: Make, course: int, ids: dict[str, int]
) -> None:
    enrolling.enroll(lms, claims(2), course)
    for learner, word in ((1, "one"), (1, "two"), (2, "one")):
        reading.open_lesson(lms, claims(learner), ids[word])
        reading.keep_place(lms, claims(learner), ids[word], f"{learner} {word}")
    assert reading.open_lesson(lms, claims(1), ids["one"]).position == "1 one"
    assert reading.open_lesson(lms, claims(1), ids["two"]).position == "1 two"
    assert reading.open_lesson(lms, claims(2), ids["one"]).position == "2 one"
    reading.keep_place(lms, claims(1), ids["one"], None)
    assert reading.open_lesson(lms, claims(1), ids["one"]).position is None


def test_minutes_add_up(lms: Lms, claims: Make, course: int, ids: dict[str, int]) -> None:
    reading.open_lesson(lms, claims(), ids["one"])
    reading.keep_place(lms, claims(), ids["one"], "x", minutes=3)
    reading.keep_place(lms, claims(), ids["one"], "y", minutes=4)
    done = reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    assert done.lesson.time_spent_minutes == mine(lms, claims, course, "one").time_spent_minutes == 12


@pytest.mark.parametrize("minutes", [-1, -(10**30)])
def test_minutes_are_never_taken_away(lms: Lms, claims: Make, course: int, ids: dict[str, int], minutes: int) -> None:
    reading.complete_lesson(lms, claims(), ids["one"], minutes=7)
    reading.complete_lesson(lms, claims(), ids["one"], minutes=minutes)
    reading.keep_place(lms, claims(), ids["one"], None, minutes=minutes)
    assert mine(lms, claims, course, "one").time_spent_minutes == 7


@pytest.mark.parametrize("minutes", [1441, 2**63 - 1, 10**30])
def test_nobody_reads_for_more_than_a_day_at_once(
    lms: Lms, claims: Make, course: int, ids: dict[str, int], minutes: int
) -> None:
    reading.complete_lesson(lms, claims(), ids["one"], minutes=minutes)
    reading.keep_place(lms, claims(), ids["one"], None, minutes=minutes)
    assert mine(lms, claims, course, "one").time_spent_minutes == 2 * 1440


def test_keeping_the_place_in_a_lesson_that_is_gone_is_silent(
    lms: Lms, claims: Make, course: int, ids: dict[str, int], add_course: AddCourse
) -> None:
    reading.open_lesson(lms, claims(), ids["one"])
    reading.keep_place(lms, claims(), ids["one"], "kept")
    add_course(lessons="two three")
    for lesson in (ids["one"], 99, 0, 10**30):
        reading.keep_place(lms, claims(), lesson, "lost", minutes=1)
    reading.keep_place(lms, claims(9), ids["two"], "not enrolled")
    add_course(lessons="one two three")
    assert reading.open_lesson(lms, claims(), ids["one"]).position == "kept"


@pytest.mark.parametrize("act", [reading.open_lesson, reading.complete_lesson])
def test_lessons_are_for_who_is_enrolled(
    lms: Lms, claims: Make, course: int, ids: dict[str, int], act: Callable[[Lms, Claims, int], object]
) -> None:
    with pytest.raises(RefusedError, match=r"You are not enrolled in Ubuntu\. Enrol first"):
        act(lms, claims(2), ids["one"])
    enrolling.leave(lms, claims(), course)
    with pytest.raises(RefusedError, match="You are not enrolled in Ubuntu"):
        act(lms, claims(), ids["one"])
    assert not mine(lms, claims, course, "one").completed


@pytest.mark.parametrize("act", [reading.open_lesson, reading.complete_lesson])
def test_a_lesson_that_is_gone_is_not_found(
    lms: Lms,
    claims: Make,
    course: int,
    ids: dict[str, int],
    add_course: AddCourse,
    act: Callable[[Lms, Claims, int], object],
) -> None:
    add_course(lessons="two three")
    for lesson in (ids["one"], 99, 0, -1, 10**30):
        with pytest.raises(NotFoundError, match="no longer part of the course"):
            act(lms, claims(), lesson)


def test_completing_a_lesson_says_what_it_came_to(
    lms: Lms, claims: Make, course: int, ids: dict[str, int], clock: Any
) -> None:
    done = reading.complete_lesson(lms, claims(), ids["one"])
    assert done.first
    assert done.lesson.completed_at == clock()
    assert done.progress == Progress(1, 3, 33)
    assert not done.course_completed
    assert done.next is not None
    assert done.next.slug == "two"
    reading.complete_lesson(lms, claims(), ids["two"])
    last = reading.complete_lesson(lms, claims(), ids["three"])
    assert last.course_completed
    assert last.progress == Progress(3, 3, 100)
    enrollment = catalog.detail(lms, claims(), course).enrollment
    assert enrollment is not None
    assert enrollment.last_lesson_id == ids["three"]


def test_completing_a_lesson_twice_changes_nothing(
    lms: Lms, claims: Make, course: int, ids: dict[str, int], clock: Any
) -> None:
    first = reading.complete_lesson(lms, claims(), ids["one"])
    clock.advance(minutes=10)
    second = reading.complete_lesson(lms, claims(), ids["one"])
    assert (first.first, second.first) == (True, False)
    assert second.lesson.completed_at == first.lesson.completed_at
    assert second.progress == first.progress
    with lms.database.read() as connection:
        assert sqlite(connection).execute("SELECT COUNT(*) FROM events WHERE kind = 'completed'").get == 1


def test_opening_again_does_not_undo_a_completion(lms: Lms, claims: Make, ids: dict[str, int]) -> None:
    reading.complete_lesson(lms, claims(), ids["one"])
    assert reading.open_lesson(lms, claims(), ids["one"]).lesson.completed


def test_the_course_is_completed_once(lms: Lms, claims: Make, ids: dict[str, int]) -> None:
    told = [reading.complete_lesson(lms, claims(), ids[word]).course_completed for word in ("one", "two", "three")]
    assert told == [False, False, True]
    assert not reading.complete_lesson(lms, claims(), ids["one"]).course_completed
    assert not reading.complete_lesson(lms, claims(), ids["extra"]).course_completed


@pytest.mark.parametrize(
    ("done", "after", "expected"),
    [
        ("", "one", "two"),
        ("two", "one", "three"),
        ("", "extra", "one"),
        ("one two", "extra", "three"),
        ("one two three", "extra", None),
        ("two three extra", "one", None),
    ],
)
def test_after_a_lesson_comes_the_next_one_not_done_then_the_first_left_behind(
    lms: Lms, claims: Make, course: int, ids: dict[str, int], done: str, after: str, expected: str | None
) -> None:
    for word in done.split():
        reading.complete_lesson(lms, claims(), ids[word])
    following = reading.complete_lesson(lms, claims(), ids[after]).next
    assert (following.slug if following else None) == expected


@pytest.mark.parametrize(
    ("opened", "done", "expected"),
    [
        ("", "", "one"),
        ("two", "", "two"),
        ("two three", "", "three"),
        ("three", "three", "one"),
        ("one", "one", "two"),
        ("extra", "one", "two"),
        ("one extra", "", "extra"),
        ("", "one two three", "extra"),
        ("extra", "extra one two three", None),
    ],
)
def test_going_on_means_the_lesson_last_open_if_not_done_else_the_first_required_one_not_done(
    lms: Lms, claims: Make, ids: dict[str, int], opened: str, done: str, expected: str | None
) -> None:
    for word in opened.split():
        reading.open_lesson(lms, claims(), ids[word])
    for word in done.split():
        reading.complete_lesson(lms, claims(), ids[word])
    (line,) = enrolling.my_courses(lms, claims())
    assert line.next_lesson_id == (ids[expected] if expected else None)


def test_going_on_skips_optional_lessons_while_a_required_one_is_not_done(
    lms: Lms, claims: Make, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    course = add_course(lessons="one extra two", optional="extra")
    enrolling.enroll(lms, claims(), course)
    reading.complete_lesson(lms, claims(), lesson_ids(course)["one"])
    assert enrolling.my_courses(lms, claims())[0].next_lesson_id == lesson_ids(course)["two"]


def test_going_on_never_leads_to_a_lesson_out_of_view(
    lms: Lms, claims: Make, ids: dict[str, int], add_course: AddCourse
) -> None:
    reading.open_lesson(lms, claims(), ids["three"])
    add_course(lessons="one two")
    assert enrolling.my_courses(lms, claims())[0].next_lesson_id == ids["one"]


def test_a_lesson_is_meant_by_its_number_or_its_id(lms: Lms, claims: Make, course: int) -> None:
    states = catalog.detail(lms, claims(), course).lessons
    assert reading.lesson_by_word(states, "2").slug == "two"
    assert reading.lesson_by_word(states, "extra").slug == "extra"
    for word in ("0", "5", "", "One", "-1"):
        with pytest.raises(NotFoundError, match="no lesson"):
            reading.lesson_by_word(states, word)
