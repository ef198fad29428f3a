"""Reviews among all else that learners and authors do, in any order: each card comes back when FSRS itself says so."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import ClassVar

import fsrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import quizzes, review
from azora_tui.models.reviews import CardId, CardKind, Rated, Rating, ReviewCard
from tests.lms.school_model import LESSONS, SchoolModel

BOTH = (1, 2)
STEPS = (
    ["wait"] * 4 + ["review"] * 7 + ["undo"] * 6 + ["undo any"] * 5 + ["answer"] * 7 + ["complete"] * 2
    + ["rate late"] * 3 + ["answer what was asked"] * 4 + ["leave", "return", "publish"]
)  # fmt: skip
MEANT = (
    "a new card was rated",
    "a due card was rated",
    "undone",
    "undone one by one",
    "undone before another was",
    "a card was rated again since",
    "answered",
    "rated elsewhere",
)


@dataclass(frozen=True)
class Rate:
    """A rating that counts; `rated` is what was told of one that was given in a review."""

    number: int
    rating: Rating
    at: datetime
    rated: Rated | None


@dataclass(frozen=True)
class State:
    phase: int
    step: int | None
    stability: float
    difficulty: float
    last_review: datetime
    due: datetime


@cache
def replayed(ratings: tuple[tuple[Rating, datetime], ...]) -> State | None:
    """What FSRS makes of these ratings: asked itself, from the first on."""
    scheduler = fsrs.Scheduler(desired_retention=0.9, enable_fuzzing=False)
    card = fsrs.Card(card_id=1)
    for rating, at in ratings:
        card, _ = scheduler.review_card(card, fsrs.Rating(rating.value), at)
    if not ratings:
        return None
    assert card.stability is not None
    assert card.difficulty is not None
    return State(int(card.state), card.step, card.stability, card.difficulty, ratings[-1][1], card.due)


class SchoolWithReviews(SchoolModel):
    """`given` holds the ratings of a learner's card that count; `latest` its latest row in the log, an undoing too."""

    met: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[tuple[int, CardId], list[Rate]] = {}
        self.latest: dict[tuple[int, CardId], int] = {}
        self.rows = count(1)
        self.asked_before: dict[int, tuple[ReviewCard, ...]] = {}
        self.undone_last = False

    @initialize(lessons=st.permutations(LESSONS))
    def begin(self, lessons: list[str]) -> None:
        self.publish(dict.fromkeys(lessons[:3], True))
        for learner in BOTH:
            self.enrol(learner)
            for word in lessons[:2]:
                self.complete(learner, word)

    def content(self, word: str) -> str:
        """Each version asks one question and has one card that no other has, and two cards that all have."""
        card = "::: {{.card #{0}}}\n::: front\nF{0}\n:::\n::: back\nB\n:::\n:::\n"
        return (
            f"::: quiz\n\nOne? {{#{word}-one}}\n\n- [x] y\n- [ ] n\n\nTwo? {{#{word}-two-{self.version % 3}}}\n\n"
            "answer: a\n\n:::\n\n" + "".join(card.format(key) for key in self.cards())
        )

    def cards(self) -> tuple[str, ...]:
        return ("first", "second", f"card-{self.version % 3}")

    # The model

    def exist(self) -> list[CardId]:
        """What the course asks now, in its order."""
        found = []
        for word in self.required:
            keys = (f"{word}-one", f"{word}-two-{self.version % 3}")
            found += [CardId(self.numbers[word], CardKind.QUESTION, key) for key in keys]
            found += [CardId(self.numbers[word], CardKind.CARD, key) for key in self.cards()]
        return found

    def state(self, learner: int, card: CardId) -> State | None:
        given = self.given.get((learner, card), [])
        return replayed(tuple((each.rating, each.at) for each in given))

    def note(self, learner: int, card: CardId, rating: Rating, rated: Rated | None) -> None:
        row = next(self.rows)
        self.given.setdefault((learner, card), []).append(Rate(row, rating, self.now, rated))
        self.latest[learner, card] = row

    def asked(self, learner: int) -> tuple[list[CardId], int, int]:
        """(the cards of a session now, how many are due, how many are new)."""
        model = self.learners[learner]
        if not model.inside:
            return [], 0, 0
        due = [card for card in self.exist() if (state := self.state(learner, card)) and state.due <= self.now]
        due.sort(key=lambda card: (self.state(learner, card).due, self.latest[learner, card]))  # type: ignore[union-attr]
        words = {number: word for word, number in self.numbers.items()}
        new = [
            card
            for card in self.exist()
            if card.kind is CardKind.CARD and not self.state(learner, card) and words[card.lesson_id] in model.done
        ]
        new.sort(key=lambda card: model.done[words[card.lesson_id]])
        return due[:10] + new[: min(5, 10 - len(due[:10]))], len(due), len(new)

    def undo_expected(self, learner: int, rated: Rated | None) -> tuple[type[Exception] | None, Rated | None]:
        """What undoing this one, or the last, comes to: an error, or the rating that is undone."""
        mine = [(each, key[1]) for key, given in self.given.items() if key[0] == learner for each in given]
        in_review = [each for each in mine if each[0].rated is not None]
        if rated is not None:
            in_review = [each for each in in_review if each[0].rated == rated]
        if not in_review:
            return NotFoundError, None
        last, card = max(in_review, key=lambda each: each[0].number)
        if self.given[learner, card][-1] is not last:
            return RefusedError, None
        return None, last.rated

    # What happens

    @rule(what=st.sampled_from(STEPS), learner=st.sampled_from(BOTH), data=st.data())
    def something_happens(self, what: str, learner: int, data: st.DataObject) -> None:
        self.now += timedelta(minutes=1)
        match what:
            case "wait":
                self.now += timedelta(days=data.draw(st.sampled_from([0.004, 0.5, 1, 3, 10])))
            case "review":
                self.review_some(learner, data.draw(st.lists(st.sampled_from(Rating), min_size=1, max_size=6)))
            case "undo":
                for _ in range(data.draw(st.integers(1, 3))):
                    self.undo(learner, None)
                    self.undone_last = True
            case "answer what was asked":
                self.answer_what_was_asked(learner)
            case "undo any":
                rated = [each.rated for (who, _), given in self.given.items() if who == learner for each in given]
                known = [each for each in rated if each is not None]
                if known:
                    self.undo(learner, data.draw(st.sampled_from(known)))
            case "answer":
                self.answer(learner, data)
            case "complete":
                left = [word for word in self.required if word not in self.learners[learner].done]
                self.complete(learner, left[0] if left else data.draw(st.sampled_from(LESSONS)))
            case "rate late":
                self.rate_late(learner, data.draw(st.sampled_from(Rating)))
            case "leave":
                self.leave(learner)
            case "return":
                self.enrol(learner)
            case "publish":
                words = data.draw(st.permutations(LESSONS))
                self.publish(dict.fromkeys(words[: data.draw(st.integers(2, 4))], True))
        self.undone_last = False

    def review_some(self, learner: int, ratings: list[Rating]) -> None:
        cards = review.session(self.lms, self.claims(learner)).cards
        self.asked_before[learner] = cards
        for card, rating in zip(cards, ratings, strict=False):
            self.meet("a new card was rated" if card.state is None else "a due card was rated")
            self.rate(learner, card, rating)

    def rate(self, learner: int, card: ReviewCard, rating: Rating) -> None:
        rated = review.rate(self.lms, self.claims(learner), card, rating)
        self.note(learner, card.id, rating, rated)
        state = self.state(learner, card.id)
        assert state is not None
        assert (rated.card, rated.rating, rated.due) == (card.id, rating, state.due)

    def rate_late(self, learner: int, rating: Rating) -> None:
        """Cards that were asked some time ago."""
        cards, self.asked_before[learner] = self.asked_before.get(learner, ()), ()
        for card in cards:
            row = self.latest.get((learner, card.id), 0) if self.state(learner, card.id) else 0
            before = self.known_rows.get(card.log_id, 0)
            if not self.learners[learner].inside or card.id not in self.exist():
                with pytest.raises((NotFoundError, RefusedError)):
                    review.rate(self.lms, self.claims(learner), card, rating)
            elif row != before:
                self.meet("rated elsewhere")
                with pytest.raises(RefusedError):
                    review.rate(self.lms, self.claims(learner), card, rating)
            else:
                self.rate(learner, card, rating)

    @property
    def known_rows(self) -> dict[int, int]:
        """From the rows that cards bear to those of the model, in their order: both only ever grow."""
        with self.lms.database.read() as transaction:
            found = transaction.execute("SELECT id FROM review_log ORDER BY id")
            return {id_: place for place, (id_,) in enumerate(found, start=1)}

    def undo(self, learner: int, rated: Rated | None) -> None:
        error, expected = self.undo_expected(learner, rated)
        number = None if rated is None else rated.id
        if error is not None:
            if error is RefusedError:
                self.meet("a card was rated again since")
            with pytest.raises(error):
                review.undo(self.lms, self.claims(learner), number)
            return
        undone = review.undo(self.lms, self.claims(learner), number)
        assert expected is not None
        assert (undone.id, undone.card, undone.rating) == (expected.id, expected.card, expected.rating)
        given = self.given[learner, undone.card]
        assert given.pop().rated == expected
        self.latest[learner, undone.card] = next(self.rows)
        self.meet("undone before another was" if given else "undone")
        if self.undone_last:
            self.meet("undone one by one")

    def answer_what_was_asked(self, learner: int) -> None:
        """A question in the review, and the same in its quiz: the first rating can then be undone no more."""
        words = {number: word for word, number in self.numbers.items()}
        for card in review.session(self.lms, self.claims(learner)).cards:
            if card.id.kind is CardKind.QUESTION:
                self.rate(learner, card, Rating.GOOD)
                rated = self.given[learner, card.id][-1].rated
                for _ in range(2):  # a quiz has two questions
                    self.answer_in(learner, words[card.id.lesson_id], right=True)
                self.undo(learner, rated)
                return

    def answer(self, learner: int, data: st.DataObject) -> None:
        """The next open question of a lesson's quiz."""
        word = data.draw(st.sampled_from(sorted(self.required)))
        self.answer_in(learner, word, right=data.draw(st.booleans()), hint=data.draw(st.booleans()))

    def answer_in(self, learner: int, word: str, *, right: bool, hint: bool = False) -> None:
        lesson = self.numbers[word]
        if not self.learners[learner].inside:
            with pytest.raises(RefusedError):
                quizzes.start(self.lms, self.claims(learner), lesson)
            return
        attempt = quizzes.start(self.lms, self.claims(learner), lesson).latest
        assert attempt is not None
        question, *more = attempt.open_questions
        given = ((0,) if right else (1,)) if question.kind.has_options else ("a" if right else "b")
        quizzes.answer(self.lms, self.claims(learner), attempt.id, question.id, given, hint_used=hint)
        rating = (Rating.HARD if hint else Rating.GOOD) if right else Rating.AGAIN
        self.note(learner, CardId(lesson, CardKind.QUESTION, question.id), rating, None)
        self.meet("answered")
        self.learners[learner].last = word
        if not more:
            result = quizzes.finish(self.lms, self.claims(learner), attempt.id)
            if result.completion is not None:
                self.completed(self.learners[learner], word, result.completion)

    @invariant()
    def what_is_asked_is_what_the_model_says(self) -> None:
        for learner in BOTH:
            cards, due, new = self.asked(learner)
            session = review.session(self.lms, self.claims(learner))
            assert (session.counts.due, session.counts.new) == (due, new)
            assert [card.id for card in session.cards] == cards
            for card in session.cards:
                state = self.state(learner, card.id)
                assert (card.state is None) == (state is None)
                if state is not None and card.state is not None:
                    assert card.state.due == state.due
                    assert card.state.stability == pytest.approx(state.stability)
                    assert (card.state.phase, card.state.step) == (state.phase, state.step)
            coming = [
                state.due
                for card in self.exist()
                if self.learners[learner].inside and (state := self.state(learner, card)) and state.due > self.now
            ]
            assert session.next_due == min(coming, default=None)

    def teardown(self) -> None:
        """What is derived can be made anew from the log, and is the same."""
        try:
            if self.version:
                with self.lms.database.write() as transaction:
                    review.rebuild(transaction)
                self.what_is_asked_is_what_the_model_says()
        finally:
            super().teardown()


class TestSchoolWithReviews(SchoolWithReviews.TestCase):  # type: ignore[misc, valid-type]  # made by Hypothesis
    settings = settings(max_examples=15, stateful_step_count=30)

    def runTest(self) -> None:
        """And what is meant is met: a rule that never comes to what it is for tests nothing."""
        SchoolWithReviews.met.clear()
        super().runTest()
        met = SchoolWithReviews.met
        assert all(met[what] >= 3 for what in MEANT), met


def test_the_checks_notice_a_state_that_was_changed() -> None:
    """The control: with one state changed behind the service's back the invariant fails."""
    school = SchoolWithReviews()
    school.begin(list("abcdef"))
    school.review_some(1, [Rating.GOOD])
    school.what_is_asked_is_what_the_model_says()
    with school.lms.database.write() as connection:
        connection.execute("UPDATE card_states SET due = '2027-01-01 00:00:00'")
    with pytest.raises(AssertionError):
        school.what_is_asked_is_what_the_model_says()
    SchoolModel.teardown(school)
