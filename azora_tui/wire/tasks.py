"""The JSON of tasks, of what was handed in, and of answers: rows as in `wire`. Criteria are numbered from 1."""

from azora_tui.models.submissions import MyTask, Submission, TaskPage, WaitingWork, WorkToMark
from azora_tui.models.tasks import Task
from azora_tui.times import to_text
from azora_tui.wire.answers import Json, optional_time


def my_task(mine: MyTask) -> Json:
    return {
        "course_id": mine.course_id,
        "course_title": mine.course_title,
        "lesson_id": mine.lesson_id,
        "lesson_title": mine.lesson_title,
        "lesson_number": mine.lesson_number,
        "task": mine.task.id,
        "title": mine.task.title,
        "required": int(mine.task.required),
        "state": mine.state.value,
        "unread": int(mine.unread),
    }


def page(found: TaskPage) -> Json:
    return {
        "course_id": found.course_id,
        "course_title": found.course_title,
        "lesson_id": found.lesson_id,
        "lesson_title": found.lesson_title,
        **_task(found.task),
        "is_current": int(found.is_current),
        "state": found.state.value,
        "draft": found.draft,
        "versions": [submission(each) for each in found.versions],
    }


def submission(found: Submission) -> Json:
    answer = found.answer
    return {
        "id": found.id,
        "version": found.version,
        "text": found.text,
        "handed_in_at": to_text(found.handed_in_at),
        "answer": None
        if answer is None
        else {
            "by": answer.by,
            "accepted": int(answer.accepted),
            "ticked": list(answer.ticked),
            "words": answer.words,
            "answered_at": to_text(answer.answered_at),
            "read_at": optional_time(answer.read_at),
        },
    }


def waiting(work: WaitingWork) -> Json:
    return {
        "id": work.submission_id,
        "course_id": work.course_id,
        "course_title": work.course_title,
        "lesson_id": work.lesson_id,
        "lesson_title": work.lesson_title,
        "learner": work.learner,
        "title": work.task_title,
        "version": work.version,
        "handed_in_at": to_text(work.handed_in_at),
    }


def work(found: WorkToMark) -> Json:
    return {
        "course_id": found.course_id,
        "course_title": found.course_title,
        "lesson_title": found.lesson_title,
        "learner": found.learner,
        **_task(found.submission.task),
        "submission": submission(found.submission),
        "versions": [submission(each) for each in found.versions],
    }


def _task(task: Task) -> Json:
    return {
        "task": task.id,
        "title": task.title,
        "instruction": task.instruction,
        "criteria": [{"number": number, "text": text} for number, text in enumerate(task.criteria, 1)],
        "required": int(task.required),
    }
