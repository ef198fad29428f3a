"""The Sankofa review: what was learnt is asked again before it would be forgotten.

The log of ratings is only added to; when a card is due is derived from it by FSRS (`scheduling`).
"""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from azora_tui.data import lessons, locks, reviews, searching
from azora_tui.data.due import counts
from azora_tui.data.transaction import Transaction
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import cards, grading, marks, reading, scheduling
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import Lms, check_claims
from azora_tui.models.accounts import Claims
from azora_tui.models.due import ReviewCounts
from azora_tui.models.quizzes import Answer, Question, Response
from azora_tui.models.reviews import (
    CardId,
    CardKind,
    CardState,
    DueDay,
    Graded,
    Rated,
    Rating,
    ReviewCard,
    ReviewSession,
)
from azora_tui.times import from_text, to_exact_text

SESSION = 10
"""Cards in a session, at most."""
NEW_IN_SESSION = 5
"""How many of them may be new: what is new today has to be repeated tomorrow."""
FORECAST_DAYS = 14

# Another number has cards and states rebuilt at the next start: for when they are read or computed in another way.
_VERSION = 1


def due_counts(lms: Lms, claims: Claims) -> ReviewCounts:
    """How much waits for a learner now, in the courses that they are in."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return counts(transaction, user_id=claims.user_id, now=lms.now_text())


def session(lms: Lms, claims: Claims) -> ReviewSession:
    """The next cards to ask: those that are due, the longest overdue first, then some that are new."""
    check_claims(lms, claims)
    now = from_text(lms.now_text())
    with lms.database.read() as transaction:
        due = reviews.due_cards(transaction, user_id=claims.user_id, now=to_exact_text(now), limit=SESSION)
        room = min(NEW_IN_SESSION, SESSION - len(due))
        new = reviews.new_cards(transaction, user_id=claims.user_id, limit=room)
        asked = [replace(card, intervals=scheduling.intervals(card.state, now)) for card in (*due, *new)]
        return ReviewSession(
            cards=tuple(asked),
            counts=counts(transaction, user_id=claims.user_id, now=to_exact_text(now)),
            next_due=reviews.next_due(transaction, user_id=claims.user_id, now=to_exact_text(now)),
            forecast=_forecast(lms, transaction, claims.user_id, now),
            last_rated=_last_rated(transaction, claims.user_id),
        )


def rating_of(*, correct: bool, hint_used: bool) -> Rating:
    """What an answer says of how well something was remembered."""
    if not correct:
        return Rating.AGAIN
    return Rating.HARD if hint_used else Rating.GOOD


def graded(lms: Lms, claims: Claims, question: Question, given: Response, *, hint_used: bool = False) -> Graded:
    """Whether an answer is right, and the rating that follows; nothing is written until `rate`.

    Raises `RefusedError` for what cannot be graded.
    """
    check_claims(lms, claims)
    if refusal := grading.unusable(question, given):
        raise refusal
    correct = grading.is_right(question, given)
    answer = Answer(question.id, given, correct, hint_used, lms.now())
    return Graded(answer, rating_of(correct=correct, hint_used=hint_used))


def rate(lms: Lms, claims: Claims, card: ReviewCard, rating: Rating) -> Rated:
    """Keep how well a card was remembered. One transaction: the row of the log, and when the card comes back.

    Raises `NotFoundError` for a card that its course no longer has, `RefusedError` outside the learner's courses and
    for a card that was rated elsewhere since it was asked.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        reading.enrolled(transaction, claims.user_id, card.id.lesson_id)
        now = reviews.asked_card(transaction, card.id, user_id=claims.user_id)
        if now is None:
            raise NotFoundError("card_gone")
        if now.log_id != card.log_id:
            raise RefusedError("card_rated_elsewhere")
        return _rated(lms, transaction, claims.user_id, card.id, rating, in_review=True)


