"""A course that is asked for: there and to be shown, or a `NotFoundError`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import course_rules, courses, enrollments
from azora_tui.errors import NotFoundError
from azora_tui.lms.teaching.access import teaches
from azora_tui.text import clean

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.models.accounts import Claims
    from azora_tui.models.courses import Course
    from azora_tui.models.enrollments import Enrollment

_MAX_NUMBER_DIGITS = 18  # digits that surely fit into the database's 64 bits


def course_by_id(transaction: Transaction, course_id: int) -> Course:
    """Raises `NotFoundError`."""
    return _or_not_found(courses.course_by_id(transaction, course_id))


def visible_course(transaction: Transaction, claims: Claims, course: int | str) -> tuple[Course, Enrollment | None]:
    """A course, by its id or by the word that a person typed, and the learner's enrollment in it.

    The word is its number or, where none has that number, its slug. A course that is not published is found by who is
    (or was) enrolled in it and by who teaches it, an archived one also by who still waits for a seat, and by nobody
    else. Raises `NotFoundError`.
    """
    user_id = claims.user_id
    found = _by_word(transaction, course) if isinstance(course, str) else course_by_id(transaction, course)
    enrollment = enrollments.enrollment_of(transaction, user_id=user_id, course_id=found.id)
    is_seen = (
        found.is_published
        or enrollment is not None
        or teaches(transaction, claims, found.id)
        or (found.is_live and course_rules.waits(transaction, user_id=user_id, course_id=found.id))
    )
    return _or_not_found(found if is_seen else None), enrollment


def _by_word(transaction: Transaction, word: str) -> Course:
    if word.isascii() and word.isdecimal() and len(word) <= _MAX_NUMBER_DIGITS:
        course = courses.course_by_id(transaction, int(word))
        if course is not None:
            return course
    return _or_not_found(courses.course_by_slug(transaction, clean(word)))


def _or_not_found(course: Course | None) -> Course:
    if course is None:
        raise NotFoundError("course_not_found")
    return course
