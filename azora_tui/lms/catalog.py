"""Finding courses: the catalog and a course's own page."""

from datetime import datetime

from azora_tui.data import courses, enrollments, lessons
from azora_tui.errors import NotFoundError
from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms, check_claims
from azora_tui.models.accounts import Claims
from azora_tui.models.courses import CatalogCount, CatalogFilter, CatalogPage, CatalogSort, Course, CourseDetail
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.text import clean, fold

_MAX_WORDS = 8
_MAX_QUERY_LENGTH = 400
_MAX_NUMBER_DIGITS = 18  # digits that surely fit into the database's 64 bits


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
        rows = courses.catalog_page(
            transaction,
            user_id=claims.user_id,
            words=_words(query),
            state=state,
            sort=sort,
            limit=limit,
            offset=offset,
        )
    return CatalogPage(offset, tuple(rows))


def count(lms: Lms, claims: Claims, *, query: str = "", state: CatalogFilter = CatalogFilter.ALL) -> CatalogCount:
    """How many courses `page` has in all for this filter, of how many published ones."""
    check_claims(lms, claims)
    words = _words(query)
    with lms.database.read() as transaction:
        every = courses.catalog_count(transaction, user_id=claims.user_id, words=(), state=CatalogFilter.ALL)
        if not words and state is CatalogFilter.ALL:
            return CatalogCount(every, every)
        matching = courses.catalog_count(transaction, user_id=claims.user_id, words=words, state=state)
    return CatalogCount(matching, every)


def detail(lms: Lms, claims: Claims, course_id: int) -> CourseDetail:
    """A course's page for one learner.

    An unpublished course is found by learners who are (or were) enrolled in it, and by nobody else. Raises
    `NotFoundError`.
    """
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        course = courses.course_by_id(transaction, course_id)
        if course is None:
            raise NotFoundError("course_not_found")
        enrollment = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course_id)
        if not (course.is_published or enrollment):
            raise NotFoundError("course_not_found")
        refusal = None
        if enrollment is None or enrollment.status is EnrollmentStatus.LEFT:
            refusal = enrolling.refusal_of(transaction, claims.user_id, course, returning=enrollment is not None)
        return CourseDetail(
            course=course,
            lessons=lessons.lesson_states(
                transaction, course_id=course_id, enrollment_id=enrollment.id if enrollment else None
            ),
            prerequisites=courses.prerequisites(transaction, course_id=course_id, user_id=claims.user_id),
            enrollment=enrollment,
            waitlist_place=enrollments.waitlist_place(transaction, user_id=claims.user_id, course_id=course_id),
            next_lesson_id=enrollments.lesson_to_go_on_with(transaction, enrollment.id) if enrollment else None,
            refusal=refusal,
        )


def find(lms: Lms, claims: Claims, word: str) -> int:
    """The id of the course that a person means by its number or, where none has that number, by its slug.

    Raises `NotFoundError`, also for a course that `detail` would not show.
    """
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        course = None
        if word.isascii() and word.isdecimal() and len(word) <= _MAX_NUMBER_DIGITS:
            course = courses.course_by_id(transaction, int(word))
        course = course or courses.course_by_slug(transaction, clean(word))
        if course is None or not (
            course.is_published or enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course.id)
        ):
            raise NotFoundError("course_not_found")
        return course.id


def whole_courses(lms: Lms, claims: Claims, found: CatalogPage) -> dict[int, Course]:
    """Everything about the courses of a page, by id; one that was removed meanwhile is not among them."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return courses.courses_by_ids(transaction, [each.id for each in found.courses])


def lesson_contents(lms: Lms, claims: Claims, course_id: int) -> list[tuple[int, str, datetime]]:
    """(id, Markdown, when it was added) of each lesson, in order, as the original wire contract has them."""
    detail(lms, claims, course_id)
    with lms.database.read() as transaction:
        return lessons.lesson_contents(transaction, course_id)


def _words(query: str) -> list[str]:
    return fold(clean(query, keep_newlines=False))[:_MAX_QUERY_LENGTH].split()[:_MAX_WORDS]
