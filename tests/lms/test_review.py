"""The review: which cards are asked and when, what a rating does, and how it is undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import fsrs
import pytest

from azora_tui.data import due, reviews
from azora_tui.data.transaction import ConstraintError
from azora_tui.errors import NotFoundError, RefusedError, StorageError
from azora_tui.lms import enrolling, quizzes, reading, review, scheduling
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.due import ReviewCounts
from azora_tui.models.quizzes import Question, Response
from azora_tui.models.reviews import CardId, CardKind, CardState, Flashcard, Rating, ReviewCard
from tests.engine import sqlite
from tests.told import told

Make = Callable[..., Claims]

CARD = "::: {{.card #{0}}}\n::: front\nAsk *{0}*\n:::\n::: back\nTell {0}\n:::\n:::\n"
QUIZ = """\
::: quiz

Which knot? {#knot}

hint: The first.

- [x] this
- [ ] that

How many? {#many}

answer: 18

:::
"""


def lesson(slug: str, *cards: str, quiz: str = "") -> LessonSource:
    return LessonSource(slug, f"Lesson {slug}", 5, True, "All", "\n".join([quiz, *map(CARD.format, cards)]))


ONE = lesson("one", "a", "b", quiz=QUIZ)
TWO = lesson("two", "a", "c")


@pytest.fixture
def publish(lms: Lms, make_course: Callable[..., CourseSource]) -> Callable[..., int]:
    """`publish(lesson(…), …, slug="weaving")`: a course of these lessons, or a new version of it."""

    def make(*lessons: LessonSource, slug: str = "weaving", **fields: Any) -> int:
        with lms.database.write() as transaction:
            return install(lms, transaction, replace(make_course(slug, **fields), lessons=lessons))

    return make


@pytest.fixture
def course(lms: Lms, claims: Make, publish: Callable[..., int]) -> int:
    made = publish(ONE, TWO)
    enrolling.enroll(lms, claims(), made)
    return made


@pytest.fixture
def ids(course: int, lesson_ids: Callable[[int], dict[str, int]]) -> dict[str, int]:
    return lesson_ids(course)


@pytest.fixture
def answer(lms: Lms, ids: dict[str, int]) -> Callable[..., None]:
    """`answer(claims, knot=(1,))`: answers in the quiz of the first lesson, in one attempt, finished or not."""

    def give(who: Claims, *, hint_used: bool = False, **given: Response) -> None:
        page = quizzes.start(lms, who, ids["one"])
        assert page.latest is not None
        for question, words in given.items():
            quizzes.answer(lms, who, page.latest.id, question, words, hint_used=hint_used)
        found = quizzes.page(lms, who, ids["one"])
        if found is not None and found.latest is not None and not found.latest.open_questions:
            quizzes.finish(lms, who, found.latest.id)

    return give


def asked(lms: Lms, who: Claims) -> list[str]:
    return [card.id.key for card in review.session(lms, who).cards]


def card_of(lms: Lms, who: Claims, key: str) -> ReviewCard:
    return next(card for card in review.session(lms, who).cards if card.id.key == key)


def states(lms: Lms) -> list[tuple[Any, ...]]:
    with lms.database.read() as connection:
        return (
            sqlite(connection)
            .execute("SELECT * FROM card_states ORDER BY user_id, lesson_id, kind, card_key")
            .fetchall()
        )


def log(lms: Lms, columns: str = "card_key, given_in, rating") -> list[tuple[Any, ...]]:
    with lms.database.read() as connection:
        return sqlite(connection).execute(f"SELECT {columns} FROM review_log ORDER BY id").fetchall()


def rebuilt(lms: Lms) -> list[tuple[Any, ...]]:
    with lms.database.write() as transaction:
        review.rebuild(transaction)
    return states(lms)


@pytest.mark.parametrize(
    ("given", "hint_used", "rating"),
    [((1,), False, Rating.AGAIN), ((1,), True, Rating.AGAIN), ((0,), True, Rating.HARD), ((0,), False, Rating.GOOD)],
)
def test_an_answer_in_a_quiz_is_a_rating(
    lms: Lms, claims: Make, answer: Callable[..., None], clock: Any, given: Response, hint_used: bool, rating: Rating
) -> None:
    answer(claims(), knot=given, hint_used=hint_used)
    assert log(lms, "uuid IS NOT NULL, user_id, kind, card_key, given_in, rating, at") == [
        (1, 1, "question", "knot", "quiz", rating.value, "2026-11-22 12:00:00.000000")
    ]
    alone, _ = fsrs.Scheduler(enable_fuzzing=False).review_card(
        fsrs.Card(1, due=clock()), fsrs.Rating(rating.value), clock()
    )
    clock.advance(hours=1)
    (card,) = review.session(lms, claims()).cards
    assert card.state is not None
    assert (card.state.due, card.state.stability, card.state.difficulty, card.state.phase, card.state.step) == (
        alone.due, alone.stability, alone.difficulty, alone.state, alone.step,
    )  # fmt: skip
    assert isinstance(card.content, Question)
    assert (card.course_title, card.lesson_title, card.content.hint) == ("Weaving", "Lesson one", "The first.")


def test_an_answer_that_is_refused_is_no_rating(lms: Lms, claims: Make, answer: Callable[..., None]) -> None:
    answer(claims(), knot=(0,))
    with pytest.raises(RefusedError):
        answer(claims(), knot=(1,))
    with pytest.raises(RefusedError):
        answer(claims(), many="many")
    assert log(lms) == [("knot", "quiz", 3)]


def test_an_answer_and_its_rating_are_one_transaction(
    lms: Lms, claims: Make, answer: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise told(StorageError, "The disk is full.")

    monkeypatch.setattr(reviews, "save_state", broken)
    with pytest.raises(Exception, match="disk is full"):
        answer(claims(), knot=(0,))
    assert log(lms) == []
    with lms.database.read() as connection:
        assert sqlite(connection).execute("SELECT COUNT(*) FROM answers").get == 0


def test_cards_of_a_lesson_are_new_once_it_is_completed(lms: Lms, claims: Make, ids: dict[str, int]) -> None:
    assert review.due_counts(lms, claims()) == ReviewCounts(0, 0)
    reading.open_lesson(lms, claims(), ids["two"])
    assert asked(lms, claims()) == []
    reading.complete_lesson(lms, claims(), ids["two"])
    assert review.due_counts(lms, claims()) == ReviewCounts(0, 2)
    session = review.session(lms, claims())
    assert [(card.id, card.state, card.log_id) for card in session.cards] == [
        (CardId(ids["two"], CardKind.CARD, key), None, 0) for key in ("a", "c")
    ]
    assert session.cards[0].content == Flashcard("a", "Ask *a*", "Tell a")
    assert session.next_due is None
    assert review.due_counts(lms, claims(2)) == ReviewCounts(0, 0), "nobody else's"


def test_the_same_id_in_two_lessons_is_two_cards(lms: Lms, claims: Make, ids: dict[str, int]) -> None:
    for number in ids.values():
        reading.complete_lesson(lms, claims(), number)
    cards = review.session(lms, claims()).cards
    assert [(card.lesson_title[-3:], card.id.key) for card in cards] == [
        ("one", "a"), ("one", "b"), ("two", "a"), ("two", "c"),
    ]  # fmt: skip
    review.rate(lms, claims(), cards[0], Rating.EASY)
    assert asked(lms, claims()) == ["b", "a", "c"]


def test_the_longest_overdue_come_first_then_some_that_are_new(
    lms: Lms, claims: Make, publish: Callable[..., int], lesson_ids: Callable[[int], dict[str, int]], clock: Any
) -> None:
    many = publish(lesson("one", *(f"c{number:02}" for number in range(30))))
    enrolling.enroll(lms, claims(), many)
    reading.complete_lesson(lms, claims(), lesson_ids(many)["one"])
    assert asked(lms, claims()) == [f"c{number:02}" for number in range(review.NEW_IN_SESSION)]
    for round_ in range(4):
        for card in review.session(lms, claims()).cards:
            if card.state is None:
                review.rate(lms, claims(), card, Rating.AGAIN if round_ else Rating.GOOD)
                clock.advance(seconds=1)
    clock.advance(days=40)
    keys = asked(lms, claims())
    assert len(keys) == review.SESSION
    # Good comes back after ten minutes, again after one.
    assert keys == [f"c{number:02}" for number in range(5, 15)]
    assert review.due_counts(lms, claims()) == ReviewCounts(20, 10)
    for card in review.session(lms, claims()).cards:
        review.rate(lms, claims(), card, Rating.EASY)
    assert asked(lms, claims())[:10] == [f"c{number:02}" for number in (*range(15, 20), *range(5))]


def test_a_session_has_new_cards_only_where_room_is_left(
    lms: Lms, claims: Make, publish: Callable[..., int], lesson_ids: Callable[[int], dict[str, int]], clock: Any
) -> None:
    many = publish(lesson("one", *(f"c{number:02}" for number in range(20))))
    enrolling.enroll(lms, claims(), many)
    reading.complete_lesson(lms, claims(), lesson_ids(many)["one"])
    for _ in range(2):
        for card in review.session(lms, claims()).cards[:4]:
            review.rate(lms, claims(), card, Rating.GOOD)
    clock.advance(days=1)
    assert [card.state is None for card in review.session(lms, claims()).cards] == [False] * 8 + [True] * 2


def test_a_question_is_graded_and_nothing_is_kept_yet(
    lms: Lms, claims: Make, answer: Callable[..., None], clock: Any
) -> None:
    answer(claims(), knot=(1,), many="18")
    clock.advance(days=3)
    knot = card_of(lms, claims(), "knot")
    assert isinstance(knot.content, Question)
    before = states(lms)
    for given, hint_used, rating in (
        ((1,), False, Rating.AGAIN),
        ((0,), True, Rating.HARD),
        ((0,), False, Rating.GOOD),
    ):
        graded = review.graded(lms, claims(), knot.content, given, hint_used=hint_used)
        assert (graded.rating, graded.answer.correct, graded.answer.given) == (rating, given == (0,), given)
    with pytest.raises(RefusedError, match="Choose an answer first"):
        review.graded(lms, claims(), knot.content, ())
    assert states(lms) == before
    assert len(log(lms)) == 2


def test_a_learner_may_say_otherwise(lms: Lms, claims: Make, answer: Callable[..., None], clock: Any) -> None:
    answer(claims(), knot=(1,))
    clock.advance(days=1)
    knot = card_of(lms, claims(), "knot")
    rated = review.rate(lms, claims(), knot, Rating.EASY)
    assert rated.rating is Rating.EASY
    assert rated.due - clock() == knot.intervals[3]
    assert log(lms) == [("knot", "quiz", 1), ("knot", "review", 4)]
    assert asked(lms, claims()) == []
    assert review.session(lms, claims()).next_due == rated.due


def test_the_intervals_that_are_told_are_those_that_come(lms: Lms, claims: Make, ids: dict[str, int]) -> None:
    reading.complete_lesson(lms, claims(), ids["two"])
    card = card_of(lms, claims(), "a")
    assert card.intervals == (
        timedelta(minutes=1), timedelta(minutes=5, seconds=30), timedelta(minutes=10), timedelta(days=8),
    )  # fmt: skip


def test_a_week_is_as_fsrs_computes_it_by_itself(
    lms: Lms, claims: Make, ids: dict[str, int], answer: Callable[..., None], clock: Any
) -> None:
    """Seven days, morning and evening; every rating is given to a card of fsrs too, which decides by itself."""
    for number in ids.values():
        reading.complete_lesson(lms, claims(), number)
    scheduler = fsrs.Scheduler(desired_retention=0.9, enable_fuzzing=False)
    alone: dict[CardId, fsrs.Card] = {}
    logs: list[tuple[CardId, fsrs.ReviewLog]] = []

    def also(card: CardId, rating: Rating) -> None:
        mine = alone.get(card) or fsrs.Card(len(alone) + 1, due=clock())
        alone[card], entry = scheduler.review_card(mine, fsrs.Rating(rating.value), clock())
        logs.append((card, entry))

    answer(claims(), knot=(1,), many="18")
    also(CardId(ids["one"], CardKind.QUESTION, "knot"), Rating.AGAIN)
    also(CardId(ids["one"], CardKind.QUESTION, "many"), Rating.GOOD)
    ratings = [Rating.GOOD, Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY, Rating.GOOD, Rating.GOOD]
    given = 0
    for day in range(7):
        for minutes in (0, 2, 12, 600):
            clock.moment = datetime(2026, 11, 22 + day, 13, tzinfo=UTC) + timedelta(minutes=minutes)
            due = {card for card, state in alone.items() if state.due <= clock()}
            session = review.session(lms, claims())
            assert {card.id for card in session.cards if card.state} == due
            assert review.due_counts(lms, claims()).due == len(due)
            for card in session.cards:
                rating = ratings[given % len(ratings)]
                given += 1
                kept = review.rate(lms, claims(), card, rating)
                also(card.id, rating)
                assert kept.due == alone[card.id].due
            upcoming = [state.due for state in alone.values() if state.due > clock()]
            assert review.session(lms, claims()).next_due == min(upcoming)
    assert len(alone) == 6
    assert given > 20
    with lms.database.read() as connection:
        for card_id, mine in alone.items():
            state = reviews.state_of(connection, card_id, user_id=1)
            assert state == CardState(
                int(mine.state), mine.step, mine.stability, mine.difficulty, mine.last_review, mine.due  # type: ignore[arg-type]
            )  # fmt: skip
            again = scheduler.reschedule_card(
                fsrs.Card(mine.card_id, due=clock()), [entry for each, entry in logs if each == card_id]
            )
            assert again == mine
    assert rebuilt(lms) == states(lms)


def test_undo_leaves_the_card_as_it_was_and_the_log_whole(
    lms: Lms, claims: Make, answer: Callable[..., None], ids: dict[str, int], clock: Any
) -> None:
    answer(claims(), knot=(0,))
    reading.complete_lesson(lms, claims(), ids["two"])
    clock.advance(days=1)
    before = [row[:-1] for row in states(lms)]
    for key in ("knot", "a"):
        card = card_of(lms, claims(), key)
        rated = review.rate(lms, claims(), card, Rating.AGAIN)
        assert key not in asked(lms, claims())
        undone = review.undo(lms, claims())
        assert (undone.id, undone.card, undone.rating) == (rated.id, card.id, Rating.AGAIN)
        assert key in asked(lms, claims())
        assert card_of(lms, claims(), key).state == card.state
    assert [row[:-1] for row in states(lms)] == before
    assert rebuilt(lms) == states(lms)
    assert log(lms, "card_key, rating, undoes") == [
        ("knot", 3, None), ("knot", 1, None), ("knot", None, 2), ("a", 1, None), ("a", None, 4),
    ]  # fmt: skip


def test_what_cannot_be_undone(lms: Lms, claims: Make, answer: Callable[..., None], clock: Any) -> None:
    with pytest.raises(NotFoundError, match="no rating to undo"):
        review.undo(lms, claims())
    answer(claims(), knot=(0,))
    with pytest.raises(NotFoundError, match="no rating to undo"):
        review.undo(lms, claims())  # the answer in the quiz stays
    with pytest.raises(NotFoundError, match="no rating to undo"):
        review.undo(lms, claims(), 1)
    clock.advance(days=1)
    first = review.rate(lms, claims(), card_of(lms, claims(), "knot"), Rating.AGAIN)
    with pytest.raises(NotFoundError, match="no rating to undo"):
        review.undo(lms, claims(2), first.id)
    clock.advance(minutes=2)
    second = review.rate(lms, claims(), card_of(lms, claims(), "knot"), Rating.GOOD)
    with pytest.raises(RefusedError, match="rated again since"):
        review.undo(lms, claims(), first.id)
    assert review.undo(lms, claims(), second.id).id == second.id
    with pytest.raises(NotFoundError, match="no rating to undo"):
        review.undo(lms, claims(), second.id)
    assert review.undo(lms, claims()).id == first.id
    assert rebuilt(lms) == states(lms)


def test_a_card_that_was_rated_elsewhere_is_not_rated_again(lms: Lms, claims: Make, ids: dict[str, int]) -> None:
    reading.complete_lesson(lms, claims(), ids["two"])
    card = card_of(lms, claims(), "a")
    review.rate(lms, claims(), card, Rating.GOOD)
    with pytest.raises(RefusedError, match="rated this card elsewhere"):
        review.rate(lms, claims(), card, Rating.AGAIN)
    assert log(lms) == [("a", "review", 3)]
    again = review.card_again(lms, claims(), card.id)
    assert again is not None
    assert again.log_id == 1
    assert again.intervals[0] == timedelta(minutes=1)


def test_the_log_is_only_added_to(lms: Lms, claims: Make, answer: Callable[..., None]) -> None:
    answer(claims(), knot=(0,))
    for statement in ("UPDATE review_log SET rating = 4", "DELETE FROM review_log"):
        with pytest.raises(ConstraintError, match="only ever added to"), lms.database.write() as connection:
            connection.execute(statement)


def test_a_course_that_was_left_asks_nothing_until_it_is_taken_up_again(
    lms: Lms, claims: Make, course: int, answer: Callable[..., None], ids: dict[str, int], clock: Any
) -> None:
    answer(claims(), knot=(0,))
    reading.complete_lesson(lms, claims(), ids["two"])
    clock.advance(days=1)
    before = review.session(lms, claims())
    assert before.counts == ReviewCounts(1, 2)
    enrolling.leave(lms, claims(), course)
    empty = review.session(lms, claims())
    assert (empty.cards, empty.counts, empty.next_due) == ((), ReviewCounts(0, 0), None)
    assert not any(day.count for day in empty.forecast)
    with pytest.raises(RefusedError, match="not enrolled"):
        review.rate(lms, claims(), before.cards[0], Rating.GOOD)
    assert review.card_again(lms, claims(), before.cards[0].id) is None
    enrolling.enroll(lms, claims(), course)
    assert review.session(lms, claims()) == before


def test_a_question_that_a_new_version_drops_is_kept_and_not_asked(
    lms: Lms, claims: Make, publish: Callable[..., int], answer: Callable[..., None], ids: dict[str, int], clock: Any
) -> None:
    answer(claims(), knot=(0,), many="18")
    reading.complete_lesson(lms, claims(), ids["two"])
    clock.advance(days=1)
    knot, c = (card_of(lms, claims(), key) for key in ("knot", "c"))
    before = states(lms)
    quiz = QUIZ.replace("#knot", "#other").replace("How many?", "How *many* rounds?")
    publish(lesson("one", "a", quiz=quiz), lesson("two", "a"), version="2.0.0")
    assert [card.id.key for card in review.session(lms, claims()).cards] == ["many", "a", "a"]
    many = card_of(lms, claims(), "many")
    assert isinstance(many.content, Question)
    assert many.content.prompt == "How *many* rounds?"
    assert states(lms) == before == rebuilt(lms)
    for card in (knot, c):
        with pytest.raises(NotFoundError, match=r"no longer has this card\. What you did with it is kept"):
            review.rate(lms, claims(), card, Rating.GOOD)
    publish(ONE, TWO, version="3.0.0")
    assert card_of(lms, claims(), "knot") == knot, "and it is asked again once it is back"


def test_a_lesson_or_course_out_of_view_asks_nothing(
    lms: Lms, claims: Make, course: int, publish: Callable[..., int], answer: Callable[..., None], clock: Any
) -> None:
    answer(claims(), knot=(0,), many="18")
    clock.advance(days=1)
    assert review.due_counts(lms, claims()).due == 2
    publish(TWO, version="2.0.0")
    assert review.due_counts(lms, claims()).due == 0
    publish(ONE, version="3.0.0")
    assert review.due_counts(lms, claims()).due == 2
    with lms.database.write() as connection:
        connection.execute("UPDATE courses SET is_published = 0")
    assert review.session(lms, claims()).cards == ()
    assert review.due_counts(lms, claims()) == ReviewCounts(0, 0)


def test_the_forecast_is_by_the_days_of_the_learners_own_calendar(
    lms: Lms, claims: Make, ids: dict[str, int], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    clock.moment = datetime(2026, 11, 22, 21, 55, tzinfo=UTC)  # five to midnight in Johannesburg
    for number in ids.values():
        reading.complete_lesson(lms, claims(), number)
    a, b, *_ = review.session(lms, claims()).cards
    review.rate(lms, claims(), a, Rating.AGAIN)
    review.rate(lms, claims(), b, Rating.GOOD)
    try:
        for zone, counts in (("Africa/Johannesburg", [1, 1]), ("UTC", [2, 0])):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            days = review.session(lms, claims()).forecast
            assert len(days) == 14
            assert [day.day for day in days[:2]] == [date(2026, 11, 22), date(2026, 11, 23)]
            assert [day.count for day in days[:2]] == counts
    finally:
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()
    clock.advance(days=3)
    assert [day.count for day in review.session(lms, claims()).forecast[:2]] == [2, 0], "what is overdue counts today"


def test_the_forecast_ends_after_two_weeks(lms: Lms, claims: Make, ids: dict[str, int], clock: Any) -> None:
    reading.complete_lesson(lms, claims(), ids["two"])
    for card in review.session(lms, claims()).cards:
        review.rate(lms, claims(), card, Rating.EASY)
    assert [day.count for day in review.session(lms, claims()).forecast] == [0] * 8 + [2] + [0] * 5
    clock.moment += timedelta(days=8)
    for card in review.session(lms, claims()).cards:
        review.rate(lms, claims(), card, Rating.EASY)
    assert sum(day.count for day in review.session(lms, claims()).forecast) == 0
    next_due = review.session(lms, claims()).next_due
    assert next_due is not None
    assert next_due > clock() + timedelta(days=14)


def test_a_clock_that_was_set_back_breaks_nothing(
    lms: Lms, claims: Make, answer: Callable[..., None], clock: Any
) -> None:
    answer(claims(), knot=(0,))
    clock.advance(days=30)
    review.rate(lms, claims(), card_of(lms, claims(), "knot"), Rating.GOOD)
    clock.advance(days=-60)
    found = review.card_again(lms, claims(), CardId(7, CardKind.QUESTION, "knot"))
    assert found is not None
    last = review.rate(lms, claims(), found, Rating.GOOD)
    assert rebuilt(lms) == states(lms)
    assert last.id == 3
    assert review.undo(lms, claims()).id == 2, "the last is what is so by its time"
    assert rebuilt(lms) == states(lms)


def test_the_first_start_after_the_migration_makes_cards_and_states(
    lms: Lms, claims: Make, answer: Callable[..., None], ids: dict[str, int], clock: Any
) -> None:
    answer(claims(), knot=(0,), many="1")
    reading.complete_lesson(lms, claims(), ids["two"])
    clock.advance(days=1)
    before, session = states(lms), review.session(lms, claims())
    with lms.database.write() as connection:
        connection.execute("DELETE FROM card_states")
        connection.execute("DELETE FROM cards")
    assert review.session(lms, claims()).cards == ()
    with lms.database.write() as transaction:
        review.prepare(transaction)
    assert states(lms) == before
    assert review.session(lms, claims()) == session
    with lms.database.write() as transaction:
        transaction.execute("DELETE FROM card_states")
        review.prepare(transaction)
    assert states(lms) == [], "once is enough"


@pytest.mark.parametrize("ask", [due.counts, reviews.due_cards, reviews.new_cards, reviews.next_due])
def test_what_the_review_asks_has_an_index(lms: Lms, course: int, ask: Callable[..., object]) -> None:
    asked_for: list[str] = []
    with lms.database.read() as connection:
        sqlite(connection).exec_trace = lambda _, sql, __: asked_for.append(sql) is None  # type: ignore[func-returns-value]
        given: dict[str, Any] = {"user_id": 1, "now": "2026-11-22 12:00:00", "limit": 1}
        if ask in (due.counts, reviews.next_due):
            del given["limit"]
        elif ask is reviews.new_cards:
            del given["now"]
        ask(connection, **given)
        sqlite(connection).exec_trace = None
        for sql in asked_for:
            named = {key: 1 for key in ("user_id", "now", "limit") if f":{key}" in sql}
            plan = " ".join(str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", named))
            assert "SEARCH" in plan
            assert "SCAN" not in plan, plan


def test_nothing_but_a_rating_loads_fsrs() -> None:
    import subprocess
    import sys

    code = "import sys, azora_tui.tui.app, azora_tui.lms.review, azora_tui.lms.quizzes; print('fsrs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_scheduling_is_the_same_every_time() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    ratings = [(rating, at + timedelta(days=9 * number)) for number, rating in enumerate([*Rating, *Rating])]
    assert len({scheduling.replayed(ratings) for _ in range(20)}) == 1
    assert scheduling.replayed([]) is None


def test_a_session_says_whose_last_rating_can_be_undone(
    lms: Lms, claims: Make, ids: dict[str, int], clock: Any
) -> None:
    for number in ids.values():
        reading.complete_lesson(lms, claims(), number)
    a, b, *_ = review.session(lms, claims()).cards
    assert review.session(lms, claims()).last_rated is None
    review.rate(lms, claims(), a, Rating.GOOD)
    clock.advance(seconds=1)
    review.rate(lms, claims(), b, Rating.AGAIN)
    assert review.session(lms, claims()).last_rated == b.id
    assert review.session(lms, claims(2)).last_rated is None
    review.undo(lms, claims())
    assert review.session(lms, claims()).last_rated == a.id
    review.undo(lms, claims())
    assert review.session(lms, claims()).last_rated is None
