"""Statements that read what is kept of learners, as a whole, to be compared with what their events say."""

import json

from azora_tui.data.transaction import Transaction, rows
from azora_tui.models.events import (
    AttemptRecord,
    EnrollmentRecord,
    LessonRecord,
    NoteRecord,
    Records,
    SubmissionRecord,
)


def stored(transaction: Transaction) -> Records:
    """All that the tables hold of what learners did."""
    return Records(
        enrollments=_enrollments(transaction),
        waitlist=_waitlist(transaction),
        attempts=_attempts(transaction),
        minutes=_minutes(transaction),
        rest_days=_rest_days(transaction),
        notes=_notes(transaction),
        submissions=_submissions(transaction),
        students=_students(transaction),
    )


def required_lessons(transaction: Transaction) -> dict[str, frozenset[str]]:
    """The lessons of each course that count for progress now."""
    found: dict[str, set[str]] = {}
    for row in rows(
        transaction,
        """
        SELECT courses.slug AS course, lessons.slug AS lesson
        FROM lessons JOIN courses ON courses.id = lessons.course_id
        WHERE lessons.is_published = 1 AND lessons.required = 1
        """,
    ):
        found.setdefault(row.course, set()).add(row.lesson)
    return {course: frozenset(lessons) for course, lessons in found.items()}


def adopted_students(transaction: Transaction) -> dict[str, int]:
    """How many learners each course has from original schools, which counted them in their own way."""
    found: dict[str, int] = {}
    for row in rows(
        transaction,
        """
        SELECT courses.slug AS course, adopted_courses.students FROM adopted_courses
        JOIN courses ON courses.id = adopted_courses.course_id
        """,
    ):
        found[row.course] = found.get(row.course, 0) + row.students
    return found


def _enrollments(transaction: Transaction) -> dict[tuple[int, str], EnrollmentRecord]:
    found: dict[tuple[int, str], EnrollmentRecord] = {}
    for row in rows(
        transaction,
        """
        SELECT mine.user_id, courses.slug AS course, mine.uuid, mine.enrolled_at, mine.last_accessed_at, mine.status,
            mine.progress, mine.completed_at, mine.completed_version, last.slug AS last_lesson
        FROM enrollments AS mine
        JOIN courses ON courses.id = mine.course_id
        LEFT JOIN lessons AS last ON last.id = mine.last_lesson_id
        """,
    ):
        values = row._asdict()
        key = values.pop("user_id"), values.pop("course")
        found[key] = EnrollmentRecord(**values)
    for row in rows(
        transaction,
        """
        SELECT enrollments.user_id, courses.slug AS course, lessons.slug AS lesson, mine.completed_at, mine.opened_at,
            mine.time_spent_minutes AS minutes, mine.position, mine.said_done_at
        FROM lesson_progress AS mine
        JOIN enrollments ON enrollments.id = mine.enrollment_id
        JOIN courses ON courses.id = enrollments.course_id
        JOIN lessons ON lessons.id = mine.lesson_id
        """,
    ):
        values = row._asdict()
        lessons = found[values.pop("user_id"), values.pop("course")].lessons
        lesson = values.pop("lesson")
        lessons[lesson] = LessonRecord(**values)
    return found


def _waitlist(transaction: Transaction) -> dict[tuple[int, str], tuple[str, str]]:
    found = rows(
        transaction,
        """
        SELECT user_id, courses.slug AS course, uuid, joined_at
        FROM waitlist JOIN courses ON courses.id = waitlist.course_id
        """,
    )
    return {(row.user_id, row.course): (row.uuid, row.joined_at) for row in found}


