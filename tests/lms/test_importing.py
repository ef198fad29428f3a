"""Bringing courses in and out again: who may, what an update keeps, and that it is whole or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from azora_tui.errors import NotFoundError, RefusedError, StoppedError
from azora_tui.formats.archive_errors import ArchiveError
from azora_tui.formats.imported import Imported
from azora_tui.formats.registry import read_course_at
from azora_tui.lms import catalog, enrolling, importing, quizzes, reading, tasks
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import marking
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.quizzes import Question, Response
from tests.formats import samples
from tests.formats.test_foreign_courses import SHARED, SHARED_COURSES, SMALL
from tests.formats.test_importers import taken


@pytest.fixture
def teacher(claims: Callable[..., Claims]) -> Claims:
    return claims(9, role="instructor")


def whole(lms: Lms) -> list[tuple[object, ...]]:
    with lms.database.read() as transaction:
        return [row for table in ("courses", "lessons", "search_lessons", "events") if _is_there(transaction, table)
                for row in transaction.execute(f"SELECT * FROM {table}")]  # fmt: skip


def _is_there(transaction: object, table: str) -> bool:
    return bool(transaction.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).get)  # type: ignore[attr-defined]


def given(make_course: Callable[..., CourseSource], **fields: object) -> Imported:
    return Imported(make_course(**fields), 0, 0, ())


def test_a_learner_may_not_bring_a_course_in_or_take_it_out(
    lms: Lms, claims: Callable[..., Claims], make_course: Callable[..., CourseSource], add_course: Callable[..., int]
) -> None:
    course = add_course()
    before = whole(lms)
    with pytest.raises(RefusedError, match="Only instructors and admins"):
        importing.import_course(lms, claims(), given(make_course, slug="new"))
    with pytest.raises(RefusedError, match="Only instructors and admins"):
        importing.course_source(lms, claims(), course)
    with pytest.raises(RefusedError, match="Only instructors and admins"):
        importing.import_from(lms, claims(), Path("/nowhere"))
    assert whole(lms) == before
    assert importing.import_course(lms, claims(role="admin"), given(make_course, slug="new")).is_new


def test_what_comes_out_is_what_went_in(lms: Lms, teacher: Claims, make_course: Callable[..., CourseSource]) -> None:
    source = make_course(
        tags=("a",), outcomes=("b",), prerequisites=("c", "d"), seats=3, enrollment_open=False, optional="two"
    )
    course = importing.import_course(lms, teacher, Imported(source, 0, 0, (), has_version=True))
    assert importing.course_source(lms, teacher, course.id) == source
    with pytest.raises(NotFoundError):
        importing.course_source(lms, teacher, 99)


def test_another_course_of_the_same_title_is_not_taken_for_an_update(
    lms: Lms, teacher: Claims, make_course: Callable[..., CourseSource]
) -> None:
    first = importing.import_course(lms, teacher, given(make_course, lessons="one two"))
    other = importing.import_course(lms, teacher, given(make_course, lessons="alpha beta"))
    assert (first.slug, other.slug, other.is_new) == ("ubuntu", "ubuntu-2", True)
    third = importing.import_course(lms, teacher, given(make_course, lessons="red blue"))
    assert third.slug == "ubuntu-3"
    again = importing.import_course(lms, teacher, given(make_course, lessons="beta gamma"))
    assert (again.id, again.is_new, again.changed) == (other.id, False, True)
    back = importing.import_course(lms, teacher, given(make_course, lessons="alpha delta"))
    assert back.id == other.id, "a lesson that is out of view is still its own"
    assert [each.id for each in importing.course_source(lms, teacher, first.id).lessons] == ["one", "two"]


def test_our_own_format_says_itself_which_course_it_is(
    lms: Lms, teacher: Claims, make_course: Callable[..., CourseSource]
) -> None:
    first = importing.import_course(lms, teacher, given(make_course, lessons="one two"))
    own = Imported(make_course(lessons="alpha", version="2.0.0"), 0, 0, (), has_version=True)
    assert importing.import_course(lms, teacher, own).id == first.id


def test_the_same_again_changes_nothing_and_a_change_raises_the_version(
    lms: Lms, teacher: Claims, make_course: Callable[..., CourseSource]
) -> None:
    first = importing.import_course(lms, teacher, given(make_course))
    before = whole(lms)
    again = importing.import_course(lms, teacher, given(make_course))
    assert (first.is_new, first.changed, again.is_new, again.changed, again.id) == (True, True, False, False, first.id)
    assert whole(lms) == before
    changed = importing.import_course(lms, teacher, given(make_course, title="Other"))
    assert (changed.id, changed.is_new, changed.changed) == (first.id, False, True)
    assert importing.course_source(lms, teacher, first.id).version == "1.0.1"


def test_an_update_keeps_every_learners_work(
    lms: Lms, teacher: Claims, claims: Callable[..., Claims], make_course: Callable[..., CourseSource]
) -> None:
    course = importing.import_course(lms, teacher, given(make_course, lessons="one two three"))
    learner = claims(1)
    enrolling.enroll(lms, learner, course.id)
    lessons = {each.slug: each.id for each in catalog.detail(lms, learner, course.id).lessons}
    reading.complete_lesson(lms, learner, lessons["one"])
    reading.complete_lesson(lms, learner, lessons["two"])
    importing.import_course(lms, teacher, given(make_course, lessons="three new one", title="Anew"))
    detail = catalog.detail(lms, learner, course.id)
    assert [(each.slug, each.completed) for each in detail.lessons] == [("three", False), ("new", False), ("one", True)]
    importing.import_course(lms, teacher, given(make_course, lessons="one two three"))
    states = catalog.detail(lms, learner, course.id).lessons
    assert [(each.slug, each.id, each.completed) for each in states] == [
        ("one", lessons["one"], True),
        ("two", lessons["two"], True),
        ("three", lessons["three"], False),
    ]


def test_an_import_that_is_stopped_or_fails_leaves_nothing(
    lms: Lms, teacher: Claims, make_course: Callable[..., CourseSource], add_course: Callable[..., int], tmp_path: Path
) -> None:
    add_course("ubuntu")
    before = whole(lms)

    def stop(what: str, done: int, of: int) -> None:
        if (what, done) == ("Installing", 2):
            raise StoppedError("Enough.")

    path = tmp_path / "small.zip"
    path.write_bytes(samples.zipped(samples.OLX))
    with pytest.raises(StoppedError):
        importing.import_from(lms, teacher, path, stop)
    assert whole(lms) == before
    path.write_bytes(samples.zipped({"../a.md": "x"}))
    with pytest.raises(ArchiveError):
        importing.import_from(lms, teacher, path)
    assert whole(lms) == before
    assert [each.name for each in tmp_path.iterdir() if each.name not in ("small.zip", "school")] == []


def test_progress_is_told_while_reading_and_installing(lms: Lms, teacher: Claims, tmp_path: Path) -> None:
    path = tmp_path / "small.zip"
    path.write_bytes(samples.zipped(samples.OLX))
    told: list[tuple[str, int, int]] = []
    importing.import_from(lms, teacher, path, lambda *progress: told.append(progress))
    assert [each for each in told if each[0] == "Installing"] == [("Installing", 1, 2), ("Installing", 2, 2)]
    assert told[0][0] == "Reading"


def right(question: Question) -> Response:
    return question.right_options if question.kind.has_options else question.accepted[0]


def complete(lms: Lms, learner: Claims, teacher: Claims, course_id: int) -> None:
    """Go through a whole course as a learner does: read each lesson, hand in its tasks, answer its quiz, complete it."""
    enrolling.enroll(lms, learner, course_id)
    for lesson in catalog.detail(lms, learner, course_id).lessons:
        for each in reading.open_lesson(lms, learner, lesson.id).tasks:
            handed_in = tasks.hand_in(lms, learner, lesson.id, each.task.id, "Done.")
            ticked = range(1, len(each.task.criteria) + 1)
            marking.answer(lms, teacher, handed_in.id, accepted=True, ticked=ticked)
        page = quizzes.page(lms, learner, lesson.id)
        if page is None:
            reading.complete_lesson(lms, learner, lesson.id)
            continue
        attempt = quizzes.start(lms, learner, lesson.id).latest
        assert attempt is not None
        for question in attempt.questions:
            assert quizzes.answer(lms, learner, attempt.id, question.id, right(question)).correct, question
        result = quizzes.finish(lms, learner, attempt.id)
        assert result.page.standing.best == 100
        assert result.completion is not None
    enrollment = catalog.detail(lms, learner, course_id).enrollment
    assert enrollment is not None
    assert (enrollment.progress, enrollment.status) == (100, EnrollmentStatus.COMPLETED)


def courses_of_others() -> Iterator[object]:
    for name in samples.ALL:
        yield pytest.param(lambda name=name: taken(name), id=f"sample-{name}")
    for path in sorted(SMALL.iterdir()):
        if path.is_dir():
            yield pytest.param(lambda path=path: read_course_at(path), id=f"small-{path.name}")
    missing = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the courses in ../shared, which are not there")
    for name, path in SHARED_COURSES.items():
        yield pytest.param(lambda path=path: read_course_at(path), id=f"shared-{name}", marks=missing)


@pytest.mark.parametrize("read", courses_of_others())
def test_a_course_of_others_can_be_read_answered_and_completed(
    lms: Lms, teacher: Claims, claims: Callable[..., Claims], read: Callable[[], Imported]
) -> None:
    imported = read()
    course = importing.import_course(lms, teacher, imported)
    complete(lms, claims(1), teacher, course.id)
    assert not importing.import_course(lms, teacher, read()).changed
    exported = importing.course_source(lms, teacher, course.id)
    assert exported == replace(imported.course, prerequisites=tuple(sorted(imported.course.prerequisites)))
