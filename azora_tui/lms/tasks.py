"""The learner's side of work that a person reads: a draft, versions that are handed in, and answers to them."""

from azora_tui.data import courses, enrollments, locks, submissions, tasks
from azora_tui.data.task_shapes import task_to_json
from azora_tui.data.transaction import Transaction
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import reading
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.service import Lms, check_claims
from azora_tui.models.accounts import Claims
from azora_tui.models.courses import Course
from azora_tui.models.enrollments import Enrollment
from azora_tui.models.submissions import MAX_DRAFT_BYTES, MAX_SUBMISSION_BYTES, MyTask, Submission, TaskPage
from azora_tui.models.tasks import Task, TaskStanding, TaskState
from azora_tui.text import clean


def mine(lms: Lms, claims: Claims) -> list[MyTask]:
    """Every task of the learner's courses, and every other that they have handed in."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return tasks.tasks_of_learner(transaction, claims.user_id)


def of_lesson(lms: Lms, claims: Claims, lesson_id: int) -> tuple[TaskStanding, ...]:
    """The tasks of a lesson and how the learner stands with each.

    Raises `NotFoundError` for a lesson that is not there, `RefusedError` for a learner who is not in its course.
    """
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        _, enrollment = reading.enrolled(transaction, claims.user_id, lesson_id)
        return tasks.tasks_of_lesson(transaction, lesson_id=lesson_id, enrollment_id=enrollment.id)


def page(lms: Lms, claims: Claims, lesson_id: int, task_id: str) -> TaskPage:
    """A task with all that was handed in and answered; one that the course no longer has, where there is work of the
    learner's. Raises `NotFoundError`, and `RefusedError` for a learner who was never in the course."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return _page(transaction, claims, lesson_id, task_id)


def keep_draft(lms: Lms, claims: Claims, lesson_id: int, task_id: str, text: str) -> None:
    """Keep what the learner is writing, as it stands. It is theirs alone until they hand it in.

    Raises as `hand_in` does, but takes what is too long to hand in.
    """
    check_claims(lms, claims)
    text = clean(text)
    if (size := _size(text)) > MAX_DRAFT_BYTES:
        raise RefusedError("task_draft_too_long", size=size, maximum=MAX_DRAFT_BYTES)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        _, _, found = _to_write_on(transaction, claims, lesson_id, task_id)
        if text == found.begins_with:
            return
        submissions.save_draft(
            transaction,
            user_id=claims.user_id,
            lesson_id=lesson_id,
            task_id=task_id,
            text=text,
            now=lms.now_text(),
        )


def hand_in(lms: Lms, claims: Claims, lesson_id: int, task_id: str, text: str) -> Submission:
    """Hand in a new version. One transaction: the version, its event, and the draft gone.

    Done twice with the same text it changes nothing. Raises `NotFoundError` for a task that is not there,
    `RefusedError` for one that waits for an answer or is accepted, for a text without words and for one that is too
    long; the draft stays then.
    """
    check_claims(lms, claims)
    text = clean(text).strip("\n")
    if not text.strip():
        raise RefusedError("task_empty")
    if (size := _size(text)) > MAX_SUBMISSION_BYTES:
        raise RefusedError("task_too_long", size=size, maximum=MAX_SUBMISSION_BYTES)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        found = _page(transaction, claims, lesson_id, task_id)
        last = found.versions[-1] if found.versions else None
        if last is not None and last.answer is None and last.text == text:
            return last
        course, enrollment, found = _to_write_on(transaction, claims, lesson_id, task_id)
        uuid, now, version = lms.new_id(), lms.now_text(), len(found.versions) + 1
        submission_id = submissions.insert_submission(
            transaction,
            uuid=uuid,
            enrollment_id=enrollment.id,
            course_id=course.id,
            lesson_id=lesson_id,
            task=found.task,
            version=version,
            course_version=course.version,
            text=text,
            now=now,
            utc_offset=lms.utc_offset(now),
        )
        submissions.forget_draft(transaction, user_id=claims.user_id, lesson_id=lesson_id, task_id=task_id)
        enrollments.set_last_lesson(transaction, enrollment.id, lesson_id=lesson_id, now=now)
        add_event(
            lms,
            transaction,
            "task_handed_in",
            id=uuid,
            user_id=claims.user_id,
            course_id=course.id,
            lesson_id=lesson_id,
            at=now,
            payload={
                "task_id": task_id,
                "version": version,
                "course_version": course.version,
                "task": task_to_json(found.task),
                "text": text,
            },
        )
        kept = submissions.submissions_of(
            transaction, enrollment_id=enrollment.id, lesson_id=lesson_id, task_id=task_id
        )
    return next(each for each in kept if each.id == submission_id)


