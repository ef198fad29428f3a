"""The teacher's side of work that a person reads: what waits, and the answer to it."""

from collections.abc import Collection

from azora_tui.data import courses, enrollments, locks, submissions, tasks
from azora_tui.data.submissions import SubmissionPlace
from azora_tui.data.transaction import Transaction
from azora_tui.errors import FieldError, NotFoundError, RefusedError
from azora_tui.lms import holding, progress
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching.access import check_may_teach, teaches
from azora_tui.models.accounts import Claims
from azora_tui.models.submissions import MAX_SUBMISSION_BYTES, Waiting, WorkToMark
from azora_tui.text import clean

MAX_WAITING = 500
"""How much of what waits is listed at once; the oldest come first, and the others move up."""


def waiting(lms: Lms, claims: Claims) -> Waiting:
    """What waits for an answer in the courses that somebody teaches, oldest first. Raises `RefusedError`."""
    check_may_teach(lms, claims)
    whose = _whose(claims)
    with lms.database.read() as transaction:
        found = tasks.waiting(transaction, whose, MAX_WAITING)
        number = tasks.count_waiting(transaction, whose) if len(found) == MAX_WAITING else len(found)
    return Waiting(number, tuple(found))


def count(lms: Lms, claims: Claims) -> int:
    """How much `waiting` has in all. Raises as it does."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        return tasks.count_waiting(transaction, _whose(claims))


def work(lms: Lms, claims: Claims, submission_id: int) -> WorkToMark:
    """What was handed in, with every other version of it and the answers. Raises `NotFoundError`, also for work of a
    course that one does not teach, and `RefusedError` for learners."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        return _work(transaction, _place(transaction, claims, submission_id), submission_id)


def answer(
    lms: Lms, claims: Claims, submission_id: int, *, accepted: bool, ticked: Collection[int] = (), words: str = ""
) -> WorkToMark:
    """Accept what was handed in or, if not `accepted`, ask for more. `ticked` are criteria that are met, by their
    places from 1.

    One transaction: the answer, its event, and where the learner has said so before, the lesson completed and what the
    course comes to by that; its certificate is issued when the learner next looks. Raises as `work` does,
    `RefusedError` for what was answered already, `FieldError` for `ticked` and `words`.
    """
    check_may_teach(lms, claims)
    words = clean(words).strip("\n")
    if not accepted and not words.strip():
        raise FieldError("words", "task_returned_without_words")
    if (size := len(words.encode("utf-8"))) > MAX_SUBMISSION_BYTES:
        raise FieldError("words", "task_answer_too_long", size=size, maximum=MAX_SUBMISSION_BYTES)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        place = _place(transaction, claims, submission_id)
        found = _work(transaction, place, submission_id)
        if place.is_answered:
            by = found.submission.answer.by if found.submission.answer else ""
            raise RefusedError("task_answered", by=by or "somebody else")
        criteria = len(found.submission.task.criteria)
        if not set(ticked) <= set(range(1, criteria + 1)):
            raise FieldError("ticked", "criterion_unknown", number=criteria)
        uuid, now = lms.new_id(), lms.now_text()
        submissions.insert_answer(
            transaction,
            submission_id=submission_id,
            uuid=uuid,
            user_id=claims.user_id,
            accepted=accepted,
            ticked=set(ticked),
            words=words,
            now=now,
        )
        add_event(
            lms,
            transaction,
            "task_answered",
            id=uuid,
            user_id=claims.user_id,
            course_id=place.course_id,
            lesson_id=place.lesson_id,
            at=now,
            payload={
                "submission": place.uuid,
                "accepted": accepted,
                "ticked": sorted(set(ticked)),
                "words": words,
            },
        )
        if accepted:
            _complete(lms, transaction, place)
        return _work(transaction, place, submission_id)


def _complete(lms: Lms, transaction: Transaction, place: SubmissionPlace) -> None:
    """What the learner has said is done, is, once this was the last that it waited for."""
    if holding.grant(
        lms,
        transaction,
        user_id=place.user_id,
        course_id=place.course_id,
        enrollment_id=place.enrollment_id,
        lesson_id=place.lesson_id,
    ):
        course = courses.course_by_id(transaction, place.course_id)
        enrollment = enrollments.enrollment_of(transaction, user_id=place.user_id, course_id=place.course_id)
        assert course is not None  # foreign keys hold
        assert enrollment is not None
        progress.refresh(lms, transaction, enrollment, course)


def _place(transaction: Transaction, claims: Claims, submission_id: int) -> SubmissionPlace:
    place = submissions.submission_place(transaction, submission_id)
    if place is None or not teaches(transaction, claims, place.course_id):
        raise NotFoundError("submission_missing")
    return place


def _work(transaction: Transaction, place: SubmissionPlace, submission_id: int) -> WorkToMark:
    versions = submissions.submissions_of(
        transaction, enrollment_id=place.enrollment_id, lesson_id=place.lesson_id, task_id=place.task_id
    )
    course = courses.course_by_id(transaction, place.course_id)
    assert course is not None  # foreign keys hold
    return WorkToMark(
        course_id=course.id,
        course_title=course.title,
        lesson_title=tasks.lesson_title(transaction, place.lesson_id),
        learner=submissions.learner_name(transaction, place.user_id),
        submission=next(each for each in versions if each.id == submission_id),
        versions=versions,
    )


def _whose(claims: Claims) -> int | None:
    return None if claims.role == "admin" else claims.user_id
