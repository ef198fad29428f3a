"""Statements on what lessons ask for and what of it waits for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azora_tui.data.courses import MAX_ID
from azora_tui.data.task_shapes import state_of, task_from_json, task_to_json, to_json
from azora_tui.data.transaction import Transaction, one, rows, value
from azora_tui.models.tasks import OpenTask, Task, TaskStanding
from azora_tui.times import from_text

if TYPE_CHECKING:
    from azora_tui.models.submissions import MyTask, WaitingWork

# The last version of a task that an enrollment handed in, with its answer, as far as there is one.
_LAST = """
    LEFT JOIN submissions AS last ON last.enrollment_id = :enrollment_id AND last.lesson_id = tasks.lesson_id
        AND last.task_key = tasks.task_key AND last.version = (
            SELECT MAX(version) FROM submissions
            WHERE enrollment_id = :enrollment_id AND lesson_id = tasks.lesson_id AND task_key = tasks.task_key
        )
    LEFT JOIN task_answers AS answer ON answer.submission_id = last.id
"""
_STANDING = """
    last.version, answer.accepted, CASE WHEN answer.answered_at IS NOT NULL AND answer.read_at IS NULL
        THEN 1 ELSE 0 END AS unread
"""
_WAITING = """
    FROM submissions
    JOIN enrollments ON enrollments.id = submissions.enrollment_id
    JOIN courses ON courses.id = submissions.course_id
    JOIN lessons ON lessons.id = submissions.lesson_id
    LEFT JOIN learners ON learners.user_id = enrollments.user_id
    WHERE submissions.is_answered = 0 AND enrollments.status <> 'left'
