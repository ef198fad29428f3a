"""How a course is doing, for who teaches it: the Monday page, the course as a whole, and its questions."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from math import sqrt
from typing import TYPE_CHECKING

from azora_tui.data import figures, reviews
from azora_tui.errors import NotFoundError
from azora_tui.lms.activity import monday_of
from azora_tui.lms.courses import course_by_id
from azora_tui.lms.marks import SILENT_AFTER
from azora_tui.lms.teaching import people, statistics
from azora_tui.lms.teaching.access import check_may_teach, require_teaching
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.insights import (
    Cohort,
    CourseFigures,
    CourseHead,
    LessonFigures,
    Monday,
    OptionShare,
    OutcomeFigures,
    QuestionFigures,
    QuestionPage,
    StillKnown,
    Which,
)
from azora_tui.times import local_day, to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from azora_tui.data.figures import FirstAnswer, Known, QuestionSums
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.courses import Course
    from azora_tui.models.quizzes import Question

FEW = 5
"""How many people of a kind the Monday page names."""
COHORTS = 12
"""How many weeks of enrolment the triangle has, and how many weeks each."""
KNOWN_AFTER = (7, 30, 90)
"""Days; a review counts for one that it is within a quarter of."""
CHANCE = 2.0
"""Standard errors (1/√n each, of a correlation that is none) by which one below 0 is no chance any more."""


def head(lms: Lms, claims: Claims, course_id: int) -> CourseHead:
    """What is there at once, however many learners a course has. Raises `NotFoundError`, `RefusedError`."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        course = _taught(transaction, claims, course_id)
        return CourseHead(
            id=course.id,
            title=course.title,
            version=course.version,
            enrolled=course.students,
        )


def monday(lms: Lms, claims: Claims, course_id: int) -> Monday:
    """Who is stuck, who is nearly done, where people stop, which question misleads. Raises as `head` does."""
    check_may_teach(lms, claims)
    now = lms.now_text()
    with lms.database.read() as transaction:
        _taught(transaction, claims, course_id)
        misleading = [each for each in _questions(transaction, course_id) if _misleads(each)]
        return Monday(
            active_7=_active(lms, transaction, course_id, days=7),
            stuck=tuple(people.some(transaction, course_id, Which.STUCK, now=now, limit=FEW)),
            nearly_done=tuple(people.some(transaction, course_id, Which.NEARLY_DONE, now=now, limit=FEW)),
            counts={
                which: figures.count_people(transaction, course_id, which, now=now)
                for which in (Which.STUCK, Which.NEARLY_DONE)
            },
            lessons=_lessons(transaction, course_id, now),
            misleading=tuple(sorted(misleading, key=lambda each: each.discrimination or 0)),
        )


def course_figures(lms: Lms, claims: Claims, course_id: int) -> CourseFigures:
    """A course as a whole. Raises as `head` does."""
    check_may_teach(lms, claims)
    now = lms.now_text()
    with lms.database.read() as transaction:
        course = _taught(transaction, claims, course_id)
        ever = figures.ever_enrolled(transaction, course_id)
        taken = figures.days_taken(transaction, course_id)
        questions = _questions(transaction, course_id)
        active = figures.cohort_weeks(transaction, course_id)
        today = local_day(lms.now(), lms.utc_offset(now))
        return CourseFigures(
            active_7=_active(lms, transaction, course_id, days=7),
            active_30=_active(lms, transaction, course_id, days=30),
            ever=sum(ever.values()),
            left=ever.get(EnrollmentStatus.LEFT, 0),
            completed=sum(learners for _, learners in taken),
            days=statistics.quartiles(taken),
            lessons=_lessons(transaction, course_id, now),
            weeks=_weeks(active, today),
            cohorts=_cohorts(transaction, course_id, active, today),
            outcomes=_outcomes(course, questions),
            questions=questions,
        )


def questions(lms: Lms, claims: Claims, course_id: int) -> tuple[QuestionFigures, ...]:
    """The questions that a course asks now, in its order. Raises as `head` does."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        _taught(transaction, claims, course_id)
        return _questions(transaction, course_id)


def question_page(lms: Lms, claims: Claims, course_id: int, question_id: str) -> QuestionPage:
    """All about one question, by its id in the course's files. Raises as `head` does, `NotFoundError` also for a
    question that the course does not ask now."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        _taught(transaction, claims, course_id)
        found = next((each for each in _questions(transaction, course_id) if each.question.id == question_id), None)
        if found is None:
            raise NotFoundError("question_unknown", question=question_id)
        answers = figures.first_answers(transaction, found.lesson_id, question_id)
        size = statistics.group_size(len(answers))
        return QuestionPage(
            figures=found,
            group=size,
            options=_options(found.question, answers[:size], answers[len(answers) - size :]),
            known=_still_known(figures.known(transaction, found.lesson_id, question_id)),
        )


