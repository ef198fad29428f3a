"""Who may see the figures of a course, and what they say of few people or of none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from azora_tui.data import teachers
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import catalog, enrolling, progress, quizzes, reading, tasks
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import exporting, insights, people
from azora_tui.models.accounts import Claims
from azora_tui.models.insights import Which
from azora_tui.models.tasks import TaskState
from tests.conftest import Clock
from tests.lms.teaching.classroom import LESSONS, lesson_ids, source
from tests.teaching import knots

ClaimsOf = Callable[..., Claims]


@pytest.fixture
def course(lms: Lms) -> int:
    """Taught by 3."""
    with lms.database.write() as transaction:
        made = install(lms, transaction, source("knots", LESSONS))
        teachers.add_teacher(transaction, course_id=made, user_id=3, now=lms.now_text())
    return made


@pytest.fixture
def ids(lms: Lms, course: int) -> dict[str, int]:
    with lms.database.read() as transaction:
        return lesson_ids(transaction, course)


CALLS: dict[str, Callable[[Lms, Claims, int], Any]] = {
    "head": insights.head,
    "monday": insights.monday,
    "course_figures": insights.course_figures,
    "questions": insights.questions,
    "question_page": lambda lms, claims, course: insights.question_page(lms, claims, course, "bowline-a"),
    "people": lambda lms, claims, course: people.people(lms, claims, course, Which.ALL),
    "way": lambda lms, claims, course: people.way(lms, claims, course, 1),
    "statements": lambda lms, claims, course: list(exporting.statements(lms, claims, course)),
}


@pytest.mark.parametrize("call", CALLS)
def test_only_who_teaches_the_course_sees_it(lms: Lms, claims: ClaimsOf, course: int, call: str) -> None:
    enrolling.enroll(lms, claims(1), course)
    for who in (claims(1), claims(3), claims(4, role="instructor")):  # 3 is a learner again
        with pytest.raises(RefusedError):
            CALLS[call](lms, who, course)
    for who in (claims(3, role="instructor"), claims(9, role="admin")):
        assert CALLS[call](lms, who, course) is not None
        with pytest.raises(NotFoundError):
            CALLS[call](lms, who, 77)


def test_a_course_without_learners(lms: Lms, claims: ClaimsOf, course: int) -> None:
    teacher = claims(3, role="instructor")
    found = insights.course_figures(lms, teacher, course)
    assert (found.ever, found.left, found.completed, found.days, found.active_7, found.active_30) == (
        0,
        0,
        0,
        None,
        0,
        0,
    )
    assert found.cohorts == ()
    assert {(each.opened, each.completed, each.stopped_here, each.minutes) for each in found.lessons} == {
        (0, 0, 0, None)
    }
    assert {(each.answered, each.right, each.discrimination) for each in found.questions} == {(0, 0, None)}
    monday = insights.monday(lms, teacher, course)
    assert (monday.stuck, monday.nearly_done, monday.misleading) == ((), (), ())
    page = insights.question_page(lms, teacher, course, "bowline-a")
    assert (page.group, [each.upper for each in page.options]) == (0, [0, 0, 0])
    with pytest.raises(NotFoundError, match="asks no question nothing"):
        insights.question_page(lms, teacher, course, "nothing")
    for nobody in (1, "learner1@example.org", "' OR 1 = 1 --"):
        with pytest.raises(NotFoundError, match="no such learner"):
            people.way(lms, teacher, course, nobody)


def test_a_course_with_one_learner(lms: Lms, claims: ClaimsOf, clock: Clock, course: int, ids: dict[str, int]) -> None:
    teacher, me = claims(3, role="instructor"), claims(1)
    enrolling.enroll(lms, me, course)
    clock.advance(days=2)
    for lesson in ("ropes", "bights"):
        reading.open_lesson(lms, me, ids[lesson])
        reading.complete_lesson(lms, me, ids[lesson], minutes=4)
    attempt = quizzes.start(lms, me, ids["bowline"]).latest
    assert attempt is not None
    for question in attempt.questions:
        quizzes.answer(lms, me, attempt.id, question.id, (0,))
    quizzes.finish(lms, me, attempt.id)
    found = insights.course_figures(lms, teacher, course)
    assert [each.completed for each in found.lessons] == [1, 1, 1, 0, 0, 0]
    assert found.lessons[0].minutes is not None
    assert found.lessons[0].minutes[:] == (1, 4, 4, 4)
    assert found.questions[0].discrimination is None
    assert insights.question_page(lms, teacher, course, "bowline-a").group == 1


def stand(lms: Lms, claims: ClaimsOf, course: int) -> list[Any]:
    """How learner 1 stands: as they see it in two places, and as their teacher does in two."""
    mine = progress.progress(lms, claims(1), course).state
    found, _ = people.people(lms, claims(3, role="instructor"), course, Which.ALL)
    return [
        mine,
        catalog.detail(lms, claims(1), course).own_state,
        next(person.state for person in found if person.user_id == 1),
        people.way(lms, claims(3, role="instructor"), course, 1).person.state,
    ]


def test_one_state_for_the_learner_and_the_teacher_to_the_second(
    lms: Lms, claims: ClaimsOf, clock: Clock, course: int, ids: dict[str, int]
) -> None:
    from datetime import UTC, datetime, timezone

    far_away = replace(lms, zone=timezone(timedelta(hours=13)))
    enrolling.enroll(far_away, claims(1), course)
    reading.open_lesson(far_away, claims(1), ids["ropes"])
    day_there = (clock.moment + timedelta(hours=13)).date()
    silent_from = datetime.combine(day_there + timedelta(days=14), datetime.min.time(), UTC) - timedelta(hours=13)
    for moment, silent in ((silent_from - timedelta(microseconds=1), False), (silent_from, True)):
        clock.moment = moment
        for where in (lms, far_away, replace(lms, zone=timezone(timedelta(hours=-8)))):
            assert {state.silent for state in stand(where, claims, course)} == {silent}
        assert insights.monday(lms, claims(3, role="instructor"), course).counts[Which.STUCK] == silent


def test_what_is_being_written_is_the_learner_s_until_it_is_handed_in(lms: Lms, claims: ClaimsOf) -> None:
    course = knots(lms)
    with lms.database.read() as transaction:
        lesson = lesson_ids(transaction, course)["bends"]
    enrolling.enroll(lms, claims(1), course)
    tasks.keep_draft(lms, claims(1), lesson, "sheet-bend", "Only for me")
    found = people.way(lms, claims(9, role="admin"), course, 1)
    assert [task.state for task in found.tasks] == [TaskState.NEW]
    assert "Only for me" not in repr(found)
    tasks.hand_in(lms, claims(1), lesson, "sheet-bend", "For you")
    assert [task.state for task in people.way(lms, claims(9, role="admin"), course, 1).tasks] == [TaskState.HANDED_IN]


def fail(lms: Lms, who: Claims, lesson: int, option: int = 1) -> None:
    attempt = quizzes.start(lms, who, lesson).latest
    assert attempt is not None
    for question in attempt.questions:
        quizzes.answer(lms, who, attempt.id, question.id, (option,))
    quizzes.finish(lms, who, attempt.id)


def test_three_failed_attempts_in_a_row(lms: Lms, claims: ClaimsOf, course: int, ids: dict[str, int]) -> None:
    enrolling.enroll(lms, claims(1), course)
    enrolling.enroll(lms, claims(2), course)
    for number in range(3):
        assert not any(state.stuck for state in stand(lms, claims, course)), number
        fail(lms, claims(1), ids["bowline"])
        fail(lms, claims(2), ids["bowline"] if number else ids["hitches"])  # twice and once are not three times
    assert all(state.failing[0][1:4] == ("Bowline", 3, 0) for state in stand(lms, claims, course))
    teacher = claims(3, role="instructor")
    assert [person.user_id for person in insights.monday(lms, teacher, course).stuck] == [1]
    fail(lms, claims(1), ids["bowline"], option=0)
    assert not any(state.stuck for state in stand(lms, claims, course))
    for _ in range(3):
        fail(lms, claims(1), ids["bowline"])
    assert not any(state.stuck for state in stand(lms, claims, course)), "a quiz once passed is passed"


def test_who_has_left_is_neither_stuck_nor_nearly_done(
    lms: Lms, claims: ClaimsOf, clock: Clock, course: int, ids: dict[str, int]
) -> None:
    teacher = claims(3, role="instructor")
    enrolling.enroll(lms, claims(1), course)
    for lesson in ("ropes", "bights", "bowline", "hitches"):
        reading.complete_lesson(lms, claims(1), ids[lesson])
    assert [each.user_id for each in insights.monday(lms, teacher, course).nearly_done] == [1]
    clock.advance(days=20)
    assert insights.monday(lms, teacher, course).counts == {Which.STUCK: 1, Which.NEARLY_DONE: 1}
    enrolling.leave(lms, claims(1), course)
    assert insights.monday(lms, teacher, course).counts == {Which.STUCK: 0, Which.NEARLY_DONE: 0}
    found = people.way(lms, teacher, course, 1).person.state
    assert not (found.stuck)
    assert not (found.nearly_done)
    assert not (found.under_way)


def test_who_did_nothing_since_names_are_written_down_gets_theirs_and_no_newer_one_is_lost(
    lms: Lms, claims: ClaimsOf, course: int
) -> None:
    teacher = claims(3, role="instructor")
    with lms.database.write() as transaction:
        other = install(lms, transaction, source("anchors", LESSONS))
    for user in (1, 2):
        enrolling.enroll(lms, claims(user), course)
    enrolling.enroll(lms, claims(5), other)
    assert people.nameless(lms, teacher, course) == []
    with lms.database.write() as transaction:
        transaction.execute("UPDATE learners SET name = '', email = '' WHERE user_id IN (1, 5)")
    assert people.nameless(lms, teacher, course) == [1]
    people.name(lms, teacher, course, {1: ("Amina", "a@example.org"), 2: ("Old", "o@example.org"), 5: ("Not mine", "")})
    found, _ = people.people(lms, teacher, course, Which.ALL)
    assert [(each.name, each.email) for each in found] == [
        ("Amina", "a@example.org"),
        ("Learner 2", "learner2@example.org"),
    ]
    assert people.nameless(lms, claims(9, role="admin"), other) == [5]


def test_statements_name_the_event_and_nobody_s_name(
    lms: Lms, claims: ClaimsOf, course: int, ids: dict[str, int]
) -> None:
    enrolling.enroll(lms, claims(1), course)
    reading.open_lesson(lms, claims(1), ids["ropes"])
    fail(lms, claims(1), ids["bowline"], option=0)
    enrolling.enroll(lms, claims(2), course - 1) if course > 1 else None
    found = list(exporting.statements(lms, claims(3, role="instructor"), course))
    with lms.database.read() as transaction:
        events = dict(transaction.execute("SELECT id, kind FROM events WHERE course_id = :c", {"c": course}))
    assert {each["id"] for each in found} <= set(events)
    verbs = [each["verb"]["display"]["en"] for each in found]
    assert verbs == ["registered", "launched", "attempted", *["answered"] * 4, "passed", "completed"]
    assert {each["actor"]["account"]["name"] for each in found} == {"uuid-1"}
    assert "example.org" not in str(found)
    assert "Learner 1" not in str(found)
    passed = found[-2]
    assert passed["result"]["score"]["scaled"] == 1
    assert passed["object"]["definition"]["name"] == {"en": "Bowline"}
    assert found[0]["timestamp"].endswith("Z")
