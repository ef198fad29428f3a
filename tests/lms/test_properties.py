"""Whatever learners and authors do, in any order: nothing is lost, and everybody sees what the model says."""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import settings, target
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from azora_tui.errors import RefusedError
from azora_tui.lms import catalog, enrolling, home, reading
from azora_tui.models.enrollments import EnrollmentStatus
from tests.lms.school_model import EVERYBODY, LEARNERS, LESSONS, Learner, SchoolModel

WORDS = st.sampled_from(LESSONS)


MEANT = (
    "found it full",
    "a seat went to who waited",
    "waited behind another",
    "returned",
    "left with work",
    "completed the course",
    "a lesson was dropped that somebody had done",
)


STEPS = (
    ["enrol"] * 6 + ["leave"] * 3 + ["leave and return"] * 2 + ["return"] + ["stop waiting"] + ["read"] * 2
    + ["complete"] * 4 + ["complete all"] * 2 + ["change a lesson"] * 2 + ["drop a lesson", "change the seats"]
)  # fmt: skip


class School(SchoolModel):
    met: ClassVar[Counter[str]] = Counter()
    acting: Collection[int] = EVERYBODY

    @initialize(
        lessons=st.permutations(LESSONS), seats=st.sampled_from([1, 2, 2, None]), line=st.permutations(EVERYBODY)
    )
    def begin(self, lessons: list[str], seats: int | None, line: list[int]) -> None:
        """All want in; who finds it full waits, but the last."""
        self.seats = seats
        self.publish(dict.fromkeys(lessons[:3], True))
        for learner in line:
            self.enrol(learner)
            if learner != line[-1] and not self.learners[learner].inside:
                self.wait(learner)

    @rule(what=st.sampled_from(STEPS), learner=LEARNERS, word=WORDS, number=st.integers(0, 20), data=st.data())
    def something_happens(self, what: str, learner: int, word: str, number: int, data: st.DataObject) -> None:
        """One rule for all, so that what is chosen is weighted."""
        self.now += timedelta(hours=1)
        self.acting = {learner, number % 4 + 1}
        match what:
            case "enrol":
                who = self.somebody(data, lambda each: not each.inside, learner)
                self.acting = {who, learner}
                self.enrol(who)
                self.wait(who)
            case "leave":
                self.acting = {self.somebody(data, lambda each: each.inside, learner), learner}
                for each in self.acting:
                    self.leave(each)
            case "leave and return":
                leaving = self.somebody(data, lambda each: each.inside and bool(each.done), learner)
                self.acting = {leaving, learner}
                self.leave(leaving)
                self.enrol(leaving)
            case "return":
                returning = self.somebody(data, lambda each: each.returning and not each.inside, learner)
                self.acting = {returning, learner}
                self.enrol(returning)
            case "stop waiting":
                self.stop_waiting(learner)
            case "read":
                self.read(self.somebody(data, lambda each: each.inside, learner), word, number)
            case "complete":
                self.complete(self.somebody(data, lambda each: each.inside, learner), word, number)
            case "complete all":
                who = self.somebody(data, lambda each: each.inside, learner)
                for needed in self.needed():
                    self.complete(who, needed, number)
            case "change a lesson":
                others = {each: value for each, value in self.required.items() if each != word}
                self.publish({word: bool(number % 3), **others} if number % 2 else {**others, word: bool(number % 3)})
            case "drop a lesson":
                done = [each for each in self.required if any(each in one.done for one in self.learners.values())]
                if done:
                    self.meet("a lesson was dropped that somebody had done")
                dropped = done[0] if done else word
                self.publish({each: value for each, value in self.required.items() if each != dropped})
            case "change the seats":
                self.seats = (1, 2, 2, 3, None)[number % 5]
                self.publish(self.required)

    def somebody(self, data: st.DataObject, fits: Callable[[Learner], bool], otherwise: int) -> int:
        """One of those whom something is about, where there is any."""
        found = [number for number in EVERYBODY if fits(self.learners[number])]
        return data.draw(st.sampled_from(found)) if found else otherwise

    def stop_waiting(self, learner: int) -> None:
        if learner in self.waiting:
            enrolling.leave_waitlist(self.lms, self.claims(learner), self.course)
            self.waiting.remove(learner)
        else:
            with pytest.raises(RefusedError):
                enrolling.leave_waitlist(self.lms, self.claims(learner), self.course)

    def read(self, learner: int, word: str, minutes: int) -> None:
        who, lesson = self.claims(learner), self.numbers.get(word, 0)
        if refused := self.may(learner, word):
            with pytest.raises(refused):
                reading.open_lesson(self.lms, who, lesson)
            return
        model, place = self.learners[learner], f"{word} {self.now}"
        assert reading.open_lesson(self.lms, who, lesson).position == model.places.get(word)
        reading.keep_place(self.lms, who, lesson, place, minutes=minutes)
        model.places[word] = place
        model.minutes[word] += minutes
        model.last = word

    @invariant()
    def who_was_concerned_sees_what_the_model_says(self) -> None:
        for number in self.acting:
            self.compare(number)

    def everybody_sees_what_the_model_says(self) -> None:
        for number in EVERYBODY:
            self.compare(number)

    def compare(self, number: int) -> None:
        model = self.learners[number]
        detail = catalog.detail(self.lms, self.claims(number), self.course)
        assert detail.course.students == sum(each.inside for each in self.learners.values())
        assert detail.waitlist_place == (self.waiting.index(number) + 1 if number in self.waiting else None)
        assert [state.slug for state in detail.lessons] == list(self.required)
        for state in detail.lessons:
            assert state.completed_at == model.done.get(state.slug)
            assert state.time_spent_minutes == model.minutes[state.slug]
        enrollment = detail.enrollment
        if not model.returning:
            assert enrollment is None
            return
        assert enrollment is not None
        percent = self.percent(model)
        expected = EnrollmentStatus.COMPLETED if percent == 100 else EnrollmentStatus.ACTIVE
        assert enrollment.status is (expected if model.inside else EnrollmentStatus.LEFT)
        assert enrollment.progress == (percent or 0)
        first = (enrollment.completed_at, enrollment.completed_version)
        assert first == (model.first or (None, None))
        if not model.inside:
            return
        [mine] = enrolling.my_courses(self.lms, self.claims(number))
        assert (mine.progress, mine.required_lessons) == (percent, len(self.needed()))
        assert mine.completed_lessons == sum(word in model.done for word in self.needed())
        word = self.go_on(model)
        assert mine.next_lesson_id == (None if word is None else self.numbers[word])

    def teardown(self) -> None:
        try:
            if self.version:
                target(float(sum(each.first is not None for each in self.learners.values())), label="courses completed")
                self.everybody_sees_what_the_model_says()
                for number in EVERYBODY:
                    self.look_at_home(number)
        finally:
            super().teardown()

    def look_at_home(self, number: int) -> None:
        """What happened is counted once, and every minute at its time."""
        model = self.learners[number]
        page = home.page(self.lms, self.claims(number))
        assert sum(day.lessons for day in page.days.values()) == len(model.done)
        assert sum(day.minutes for day in page.days.values()) == model.minutes.total()
        titles = {each.title for each in page.achievements}
        assert ("First course completed" in titles) == (model.first is not None)


class TestSchool(School.TestCase):  # type: ignore[misc, valid-type]  # made by Hypothesis
    settings = settings(max_examples=20, stateful_step_count=30)

    def runTest(self) -> None:  # unittest's name
        """And what is meant is met: a rule that never comes to what it is for tests nothing."""
        School.met.clear()
        super().runTest()
        assert all(School.met[what] >= 3 for what in MEANT), School.met


def test_the_checks_notice_a_lost_completion() -> None:
    """The control: with one row taken away behind the service's back the invariant fails."""
    school = School()
    school.begin(list(LESSONS), None, list(EVERYBODY))
    school.complete(1, "a")
    school.everybody_sees_what_the_model_says()
    with school.lms.database.write() as connection:
        connection.execute("DELETE FROM lesson_progress")
    with pytest.raises(AssertionError):
        school.everybody_sees_what_the_model_says()
    SchoolModel.teardown(school)
