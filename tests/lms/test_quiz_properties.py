"""Quizzes among all else that learners and authors do, in any order: every attempt stays, and the best one counts."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from azora_tui.data import quizzes as rows
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import grading, quizzes
from azora_tui.models.quizzes import Attempt, Response
from tests.lms.test_properties import LEARNERS, WORDS, School

GIVEN = st.sampled_from([(0,), (1,), (0, 1), (), (7,), "a", "no", "3", " "])


class SchoolWithQuizzes(School):
    """`seen` holds every attempt as it was last told: what was told once must stay true."""

    def __init__(self) -> None:
        super().__init__()
        self.passing = 50
        self.seen: dict[int, Attempt] = {}
        self.owner: dict[int, int] = {}

    def content(self, word: str) -> str:
        return (
            f"::: {{.quiz pass={self.passing}}}\n\nOne? {{#{word}-one}}\n\n- [x] y\n- [ ] n\n\n"
            f"Two? {{#{word}-two}}\n\nanswer: a | {self.version}\n\n:::\n"
        )

    @rule(passing=st.sampled_from([0, 50, 51, 100]))
    def change_the_pass_mark(self, passing: int) -> None:
        self.passing = passing
        self.publish(self.required)

    @rule(learner=LEARNERS, word=WORDS)
    def begin_or_go_on(self, learner: int, word: str) -> None:
        try:
            page = quizzes.start(self.lms, self.claims(learner), self.numbers.get(word, 0))
        except NotFoundError:
            assert word not in self.required
        except RefusedError:
            assert not self.in_course(learner)
        else:
            attempt = page.latest
            assert attempt is not None
            assert attempt.finished_at is None
            if attempt.id not in self.seen:
                assert attempt.pass_percent == self.passing
                assert attempt.course_version == f"{self.version}.0"
                assert not attempt.answers
                self.seen[attempt.id] = attempt
                self.owner[attempt.id] = learner

    def an_attempt(self, data: st.DataObject) -> Attempt | None:
        return self.seen[data.draw(st.sampled_from(sorted(self.seen)))] if self.seen else None

    @rule(data=st.data(), given=GIVEN)
    def answer(self, data: st.DataObject, given: Response) -> None:
        attempt = self.an_attempt(data)
        if attempt is None:
            return
        question = data.draw(st.sampled_from(attempt.questions))
        learner = self.owner[attempt.id]
        try:
            answer = quizzes.answer(self.lms, self.claims(learner), attempt.id, question.id, given)
        except (NotFoundError, RefusedError):
            assert (
                attempt.answer_to(question)
                or attempt.finished_at
                or not self.in_course(learner)
                or question.id[0] not in self.required
                or grading.unusable(question, given)
            )
        else:
            assert answer.correct == grading.is_right(question, given)
            self.look_again(attempt.id)

    @rule(data=st.data())
    def finish(self, data: st.DataObject) -> None:
        if attempt := self.an_attempt(data):
            self.finish_this(attempt)

    def finish_this(self, attempt: Attempt) -> None:
        learner = self.owner[attempt.id]
        try:
            result = quizzes.finish(self.lms, self.claims(learner), attempt.id)
        except (NotFoundError, RefusedError):
            word = attempt.questions[0].id[0]
            assert attempt.open_questions or not self.in_course(learner) or word not in self.required
            return
        if result.completion is not None:
            assert attempt.finished_at is None
            word = result.completion.lesson.slug
            assert result.completion.first == (word not in self.done[learner])
            self.done[learner].add(word)
        self.look_again(attempt.id)

    @precondition(lambda self: self.required)
    @rule(learner=LEARNERS, data=st.data(), right=st.lists(st.booleans(), min_size=2, max_size=2))
    def take_a_whole_quiz(self, learner: int, data: st.DataObject, right: list[bool]) -> None:
        """Also by who is in the middle of it, with the questions that are left."""
        self.enrol(learner)
        word = data.draw(st.sampled_from(sorted(self.required)))
        self.begin_or_go_on(learner, word)
        page = quizzes.page(self.lms, self.claims(learner), self.numbers[word]) if self.in_course(learner) else None
        attempt = page.latest if page else None
        if attempt is None:
            return
        for question, well in zip(attempt.open_questions, right, strict=False):
            given: Response = (0,) if question.kind.has_options else "a"
            if not well:
                given = (1,) if question.kind.has_options else "no"
            assert quizzes.answer(self.lms, self.claims(learner), attempt.id, question.id, given).correct == well
        self.look_again(attempt.id)
        self.finish_this(self.seen[attempt.id])

    def look_again(self, attempt_id: int) -> None:
        before = self.seen[attempt_id]
        with self.lms.database.read() as connection:
            now = rows.attempt_by_id(connection, attempt_id)
        assert now is not None
        assert now.answers[: len(before.answers)] == before.answers
        self.seen[attempt_id] = now

    @invariant()
    def what_was_told_is_still_so(self) -> None:
        with self.lms.database.read() as connection:
            kept: Any = [rows.attempt_by_id(connection, number) for number in self.seen]
            kinds = [kind for (kind,) in connection.execute("SELECT kind FROM events")]
            places = {(each.enrollment_id, each.lesson_id) for each in kept}
            standings = {
                place: rows.standing(connection, enrollment_id=place[0], lesson_id=place[1]) for place in places
            }
        assert kept == list(self.seen.values())
        assert kinds.count("quiz_started") == len(kept)
        assert kinds.count("answered") == sum(len(each.answers) for each in kept)
        assert kinds.count("quiz_finished") == sum(each.finished_at is not None for each in kept)
        for place, standing in standings.items():
            here = [each for each in kept if (each.enrollment_id, each.lesson_id) == place]
            scores = [each.score for each in here if each.score is not None]
            assert standing.best == max(scores, default=None)
            assert [past.score for past in standing.history] == scores
            assert sum(each.finished_at is None for each in here) == (standing.answered is not None)
        for each in kept:
            if each.score is not None:
                assert not each.open_questions
                assert each.score == each.right * 100 // len(each.questions)


TestSchoolWithQuizzes = SchoolWithQuizzes.TestCase
TestSchoolWithQuizzes.settings = settings(max_examples=40, stateful_step_count=40)


def test_the_checks_notice_an_answer_that_was_changed() -> None:
    """The control: with the guard taken away and one answer changed behind the service's back the invariant fails."""
    school = SchoolWithQuizzes()
    school.begin(list("abcdef"), None)
    school.enrol(1)
    school.begin_or_go_on(1, "a")
    [attempt] = school.seen.values()
    quizzes.answer(school.lms, school.claims(1), attempt.id, "a-one", (0,))
    school.look_again(attempt.id)
    school.what_was_told_is_still_so()
    with school.lms.database.write() as connection:
        connection.execute("DROP TRIGGER answers_are_never_changed")
        connection.execute("UPDATE answers SET correct = 0")
    with pytest.raises(AssertionError):
        school.what_was_told_is_still_so()
    school.teardown()
