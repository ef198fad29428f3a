"""Opening lessons, keeping the place in them, and completing them."""

from dataclasses import replace

from azora_tui.data import courses, enrollments, lessons, locks, quizzes, tasks
from azora_tui.data.transaction import Transaction
from azora_tui.errors import NotFoundError, RefusedError, StorageError
from azora_tui.lms import holding, progress
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.service import Lms, check_claims
from azora_tui.models.accounts import Claims
from azora_tui.models.courses import Course
from azora_tui.models.enrollments import Enrollment, EnrollmentStatus
from azora_tui.models.lessons import LessonPage
from azora_tui.models.progress import LessonCompletion, LessonState

_MAX_MINUTES = 24 * 60


def open_lesson(lms: Lms, claims: Claims, lesson_id: int) -> LessonPage:
    """A lesson for reading; remembers that the learner is here now, or says in it why that could not be.

    Raises `NotFoundError` for a lesson that is not there, `RefusedError` for a learner who is not enrolled in its
    course, `StorageError` where it cannot be read.
    """
    check_claims(lms, claims)
    try:
        return _opened(lms, claims, lesson_id)
    except StorageError as error:  # a full disk takes nobody's lesson away
        return replace(lesson_page(lms, claims, lesson_id), not_kept=str(error))


def _opened(lms: Lms, claims: Claims, lesson_id: int) -> LessonPage:
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        course, enrollment = enrolled(transaction, claims.user_id, lesson_id)
        now = lms.now_text()
        lessons.save_opened(transaction, enrollment_id=enrollment.id, lesson_id=lesson_id, now=now)
        enrollments.set_last_lesson(transaction, enrollment.id, lesson_id=lesson_id, now=now)
        add_event(lms, transaction, "opened", user_id=claims.user_id, course_id=course.id, lesson_id=lesson_id, at=now)
        return _page(transaction, course, enrollment, lesson_id)


def lesson_page(lms: Lms, claims: Claims, lesson_id: int) -> LessonPage:
    """The same as `open_lesson`, for a lesson that is open already. Raises as it does."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return _page(transaction, *enrolled(transaction, claims.user_id, lesson_id), lesson_id)


def keep_place(lms: Lms, claims: Claims, lesson_id: int, position: str | None, *, minutes: int = 0) -> None:
    """Remember where the reader stands in an opened lesson, and the minutes spent; silent when it is gone."""
    check_claims(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        course_id = lessons.lesson_course(transaction, lesson_id)
        if course_id is None:
            return
        enrollment = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course_id)
        if enrollment is None:
            return
        uuid, now, spent = lms.new_id(), lms.now_text(), _spent(minutes)
        if lessons.save_position(
            transaction,
            uuid=uuid,
            enrollment_id=enrollment.id,
            lesson_id=lesson_id,
            position=position,
            minutes=spent,
            now=now,
            utc_offset=lms.utc_offset(now),
        ):
            add_event(
                lms,
                transaction,
                "place_kept",
                id=uuid,
                user_id=claims.user_id,
                course_id=course_id,
                lesson_id=lesson_id,
                at=now,
                payload={"position": position, "minutes": spent},
            )


def complete_lesson(lms: Lms, claims: Claims, lesson_id: int, *, minutes: int = 0) -> LessonCompletion:
    """Mark a lesson as completed because its learner says so; done twice it changes nothing but the minutes.

    Raises `NotFoundError` for a lesson that is not there, `RefusedError` for a learner who is not enrolled in its
    course, and for a lesson with a task that has to be accepted first: that the learner is done is kept then.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        course, enrollment = enrolled(transaction, claims.user_id, lesson_id)
        completion = completed(lms, transaction, claims, course, enrollment, lesson_id=lesson_id, minutes=minutes)
    if completion.missing:
        raise holding.held_up(completion.missing)
    return completion


