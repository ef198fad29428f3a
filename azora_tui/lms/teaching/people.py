"""Who is in a course and how each of them stands, for who teaches it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from azora_tui.data import enrollments, figures, lessons, locks, quizzes, tasks, teachers
from azora_tui.errors import NotFoundError
from azora_tui.lms.courses import course_by_id
from azora_tui.lms.states import state_of
from azora_tui.lms.teaching.access import check_may_teach, require_teaching
from azora_tui.models.insights import LearnersWay, Person, Which
from azora_tui.models.tasks import TaskState
from azora_tui.times import from_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from azora_tui.data.figures import PersonRow
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.submissions import MyTask


def people(
    lms: Lms, claims: Claims, course_id: int, which: Which, *, limit: int = 200, offset: int = 0
) -> tuple[list[Person], int]:
    """Some of the people of a course, and how many of their kind there are. Raises `NotFoundError`, `RefusedError`."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        require_teaching(transaction, claims, course_by_id(transaction, course_id).id)
        now = lms.now_text()
        found = some(transaction, course_id, which, now=now, limit=limit, offset=offset)
        return found, figures.count_people(transaction, course_id, which, now=now)


def way(lms: Lms, claims: Claims, course_id: int, learner: int | str) -> LearnersWay:
    """A learner's own way through a course, by their user id or their e-mail.

    Raises `NotFoundError` for somebody who is not in the course, `RefusedError`.
    """
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        course = course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course.id)
        user_id = learner if isinstance(learner, int) else figures.user_by_email(transaction, course_id, learner)
        row = None if user_id is None else figures.person(transaction, course_id, user_id)
        if row is None:
            raise NotFoundError("no_such_learner")
        enrollment = enrollments.enrollment_of(transaction, user_id=row.user_id, course_id=course_id)
        assert enrollment is not None  # the row is of it
        states = lessons.lesson_states(transaction, course_id=course_id, enrollment_id=enrollment.id)
        attempts = {
            state.id: quizzes.standing(transaction, enrollment_id=enrollment.id, lesson_id=state.id).history
            for state in states
        }
        return LearnersWay(
            course_title=course.title,
            person=_people(transaction, [row], lms.now_text())[0],
            enrollment=enrollment,
            lessons=states,
            tasks=tuple(
                _as_handed_in(task)
                for task in tasks.tasks_of_learner(transaction, row.user_id)
                if task.course_id == course_id
            ),
            attempts={lesson_id: tried for lesson_id, tried in attempts.items() if tried},
        )


def _as_handed_in(task: MyTask) -> MyTask:
    """What is being written is its learner's until it is handed in."""
    return replace(task, state=TaskState.NEW) if task.state is TaskState.DRAFT else task


def nameless(lms: Lms, claims: Claims, course_id: int) -> list[int]:
    """Who in a course is known by number only, since they last did something before names were written down here; by
    their user ids. Raises as `people` does."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        require_teaching(transaction, claims, course_by_id(transaction, course_id).id)
        return teachers.nameless(transaction, course_id)


def name(lms: Lms, claims: Claims, course_id: int, names: Mapping[int, tuple[str, str]]) -> None:
    """Write down (name, e-mail) of those who are `nameless`, by their user ids. Raises as `people` does."""
    check_may_teach(lms, claims)
    with lms.database.write(locks.Course(course_id)) as transaction:
        require_teaching(transaction, claims, course_by_id(transaction, course_id).id)
        for user_id in teachers.nameless(transaction, course_id):
            if user_id in names:
                called, email = names[user_id]
                teachers.name_learner(transaction, user_id=user_id, name=called, email=email)


def some(
    transaction: Transaction, course_id: int, which: Which, *, now: str, limit: int, offset: int = 0
) -> list[Person]:
    """The same in a transaction of who may: `now` is a stored time."""
    found = figures.people(transaction, course_id, which, now=now, limit=limit, offset=offset)
    return _people(transaction, found, now)


def _people(transaction: Transaction, found: Sequence[PersonRow], now: str) -> list[Person]:
    failing = figures.quizzes_not_passed(transaction, [row.enrollment_id for row in found])
    return [
        Person(
            user_id=row.user_id,
            name=row.name,
            email=row.email,
            status=row.status,
            progress=row.progress,
            enrolled_on=date.fromisoformat(row.enrolled_on),
            last_active_on=date.fromisoformat(row.last_active_on) if row.last_active_on else None,
            last_lesson_title=row.last_lesson_title,
            state=state_of(
                row.status, row.progress, row.silent_from, failing.get(row.enrollment_id, ()), from_text(now)
            ),
            gone=row.gone,
        )
        for row in found
    ]
