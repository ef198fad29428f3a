"""My learning and Home where the file holds many people's enrollments."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

from azora_tui.lms import enrolling, home, reading
from azora_tui.lms.catalog import detail
from azora_tui.lms.service import Lms, open_lms
from azora_tui.models.accounts import Claims
from benchmarks.rows import Result, Spec, result, side_by_side
from benchmarks.schools import Schools, add_courses

MY_LEARNING = Spec(
    "my-learning",
    "my courses and counts, {many:,} enrollments in the file",
    "the same with {few:,}",
    1.2,
)
HOME = Spec("home", "all of Home, {many:,} enrollments in the file", "the same with {few:,}", 1.2)

_COURSES = 500
_EACH = 20
"""Courses of one person."""

_FEW = 1_000
_CALLS = 30


def measure(schools: Schools, pairs: int, enrollments: int) -> list[Result]:
    small, large = (_school(schools, f"my-learning-{number}", number) for number in (_FEW, enrollments))
    rows = []
    for spec, read in ((MY_LEARNING, _my_learning), (HOME, _home)):
        measured = side_by_side(partial(_milliseconds, read, *large), partial(_milliseconds, read, *small), pairs * 2)
        filled = Spec(spec.name, spec.what.format(many=enrollments), spec.against.format(few=_FEW), spec.target)
        rows.append(result(filled, measured))
    for lms, _ in (small, large):
        lms.database.close()
    return rows


def _school(schools: Schools, name: str, number: int) -> tuple[Lms, Claims]:
    """A learner of twenty courses among others of as many."""
    paths, claims = schools.small_catalog(name)
    lms = open_lms(paths)
    add_courses(lms, _COURSES)
    with lms.database.write() as connection:
        numbers = {"number": number, "each": _EACH, "courses": _COURSES, "me": claims.user_id}
        for statement in (_OTHERS, _OTHERS_EVENTS, _NUMBERS_TAKEN, _OTHERS_MINUTES):
            connection.execute(statement, numbers)
    for course in range(_EACH):
        enrolling.enroll(lms, claims, 10 + course)
        for lesson in detail(lms, claims, 10 + course).lessons:
            reading.complete_lesson(lms, claims, lesson.id, minutes=20)
    return lms, claims


_OTHERS = """
    WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :number)
    INSERT INTO enrollments (uuid, user_id, course_id, progress, enrolled_at, last_accessed_at,
        enrolled_on, silent_from)
    SELECT 'other-' || n, :me + 1 + n / :each,
        1 + (n / :each * 7 + n % :each) % :courses, n % 100, '2026-10-01 08:00:00',
        '2026-11-01 08:00:00', '2026-10-01', '2026-11-15 00:00:00'
    FROM numbers
"""

_OTHERS_EVENTS = """
    INSERT INTO events (id, kind, user_id, course_id, course, at, payload, machine_id, number)
    SELECT 'other-' || enrollments.id, 'course_completed', user_id, course_id, slug, '2026-11-01 08:00:00', '{}',
        (SELECT MIN(id) FROM machines),
        (SELECT MAX(number) FROM events) + row_number() OVER (ORDER BY enrollments.id)
    FROM enrollments JOIN courses ON courses.id = course_id WHERE user_id > :me
"""

_NUMBERS_TAKEN = """
    UPDATE machines SET last_number = (SELECT MAX(number) FROM events WHERE machine_id = machines.id)
    WHERE id = (SELECT MIN(id) FROM machines)
"""

_OTHERS_MINUTES = """
    INSERT INTO minutes_spent (uuid, user_id, lesson_id, minutes, at)
    SELECT 'other-' || id, user_id,
        (SELECT MIN(id) FROM lessons), 20, '2026-11-01 08:00:00' FROM enrollments WHERE user_id > :me
"""


def _my_learning(lms: Lms, claims: Claims) -> None:
    enrolling.my_learning(lms, claims)
    enrolling.my_courses(lms, claims)


def _home(lms: Lms, claims: Claims) -> None:
    home.page(lms, claims)


def _milliseconds(read: Callable[[Lms, Claims], None], lms: Lms, claims: Claims) -> float:
    return _seconds(lambda: read(lms, claims)) * 1000 / _CALLS


def _seconds(work: Callable[[], None]) -> float:
    start = perf_counter()
    for _ in range(_CALLS):
        work()
    return perf_counter() - start
