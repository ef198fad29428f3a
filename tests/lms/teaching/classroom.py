"""A class of 200 over twelve weeks, played through the services with a seed, and a diary of what each of them did.

The diary is written by hand beside each call, in the learner's own days, and asks no statement of ours: what figures say
of the class is compared with what is counted from it.
"""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count
from math import exp
from pathlib import Path

from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.data.transaction import Transaction
from azora_tui.lms import enrolling, quizzes, reading, review
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.quizzes import Question
from azora_tui.models.reviews import Rating
from tests.conftest import claims_of, course_source

LEARNERS = 200
WEEKS = 12
BEGIN = datetime(2026, 9, 7, tzinfo=UTC)  # a Monday
END = BEGIN + timedelta(weeks=WEEKS)
TEACHER = 999
LESSONS = ("ropes", "bights", "bowline", "hitches", "bends", "splices")
WITH_QUIZ = ("bowline", "hitches", "splices")
OPTIONAL = "bends"
HARD = {"a": -1.0, "b": 0.0, "c": 0.8, "d": 0.0}
"""How hard each question of a quiz is; `d` misleads, and who knows more falls for it."""
ZONES = (-300, 0, 120, 330, 780)
DROPPED = "coda"
"""A lesson with a quiz that the course has at first, and not any more at the end."""


def content(lesson: str) -> str:
    if lesson not in (*WITH_QUIZ, DROPPED):
        return f"All of {lesson}.\n"
    asked = "\n\n".join(
        f"Which {letter} of {lesson}? {{#{lesson}-{letter}}}\n\noutcomes: {number % 2 + 1}\n\n"
        "- [x] right\n- [ ] wrong\n- [ ] far off"
        for number, letter in enumerate(HARD)
    )
    return f"All of {lesson}.\n\n::: {{.quiz pass=75}}\n\n{asked}\n\n:::\n"


def source(slug: str, lessons: tuple[str, ...], version: str = "1.0.0") -> CourseSource:
    made = course_source(slug, version=version, outcomes=("You can tie.", "You can explain."))
    return replace(
        made,
        lessons=tuple(
            LessonSource(lesson, lesson.title(), 10, lesson not in (OPTIONAL, DROPPED), "", content(lesson))
            for lesson in lessons
        ),
    )


def lesson_ids(transaction: Transaction, course_id: int) -> dict[str, int]:
    found = transaction.execute("SELECT slug, id FROM lessons WHERE course_id = :id", {"id": course_id})
    return {slug: number for slug, number in found}  # noqa: C416  # a cursor is no mapping


@dataclass
class Attempt:
    """A finished attempt: by question whether it was right, and which option was chosen."""

    right: dict[str, bool]
    chosen: dict[str, int]
    score: int


@dataclass
class Diary:
    """What one learner did, in their own days."""

    zone: int
    enrolled: date = date.min
    days: set[date] = field(default_factory=set)
    opened: list[str] = field(default_factory=list)
    completed: list[str] = field(default_factory=list)
    minutes: dict[str, int] = field(default_factory=dict)
    attempts: dict[str, list[Attempt]] = field(default_factory=dict)
    first_right: dict[str, datetime] = field(default_factory=dict)
    reviews: list[tuple[str, datetime, bool]] = field(default_factory=list)
    completed_on: date | None = None
    last_lesson: str | None = None
    left: bool = False


@dataclass
class Classroom:
    """The school with its one course, a clock that stands at the end, and everybody's diary."""

    lms: Lms
    course_id: int
    lessons: dict[str, int]
    diaries: dict[int, Diary]
    teacher: Claims
    now: datetime


