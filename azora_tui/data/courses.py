"""Statements on courses and their prerequisites: the catalog, one course, and installing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import apsw

from azora_tui.data import dialect
from azora_tui.models.catalog import CatalogFilter, CatalogSort, CourseSummary
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.text import fold
from azora_tui.times import from_text

if TYPE_CHECKING:
    from azora_tui.models.course_sources import CourseSource
    from azora_tui.models.courses import Course, Prerequisite

_ORDER = {
    CatalogSort.TITLE: "courses.sort_title, courses.id",
    CatalogSort.NEWEST: "courses.created_at DESC, courses.id DESC",
    CatalogSort.POPULARITY: "courses.students DESC, courses.sort_title, courses.id",
}

_FEW = 2_000
"""Courses that are sooner looked at one by one than found by going through all in order."""

_FEW_A_ROW = 20
"""The same for each course that is wanted: the first of many that match are soon met on the way."""

# What an id can be at most; a greater number from outside is simply nobody's.
MAX_ID = 2**63 - 1

_OWN = """FROM enrollments AS own
    WHERE own.course_id = courses.id AND own.user_id = :user_id AND own.status"""
_STATE = {
    CatalogFilter.ALL: "",
    CatalogFilter.NEW: f"AND NOT EXISTS (SELECT 1 {_OWN} <> 'left')",
    CatalogFilter.UNDER_WAY: f"AND EXISTS (SELECT 1 {_OWN} = 'active')",
    CatalogFilter.COMPLETED: f"AND EXISTS (SELECT 1 {_OWN} = 'completed')",
}

_COURSE = """
    SELECT id, slug, title, description, instructor, duration, level, language, licence, version, tags,
        outcomes,
        students, seats, enrollment_open, is_published, created_at, lesson_count
    FROM courses
"""


def catalog_page(
    connection: apsw.Connection,
    *,
    user_id: int,
    words: Iterable[str],
    state: CatalogFilter,
    sort: CatalogSort,
    limit: int,
    offset: int,
) -> list[CourseSummary]:
    """Published courses whose search text holds every one of the folded `words`, in order, with the
    learner's state."""
    source, matches, parameters = _matches(
        connection, tuple(words), state, few=min(_FEW, _FEW_A_ROW * (offset + limit))
    )
    order = _ORDER[sort]
    rows = connection.execute(
        f"""
        WITH page AS (
            SELECT courses.id FROM {source} WHERE is_published = 1 {matches}
            ORDER BY {order} LIMIT :limit OFFSET :offset
        )
        SELECT courses.id, courses.title, courses.description, courses.instructor, courses.duration,
            courses.level, courses.lesson_count, courses.students, enrollments.status, enrollments.progress,
            courses.required_count
        FROM page
        JOIN courses ON courses.id = page.id
        LEFT JOIN enrollments ON enrollments.user_id = :user_id AND enrollments.course_id = courses.id
        ORDER BY {order}
        """,  # noqa: S608  # only our own words
        {**parameters, "user_id": user_id, "limit": limit, "offset": offset},
    )
    return [
        CourseSummary(*(*row[:8], EnrollmentStatus(row[8]) if row[8] else None, row[9] if row[10] else None))
        for row in rows
    ]


def catalog_count(connection: apsw.Connection, *, user_id: int, words: Iterable[str], state: CatalogFilter) -> int:
    """How many published courses `catalog_page` would list without a limit."""
    source, matches, parameters = _matches(connection, tuple(words), state, few=_FEW)
    count: int = connection.execute(
        f"SELECT COUNT(*) FROM {source} WHERE is_published = 1 {matches}",  # noqa: S608  # only our own words
        {**parameters, "user_id": user_id},
    ).get
    return count


def course_by_id(connection: apsw.Connection, course_id: int) -> Course | None:
    if not 0 < course_id <= MAX_ID:
        return None
    return _one(connection.execute(_COURSE + "WHERE id = :id", {"id": course_id}).fetchone())


def course_by_slug(connection: apsw.Connection, slug: str) -> Course | None:
    return _one(connection.execute(_COURSE + "WHERE slug = :slug", {"slug": slug}).fetchone())


def courses_by_ids(connection: apsw.Connection, ids: Iterable[int]) -> dict[int, Course]:
    """The courses that have one of these ids, by id; at most some thousands at once."""
    numbers = {f"id{place}": id_ for place, id_ in enumerate(ids)}
    rows = connection.execute(f"{_COURSE} WHERE id IN ({', '.join(f':{name}' for name in numbers)})", numbers)
    return {course.id: course for row in rows if (course := _one(row))}


def prerequisites(connection: apsw.Connection, *, course_id: int, user_id: int) -> tuple[Prerequisite, ...]:
    """The courses to complete first; one that the learner ever completed counts, even after leaving it."""
    from azora_tui.models.courses import Prerequisite

    rows = connection.execute(
        """
        SELECT needed.prerequisite_slug, courses.id, courses.title, enrollments.completed_at IS NOT NULL
        FROM course_prerequisites AS needed
        LEFT JOIN courses ON courses.slug = needed.prerequisite_slug
        LEFT JOIN enrollments ON enrollments.course_id = courses.id AND enrollments.user_id = :user_id
        WHERE needed.course_id = :course_id
        ORDER BY needed.prerequisite_slug
        """,
        {"course_id": course_id, "user_id": user_id},
    )
    return tuple(Prerequisite(slug, id_, title, bool(completed)) for slug, id_, title, completed in rows)


