"""What who teaches waits for: a course of 100,000 enrolments against one of 1,000."""

from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms, open_lms
from azora_tui.lms.teaching import insights
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from benchmarks.rows import Pair, Result, Spec, result
from benchmarks.schools import Schools

_AGAINST = "the same with 1,000"
FIRST = Spec("teach-first", "first figure of the Monday page, 100,000 enrolments", _AGAINST, 1.5)
MONDAY = Spec("monday", "all of the Monday page, 100,000 enrolments", _AGAINST, 20)
COURSE = Spec("course-figures", "all figures of a course, 100,000 enrolments", _AGAINST, 20)

_LARGE, _SMALL = 100_000, 1_000
_LESSONS = 10
_QUIZ = (
    "::: quiz\n\nWhich? {{#q{0}a}}\n\noutcomes: 1\n\n- [x] this\n- [ ] that\n\n"
    "And which? {{#q{0}b}}\n\noutcomes: 2\n\n- [x] this\n- [ ] that\n\n:::\n"
)

# People enrolled over a year, a hundred and more a day, half of them silent; a tenth tried a quiz in vain.
_PEOPLE = """
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :number)
    INSERT INTO enrollments (uuid, user_id, course_id, progress, status, enrolled_at, last_accessed_at, completed_at,
        completed_version, last_lesson_id, enrolled_on, last_active_on, silent_from, days_taken)
    SELECT 'person-' || n, 1000 + n, :course, n % 100,
        CASE n % 10 WHEN 0 THEN 'completed' WHEN 1 THEN 'left' ELSE 'active' END,
        datetime(:now, -(n % 360) || ' days'), :now, CASE WHEN n % 10 = 0 THEN :now END,
        CASE WHEN n % 10 = 0 THEN '1' END, :first_lesson + n % 10, date(:now, -(n % 360) || ' days'),
        date(:now, -(n % 30) || ' days'), datetime(date(:now, -(n % 30) || ' days'), '+14 days'),
        CASE WHEN n % 10 = 0 THEN n % 97 END
    FROM numbers
"""
_NAMES = """
    INSERT INTO learners (user_id, uuid, name, email)
    SELECT user_id, uuid, 'Person ' || user_id, 'person' || user_id || '@example.org'
    FROM enrollments WHERE course_id = :course
"""
_STANDINGS = """
    INSERT INTO quiz_standings (enrollment_id, lesson_id, course_id, attempts, failed, best, passed, last_finished_at)
    SELECT id, :first_lesson + id % 3, course_id, 3, CASE WHEN id % 10 = 3 THEN 3 ELSE 0 END, 60, id % 10 <> 3, :now
    FROM enrollments WHERE course_id = :course
"""
_LESSON_FIGURES = """
    INSERT INTO lesson_figures (lesson_id, opened, completed)
    SELECT id, :number, :number / 2 FROM lessons WHERE course_id = :course
"""
_MINUTES = """
    WITH RECURSIVE minutes (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM minutes WHERE n < MIN(300, :number))
    INSERT INTO lesson_minutes (lesson_id, minutes, learners)
    SELECT id, n, 1 + :number / 300 FROM lessons CROSS JOIN minutes WHERE course_id = :course
"""
_COHORTS = """
    WITH RECURSIVE weeks (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM weeks WHERE n < 51)
    INSERT INTO cohort_weeks (course_id, cohort, week, learners)
    SELECT :course, date(:now, (-7 * weeks.n) || ' days', '-6 days', 'weekday 1'), later.n, :number / 52
    FROM weeks CROSS JOIN weeks AS later WHERE later.n <= weeks.n
"""
_QUESTIONS = """
    INSERT INTO question_figures (lesson_id, question_id, answered, answered_right, attempts, right_sum, rest_sum,
        rest_squares, right_rest)
    SELECT lesson_id, card_key, :number, :number / 2, :number, :number / 2, :number / 2, :number / 2, :number / 3
    FROM cards JOIN lessons ON lessons.id = cards.lesson_id WHERE course_id = :course
"""
_COUNT = "UPDATE courses SET students = :number - :number / 10 WHERE id = :course"


def measure(schools: Schools, pairs: int) -> list[Result]:
    large, small = _course(schools, "insights-large", _LARGE), _course(schools, "insights-small", _SMALL)
    rows = []
    for spec, work in ((FIRST, insights.head), (MONDAY, insights.monday), (COURSE, insights.course_figures)):
        rows.append(result(spec, _side_by_side(work, large, small, pairs * 2)))
    for lms, _, _ in (large, small):
        lms.database.close()
    return rows


_Taught = tuple[Lms, Claims, int]


def _side_by_side(work: Callable[..., object], large: _Taught, small: _Taught, pairs: int) -> list[Pair]:
    """Milliseconds of each, in turns; the first of each does not count."""
    measured = [(_milliseconds(work, large), _milliseconds(work, small)) for _ in range(pairs + 1)]
    return measured[1:]


def _milliseconds(work: Callable[..., object], taught: _Taught) -> float:
    start = perf_counter()
    work(*taught)
    return (perf_counter() - start) * 1_000


def _course(schools: Schools, name: str, number: int) -> _Taught:
    paths, claims = schools.small_catalog(name)
    lms = open_lms(paths)
    with lms.database.write() as transaction:
        course = install(lms, transaction, replace(_COURSE, slug=name))
        found = transaction.execute("SELECT MIN(id) FROM lessons WHERE course_id = :course", {"course": course})
        values = {
            "course": course,
            "number": number,
            "now": lms.now_text()[:19],
            "first_lesson": found.fetchone()[0],
        }
        for statement in (
            _PEOPLE, _NAMES, _STANDINGS, _LESSON_FIGURES, _MINUTES, _COHORTS, _QUESTIONS, _COUNT,
        ):  # fmt: skip
            transaction.execute(statement, values)
    return lms, claims, course


_COURSE = CourseSource(
    slug="",
    title="Knots and Ropes",
    version="1.0.0",
    language="en",
    licence="CC-BY-4.0",
    instructor="Naledi",
    duration="4 weeks",
    level="beginner",
    tags=(),
    description="Ten lessons, each with a quiz.",
    outcomes=("You can tie them.", "You can explain them."),
    prerequisites=(),
    seats=None,
    enrollment_open=True,
    lessons=tuple(
        LessonSource(f"lesson-{number}", f"Lesson {number}", 10, True, "", _QUIZ.format(number))
        for number in range(_LESSONS)
    ),
)
