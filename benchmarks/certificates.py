"""Completing a course, and with it issuing its certificate, where the log is long already."""

from dataclasses import replace
from functools import partial
from itertools import count
from time import perf_counter

from azora_tui.data import courses, credentials, lessons
from azora_tui.data.transaction import Transaction, rows, value
from azora_tui.lms import enrolling, reading
from azora_tui.lms.credentials import keys, log, merkle
from azora_tui.lms.service import Lms, open_lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.times import to_text
from benchmarks.rows import Result, Spec, result, side_by_side
from benchmarks.schools import Schools

LONG, SHORT = 100_000, 100
CERTIFICATES = Spec(
    "certificates",
    f"a last lesson with its certificate, {LONG:,} leaves in the log",
    f"the same at {SHORT} leaves",
    1.2,
)

_BATCH = 20
_SLUG = "certified"


def measure(schools: Schools, pairs: int) -> list[Result]:
    learners = count(2_000_000)
    schools_of = {leaves: _school(schools, f"certificates-{leaves}", leaves) for leaves in (LONG, SHORT)}
    long, short = (partial(_milliseconds, *schools_of[leaves], learners) for leaves in (LONG, SHORT))
    measured = side_by_side(long, short, pairs * 2)
    for lms, *_ in schools_of.values():
        lms.database.close()
    return [result(CERTIFICATES, measured)]


def _milliseconds(lms: Lms, claims: Claims, course_id: int, lesson_id: int, learners: "count[int]") -> float:
    those = [replace(claims, user_id=next(learners)) for _ in range(_BATCH)]
    for learner in those:
        enrolling.enroll(lms, learner, course_id)
    start = perf_counter()
    for learner in those:
        completion = reading.complete_lesson(lms, learner, lesson_id)
        assert completion.certificate is not None
    return (perf_counter() - start) * 1000 / _BATCH


def _school(schools: Schools, name: str, leaves: int) -> tuple[Lms, Claims, int, int]:
    """A course of one lesson, and a log of that many certificates of others."""
    paths, claims = schools.small_catalog(name)
    lms = open_lms(paths)
    now = to_text(lms.now())
    with lms.database.write() as connection:
        course_id = courses.save_course(connection, _COURSE, now)
        (lesson,) = _COURSE.lessons
        lessons.save_lesson(connection, lesson, course_id=course_id, order_index=1, lesson_id=None, now=now)
        courses.update_lesson_counts(connection, course_id)
        lesson_id: int = value(connection, "SELECT id FROM lessons WHERE course_id = :id", {"id": course_id})
        key = keys.signer(lms, connection)
        numbers = {"leaves": leaves, "course_id": course_id, "now": now, "key": key.id}
        connection.execute(_OTHERS, numbers)
        connection.execute(_THEIRS, numbers)
        _fill_log(lms, key, connection)
    return lms, claims, course_id, lesson_id


def _fill_log(lms: Lms, key: keys.Signer, connection: Transaction) -> None:
    nodes: dict[tuple[int, int], bytes] = {}
    own = rows(connection, "SELECT id, uuid FROM credentials ORDER BY id")
    for size, (number, uuid) in enumerate(own[:-1]):
        entry = f'{{"at":"2026-01-01T00:00:00Z","credential":"urn:uuid:{uuid}","type":"issued"}}'
        added = merkle.appended(lambda *at: nodes[at], size, entry.encode())
        nodes.update({(level, position): hash_ for level, position, hash_ in added})
        credentials.add_log_entry(connection, number=size, credential_id=number, entry=entry, nodes=added)
    log.append(lms, connection, key, [(own[-1][0], "{}")])


_OTHERS = """
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :leaves)
    INSERT INTO enrollments (uuid, user_id, course_id, progress, status, enrolled_at, last_accessed_at, completed_at,
        completed_version, enrolled_on, silent_from)
    SELECT 'other-' || n, 1000000 + n, :course_id, 100, 'completed', :now, :now, :now, '1.0.0', SUBSTR(:now, 1, 10),
        :now FROM numbers
"""
_THEIRS = """
    INSERT INTO credentials (uuid, enrollment_id, key_id, status_index, jwt, issued_at)
    SELECT 'other-' || id, id, :key, row_number() OVER (ORDER BY id) - 1, hex(zeroblob(1500)), :now
    FROM enrollments WHERE course_id = :course_id
"""
_COURSE = CourseSource(
    slug=_SLUG,
    title="Certified",
    version="1.0.0",
    language="en",
    licence="CC-BY-4.0",
    instructor="Naledi",
    duration="1 week",
    level="beginner",
    tags=(),
    description="One lesson.",
    outcomes=("You know the words.", "You can do it on your own."),
    prerequisites=(),
    seats=None,
    enrollment_open=True,
    lessons=(LessonSource("only", "The only one", 5, True, "", "Text."),),
)