def add_students(connection: apsw.Connection, course_id: int, change: int) -> None:
    connection.execute(
        "UPDATE courses SET students = students + :change WHERE id = :id", {"id": course_id, "change": change}
    )


def save_course(connection: apsw.Connection, source: CourseSource, now: str, *, course_id: int | None = None) -> int:
    """Insert the course or bring the one with its slug up to date; returns its id, without its lessons.

    A new one gets `course_id` where that is given; it has to be free.
    """
    saved_id: int = connection.execute(
        """
        INSERT INTO courses (id, title, description, instructor, duration, created_at, slug, version, language,
            licence, level, tags, outcomes, seats, enrollment_open, sort_title, search_text, updated_at)
        VALUES (:id, :title, :description, :instructor, :duration, :now, :slug, :version, :language, :licence,
            :level, :tags, :outcomes, :seats, :enrollment_open, :sort_title, :search_text, :now)
        ON CONFLICT (slug) DO UPDATE SET title = excluded.title, description = excluded.description,
            instructor = excluded.instructor, duration = excluded.duration, version = excluded.version,
            language = excluded.language, licence = excluded.licence, level = excluded.level,
            tags = excluded.tags, outcomes = excluded.outcomes, seats = excluded.seats,
            enrollment_open = excluded.enrollment_open, sort_title = excluded.sort_title,
            search_text = excluded.search_text, updated_at = excluded.updated_at
        RETURNING id
        """,
        {
            "id": course_id,
            "title": source.title,
            "description": source.description,
            "instructor": source.instructor,
            "duration": source.duration,
            "slug": source.slug,
            "version": source.version,
            "language": source.language,
            "licence": source.licence,
            "level": source.level,
            "tags": json.dumps(source.tags, ensure_ascii=False),
            "outcomes": json.dumps(source.outcomes, ensure_ascii=False),
            "seats": source.seats,
            "enrollment_open": int(source.enrollment_open),
            "sort_title": fold(source.title),
            "search_text": fold(" ".join((source.title, source.instructor, source.level, *source.tags))),
            "now": now,
        },
    ).get
    connection.execute("DELETE FROM course_prerequisites WHERE course_id = :id", {"id": saved_id})
    for slug in source.prerequisites:
        connection.execute(
            """
            INSERT INTO course_prerequisites (course_id, prerequisite_slug) VALUES (:id, :slug)
            ON CONFLICT DO NOTHING
            """,
            {"id": saved_id, "slug": slug},
        )
    return saved_id


def update_lesson_counts(connection: apsw.Connection, course_id: int) -> None:
    connection.execute(
        """
        UPDATE courses SET
            lesson_count = (SELECT COUNT(*) FROM lessons WHERE course_id = courses.id AND is_published = 1),
            required_count = (
                SELECT COUNT(*) FROM lessons
                WHERE course_id = courses.id AND is_published = 1 AND required = 1
            )
        WHERE id = :id
        """,
        {"id": course_id},
    )


def bundle_fingerprint(connection: apsw.Connection) -> str | None:
    fingerprint: str | None = connection.execute("SELECT fingerprint FROM bundle WHERE id = 1").get
    return fingerprint


def save_bundle_fingerprint(connection: apsw.Connection, fingerprint: str) -> None:
    connection.execute(
        """
        INSERT INTO bundle (id, fingerprint) VALUES (1, :fingerprint)
        ON CONFLICT (id) DO UPDATE SET fingerprint = excluded.fingerprint
        """,
        {"fingerprint": fingerprint},
    )


def _matches(
    connection: apsw.Connection, words: Sequence[str], state: CatalogFilter, *, few: int
) -> tuple[str, str, dict[str, str]]:
    """What to select from, the conditions, and their parameters: of few courses, told by the index of letters, each
    is looked at; of many, the ordered scan soon has enough."""
    parameters = {f"word{number}": f"%{_literal(word)}%" for number, word in enumerate(words)}
    clauses = [f"AND search_text LIKE :{name} ESCAPE '\\'" for name in parameters]
    source = "courses"
    if (found := dialect.courses_holding(connection, words, few)) is not None:
        source = dialect.ONLY_FOUND_COURSES
        parameters["found"] = json.dumps(found)
    return source, " ".join([*clauses, _STATE[state]]), parameters


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _one(row: tuple[Any, ...] | None) -> Course | None:
    if row is None:
        return None
    from azora_tui.models.courses import Course

    *head, tags, outcomes, students, seats, enrollment_open, is_published, created_at, lesson_count = row
    flags = bool(enrollment_open), bool(is_published)
    lists = tuple(json.loads(tags)), tuple(json.loads(outcomes))
    return Course(*(*head, *lists, students, seats, *flags, from_text(created_at), lesson_count))
