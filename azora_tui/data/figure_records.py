"""All that is counted for who teaches, as it is kept and as it is counted anew: the two have to be equal."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
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
        SELECT lesson_id, COUNT(opened_at), COUNT(CASE WHEN completed = 1 THEN 1 END) FROM lesson_progress
        GROUP BY lesson_id HAVING COUNT(opened_at) > 0 OR COUNT(CASE WHEN completed = 1 THEN 1 END) > 0
    """,
    "minutes": """
        SELECT lesson_id, time_spent_minutes, COUNT(*) FROM lesson_progress WHERE time_spent_minutes > 0
        GROUP BY lesson_id, time_spent_minutes
    """,
    "quizzes": """
        SELECT tries.enrollment_id, tries.lesson_id, enrollments.course_id, COUNT(*),
            COUNT(CASE WHEN tries.id > COALESCE(last_pass, 0) THEN 1 END), MAX(score),
            CASE WHEN MAX(last_pass) IS NULL THEN 0 ELSE 1 END, MAX(finished_at)
        FROM (
            SELECT *, MAX(CASE WHEN score >= pass_percent THEN id END)
                OVER (PARTITION BY enrollment_id, lesson_id) AS last_pass
            FROM attempts WHERE finished_at IS NOT NULL
        ) AS tries
        JOIN enrollments ON enrollments.id = tries.enrollment_id
        GROUP BY tries.enrollment_id, tries.lesson_id, enrollments.course_id
    """,
    "answers": """
        SELECT lesson_id, question_id, COUNT(*), COUNT(CASE WHEN correct = 1 THEN 1 END) FROM (
            SELECT attempts.lesson_id, answers.question_id, answers.correct, ROW_NUMBER() OVER (
                PARTITION BY attempts.enrollment_id, attempts.lesson_id, answers.question_id ORDER BY answers.id
            ) AS nth
            FROM answers JOIN attempts ON attempts.id = answers.attempt_id
        ) AS every WHERE nth = 1 GROUP BY lesson_id, question_id
    """,
}
_FIRST_ATTEMPTS = """
    SELECT firsts.id, firsts.lesson_id, answers.question_id, answers.correct
    FROM (
        SELECT id, lesson_id, ROW_NUMBER() OVER (PARTITION BY enrollment_id, lesson_id ORDER BY id) AS nth
        FROM attempts WHERE finished_at IS NOT NULL
    ) AS firsts
    JOIN answers ON answers.attempt_id = firsts.id
    WHERE firsts.nth = 1
"""
_ACTIVE = """
    SELECT course_id, enrolled_on, week, COUNT(*) FROM active_weeks
    JOIN enrollments ON enrollments.id = active_weeks.enrollment_id GROUP BY course_id, enrolled_on, week
"""


def stored(transaction: Transaction) -> Counted:
    """What is counted, as it is kept."""
    return _read(transaction, _STORED)


def counted(transaction: Transaction) -> Counted:
    """The same, counted anew from what learners did."""
    return _read(transaction, _COUNTED) | {"attempts": _attempts(transaction), "cohorts": _cohorts(transaction)}


def _read(transaction: Transaction, statements: dict[str, str]) -> Counted:
    return {name: sorted(tuple(row) for row in transaction.execute(sql)) for name, sql in statements.items()}


def _attempts(transaction: Transaction) -> list[tuple[Any, ...]]:
    """(lesson, question, how many, right, then of the right ones in the rest: sum, sum of squares, sum where right)."""
    answers = list(transaction.execute(_FIRST_ATTEMPTS))
    right = Counter(attempt for attempt, _, _, correct in answers if correct)
    sums: dict[tuple[int, str], list[int]] = {}
    for attempt, lesson, question, correct in answers:
        rest = right[attempt] - correct
        mine = sums.setdefault((lesson, question), [0] * 5)
        for place, value in enumerate((1, correct, rest, rest * rest, correct * rest)):
            mine[place] += value
    return sorted((*key, *mine) for key, mine in sums.items())


def _cohorts(transaction: Transaction) -> list[tuple[Any, ...]]:
    learners: Counter[tuple[int, str, int]] = Counter()
    for course, enrolled_on, week, number in transaction.execute(_ACTIVE):
        day = date.fromisoformat(enrolled_on)
        learners[course, (day - timedelta(days=day.weekday())).isoformat(), week] += number
    return sorted((*key, number) for key, number in learners.items())


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
