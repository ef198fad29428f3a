"""What a course allows, and who teaches it. Days are those where whoever asks is; both ends of a window are in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple, TypedDict

MAX_KEY_LENGTH = 100
"""Characters of a key; it is read out to a class."""


class CourseState(Enum):
    """Who sees a course: in the catalog is only what is published."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class RuleChanges(TypedDict, total=False):
    """What is to be changed; what is not named stays, and None takes a rule away."""

    state: CourseState
    opens: date | None
    closes: date | None
    seats: int | None
    key: str | None
    prerequisites: tuple[str, ...]


class Teacher(NamedTuple):
    """Who teaches a course; `name` and `email` are empty where they have done nothing here yet."""

    user_id: int
    uuid: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class CourseRules:
    """Everything that a course allows, for who teaches it: the key, too. Prerequisites are slugs."""

    course_id: int
    title: str
    state: CourseState
    opens: date | None
    closes: date | None
    seats: int | None
    key: str | None = field(repr=False)
    prerequisites: tuple[str, ...]
    enrollment_open: bool
    students: int
    waiting: int
    teachers: tuple[Teacher, ...]

    @property
    def is_overfull(self) -> bool:
        return self.seats is not None and self.students > self.seats


class RulesSet(NamedTuple):
    """What came of a change: the rules as they are now, the names of those that are different, and how many learners
    have moved up from the waitlist."""

    rules: CourseRules
    changed: tuple[str, ...]
    moved_up: int


class TaughtCourse(NamedTuple):
    """A course as who teaches it finds it in a list."""

    id: int
    slug: str
    title: str
    state: CourseState
    students: int
    seats: int | None
    waiting: int
