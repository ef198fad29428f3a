"""Courses, their lessons and enrolments as JSON: the shapes of the original services, with what is ours beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from azora_tui.times import iso_day, to_text
from azora_tui.wire.answers import iso, optional_time, success

if TYPE_CHECKING:
    from azora_tui.models.courses import Course, CourseDetail
    from azora_tui.models.enrollments import Enrollment, EnrollmentStatus
    from azora_tui.models.lessons import LessonPage
    from azora_tui.models.my_learning import EnrolledCourse
    from azora_tui.models.progress import LessonCompletion, LessonState, Progress
    from azora_tui.wire.answers import Json


def course_row(course: Course, status: EnrollmentStatus | None, progress: int | None) -> Json:
    """`status` and `progress` (percent) are the learner's own; None where there is none."""
    return {
        "id": course.id,
        "title": course.title,
        "description": course.description,
        "instructor": course.instructor,
        "duration": course.duration,
        "students": course.students,
        "is_published": int(course.is_published),
        "created_at": to_text(course.created_at),
        "slug": course.slug,
        "version": course.version,
        "language": course.language,
        "licence": course.licence,
        "level": course.level,
        "tags": course.tags,
        "outcomes": course.outcomes,
        "seats": course.seats,
        "enrollment_open": int(course.enrollment_open),
        "state": course.state.value,
        "opens": iso_day(course.opens),
        "closes": iso_day(course.closes),
        "needs_key": int(course.needs_key),
        "lesson_count": course.lesson_count,
        "status": status.value if status else None,
        "progress": progress,
    }


def course_with_lessons(
    detail: CourseDetail, progress: int | None, contents: Iterable[tuple[int, str, datetime]]
) -> Json:
    texts = {lesson_id: (content, created_at) for lesson_id, content, created_at in contents}
    enrollment = detail.enrollment
    return {
        **course_row(detail.course, enrollment.status if enrollment else None, progress),
        "prerequisites": [
            {
                "slug": needed.slug,
                "course_id": needed.course_id,
                "title": needed.title,
                "completed": int(needed.completed),
            }
            for needed in detail.prerequisites
        ],
        "lessons": [
            lesson_row(detail.course.id, state, *texts[state.id]) for state in detail.lessons if state.id in texts
        ],
    }


def lesson_row(course_id: int, state: LessonState, content: str, created_at: datetime) -> Json:
    return {
        "id": state.id,
        "course_id": course_id,
        "title": state.title,
        "content": content,
        "order_index": state.order_index,
        "duration_minutes": state.minutes,
        "created_at": to_text(created_at),
        **_lesson_extras(state),
    }


def lesson_progress_row(state: LessonState) -> Json:
    return {
        "id": state.id,
        "title": state.title,
        "order_index": state.order_index,
        "completed": int(state.completed),
        "completed_at": optional_time(state.completed_at),
        "time_spent_minutes": state.time_spent_minutes,
        **_lesson_extras(state),
    }


def enrollment_row(enrollment: Enrollment) -> Json:
    return {
        "id": enrollment.id,
        "user_id": enrollment.user_id,
        "course_id": enrollment.course_id,
        "progress": enrollment.progress,
        "status": enrollment.status.value,
        "enrolled_at": to_text(enrollment.enrolled_at),
        "completed_at": optional_time(enrollment.completed_at),
        "last_accessed_at": to_text(enrollment.last_accessed_at),
        "completed_version": enrollment.completed_version,
        "last_lesson_id": enrollment.last_lesson_id,
    }


def enrolled_course(mine: EnrolledCourse) -> Json:
    next_lesson = {"id": mine.next_lesson_id, "title": mine.next_lesson_title}
    return {
        **enrollment_row(mine.enrollment),
        "title": mine.title,
        "instructor": mine.instructor,
        "version": mine.version,
        "completed_lessons": mine.completed_lessons,
        "required_lessons": mine.required_lessons,
        "percentage": mine.progress,
        "next_lesson": next_lesson if mine.next_lesson_id is not None else None,
    }


def enrolled(course: str, enrollment: Enrollment) -> Json:
    """Just what the original answered when somebody had enrolled; `course` is its title."""
    return {"success": True, "message": f"Successfully enrolled in {course}", "enrollment": _answer(enrollment)}


def left(message: str, enrollment: Enrollment) -> Json:
    answer = {**_answer(enrollment), "status": enrollment.status.value}
    return {"success": True, "message": message, "enrollment": answer}


def course_progress(enrollment: Enrollment, states: Iterable[LessonState], done: Progress) -> Json:
    return success(
        {
            "enrollment": enrollment_row(enrollment),
            "lessons": [lesson_progress_row(state) for state in states],
            "progress": _counts(done),
        }
    )


def lesson_page(page: LessonPage) -> Json:
    return success(
        {
            "course_id": page.course_id,
            "course_title": page.course_title,
            "lesson": {**lesson_progress_row(page.lesson), "content": page.content},
            "progress": _counts(page.progress),
        }
    )


def lesson_completed(completion: LessonCompletion) -> Json:
    """Just what the original answered."""
    lesson = completion.lesson
    return {
        "success": True,
        "message": f'Lesson "{lesson.title}" marked as completed',
        "data": {
            "lessonId": lesson.id,
            "completed": lesson.completed,
            "completedAt": iso(lesson.completed_at) if lesson.completed_at else None,
        },
    }


def _lesson_extras(state: LessonState) -> Json:
    return {"slug": state.slug, "section": state.section, "required": int(state.required)}


def _answer(enrollment: Enrollment) -> Json:
    return {
        "id": enrollment.id,
        "courseId": enrollment.course_id,
        "userId": enrollment.user_id,
        "enrolledAt": iso(enrollment.enrolled_at),
        "progress": enrollment.progress,
    }


def _counts(done: Progress) -> Json:
    return {"completed": done.completed, "total": done.required, "percentage": done.percent}
