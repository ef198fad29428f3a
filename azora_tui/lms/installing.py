"""Bringing courses into lms.db: new ones, and new versions of those that are there."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from azora_tui.data import course_rules, courses, enrollments, lessons
from azora_tui.data.transaction import Transaction
from azora_tui.lms import cards, enrolling, holding, progress, search
from azora_tui.lms.service import Lms
from azora_tui.models.course_sources import CourseSource
from azora_tui.times import iso_day

_NO_NUMBERS: Mapping[str, int] = {}
_RULES = ("opens", "closes", "seats", "key", "prerequisites")


def _named(source: CourseSource) -> set[str]:
    """The rules that a course's files say something of."""
    return {name for name in _RULES if getattr(source, name) not in (None, ())}


def with_what_was_set_here(transaction: Transaction, source: CourseSource) -> CourseSource:
    """A course's source with the rules that its files leave open: as they were set here, and in the state that it has.

    What the files do name counts from now on. Prerequisites are named by one at least.
    """
    course = courses.course_by_slug(transaction, source.slug)
    if course is None:
        return source
    here = course_rules.set_here(transaction, course.id) - _named(source)
    kept: dict[str, Any] = {
        "opens": iso_day(course.opens),
        "closes": iso_day(course.closes),
        "seats": course.seats,
        "key": course_rules.key_of(transaction, course.id) if course.needs_key else None,
        "prerequisites": tuple(course_rules.prerequisite_slugs(transaction, course.slug)),
    }
    state = source.state or (course.state.value if course.is_live else "draft")
    return replace(source, state=_said(state), **{name: kept[name] for name in here})


def _said(state: str) -> str | None:
    """A state as files have it, which say nothing where a course is published."""
    return None if state == "published" else state


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
    named = _named(source)
    source = with_what_was_set_here(transaction, source)
    course_id = courses.save_course(transaction, source, now)
    set_here = course_rules.set_here(transaction, course_id)
    if set_here & named:
        course_rules.save_set_here(transaction, course_id, set_here - named)
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