def _taught(transaction: Transaction, claims: Claims, course_id: int) -> Course:
    course = course_by_id(transaction, course_id)
    require_teaching(transaction, claims, course.id)
    return course


def _active(lms: Lms, transaction: Transaction, course_id: int, *, days: int) -> int:
    # Who was last here on a day is silent SILENT_AFTER days after its beginning, and active for the first so many.
    silent_after = to_text(lms.now() + timedelta(days=SILENT_AFTER - days))
    return figures.active(transaction, course_id, silent_after=silent_after)


def _lessons(transaction: Transaction, course_id: int, now: str) -> tuple[LessonFigures, ...]:
    stopped = figures.stopped(transaction, course_id, now=now)
    minutes = figures.minutes_spent(transaction, course_id)
    return tuple(
        LessonFigures(
            lesson_id=lesson.id,
            number=number,
            title=lesson.title,
            required=lesson.required,
            opened=lesson.opened,
            completed=lesson.completed,
            stopped_here=stopped.get(lesson.id, 0),
            minutes=statistics.quartiles(minutes.get(lesson.id, [])),
        )
        for number, lesson in enumerate(figures.lesson_counts(transaction, course_id), start=1)
    )


def _weeks(active: Mapping[tuple[str, int], int], today: date) -> tuple[int, ...]:
    """How many learned in each of the last weeks, this one last, whenever they enrolled."""
    learners: Counter[date] = Counter()
    for (cohort, week), number in active.items():
        learners[date.fromisoformat(cohort) + timedelta(weeks=week)] += number
    return tuple(learners[monday_of(today) - timedelta(weeks=back)] for back in reversed(range(COHORTS)))


def _cohorts(
    transaction: Transaction, course_id: int, active: Mapping[tuple[str, int], int], today: date
) -> tuple[Cohort, ...]:
    this_week = monday_of(today)
    first = this_week - timedelta(weeks=COHORTS - 1)
    sizes: Counter[date] = Counter()
    for day, learners in figures.enrolled_by_day(transaction, course_id).items():
        sizes[monday_of(date.fromisoformat(day))] += learners
    return tuple(
        Cohort(
            monday,
            sizes[monday],
            tuple(active.get((monday.isoformat(), week), 0) for week in range((this_week - monday).days // 7 + 1)),
        )
        for monday in sorted(sizes)
        if first <= monday <= this_week
    )


def _questions(transaction: Transaction, course_id: int) -> tuple[QuestionFigures, ...]:
    """The questions that a course asks now, in its order."""
    lessons = {
        lesson.id: (number, lesson.title)
        for number, lesson in enumerate(figures.lesson_counts(transaction, course_id), start=1)
    }
    sums = figures.question_sums(transaction, course_id)
    return tuple(
        _question(lesson_id, *lessons[lesson_id], question, sums.get((lesson_id, question.id)))
        for lesson_id, question in reviews.questions_in(transaction, course_id)
    )


def _question(
    lesson_id: int, number: int, title: str, question: Question, sums: QuestionSums | None
) -> QuestionFigures:
    return QuestionFigures(
        lesson_id=lesson_id,
        lesson_number=number,
        lesson_title=title,
        question=question,
        answered=sums.answered if sums else 0,
        right=sums.answered_right if sums else 0,
        attempts=sums.attempts if sums else 0,
        discrimination=statistics.discrimination(sums) if sums else None,
    )


def _misleads(question: QuestionFigures) -> bool:
    """Whether those who know the rest get it wrong, more often than by chance."""
    return question.discrimination is not None and question.discrimination < -CHANCE / sqrt(question.attempts)


def _outcomes(course: Course, questions: Sequence[QuestionFigures]) -> tuple[OutcomeFigures, ...]:
    found = []
    for number, text in enumerate(course.outcomes, start=1):
        its = [each for each in questions if number in each.question.outcomes]
        found.append(
            OutcomeFigures(text, len(its), sum(each.answered for each in its), sum(each.right for each in its))
        )
    return tuple(found)


def _options(question: Question, lower: Iterable[FirstAnswer], upper: Iterable[FirstAnswer]) -> tuple[OptionShare, ...]:
    """How many of each group chose an option; of what was written there is nothing to choose."""
    if not question.kind.has_options:
        return ()
    low, high = (Counter(place for answer in group for place in _chosen(answer)) for group in (lower, upper))
    return tuple(
        OptionShare(option.text, option.correct, low[place], high[place])
        for place, option in enumerate(question.options)
    )


def _chosen(answer: FirstAnswer) -> list[int]:
    given = json.loads(answer.given)
    return given if isinstance(given, list) else []


def _still_known(reviewed: Sequence[Known]) -> tuple[StillKnown, ...]:
    found = []
    for days in KNOWN_AFTER:
        least, most = timedelta(days=days * 0.75), timedelta(days=days * 1.25)
        then = [each.right for each in reviewed if least <= each.at - each.first_right_at <= most]
        found.append(StillKnown(days, len(then), sum(then)))
    return tuple(found)
