"""What counts as earlier and later: the time, to the microsecond, never an id."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from azora_tui.data import events
from azora_tui.lms import enrolling, home, quizzes, reading, review
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.reviews import Rating
from tests.conftest import Clock
from tests.lms.test_rebuilding import weaving

Make = Callable[..., Claims]


@pytest.fixture
def falling(lms: Lms) -> Lms:
    """The service with ids that fall, so that an order by them would be the other way round."""
    numbers = iter(range(999_999, 0, -1))
    return Lms(lms.database, lms.now, lambda: f"id-{next(numbers):06}")


@pytest.fixture
def ids(lms: Lms) -> dict[str, int]:
    with lms.database.write() as transaction:
        course = install(lms, transaction, weaving("1", seats=1))
        found: Any = transaction.execute("SELECT slug, id FROM lessons WHERE course_id = :id", {"id": course})
        return {"course": course, **dict(found)}


def test_who_waited_a_microsecond_longer_is_next(falling: Lms, claims: Make, clock: Clock, ids: dict[str, int]) -> None:
    enrolling.enroll(falling, claims(1), ids["course"])
    for learner in (3, 2, 4):
        clock.advance(microseconds=1)
        enrolling.join_waitlist(falling, claims(learner), ids["course"])
    assert enrolling.join_waitlist(falling, claims(3), ids["course"]) == 1
    assert enrolling.join_waitlist(falling, claims(4), ids["course"]) == 3
    enrolling.leave(falling, claims(1), ids["course"])
    assert enrolling.my_learning(falling, claims(3))[1]
    assert not enrolling.my_learning(falling, claims(2))[1]


def take(lms: Lms, claims: Claims, lesson: int, *, finish: bool = True) -> int:
    attempt = quizzes.start(lms, claims, lesson).latest
    assert attempt is not None
    if finish:
        for question in attempt.open_questions:
            quizzes.answer(lms, claims, attempt.id, question.id, (0,))
        latest = quizzes.finish(lms, claims, attempt.id).page.latest
        assert latest is not None
        assert latest.id == attempt.id, "what was finished is what is shown"
    return attempt.id


def test_attempts_come_in_the_order_of_their_time(
    falling: Lms, claims: Make, clock: Clock, ids: dict[str, int]
) -> None:
    enrolling.enroll(falling, claims(), ids["course"])
    taken = []
    for _ in range(3):
        clock.advance(microseconds=1)
        taken.append(take(falling, claims(), ids["quiz"]))
    page = quizzes.page(falling, claims(), ids["quiz"])
    assert page is not None
    assert [each.id for each in page.standing.history] == taken
    assert page.latest is not None
    assert page.latest.id == taken[-1]


def test_an_attempt_under_way_goes_on_though_a_clock_was_set_back(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int]
) -> None:
    enrolling.enroll(lms, claims(), ids["course"])
    take(lms, claims(), ids["quiz"])
    clock.moment -= timedelta(days=30)
    under_way = take(lms, claims(), ids["quiz"], finish=False)
    assert take(lms, claims(), ids["quiz"]) == under_way


def test_answers_come_in_the_order_in_which_they_were_given(
    falling: Lms, claims: Make, clock: Clock, ids: dict[str, int]
) -> None:
    enrolling.enroll(falling, claims(), ids["course"])
    attempt = quizzes.start(falling, claims(), ids["quiz"]).latest
    assert attempt is not None
    for question in ("this", "so"):
        clock.advance(microseconds=1)
        quizzes.answer(falling, claims(), attempt.id, question, (0,))
    page = quizzes.page(falling, claims(), ids["quiz"])
    assert page is not None
    assert page.latest is not None
    assert [each.question_id for each in page.latest.answers] == ["this", "so"]


def test_the_last_rating_is_the_one_of_the_latest_time(
    falling: Lms, claims: Make, clock: Clock, ids: dict[str, int]
) -> None:
    enrolling.enroll(falling, claims(), ids["course"])
    take(falling, claims(), ids["quiz"])
    clock.advance(days=30)
    rated = []
    for card in review.session(falling, claims()).cards:
        clock.advance(microseconds=1)
        rated.append(review.rate(falling, claims(), card, Rating.GOOD).id)
    assert len(rated) == 2
    assert review.undo(falling, claims()).id == rated[-1]
    assert review.undo(falling, claims()).id == rated[0]


@pytest.mark.parametrize("back", [0, 1, 86_400])
def test_the_last_choice_of_rest_days_holds_though_a_clock_was_set_back(
    falling: Lms, claims: Make, clock: Clock, back: int
) -> None:
    for days in ({6}, {5}, {0, 1}):
        home.choose_rest_days(falling, claims(), days)
        home.choose_rest_days(falling, claims(2), {3})
        clock.moment -= timedelta(seconds=back)
    assert home.page(falling, claims()).rest_days == {0, 1}
    assert home.page(falling, claims(2)).rest_days == {3}


def test_events_come_in_the_order_of_each_machine_and_machines_by_their_times(
    falling: Lms, claims: Make, clock: Clock, ids: dict[str, int]
) -> None:
    me = claims()
    enrolling.enroll(falling, me, ids["course"])
    clock.moment -= timedelta(days=1)
    reading.open_lesson(falling, me, ids["one"])
    with falling.database.write() as transaction:
        for number, (kind, hours) in enumerate((("opened", -12), ("left", +1), ("reenrolled", +2))):
            events.add_event(
                transaction,
                id=f"there-{number}",
                kind=kind,  # type: ignore[arg-type]
                user_id=1,
                course_id=ids["course"],
                lesson_id=None,
                at=f"2026-11-22 {12 + hours:02}:00:00.000000" if hours > -12 else "2026-11-21 23:00:00.000000",
                payload={},
                machine="another",
            )
    with falling.database.read() as transaction:
        kinds = [each.kind for each in events.events(transaction)]
        numbers: Any = transaction.execute("SELECT number FROM events ORDER BY machine_id, number")
        assert [number for (number,) in numbers] == [1, 2, 1, 2, 3]
    assert kinds == ["opened", "enrolled", "opened", "left", "reenrolled"]
