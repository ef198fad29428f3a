"""Plain values of quizzes, beside `models`. Texts of courses are Markdown; percents are whole numbers 0–100."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azora_tui.models.progress import LessonCompletion
    from azora_tui.models.tasks import OpenTask

PASS_PERCENT = 80
"""What has to be reached where a course does not say."""

MAX_ANSWER_LENGTH = 1_000
"""Characters of a written answer that are taken."""

Response = tuple[int, ...] | str
"""What a learner answered: places of the options they chose (0 is the first), or what they wrote."""


class QuestionKind(Enum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TEXT = "text"
    NUMBER = "number"

    @property
    def has_options(self) -> bool:
        return self in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `feedback` is for who chose it."""

    text: str
    correct: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`id` is unique in the course and never changes.

    `accepted` are the answers that are right where something is written; a number may be off by `tolerance`. Where that
    does not say all of it, `ranges` does: each of `7`, `5 ± 1` and `[0, 999)`, whose round bracket leaves its end out;
    `accepted` has then one number of each. `outcomes` are those of the course that it asks for, 1 is the first.
    """

    id: str
    kind: QuestionKind
    prompt: str
    options: tuple[Option, ...] = ()
    accepted: tuple[str, ...] = ()
    tolerance: str = "0"
    hint: str = ""
    feedback: str = ""
    ranges: tuple[str, ...] = ()
    outcomes: tuple[int, ...] = ()

    @property
    def right_options(self) -> tuple[int, ...]:
        return tuple(place for place, option in enumerate(self.options) if option.correct)

    @property
    def right_words(self) -> str:
        """The right answer, or each of several, for who is told it."""
        if self.kind.has_options:
            return "; ".join(option.text for option in self.options if option.correct)
        words = " or ".join(self.ranges or self.accepted)
        if self.ranges:
            return words
        return f"{words} ± {self.tolerance}" if self.tolerance.strip("0.,") else words


@dataclass(frozen=True, slots=True)
class Quiz:
    """The questions of a lesson. `attempts` is how often it may be tried, None without a limit."""

    questions: tuple[Question, ...]
    pass_percent: int = PASS_PERCENT
    attempts: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question in one attempt; it is never changed afterwards."""

    question_id: str
    given: Response
    correct: bool
    hint_used: bool
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at a quiz, with the questions and the pass mark as they were when it began.

    `hints` are the ids of the questions whose hint was looked at.
    """

    id: int
    uuid: str
    enrollment_id: int
    lesson_id: int
    course_version: str
    pass_percent: int
    questions: tuple[Question, ...]
    started_at: datetime
    finished_at: datetime | None
    score: int | None
    answers: tuple[Answer, ...]
    hints: frozenset[str] = frozenset()

    @property
    def passed(self) -> bool:
        return self.score is not None and self.score >= self.pass_percent

    @property
    def right(self) -> int:
        return sum(answer.correct for answer in self.answers)

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Those not answered yet, in order."""
        answered = {answer.question_id for answer in self.answers}
        return tuple(question for question in self.questions if question.id not in answered)

    def question(self, question_id: str) -> Question | None:
        return next((each for each in self.questions if each.id == question_id), None)

    def answer_to(self, question: Question) -> Answer | None:
        return next((each for each in self.answers if each.question_id == question.id), None)


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """A finished attempt in the history of a quiz."""

    id: int
    course_version: str
    pass_percent: int
    score: int
    started_at: datetime
    finished_at: datetime

    @property
    def passed(self) -> bool:
        return self.score >= self.pass_percent


@dataclass(frozen=True, slots=True)
class QuizStanding:
    """Where a learner stands with a lesson's quiz: every finished attempt, oldest first.

    `answered` is how many questions of the attempt under way are answered, None while none is.
    """

    history: tuple[PastAttempt, ...] = ()
    answered: int | None = None

    @property
    def best(self) -> int | None:
        """The best score so far."""
        return max((attempt.score for attempt in self.history), default=None)

    @property
    def passed(self) -> bool:
        return any(attempt.passed for attempt in self.history)


@dataclass(frozen=True, slots=True)
class QuizPage:
    """A lesson's quiz for one learner: as it is now, where they stand, and their latest attempt, open or finished.

    `missing` are tasks of the lesson that have to be accepted before it is completed.
    """

    course_id: int
    course_title: str
    lesson_id: int
    lesson_title: str
    quiz: Quiz
    standing: QuizStanding
    latest: Attempt | None
    missing: tuple[OpenTask, ...] = ()

    @property
    def attempts_left(self) -> int | None:
        """How many more attempts may be begun, None without a limit."""
        if self.quiz.attempts is None:
            return None
        return max(0, self.quiz.attempts - len(self.standing.history) - (self.standing.answered is not None))


@dataclass(frozen=True, slots=True)
class QuizResult:
    """What finishing an attempt came to; `completion` is that of the lesson, where the attempt was passed and no
    task is missing that has to be accepted first."""

    page: QuizPage
    completion: LessonCompletion | None