def undo(lms: Lms, claims: Claims, rated_id: int | None = None) -> Rated:
    """Undo a rating that was given in a review, by default the last; the card is then as it was before.

    Nothing is taken out of the log: a row is added that says so. Raises `NotFoundError` where there is no such rating
    of the learner's, or it is undone already, `RefusedError` where the card has been rated again since.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        user_id = claims.user_id
        if rated_id is None:
            undone = reviews.last_rating(transaction, user_id=user_id)
        else:
            undone = reviews.rating_by_id(transaction, rated_id, user_id=user_id)
        if undone is None or not undone.in_review:
            raise NotFoundError("rating_missing")
        counting = reviews.ratings(transaction, undone.card, user_id=user_id)
        if counting[-1][0] != undone.id:
            raise RefusedError("rating_not_last")
        now = lms.now_text()
        log_id = reviews.add_undoing(transaction, undone, uuid=lms.new_id(), user_id=user_id, now=now)
        _derive(transaction, user_id, undone.card, log_id)
        return Rated(undone.id, undone.card, undone.rating, from_text(now))


def card_again(lms: Lms, claims: Claims, card_id: CardId) -> ReviewCard | None:
    """A card as it is now, due or not; None where it is not asked any more."""
    check_claims(lms, claims)
    now = from_text(lms.now_text())
    with lms.database.read() as transaction:
        found = reviews.asked_card(transaction, card_id, user_id=claims.user_id)
    return found and replace(found, intervals=scheduling.intervals(found.state, now))


def answered(
    lms: Lms,
    transaction: Transaction,
    *,
    user_id: int,
    lesson_id: int,
    question_id: str,
    correct: bool,
    hint_used: bool,
) -> None:
    """Count an answer in a quiz as a rating, in the transaction that keeps the answer."""
    rating = rating_of(correct=correct, hint_used=hint_used)
    card = CardId(lesson_id, CardKind.QUESTION, question_id)
    _rated(lms, transaction, user_id, card, rating, in_review=False)


def prepare(transaction: Transaction) -> None:
    """Make cards and states of everything that is there, unless this program has made them before."""
    if reviews.version(transaction) != _VERSION:
        for course_id in searching.course_ids(transaction):
            cards.refresh(transaction, course_id)
        rebuild(transaction)
        reviews.save_version(transaction, _VERSION)


def rebuild(transaction: Transaction) -> None:
    """Rebuild the state of every card from the log, which stays untouched."""
    reviews.forget_states(transaction)
    for user_id, card, log_id in reviews.rated_cards(transaction):
        _derive(transaction, user_id, card, log_id)


def _last_rated(transaction: Transaction, user_id: int) -> CardId | None:
    """The card of the rating that `undo` takes back by default; None where it would take none."""
    last = reviews.last_rating(transaction, user_id=user_id)
    if last is None or reviews.ratings(transaction, last.card, user_id=user_id)[-1][0] != last.id:
        return None
    return last.card


def _rated(lms: Lms, transaction: Transaction, user_id: int, card: CardId, rating: Rating, *, in_review: bool) -> Rated:
    now = lms.now_text()
    log_id = reviews.add_rating(
        transaction,
        card,
        rating,
        uuid=lms.new_id(),
        user_id=user_id,
        in_review=in_review,
        now=now,
        utc_offset=lms.utc_offset(now),
    )
    if in_review:
        _mark(lms, transaction, user_id, card, now)
    before = reviews.state_of(transaction, card, user_id=user_id)
    if before is None or before.last_review < from_text(now):
        state = scheduling.reviewed(before, rating, from_text(now))
        reviews.save_state(transaction, card, state, user_id=user_id, log_id=log_id)
        return Rated(log_id, card, rating, state.due)
    # A clock was set back. The log counts in the order of its times, and so must the state.
    derived = _derive(transaction, user_id, card, log_id)
    assert derived is not None  # it has this rating
    return Rated(log_id, card, rating, derived.due)


def _mark(lms: Lms, transaction: Transaction, user_id: int, card: CardId, now: str) -> None:
    """To review is to learn in the course that the card is of; an answer in a quiz has been kept as that already."""
    course_id = lessons.lesson_course(transaction, card.lesson_id)
    if course_id is not None:
        marks.learned(transaction, user_id=user_id, course_id=course_id, at=now, utc_offset=lms.utc_offset(now))


def _derive(transaction: Transaction, user_id: int, card: CardId, log_id: int) -> CardState | None:
    counting = reviews.ratings(transaction, card, user_id=user_id)
    state = scheduling.replayed((rating, at) for _, rating, at in counting)
    if state is None:
        reviews.forget_state(transaction, card, user_id=user_id)
    else:
        reviews.save_state(transaction, card, state, user_id=user_id, log_id=log_id)
    return state


def _forecast(lms: Lms, transaction: Transaction, user_id: int, now: datetime) -> tuple[DueDay, ...]:
    """How many cards fall due on each of the next fourteen days of the learner's own calendar, today with all that is
    overdue. New cards are not counted."""
    today = now.astimezone(lms.zone).date()
    days = [today + timedelta(days=number) for number in range(FORECAST_DAYS)]
    end = datetime.combine(days[-1] + timedelta(days=1), time(), lms.zone).astimezone(UTC)
    times = reviews.due_times(transaction, user_id=user_id, before=to_exact_text(end))
    due = Counter(max(today, moment.astimezone(lms.zone).date()) for moment in times)
    return tuple(DueDay(day, due[day]) for day in days)
