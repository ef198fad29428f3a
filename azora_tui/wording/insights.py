"""What who teaches is told of a course, in words: the same on the screen and in the plain command."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.insights import Which
from azora_tui.wording.dates import short_date
from azora_tui.wording.numbers import counted
from azora_tui.wording.together import GONE

if TYPE_CHECKING:
    from azora_tui.glyphs import Glyphs
    from azora_tui.models.insights import (
        Cohort,
        CourseFigures,
        CourseHead,
        LessonFigures,
        OutcomeFigures,
        Person,
        Quartiles,
        QuestionFigures,
        StillKnown,
    )
    from azora_tui.models.learner_states import LearnerState

DEFINITIONS = {
    "Enrolled": "Who is in the course now: enrolled and not left.",
    "Active": (
        "Of those, who has learned in it on one of the last 7 (30) days, today among them, by their own calendar."
    ),
    "Waiting": "Handed in and not answered yet, in all the courses that you teach, whoever has waited longest first.",
    "Under way": "Enrolled, not completed, not left.",
    "Stuck": "Three failed attempts in a row at a quiz that is not passed, or silent.",
    "Silent": "Under way, and nothing learned in the course for 14 days.",
    "Nearly done": "Under way, and 80 % or more of the required lessons are completed.",
    "Opened, done": "How many have ever opened and completed a lesson; who has left since is counted too.",
    "Stopped here": "How many of those silent now were in this lesson last.",
    "Minutes": "Minutes in a lesson, of those who spent any: the median, and the two between which the middle half is.",
    "Days to completion": "The median of the days from enrolling to completing, of those who have completed.",
    "Active each week": "How many learned in each of the last twelve weeks, Monday to Sunday, this one last.",
    "Cohorts": "Who enrolled in one week, and how many of them learned in that week and in each one after it.",
    "Outcomes": "Of the first answers to the questions that name an outcome, the share that was right.",
    "Difficulty": "The share of first answers that were right: 100 % is easy, 0 % is hard.",
    "Discrimination": (
        "The correlation, over first attempts, of being right here with being right in the rest of the quiz, from 20"
        " learners on. Near 1 the question tells apart who knows; below 0 those who know the rest get it wrong."
    ),
    "Upper and lower 27 %": (
        "The learners who were right most often, and least often, in the rest of the quiz on their first attempt, and"
        " what each of the two groups chose."
    ),
    "Still known": (
        "Of the reviews 7, 30 and 90 days (give or take a quarter) after the first right answer, the share that was"
        " answered right."
    ),
}
"""What each figure means. Of fewer than five people no percentage is given."""


NOBODY = {
    Which.ALL: "Nobody is in this course yet.",
    Which.STUCK: "Nobody is stuck.",
    Which.NEARLY_DONE: "Nobody is nearly done.",
    Which.UNDER_WAY: "Nobody is under way.",
    Which.COMPLETED: "Nobody has completed this course yet.",
    Which.LEFT: "Nobody has left this course.",
}
"""What is said where a list of people would be."""


def head_words(head: CourseHead, active_7: int | None) -> str:
    """ "38 enrolled, 21 active this week"; the second is counted after the first is said."""
    return f"{head.enrolled:,} enrolled" + ("" if active_7 is None else f", {active_7:,} active this week")


def percentage(part: int, whole: int, share: int | None) -> str:
    """ "62 %", or "3 of 4" where that is too few for a percentage."""
    return f"{part:,} of {whole:,}" if share is None else f"{share} %"


def person_name(person: Person) -> str:
    return GONE if person.gone else person.name or f"learner {person.user_id}"


def state_words(person: Person, glyphs: Glyphs) -> tuple[str, str]:
    """(sign and word, role) of how somebody stands."""
    if person.status is EnrollmentStatus.LEFT:
        return f"{glyphs.new} left", "muted"
    if person.status is EnrollmentStatus.COMPLETED:
        return f"{glyphs.done} completed", "done"
    if person.state.stuck:
        return f"{glyphs.locked} stuck", "accent"
    if person.state.nearly_done:
        return f"{glyphs.active} nearly done", "active"
    return f"{glyphs.active} {person.progress or 0} %", "active"


def why_stuck(person: Person) -> str:
    """ "quiz of Hitches, 3 tries, best 40 %", or where somebody fell silent."""
    if person.state.failing:
        return failing_words(person.state)
    where = f"silent since {person.last_lesson_title}" if person.last_lesson_title else "has not begun"
    return where if person.state.silent else ""


def failing_words(state: LearnerState) -> str:
    quiz = state.failing[0]
    return f"quiz of {quiz.lesson_title}, {counted(quiz.failed, 'try', 'tries')}, best {quiz.best} %"


def last_seen(person: Person, today: date) -> str:
    """When somebody last learned in the course, or enrolled."""
    day = person.last_active_on or person.enrolled_on
    return days_ago(day, today)


def days_ago(day: date, today: date) -> str:
    days = (today - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 60 else short_date(day)


def minutes_words(minutes: Quartiles | None) -> str:
    """ "12 (8 to 20)"."""
    if minutes is None:
        return ""
    return f"{number(minutes.median)} ({number(minutes.lower)} to {number(minutes.upper)})"


def minutes_sentence(minutes: Quartiles | None) -> str:
    """How long a lesson takes those who spent any minutes in it."""
    if minutes is None:
        return "Nobody has spent a minute in it yet."
    middle = f"the middle half from {number(minutes.lower)} to {number(minutes.upper)}"
    return f"A median of {number(minutes.median)} minutes, {middle}, of {counted(minutes.people, 'learner')}."


def number(value: float) -> str:
    """A median without a fraction that says nothing: "12", "12.5"."""
    return f"{value:.1f}".removesuffix(".0")


def completion_sentence(found: CourseFigures, share: int | None) -> str:
    """How many have completed a course, and in which time."""
    if not found.ever:
        return "Nobody has enrolled yet."
    sentence = f"{found.completed:,} of {counted(found.ever, 'learner')} completed"
    if share is not None:
        sentence += f" ({share} %)"
    if found.days is not None:
        sentence += f", in a median of {number(found.days.median)} days"
    if found.left:
        sentence += f"; {found.left:,} left"
    return f"{sentence}."


def lesson_words(lesson: LessonFigures) -> str:
    """ "opened by 38, done by 31, 13 stopped here"."""
    words = f"opened by {lesson.opened:,}, done by {lesson.completed:,}"
    if lesson.stopped_here:
        words += f", {lesson.stopped_here:,} stopped here"
    if lesson.minutes is not None:
        words += f", minutes {minutes_words(lesson.minutes)}"
    return words


def question_words(question: QuestionFigures, share: int | None) -> str:
    """ "62 % right at once, discrimination 0.31, 40 learners"."""
    if not question.answered:
        return "not answered yet"
    words = f"{percentage(question.right, question.answered, share)} right at once"
    if question.discrimination is not None:
        words += f", discrimination {question.discrimination:.2f}"
    return f"{words}, {counted(question.answered, 'learner')}"


def known_words(known: StillKnown, share: int | None) -> str:
    """ "after 7 days: 80 % of 20 reviews"."""
    if not known.asked:
        return f"after {known.days} days: not asked yet"
    said = f"{share} % of {counted(known.asked, 'review')}"
    few = f"{known.right:,} of {counted(known.asked, 'review')}"
    return f"after {known.days} days: {few if share is None else said}"


def outcome_words(outcome: OutcomeFigures, share: int | None) -> str:
    if not outcome.questions:
        return "no question names it"
    asked = counted(outcome.questions, "question")
    if not outcome.answered:
        return f"{asked}, not answered yet"
    return f"{percentage(outcome.right, outcome.answered, share)} right at once, {asked}"


LESSON_COLUMNS = (
    "number", "lesson", "required", "opened", "completed", "stopped here", "with minutes", "minutes lower quartile",
    "minutes median", "minutes upper quartile",
)  # fmt: skip


def lesson_cells(lesson: LessonFigures) -> list[str | float | None]:
    """Under `LESSON_COLUMNS`; None where there is no figure."""
    minutes = lesson.minutes or (None,) * 4
    required = "yes" if lesson.required else "no"
    counts = (lesson.opened, lesson.completed, lesson.stopped_here)
    return [lesson.number, lesson.title, required, *counts, *minutes]


QUESTION_COLUMNS = ("lesson", "question", "prompt", "answered", "right at once", "first attempts", "discrimination")


def question_cells(question: QuestionFigures) -> list[str | float | None]:
    """Under `QUESTION_COLUMNS`; None where there is no figure."""
    discrimination = None if question.discrimination is None else round(question.discrimination, 4)
    asked = question.question
    return [
        question.lesson_number, asked.id, asked.prompt, question.answered, question.right, question.attempts,
        discrimination,
    ]  # fmt: skip


def cohort_name(cohort: Cohort) -> str:
    """The day on which its week began."""
    return short_date(cohort.monday)
