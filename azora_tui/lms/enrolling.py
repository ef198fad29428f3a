"""Enrolling in a course, leaving it, taking it up again, and waiting for a seat."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from azora_tui.data import courses, enrollments, locks
from azora_tui.errors import RefusedError
from azora_tui.lms import marks, progress
from azora_tui.lms.courses import course_by_id
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.service import check_claims
from azora_tui.models.enrolling import EnrollOutcome, EnrollResult
from azora_tui.models.enrollments import EnrollmentStatus

if TYPE_CHECKING:
    from datetime import date

    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.courses import Course
    from azora_tui.models.enrollments import Enrollment
    from azora_tui.models.my_learning import EnrolledCourse

MAX_COURSES = 500

_NOTHING_MORE: Mapping[str, object] = {}


def enroll(lms: Lms, claims: Claims, course_id: int, *, key: str | None = None) -> EnrollResult:
    """Enrol the learner, or take up again what they left; done twice it changes nothing.

    One transaction: the row, the number of students, the event. `key` is what they were told of a course that asks for
    one. Raises `NotFoundError` for a course that is not there.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.Course(course_id)) as transaction:
        know_learner(transaction, claims)
        course = course_by_id(transaction, course_id)
        moved_up: Collection[int] = ()
        if course.has_window and window_refusal(lms, course) is None:
            # Whoever waits may come in since the day began, before anybody else.
            moved_up = fill_seats(lms, transaction, course_id)
            course = course_by_id(transaction, course_id)
        existing = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course_id)
        if existing and existing.status is not EnrollmentStatus.LEFT:
            if claims.user_id in moved_up:
                return EnrollResult(EnrollOutcome.ENROLLED, existing, values={"course": course.title})
            return EnrollResult(EnrollOutcome.ALREADY_ENROLLED, existing)
        if refusal := refusal_of(lms, transaction, claims.user_id, course, returning=existing is not None):
            return refusal
        if existing is None and (refusal := _refusal_of_key(lms, transaction, claims.user_id, course, key)):
            return refusal
        enrollment = admit(lms, transaction, claims.user_id, course, existing)
    return EnrollResult(EnrollOutcome.ENROLLED, enrollment, existing is not None, {"course": course.title})


def leave(lms: Lms, claims: Claims, course_id: int) -> Enrollment:
    """Leave a course; the work done stays, and enrolling again brings it back.

    The seat goes to the learner who has waited longest. Raises `NotFoundError` or, for a learner who is not enrolled,
    `RefusedError`.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.Course(course_id)) as transaction:
        know_learner(transaction, claims)
        course_by_id(transaction, course_id)
        existing = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course_id)
        if existing is None or existing.status is EnrollmentStatus.LEFT:
            raise RefusedError("not_enrolled")
        enrollments.set_status(transaction, existing.id, EnrollmentStatus.LEFT)
        courses.add_students(transaction, course_id, -1)
        add_event(lms, transaction, "left", user_id=claims.user_id, course_id=course_id, at=lms.now_text())
        fill_seats(lms, transaction, course_id)
        left = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course_id)
    return left or existing


def join_waitlist(lms: Lms, claims: Claims, course_id: int, *, key: str | None = None) -> int:
    """Wait for a seat in a full course; returns the place in line (1 is next). The course's key is asked for here, and
    not again when a seat is free.

    Raises `NotFoundError`, or `RefusedError` where there is nothing to wait for.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.Course(course_id)) as transaction:
        know_learner(transaction, claims)
        course = course_by_id(transaction, course_id)
        existing = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course_id)
        if existing and existing.status is not EnrollmentStatus.LEFT:
            raise RefusedError("already_enrolled")
        refusal = refusal_of(lms, transaction, claims.user_id, course, returning=existing is not None)
        if refusal is None or refusal.outcome is not EnrollOutcome.FULL:
            raise refused(refusal) if refusal else RefusedError("seat_free")
        place = enrollments.waitlist_place(transaction, user_id=claims.user_id, course_id=course_id)
        wrong = None
        if place is None and existing is None:
            wrong = _refusal_of_key(lms, transaction, claims.user_id, course, key)
        if place is None and wrong is None:
            wait_for_seat(lms, transaction, claims.user_id, course_id)
            place = enrollments.waitlist_place(transaction, user_id=claims.user_id, course_id=course_id)
    if wrong is not None:  # only now, as a wrong key is noted
        raise refused(wrong)
    assert place is not None  # just inserted
    return place


def leave_waitlist(lms: Lms, claims: Claims, course_id: int) -> None:
    """Wait no longer; those behind move up. Raises `NotFoundError`, `RefusedError` for one who does not wait."""
    check_claims(lms, claims)
    with lms.database.write(locks.Course(course_id)) as transaction:
        know_learner(transaction, claims)
        course_by_id(transaction, course_id)
        if enrollments.waitlist_place(transaction, user_id=claims.user_id, course_id=course_id) is None:
            raise RefusedError("not_waiting")
        enrollments.leave_waitlist(transaction, user_id=claims.user_id, course_id=course_id)
        add_event(lms, transaction, "left_waitlist", user_id=claims.user_id, course_id=course_id, at=lms.now_text())


