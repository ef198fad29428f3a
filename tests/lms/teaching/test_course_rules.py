"""What a course allows: set by who teaches it, asked of everybody who enrols."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from azora_tui.data import teachers
from azora_tui.errors import AzoraError, FieldError, NotFoundError, RefusedError
from azora_tui.formats.imported import Imported
from azora_tui.lms import catalog, enrolling, home, importing, notes, reading, review, search
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import course_rules
from azora_tui.models.account_records import Account
from azora_tui.models.accounts import Claims
from azora_tui.models.course_rules import CourseState, RuleChanges
from azora_tui.models.enrolling import EnrollOutcome
from azora_tui.models.reviews import Rating
from tests.conftest import NOW, Clock, claims_of, course_source
from tests.engine import sqlite

TEACHER = claims_of(50, role="instructor")
OTHER = claims_of(51, role="instructor")
ADMIN = claims_of(52, role="admin")
TODAY = NOW.date()
CARD = "::: {.card #knot}\n::: front\nWhich knot?\n:::\n::: back\nBowline\n:::\n:::\n"


def bring_in(lms: Lms, slug: str = "knots", who: Claims = TEACHER, **fields: Any) -> int:
    source = course_source(slug, **fields)
    return importing.import_course(lms, who, Imported(source, 0, 0, (), has_version=True)).id


@pytest.fixture
def course(lms: Lms) -> int:
    """A course that `TEACHER` teaches; `OTHER` teaches another."""
    bring_in(lms, "ropes", OTHER)
    return bring_in(lms)


def change(lms: Lms, course: int, who: Claims = TEACHER, **changes: Any) -> Any:
    return course_rules.set_rules(lms, who, course, changes)  # type: ignore[arg-type]


def outcome(lms: Lms, learner: int, course: int, **named: Any) -> EnrollOutcome:
    return enrolling.enroll(lms, claims_of(learner), course, **named).outcome


def rows(lms: Lms, sql: str) -> list[Any]:
    with lms.database.read() as connection:
        return sqlite(connection).execute(sql).fetchall()


def account(number: int, role: str = "instructor") -> Account:
    return Account(number, f"uuid-{number}", f"t{number}@example.org", f"T {number}", role, NOW)  # type: ignore[arg-type]


# Who may


@pytest.mark.parametrize("who", [claims_of(1), OTHER, claims_of(50)], ids=["learner", "of another course", "no more"])
@pytest.mark.parametrize(
    "call",
    [
        course_rules.rules,
        lambda lms, who, course: course_rules.set_rules(lms, who, course, {"seats": 3}),
        lambda lms, who, course: course_rules.add_teacher(lms, who, course, account(60)),
        lambda lms, who, course: course_rules.remove_teacher(lms, who, course, account(50)),
    ],
    ids=["rules", "set_rules", "add_teacher", "remove_teacher"],
)
def test_only_who_teaches_a_course_may(lms: Lms, course: int, who: Claims, call: Callable[..., Any]) -> None:
    before = rows(lms, "SELECT (SELECT COUNT(*) FROM events), seats FROM courses")
    with pytest.raises(RefusedError, match="You do not teach this course"):
        call(lms, who, course)
    assert rows(lms, "SELECT (SELECT COUNT(*) FROM events), seats FROM courses") == before
    with lms.database.read() as transaction:
        assert teachers.teacher_ids(transaction, course) == [50]


def test_an_admin_sets_what_any_course_allows(lms: Lms, course: int) -> None:
    assert change(lms, course, ADMIN, seats=3).rules.seats == 3


def test_a_course_that_is_not_there_is_not_found(lms: Lms) -> None:
    for call in (course_rules.rules, lambda lms, who, course: course_rules.set_rules(lms, who, course, {"seats": 3})):
        with pytest.raises(NotFoundError):
            call(lms, ADMIN, 999)


def test_a_list_of_what_one_teaches(lms: Lms, course: int) -> None:
    change(lms, course, state=CourseState.DRAFT, seats=1)
    found = course_rules.taught(lms, TEACHER)
    assert [(each.slug, each.state, each.seats, each.waiting) for each in found] == [("knots", CourseState.DRAFT, 1, 0)]
    assert [each.slug for each in course_rules.taught(lms, ADMIN)] == ["knots", "ropes"]
    with pytest.raises(RefusedError, match="Only instructors and admins"):
        course_rules.taught(lms, claims_of(1))


# States


def test_a_draft_is_seen_by_who_teaches_it_and_nobody_else(lms: Lms, course: int) -> None:
    enrolling.enroll(lms, claims_of(2), course)
    change(lms, course, state=CourseState.DRAFT)
    for seen_by in (TEACHER, ADMIN, claims_of(2)):
        assert catalog.detail(lms, seen_by, "knots").course.state is CourseState.DRAFT
    for hidden_from in (claims_of(1), OTHER):
        with pytest.raises(NotFoundError):
            catalog.detail(lms, hidden_from, "knots")
    assert [each.title for each in catalog.page(lms, TEACHER).courses] == ["Ropes"]
    assert catalog.detail(lms, TEACHER, course).teaches
    assert not catalog.detail(lms, claims_of(2), course).teaches
    assert outcome(lms, 1, course) is EnrollOutcome.UNPUBLISHED


def test_one_statement_sets_both_columns(lms: Lms, course: int) -> None:
    for state in (CourseState.DRAFT, CourseState.ARCHIVED, CourseState.PUBLISHED):
        change(lms, course, state=state)
        stored = rows(lms, "SELECT slug, state, is_published FROM courses ORDER BY slug")
        assert stored == [("knots", state.value, int(state is CourseState.PUBLISHED)), ("ropes", "published", 1)]


def test_an_archived_course_goes_on_for_who_is_in_it_and_takes_nobody(lms: Lms, clock: Clock) -> None:
    course = bring_in(lms, lessons="one")
    with lms.database.write() as transaction:
        sqlite(transaction).execute("UPDATE lessons SET content = ?", (CARD,))
    change(lms, course, state=CourseState.DRAFT)
    change(lms, course, state=CourseState.PUBLISHED)
    inside, outside = claims_of(1), claims_of(2)
    enrolling.enroll(lms, inside, course)
    (lesson,) = [each.id for each in catalog.detail(lms, inside, course).lessons]
    reading.open_lesson(lms, inside, lesson)
    reading.complete_lesson(lms, inside, lesson)
    notes.write(lms, inside, lesson, digest=1, quote="q", position="{}", text="mine")
    change(lms, course, state=CourseState.ARCHIVED)

    (card,) = review.session(lms, inside).cards
    review.rate(lms, inside, card, Rating.GOOD)
    clock.advance(days=30)
    assert review.due_counts(lms, inside).due == 1
    assert {hit.kind.value for hit in search.find(lms, inside, "knots").hits} == {"course"}
    assert search.find(lms, inside, "bowline").hits
    assert not search.find(lms, outside, "bowline").hits
    assert not search.find(lms, outside, "knots").hits
    assert [note.available for note in notes.mine(lms, inside)] == [True]
    assert catalog.page(lms, inside).courses == ()
    with pytest.raises(NotFoundError):
        catalog.detail(lms, outside, course)
    assert outcome(lms, 2, course) is EnrollOutcome.ARCHIVED
    assert reading.open_lesson(lms, inside, lesson).course_id == course


def test_who_left_an_archived_course_can_take_that_back(lms: Lms, course: int) -> None:
    enrolling.enroll(lms, claims_of(1), course)
    change(lms, course, state=CourseState.ARCHIVED)
    enrolling.leave(lms, claims_of(1), course)
    assert outcome(lms, 1, course) is EnrollOutcome.ENROLLED


def test_who_waits_for_a_seat_of_an_archived_course_is_told(lms: Lms, course: int) -> None:
    change(lms, course, seats=1)
    enrolling.enroll(lms, claims_of(1), course)
    enrolling.join_waitlist(lms, claims_of(2), course)
    change(lms, course, state=CourseState.ARCHIVED)
    detail = catalog.detail(lms, claims_of(2), course)
    assert detail.waitlist_place == 1
    assert detail.refusal is not None
    assert detail.refusal.outcome is EnrollOutcome.ARCHIVED
    enrolling.leave(lms, claims_of(1), course)
    assert rows(lms, "SELECT user_id FROM waitlist") == [(2,)]
    change(lms, course, state=CourseState.DRAFT)
    with pytest.raises(NotFoundError):
        catalog.detail(lms, claims_of(2), course)


def test_the_waitlist_moves_up_when_a_course_is_published_again(lms: Lms, course: int) -> None:
    change(lms, course, seats=1)
    enrolling.enroll(lms, claims_of(1), course)
    enrolling.join_waitlist(lms, claims_of(2), course)
    change(lms, course, state=CourseState.DRAFT)
    enrolling.leave(lms, claims_of(1), course)
    assert change(lms, course, state=CourseState.PUBLISHED).moved_up == 1
    assert catalog.detail(lms, claims_of(2), course).enrolled


def test_home_tells_who_waits_for_an_archived_course(lms: Lms, course: int) -> None:
    (other,) = [number for (number,) in rows(lms, "SELECT id FROM courses WHERE slug = 'ropes'")]
    for each, who in ((course, TEACHER), (other, OTHER)):
        change(lms, each, who, seats=1)
        enrolling.enroll(lms, claims_of(1), each)
        enrolling.join_waitlist(lms, claims_of(2), each)
    assert home.page(lms, claims_of(2)).waits_in_vain == ()
    change(lms, course, state=CourseState.ARCHIVED)
    assert home.page(lms, claims_of(2)).waits_in_vain == ((course, "Knots"),)
    assert home.page(lms, claims_of(1)).waits_in_vain == ()
    enrolling.leave_waitlist(lms, claims_of(2), course)
    assert home.page(lms, claims_of(2)).waits_in_vain == ()


def test_who_waits_elsewhere_or_does_not_wait_sees_no_archived_course(lms: Lms, course: int) -> None:
    (other,) = [number for (number,) in rows(lms, "SELECT id FROM courses WHERE slug = 'ropes'")]
    for each, who in ((course, TEACHER), (other, OTHER)):
        change(lms, each, who, seats=1)
        enrolling.enroll(lms, claims_of(1), each)
    enrolling.join_waitlist(lms, claims_of(2), other)
    enrolling.join_waitlist(lms, claims_of(3), course)
    change(lms, course, state=CourseState.ARCHIVED)
    for learner in (2, 4):
        with pytest.raises(NotFoundError):
            catalog.detail(lms, claims_of(learner), course)


def test_what_is_set_for_one_course_is_not_for_another(lms: Lms, course: int) -> None:
    enrolling.enroll(lms, claims_of(1), course - 1)
    before = rows(lms, "SELECT * FROM courses WHERE slug = 'ropes'")
    change(lms, course, seats=1, opens=TODAY, closes=TODAY, key="bowline", prerequisites=("ropes",))
    assert rows(lms, "SELECT * FROM courses WHERE slug = 'ropes'") == before
    change(lms, course - 1, OTHER, seats=1)
    enrolling.join_waitlist(lms, claims_of(2), course - 1)
    rules = course_rules.rules(lms, TEACHER, course)
    assert (rules.waiting, rules.key, rules.prerequisites) == (0, "bowline", ("ropes",))
    assert [each.waiting for each in course_rules.taught(lms, ADMIN)] == [1, 0]
    change(lms, course - 1, OTHER, key="sheepshank")
    assert course_rules.rules(lms, TEACHER, course).key == "bowline"
    assert course_rules.rules(lms, OTHER, course - 1).prerequisites == ()


def test_the_catalog_says_what_each_of_its_courses_takes(lms: Lms, course: int) -> None:
    bring_in(lms, "splices", prerequisites=("knots", "gone"))
    change(lms, course, seats=3, opens=TODAY, closes=TODAY, key="bowline", prerequisites=("ropes",))
    found = [
        (each.title, each.seats, each.opens, each.closes, each.needs_key, each.needs)
        for each in catalog.page(lms, claims_of(1)).courses
    ]
    assert found == [
        ("Knots", 3, TODAY, TODAY, True, ("Ropes",)),
        ("Ropes", None, None, None, False, ()),
        ("Splices", None, None, None, False, ("gone", "Knots")),
    ]


# The window


def test_a_course_takes_learners_from_its_first_day_to_its_last(lms: Lms, course: int, clock: Clock) -> None:
    change(lms, course, opens=TODAY + timedelta(days=1), closes=TODAY + timedelta(days=2))
    assert outcome(lms, 1, course) is EnrollOutcome.NOT_OPEN_YET
    clock.advance(days=1)
    assert outcome(lms, 1, course) is EnrollOutcome.ENROLLED
    clock.advance(days=1)
    assert outcome(lms, 2, course) is EnrollOutcome.ENROLLED
    clock.advance(days=1)
    assert outcome(lms, 3, course) is EnrollOutcome.OVER
    enrolling.leave(lms, claims_of(1), course)
    assert outcome(lms, 1, course) is EnrollOutcome.ENROLLED  # who returns needs no window


def test_the_day_is_that_of_where_the_learner_is(lms: Lms, course: int, clock: Clock) -> None:
    change(lms, course, opens=TODAY + timedelta(days=1))
    clock.moment = datetime(TODAY.year, TODAY.month, TODAY.day, 12, 30, tzinfo=UTC)
    west, east = (replace(lms, zone=timezone(timedelta(hours=hours))) for hours in (11, 12))
    assert outcome(west, 1, course) is EnrollOutcome.NOT_OPEN_YET
    assert outcome(east, 1, course) is EnrollOutcome.ENROLLED


def test_a_window_says_its_day(lms: Lms, course: int) -> None:
    change(lms, course, opens=date(2026, 12, 1))
    with pytest.raises(RefusedError, match=r"Enrolment opens on 1 December\."):
        raise enrolling.refused(enrolling.enroll(lms, claims_of(1), course))
    change(lms, course, opens=None, closes=date(2025, 3, 1))
    with pytest.raises(RefusedError, match=r"Enrolment closed on 1 March 2025\."):
        raise enrolling.refused(enrolling.enroll(lms, claims_of(1), course))


def test_the_waitlist_moves_up_when_the_window_is_made_longer(lms: Lms, course: int, clock: Clock) -> None:
    change(lms, course, seats=1, closes=TODAY)
    enrolling.enroll(lms, claims_of(1), course)
    enrolling.join_waitlist(lms, claims_of(2), course)
    clock.advance(days=1)
    enrolling.leave(lms, claims_of(1), course)
    assert not catalog.detail(lms, claims_of(2), course).enrolled
    assert change(lms, course, closes=None).moved_up == 1
    assert catalog.detail(lms, claims_of(2), course).enrolled


def test_who_waited_when_a_window_opened_by_itself_comes_before_who_comes_then(
    lms: Lms, course: int, clock: Clock
) -> None:
    change(lms, course, seats=1)
    enrolling.enroll(lms, claims_of(1), course)
    enrolling.join_waitlist(lms, claims_of(2), course)
    change(lms, course, opens=TODAY + timedelta(days=1))
    enrolling.leave(lms, claims_of(1), course)
    clock.advance(days=1)
    assert outcome(lms, 3, course) is EnrollOutcome.FULL
    assert catalog.detail(lms, claims_of(2), course).enrolled


def test_who_waited_enrols_when_a_window_has_opened_by_itself(lms: Lms, course: int, clock: Clock) -> None:
    change(lms, course, seats=1)
    enrolling.enroll(lms, claims_of(1), course)
    enrolling.join_waitlist(lms, claims_of(2), course)
    change(lms, course, opens=TODAY + timedelta(days=1))
    enrolling.leave(lms, claims_of(1), course)
    clock.advance(days=1)
    detail = catalog.detail(lms, claims_of(2), course)
    assert (detail.waitlist_place, detail.refusal) == (1, None)
    result = enrolling.enroll(lms, claims_of(2), course)
    assert (result.outcome, result.values) == (EnrollOutcome.ENROLLED, {"course": "Knots"})
    assert outcome(lms, 2, course) is EnrollOutcome.ALREADY_ENROLLED


def test_a_window_that_ends_before_it_opens_is_refused(lms: Lms, course: int) -> None:
    change(lms, course, opens=TODAY)
    for first in ({}, {"opens": TODAY}):
        with pytest.raises(FieldError, match="before it opens on 22 November 2026") as caught:
            change(lms, course, closes=TODAY - timedelta(days=1), **first)  # type: ignore[arg-type]
        assert caught.value.field == "closes"
    change(lms, course, closes=TODAY)  # a window of one day
    with pytest.raises(FieldError) as caught:
        change(lms, course, opens=TODAY + timedelta(days=1))
    assert caught.value.field == "opens"


# Seats


def test_more_seats_let_those_in_who_have_waited_longest(lms: Lms, course: int, clock: Clock) -> None:
    change(lms, course, seats=1)
    enrolling.enroll(lms, claims_of(1), course)
    for learner in (4, 3, 2):
        clock.advance(seconds=1)
        enrolling.join_waitlist(lms, claims_of(learner), course)
    assert change(lms, course, seats=3).moved_up == 2
    assert rows(lms, "SELECT user_id FROM enrollments ORDER BY id") == [(1,), (4,), (3,)]
    assert change(lms, course, seats=None).moved_up == 1


def test_fewer_seats_than_learners_put_nobody_out(lms: Lms, course: int) -> None:
    for learner in (1, 2, 3):
        enrolling.enroll(lms, claims_of(learner), course)
    set_ = change(lms, course, seats=2)
    assert set_.rules.is_overfull
    assert set_.rules.students == 3
    enrolling.leave(lms, claims_of(1), course)
    assert outcome(lms, 4, course) is EnrollOutcome.FULL


@pytest.mark.parametrize("seats", [0, -1, 1_000_000])
def test_seats_that_make_no_sense_are_refused(lms: Lms, course: int, seats: int) -> None:
    with pytest.raises(FieldError, match="from 1 to 999,999") as caught:
        change(lms, course, seats=seats)
    assert caught.value.field == "seats"


# The key


def test_a_key_lets_in_whoever_knows_it_however_it_is_written(lms: Lms, course: int) -> None:
    change(lms, course, key="  Zoë's Knot ")
    assert course_rules.rules(lms, TEACHER, course).key == "Zoë's Knot"
    assert catalog.detail(lms, claims_of(1), course).course.needs_key
    assert outcome(lms, 1, course) is EnrollOutcome.KEY_NEEDED
    assert outcome(lms, 1, course, key="  ") is EnrollOutcome.KEY_NEEDED
    assert outcome(lms, 1, course, key="Zoe's knot") is EnrollOutcome.KEY_WRONG
    assert outcome(lms, 1, course, key=" ZOE\u0308'S KNOT") is EnrollOutcome.ENROLLED
    enrolling.leave(lms, claims_of(1), course)
    assert outcome(lms, 1, course) is EnrollOutcome.ENROLLED  # who returns has told it before


def test_wrong_keys_are_slowed_for_one_learner_at_one_course(lms: Lms, course: int, clock: Clock) -> None:
    other = bring_in(lms, "splices")
    for each in (course, other):
        change(lms, each, key="bowline")
    for _ in range(5):
        assert outcome(lms, 1, course, key="granny") is EnrollOutcome.KEY_WRONG
        clock.advance(minutes=10)
    with pytest.raises(RefusedError, match=r"Try again in 10 minutes"):
        raise enrolling.refused(enrolling.enroll(lms, claims_of(1), course, key="bowline"))
    assert outcome(lms, 2, course, key="bowline") is EnrollOutcome.ENROLLED
    assert outcome(lms, 1, other, key="bowline") is EnrollOutcome.ENROLLED
    clock.advance(minutes=9, seconds=59)
    assert outcome(lms, 1, course, key="bowline") is EnrollOutcome.KEY_WAIT
    clock.advance(seconds=1)
    assert outcome(lms, 1, course, key="granny") is EnrollOutcome.KEY_WRONG
    assert outcome(lms, 1, course, key="bowline") is EnrollOutcome.KEY_WAIT
    clock.advance(minutes=10)
    assert outcome(lms, 1, course, key="bowline") is EnrollOutcome.ENROLLED
    assert rows(lms, "SELECT COUNT(*) FROM wrong_keys") == [(0,)]


def test_the_waitlist_asks_for_the_key_once_and_counts_wrong_ones(lms: Lms, course: int) -> None:
    change(lms, course, key="bowline", seats=1)
    enrolling.enroll(lms, claims_of(1), course, key="bowline")
    for key, sentence in ((None, "asks for a key"), ("granny", "not the key")):
        with pytest.raises(RefusedError, match=sentence):
            enrolling.join_waitlist(lms, claims_of(2), course, key=key)
    assert rows(lms, "SELECT user_id, course_id FROM wrong_keys") == [(2, course)]
    assert enrolling.join_waitlist(lms, claims_of(2), course, key="bowline") == 1
    assert enrolling.join_waitlist(lms, claims_of(2), course) == 1
    enrolling.leave(lms, claims_of(1), course)
    assert catalog.detail(lms, claims_of(2), course).enrolled


def test_the_key_stands_in_no_event_and_in_nothing_that_learners_are_told(lms: Lms, course: int) -> None:
    from azora_tui.wire.courses import course_with_lessons

    change(lms, course, key="bowline")
    change(lms, course, key="sheepshank")
    enrolling.enroll(lms, claims_of(1), course, key="clovehitch")
    told = json.dumps([list(row) for row in rows(lms, "SELECT kind, payload FROM events")])
    told += json.dumps(course_with_lessons(*_as_wire(lms, claims_of(1), course)))
    told += repr(catalog.detail(lms, claims_of(1), course)) + repr(course_source(key="bowline"))
    for key in ("bowline", "sheepshank", "clovehitch"):
        assert key not in told
    payloads = rows(lms, "SELECT payload FROM events WHERE kind = 'course_changed'")
    assert payloads == [('{"key":"set"}',), ('{"key":"set"}',)]


def _as_wire(lms: Lms, claims: Claims, course: int) -> Any:
    detail, contents = catalog.detail_with_contents(lms, claims, course)
    return detail, None, contents


@pytest.mark.parametrize(("key", "sentence"), [("  ", "a letter at least"), ("x" * 101, "at most 100 characters")])
def test_a_key_that_is_none_is_refused(lms: Lms, course: int, key: str, sentence: str) -> None:
    with pytest.raises(FieldError, match=sentence):
        change(lms, course, key=key)


# Prerequisites


def test_prerequisites_are_courses_that_are_here_and_lead_in_no_circle(lms: Lms, course: int) -> None:
    splices = bring_in(lms, "splices")
    assert change(lms, course, prerequisites=("ropes", "splices")).rules.prerequisites == ("ropes", "splices")
    for slugs, sentence in (
        (("knots",), "cannot need itself"),
        (("nets",), "There is no course nets here"),
        (("ropes", "knots"), "cannot need itself"),
    ):
        with pytest.raises(FieldError, match=sentence) as caught:
            change(lms, course, prerequisites=slugs)
        assert caught.value.field == "prerequisites"
    with pytest.raises(FieldError, match="need knots, which needs splices"):
        change(lms, splices, prerequisites=("knots",))
    assert outcome(lms, 1, course) is EnrollOutcome.MISSING_PREREQUISITE
    assert change(lms, course, prerequisites=()).rules.prerequisites == ()
    assert outcome(lms, 1, course) is EnrollOutcome.ENROLLED


def test_a_circle_through_several_courses_is_refused_and_others_end(lms: Lms, course: int) -> None:
    a, b = bring_in(lms, "a"), bring_in(lms, "b", prerequisites=("gone",))
    change(lms, a, prerequisites=("b",))
    change(lms, course, prerequisites=("a",))
    with pytest.raises(FieldError, match="need knots, which needs a, which needs b"):
        change(lms, b, prerequisites=("gone", "knots"))
    assert change(lms, b, prerequisites=("gone", "ropes")).changed == ("prerequisites",)


# What happened


def test_what_changed_is_one_event_and_what_did_not_is_none(lms: Lms, course: int) -> None:
    change(lms, course, seats=3, opens=TODAY, state=CourseState.DRAFT, prerequisites=("ropes",))
    assert change(lms, course, seats=3, key=None).changed == ()
    found = rows(lms, "SELECT user_id, course, payload FROM events WHERE kind = 'course_changed'")
    assert [(user, slug) for user, slug, _ in found] == [(50, "knots")]
    assert json.loads(found[0][2]) == {
        "seats": 3, "opens": TODAY.isoformat(), "state": "draft", "prerequisites": ["ropes"]
    }  # fmt: skip


# Teachers


def test_teachers_are_named_and_taken_away(lms: Lms, course: int) -> None:
    assert course_rules.add_teacher(lms, TEACHER, course, account(51))
    assert not course_rules.add_teacher(lms, TEACHER, course, account(51))
    found = course_rules.rules(lms, OTHER, course).teachers
    assert [(each.user_id, each.name) for each in found] == [(50, "Learner 50"), (51, "T 51")]
    course_rules.remove_teacher(lms, OTHER, course, account(50))
    with pytest.raises(RefusedError, match="only teacher"):
        course_rules.remove_teacher(lms, OTHER, course, account(51))
    with pytest.raises(RefusedError, match="T 50 does not teach this course"):
        course_rules.remove_teacher(lms, OTHER, course, account(50))
    course_rules.remove_teacher(lms, ADMIN, course, account(51))
    assert course_rules.rules(lms, ADMIN, course).teachers == ()
    with lms.database.read() as transaction:
        assert teachers.teacher_ids(transaction, course) == []
    assert [kind for (kind,) in rows(lms, f"SELECT kind FROM events WHERE course_id = {course} ORDER BY number")] == [
        "teacher_added", "teacher_added", "teacher_removed", "teacher_removed"
    ]  # fmt: skip
    assert rows(lms, "SELECT user_id FROM course_teachers") == [(51,)]  # of the other course


def test_a_learner_is_made_an_instructor_first(lms: Lms, course: int) -> None:
    with pytest.raises(RefusedError, match="is a learner here"):
        course_rules.add_teacher(lms, TEACHER, course, account(60, "learner"))


# Importing again


def test_what_was_set_here_stays_when_the_course_comes_in_again(lms: Lms, course: int) -> None:
    changes: RuleChanges = {
        "opens": TODAY, "closes": TODAY, "seats": 7, "key": "bowline", "prerequisites": ("ropes",),
        "state": CourseState.ARCHIVED,
    }  # fmt: skip
    course_rules.set_rules(lms, TEACHER, course, changes)
    assert bring_in(lms, version="2", title="Better knots") == course
    rules = course_rules.rules(lms, TEACHER, course)
    assert {name: getattr(rules, name) for name in changes} == changes


def test_what_the_files_name_counts_and_from_then_on_they_do(lms: Lms, course: int) -> None:
    change(lms, course, seats=7, key="bowline")
    bring_in(lms, version="2", seats=5, state="draft", opens="2026-12-01")
    rules = course_rules.rules(lms, TEACHER, course)
    assert (rules.seats, rules.key, rules.state, rules.opens) == (5, "bowline", CourseState.DRAFT, date(2026, 12, 1))
    bring_in(lms, version="3")
    rules = course_rules.rules(lms, TEACHER, course)
    assert (rules.seats, rules.key, rules.state, rules.opens) == (None, "bowline", CourseState.DRAFT, None)


def test_the_same_files_again_change_nothing_of_what_was_set_here(lms: Lms, course: int) -> None:
    change(lms, course, seats=7, prerequisites=("ropes",))
    again = importing.import_course(lms, TEACHER, Imported(course_source("knots"), 0, 0, (), has_version=True))
    assert not again.changed
    assert course_rules.rules(lms, TEACHER, course).seats == 7


def test_a_course_goes_out_and_in_with_all_that_it_allows(lms: Lms, course: int) -> None:
    change(lms, course, seats=7, key="bowline", opens=TODAY, closes=TODAY, state=CourseState.DRAFT)
    source = importing.course_source(lms, TEACHER, course)
    copy = importing.import_course(lms, TEACHER, Imported(replace(source, slug="copy"), 0, 0, (), has_version=True))
    assert replace(importing.course_source(lms, TEACHER, copy.id), slug="knots") == source
    assert not importing.import_course(lms, TEACHER, Imported(source, 0, 0, (), has_version=True)).changed


def test_nothing_that_is_refused_leaves_a_trace(lms: Lms, course: int) -> None:
    before = rows(lms, "SELECT * FROM courses"), rows(lms, "SELECT COUNT(*) FROM events")
    refused: list[RuleChanges] = [
        {"seats": 0}, {"key": ""}, {"prerequisites": ("nets",)}, {"opens": date.max, "closes": date.min}
    ]  # fmt: skip
    for changes in refused:
        with pytest.raises(AzoraError):
            course_rules.set_rules(lms, TEACHER, course, {"state": CourseState.ARCHIVED, **changes})
    assert (rows(lms, "SELECT * FROM courses"), rows(lms, "SELECT COUNT(*) FROM events")) == before
