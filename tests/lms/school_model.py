"""A school as it should be, kept in plain Python beside the real one: what the stateful tests compare with.

The model knows the rules of DESIGN (enrolling, seats, the waitlist, progress) from their words and asks no statement of
ours; it reads the real school only as a learner would, through the services.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import currently_in_test_context, event
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import catalog, enrolling, reading
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.enrolling import EnrollOutcome
from azora_tui.models.progress import LessonCompletion

START = datetime(2026, 11, 22, tzinfo=UTC)
LESSONS = "abcdef"
EVERYBODY = (1, 2, 3, 4)
LEARNERS = st.sampled_from(EVERYBODY)


@dataclass
class Learner:
    """What one learner has done, and where they are."""

    inside: bool = False
    returning: bool = False
    done: dict[str, datetime] = field(default_factory=dict)
    minutes: Counter[str] = field(default_factory=Counter)
    places: dict[str, str] = field(default_factory=dict)
    last: str | None = None
    first: tuple[datetime, str] | None = None


class SchoolModel(RuleBasedStateMachine):
    """One course and four learners. Each call of the service is made here and in the model; `met` counts what the rules
    have come to over all examples, so that a test can say whether what is meant was met."""

    met: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        ids = count(1)
        self.now = START
        self.lms = Lms(
            open_database(Path(self.folder.name) / "lms.db", schema.LMS), lambda: self.now, lambda: f"id-{next(ids):08}"
        )
        self.course = 0
        self.numbers: dict[str, int] = {}
        self.required: dict[str, bool] = {}
        self.seats: int | None = None
        self.version = 0
        self.learners: dict[int, Learner] = defaultdict(Learner)
        self.waiting: list[int] = []

    def teardown(self) -> None:
        self.lms.database.close()
        self.folder.cleanup()

    def meet(self, what: str) -> None:
        if currently_in_test_context():
            event(what)
        self.met[what] += 1

    def claims(self, learner: int) -> Claims:
        return Claims(learner, f"account-{learner}", "e@x", "L", "learner", "s", START, START + timedelta(days=3650))

    # The course

    def content(self, word: str) -> str:
        """The text of a lesson in the version that is being published."""
        return f"About {word}.\n"

    def publish(self, required: dict[str, bool]) -> None:
        """A version of the course with these lessons, in this order: whether each has to be done."""
        self.now += timedelta(hours=1)
        self.required = required
        self.version += 1
        source = CourseSource(
            slug="course", title="Course", version=f"{self.version}.0", language="en", licence="CC0",
            instructor="I", duration="1 week", level="beginner", tags=(), description="D", outcomes=(),
            prerequisites=(), seats=self.seats, enrollment_open=True,
            lessons=tuple(
                LessonSource(word, word.upper(), 5, needed, "All", self.content(word)) for word, needed in required.items()
            ),
        )  # fmt: skip
        with self.lms.database.write() as transaction:
            self.course = install(self.lms, transaction, source)
        states = catalog.detail(self.lms, self.claims(9), self.course).lessons
        self.numbers |= {state.slug: state.id for state in states}
        for learner in self.learners.values():
            self.count(learner)
        self.fill_seats()

    # The rules of the model

    def needed(self) -> list[str]:
        return [word for word, needed in self.required.items() if needed]

    def percent(self, learner: Learner) -> int | None:
        done = sum(word in learner.done for word in self.needed())
        return done * 100 // len(self.needed()) if self.needed() else None

    def count(self, learner: Learner) -> bool:
        """Note the first completion of the course; whether it is just now."""
        if learner.first is None and learner.inside and self.percent(learner) == 100:
            learner.first = (self.now, f"{self.version}.0")
            return True
        return False

    def free(self) -> bool:
        return self.seats is None or sum(each.inside for each in self.learners.values()) < self.seats

    def admit(self, number: int) -> None:
        learner = self.learners[number]
        learner.inside = learner.returning = True
        if number in self.waiting:
            self.waiting.remove(number)
        self.count(learner)

    def fill_seats(self) -> None:
        while self.waiting and self.free():
            self.meet("a seat went to who waited")
            self.admit(self.waiting[0])

    def go_on(self, learner: Learner) -> str | None:
        """The lesson last opened, else the first required one, else any: of those not done."""
        left = [word for word in self.required if word not in learner.done]
        if learner.last in left:
            return learner.last
        return next((word for word in left if self.required[word]), left[0] if left else None)

    # What learners do

    def enrol(self, number: int) -> EnrollOutcome:
        learner = self.learners[number]
        result = enrolling.enroll(self.lms, self.claims(number), self.course)
        if learner.inside:
            assert result.outcome is EnrollOutcome.ALREADY_ENROLLED
        elif self.free():
            assert (result.outcome, result.restored) == (EnrollOutcome.ENROLLED, learner.returning)
            if learner.returning:
                self.meet("returned")
            self.admit(number)
        else:
            assert result.outcome is EnrollOutcome.FULL
            self.meet("found it full")
        return result.outcome

    def leave(self, number: int) -> None:
        learner = self.learners[number]
        if not learner.inside:
            with pytest.raises(RefusedError):
                enrolling.leave(self.lms, self.claims(number), self.course)
            return
        enrolling.leave(self.lms, self.claims(number), self.course)
        learner.inside = False
        self.meet("left with work" if learner.done else "left")
        self.fill_seats()

    def wait(self, number: int) -> None:
        if self.learners[number].inside or self.free():
            with pytest.raises(RefusedError):
                enrolling.join_waitlist(self.lms, self.claims(number), self.course)
            return
        if number not in self.waiting:
            self.waiting.append(number)
        place = enrolling.join_waitlist(self.lms, self.claims(number), self.course)
        assert place == self.waiting.index(number) + 1
        self.meet("waited behind another" if place > 1 else "waited")

    def may(self, number: int, word: str) -> type[Exception] | None:
        """Why a learner cannot work in a lesson now."""
        if word not in self.required:
            return NotFoundError
        return None if self.learners[number].inside else RefusedError

    def complete(self, number: int, word: str, minutes: int = 0) -> LessonCompletion | None:
        learner, claims, lesson = self.learners[number], self.claims(number), self.numbers.get(word, 0)
        if refused := self.may(number, word):
            with pytest.raises(refused):
                reading.complete_lesson(self.lms, claims, lesson, minutes=minutes)
            return None
        told = reading.complete_lesson(self.lms, claims, lesson, minutes=minutes)
        self.completed(learner, word, told)
        learner.minutes[word] += minutes
        assert told.lesson.time_spent_minutes == learner.minutes[word]
        return told

    def completed(self, learner: Learner, word: str, told: LessonCompletion) -> None:
        assert told.first == (word not in learner.done)
        learner.done.setdefault(word, self.now)
        learner.last = word
        assert told.course_completed == self.count(learner)
        if told.course_completed:
            self.meet("completed the course")
        assert told.progress.percent == self.percent(learner)
