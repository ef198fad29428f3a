"""The JSON shapes of what who teaches sees of a course. Shares are left to who reads: each has its two numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.wire.courses import lesson_progress_row

if TYPE_CHECKING:
    from azora_tui.models.insights import (
        CourseFigures,
        CourseHead,
        LearnersWay,
        LessonFigures,
        Monday,
        Person,
        Quartiles,
        QuestionFigures,
        QuestionPage,
    )
    from azora_tui.wire.answers import Json


def course(head: CourseHead, monday: Monday, figures: CourseFigures) -> Json:
    """The Monday page and the course as a whole."""
    return {
        "id": head.id,
        "title": head.title,
        "version": head.version,
        "enrolled": head.enrolled,
        "active_7": figures.active_7,
        "active_30": figures.active_30,
        "ever": figures.ever,
        "left": figures.left,
        "completed": figures.completed,
        "days_to_completion": _quartiles(figures.days),
        "counts": {which.value: number for which, number in monday.counts.items()},
        "stuck": [person(each) for each in monday.stuck],
        "nearly_done": [person(each) for each in monday.nearly_done],
        "lessons": [lesson(each) for each in figures.lessons],
        "weeks": list(figures.weeks),
        "cohorts": [
            {"monday": each.monday.isoformat(), "enrolled": each.enrolled, "active": list(each.active)}
            for each in figures.cohorts
        ],
        "outcomes": [each._asdict() for each in figures.outcomes],
        "questions": [question(each) for each in figures.questions],
        "misleading": [each.question.id for each in monday.misleading],
    }


def lesson(figures: LessonFigures) -> Json:
    return {
        "id": figures.lesson_id,
        "number": figures.number,
        "title": figures.title,
        "required": figures.required,
        "opened": figures.opened,
        "completed": figures.completed,
        "stopped_here": figures.stopped_here,
        "minutes": _quartiles(figures.minutes),
    }


def person(found: Person) -> Json:
    return {
        "user_id": found.user_id,
        "name": found.name,
        "email": found.email,
        "status": found.status.value,
        "progress": found.progress,
        "enrolled_on": found.enrolled_on.isoformat(),
        "last_active_on": found.last_active_on.isoformat() if found.last_active_on else None,
        "last_lesson": found.last_lesson_title,
        "stuck": found.state.stuck,
        "silent": found.state.silent,
        "nearly_done": found.state.nearly_done,
        "failing": [
            {"lesson": each.lesson_title, "tries": each.failed, "best": each.best} for each in found.state.failing
        ],
    }


def way(found: LearnersWay) -> Json:
    return {
        "course": found.course_title,
        **person(found.person),
        "lessons": [
            {
                **lesson_progress_row(state),
                "title": state.title,
                "quiz": [attempt.score for attempt in found.attempts.get(state.id, ())],
            }
            for state in found.lessons
        ],
    }


def question(found: QuestionFigures) -> Json:
    return {
        "id": found.question.id,
        "lesson": found.lesson_number,
        "prompt": found.question.prompt,
        "answered": found.answered,
        "right": found.right,
        "attempts": found.attempts,
        "discrimination": None if found.discrimination is None else round(found.discrimination, 4),
    }


def question_page(page: QuestionPage) -> Json:
    return {
        **question(page.figures),
        "group": page.group,
        "options": [each._asdict() for each in page.options],
        "still_known": [each._asdict() for each in page.known],
    }


def _quartiles(found: Quartiles | None) -> Json | None:
    return None if found is None else found._asdict()
