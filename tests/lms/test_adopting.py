"""Courses, enrollments and work of the original LMS Service in ours."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from azora_tui.data import legacy
from azora_tui.data.legacy import OriginalSchool
from azora_tui.errors import RefusedError, SessionError
from azora_tui.lms import bundled, catalog, enrolling, reading, search
from azora_tui.lms.adopting import AdoptedSchool, adopt_school
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.enrollments import EnrollmentStatus
from tests.engine import sqlite
from tests.originals import SERVICE, small_school, write

ClaimsOf = Callable[..., Claims]
PEOPLE = {1: 1, 2: 2}


@pytest.fixture
def small(tmp_path: Path) -> OriginalSchool:
    return legacy.read_school(small_school(tmp_path / "there") / "lms.db")


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., OriginalSchool]:
    """`make(courses=[…], …)`: an original school with those rows."""
    number = 0

    def build(**tables: Any) -> OriginalSchool:
        nonlocal number
        number += 1
        path = tmp_path / str(number) / "lms.db"
        write(path, SERVICE, **tables)
        return legacy.read_school(path)

    return build


def rows(lms: Lms, sql: str) -> list[Any]:
    with lms.database.read() as connection:
        return sqlite(connection).execute(sql).fetchall()


def one_course(**fields: Any) -> list[dict[str, Any]]:
    return [{"id": 1, "title": "Bees", "created_at": "2025-01-01 00:00:00", **fields}]


def test_the_courses_that_we_know_go_on_and_others_are_made(lms: Lms, small: OriginalSchool) -> None:
    bundled.load(lms)
    assert adopt_school(lms, small, PEOPLE) == AdoptedSchool(2, 4, 3, 2, 4, 5)
    made = rows(
        lms, "SELECT id, slug, title, description, instructor, duration, students, created_at FROM courses WHERE id > 4"
    )
    assert made == [(5, "beekeeping", "Beekeeping", "Bees.", "Nomsa", "2 weeks", 10, "2025-11-01 08:00:01")]
    assert rows(
        lms,
        "SELECT title, content, order_index, duration_minutes, required FROM lessons WHERE course_id = 5 ORDER BY order_index",
    ) == [
        ("Bees", "About bees.\n", 1, 30, 1),
        ("Hives", "About hives.\n", 2, 12, 1),
    ]
    assert rows(lms, "SELECT students, lesson_count FROM courses WHERE id = 1") == [(1250, 6)]
    assert rows(lms, "SELECT COUNT(*) FROM lessons WHERE course_id = 1") == [(6,)]


def test_doubles_become_one_enrollment_with_the_earliest_time_and_all_the_work(lms: Lms, small: OriginalSchool) -> None:
    bundled.load(lms)
    adopt_school(lms, small, PEOPLE)
    assert rows(lms, """SELECT enrolled_at, last_accessed_at, progress, status, completed_at, completed_version
        FROM enrollments WHERE user_id = 1 AND course_id = 5""") == [
        ("2025-11-10 09:00:00", "2025-11-14 10:00:00", 100, "completed", "2025-11-14 10:00:00", "1.0.0")
    ]  # fmt: skip
    work = rows(
        lms,
        """
        SELECT lessons.title, mine.completed_at, time_spent_minutes FROM lesson_progress AS mine
        JOIN lessons ON lessons.id = lesson_id JOIN enrollments ON enrollments.id = enrollment_id
        WHERE user_id = 1 AND enrollments.course_id = 5 ORDER BY 1
        """,
    )
    assert work == [("Bees", "2025-11-14 10:00:00", 7), ("Hives", "2025-11-12 10:00:00", 15)]
    assert rows(lms, "SELECT kind, at FROM events WHERE user_id = 1 AND course_id = 5 ORDER BY at, kind") == [
        ("enrolled", "2025-11-10 09:00:00"),
        ("completed", "2025-11-12 10:00:00"),
        ("completed", "2025-11-14 10:00:00"),
        ("course_completed", "2025-11-14 10:00:00"),
        ("adopted", "2026-11-22 12:00:00.000000"),
    ]


def test_progress_is_computed_by_our_rules(lms: Lms, small: OriginalSchool) -> None:
    bundled.load(lms)
    adopt_school(lms, small, PEOPLE)
    assert rows(
        lms, "SELECT user_id, course_id, progress, status, completed_at IS NULL FROM enrollments ORDER BY 1, 2"
    ) == [
        (1, 1, 16, "active", 1),
        (1, 5, 100, "completed", 0),
        (2, 5, 50, "active", 1),
    ]


def test_who_had_done_all_of_a_course_that_is_longer_here_has_completed_it_then(
    lms: Lms, claims: ClaimsOf, add_course: Callable[..., int], make: Callable[..., OriginalSchool]
) -> None:
    course_id = add_course("bees", title="Bees", lessons="hives honey")
    add_course("next", prerequisites=("bees",))
    adopt_school(
        lms,
        make(
            courses=one_course(),
            lessons=[{"id": 1, "course_id": 1, "title": "Hives"}],
            enrollments=[{"id": 1, "user_id": 1, "course_id": 1, "enrolled_at": "2025-01-01 00:00:00"}],
            lesson_progress=[
                {"enrollment_id": 1, "lesson_id": 1, "completed": 1, "completed_at": "2025-01-02 00:00:00"}
            ],
        ),
        PEOPLE,
    )
    mine = enrolling.my_courses(lms, claims(1))[0]
    assert (mine.enrollment.course_id, mine.progress, mine.enrollment.status) == (
        course_id,
        50,
        EnrollmentStatus.ACTIVE,
    )
    assert str(mine.enrollment.completed_at) == "2025-01-02 00:00:00+00:00"
    assert mine.enrollment.completed_version == "original"
    assert enrolling.enroll(lms, claims(1), 2).outcome.value == "enrolled"


def test_orphans_are_kept_whole_with_the_reason(lms: Lms, small: OriginalSchool) -> None:
    bundled.load(lms)
    adopt_school(lms, small, PEOPLE)
    kept = [
        (kind, json.loads(row)["id"], [each["id"] for each in json.loads(work)], why)
        for kind, row, work, why in rows(lms, "SELECT * FROM adopted_orphans ORDER BY kind, original")
    ]
    assert kept == [
        ("enrollment", 6, [7], "Its learner has no account there."),
        ("enrollment", 7, [], "Its course is gone."),
        ("lesson", 9, [], "Its course is gone."),
        ("lesson_progress", 8, [], "Its enrollment is gone."),
        ("lesson_progress", 9, [], "Its lesson is gone, or is one of another course."),
    ]


def test_a_lesson_that_the_course_here_lacks_is_added_and_moves_nobody_elses_progress(
    lms: Lms, claims: ClaimsOf, add_course: Callable[..., int], make: Callable[..., OriginalSchool]
) -> None:
    course_id = add_course("bees", title="Bees", lessons="hives")
    enrolling.enroll(lms, claims(5), course_id)
    reading.complete_lesson(lms, claims(5), 7)
    adopt_school(
        lms,
        make(
            courses=one_course(),
            lessons=[
                {"id": 1, "course_id": 1, "title": "Hives"},
                {"id": 2, "course_id": 1, "title": "Wax", "content": "A candle."},
            ],
            enrollments=[{"id": 1, "user_id": 1, "course_id": 1}],
            lesson_progress=[{"enrollment_id": 1, "lesson_id": 2, "completed": 1, "time_spent_minutes": 4}],
        ),
        PEOPLE,
    )
    lessons = catalog.detail(lms, claims(1), course_id).lessons
    assert [(each.title, each.required, each.completed, each.time_spent_minutes) for each in lessons] == [
        ("Lesson hives", True, False, 0),
        ("Wax", False, True, 4),
    ]
    theirs = catalog.detail(lms, claims(5), course_id).enrollment
    assert theirs
    assert (theirs.progress, theirs.status) == (100, EnrollmentStatus.COMPLETED)
    assert [hit.lesson_slug for hit in search.find(lms, claims(1), "candle").hits] == ["wax"]


def test_what_an_original_lesson_holds_to_be_asked_is_asked(lms: Lms, make: Callable[..., OriginalSchool]) -> None:
    card = "::: {.card #wax}\n::: front\nWhat do bees make?\n:::\n::: back\nWax.\n:::\n:::\n"
    lesson = {"id": 1, "course_id": 1, "title": "Wax", "content": card}
    adopt_school(lms, make(courses=one_course(), lessons=[lesson]), PEOPLE)
    assert rows(lms, "SELECT card_key, words FROM cards") == [("wax", "What do bees make?\nWax.")]


def test_two_courses_of_one_title_stay_two_and_so_do_lessons(lms: Lms, make: Callable[..., OriginalSchool]) -> None:
    twice = make(
        courses=[*one_course(), {"id": 2, "title": "Bees", "created_at": "2025-01-01 00:00:00"}],
        lessons=[{"id": number, "course_id": 1, "title": "Part"} for number in (1, 2)],
    )
    for _ in range(2):
        assert adopt_school(lms, twice, PEOPLE).lessons == 2
        assert rows(lms, "SELECT slug, lesson_count FROM courses ORDER BY id") == [("bees", 2), ("bees-2", 0)]
        assert rows(lms, "SELECT slug FROM lessons ORDER BY id") == [("part",), ("part-2",)]


def test_a_course_out_of_view_stays_so(lms: Lms, claims: ClaimsOf, make: Callable[..., OriginalSchool]) -> None:
    adopt_school(
        lms, make(courses=one_course(is_published=0), lessons=[{"id": 1, "course_id": 1, "title": "Wax"}]), PEOPLE
    )
    assert catalog.count(lms, claims(1)).all == 0
    assert search.find(lms, claims(1), "wax").hits == ()


def test_ids_are_kept_where_they_are_free(
    lms: Lms, add_course: Callable[..., int], make: Callable[..., OriginalSchool]
) -> None:
    add_course("ours", lessons="one")
    courses = [*one_course(), {"id": 9, "title": "Wax"}]
    adopt_school(
        lms,
        make(
            courses=courses, lessons=[{"id": 7, "course_id": 1, "title": "a"}, {"id": 70, "course_id": 9, "title": "b"}]
        ),
        PEOPLE,
    )
    assert rows(lms, "SELECT id, title FROM courses ORDER BY id") == [(1, "Ours"), (2, "Bees"), (9, "Wax")]
    assert rows(lms, "SELECT id, title FROM lessons ORDER BY id") == [(7, "Lesson one"), (8, "a"), (70, "b")]


def test_students_are_the_original_number_less_the_doubles_and_never_fewer_than_there_are(
    lms: Lms, claims: ClaimsOf, make: Callable[..., OriginalSchool]
) -> None:
    people = {number: number for number in range(1, 9)}

    def school(students: object) -> OriginalSchool:
        learners = [1, 1, 1, 2, 3]
        return make(
            courses=[{"id": 1, "title": f"Bees {students}", "students": students, "created_at": "2025-01-01 00:00:00"}],
            enrollments=[{"user_id": each, "course_id": 1} for each in learners],
        )

    for students, expected in ((900, 898), (5, 3), (0, 3), (None, 3)):
        adopt_school(lms, school(students), people)
        ((course_id, counted),) = rows(lms, "SELECT id, students FROM courses ORDER BY id DESC LIMIT 1")
        assert counted == expected
        enrolling.leave(lms, claims(1), course_id)


def test_who_left_here_has_left_and_finds_the_work_when_they_return(
    lms: Lms, claims: ClaimsOf, add_course: Callable[..., int], make: Callable[..., OriginalSchool]
) -> None:
    course_id = add_course("bees", title="Bees", lessons="hives honey", seats=1)
    enrolling.enroll(lms, claims(1), course_id)
    enrolling.leave(lms, claims(1), course_id)
    enrolling.enroll(lms, claims(5), course_id)
    enrolling.join_waitlist(lms, claims(2), course_id)
    adopt_school(
        lms,
        make(
            courses=one_course(students=2),
            lessons=[{"id": 1, "course_id": 1, "title": "Hives"}],
            enrollments=[{"id": 1, "user_id": 1, "course_id": 1}, {"id": 2, "user_id": 2, "course_id": 1}],
            lesson_progress=[{"enrollment_id": 1, "lesson_id": 1, "completed": 1}],
        ),
        PEOPLE,
    )
    assert rows(lms, "SELECT user_id, status, progress FROM enrollments ORDER BY 1") == [
        (1, "left", 50),
        (2, "active", 0),
        (5, "active", 0),
    ]
    assert rows(lms, "SELECT students FROM courses") == [(2,)]
    assert rows(lms, "SELECT COUNT(*) FROM waitlist") == [(0,)]
    with lms.database.write() as connection:
        connection.execute("UPDATE courses SET seats = NULL")
    returned = enrolling.enroll(lms, claims(1), course_id)
    assert returned.enrollment
    assert returned.enrollment.progress == 50


def test_adopting_twice_is_adopting_once(lms: Lms, small: OriginalSchool) -> None:
    bundled.load(lms)
    tables = ("courses", "lessons", "enrollments", "lesson_progress", "events", "adopted_orphans", "adopted_courses")

    def held() -> list[Any]:
        return [rows(lms, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]

    first = adopt_school(lms, small, PEOPLE)
    before = held()
    assert adopt_school(lms, small, PEOPLE) == first
    assert held() == before


def test_a_course_that_is_renamed_here_is_still_found(lms: Lms, make: Callable[..., OriginalSchool]) -> None:
    original = make(courses=one_course(students=3))
    adopt_school(lms, original, PEOPLE)
    with lms.database.write() as connection:
        connection.execute("UPDATE courses SET title = 'Wasps', slug = 'wasps'")
    adopt_school(lms, original, PEOPLE)
    assert rows(lms, "SELECT title, students FROM courses") == [("Wasps", 3)]


def claimed(lms: Lms) -> list[Any]:
    return rows(lms, "SELECT at FROM events WHERE kind = 'completion_claimed' AND user_id = 1")


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_completion_is_the_lessons_and_a_claim_stays_a_claim(
    lms: Lms, claims: ClaimsOf, make: Callable[..., OriginalSchool], done: int
) -> None:
    school = make(
        courses=one_course(),
        lessons=[{"id": number, "course_id": 1, "title": f"Lesson {number}"} for number in (1, 2)],
        enrollments=[{"id": 1, "user_id": 1, "course_id": 1, "completed_at": "2025-01-09 00:00:00"}],
        lesson_progress=[
            {"enrollment_id": 1, "lesson_id": 1 + number, "completed": 1, "completed_at": "2025-01-02 00:00:00"}
            for number in range(done)
        ],
    )
    found = adopt_school(lms, school, PEOPLE)
    mine = enrolling.my_courses(lms, claims(1))[0].enrollment
    assert (mine.completed_at is not None, found.claims) == (done == 2, int(done < 2))
    assert claimed(lms) == ([] if done == 2 else [("2025-01-09 00:00:00",)])
    assert len(rows(lms, "SELECT * FROM events WHERE kind = 'course_completed'")) == int(done == 2)
    assert adopt_school(lms, school, PEOPLE) == found
    assert len(claimed(lms)) == int(done < 2)


def test_who_is_no_admin_and_does_not_own_the_file_brings_no_courses_in(
    lms: Lms, claims: ClaimsOf, small: OriginalSchool, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RefusedError, match="only an admin who is signed in"):
        adopt_school(lms, small, PEOPLE, claims=claims(1))
    with pytest.raises(SessionError, match="session has ended"):
        adopt_school(lms, small, PEOPLE, claims=claims(1, role="admin", expires_at=clock()))
    assert not lms.database.path.exists()
    adopt_school(lms, small, PEOPLE, claims=claims(1, role="admin"))
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)
    with pytest.raises(RefusedError, match="the owner of"):
        adopt_school(lms, small, PEOPLE)
