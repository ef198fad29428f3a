"""Whatever learners and authors do, in any order: nothing is lost, and what is stored can be rebuilt."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import enrolling, reading
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.courses import CourseSource, LessonSource
from azora_tui.models.enrollments import EnrollOutcome
from tests.engine import sqlite

START = datetime(2026, 11, 22, tzinfo=UTC)
LESSONS = "abcdef"
LEARNERS = st.integers(1, 4)
WORDS = st.sampled_from(LESSONS)


class School(RuleBasedStateMachine):
    """One course, four learners. `done` and `first` are what we were told; the rest is counted from the
    events."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        ids, minutes = count(1), count()
        self.lms = Lms(
            open_database(Path(self.folder.name) / "lms.db", schema.LMS),
            lambda: START + timedelta(minutes=next(minutes)),
            lambda: f"id-{next(ids)}",
        )
        self.course = 0
        self.numbers: dict[str, int] = {}
        self.required: dict[str, bool] = {}
        self.seats: int | None = None
        self.version = 0
        self.done: dict[int, set[str]] = defaultdict(set)
        self.first: dict[int, str] = {}

    def teardown(self) -> None:
        self.lms.database.close()
        self.folder.cleanup()

    @initialize(lessons=st.permutations(LESSONS), seats=st.none() | st.integers(1, 3))
    def begin(self, lessons: list[str], seats: int | None) -> None:
        self.seats = seats
        self.publish(dict.fromkeys(lessons[:3], True))

    def publish(self, required: dict[str, bool]) -> None:
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
        with self.lms.database.write() as connection:
            self.course = install(self.lms, connection, source)
            rows: Any = connection.execute("SELECT slug, id FROM lessons")
            self.numbers = dict(rows)

    def content(self, word: str) -> str:
        """The text of a lesson in the version that is being published."""
        return word

    def claims(self, learner: int) -> Claims:
        return Claims(learner, f"uuid-{learner}", "e@x", "L", "learner", "s", START, START + timedelta(days=99))

    @rule(learner=LEARNERS)
    def enrol(self, learner: int) -> None:
        outcome = enrolling.enroll(self.lms, self.claims(learner), self.course).outcome
        if self.seats is None:
            assert outcome in (EnrollOutcome.ENROLLED, EnrollOutcome.ALREADY_ENROLLED)

    @rule(learner=LEARNERS)
    def leave(self, learner: int) -> None:
        try:
            enrolling.leave(self.lms, self.claims(learner), self.course)
        except RefusedError:
            assert not self.in_course(learner)

    @rule(learner=LEARNERS)
    def wait(self, learner: int) -> None:
        try:
            enrolling.join_waitlist(self.lms, self.claims(learner), self.course)
        except RefusedError:
            assert self.in_course(learner) or self.free()

    @rule(learner=LEARNERS, word=WORDS)
    def open(self, learner: int, word: str) -> None:
        try:
            reading.open_lesson(self.lms, self.claims(learner), self.numbers.get(word, 0))
        except NotFoundError:
            assert word not in self.required
        except RefusedError:
            assert not self.in_course(learner)

    @rule(learner=LEARNERS, word=WORDS)
    def complete(self, learner: int, word: str) -> None:
        try:
            told = reading.complete_lesson(self.lms, self.claims(learner), self.numbers.get(word, 0))
        except NotFoundError:
            assert word not in self.required
        except RefusedError:
            assert not self.in_course(learner)
        else:
            assert told.first == (word not in self.done[learner])
            self.done[learner].add(word)

    @precondition(lambda self: self.required)
    @rule(data=st.data())
    def complete_what_is_there(self, data: st.DataObject) -> None:
        self.complete(data.draw(LEARNERS), data.draw(st.sampled_from(sorted(self.required))))

    @rule(word=WORDS, needed=st.booleans(), first=st.booleans())
    def add_or_change_a_lesson(self, word: str, needed: bool, first: bool) -> None:
        others = {each: value for each, value in self.required.items() if each != word}
        self.publish({word: needed, **others} if first else {**others, word: needed})

    @precondition(lambda self: self.required)
    @rule(data=st.data())
    def drop_a_lesson(self, data: st.DataObject) -> None:
        word = data.draw(st.sampled_from(sorted(self.required)))
        self.publish({each: value for each, value in self.required.items() if each != word})

    @rule(seats=st.none() | st.integers(1, 4))
    def change_the_seats(self, seats: int | None) -> None:
        self.seats = seats
        self.publish(self.required)

    def kinds(self, learner: int) -> list[str]:
        with self.lms.database.read() as connection:
            rows = sqlite(connection).execute("SELECT kind FROM events WHERE user_id = ? ORDER BY rowid", (learner,))
            return [kind for (kind,) in rows]

    def in_course(self, learner: int) -> bool:
        moves = [kind for kind in self.kinds(learner) if kind in ("enrolled", "left", "reenrolled")]
        return bool(moves) and moves[-1] != "left"

    def free(self) -> bool:
        return self.seats is None or sum(map(self.in_course, range(1, 5))) < self.seats

    @invariant()
    def what_is_stored_is_what_happened(self) -> None:
        with self.lms.database.read() as connection:
            rows: Any = (
                sqlite(connection)
                .execute("SELECT user_id, progress, status, completed_at, completed_version FROM enrollments")
                .fetchall()
            )
            students = sqlite(connection).execute("SELECT students FROM courses").get
            kept = (
                sqlite(connection)
                .execute(
                    """SELECT user_id, slug FROM lesson_progress JOIN enrollments ON enrollments.id =
                enrollment_id
                JOIN lessons ON lessons.id = lesson_id WHERE completed = 1"""
                )
                .fetchall()
            )
            happened = (
                sqlite(connection)
                .execute(
                    "SELECT user_id, slug FROM events JOIN lessons ON lessons.id = lesson_id WHERE kind = 'completed'"
                )
                .fetchall()
            )
        told = sorted((learner, word) for learner, words in self.done.items() for word in words)
        assert sorted(kept) == sorted(happened) == told
        assert (students or 0) == sum(map(self.in_course, range(1, 5)))
        needed = {word for word, required in self.required.items() if required}
        for learner, progress, status, completed_at, version in rows:
            done = len(needed & self.done[learner])
            percent = done * 100 // len(needed) if needed else 0
            assert 0 <= progress <= 100
            assert progress == percent
            complete = bool(needed) and done == len(needed)
            expected = ("completed" if complete else "active") if self.in_course(learner) else "left"
            assert status == expected
            assert self.kinds(learner).count("course_completed") == (completed_at is not None)
            if completed_at is not None:
                assert self.first.setdefault(learner, version) == version
            assert (learner in self.first) == (completed_at is not None)
            assert not (status == "completed" and completed_at is None)

    @invariant()
    def seats_are_neither_oversold_nor_kept_from_who_waits(self) -> None:
        with self.lms.database.read() as connection:
            waiting = [user for (user,) in connection.execute("SELECT user_id FROM waitlist")]
        assert not any(map(self.in_course, waiting))
        assert not (waiting and self.free())


TestSchool = School.TestCase
TestSchool.settings = settings(max_examples=50, stateful_step_count=40)


def test_the_checks_notice_a_lost_completion() -> None:
    """The control: with one row taken away behind the service's back the invariant fails."""
    school = School()
    school.begin(list(LESSONS), None)
    school.enrol(1)
    school.complete(1, "a")
    school.what_is_stored_is_what_happened()
    with school.lms.database.write() as connection:
        connection.execute("DELETE FROM lesson_progress")
    with pytest.raises(AssertionError):
        school.what_is_stored_is_what_happened()
    school.teardown()
