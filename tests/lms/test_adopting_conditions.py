"""Original schools whose rows could be taken for each other: what each comes to when it is taken over, once or again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from azora_tui.data import adoption, legacy
from azora_tui.data.legacy import OriginalSchool
from azora_tui.lms import catalog, enrolling, home, reading
from azora_tui.lms.adopting import adopt_school
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.times import from_text
from tests.originals import SERVICE, write

ClaimsOf = Callable[..., Claims]
Make = Callable[..., OriginalSchool]
PEOPLE = {1: 1, 2: 2}
BEES = {"id": 1, "title": "Bees", "created_at": "2025-01-01 00:00:00"}


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """`make(courses=[…], …)`: an original school with those rows."""
    number = 0

    def build(**tables: Any) -> OriginalSchool:
        nonlocal number
        number += 1
        path = tmp_path / str(number) / "lms.db"
        write(path, SERVICE, **{"courses": [BEES], **tables})
        return legacy.read_school(path)

    return build


def enrolled(
    number: int, user: int = 1, course: int = 1, at: str = "2025-01-01 00:00:00", **more: Any
) -> dict[str, Any]:
    return {"id": number, "user_id": user, "course_id": course, "enrolled_at": at, "last_accessed_at": at, **more}


def work(number: int, enrollment: int, lesson: int, *, day: int | None = None, minutes: int = 0) -> dict[str, Any]:
    done = {"completed": 0} if day is None else {"completed": 1, "completed_at": f"2025-02-{day:02} 00:00:00"}
    return {
        "id": number, "enrollment_id": enrollment, "lesson_id": lesson, "time_spent_minutes": minutes, **done,
    }  # fmt: skip


def lesson(number: int, title: str, course: int = 1) -> dict[str, Any]:
    return {"id": number, "course_id": course, "title": title, "order_index": number}


def minutes(lms: Lms, claims: Claims, course: int) -> dict[str, int]:
    return {each.slug: each.time_spent_minutes for each in catalog.detail(lms, claims, course).lessons}


def orphans(lms: Lms) -> list[tuple[str, str, str]]:
    with lms.database.read() as transaction:
        rows = transaction.execute("SELECT kind AS kind, work AS work, why AS why FROM adopted_orphans ORDER BY kind")
        return [
            tuple(row[name] for name in ("kind", "work", "why")) if isinstance(row, dict) else tuple(row)
            for row in rows
        ]


def test_minutes_of_two_originals_of_one_moment_are_both_taken(lms: Lms, claims: ClaimsOf, make: Make) -> None:
    """A learner who was enrolled twice at once: only the ids of the rows of work tell them apart."""
    tables = {
        "lessons": [lesson(1, "Hives"), lesson(2, "Wax")],
        "enrollments": [enrolled(1), enrolled(2), enrolled(3, user=2)],
        "lesson_progress": [work(1, 1, 1, minutes=10), work(2, 2, 1, minutes=5), work(3, 2, 2, minutes=3),
                            work(4, 3, 1, minutes=40)],
    }  # fmt: skip
    for _ in range(2):
        adopt_school(lms, make(**tables), PEOPLE)
        assert minutes(lms, claims(1), 1) == {"hives": 15, "wax": 3}
        assert minutes(lms, claims(2), 1) == {"hives": 40, "wax": 0}
    tables["lesson_progress"][0]["time_spent_minutes"] = 12
    tables["lesson_progress"][3]["time_spent_minutes"] = 39
    adopt_school(lms, make(**tables), PEOPLE)
    assert minutes(lms, claims(1), 1) == {"hives": 17, "wax": 3}, "two more than before"
    assert minutes(lms, claims(2), 1) == {"hives": 40, "wax": 0}, "an original that was set back takes nothing away"
    assert minutes(lms, claims(9), 1) == {"hives": 0, "wax": 0}


def test_minutes_are_told_by_the_time_of_their_enrollment_too(lms: Lms, claims: ClaimsOf, make: Make) -> None:
    """Two originals that both count from 1 are taken over into one school."""
    tables = {"lessons": [lesson(1, "Hives")], "lesson_progress": [work(1, 1, 1, minutes=10)]}
    adopt_school(lms, make(**tables, enrollments=[enrolled(1)]), PEOPLE)
    adopt_school(lms, make(**tables, enrollments=[enrolled(1, at="2025-01-02 00:00:00")]), PEOPLE)
    assert minutes(lms, claims(1), 1) == {"hives": 20}
    adopt_school(lms, make(**tables, enrollments=[enrolled(1)]), PEOPLE)
    assert minutes(lms, claims(1), 1) == {"hives": 20}


def test_an_original_is_merged_once_and_each_course_has_its_own(lms: Lms, claims: ClaimsOf, make: Make) -> None:
    courses = [{**BEES, "students": 7}, {**BEES, "id": 2, "title": "Ants", "students": 9}]
    enrollments = [enrolled(1), enrolled(2), enrolled(3, course=2), enrolled(4, user=2, course=2)]
    for _ in range(2):
        found = adopt_school(lms, make(courses=courses, enrollments=enrollments), PEOPLE)
        assert (found.courses, found.enrollments, found.merged) == (2, 3, 1)
        students = {each.title: each.students for each in catalog.page(lms, claims()).courses}
        assert students == {"Bees": 6, "Ants": 9}


def test_who_did_what_is_needed_here_has_completed_the_course_with_the_last_of_it(
    lms: Lms, claims: ClaimsOf, make: Make, add_course: Callable[..., int]
) -> None:
    """The original has a lesson that nobody needs here and that was not done: its own end was never reached there."""
    add_course("bees", title="Bees", version="3.0.0", lessons="hives honey old")
    course = add_course("bees", title="Bees", version="3.1.0", lessons="hives honey more", optional="more")
    original = make(
        lessons=[lesson(number, title) for number, title in enumerate(("Hives", "Honey", "More", "Old", "Wax"), start=1)],
        enrollments=[enrolled(1), enrolled(2, user=2)],
        lesson_progress=[
            work(1, 1, 1, day=4), work(2, 1, 2, day=2), work(3, 1, 3, day=9), work(4, 1, 4, day=8),
            work(5, 2, 1, day=20), work(6, 2, 2),
        ],
    )  # fmt: skip
    adopt_school(lms, original, PEOPLE)
    first, second = (catalog.detail(lms, claims(user), course).enrollment for user in (1, 2))
    assert first is not None
    assert second is not None
    assert (first.progress, first.status, first.completed_version) == (100, EnrollmentStatus.COMPLETED, "3.1.0")
    assert first.completed_at == from_text("2025-02-04 00:00:00")
    assert (second.progress, second.completed_at) == (50, None)
    reached = {each.title: each.day.isoformat() for each in home.page(lms, claims(1)).achievements}
    assert reached["First course completed"] == "2025-02-04"
    assert reached["First lesson completed"] == "2025-02-02"


@pytest.mark.parametrize("ended", [None, "2025-02-20 00:00:00"])
def test_an_end_that_was_reached_there_stays(lms: Lms, claims: ClaimsOf, make: Make, ended: str | None) -> None:
    """Of two enrollments the earlier end; where none was written down, the last of all lessons."""
    original = make(
        lessons=[lesson(1, "Hives"), lesson(2, "Wax")],
        enrollments=[enrolled(1, completed_at=ended), enrolled(2, completed_at=ended and "2025-02-15 00:00:00")],
        lesson_progress=[work(1, 1, 1, day=4), work(2, 2, 2, day=2), work(3, 2, 1, day=6)],
    )
    adopt_school(lms, original, PEOPLE)
    found = catalog.detail(lms, claims(1), 1).enrollment
    assert found is not None
    assert found.completed_at == from_text("2025-02-15 00:00:00" if ended else "2025-02-04 00:00:00")
    assert found.completed_version == "1.0.0"


def test_an_earlier_completion_stays_and_a_later_one_moves_nothing(lms: Lms, claims: ClaimsOf, make: Make) -> None:
    def adopt(day: int | None) -> list[str]:
        original = make(
            lessons=[lesson(1, "Hives"), lesson(2, "Wax")],
            enrollments=[enrolled(1)],
            lesson_progress=[work(1, 1, 1, day=day), work(2, 1, 2, minutes=1)],
        )
        adopt_school(lms, original, PEOPLE)
        states = catalog.detail(lms, claims(1), 1).lessons
        return [str(each.completed_at)[:10] for each in states if each.completed]

    assert [adopt(day) for day in (None, 9, 4, 7, None)] == [
        [], ["2025-02-09"], ["2025-02-04"], ["2025-02-04"], ["2025-02-04"],
    ]  # fmt: skip
    assert sum(day.lessons for day in home.page(lms, claims(1)).days.values()) == 1, "it happened once"


def test_an_enrollment_widens_and_never_narrows(lms: Lms, claims: ClaimsOf, make: Make) -> None:
    def adopt(at: str, accessed: str) -> tuple[str, str]:
        adopt_school(
            lms, make(enrollments=[enrolled(1, at=at, last_accessed_at=accessed), enrolled(2, user=2)]), PEOPLE
        )
        found = catalog.detail(lms, claims(1), 1).enrollment
        assert found is not None
        return str(found.enrolled_at)[:10], str(found.last_accessed_at)[:10]

    assert adopt("2025-03-05 00:00:00", "2025-03-06 00:00:00") == ("2025-03-05", "2025-03-06")
    assert adopt("2025-03-03 00:00:00", "2025-03-04 00:00:00") == ("2025-03-03", "2025-03-06")
    assert adopt("2025-03-07 00:00:00", "2025-03-08 00:00:00") == ("2025-03-03", "2025-03-08")
    other = catalog.detail(lms, claims(2), 1).enrollment
    assert other is not None
    assert str(other.enrolled_at)[:10] == "2025-01-01"


def test_what_is_set_aside_bears_the_latest_reason_and_the_latest_work(lms: Lms, make: Make) -> None:
    lessons = [lesson(1, "Hives")]
    lost = enrolled(1, user=99)
    adopt_school(lms, make(lessons=lessons, enrollments=[lost]), PEOPLE)
    assert orphans(lms) == [("enrollment", "[]", "Its learner has no account there.")]
    adopt_school(lms, make(courses=[], lessons=[], enrollments=[lost], lesson_progress=[work(1, 1, 1)]), PEOPLE)
    [(kind, kept, why)] = orphans(lms)
    assert (kind, why) == ("enrollment", "Its course is gone.")
    assert '"lesson_id": 1' in kept


def test_what_finds_its_place_after_all_is_no_longer_set_aside(lms: Lms, make: Make) -> None:
    tables = {
        "lessons": [lesson(1, "Hives")],
        "enrollments": [enrolled(1, user=99), enrolled(2, user=98), enrolled(3)],
        "lesson_progress": [work(1, 3, 5, minutes=1), work(2, 3, 6, minutes=1)],
    }
    adopt_school(lms, make(**tables), PEOPLE)
    assert [kind for kind, _, _ in orphans(lms)] == ["enrollment"] * 2 + ["lesson_progress"] * 2
    tables["lessons"].append(lesson(5, "Wax"))
    found = adopt_school(lms, make(**tables), {**PEOPLE, 99: 3})
    assert [kind for kind, _, _ in orphans(lms)] == ["enrollment", "lesson_progress"]
    assert found.orphans == 2


def test_the_ids_of_the_original_are_kept_up_to_what_others_can_count(lms: Lms, claims: ClaimsOf, make: Make) -> None:
    most = 2**31 - 1
    courses = [{**BEES, "id": number, "title": f"Bees {number}"} for number in (most, most + 1, 0, -3)]
    lessons = [lesson(number, f"Part {number}", course=most) for number in (most, most + 1)]
    adopt_school(lms, make(courses=courses, lessons=lessons), PEOPLE)
    kept = {each.title: each.id for each in catalog.page(lms, claims()).courses}
    assert kept[f"Bees {most}"] == most
    assert {kept["Bees 0"], kept["Bees -3"], kept[f"Bees {most + 1}"]}.isdisjoint({0, -3, most})
    ids = [each.id for each in catalog.detail(lms, claims(), most).lessons]
    assert most in ids
    assert len(set(ids)) == 2


def test_a_course_is_found_by_its_short_name_before_its_title_and_each_once(
    lms: Lms, claims: ClaimsOf, make: Make, add_course: Callable[..., int]
) -> None:
    by_title = add_course("apis", title="  BÉES ")
    by_slug = add_course("bees", title="Something else")
    courses = [BEES, {**BEES, "id": 2, "created_at": "2025-01-02 00:00:00"}, {**BEES, "id": 3, "created_at": None}]
    adopt_school(lms, make(courses=courses, enrollments=[enrolled(n, course=n) for n in (1, 2, 3)]), PEOPLE)
    mine = {each.enrollment.course_id for each in enrolling.my_courses(lms, claims(1))}
    assert {by_slug, by_title} < mine
    assert len(mine) == 3


def test_a_lesson_stands_behind_those_that_are_here(
    lms: Lms, claims: ClaimsOf, make: Make, add_course: Callable[..., int]
) -> None:
    add_course("ants", lessons="one two three four five")
    course = add_course("bees", title="Bees", lessons="hives honey")
    adopt_school(lms, make(lessons=[lesson(2, "Wax"), lesson(1, "Smoke"), lesson(3, "Honey")]), PEOPLE)
    detail = catalog.detail(lms, claims(), course)
    assert [each.slug for each in detail.lessons] == ["hives", "honey", "smoke", "wax"]
    assert [each.required for each in detail.lessons] == [True, True, False, False]
    assert detail.course.lesson_count == 4
    assert len(catalog.detail(lms, claims(), 1).lessons) == 5


def test_work_in_a_lesson_that_was_opened_here_is_added_to_it(
    lms: Lms, claims: ClaimsOf, make: Make, add_course: Callable[..., int], lesson_ids: Callable[[int], dict[str, int]]
) -> None:
    course = add_course("bees", title="Bees", lessons="hives honey")
    ids = lesson_ids(course)
    for user in (1, 2):
        enrolling.enroll(lms, claims(user), course)
        reading.open_lesson(lms, claims(user), ids["hives"])
        reading.keep_place(lms, claims(user), ids["hives"], "here", minutes=7)
    original = make(
        lessons=[lesson(1, "Hives"), lesson(2, "Honey")],
        enrollments=[enrolled(1)],
        lesson_progress=[work(1, 1, 1, day=4, minutes=5), work(2, 1, 2)],
    )
    adopt_school(lms, original, PEOPLE)
    page = reading.lesson_page(lms, claims(1), ids["hives"])
    assert (page.position, page.lesson.time_spent_minutes, page.lesson.completed) == ("here", 12, True)
    other = reading.lesson_page(lms, claims(2), ids["hives"])
    assert (other.position, other.lesson.time_spent_minutes, other.lesson.completed) == ("here", 7, False)
    assert reading.lesson_page(lms, claims(1), ids["honey"]).lesson.opened_at is None


def test_who_completed_nothing_has_no_last_completion(lms: Lms, claims: ClaimsOf, make: Make) -> None:
    adopt_school(lms, make(lessons=[lesson(1, "Hives")], enrollments=[enrolled(1)]), PEOPLE)
    enrollment = catalog.detail(lms, claims(1), 1).enrollment
    assert enrollment is not None
    with lms.database.read() as transaction:
        assert adoption.last_completion(transaction, enrollment.id) is None