def my_courses(
    lms: Lms,
    claims: Claims,
    *,
    statuses: Iterable[EnrollmentStatus] = (EnrollmentStatus.ACTIVE, EnrollmentStatus.COMPLETED),
    limit: int = MAX_COURSES,
) -> list[EnrolledCourse]:
    """The learner's own courses with one of these states, last opened first."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return enrollments.enrolled_courses(transaction, user_id=claims.user_id, statuses=statuses, limit=limit)


def my_learning(
    lms: Lms, claims: Claims, status: EnrollmentStatus = EnrollmentStatus.ACTIVE
) -> tuple[list[EnrolledCourse], dict[EnrollmentStatus, int]]:
    """The learner's own courses in one state, last opened first; and how many they have in each."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        mine = enrollments.enrolled_courses(transaction, user_id=claims.user_id, statuses=(status,), limit=MAX_COURSES)
        return mine, enrollments.enrollment_counts(transaction, claims.user_id)


def fill_seats(lms: Lms, transaction: Transaction, course_id: int) -> list[int]:
    """Give the free seats to those who have waited longest, and say who they are; those who could not enrol now go on
    waiting."""
    moved_up = []
    for user_id in enrollments.waiting(transaction, course_id):
        course = course_by_id(transaction, course_id)
        existing = enrollments.enrollment_of(transaction, user_id=user_id, course_id=course_id)
        refusal = refusal_of(lms, transaction, user_id, course, returning=existing is not None)
        if refusal is None:
            admit(lms, transaction, user_id, course, existing)
            moved_up.append(user_id)
        elif refusal.outcome in (EnrollOutcome.FULL, EnrollOutcome.UNPUBLISHED):
            break
    return moved_up


def wait_for_seat(lms: Lms, transaction: Transaction, user_id: int, course_id: int) -> None:
    """Put somebody at the end of the waitlist who is not on it."""
    uuid, now = lms.new_id(), lms.now_text()
    enrollments.join_waitlist(transaction, uuid=uuid, user_id=user_id, course_id=course_id, now=now)
    add_event(lms, transaction, "waitlisted", user_id=user_id, course_id=course_id, at=now, id=uuid)


def refused(result: EnrollResult) -> RefusedError:
    """A result that is no enrolment, as the error that it is where nothing else was asked for."""
    return RefusedError(result.outcome.value, **result.values)


def refusal_of(
    lms: Lms, transaction: Transaction, user_id: int, course: Course, *, returning: bool
) -> EnrollResult | None:
    """Why this course takes no one now, its key aside. Who returns needs no open enrollment and no prerequisite again,
    and finds an archived course as they left it."""
    if not course.is_live:
        return EnrollResult(EnrollOutcome.UNPUBLISHED)
    if not returning:
        if not course.is_published:
            return EnrollResult(EnrollOutcome.ARCHIVED)
        if not course.enrollment_open:
            return EnrollResult(EnrollOutcome.CLOSED)
        if course.has_window and (outside := window_refusal(lms, course)):
            return outside
        needed = courses.prerequisites(transaction, course_id=course.id, user_id=user_id)
        missing = [each.title or each.slug for each in needed if not each.completed]
        if missing:
            return EnrollResult(EnrollOutcome.MISSING_PREREQUISITE, values={"courses": " and ".join(missing)})
    if course.seats is not None and course.students >= course.seats:
        return EnrollResult(EnrollOutcome.FULL, values={"students": course.students, "seats": course.seats})
    return None


def window_refusal(lms: Lms, course: Course) -> EnrollResult | None:
    """Why a course takes no one on the day that it is where the learner is; both ends are in the window."""
    today = lms.today()
    if course.opens is not None and today < course.opens:
        return _outside(EnrollOutcome.NOT_OPEN_YET, course.opens, today)
    if course.closes is not None and today > course.closes:
        return _outside(EnrollOutcome.OVER, course.closes, today)
    return None


def _outside(outcome: EnrollOutcome, day: date, today: date) -> EnrollResult:
    return EnrollResult(outcome, values={"day": day.isoformat(), "today": today.isoformat()})


def admit(
    lms: Lms,
    transaction: Transaction,
    user_id: int,
    course: Course,
    existing: Enrollment | None,
    *,
    told: Mapping[str, object] = _NOTHING_MORE,
) -> Enrollment:
    """Give the learner a seat: a new enrollment, or the one they left, with all its work. `told` goes into its event.

    Whether there is a seat, and whether they may have it, was asked before.
    """
    now, uuid = lms.now_text(), lms.new_id()
    # Told before what follows from it: who returns to a course that has shrunk has completed it.
    add_event(
        lms,
        transaction,
        "reenrolled" if existing else "enrolled",
        user_id=user_id,
        course_id=course.id,
        at=now,
        id=uuid,
        payload=told,
    )
    if existing is None:
        utc_offset = lms.utc_offset(now)
        day = marks.day_of(now, utc_offset)
        enrollment = enrollments.insert_enrollment(
            transaction,
            uuid=uuid,
            user_id=user_id,
            course_id=course.id,
            now=now,
            day=day,
            silent_from=marks.silent_from(day, utc_offset),
        )
    else:
        enrollments.set_status(transaction, existing.id, EnrollmentStatus.ACTIVE)
        returned = enrollments.enrollment_of(transaction, user_id=user_id, course_id=course.id) or existing
        progress.refresh(lms, transaction, returned, course)
        enrollment = enrollments.enrollment_of(transaction, user_id=user_id, course_id=course.id) or existing
    courses.add_students(transaction, course.id, +1)
    enrollments.leave_waitlist(transaction, user_id=user_id, course_id=course.id)
    return enrollment


def _refusal_of_key(
    lms: Lms, transaction: Transaction, user_id: int, course: Course, key: str | None
) -> EnrollResult | None:
    """Most courses ask for no key."""
    if not course.needs_key:
        return None
    from azora_tui.lms.enrollment_keys import refusal_of_key

    return refusal_of_key(lms, transaction, user_id, course, key)