class Player:
    """Plays the class: everybody comes back every few days, as far as they get."""

    def __init__(self, folder: Path, seed: int, learners: int) -> None:
        self._random = random.Random(seed)
        self._beside = random.Random(seed + 1)
        self._now = BEGIN
        ids = count(1)
        database = open_database(folder / "lms.db", schema.LMS)
        self._lms = Lms(database, lambda: self._now, lambda: f"{next(ids):08}")
        self._learners = learners
        self._ability: dict[int, float] = {}
        self._diaries: dict[int, Diary] = {}
        self._numbers: dict[str, int] = {}
        self._course = 0
        self._other: dict[str, int] = {}

    def play(self) -> Classroom:
        with self._lms.database.write() as transaction:
            for slug in ("sails", "knots"):  # with the same lessons and questions
                self._course = install(self._lms, transaction, source(slug, (*LESSONS, DROPPED)))
                self._other, self._numbers = self._numbers, lesson_ids(transaction, self._course)
        sessions = []
        for learner in range(1, self._learners + 1):
            self._ability[learner] = self._random.gauss(0, 1.5)
            first = BEGIN + timedelta(days=self._random.triangular(0, 63, 5))
            sessions.append((first, learner))
        heapq.heapify(sessions)
        while sessions:
            self._now, learner = heapq.heappop(sessions)
            if self._now < END and self._session(learner):
                pause = timedelta(days=self._random.triangular(0.2, 9, 2))
                heapq.heappush(sessions, (self._now + pause, learner))
        self._now = END
        with self._lms.database.write() as transaction:
            install(self._lms, transaction, source("knots", LESSONS, version="2.0.0"))
        teacher = claims_of(TEACHER, role="admin")
        return Classroom(self._lms, self._course, self._numbers, self._diaries, teacher, END)

    def _session(self, learner: int) -> bool:
        """One evening of a learner; whether they come back."""
        claims = claims_of(learner)
        diary = self._diaries.get(learner)
        if diary is None:
            diary = self._diaries[learner] = Diary(self._random.choice(ZONES))
            enrolling.enroll(self._here(diary), claims, self._course)
            diary.enrolled = self._day(diary)
            return self._random.random() > 0.05
        chance = self._random.random()
        if chance < 0.04:
            return False  # silent from now on
        if chance < 0.05:
            enrolling.leave(self._here(diary), claims, self._course)
            diary.left = True
            return False
        self._beside_it(claims, diary)
        lesson = next((each for each in LESSONS if each not in diary.completed and each != OPTIONAL), None)
        if lesson is None or (chance < 0.25 and diary.attempts):
            self._review(claims, diary)
            return lesson is not None or chance < 0.9
        return self._learn(claims, diary, lesson)

    def _beside_it(self, claims: Claims, diary: Diary) -> None:
        """What is no part of the figures: another course, and a lesson that goes."""
        lms = self._here(diary)
        if self._beside.random() < 0.2:
            enrolling.enroll(lms, claims, self._course - 1)
            lesson = self._beside.choice(LESSONS)
            reading.open_lesson(lms, claims, self._other[lesson])
            reading.keep_place(lms, claims, self._other[lesson], None, minutes=7)
            if lesson in WITH_QUIZ:
                self._answer_all(lms, claims, self._other[lesson], 1)
            else:
                reading.complete_lesson(lms, claims, self._other[lesson])
        if self._beside.random() < 0.1:
            reading.open_lesson(lms, claims, self._numbers[DROPPED])
            self._answer_all(lms, claims, self._numbers[DROPPED], 2)
            self._did(diary, DROPPED)

    def _answer_all(self, lms: Lms, claims: Claims, lesson: int, option: int) -> None:
        attempt = quizzes.start(lms, claims, lesson).latest
        assert attempt is not None
        for question in attempt.questions:
            quizzes.answer(lms, claims, attempt.id, question.id, (option,))
        quizzes.finish(lms, claims, attempt.id)

    def _learn(self, claims: Claims, diary: Diary, lesson: str) -> bool:
        lms, number = self._here(diary), self._numbers[lesson]
        reading.open_lesson(lms, claims, number)
        self._did(diary, lesson)
        if lesson not in diary.opened:
            diary.opened.append(lesson)
        minutes = self._random.randrange(0, 30)
        reading.keep_place(lms, claims, number, None, minutes=minutes)
        if minutes:
            diary.minutes[lesson] = diary.minutes.get(lesson, 0) + minutes
        if lesson not in WITH_QUIZ:
            self._complete(diary, lesson, reading.complete_lesson(lms, claims, number).course_completed)
            return True
        tried = self._attempt(lms, claims, diary, lesson)
        if tried.score >= 75:
            return True
        return len(diary.attempts[lesson]) < 3 or self._random.random() < 0.4

    def _attempt(self, lms: Lms, claims: Claims, diary: Diary, lesson: str) -> Attempt:
        attempt = quizzes.start(lms, claims, self._numbers[lesson]).latest
        assert attempt is not None
        again = len(diary.attempts.get(lesson, []))
        right: dict[str, bool] = {}
        chosen: dict[str, int] = {}
        for question in attempt.questions:
            knows = self._knows(claims.user_id, question, again)
            chosen[question.id] = 0 if knows else self._random.choice((1, 2))
            right[question.id] = knows
            quizzes.answer(lms, claims, attempt.id, question.id, (chosen[question.id],))
            if knows:
                diary.first_right.setdefault(question.id, self._now)
        result = quizzes.finish(lms, claims, attempt.id)
        made = Attempt(right, chosen, 100 * sum(right.values()) // len(right))
        diary.attempts.setdefault(lesson, []).append(made)
        if result.completion is not None:
            self._complete(diary, lesson, result.completion.course_completed)
        return made

    def _knows(self, learner: int, question: Question, again: int) -> bool:
        letter = question.id[-1]
        ability = self._ability[learner] * (-1 if letter == "d" else 1) + again
        return self._random.random() < 1 / (1 + exp(HARD[letter] - ability))

    def _review(self, claims: Claims, diary: Diary) -> None:
        lms = self._here(diary)
        for card in review.session(lms, claims).cards[:3]:
            if card.course_id != self._course or card.id.lesson_id == self._numbers[DROPPED]:
                continue
            knows = self._random.random() < 0.7
            review.rate(lms, claims, card, Rating.GOOD if knows else Rating.AGAIN)
            self._did(diary, None)
            key = card.id.key
            if key in diary.first_right and diary.first_right[key] < self._now:
                diary.reviews.append((key, self._now, knows))
            elif knows:
                diary.first_right.setdefault(key, self._now)
            self._now += timedelta(seconds=20)

    def _complete(self, diary: Diary, lesson: str, course_completed: bool) -> None:
        diary.completed.append(lesson)
        if course_completed:
            diary.completed_on = self._day(diary)

    def _did(self, diary: Diary, lesson: str | None) -> None:
        diary.days.add(self._day(diary))
        diary.last_lesson = lesson or diary.last_lesson

    def _day(self, diary: Diary) -> date:
        return (self._now + timedelta(minutes=diary.zone)).date()

    def _here(self, diary: Diary) -> Lms:
        return replace(self._lms, zone=timezone(timedelta(minutes=diary.zone)))


def play(folder: Path, *, seed: int = 7, learners: int = LEARNERS) -> Classroom:
    return Player(folder, seed, learners).play()