"""
_TAUGHT = " AND submissions.course_id IN (SELECT course_id FROM course_teachers WHERE user_id = :user_id)"


# What lessons ask for


def forget_tasks(transaction: Transaction, course_id: int) -> None:
    """Let no lesson of a course ask for anything; what was handed in stays."""
    transaction.execute(
        "DELETE FROM tasks WHERE lesson_id IN (SELECT id FROM lessons WHERE course_id = :id)", {"id": course_id}
    )


def put_task(transaction: Transaction, lesson_id: int, task: Task, *, order_index: int) -> None:
    transaction.execute(
        """
        INSERT INTO tasks (lesson_id, task_key, required, content, order_index)
        VALUES (:lesson_id, :task_key, :required, :content, :order_index)
        """,
        {
            "lesson_id": lesson_id,
            "task_key": task.id,
            "required": int(task.required),
            "content": to_json(task_to_json(task)),
            "order_index": order_index,
        },
    )


def task_of(transaction: Transaction, *, lesson_id: int, task_id: str) -> Task | None:
    """A task as its published lesson has it now."""
    row = one(
        transaction,
        """
        SELECT task_key, tasks.content FROM tasks JOIN lessons ON lessons.id = tasks.lesson_id
        WHERE lesson_id = :lesson_id AND task_key = :task_key AND is_published = 1
        """,
        {"lesson_id": lesson_id, "task_key": task_id},
    )
    return None if row is None else task_from_json(row.task_key, row.content)


def tasks_of_lesson(transaction: Transaction, *, lesson_id: int, enrollment_id: int) -> tuple[TaskStanding, ...]:
    """The tasks of a lesson in order, and how an enrollment stands with each."""
    found = rows(
        transaction,
        f"""
        SELECT tasks.task_key, tasks.content, drafts.task_key AS draft, {_STANDING}
        FROM tasks
        {_LAST}
        LEFT JOIN enrollments ON enrollments.id = :enrollment_id
        LEFT JOIN task_drafts AS drafts ON drafts.user_id = enrollments.user_id
            AND drafts.lesson_id = tasks.lesson_id AND drafts.task_key = tasks.task_key AND drafts.text <> ''
        WHERE tasks.lesson_id = :lesson_id ORDER BY tasks.order_index
        """,  # noqa: S608  # only our own words
        {"lesson_id": lesson_id, "enrollment_id": enrollment_id},
    )
    return tuple(
        TaskStanding(task_from_json(row.task_key, row.content), state_of(row), unread=bool(row.unread)) for row in found
    )


def open_tasks(transaction: Transaction, *, lesson_id: int, enrollment_id: int) -> tuple[OpenTask, ...]:
    """The required tasks of a lesson of which no version of an enrollment was accepted, in order.

    Asked with each completion: for a lesson without tasks it is one look at an index.
    """
    found = rows(
        transaction,
        f"""
        SELECT tasks.task_key, tasks.content, NULL AS draft, {_STANDING}
        FROM tasks
        {_LAST}
        WHERE tasks.lesson_id = :lesson_id AND tasks.required = 1 AND COALESCE(answer.accepted, 0) = 0
        ORDER BY tasks.order_index
        """,  # noqa: S608  # only our own words
        {"lesson_id": lesson_id, "enrollment_id": enrollment_id},
    )
    return tuple(OpenTask(task_from_json(row.task_key, row.content).title, state_of(row)) for row in found)


def tasks_of_learner(transaction: Transaction, user_id: int) -> list[MyTask]:
    """Every task of the courses that a learner is in, and every other that they have handed in, the courses opened last
    at the front and the tasks of each in their order."""
    current = rows(
        transaction,
        f"""
        SELECT enrollments.id AS enrollment_id, enrollments.last_accessed_at, enrollments.course_id,
            courses.title AS course_title, tasks.lesson_id, lessons.title AS lesson_title,
            lessons.order_index AS lesson_order, tasks.order_index, tasks.task_key, tasks.content,
            drafts.task_key AS draft, {_STANDING}
        FROM enrollments
        JOIN courses ON courses.id = enrollments.course_id
        JOIN lessons ON lessons.course_id = enrollments.course_id AND lessons.is_published = 1
        JOIN tasks ON tasks.lesson_id = lessons.id
        LEFT JOIN task_drafts AS drafts ON drafts.user_id = enrollments.user_id
            AND drafts.lesson_id = tasks.lesson_id AND drafts.task_key = tasks.task_key AND drafts.text <> ''
        {_LAST.replace(":enrollment_id", "enrollments.id")}
        WHERE enrollments.user_id = :user_id AND enrollments.status <> 'left'
        ORDER BY enrollments.last_accessed_at DESC, enrollments.id, lessons.order_index, lessons.id, tasks.order_index
        """,  # noqa: S608  # only our own words
        {"user_id": user_id},
    )
    known = {(row.lesson_id, row.task_key) for row in current}
    handed_in = rows(
        transaction,
        """
        SELECT submissions.course_id, courses.title AS course_title, submissions.lesson_id,
            lessons.title AS lesson_title, submissions.task_key, submissions.task AS content, submissions.version,
            answer.accepted, NULL AS draft, CASE WHEN answer.answered_at IS NOT NULL AND answer.read_at IS NULL
                THEN 1 ELSE 0 END AS unread
        FROM enrollments
        JOIN submissions ON submissions.enrollment_id = enrollments.id
        JOIN courses ON courses.id = submissions.course_id
        JOIN lessons ON lessons.id = submissions.lesson_id
        LEFT JOIN task_answers AS answer ON answer.submission_id = submissions.id
        WHERE enrollments.user_id = :user_id
        ORDER BY submissions.handed_in_at, submissions.uuid
        """,
        {"user_id": user_id},
    )
    gone = {(row.lesson_id, row.task_key): row for row in handed_in if (row.lesson_id, row.task_key) not in known}
    return [*(_my_task(row, row.lesson_order) for row in current), *(_my_task(row, None) for row in gone.values())]


def lesson_title(transaction: Transaction, lesson_id: int) -> str:
    """Of a lesson that is there, in view or not."""
    title: str = value(transaction, "SELECT title FROM lessons WHERE id = :id", {"id": lesson_id})
    return title


def course_of_lesson(transaction: Transaction, lesson_id: int) -> int | None:
    """The course of a lesson, in view or not."""
    if not 0 < lesson_id <= MAX_ID:
        return None
    course_id: int | None = value(transaction, "SELECT course_id FROM lessons WHERE id = :id", {"id": lesson_id})
    return course_id


# What waits


def waiting(transaction: Transaction, user_id: int | None, limit: int) -> list[WaitingWork]:
    """What waits for an answer in the courses that somebody teaches, or with None in all, oldest first. What a learner
    handed in who has left the course waits until they take it up again."""
    found = rows(
        transaction,
        f"""
        SELECT submissions.id AS submission_id, submissions.course_id, courses.title AS course_title,
            submissions.lesson_id, lessons.title AS lesson_title, COALESCE(learners.name, '') AS learner,
            submissions.task_key, submissions.task, submissions.version, submissions.handed_in_at
        {_WAITING}{"" if user_id is None else _TAUGHT}
        ORDER BY submissions.handed_in_at, submissions.uuid LIMIT :limit
        """,
        {"user_id": user_id, "limit": limit},
    )
    from azora_tui.models.submissions import WaitingWork  # nobody who only reads a lesson needs it

    return [
        WaitingWork(
            row.submission_id,
            row.course_id,
            row.course_title,
            row.lesson_id,
            row.lesson_title,
            row.learner,
            task_from_json(row.task_key, row.task).title,
            row.version,
            from_text(row.handed_in_at),
        )
        for row in found
    ]


def count_waiting(transaction: Transaction, user_id: int | None) -> int:
    """How much `waiting` would list without a limit."""
    number: int = value(
        transaction,
        f"SELECT COUNT(*) {_WAITING}{'' if user_id is None else _TAUGHT}",
        {"user_id": user_id},
    )
    return number


def _my_task(row: Any, lesson_number: int | None) -> MyTask:
    from azora_tui.models.submissions import MyTask

    return MyTask(
        row.course_id,
        row.course_title,
        row.lesson_id,
        row.lesson_title,
        lesson_number,
        task_from_json(row.task_key, row.content),
        state_of(row),
        unread=bool(row.unread),
    )