def _attempts(transaction: Transaction) -> dict[str, AttemptRecord]:
    found: dict[str, AttemptRecord] = {}
    for row in rows(
        transaction,
        """
        SELECT attempts.uuid, enrollments.user_id, courses.slug AS course, lessons.slug AS lesson,
            course_version AS version, pass_percent, questions, started_at, finished_at, score, utc_offset
        FROM attempts
        JOIN enrollments ON enrollments.id = attempts.enrollment_id
        JOIN courses ON courses.id = enrollments.course_id
        JOIN lessons ON lessons.id = attempts.lesson_id
        """,
    ):
        values = {**row._asdict(), "questions": json.loads(row.questions)}
        uuid = values.pop("uuid")
        found[uuid] = AttemptRecord(**values)
    for row in rows(
        transaction,
        """
        SELECT attempts.uuid AS attempt, question_id, answers.uuid, given, correct, hint_used, answered_at
        FROM answers JOIN attempts ON attempts.id = answers.attempt_id
        """,
    ):
        answer = row.uuid, json.loads(row.given), bool(row.correct), bool(row.hint_used), row.answered_at
        found[row.attempt].answers[row.question_id] = answer
    for row in rows(
        transaction,
        """
        SELECT attempts.uuid AS attempt, question_id, hints_opened.uuid, opened_at
        FROM hints_opened JOIN attempts ON attempts.id = hints_opened.attempt_id
        """,
    ):
        found[row.attempt].hints[row.question_id] = row.uuid, row.opened_at
    return found


def _minutes(transaction: Transaction) -> dict[str, tuple[int, str, str, int, str, int | None]]:
    found = rows(
        transaction,
        """
        SELECT uuid, user_id, courses.slug AS course, lessons.slug AS lesson, minutes, at, utc_offset FROM minutes_spent
        JOIN lessons ON lessons.id = minutes_spent.lesson_id
        JOIN courses ON courses.id = lessons.course_id
        """,
    )
    return {row.uuid: (row.user_id, row.course, row.lesson, row.minutes, row.at, row.utc_offset) for row in found}


def _rest_days(transaction: Transaction) -> dict[str, tuple[int, int, str]]:
    found = rows(transaction, "SELECT uuid, user_id, weekdays, chosen_at FROM rest_days")
    return {row.uuid: (row.user_id, row.weekdays, row.chosen_at) for row in found}


def _notes(transaction: Transaction) -> dict[str, NoteRecord]:
    found: dict[str, NoteRecord] = {}
    for row in rows(
        transaction,
        """
        SELECT uuid, user_id, courses.slug AS course, lessons.slug AS lesson, digest, quote, position, text,
            notes.created_at, notes.updated_at, deleted_at, utc_offset
        FROM notes
        JOIN courses ON courses.id = notes.course_id
        JOIN lessons ON lessons.id = notes.lesson_id
        """,
    ):
        values = row._asdict()
        uuid = values.pop("uuid")
        found[uuid] = NoteRecord(**values)
    return found


def _submissions(transaction: Transaction) -> dict[str, SubmissionRecord]:
    found: dict[str, SubmissionRecord] = {}
    for row in rows(
        transaction,
        """
        SELECT submissions.uuid, enrollments.user_id, courses.slug AS course, lessons.slug AS lesson,
            submissions.task_key AS task_id, submissions.version, course_version, task, text, handed_in_at, utc_offset,
            answer.uuid AS answer, answer.user_id AS answered_by, accepted, ticked, words, answered_at, read_at
        FROM submissions
        JOIN enrollments ON enrollments.id = submissions.enrollment_id
        JOIN courses ON courses.id = submissions.course_id
        JOIN lessons ON lessons.id = submissions.lesson_id
        LEFT JOIN task_answers AS answer ON answer.submission_id = submissions.id
        """,
    ):
        answer = None
        if row.answer is not None:
            ticked = json.loads(row.ticked)
            answer = row.answer, row.answered_by, bool(row.accepted), ticked, row.words, row.answered_at
        found[row.uuid] = SubmissionRecord(
            user_id=row.user_id,
            course=row.course,
            lesson=row.lesson,
            task_id=row.task_id,
            version=row.version,
            course_version=row.course_version,
            task=json.loads(row.task),
            text=row.text,
            handed_in_at=row.handed_in_at,
            utc_offset=row.utc_offset,
            answer=answer,
            read_at=row.read_at,
        )
    return found


def _students(transaction: Transaction) -> dict[str, int]:
    found = rows(transaction, "SELECT slug, students FROM courses WHERE students > 0")
    return {row.slug: row.students for row in found}
