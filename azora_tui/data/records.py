"""Statements that read what is kept of learners, as a whole, to be compared with what their events say."""

import json
from typing import Any

import apsw

from azora_tui.models.events import AttemptRecord, EnrollmentRecord, LessonRecord, NoteRecord, Records


def stored(connection: apsw.Connection) -> Records:
    """All that the tables hold of what learners did."""
    return Records(
        enrollments=_enrollments(connection),
        waitlist=_waitlist(connection),
        attempts=_attempts(connection),
        minutes=_minutes(connection),
        rest_days=_rest_days(connection),
        notes=_notes(connection),
        students=_students(connection),
    )


def required_lessons(connection: apsw.Connection) -> dict[str, frozenset[str]]:
    """The lessons of each course that count for progress now."""
    found: dict[str, set[str]] = {}
    rows: Any = connection.execute(
        """
        SELECT courses.slug, lessons.slug FROM lessons JOIN courses ON courses.id = lessons.course_id
        WHERE lessons.is_published = 1 AND lessons.required = 1
        """
    )
    for course, lesson in rows:
        found.setdefault(course, set()).add(lesson)
    return {course: frozenset(lessons) for course, lessons in found.items()}


def adopted_students(connection: apsw.Connection) -> dict[str, int]:
    """How many learners each course has from original schools, which counted them in their own way."""
    rows: Any = connection.execute(
        """
        SELECT courses.slug, SUM(adopted_courses.students) FROM adopted_courses
        JOIN courses ON courses.id = adopted_courses.course_id GROUP BY courses.slug
        """
    )
    return {course: int(students) for course, students in rows if students}


def _enrollments(connection: apsw.Connection) -> dict[tuple[int, str], EnrollmentRecord]:
    found: dict[tuple[int, str], EnrollmentRecord] = {}
    rows: Any = connection.execute(
        """
        SELECT mine.user_id, courses.slug AS course, mine.uuid, mine.enrolled_at, mine.last_accessed_at, mine.status,
            mine.progress, mine.completed_at, mine.completed_version, last.slug AS last_lesson
        FROM enrollments AS mine
        JOIN courses ON courses.id = mine.course_id
        LEFT JOIN lessons AS last ON last.id = mine.last_lesson_id
        """
    )
    for user_id, course, *rest in rows:
        found[user_id, course] = EnrollmentRecord(*rest)
    rows = connection.execute(
        """
        SELECT enrollments.user_id, courses.slug AS course, lessons.slug AS lesson, mine.completed_at, mine.opened_at,
            mine.time_spent_minutes, mine.position
        FROM lesson_progress AS mine
        JOIN enrollments ON enrollments.id = mine.enrollment_id
        JOIN courses ON courses.id = enrollments.course_id
        JOIN lessons ON lessons.id = mine.lesson_id
        """
    )
    for user_id, course, lesson, *rest in rows:
        found[user_id, course].lessons[lesson] = LessonRecord(*rest)
    return found


def _waitlist(connection: apsw.Connection) -> dict[tuple[int, str], tuple[str, str]]:
    rows: Any = connection.execute(
        """
        SELECT user_id, courses.slug, uuid, joined_at FROM waitlist
        JOIN courses ON courses.id = waitlist.course_id
        """
    )
    return {(user_id, course): (uuid, joined_at) for user_id, course, uuid, joined_at in rows}


def _attempts(connection: apsw.Connection) -> dict[str, AttemptRecord]:
    found: dict[str, AttemptRecord] = {}
    rows: Any = connection.execute(
        """
        SELECT attempts.uuid, enrollments.user_id, courses.slug AS course, lessons.slug AS lesson, course_version,
            pass_percent, questions, started_at, finished_at, score
        FROM attempts
        JOIN enrollments ON enrollments.id = attempts.enrollment_id
        JOIN courses ON courses.id = enrollments.course_id
        JOIN lessons ON lessons.id = attempts.lesson_id
        """
    )
    for uuid, user_id, course, lesson, version, pass_percent, questions, *rest in rows:
        found[uuid] = AttemptRecord(user_id, course, lesson, version, pass_percent, json.loads(questions), *rest)
    rows = connection.execute(
        """
        SELECT attempts.uuid AS attempt, question_id, answers.uuid, given, correct, hint_used, answered_at
        FROM answers JOIN attempts ON attempts.id = answers.attempt_id
        """
    )
    for attempt, question, uuid, given, correct, hint_used, at in rows:
        found[attempt].answers[question] = (uuid, json.loads(given), bool(correct), bool(hint_used), at)
    return found


def _minutes(connection: apsw.Connection) -> dict[str, tuple[int, str, str, int, str]]:
    rows: Any = connection.execute(
        """
        SELECT uuid, user_id, courses.slug, lessons.slug, minutes, at FROM minutes_spent
        JOIN lessons ON lessons.id = minutes_spent.lesson_id
        JOIN courses ON courses.id = lessons.course_id
        """
    )
    return {uuid: (user_id, course, lesson, minutes, at) for uuid, user_id, course, lesson, minutes, at in rows}


def _rest_days(connection: apsw.Connection) -> dict[str, tuple[int, int, str]]:
    rows: Any = connection.execute("SELECT uuid, user_id, weekdays, chosen_at FROM rest_days")
    return {uuid: (user_id, weekdays, at) for uuid, user_id, weekdays, at in rows}


def _notes(connection: apsw.Connection) -> dict[str, NoteRecord]:
    rows: Any = connection.execute(
        """
        SELECT uuid, user_id, courses.slug, lessons.slug, digest, quote, position, text, notes.created_at,
            notes.updated_at, deleted_at
        FROM notes
        JOIN courses ON courses.id = notes.course_id
        JOIN lessons ON lessons.id = notes.lesson_id
        """
    )
    return {uuid: NoteRecord(*rest) for uuid, *rest in rows}


def _students(connection: apsw.Connection) -> dict[str, int]:
    rows: Any = connection.execute("SELECT slug, students FROM courses WHERE students > 0")
    return dict(rows)