def read_answers(lms: Lms, claims: Claims, lesson_id: int, task_id: str) -> None:
    """Note that the learner has read every answer at a task; nothing is written where none was unread."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        found = _page(transaction, claims, lesson_id, task_id)
    if not any(each.answer and each.answer.read_at is None for each in found.versions):
        return
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        course, enrollment = _in_course(transaction, claims, lesson_id)
        now = lms.now_text()
        for uuid in submissions.mark_read(
            transaction, enrollment_id=enrollment.id, lesson_id=lesson_id, task_id=task_id, now=now
        ):
            add_event(
                lms,
                transaction,
                "task_answer_read",
                user_id=claims.user_id,
                course_id=course.id,
                lesson_id=lesson_id,
                at=now,
                payload={"submission": uuid},
            )


def task_by_word(standings: tuple[TaskStanding, ...], word: str | None) -> Task:
    """The task that a person means by its number in the lesson (1 is the first) or its id; without a word the only
    one. Raises `NotFoundError`, and `RefusedError` where a lesson has several and none is named."""
    if not standings:
        raise NotFoundError("lesson_has_no_task")
    if word is None and len(standings) == 1:
        return standings[0].task
    for number, standing in enumerate(standings, start=1):
        if word in (str(number), standing.task.id):
            return standing.task
    if word is None:
        named = ", ".join(standing.task.id for standing in standings)
        raise RefusedError("task_not_named", number=len(standings), tasks=named)
    raise NotFoundError("task_missing")


def _to_write_on(
    transaction: Transaction, claims: Claims, lesson_id: int, task_id: str
) -> tuple[Course, Enrollment, TaskPage]:
    """A task that can be written on now; raises as `hand_in` does where it cannot."""
    course, enrollment = reading.enrolled(transaction, claims.user_id, lesson_id)
    found = _page(transaction, claims, lesson_id, task_id)
    if not found.is_current:
        raise RefusedError("task_gone")
    if not found.state.can_be_written:
        raise RefusedError("task_accepted" if found.state is TaskState.ACCEPTED else "task_handed_in")
    return course, enrollment, found


def _page(transaction: Transaction, claims: Claims, lesson_id: int, task_id: str) -> TaskPage:
    course, enrollment = _in_course(transaction, claims, lesson_id)
    versions = submissions.submissions_of(
        transaction, enrollment_id=enrollment.id, lesson_id=lesson_id, task_id=task_id
    )
    current = tasks.task_of(transaction, lesson_id=lesson_id, task_id=task_id)
    if current is None and not versions:
        raise NotFoundError("task_missing")
    return TaskPage(
        course_id=course.id,
        course_title=course.title,
        lesson_id=lesson_id,
        lesson_title=tasks.lesson_title(transaction, lesson_id),
        task=current or versions[-1].task,
        is_current=current is not None,
        draft=submissions.draft(transaction, user_id=claims.user_id, lesson_id=lesson_id, task_id=task_id),
        versions=versions,
    )


def _in_course(transaction: Transaction, claims: Claims, lesson_id: int) -> tuple[Course, Enrollment]:
    """The course of a lesson, in view or not, and the learner's enrollment in it, left or not: work is kept."""
    course_id = tasks.course_of_lesson(transaction, lesson_id)
    course = None if course_id is None else courses.course_by_id(transaction, course_id)
    if course is None:
        raise NotFoundError("lesson_gone")
    enrollment = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course.id)
    if enrollment is None:
        raise RefusedError("lesson_not_enrolled", course=course.title)
    return course, enrollment


def _size(text: str) -> int:
    return len(text.encode("utf-8"))
