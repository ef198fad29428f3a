"""Courses as their files hold them."""

from dataclasses import dataclass, field


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
    """A course as its files hold it, checked and cleaned.

    `opens` and `closes` are ISO days, both in the window. None of these, or no prerequisites: the files say nothing of
    it.
    """

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
    opens: str | None = None
    closes: str | None = None
    key: str | None = field(default=None, repr=False)
    state: str | None = None
