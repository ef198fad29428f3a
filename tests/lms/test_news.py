"""What is new for a learner is what was said to them, in the courses that they are in, until they have read it."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from azora_tui.data import news as statements
from azora_tui.data import records
from azora_tui.data.transaction import ConstraintError
from azora_tui.errors import SessionError
from azora_tui.lms import enrolling, home, news, rebuilding
from azora_tui.lms.service import Lms, open_lms
from azora_tui.lms.teaching import announcing, messages
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths
from tests.conftest import Clock, claims_of

Make = Callable[..., Claims]

TEACHER = claims_of(9, role="admin", name="Elara")


@pytest.fixture
def courses(lms: Lms, claims: Make, clock: Clock, add_course: Callable[..., int]) -> dict[str, int]:
    """Learner 1 is in ants and bees, learner 2 in bees alone; nobody is in cats."""
    made = {slug: add_course(slug) for slug in ("ants", "bees", "cats")}
    for user, slugs in ((1, ("ants", "bees")), (2, ("bees",))):
        for slug in slugs:
            enrolling.enroll(lms, claims(user), made[slug])
    clock.advance(minutes=1)
    return made


def texts(lms: Lms, who: Claims, *, read: bool = False) -> list[str]:
    return [item.text for item in news.news(lms, who, read=read)]


def test_an_announcement_is_for_everybody_in_its_course_and_a_message_for_one(
    lms: Lms, claims: Make, clock: Clock, courses: dict[str, int]
) -> None:
    for slug in ("ants", "bees", "cats"):
        announcing.announce(lms, TEACHER, courses[slug], f"To {slug}")
        clock.advance(minutes=1)
    messages.write(lms, TEACHER, courses["bees"], 2, "To you")
    assert texts(lms, claims(1)) == ["To bees", "To ants"]
    assert texts(lms, claims(2)) == ["To you", "To bees"]
    assert texts(lms, claims(3)) == []


def test_an_item_says_who_spoke_where_and_when(lms: Lms, claims: Make, clock: Clock, courses: dict[str, int]) -> None:
    announced = announcing.announce(lms, TEACHER, courses["ants"], "Read *this*")
    [item] = news.news(lms, claims(1))
    assert (item.kind, item.uuid, item.course_id, item.course_title, item.author, item.text, item.at) == (
        "announcement", announced.uuid, courses["ants"], "Ants", "Elara", "Read *this*", clock.moment,
    )  # fmt: skip
    assert (item.read_at, item.lesson_id) == (None, None)
    news.mark_read(lms, claims(1), [item])
    clock.advance(minutes=1)
    messages.write(lms, TEACHER, courses["ants"], 1, "And you?")
    [item] = news.news(lms, claims(1))
    assert (item.kind, item.course_title, item.author, item.at) == ("message", "Ants", "Elara", clock.moment)


def test_the_author_keeps_the_name_that_they_had(lms: Lms, claims: Make, courses: dict[str, int]) -> None:
    announcing.announce(lms, TEACHER, courses["ants"], "First")
    announcing.announce(lms, replace(TEACHER, name="Elara Dube"), courses["ants"], "Second")
    assert [item.author for item in news.news(lms, claims(1))] == ["Elara Dube", "Elara"]


def test_what_was_read_is_new_no_more_for_who_read_it_alone(
    lms: Lms, claims: Make, clock: Clock, courses: dict[str, int]
) -> None:
    announcing.announce(lms, TEACHER, courses["bees"], "First")
    clock.advance(minutes=1)
    announcing.announce(lms, TEACHER, courses["bees"], "Second")
    messages.write(lms, TEACHER, courses["bees"], 1, "One")
    messages.write(lms, TEACHER, courses["bees"], 2, "Two")
    clock.advance(minutes=1)
    every = news.news(lms, claims(1))
    news.mark_read(lms, claims(1), [item for item in every if item.text != "Second"])
    assert texts(lms, claims(1)) == ["Second"]
    assert texts(lms, claims(2)) == ["Two", "Second", "First"]
    assert {item.text: item.read_at for item in news.news(lms, claims(1), read=True)} == {
        "First": clock.moment, "Second": None, "One": clock.moment,
    }  # fmt: skip
    assert [item.read_at for item in news.news(lms, claims(2), read=True)] == [None, None, None]


@pytest.mark.parametrize("number", range(4))
def test_each_is_read_for_itself(lms: Lms, claims: Make, courses: dict[str, int], number: int) -> None:
    for word in ("First", "Second"):
        announcing.announce(lms, TEACHER, courses["ants"], word)
        messages.write(lms, TEACHER, courses["bees"], 1, word)
    every = news.news(lms, claims(1))
    news.mark_read(lms, claims(1), [every[number]])
    assert news.news(lms, claims(1)) == (*every[:number], *every[number + 1 :])


def test_nobody_reads_what_was_not_said_to_them(lms: Lms, claims: Make, courses: dict[str, int]) -> None:
    announcing.announce(lms, TEACHER, courses["ants"], "To ants")
    messages.write(lms, TEACHER, courses["bees"], 1, "One")
    news.mark_read(lms, claims(2), news.news(lms, claims(1)))
    assert sorted(texts(lms, claims(1))) == ["One", "To ants"]
    with lms.database.read() as transaction:
        assert records.stored(transaction).news_read == {}


def test_reading_twice_is_noted_once(lms: Lms, claims: Make, clock: Clock, courses: dict[str, int]) -> None:
    announcing.announce(lms, TEACHER, courses["ants"], "To ants")
    messages.write(lms, TEACHER, courses["ants"], 1, "One")
    items, first = news.news(lms, claims(1)), clock.moment
    for _ in range(2):
        news.mark_read(lms, claims(1), items)
        clock.advance(hours=1)
    assert {item.read_at for item in news.news(lms, claims(1), read=True)} == {first}
    assert count_events(lms, "news_read") == 2


def count_events(lms: Lms, kind: str) -> int:
    with lms.database.read() as transaction:
        return len(list(transaction.execute("SELECT 1 FROM events WHERE kind = :kind", {"kind": kind})))


def _read_all(home_folder: Path) -> None:
    lms = open_lms(Paths(home_folder))
    me = claims_of(1)
    news.mark_read(replace(lms, now=lambda: me.issued_at), me, news.news(replace(lms, now=lambda: me.issued_at), me))
    lms.database.close()


def test_two_processes_note_it_once(lms: Lms, courses: dict[str, int]) -> None:
    announcing.announce(lms, TEACHER, courses["ants"], "To ants")
    messages.write(lms, TEACHER, courses["ants"], 1, "One")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(_read_all, [lms.paths.home] * 4))
    assert texts(lms, claims_of(1)) == []
    assert count_events(lms, "news_read") == 2


def test_what_was_announced_before_they_enrolled_is_not_new(
    lms: Lms, claims: Make, clock: Clock, courses: dict[str, int]
) -> None:
    announcing.announce(lms, TEACHER, courses["cats"], "Before")
    clock.advance(microseconds=1)
    enrolling.enroll(lms, claims(1), courses["cats"])
    announcing.announce(lms, TEACHER, courses["cats"], "At once")
    assert texts(lms, claims(1)) == ["At once"]


def test_who_left_hears_no_announcement_and_keeps_what_was_written_to_them(
    lms: Lms, claims: Make, clock: Clock, courses: dict[str, int]
) -> None:
    announcing.announce(lms, TEACHER, courses["bees"], "To bees")
    messages.write(lms, TEACHER, courses["bees"], 2, "To you")
    enrolling.leave(lms, claims(2), courses["bees"])
    assert texts(lms, claims(2)) == ["To you"]
    assert texts(lms, claims(1)) == ["To bees"]
    enrolling.enroll(lms, claims(2), courses["bees"])
    assert sorted(texts(lms, claims(2))) == ["To bees", "To you"]


def test_who_has_completed_a_course_is_still_in_it(lms: Lms, claims: Make, add_course: Callable[..., int]) -> None:
    course = add_course("short", lessons="")
    enrolling.enroll(lms, claims(1), course)
    with lms.database.write() as transaction:
        transaction.execute("UPDATE enrollments SET status = 'completed' WHERE course_id = :id", {"id": course})
    announcing.announce(lms, TEACHER, course, "Well done")
    assert texts(lms, claims(1)) == ["Well done"]


def test_nobody_is_told_what_they_said_themselves(lms: Lms, claims: Make, courses: dict[str, int]) -> None:
    enrolling.enroll(lms, TEACHER, courses["ants"])
    announcing.announce(lms, TEACHER, courses["ants"], "To ants")
    assert texts(lms, TEACHER) == []
    assert texts(lms, claims(1)) == ["To ants"]


def test_a_withdrawn_announcement_is_found_by_nobody(lms: Lms, claims: Make, courses: dict[str, int]) -> None:
    announced = [announcing.announce(lms, TEACHER, courses["bees"], word) for word in ("Wrong", "Right")]
    opened = news.news(lms, claims(1))
    announcing.withdraw(lms, TEACHER, courses["bees"], announced[0].id)
    assert texts(lms, claims(1)) == ["Right"]
    assert texts(lms, claims(2), read=True) == ["Right"]
    news.mark_read(lms, claims(1), opened)
    assert count_events(lms, "news_read") == 1


def test_only_the_newest_are_given(
    lms: Lms, claims: Make, clock: Clock, courses: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MAX_ITEMS", 3)
    for number in range(4):
        announcing.announce(lms, TEACHER, courses["ants"], f"A {number}")
        clock.advance(minutes=1)
        messages.write(lms, TEACHER, courses["ants"], 1, f"M {number}")
        clock.advance(minutes=1)
    assert texts(lms, claims(1)) == ["M 3", "A 3", "M 2"]


def test_home_has_what_is_new(lms: Lms, claims: Make, courses: dict[str, int]) -> None:
    announcing.announce(lms, TEACHER, courses["ants"], "To ants")
    messages.write(lms, TEACHER, courses["bees"], 2, "To you")
    assert home.page(lms, claims(1)).news == news.news(lms, claims(1))
    assert [item.text for item in home.page(lms, claims(1)).news] == ["To ants"]


def test_a_session_that_has_run_out_asks_nothing(lms: Lms, claims: Make, clock: Clock) -> None:
    clock.advance(days=400)
    with pytest.raises(SessionError):
        news.news(lms, claims(1))
    with pytest.raises(SessionError):
        news.mark_read(lms, claims(1), [])


def test_events_tell_everything(lms: Lms, claims: Make, clock: Clock, courses: dict[str, int]) -> None:
    announced = announcing.announce(lms, TEACHER, courses["bees"], "Wrong")
    announcing.announce(lms, TEACHER, courses["ants"], "Right")
    messages.write(lms, TEACHER, courses["bees"], 2, "To you")
    clock.advance(hours=1)
    for user in (1, 2):
        news.mark_read(lms, claims(user), news.news(lms, claims(user)))
    announcing.withdraw(lms, TEACHER, courses["bees"], announced.id)
    with lms.database.read() as transaction:
        stored = records.stored(transaction)
        assert rebuilding.rebuilt(transaction) == stored
    assert len(stored.news) == 3
    assert len(stored.news_read) == 4


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE announcements SET text = 'x' WHERE id = 1",
        "UPDATE announcements SET withdrawn_at = 'x'",
        "UPDATE announcements SET author_id = 8",
        "UPDATE announcement_reads SET read_at = 'x'",
        "DELETE FROM announcement_reads",
        "UPDATE messages SET author = 'x'",
        "UPDATE messages SET user_id = 2",
        "UPDATE messages SET read_at = NULL",
    ],
)
def test_a_table_that_says_something_else_is_noticed(
    lms: Lms, claims: Make, courses: dict[str, int], damage: str
) -> None:
    announcing.announce(lms, TEACHER, courses["bees"], "Right")
    messages.write(lms, TEACHER, courses["bees"], 1, "To you")
    news.mark_read(lms, claims(1), news.news(lms, claims(1)))
    with lms.database.write() as transaction:
        transaction.execute(damage)
    with lms.database.read() as transaction:
        assert rebuilding.rebuilt(transaction) != records.stored(transaction)


@pytest.mark.parametrize("read", [False, True])
def test_no_statement_reads_a_whole_table(lms: Lms, monkeypatch: pytest.MonkeyPatch, read: bool) -> None:
    asked: list[str] = []

    def kept(_: object, statement: str, __: object) -> list[object]:
        asked.append(statement)
        return []

    monkeypatch.setattr(statements, "rows", kept)
    with lms.database.read() as transaction:
        news.news_of(transaction, 1, read=read)
    assert len(asked) == 3
    for statement in asked:
        plan = lms.database.plan(statement, {"user_id": 1, "limit": 1})
        assert not [step for step in plan if step.startswith("SCAN")], plan


@pytest.mark.parametrize("table", ["announcements", "messages"])
def test_the_file_itself_holds_no_empty_text(lms: Lms, courses: dict[str, int], table: str) -> None:
    announcing.announce(lms, TEACHER, courses["bees"], "Right")
    messages.write(lms, TEACHER, courses["bees"], 1, "To you")
    with pytest.raises(ConstraintError, match="CHECK"), lms.database.write() as transaction:
        transaction.execute(f"UPDATE {table} SET text = ''")
