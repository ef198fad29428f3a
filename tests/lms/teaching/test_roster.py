"""A whole class at once: who is enrolled, who waits, and the list that is taken away."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from azora_tui.data import records
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.formats.imported import Imported
from azora_tui.lms import catalog, enrolling, importing, reading
from azora_tui.lms.rebuilding import rebuilt
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import course_rules, roster
from azora_tui.models.accounts import Claims
from azora_tui.models.course_rules import CourseState
from azora_tui.models.roster import Person, RosterLine, RosterOutcome
from tests.conftest import NOW, Clock, claims_of, course_source
from tests.engine import sqlite

TEACHER = claims_of(50, role="instructor")
OTHER = claims_of(51, role="instructor")
ENROLLED, RESTORED = RosterOutcome.ENROLLED, RosterOutcome.RESTORED
ALREADY, WAITS = RosterOutcome.ALREADY_ENROLLED, RosterOutcome.ALREADY_WAITING
WAITLISTED = RosterOutcome.WAITLISTED


def people(*numbers: int) -> list[Person]:
    return [Person(number, f"uuid-{number}", f"Learner {number}", f"l{number}@example.org") for number in numbers]


def bring_in(lms: Lms, slug: str, who: Claims = TEACHER, **fields: Any) -> int:
    source = course_source(slug, **fields)
    return importing.import_course(lms, who, Imported(source, 0, 0, (), has_version=True)).id


@pytest.fixture
def course(lms: Lms) -> int:
    """A course of `TEACHER` that asks for all it can; learners 1 and 2 are in another one, and 3 waits there."""
    other = bring_in(lms, "ropes", OTHER, seats=2)
    for learner in (1, 2):
        enrolling.enroll(lms, claims_of(learner), other)
    enrolling.join_waitlist(lms, claims_of(3), other)
    made = bring_in(lms, "knots", prerequisites=("ropes",), seats=3)
    course_rules.set_rules(lms, TEACHER, made, {"key": "bowline", "opens": NOW.date().replace(year=2030)})
    return made


def rows(lms: Lms, sql: str) -> list[Any]:
    with lms.database.read() as connection:
        return sqlite(connection).execute(sql).fetchall()


def test_a_list_passes_window_key_and_prerequisites_but_makes_no_seats(lms: Lms, course: int) -> None:
    found = roster.enroll_people(lms, TEACHER, course, people(4, 3, 2, 1, 5))
    assert found == [ENROLLED, ENROLLED, ENROLLED, WAITLISTED, WAITLISTED]
    assert rows(lms, f"SELECT user_id FROM enrollments WHERE course_id = {course} ORDER BY id") == [(4,), (3,), (2,)]
    assert rows(lms, f"SELECT user_id FROM waitlist WHERE course_id = {course} ORDER BY joined_at, uuid") == [
        (1,),
        (5,),
    ]
    assert rows(lms, "SELECT slug, students FROM courses ORDER BY slug") == [("knots", 3), ("ropes", 2)]


def test_twice_changes_nothing(lms: Lms, course: int) -> None:
    roster.enroll_people(lms, TEACHER, course, people(1, 2, 3, 4))
    before = rows(lms, "SELECT (SELECT COUNT(*) FROM events), * FROM enrollments")
    assert roster.enroll_people(lms, TEACHER, course, people(1, 2, 3, 4)) == [ALREADY, ALREADY, ALREADY, WAITS]
    assert rows(lms, "SELECT (SELECT COUNT(*) FROM events), * FROM enrollments") == before


def test_a_plan_says_what_would_be_and_does_nothing(lms: Lms, course: int) -> None:
    roster.enroll_people(lms, TEACHER, course, people(1))
    new = [Person(None, "", "New", "new@example.org"), Person(None, "", "Newer", "newer@example.org")]
    before = rows(lms, "SELECT COUNT(*) FROM events")
    assert roster.plan(lms, TEACHER, course, [*people(1, 2), *new]) == [ALREADY, ENROLLED, ENROLLED, WAITLISTED]
    assert rows(lms, "SELECT COUNT(*) FROM events") == before


def test_who_left_comes_back_with_their_work_and_who_waited_gets_the_seat(lms: Lms, course: int) -> None:
    roster.enroll_people(lms, TEACHER, course, people(1, 2, 3, 4))
    (lesson, *_) = [each.id for each in catalog.detail(lms, claims_of(1), course).lessons]
    reading.open_lesson(lms, claims_of(1), lesson)
    reading.complete_lesson(lms, claims_of(1), lesson)
    enrolling.leave(lms, claims_of(1), course)
    enrolling.leave(lms, claims_of(2), course)
    # Nobody moved up by itself: the window is closed.
    assert roster.enroll_people(lms, TEACHER, course, people(1, 4)) == [RESTORED, ENROLLED]
    assert catalog.detail(lms, claims_of(1), course).enrollment.progress == 33  # type: ignore[union-attr]
    assert rows(lms, f"SELECT user_id FROM waitlist WHERE course_id = {course}") == []


def test_what_is_told_makes_the_same_again(lms: Lms, course: int) -> None:
    roster.enroll_people(lms, TEACHER, course, people(1, 2, 3, 4))
    enrolling.leave(lms, claims_of(1), course)
    roster.enroll_people(lms, TEACHER, course, people(1, 5))
    with lms.database.read() as transaction:
        assert rebuilt(transaction) == records.stored(transaction)
    told = rows(lms, f"SELECT user_id, payload FROM events WHERE kind = 'enrolled' AND course_id = {course} LIMIT 1")
    assert [(user, json.loads(payload)) for user, payload in told] == [(1, {"by": "uuid-50"})]
    assert rows(lms, "SELECT name, email FROM learners WHERE user_id = 4") == [("Learner 4", "l4@example.org")]


@pytest.mark.parametrize("state", [CourseState.DRAFT, CourseState.ARCHIVED])
def test_a_list_opens_no_course(lms: Lms, course: int, state: CourseState) -> None:
    course_rules.set_rules(lms, TEACHER, course, {"state": state})
    for call in (roster.plan, roster.enroll_people):
        with pytest.raises(RefusedError):
            call(lms, TEACHER, course, people(9))
    assert rows(lms, "SELECT COUNT(*) FROM learners WHERE user_id = 9") == [(0,)]


@pytest.mark.parametrize("who", [claims_of(1), OTHER, claims_of(50)], ids=["learner", "of another course", "no more"])
@pytest.mark.parametrize(
    "call",
    [
        lambda lms, who, course: roster.plan(lms, who, course, people(9)),
        lambda lms, who, course: roster.enroll_people(lms, who, course, people(9)),
        roster.learners,
    ],
    ids=["plan", "enroll_people", "learners"],
)
def test_only_who_teaches_the_course_may(lms: Lms, course: int, who: Claims, call: Callable[..., Any]) -> None:
    before = rows(lms, "SELECT COUNT(*) FROM events")
    with pytest.raises(RefusedError, match="You do not teach this course"):
        call(lms, who, course)
    with pytest.raises(NotFoundError):
        call(lms, who, 999)
    assert rows(lms, "SELECT COUNT(*) FROM events") == before


def test_the_list_has_who_is_in_this_course_and_who_waits(lms: Lms, course: int, clock: Clock) -> None:
    clock.advance(days=1)
    roster.enroll_people(lms, TEACHER, course, [people(2)[0]._replace(name="Zoë"), *people(3, 1, 4)])
    (lesson, *_) = [each.id for each in catalog.detail(lms, claims_of(1), course).lessons]
    reading.open_lesson(lms, claims_of(1), lesson)
    reading.complete_lesson(lms, claims_of(1), lesson)
    enrolling.leave(lms, claims_of(3), course)
    at = clock.moment
    assert roster.learners(lms, TEACHER, course) == [
        RosterLine("Learner 1", "learner1@example.org", "active", 33, at),
        RosterLine("Learner 3", "learner3@example.org", "left", 0, at),
        RosterLine("Zoë", "l2@example.org", "active", 0, at),
        RosterLine("Learner 4", "l4@example.org", "waiting", None, at),
    ]
    assert [each.state for each in roster.learners(lms, OTHER, course - 1)] == ["active", "active", "waiting"]


def test_times_on_the_list_are_those_of_the_enrolment(lms: Lms, course: int, clock: Clock) -> None:
    roster.enroll_people(replace(lms, now=clock), TEACHER, course, people(1))
    clock.advance(days=3)
    (line,) = roster.learners(lms, TEACHER, course)
    assert line.enrolled_at == NOW
