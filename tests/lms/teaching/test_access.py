"""Who teaches a course: whoever brought it in, whom they named, and admins."""

from collections.abc import Callable

import pytest

from azora_tui.data import teachers
from azora_tui.errors import RefusedError
from azora_tui.formats.imported import Imported
from azora_tui.lms import importing
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource

ClaimsOf = Callable[..., Claims]
MakeCourse = Callable[..., CourseSource]


def bring_in(lms: Lms, who: Claims, source: CourseSource) -> int:
    return importing.import_course(lms, who, Imported(source, 0, 0, ())).id


def test_who_brings_a_course_in_teaches_it_and_nobody_else_does(
    lms: Lms, claims: ClaimsOf, make_course: MakeCourse
) -> None:
    owner, other = claims(3, role="instructor"), claims(4, role="instructor")
    course = bring_in(lms, owner, make_course(slug="knots"))
    bring_in(lms, other, make_course(slug="ropes"))
    for work in (
        lambda: importing.course_source(lms, other, course),
        lambda: bring_in(lms, other, make_course(slug="knots", title="Mine now")),
    ):
        with pytest.raises(RefusedError, match="You do not teach this course"):
            work()
    assert importing.course_source(lms, owner, course).slug == "knots"
    assert bring_in(lms, owner, make_course(slug="knots", title="Better knots")) == course
    with lms.database.read() as transaction:
        assert teachers.teacher_ids(transaction, course) == [3]


def test_admins_teach_every_course_and_do_not_become_its_teachers_by_that(
    lms: Lms, claims: ClaimsOf, make_course: MakeCourse
) -> None:
    course = bring_in(lms, claims(3, role="instructor"), make_course(slug="knots"))
    assert bring_in(lms, claims(1, role="admin"), make_course(slug="knots", title="Better knots")) == course
    with lms.database.read() as transaction:
        assert teachers.teacher_ids(transaction, course) == [3]


def test_a_course_that_nobody_teaches_is_the_admins(
    lms: Lms, claims: ClaimsOf, make_course: MakeCourse, add_course: Callable[..., int]
) -> None:
    course = add_course(slug="knots")
    with pytest.raises(RefusedError, match="You do not teach this course"):
        bring_in(lms, claims(3, role="instructor"), make_course(slug="knots", title="Mine now"))
    assert bring_in(lms, claims(1, role="admin"), make_course(slug="knots", title="Better knots")) == course


def test_who_is_a_learner_again_teaches_no_more(lms: Lms, claims: ClaimsOf, make_course: MakeCourse) -> None:
    course = bring_in(lms, claims(3, role="instructor"), make_course(slug="knots"))
    with pytest.raises(RefusedError, match="Only instructors and admins"):
        importing.course_source(lms, claims(3), course)
