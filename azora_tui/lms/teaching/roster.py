"""A whole class at once: enrolled by who teaches the course, and taken away as a list.

A list passes the window, the key and the prerequisites, which are who teaches it to judge; it makes no seats, and opens
no course that is a draft or archived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import enrollments, events, locks, roster
from azora_tui.errors import RefusedError
from azora_tui.lms import enrolling
from azora_tui.lms.courses import course_by_id
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.lms.teaching.access import require_teaching
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.roster import RosterOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.courses import Course
    from azora_tui.models.enrollments import Enrollment
    from azora_tui.models.roster import Person, RosterLine


def plan(lms: Lms, claims: Claims, course_id: int, people: Sequence[Person]) -> list[RosterOutcome]:
    """What `enroll_people` would do now with each, in their order; nothing is written."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return [outcome for outcome, _ in _outcomes(transaction, _open_course(transaction, claims, course_id), people)]


def enroll_people(lms: Lms, claims: Claims, course_id: int, people: Sequence[Person]) -> list[RosterOutcome]:
    """Enrol people who have accounts, in one transaction, and put on the waitlist whom there is no seat for; says what
    became of each, in their order. Done twice it changes nothing.

    Raises `NotFoundError`, and `RefusedError` for who does not teach the course and for one that takes nobody.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.Course(course_id)) as transaction:
        course = _open_course(transaction, claims, course_id)
        know_learner(transaction, claims)
        found = _outcomes(transaction, course, people)
        for person, (outcome, existing) in zip(people, found, strict=True):
            assert person.user_id is not None  # whoever has none gets an account before
            if outcome in (RosterOutcome.ALREADY_ENROLLED, RosterOutcome.ALREADY_WAITING):
                continue
            events.add_learner(
                transaction, user_id=person.user_id, uuid=person.uuid, name=person.name, email=person.email
            )
            if outcome is RosterOutcome.WAITLISTED:
                enrolling.wait_for_seat(lms, transaction, person.user_id, course_id)
            else:
                told = {"by": claims.user_uuid}
                enrolling.admit(lms, transaction, person.user_id, course, existing, told=told)
    return [outcome for outcome, _ in found]


def learners(lms: Lms, claims: Claims, course_id: int) -> list[RosterLine]:
    """Who is, or was, in a course, and who waits. Raises `NotFoundError`, `RefusedError`."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course_id)
        return list(roster.lines(transaction, course_id))


def _open_course(transaction: Transaction, claims: Claims, course_id: int) -> Course:
    course = course_by_id(transaction, course_id)
    require_teaching(transaction, claims, course_id)
    if not course.is_published:
        raise RefusedError("course_archived" if course.is_live else "course_unpublished")
    return course


def _outcomes(
    transaction: Transaction, course: Course, people: Sequence[Person]
) -> list[tuple[RosterOutcome, Enrollment | None]]:
    """What becomes of each, with the enrollment that they have, in the order of the list."""
    free = None if course.seats is None else max(0, course.seats - course.students)
    waiting = set(enrollments.waiting(transaction, course.id))
    found: list[tuple[RosterOutcome, Enrollment | None]] = []
    for person in people:
        existing = None
        if person.user_id is not None:
            existing = enrollments.enrollment_of(transaction, user_id=person.user_id, course_id=course.id)
        if existing is not None and existing.status is not EnrollmentStatus.LEFT:
            outcome = RosterOutcome.ALREADY_ENROLLED
        elif free is None or free > 0:
            free = None if free is None else free - 1
            outcome = RosterOutcome.ENROLLED if existing is None else RosterOutcome.RESTORED
        else:
            outcome = RosterOutcome.ALREADY_WAITING if person.user_id in waiting else RosterOutcome.WAITLISTED
        found.append((outcome, existing))
    return found
