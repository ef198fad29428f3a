"""Reviews among all else that learners and authors do, in any order: the states can be rebuilt from the log."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import quizzes, review
from azora_tui.models.reviews import Rated, Rating, ReviewCard
from tests.engine import sqlite
from tests.lms.test_properties import LEARNERS, School

RATINGS = st.sampled_from(Rating)


class SchoolWithReviews(School):
    """`kept` holds the ratings that were told as kept, for each learner; `before` a session that was opened earlier."""

    def __init__(self) -> None:
        super().__init__()
        self.days = 0.0
        now = self.lms.now
        self.lms = replace(self.lms, now=lambda: now() + timedelta(days=self.days))
        self.kept: dict[int, list[Rated]] = defaultdict(list)
        self.undone = 0
        self.answers = 0
        self.before: dict[int, tuple[ReviewCard, ...]] = {}

    def content(self, word: str) -> str:
        """Each version asks one question and has one card that no other has, and one of each that all have."""
        card = "::: {{.card #{0}}}\n::: front\nF{0}\n:::\n::: back\nB\n:::\n:::\n"
        return (
            f"::: quiz\n\nOne? {{#one}}\n\n- [x] y\n- [ ] n\n\nTwo? {{#two-{self.version % 3}}}\n\nanswer: a\n\n:::\n\n"
            + card.format("first")
            + card.format(f"card-{self.version % 3}")
        )

    @rule(days=st.sampled_from([0.01, 0.5, 1, 3, 10]))
    def wait_some_days(self, days: float) -> None:
        if self.days < 60:
            self.days += days

    @precondition(lambda self: self.required)
    @rule(learner=LEARNERS, data=st.data(), right=st.booleans(), hint=st.booleans())
    def answer_a_question(self, learner: int, data: st.DataObject, right: bool, hint: bool) -> None:
        self.enrol(learner)
        word = data.draw(st.sampled_from(sorted(self.required)))
        try:
            attempt = quizzes.start(self.lms, self.claims(learner), self.numbers[word]).latest
        except RefusedError:
            assert not self.in_course(learner)
            return
        assert attempt is not None
        question, *more = attempt.open_questions
        given = ((0,) if right else (1,)) if question.kind.has_options else ("a" if right else "b")
        quizzes.answer(self.lms, self.claims(learner), attempt.id, question.id, given, hint_used=hint)
        self.answers += 1
        if not more:
            result = quizzes.finish(self.lms, self.claims(learner), attempt.id)
            if result.completion is not None:
                self.done[learner].add(word)

    @rule(learner=LEARNERS, ratings=st.lists(RATINGS, min_size=1, max_size=4))
    def review_some(self, learner: int, ratings: list[Rating]) -> None:
        session = review.session(self.lms, self.claims(learner))
        assert len(session.cards) <= review.SESSION
        assert not session.cards or self.in_course(learner)
        self.before[learner] = session.cards
        for card, rating in zip(session.cards, ratings, strict=False):
            self.kept[learner].append(review.rate(self.lms, self.claims(learner), card, rating))

    @rule(learner=LEARNERS, rating=RATINGS)
    def rate_what_was_asked_long_ago(self, learner: int, rating: Rating) -> None:
        for card in self.before.get(learner, ()):
            try:
                self.kept[learner].append(review.rate(self.lms, self.claims(learner), card, rating))
            except (NotFoundError, RefusedError):
                pass
            else:
                assert self.in_course(learner)

    @rule(learner=LEARNERS)
    def undo_the_last(self, learner: int) -> None:
        try:
            undone = review.undo(self.lms, self.claims(learner))
        except NotFoundError:
            assert not self.kept[learner]
        except RefusedError:
            pass  # answered again in a quiz since
        else:
            assert undone.id == self.kept[learner].pop().id
            self.undone += 1

    @rule(learner=LEARNERS, data=st.data())
    def undo_any(self, learner: int, data: st.DataObject) -> None:
        if not self.kept[learner]:
            return
        rated = data.draw(st.sampled_from(self.kept[learner]))
        try:
            review.undo(self.lms, self.claims(learner), rated.id)
        except RefusedError:
            pass
        else:
            self.kept[learner].remove(rated)
            self.undone += 1

    def states(self) -> list[tuple[Any, ...]]:
        with self.lms.database.read() as connection:
            return (
                sqlite(connection)
                .execute("SELECT * FROM card_states ORDER BY user_id, lesson_id, kind, card_key")
                .fetchall()
            )

    @invariant()
    def the_states_are_what_the_log_says(self) -> None:
        stored = self.states()
        with self.lms.database.write() as transaction:
            review.rebuild(transaction)
        assert self.states() == stored
        with self.lms.database.read() as connection:
            kept: Any = (
                sqlite(connection)
                .execute(
                    """SELECT id FROM review_log WHERE given_in = 'review' AND rating IS NOT NULL
                AND id NOT IN (SELECT undoes FROM review_log WHERE undoes IS NOT NULL) ORDER BY id"""
                )
                .fetchall()
            )
            rows = sqlite(connection).execute("SELECT COUNT(*) FROM review_log").get
        told = sorted(rated.id for ratings in self.kept.values() for rated in ratings)
        assert [number for (number,) in kept] == told
        assert rows == len(told) + 2 * self.undone + self.answers


TestSchoolWithReviews = SchoolWithReviews.TestCase
TestSchoolWithReviews.settings = settings(max_examples=40, stateful_step_count=40)


def test_the_checks_notice_a_state_that_was_changed() -> None:
    """The control: with one state changed behind the service's back the invariant fails."""
    school = SchoolWithReviews()
    school.begin(list("abcdef"), None)
    school.enrol(1)
    school.complete(1, "a")
    school.review_some(1, [Rating.GOOD])
    school.the_states_are_what_the_log_says()
    with school.lms.database.write() as connection:
        connection.execute("UPDATE card_states SET due = '2027-01-01 00:00:00'")
    with pytest.raises(AssertionError):
        school.the_states_are_what_the_log_says()
    school.teardown()
