"""All that is counted for who teaches, as it is kept and as it is counted anew: the two have to be equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azora_tui.data.transaction import rows

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction

Counted = dict[str, list[tuple[Any, ...]]]
"""Rows in order, by what they count."""

_STORED = {
    "lessons": "SELECT lesson_id, opened, completed FROM lesson_figures WHERE opened + completed > 0",
    "minutes": "SELECT lesson_id, minutes, learners FROM lesson_minutes WHERE learners > 0",
    "quizzes": "SELECT enrollment_id, lesson_id, course_id, attempts, failed, best, passed, last_finished_at"
    " FROM quiz_standings",
    "answers": "SELECT lesson_id, question_id, answered, answered_right FROM question_figures WHERE answered > 0",
    "attempts": "SELECT lesson_id, question_id, attempts, right_sum, rest_sum, rest_squares, right_rest"
    " FROM question_figures WHERE attempts > 0",
    "cohorts": "SELECT course_id, cohort, week, learners FROM cohort_weeks WHERE learners > 0",
}
_COUNTED = {
    "lessons": """
        SELECT lesson_id, COUNT(opened_at), SUM(completed) FROM lesson_progress GROUP BY lesson_id
        HAVING COUNT(opened_at) + SUM(completed) > 0
    """,
    "minutes": """
        SELECT lesson_id, time_spent_minutes, COUNT(*) FROM lesson_progress WHERE time_spent_minutes > 0
        GROUP BY lesson_id, time_spent_minutes
    """,
    "quizzes": """
        SELECT tries.enrollment_id, tries.lesson_id, enrollments.course_id, COUNT(*),
            SUM(CASE WHEN tries.number > COALESCE(last_pass, 0) THEN 1 ELSE 0 END), MAX(score), MAX(passed),
            MAX(finished_at)
        FROM (
            SELECT *,
                MAX(CASE WHEN passed = 1 THEN number END) OVER (PARTITION BY enrollment_id, lesson_id) AS last_pass
            FROM (
                SELECT *, id AS number, CASE WHEN score >= pass_percent THEN 1 ELSE 0 END AS passed
                FROM attempts WHERE finished_at IS NOT NULL
            ) AS finished
        ) AS tries
        JOIN enrollments ON enrollments.id = tries.enrollment_id
        GROUP BY tries.enrollment_id, tries.lesson_id, enrollments.course_id
    """,
    "answers": """
        SELECT lesson_id, question_id, COUNT(*), SUM(correct) FROM (
            SELECT attempts.lesson_id, answers.question_id, answers.correct, ROW_NUMBER() OVER (
                PARTITION BY attempts.enrollment_id, attempts.lesson_id, answers.question_id ORDER BY answers.id
            ) AS nth
            FROM answers JOIN attempts ON attempts.id = answers.attempt_id
        ) AS every WHERE nth = 1 GROUP BY lesson_id, question_id
    """,
    "attempts": """
        SELECT lesson_id, question_id, COUNT(*), SUM(correct), SUM(rest), SUM(rest * rest), SUM(correct * rest)
        FROM (
            SELECT firsts.lesson_id, answers.question_id, answers.correct,
                SUM(answers.correct) OVER (PARTITION BY firsts.id) - answers.correct AS rest
            FROM (
                SELECT id, lesson_id, ROW_NUMBER() OVER (PARTITION BY enrollment_id, lesson_id ORDER BY id) AS nth
                FROM attempts WHERE finished_at IS NOT NULL
            ) AS firsts
            JOIN answers ON answers.attempt_id = firsts.id
            WHERE firsts.nth = 1
        ) AS each_one GROUP BY lesson_id, question_id
    """,
    "cohorts": """
        SELECT course_id, date(enrolled_on, '-6 days', 'weekday 1'), week, COUNT(*)
        FROM active_weeks JOIN enrollments ON enrollments.id = active_weeks.enrollment_id
        GROUP BY course_id, date(enrolled_on, '-6 days', 'weekday 1'), week
    """,
}


def stored(transaction: Transaction) -> Counted:
    """What is counted, as it is kept."""
    return _read(transaction, _STORED)


def counted(transaction: Transaction) -> Counted:
    """The same, counted anew from what learners did."""
    return _read(transaction, _COUNTED)


def _read(transaction: Transaction, statements: dict[str, str]) -> Counted:
    return {name: sorted(tuple(row) for row in transaction.execute(sql)) for name, sql in statements.items()}


def learning(transaction: Transaction) -> list[tuple[int, int, str, int | None]]:
    """(enrollment, course, when, UTC offset) of every deed that is learning, from events and from the review's log."""
    found = rows(
        transaction,
        """
        SELECT mine.id, mine.course_id, events.at, events.utc_offset FROM events
        JOIN enrollments AS mine ON mine.user_id = events.user_id AND mine.course_id = events.course_id
        WHERE events.kind IN (
            'opened', 'place_kept', 'completed', 'completed_again', 'quiz_started', 'quiz_resumed', 'hint_opened',
            'answered', 'quiz_finished', 'note_written', 'task_handed_in', 'completion_held'
        )
        UNION ALL
        SELECT mine.id, mine.course_id, log.at, log.utc_offset FROM review_log AS log
        JOIN lessons ON lessons.id = log.lesson_id
        JOIN enrollments AS mine ON mine.user_id = log.user_id AND mine.course_id = lessons.course_id
        WHERE log.given_in = 'review' AND log.rating IS NOT NULL
        """,
    )
    return [(row.id, row.course_id, row.at, row.utc_offset) for row in found]


def marks(transaction: Transaction) -> dict[int, tuple[str, str | None, str, list[int]]]:
    """By enrollment: the day on which it began, the last one of learning, from when its learner is silent, and the
    weeks in which they learned."""
    weeks: dict[int, list[int]] = {}
    for enrollment_id, week in transaction.execute("SELECT enrollment_id, week FROM active_weeks ORDER BY week"):
        weeks.setdefault(enrollment_id, []).append(week)
    found = rows(transaction, "SELECT id, enrolled_on, last_active_on, silent_from FROM enrollments")
    return {row.id: (row.enrolled_on, row.last_active_on, row.silent_from, weeks.get(row.id, [])) for row in found}
