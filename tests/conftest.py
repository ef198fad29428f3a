"""What all tests share: one environment wherever they run, a school in a folder, and courses to put into
it."""

import locale
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

# Before Textual is imported, which reads them once.
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["TZ"] = "UTC"
os.environ["LC_ALL"] = "C.UTF-8"
for _name in ("NO_COLOR", "FORCE_COLOR", "AZORA_HOME"):
    os.environ.pop(_name, None)
time.tzset()
locale.setlocale(locale.LC_ALL, "C.UTF-8")

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from hypothesis.internal.conjecture import providers  # noqa: E402

from azora_tui.data import schema  # noqa: E402
from azora_tui.data.database import open_database  # noqa: E402
from azora_tui.lms.installing import install  # noqa: E402
from azora_tui.lms.service import Lms  # noqa: E402
from azora_tui.models.accounts import Claims  # noqa: E402
from azora_tui.models.course_sources import CourseSource, LessonSource  # noqa: E402
from azora_tui.paths import Paths  # noqa: E402
from tests.engine import sqlite  # noqa: E402

settings.register_profile(
    "azora", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("azora")
# Hypothesis would also draw constants out of those of our modules that are loaded, so that the examples of a test would
# depend on which tests ran before it.
if hasattr(providers, "_get_local_constants"):
    providers._get_local_constants = lambda: providers._local_constants

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that moves only when a test says so."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **parts: float) -> None:
        self.moment += timedelta(**parts)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A school's folder, made and empty."""
    made = Paths(tmp_path / "school")
    made.prepare()
    return made


@pytest.fixture
def lms(paths: Paths, clock: Clock) -> Iterator[Lms]:
    """The LMS Service over a new file, with a still clock and ids that count."""
    numbers = count(1)
    service = Lms(open_database(paths.lms_database, schema.LMS), clock, lambda: f"id-{next(numbers):06}")
    yield service
    service.database.close()


def claims_of(user_id: int = 1, **fields: object) -> Claims:
    values: dict[str, object] = {
        "user_id": user_id,
        "user_uuid": f"uuid-{user_id}",
        "email": f"learner{user_id}@example.org",
        "name": f"Learner {user_id}",
        "role": "learner",
        "session_id": f"session-{user_id}",
        "issued_at": NOW,
        "expires_at": NOW + timedelta(days=365),
    }
    return Claims(**{**values, **fields})  # type: ignore[arg-type]


def course_source(
    slug: str = "ubuntu", *, lessons: str = "one two three", optional: str = "", **fields: object
) -> CourseSource:
    values: dict[str, object] = {
        "slug": slug,
        "title": slug.title(),
        "version": "1.0.0",
        "language": "en",
        "licence": "CC-BY-4.0",
        "instructor": "Elara",
        "duration": "4 weeks",
        "level": "beginner",
        "tags": (),
        "description": f"About {slug}.",
        "outcomes": (),
        "prerequisites": (),
        "seats": None,
        "enrollment_open": True,
        "lessons": tuple(
            LessonSource(
                id=word,
                title=f"Lesson {word}",
                minutes=10,
                required=word not in optional.split(),
                section="All",
                content=f"Text of {word}.\n",
            )
            for word in lessons.split()
        ),
    }
    return CourseSource(**{**values, **fields})  # type: ignore[arg-type]


@pytest.fixture
def claims() -> Callable[..., Claims]:
    """`claims(2)`: the verified claims of learner 2, valid for a year; any field can be given."""
    return claims_of


@pytest.fixture
def make_course() -> Callable[..., CourseSource]:
    """`make_course("ethics", lessons="a b c", optional="c", seats=2)`: a course source; any field can be
    given."""
    return course_source


@pytest.fixture
def add_course(lms: Lms, make_course: Callable[..., CourseSource]) -> Callable[..., int]:
    """`add_course("ethics", …)`: install or update a course that `make_course` builds; answers with its
    id."""

    def add(slug: str = "ubuntu", **fields: object) -> int:
        with lms.database.write() as transaction:
            return install(lms, transaction, make_course(slug, **fields))

    return add


@pytest.fixture
def lesson_ids(lms: Lms) -> Callable[[int], dict[str, int]]:
    """`lesson_ids(course_id)`: row ids of a course's lessons, those out of view too, by their own id."""

    def find(course_id: int) -> dict[str, int]:
        with lms.database.read() as connection:
            rows: Any = sqlite(connection).execute("SELECT slug, id FROM lessons WHERE course_id = ?", (course_id,))
            return dict(rows)

    return find
