"""What lessons ask for, and lessons that wait for it: one with a required task counts once that is accepted."""

from collections.abc import Sequence

from azora_tui.data import enrollments, holding, searching, tasks
from azora_tui.data.transaction import Transaction
from azora_tui.errors import RefusedError
from azora_tui.lms.events import add_event
from azora_tui.lms.service import Lms
from azora_tui.models.enrollments import Enrollment
from azora_tui.models.tasks import OpenTask


def refresh(transaction: Transaction, course_id: int) -> None:
    """Let a course ask for what its published lessons hold now, and for nothing that they no longer hold.

    To be called in the transaction that changed any text of them. A course that is not in the catalog goes on for who
    is in it, and so do its tasks.
    """
    tasks.forget_tasks(transaction, course_id)
    for lesson_id, _, content in searching.lessons_to_index(transaction, course_id):
        if ":::" not in content:
            continue
        # The parser is heavy, and most of the school does without it.
        from azora_tui.formats.tasks import read_tasks

        for place, task in enumerate(read_tasks(content)):
            tasks.put_task(transaction, lesson_id, task, order_index=place)


def open_tasks(transaction: Transaction, enrollment: Enrollment, lesson_id: int) -> tuple[OpenTask, ...]:
    """The tasks that keep an enrollment from completing a lesson; none for one that is completed: work is never taken
    back."""
    found = tasks.open_tasks(transaction, lesson_id=lesson_id, enrollment_id=enrollment.id)
    if found and holding.is_completed(transaction, enrollment_id=enrollment.id, lesson_id=lesson_id):
        return ()
    return found


def hold(lms: Lms, transaction: Transaction, enrollment: Enrollment, *, lesson_id: int, minutes: int) -> None:
    """Keep that the learner says that a lesson is done, so that it is completed once its tasks are accepted."""
    uuid, now = lms.new_id(), lms.now_text()
    holding.save_said_done(
        transaction,
        uuid=uuid,
        enrollment_id=enrollment.id,
        lesson_id=lesson_id,
        minutes=minutes,
        now=now,
        utc_offset=lms.utc_offset(now),
    )
    add_event(
        lms,
        transaction,
        "completion_held",
        id=uuid,
        user_id=enrollment.user_id,
        course_id=enrollment.course_id,
        lesson_id=lesson_id,
        at=now,
        payload={"minutes": minutes},
    )
    enrollments.set_last_lesson(transaction, enrollment.id, lesson_id=lesson_id, now=now)


def grant(
    lms: Lms, transaction: Transaction, *, user_id: int, course_id: int, enrollment_id: int, lesson_id: int
) -> bool:
    """Complete a lesson that its learner has said is done and that no task keeps back any more; whether it was one.

    What the course comes to by that is for the caller to refresh.
    """
    if tasks.open_tasks(transaction, lesson_id=lesson_id, enrollment_id=enrollment_id):
        return False
    now = lms.now_text()
    if not holding.complete_what_was_said(transaction, enrollment_id=enrollment_id, lesson_id=lesson_id, now=now):
        return False
    add_event(lms, transaction, "completion_granted", user_id=user_id, course_id=course_id, lesson_id=lesson_id, at=now)
    return True


def release(lms: Lms, transaction: Transaction, course_id: int) -> None:
    """Complete what waited for tasks that a course no longer has, or no longer requires."""
    for enrollment_id, user_id, lesson_id in holding.held_up(transaction, course_id):
        grant(
            lms,
            transaction,
            user_id=user_id,
            course_id=course_id,
            enrollment_id=enrollment_id,
            lesson_id=lesson_id,
        )


def held_up(missing: Sequence[OpenTask]) -> RefusedError:
    """Why a lesson cannot be completed yet, and that it will be by itself."""
    return RefusedError(
        "lesson_held_up",
        tasks="\n".join(task.title for task in missing),
        states="\n".join(task.state.value for task in missing),
    )