def completed(
    lms: Lms,
    transaction: Transaction,
    claims: Claims,
    course: Course,
    enrollment: Enrollment,
    *,
    lesson_id: int,
    minutes: int = 0,
) -> LessonCompletion:
    """Mark a lesson as completed, whatever the reason, within the caller's transaction; the last one of a course brings
    its certificate. Where a task of it has to be accepted first it is not completed, and will be once that is."""
    spent = _spent(minutes)
    if missing := holding.open_tasks(transaction, enrollment, lesson_id):
        holding.hold(lms, transaction, enrollment, lesson_id=lesson_id, minutes=spent)
        states = lessons.lesson_states(transaction, course_id=course.id, enrollment_id=enrollment.id)
        lesson, done = _find(states, lesson_id), progress.counted(transaction, enrollment.id)
        return LessonCompletion(lesson, False, done, False, states, next_lesson(states, lesson), missing=missing)
    uuid, now = lms.new_id(), lms.now_text()
    first = lessons.save_completed(
        transaction,
        uuid=uuid,
        enrollment_id=enrollment.id,
        lesson_id=lesson_id,
        minutes=spent,
        now=now,
        utc_offset=lms.utc_offset(now),
    )
    add_event(
        lms,
        transaction,
        "completed" if first else "completed_again",
        id=uuid,
        user_id=enrollment.user_id,
        course_id=course.id,
        lesson_id=lesson_id,
        at=now,
        payload={"minutes": spent, "version": course.version},
    )
    enrollments.set_last_lesson(transaction, enrollment.id, lesson_id=lesson_id, now=now)
    done, course_completed = progress.refresh(lms, transaction, enrollment, course)
    certificate = _certificate(lms, transaction, claims, course) if course_completed else None
    if first:
        from azora_tui.lms.together import offering  # who only reads does without it

        offering.offer_open(lms, transaction, enrollment.user_id, course_id=course.id, lesson_id=lesson_id)
    states = lessons.lesson_states(transaction, course_id=course.id, enrollment_id=enrollment.id)
    lesson = _find(states, lesson_id)
    return LessonCompletion(lesson, first, done, course_completed, states, next_lesson(states, lesson), certificate)


def next_lesson(states: tuple[LessonState, ...], lesson: LessonState) -> LessonState | None:
    """The lesson to read after this one: the first not yet done behind it, else the first one left behind."""
    place = states.index(lesson)
    return next((each for each in states[place + 1 :] + states[:place] if not each.completed), None)


def lesson_by_word(states: tuple[LessonState, ...], word: str) -> LessonState:
    """The lesson that a person means by a number in the list (1 is the first) or by its id in the course's
    files.

    Raises `NotFoundError`.
    """
    for number, state in enumerate(states, start=1):
        if word in (str(number), state.slug):
            return state
    raise NotFoundError("lesson_unknown", word=word)


def enrolled(transaction: Transaction, user_id: int, lesson_id: int) -> tuple[Course, Enrollment]:
    """A lesson's course and the learner's enrollment in it; raises as `open_lesson` does."""
    course_id = lessons.lesson_course(transaction, lesson_id)
    course = None if course_id is None else courses.course_by_id(transaction, course_id)
    if course is None:
        raise NotFoundError("lesson_gone")
    enrollment = enrollments.enrollment_of(transaction, user_id=user_id, course_id=course.id)
    if enrollment is None or enrollment.status is EnrollmentStatus.LEFT:
        raise RefusedError("lesson_not_enrolled", course=course.title)
    return course, enrollment


def _page(transaction: Transaction, course: Course, enrollment: Enrollment, lesson_id: int) -> LessonPage:
    states = lessons.lesson_states(transaction, course_id=course.id, enrollment_id=enrollment.id)
    content, position = lessons.lesson_text(transaction, lesson_id=lesson_id, enrollment_id=enrollment.id)
    return LessonPage(
        course_id=course.id,
        course_title=course.title,
        lesson=_find(states, lesson_id),
        content=content,
        position=position,
        lessons=states,
        progress=progress.counted(transaction, enrollment.id),
        quiz=quizzes.standing(transaction, enrollment_id=enrollment.id, lesson_id=lesson_id),
        tasks=tasks.tasks_of_lesson(transaction, lesson_id=lesson_id, enrollment_id=enrollment.id),
    )


def _certificate(lms: Lms, transaction: Transaction, claims: Claims, course: Course) -> int | None:
    from azora_tui.lms.credentials import issuing  # signing is heavy, and most lessons are not the last

    enrollment = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course.id)
    assert enrollment is not None  # it was completed in this transaction
    issued = issuing.issue_or_wait(lms, transaction, claims, course, enrollment)
    return None if issued is None else issued.id


def _spent(minutes: int) -> int:
    """Minutes as they can be true: a clock set back takes none away, a broken client adds no year."""
    return max(0, min(minutes, _MAX_MINUTES))


def _find(states: tuple[LessonState, ...], lesson_id: int) -> LessonState:
    return next(state for state in states if state.id == lesson_id)
