"""Home from the rows of one learner: where to go on, the days of their own calendar, and nothing of anybody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from azora_tui.data.transaction import ConstraintError
from azora_tui.errors import RefusedError
from azora_tui.lms import enrolling, home, notes, reading
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.home import Achievement, DayActivity, Streak
from tests.conftest import NOW, Clock
from tests.engine import sqlite

Make = Callable[..., Claims]
AddCourse = Callable[..., int]
LessonIds = Callable[[int], dict[str, int]]


@pytest.fixture
def course(lms: Lms, claims: Make, add_course: AddCourse) -> int:
    course_id = add_course(lessons="one two three")
    enrolling.enroll(lms, claims(), course_id)
    return course_id


@pytest.fixture
def ids(course: int, lesson_ids: LessonIds) -> dict[str, int]:
    return lesson_ids(course)


def test_who_has_begun_nothing_has_an_empty_home(lms: Lms, claims: Make) -> None:
    page = home.page(lms, claims())
    assert not page.begun
    assert (page.go_on, page.others, page.under_way, dict(page.days)) == (None, (), 0, {})
    assert page.streak == Streak(0, 0)
    assert page.today == date(2026, 11, 22)


def test_going_on_is_the_course_last_opened_and_the_others_follow(
    lms: Lms, claims: Make, clock: Clock, add_course: AddCourse, lesson_ids: LessonIds
) -> None:
    courses = [add_course(slug) for slug in ("a", "b", "c")]
    for each in courses:
        clock.advance(minutes=1)
        enrolling.enroll(lms, claims(), each)
    clock.advance(minutes=1)
    reading.open_lesson(lms, claims(), lesson_ids(courses[1])["two"])
    page = home.page(lms, claims())
    assert page.go_on is not None
    assert (page.go_on.title, page.go_on.next_lesson_title) == ("B", "Lesson two")
    assert [each.title for each in page.others] == ["C", "A"]
    assert page.under_way == 3


def test_a_course_with_nothing_to_go_on_with_is_only_among_the_others(
    lms: Lms, claims: Make, clock: Clock, course: int, add_course: AddCourse
) -> None:
    clock.advance(minutes=1)
    enrolling.enroll(lms, claims(), add_course("silence", lessons=""))
    page = home.page(lms, claims())
    assert page.go_on is not None
    assert page.go_on.enrollment.course_id == course
    assert [each.title for each in page.others] == ["Silence"]


def test_minutes_are_written_down_at_their_time_and_their_sum_is_the_lesson_s(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int]
) -> None:
    reading.open_lesson(lms, claims(), ids["one"])
    reading.keep_place(lms, claims(), ids["one"], None, minutes=12)
    clock.advance(days=1)
    reading.keep_place(lms, claims(), ids["one"], None, minutes=0)
    assert reading.complete_lesson(lms, claims(), ids["one"], minutes=5).lesson.time_spent_minutes == 17
    page = home.page(lms, claims())
    assert dict(page.days) == {date(2026, 11, 22): DayActivity(1, 12, 0), date(2026, 11, 23): DayActivity(1, 5, 1)}
    assert page.streak == Streak(2, 2)


def test_a_place_kept_in_a_lesson_never_opened_adds_no_minutes(lms: Lms, claims: Make, ids: dict[str, int]) -> None:
    reading.keep_place(lms, claims(), ids["two"], None, minutes=30)
    assert dict(home.page(lms, claims()).days) == {}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["open", "keep", "complete", "leave", "enroll"]), st.integers(-3, 2000)), max_size=12
    )
)
def test_whatever_is_done_the_minutes_written_down_add_up_to_the_sums(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int], course: int, steps: list[tuple[str, int]]
) -> None:
    for step, minutes in steps:
        clock.advance(hours=5)
        try:
            if step == "open":
                reading.open_lesson(lms, claims(), ids["one"])
            elif step == "keep":
                reading.keep_place(lms, claims(), ids["one"], None, minutes=minutes)
            elif step == "complete":
                reading.complete_lesson(lms, claims(), ids["one"], minutes=minutes)
            elif step == "leave":
                enrolling.leave(lms, claims(), course)
            else:
                enrolling.enroll(lms, claims(), course)
        except RefusedError:
            continue
    with lms.database.read() as connection:
        sums = sqlite(connection).execute("SELECT COALESCE(SUM(time_spent_minutes), 0) FROM lesson_progress").get
        assert sqlite(connection).execute("SELECT COALESCE(SUM(minutes), 0) FROM minutes_spent").get == sums


def test_minutes_and_choices_of_rest_days_are_only_ever_added(lms: Lms, claims: Make, ids: dict[str, int]) -> None:
    reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    home.choose_rest_days(lms, claims(), {6})
    for table, column in (("minutes_spent", "minutes"), ("rest_days", "weekdays")):
        for statement in (f"UPDATE {table} SET {column} = 1", f"DELETE FROM {table}"):
            with pytest.raises(ConstraintError, match="only ever added"), lms.database.write() as transaction:
                transaction.execute(statement)


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", date(2026, 11, 22)),
        ("Africa/Johannesburg", date(2026, 11, 23)),
        ("Asia/Kathmandu", date(2026, 11, 23)),
        ("America/New_York", date(2026, 11, 22)),
    ],
)
def test_a_day_is_the_learner_s_own(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int], zone: str, expected: date
) -> None:
    clock.moment = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    lms = replace(lms, zone=ZoneInfo(zone))
    reading.complete_lesson(lms, claims(), ids["one"], minutes=5)
    page = home.page(lms, claims())
    assert page.today == expected
    assert list(page.days) == [expected]


def test_opening_a_lesson_is_not_yet_a_day_of_learning(lms: Lms, claims: Make, ids: dict[str, int]) -> None:
    reading.open_lesson(lms, claims(), ids["one"])
    page = home.page(lms, claims())
    assert dict(page.days) == {}
    assert page.achievements == ()


def test_a_day_of_review_is_a_day_of_learning(lms: Lms, claims: Make, clock: Clock, ids: dict[str, int]) -> None:
    with lms.database.write() as transaction:
        for number, (given_in, day) in enumerate((("review", 20), ("review", 20), ("quiz", 21))):
            sqlite(transaction).execute(
                "INSERT INTO review_log (uuid, user_id, lesson_id, kind, card_key, given_in, rating, at)"
                " VALUES (?, 1, ?, 'card', 'x', ?, 3, ?)",
                (f"{number}", ids["one"], given_in, f"2026-11-{day} 12:00:00"),
            )
    page = home.page(lms, claims())
    assert dict(page.days) == {date(2026, 11, 20): DayActivity(days=1)}, "an answer in a quiz is an event of its own"


def test_achievements_are_dated_by_their_deed(lms: Lms, claims: Make, clock: Clock, ids: dict[str, int]) -> None:
    for word in ("one", "two", "three"):
        reading.complete_lesson(lms, claims(), ids[word])
        clock.advance(days=1)
    assert home.page(lms, claims()).achievements == (
        Achievement("First course completed", date(2026, 11, 24)),
        Achievement("First lesson completed", date(2026, 11, 22)),
    )


def test_ten_notes_are_reached_even_where_one_was_deleted_later(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int]
) -> None:
    for number in range(10):
        note = notes.write(lms, claims(), ids["one"], digest=number, quote="A", position="{}", text=None)
        clock.advance(hours=12)
    notes.delete(lms, claims(), note.id)
    page = home.page(lms, claims())
    assert Achievement("Ten notes", (NOW + timedelta(hours=9 * 12)).date()) in page.achievements
    assert len(page.days) == 6


def test_a_quiz_with_every_answer_right(lms: Lms, claims: Make, clock: Clock, ids: dict[str, int], course: int) -> None:
    titles = {each.title for each in home.page(lms, claims()).achievements}
    assert "A quiz with 100 %" not in titles
    for number, score in enumerate((99, 100, 100)):
        with lms.database.write() as transaction:
            transaction.execute(
                """
                INSERT INTO attempts (uuid, enrollment_id, lesson_id, course_version, pass_percent, questions,
                    started_at, finished_at, score)
                SELECT :uuid, id, :lesson, '1', 80, '[]', :at, :at, :score FROM enrollments
                """,
                {
                    "uuid": f"attempt {number}",
                    "lesson": ids["one"],
                    "at": f"2026-11-{10 + number} 08:00:00",
                    "score": score,
                },
            )
    assert Achievement("A quiz with 100 %", date(2026, 11, 11)) in home.page(lms, claims()).achievements


def learn_on(lms: Lms, claims: Make, clock: Clock, ids: dict[str, int], *days: int) -> None:
    """Some minutes on days of November 2026; the clock stands on the last of them."""
    for day in days:
        clock.moment = datetime(2026, 11, day, 12, tzinfo=UTC)
        reading.complete_lesson(lms, claims(), ids["one"], minutes=5)


def test_rest_days_keep_a_streak_together(lms: Lms, claims: Make, clock: Clock, ids: dict[str, int]) -> None:
    learn_on(lms, claims, clock, ids, 12, 13, 16, 17)  # Saturday and Sunday between
    assert home.page(lms, claims()).streak == Streak(2, 2)
    home.choose_rest_days(lms, claims(), {5, 6})
    page = home.page(lms, claims())
    assert (page.streak, page.rest_days) == (Streak(4, 4), frozenset({5, 6}))
    assert home.page(lms, claims(2)).rest_days == set()
    home.choose_rest_days(lms, claims(), ())
    assert home.page(lms, claims()).streak == Streak(2, 2)


def test_the_same_choice_again_is_not_written_down(lms: Lms, claims: Make) -> None:
    for weekdays in ((), {6}, {6}, (), ()):
        home.choose_rest_days(lms, claims(), weekdays)
    with lms.database.read() as connection:
        assert [bits for (bits,) in connection.execute("SELECT weekdays FROM rest_days ORDER BY id")] == [64, 0]


def test_a_day_that_is_none_is_refused(lms: Lms, claims: Make) -> None:
    with pytest.raises(RefusedError, match="Nothing was changed"):
        home.choose_rest_days(lms, claims(), {7})


def test_a_streak_that_was_reached_stays_reached_whatever_rest_days_are_chosen_later(
    lms: Lms, claims: Make, clock: Clock, ids: dict[str, int]
) -> None:
    home.choose_rest_days(lms, claims(), {6})
    learn_on(lms, claims, clock, ids, 9, 10, 11, 12, 13, 14, 16)  # Sunday the 15th at rest
    reached = Achievement("Seven days in a row", date(2026, 11, 16))
    assert reached in home.page(lms, claims()).achievements
    home.choose_rest_days(lms, claims(), {0, 1})
    page = home.page(lms, claims())
    assert reached in page.achievements
    assert page.streak.longest < 7


def test_nobody_sees_what_others_did(lms: Lms, claims: Make, course: int, ids: dict[str, int]) -> None:
    enrolling.enroll(lms, claims(2), course)
    reading.complete_lesson(lms, claims(2), ids["one"], minutes=50)
    notes.write(lms, claims(2), ids["one"], digest=1, quote="A", position="{}", text="mine")
    page = home.page(lms, claims())
    assert dict(page.days) == {}
    assert page.achievements == ()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT at, utc_offset, minutes FROM minutes_spent WHERE user_id = 1 ORDER BY at",
        "SELECT kind, MIN(at), COUNT(*) FROM events WHERE user_id = 1 AND kind IN ('completed') GROUP BY SUBSTR(at, 1, 16), kind",
        "SELECT payload FROM events WHERE user_id = 1 AND kind = 'days_placed' ORDER BY at, id LIMIT 1",
        "SELECT created_at FROM notes WHERE user_id = 1 ORDER BY created_at",
        "SELECT weekdays FROM rest_days WHERE user_id = 1 ORDER BY id",
        """SELECT attempts.finished_at FROM enrollments JOIN attempts ON attempts.enrollment_id = enrollments.id
        WHERE enrollments.user_id = 1 AND attempts.score = 100""",
    ],
)
def test_no_statement_of_home_reads_a_whole_table(lms: Lms, statement: str) -> None:
    plan = lms.database.plan(statement)
    assert not [step for step in plan if step.startswith("SCAN")], plan
