"""Courses as the catalog lists them. Percents are whole numbers 0–100."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from azora_tui.models.enrollments import EnrollmentStatus


class CatalogSort(Enum):
    """How the catalog is ordered; the value is the word a person reads."""

    TITLE = "title"
    NEWEST = "newest"
    POPULARITY = "popularity"


class CatalogFilter(Enum):
    """Which courses the catalog lists, by the learner's own state; the value is the word a person reads."""

    ALL = "all"
    NEW = "new to you"
    UNDER_WAY = "under way"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class CourseSummary:
    """A course as the catalog lists it, with the asking learner's own state.

    `status` is None for who never enrolled; `progress` is None for a course without required lessons. `needs` are the
    titles of what is to be completed first.
    """

    id: int
    title: str
    description: str
    instructor: str
    duration: str
    level: str
    lesson_count: int
    students: int
    status: EnrollmentStatus | None
    progress: int | None
    seats: int | None
    opens: date | None
    closes: date | None
    needs_key: bool
    needs: tuple[str, ...]


class CatalogPage(NamedTuple):
    """Rows `offset … offset + len(courses)` of a filtered catalog."""

    offset: int
    courses: tuple[CourseSummary, ...]


class CatalogCount(NamedTuple):
    """How many published courses match a filter, of how many there are."""

    matching: int
    all: int
