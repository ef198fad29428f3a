"""A course written as its own folder: what `read_course` reads again without loss."""

import math
from collections.abc import Iterator

import yaml

from azora_tui.formats.course import LEVELS
from azora_tui.models.course_sources import CourseSource, LessonSource


def course_files(course: CourseSource) -> dict[str, str]:
    """The files of a course by name: `course.yaml`, and one a lesson.

    What our format cannot leave empty, and a course from elsewhere may, is filled in.
    """
    files = {"course.yaml": _yaml(_course(course))}
    for lesson in course.lessons:
        files[f"{lesson.id}.md"] = f"---\n{_yaml(_lesson(lesson))}---\n\n{lesson.content.strip(chr(10))}\n"
    return files


def _course(course: CourseSource) -> dict[str, object]:
    document: dict[str, object] = {
        "slug": course.slug,
        "title": course.title,
        "version": course.version,
        "language": course.language or "en",
        "licence": course.licence or "not stated",
        "instructor": course.instructor or "not stated",
        "duration": course.duration or "not stated",
        "level": course.level if course.level in LEVELS else LEVELS[0],
        "tags": list(course.tags),
        "description": course.description or course.title,
        "outcomes": list(course.outcomes),
        "prerequisites": list(course.prerequisites),
    }
    if course.seats is not None:
        document["seats"] = course.seats
    if not course.enrollment_open:
        document["enrollment"] = "closed"
    for name in ("opens", "closes", "key", "state"):
        if (value := getattr(course, name)) is not None:
            document[name] = value
    document["sections"] = list(_sections(course))
    return document


def _sections(course: CourseSource) -> Iterator[dict[str, object]]:
    """Lessons in their order; a new section begins wherever the name changes."""
    title = ""
    ids: list[str] = []
    for lesson in course.lessons:
        section = lesson.section or "Lessons"
        if ids and section != title:
            yield {"title": title, "lessons": ids}
            ids = []
        title = section
        ids.append(lesson.id)
    if ids:
        yield {"title": title, "lessons": ids}


def _lesson(lesson: LessonSource) -> dict[str, object]:
    document: dict[str, object] = {
        "id": lesson.id,
        "title": lesson.title or lesson.id,
        "minutes": max(1, lesson.minutes),
    }
    if not lesson.required:
        document["required"] = False
    return document


def _yaml(document: dict[str, object]) -> str:
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=math.inf)
