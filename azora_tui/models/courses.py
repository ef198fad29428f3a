"""Courses: as the catalog lists them, as their own page shows them, as their files hold them.

Times are aware UTC datetimes; percents are whole numbers 0–100.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from azora_tui.models.enrollments import Enrollment, EnrollmentStatus, EnrollResult
from azora_tui.models.progress import LessonState


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

    `status` is None for who never enrolled; `progress` is None for a course without required lessons.
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


@dataclass(frozen=True, slots=True)
class CatalogPage:
    """Rows `offset … offset + len(courses)` of a filtered catalog."""

    offset: int
    courses: tuple[CourseSummary, ...]


@dataclass(frozen=True, slots=True)
class CatalogCount:
    """How many published courses match a filter, of how many there are."""

    matching: int
    all: int


@dataclass(frozen=True, slots=True)
class Course:
    """Everything that belongs to one course, apart from who asks."""

    id: int
    slug: str
    title: str
    description: str
    instructor: str
    duration: str
    level: str
    language: str
    licence: str
    version: str
    tags: tuple[str, ...]
    outcomes: tuple[str, ...]
    students: int
    seats: int | None
    enrollment_open: bool
    is_published: bool
    created_at: datetime
    lesson_count: int


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """A course to complete first; `title` is None when no course with that slug is installed."""

    slug: str
    course_id: int | None
    title: str | None
    completed: bool


@dataclass(frozen=True, slots=True)
class CourseDetail:
    """A course's own page for one learner; `next_lesson_id` is the lesson to go on with, for who is or was enrolled.

    `refusal` is what enrolling would come to now, where the learner is not enrolled and could not be.
    """

    course: Course
    lessons: tuple[LessonState, ...]
    prerequisites: tuple[Prerequisite, ...]
    enrollment: Enrollment | None
    waitlist_place: int | None
    next_lesson_id: int | None
    refusal: EnrollResult | None

    @property
    def enrolled(self) -> bool:
        return self.enrollment is not None and self.enrollment.status is not EnrollmentStatus.LEFT


@dataclass(frozen=True, slots=True)
class LessonSource:
    """A lesson as an author wrote it; `id` is unique in its course and never changes."""

    id: str
    title: str
    minutes: int
    required: bool
    section: str
    content: str


@dataclass(frozen=True, slots=True)
class CourseSource:
    """A course as its files hold it, checked and cleaned."""

    slug: str
    title: str
    version: str
    language: str
    licence: str
    instructor: str
    duration: str
    level: str
    tags: tuple[str, ...]
    description: str
    outcomes: tuple[str, ...]
    prerequisites: tuple[str, ...]
    seats: int | None
    enrollment_open: bool
    lessons: tuple[LessonSource, ...]
