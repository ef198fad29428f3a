"""How much of a course is done. This is the only place that computes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import enrollments
from azora_tui.errors import RefusedError
from azora_tui.lms import marks
from azora_tui.lms.events import add_event
from azora_tui.lms.service import check_claims
from azora_tui.models.enrollments import EnrollmentStatus

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.courses import Course
    from azora_tui.models.enrollments import Enrollment
    from azora_tui.models.learner_states import LearnerState
    from azora_tui.models.progress import CourseProgress, Progress


def percent(completed: int, required: int) -> int | None:
    """Whole percent, rounded down; 100 only when all is done; None where nothing is required."""
    return completed * 100 // required if required else None


def counted(transaction: Transaction, enrollment_id: int) -> Progress:
    """Progress of one enrollment, counted from the lessons themselves."""
    from azora_tui.models.progress import Progress

    completed, required = enrollments.lessons_done(transaction, enrollment_id)
    return Progress(completed, required, percent(completed, required))


def refresh(lms: Lms, transaction: Transaction, enrollment: Enrollment, course: Course) -> tuple[Progress, bool]:
    """Store what an enrollment's lessons add up to now; True when the course was completed for the first
    time.

    The first completion stays, with the course version it was reached on, whatever a later version adds.
    """
    now_done = counted(transaction, enrollment.id)
    complete = now_done.percent == 100
    if enrollment.status is EnrollmentStatus.LEFT:
        status = EnrollmentStatus.LEFT
    else:
        status = EnrollmentStatus.COMPLETED if complete else EnrollmentStatus.ACTIVE
    enrollments.set_progress(transaction, enrollment.id, progress=now_done.percent or 0, status=status)
    first = complete and enrollment.completed_at is None and status is EnrollmentStatus.COMPLETED
    if first:
        now = lms.now_text()
        day = marks.day_of(now, lms.utc_offset(now))
        days_taken = marks.days_between(enrollment.enrolled_on, day)
        enrollments.set_first_completion(
            transaction, enrollment.id, version=course.version, now=now, days_taken=days_taken
        )
        add_event(
            lms,
            transaction,
            "course_completed",
            user_id=enrollment.user_id,
            course_id=course.id,
            at=now,
            payload={"version": course.version},
        )
    return now_done, first


def progress(lms: Lms, claims: Claims, course: int | str) -> CourseProgress:
    """How far a learner is in a course, by its id or by the word that a person typed.

    Raises `NotFoundError` for a course that is not there, `RefusedError` for a learner who is not enrolled in it.
    """
    from azora_tui.data import lessons
    from azora_tui.lms.courses import visible_course
    from azora_tui.models.progress import CourseProgress

    check_claims(lms, claims)
    with lms.database.read() as transaction:
        found, enrollment = visible_course(transaction, claims, course)
        if enrollment is None or enrollment.status is EnrollmentStatus.LEFT:
            raise RefusedError("not_enrolled")
        states = lessons.lesson_states(transaction, course_id=found.id, enrollment_id=enrollment.id)
        done = counted(transaction, enrollment.id)
        state = own_state(lms, transaction, enrollment, done.percent)
        return CourseProgress(found.title, enrollment, states, done, state)


def own_state(lms: Lms, transaction: Transaction, enrollment: Enrollment, percent: int | None) -> LearnerState:
    """How a learner stands, told as those who teach the course are told of it."""
    from azora_tui.data import figures
    from azora_tui.lms.states import state_of

    failing = figures.quizzes_not_passed(transaction, [enrollment.id]).get(enrollment.id, [])
    return state_of(enrollment.status, percent, enrollment.silent_from, failing, lms.now())
