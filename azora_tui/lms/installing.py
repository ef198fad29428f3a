"""Bringing courses into lms.db: new ones, and new versions of those that are there."""

from collections.abc import Callable, Mapping

from azora_tui.data import courses, enrollments, lessons
from azora_tui.data.transaction import Transaction
from azora_tui.lms import cards, enrolling, holding, progress, search
from azora_tui.lms.service import Lms
from azora_tui.models.course_sources import CourseSource

_NO_NUMBERS: Mapping[str, int] = {}


def install(
    lms: Lms,
    transaction: Transaction,
    source: CourseSource,
    *,
    lesson_numbers: Mapping[str, int] = _NO_NUMBERS,
    tell: Callable[[int, int], None] | None = None,
) -> int:
    """Install a course or bring it up to date, within the caller's transaction; returns its id.

    Lessons are matched by their own id, so nobody's work is lost; one that a new version drops is only taken out of
    view. `lesson_numbers` gives row ids to lessons by their own id, where those are still free.
    `tell` is told how many lessons are indexed for the search, of how many: by far the longest part of it.
    """
    now = lms.now_text()
    course_id = courses.save_course(transaction, source, now)
    lessons.unpublish_lessons(transaction, course_id)
    for order_index, lesson in enumerate(source.lessons, start=1):
        number = lesson_numbers.get(lesson.id)
        if number is not None and not lessons.lesson_id_is_free(transaction, number):
            number = None
        lessons.save_lesson(
            transaction, lesson, course_id=course_id, order_index=order_index, lesson_id=number, now=now
        )
    courses.update_lesson_counts(transaction, course_id)
    search.index_course(transaction, course_id, tell=tell)
    cards.refresh(transaction, course_id)
    holding.refresh(transaction, course_id)
    holding.release(lms, transaction, course_id)
    course = courses.course_by_id(transaction, course_id)
    assert course is not None  # saved in this transaction
    for enrollment in enrollments.enrollments_in(transaction, course_id):
        progress.refresh(lms, transaction, enrollment, course)
    enrolling.fill_seats(lms, transaction, course_id)
    return course_id
