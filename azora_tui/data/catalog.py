"""Statements on the catalog: pages of courses, filtered and in order."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from azora_tui.data import course_rules, dialect
from azora_tui.data.transaction import rows, value
from azora_tui.models.catalog import CatalogFilter, CatalogSort, CourseSummary
from azora_tui.models.enrollments import EnrollmentStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from azora_tui.data.transaction import Transaction

_ORDER = {
    CatalogSort.TITLE: "courses.sort_title, courses.id",
    CatalogSort.NEWEST: "courses.created_at DESC, courses.id DESC",
    CatalogSort.POPULARITY: "courses.students DESC, courses.sort_title, courses.id",
}

_FEW = 2_000
"""Courses that are sooner looked at one by one than found by going through all in order."""

_FEW_A_ROW = 20
"""The same for each course that is wanted: the first of many that match are soon met on the way."""

_OWN = """FROM enrollments AS own
    WHERE own.course_id = courses.id AND own.user_id = :user_id AND own.status"""
_STATE = {
    CatalogFilter.ALL: "",
    CatalogFilter.NEW: f"AND NOT EXISTS (SELECT 1 {_OWN} <> 'left')",
    CatalogFilter.UNDER_WAY: f"AND EXISTS (SELECT 1 {_OWN} = 'active')",
    CatalogFilter.COMPLETED: f"AND EXISTS (SELECT 1 {_OWN} = 'completed')",
}


def page(
    transaction: Transaction,
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
        transaction, tuple(words), state, few=min(_FEW, _FEW_A_ROW * (offset + limit))
    )
    order = _ORDER[sort]
    found = rows(
        transaction,
        f"""
        WITH page AS (
            SELECT courses.id FROM {source} WHERE is_published = 1 {matches}
            ORDER BY {order} LIMIT :limit OFFSET :offset
        )
        SELECT courses.id, courses.title, courses.description, courses.instructor, courses.duration,
            courses.level, courses.lesson_count, courses.students, courses.seats, courses.opens, courses.closes,
            courses.enrollment_key IS NOT NULL AS needs_key,
            EXISTS (SELECT 1 FROM course_prerequisites WHERE course_id = courses.id) AS needs_others,
            enrollments.status,
            CASE WHEN courses.required_count > 0 THEN enrollments.progress END AS progress
        FROM page
        JOIN courses ON courses.id = page.id
        LEFT JOIN enrollments ON enrollments.user_id = :user_id AND enrollments.course_id = courses.id
        ORDER BY {order}
        """,  # noqa: S608  # only our own words
        {**parameters, "user_id": user_id, "limit": limit, "offset": offset},
    )
    return [
        CourseSummary(
            id=row.id,
            title=row.title,
            description=row.description,
            instructor=row.instructor,
            duration=row.duration,
            level=row.level,
            lesson_count=row.lesson_count,
            students=row.students,
            status=EnrollmentStatus(row.status) if row.status else None,
            progress=row.progress,
            seats=row.seats,
            opens=date.fromisoformat(row.opens) if row.opens else None,
            closes=date.fromisoformat(row.closes) if row.closes else None,
            needs_key=bool(row.needs_key),
            needs=course_rules.prerequisite_names(transaction, row.id) if row.needs_others else (),
        )
        for row in found
    ]


def count(transaction: Transaction, *, user_id: int, words: Iterable[str], state: CatalogFilter) -> int:
    """How many published courses `page` would list without a limit."""
    source, matches, parameters = _matches(transaction, tuple(words), state, few=_FEW)
    count: int = value(
        transaction,
        f"SELECT COUNT(*) FROM {source} WHERE is_published = 1 {matches}",  # noqa: S608  # only our own words
        {**parameters, "user_id": user_id},
    )
    return count


def _matches(
    transaction: Transaction, words: Sequence[str], state: CatalogFilter, *, few: int
) -> tuple[str, str, dict[str, str]]:
    """What to select from, the conditions, and their parameters: of few courses, told by the index of letters, each
    is looked at; of many, the ordered scan soon has enough."""
    parameters = {f"word{number}": f"%{_literal(word)}%" for number, word in enumerate(words)}
    clauses = [f"AND search_text LIKE :{name} ESCAPE '\\'" for name in parameters]
    source = "courses"
    if (found := dialect.courses_holding(transaction, words, few)) is not None:
        source = dialect.ONLY_FOUND_COURSES
        parameters["found"] = json.dumps(found)
    return source, " ".join([*clauses, _STATE[state]]), parameters


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
