"""Importing and exporting courses, for instructors."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from azora_tui.data import course_rules, courses, lessons, locks, teachers
from azora_tui.data.transaction import Transaction
from azora_tui.lms.courses import course_by_id
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.installing import install, with_what_was_set_here
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching.access import check_may_teach, require_teaching
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.courses import Course
from azora_tui.times import iso_day

if TYPE_CHECKING:
    from azora_tui.formats.imported import Imported


Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ImportedCourse:
    """What became of an import. `is_new` is whether the course was not there before, `changed` whether anything is
    different now."""

    id: int
    slug: str
    title: str
    lessons: int
    is_new: bool
    changed: bool


def import_from(
    lms: Lms, claims: Claims, path: Path, progress: Progress | None = None
) -> "tuple[ImportedCourse, Imported]":
    """Read a course in whatever format it is, and import it.

    `progress` is told what is being done, for how many lessons it is done, and of how many (0 while that is not
    known); what it raises ends the import, and the database stays as it was. Raises as `import_course` and
    `registry.read_course_at` do.
    """
    from azora_tui.formats.registry import read_course_at

    check_may_teach(lms, claims, "import_not_allowed")
    imported = read_course_at(path, partial(progress, "Reading") if progress else None)
    course = import_course(lms, claims, imported, partial(progress, "Installing") if progress else None)
    return course, imported


def import_course(
    lms: Lms, claims: Claims, imported: "Imported", progress: Callable[[int, int], None] | None = None
) -> ImportedCourse:
    """Install a course that was read, or bring the one with its slug up to date: one transaction.

    Lessons are matched by their ids, so nobody's work is lost. A format of others has no slugs, and ours come from the
    title: a course with another's slug and none of its lessons is not that one, and gets a slug of its own. Where the
    source has no version of its own, each change raises the last number of ours. `progress` is told how many lessons
    are in, of how many. Who brings a course in teaches it from then on. Raises `RefusedError`, also where somebody else
    teaches the course of this slug.
    """
    check_may_teach(lms, claims, "import_not_allowed")
    # In the order in which the database gives them, so that only a real change is one.
    source = replace(imported.course, prerequisites=tuple(sorted(imported.course.prerequisites)))
    with lms.database.write(locks.SCHOOL) as transaction:
        if not imported.has_version:
            source = _under_its_own_slug(transaction, source)
        before = courses.course_by_slug(transaction, source.slug)
        if before is not None:
            require_teaching(transaction, claims, before.id)
            was = source_of(transaction, before)
            becomes = with_what_was_set_here(transaction, source)
            if not imported.has_version:
                source = replace(source, version=before.version)
                becomes = replace(becomes, version=before.version)
                if becomes != was:
                    source = replace(source, version=next_version(before.version))
                    becomes = replace(becomes, version=source.version)
            if becomes == was:
                return _result(before.id, source, is_new=False, changed=False)
        course_id = install(lms, transaction, source, tell=progress)
        if before is None:
            _own(lms, transaction, claims, course_id)
    return _result(course_id, source, is_new=before is None, changed=True)


def course_source(lms: Lms, claims: Claims, course_id: int) -> CourseSource:
    """A course as it would be installed again: what is exported. Raises `NotFoundError`, `RefusedError`."""
    check_may_teach(lms, claims, "import_not_allowed")
    with lms.database.read() as transaction:
        course = course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course.id)
        return source_of(transaction, course)


def _own(lms: Lms, transaction: Transaction, claims: Claims, course_id: int) -> None:
    """Who brings a course in teaches it."""
    now = lms.now_text()
    know_learner(transaction, claims)
    teachers.add_teacher(transaction, course_id=course_id, user_id=claims.user_id, now=now)
    add_event(
        lms,
        transaction,
        "teacher_added",
        user_id=claims.user_id,
        course_id=course_id,
        at=now,
        payload={"teacher": claims.user_uuid},
    )


def _under_its_own_slug(transaction: Transaction, source: CourseSource) -> CourseSource:
    """The source under the first of `slug`, `slug-2`, `slug-3` … that is free, or that its own lessons stand under."""
    own = {lesson.id for lesson in source.lessons}
    for number in count(1):
        slug = source.slug if number == 1 else f"{source.slug}-{number}"
        there = courses.course_by_slug(transaction, slug)
        if there is None or not own.isdisjoint(lessons.lesson_slugs(transaction, there.id)):
            break
    return replace(source, slug=slug)


def source_of(transaction: Transaction, course: Course) -> CourseSource:
    """A course as it would be installed again."""
    states = lessons.lesson_states(transaction, course_id=course.id, enrollment_id=None)
    contents = {id_: content for id_, content, _ in lessons.lesson_contents(transaction, course.id)}
    needed = courses.prerequisites(transaction, course_id=course.id, user_id=0)
    return CourseSource(
        slug=course.slug,
        title=course.title,
        version=course.version,
        language=course.language,
        licence=course.licence,
        instructor=course.instructor,
        duration=course.duration,
        level=course.level,
        tags=course.tags,
        description=course.description,
        outcomes=course.outcomes,
        prerequisites=tuple(each.slug for each in needed),
        seats=course.seats,
        enrollment_open=course.enrollment_open,
        opens=iso_day(course.opens),
        closes=iso_day(course.closes),
        key=course_rules.key_of(transaction, course.id) if course.needs_key else None,
        state=None if course.is_published else course.state.value,
        lessons=tuple(
            LessonSource(state.slug, state.title, state.minutes, state.required, state.section, contents[state.id])
            for state in states
        ),
    )


def _result(course_id: int, source: CourseSource, *, is_new: bool, changed: bool) -> ImportedCourse:
    return ImportedCourse(course_id, source.slug, source.title, len(source.lessons), is_new, changed)


def next_version(version: str) -> str:
    """The version after this one: `1.0.0` becomes `1.0.1`."""
    *head, last = version.split(".")
    return ".".join([*head, str(int(last) + 1) if last.isdecimal() else f"{last}.1"])
