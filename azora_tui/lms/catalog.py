"""Finding courses: the catalog and a course's own page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from azora_tui.data import catalog, courses
from azora_tui.lms.service import check_claims
from azora_tui.models.catalog import CatalogCount, CatalogFilter, CatalogPage, CatalogSort
from azora_tui.text import clean, fold

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.catalog import CourseSummary
    from azora_tui.models.courses import Course, CourseDetail

_MAX_WORDS = 8
_MAX_QUERY_LENGTH = 400


def page(
    lms: Lms,
    claims: Claims,
    *,
    query: str = "",
    state: CatalogFilter = CatalogFilter.ALL,
    sort: CatalogSort = CatalogSort.TITLE,
    offset: int = 0,
    limit: int = 200,
) -> CatalogPage:
    """Published courses that hold every word of `query` in title, instructor, level or tags (case and
    accents aside)."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        rows = catalog.page(
            transaction,
            user_id=claims.user_id,
            words=_words(query),
            state=state,
            sort=sort,
            limit=limit,
            offset=offset,
        )
    return CatalogPage(offset, tuple(rows))


def whole_page(
    lms: Lms, claims: Claims, *, query: str, sort: CatalogSort, offset: int, limit: int
) -> list[tuple[CourseSummary, Course]]:
    """The courses of a `page`, each with everything about it."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        rows = catalog.page(
            transaction,
            user_id=claims.user_id,
            words=_words(query),
            state=CatalogFilter.ALL,
            sort=sort,
            limit=limit,
            offset=offset,
        )
        whole = courses.courses_by_ids(transaction, [row.id for row in rows]) if rows else {}
    return [(row, whole[row.id]) for row in rows]


def count(lms: Lms, claims: Claims, *, query: str = "", state: CatalogFilter = CatalogFilter.ALL) -> CatalogCount:
    """How many courses `page` has in all for this filter, of how many published ones."""
    check_claims(lms, claims)
    words = _words(query)
    with lms.database.read() as transaction:
        every = catalog.count(transaction, user_id=claims.user_id, words=(), state=CatalogFilter.ALL)
        if not words and state is CatalogFilter.ALL:
            return CatalogCount(every, every)
        matching = catalog.count(transaction, user_id=claims.user_id, words=words, state=state)
    return CatalogCount(matching, every)


def detail(lms: Lms, claims: Claims, course: int | str) -> CourseDetail:
    """A course's page for one learner, by its id or by the word that a person typed.

    One that is not published is found as `visible_course` says. Raises `NotFoundError`.
    """
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return _detail(lms, transaction, claims, course)


def detail_with_contents(
    lms: Lms, claims: Claims, course: int | str
) -> tuple[CourseDetail, list[tuple[int, str, datetime]]]:
    """`detail`, and (id, Markdown, when it was added) of each lesson, in order, as the original wire contract has
    them."""
    from azora_tui.data import lessons

    check_claims(lms, claims)
    with lms.database.read() as transaction:
        found = _detail(lms, transaction, claims, course)
        return found, lessons.lesson_contents(transaction, found.course.id)


def find(lms: Lms, claims: Claims, word: str) -> int:
    """The id of the course that a person means by its number or, where none has that number, by its slug.

    Raises `NotFoundError`, also for a course that `detail` would not show.
    """
    from azora_tui.lms.courses import visible_course

    check_claims(lms, claims)
    with lms.database.read() as transaction:
        course, _ = visible_course(transaction, claims, word)
        return course.id


def _detail(lms: Lms, transaction: Transaction, claims: Claims, asked: int | str) -> CourseDetail:
    # The catalog itself does without all of these.
    from azora_tui.data import enrollments, lessons
    from azora_tui.lms.courses import visible_course
    from azora_tui.lms.enrolling import refusal_of
    from azora_tui.lms.progress import own_state
    from azora_tui.lms.teaching.access import teaches
    from azora_tui.models.courses import CourseDetail
    from azora_tui.models.enrollments import EnrollmentStatus

    user_id = claims.user_id
    course, enrollment = visible_course(transaction, claims, asked)
    refusal = own = None
    if enrollment is None or enrollment.status is EnrollmentStatus.LEFT:
        refusal = refusal_of(lms, transaction, user_id, course, returning=enrollment is not None)
    else:
        own = own_state(lms, transaction, enrollment, enrollment.progress)
    return CourseDetail(
        course=course,
        lessons=lessons.lesson_states(
            transaction, course_id=course.id, enrollment_id=enrollment.id if enrollment else None
        ),
        prerequisites=courses.prerequisites(transaction, course_id=course.id, user_id=user_id),
        enrollment=enrollment,
        waitlist_place=enrollments.waitlist_place(transaction, user_id=user_id, course_id=course.id),
        next_lesson_id=enrollments.lesson_to_go_on_with(transaction, enrollment.id) if enrollment else None,
        refusal=refusal,
        today=lms.today(),
        teaches=teaches(transaction, claims, course.id),
        own_state=own,
    )


def _words(query: str) -> list[str]:
    return fold(clean(query, keep_newlines=False))[:_MAX_QUERY_LENGTH].split()[:_MAX_WORDS]
