"""What who teaches sees of a course. Times are aware UTC datetimes, days ISO dates, percents whole numbers 0–100.

A share is never without the number of people it stands on (`docs/insights.md`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from azora_tui.models.enrollments import EnrollmentStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from azora_tui.models.enrollments import Enrollment
    from azora_tui.models.learner_states import LearnerState
    from azora_tui.models.progress import LessonState
    from azora_tui.models.quizzes import PastAttempt, Question
    from azora_tui.models.submissions import MyTask


class Which(Enum):
    """People of a course who are listed together; the value is the word for it."""

    ALL = "everybody"
    STUCK = "stuck"
    NEARLY_DONE = "nearly done"
    UNDER_WAY = "under way"
    COMPLETED = "completed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is or was in a course. `last_active_on` is None for who has never learned in it; who is `gone` has
    left the school for good, and has no name."""

    user_id: int
    name: str
    email: str
    status: EnrollmentStatus
    progress: int | None
    enrolled_on: date
    last_active_on: date | None
    last_lesson_title: str | None
    state: LearnerState
    gone: bool = False


@dataclass(frozen=True, slots=True)
class CourseHead:
    """What is said of a course at once, however many learners it has: how many are in it now."""

    id: int
    title: str
    version: str
    enrolled: int


class Quartiles(NamedTuple):
    """Of the numbers of `people`; by linear interpolation (Hyndman and Fan 1996, type 7)."""

    people: int
    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class LessonFigures:
    """One step of the way through a course. People are counted once, also those who have left since.

    `stopped_here` are who is silent now and was here last; `minutes` is None where nobody spent any.
    """

    lesson_id: int
    number: int
    title: str
    required: bool
    opened: int
    completed: int
    stopped_here: int
    minutes: Quartiles | None


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """A question of a quiz. `answered` have answered it, `right` of them at once; `attempts` are finished first ones.

    `discrimination` (-1 to 1) is None below 20 of these, and where all answers or all rests are alike.
    """

    lesson_id: int
    lesson_number: int
    lesson_title: str
    question: Question
    answered: int
    right: int
    attempts: int
    discrimination: float | None


class OptionShare(NamedTuple):
    """An option of a question: of the weaker and the stronger 27 %, how many chose it."""

    text: str
    correct: bool
    lower: int
    upper: int


class StillKnown(NamedTuple):
    """So many days after the first right answer, `right` of `asked` reviews were answered right."""

    days: int
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """All about one question; `group` people are in each of the two groups, `options` is empty for what is written."""

    figures: QuestionFigures
    group: int
    options: tuple[OptionShare, ...]
    known: tuple[StillKnown, ...]


class Cohort(NamedTuple):
    """Who enrolled in the week that begins on a Monday, and how many of them learned in each week from then on."""

    monday: date
    enrolled: int
    active: tuple[int, ...]


class OutcomeFigures(NamedTuple):
    """An outcome of a course, and the first answers to its questions; `questions` is 0 where none names it."""

    text: str
    questions: int
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class CourseFigures:
    """A course as a whole. `active_7` and `active_30` are in it and have learned in the last so many days, `ever` have
    been in it; `days` is of who completed it, None where nobody has; `weeks` is how many learned in each of the last
    twelve weeks, Monday to Sunday, this one last."""

    active_7: int
    active_30: int
    ever: int
    left: int
    completed: int
    days: Quartiles | None
    lessons: tuple[LessonFigures, ...]
    weeks: tuple[int, ...]
    cohorts: tuple[Cohort, ...]
    outcomes: tuple[OutcomeFigures, ...]
    questions: tuple[QuestionFigures, ...]


@dataclass(frozen=True, slots=True)
class Monday:
    """Whom to help, and what to mend: some of each, and how many there are; `active_7` have learned this week."""

    active_7: int
    stuck: tuple[Person, ...]
    nearly_done: tuple[Person, ...]
    counts: Mapping[Which, int]
    lessons: tuple[LessonFigures, ...]
    misleading: tuple[QuestionFigures, ...]


@dataclass(frozen=True, slots=True)
class LearnersWay:
    """One learner's own way through a course: their lessons, every finished attempt by lesson id, and their tasks."""

    course_title: str
    person: Person
    enrollment: Enrollment
    lessons: tuple[LessonState, ...]
    attempts: Mapping[int, tuple[PastAttempt, ...]]
    tasks: tuple[MyTask, ...]
