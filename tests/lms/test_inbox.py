"""One inbox: what was told to somebody and is still true, what waits for them, and how much of it is new."""

from collections.abc import Callable
from typing import Any

import pytest

from azora_tui.errors import SessionError
from azora_tui.lms.service import Lms
from azora_tui.lms.together import boards, circles, inbox
from azora_tui.lms.together.access import tell
from azora_tui.models.circles import Circle
from tests.conftest import NOW, Clock, claims_of
from tests.together_circles import block, close, made_circle, person, row_counts, unblock


@pytest.fixture
def circle(lms: Lms, add_course: Callable[..., int]) -> Circle:
    """Amina (1), Jo (2) and Kofi (3) are in it, and have read that the others joined."""
    made = made_circle(lms, add_course("ropes"), 2, 3)
    for number in (1, 2):
        boards.mark_seen(lms, person(number), made.id)
    return made


def execute(lms: Lms, statement: str, **values: Any) -> None:
    with lms.database.write() as transaction:
        transaction.execute(statement, values)


def ask(lms: Lms, asker: int, asked: int, words: str = "May I?") -> int:
    """Somebody asks to be connected, as `connections` keeps it."""
    with lms.database.write() as transaction:
        ((id_,),) = transaction.execute(
            """
            INSERT INTO connections (uuid, asker_id, asked_id, words, asked_at)
            VALUES (:uuid, :asker, :asked, :words, :at) RETURNING id
            """,
            {"uuid": lms.new_id(), "asker": asker, "asked": asked, "words": words, "at": lms.now_text()},
        )
        tell(lms, transaction, asked, "connection_asked", id_, actor_id=asker)
    return int(id_)


def accept(lms: Lms, connection: int, asker: int, asked: int) -> None:
    with lms.database.write() as transaction:
        transaction.execute("UPDATE connections SET accepted_at = :at WHERE id = :id", {"id": connection, "at": "x"})
        tell(lms, transaction, asker, "connection_accepted", connection, actor_id=asked)


def lines(lms: Lms, number: int, *, read: bool = False) -> list[tuple[str, str | None, str]]:
    """Kind, actor and words of what is new for a learner; and how much it is must be right."""
    page = inbox.page(lms, person(number), read=read)
    assert page.count == inbox.count(lms, person(number))
    return [(each.kind, each.actor.name if each.actor else None, each.words) for each in page.new]


def test_what_is_new_is_read_where_it_stands(lms: Lms, circle: Circle, clock: Clock) -> None:
    posted = boards.post(lms, person(2), circle.id, "Lay it flat.")
    (notice,) = inbox.page(lms, person(1)).new
    assert (notice.kind, notice.about_id, notice.circle_id, notice.circle_name, notice.course_title, notice.at) == (
        "circle_posted", posted.id, circle.id, "Three ropes", "Ropes", NOW,
    )  # fmt: skip
    clock.advance(minutes=1)
    boards.change(lms, person(2), posted.id, "Lay it flat first.")
    circles.change(lms, person(1), circle.id, name="Four ropes")
    boards.post(lms, person(3), circle.id, "Yes.")
    assert lines(lms, 1) == [("circle_posted", "Kofi", "Yes."), ("circle_posted", "Jo", "Lay it flat first.")]
    assert inbox.page(lms, person(1)).new[1].circle_name == "Four ropes"
    boards.delete(lms, person(2), posted.id)
    assert lines(lms, 1) == [("circle_posted", "Kofi", "Yes.")]


def test_what_is_read_is_new_no_more_for_who_read_it(lms: Lms, circle: Circle, clock: Clock) -> None:
    for word in ("One", "Two"):
        clock.advance(minutes=1)
        boards.post(lms, person(2), circle.id, word)
    newest, oldest = inbox.page(lms, person(1)).new
    inbox.mark_read(lms, person(3), [newest])
    clock.advance(minutes=1)
    inbox.mark_read(lms, person(1), [oldest])
    assert [words for _, _, words in lines(lms, 1)] == ["Two"]
    assert [words for _, _, words in lines(lms, 3)] == ["Two", "One"]
    assert [each.read_at for each in inbox.page(lms, person(1), read=True).new][:2] == [None, clock.moment]
    clock.advance(minutes=1)
    inbox.mark_read(lms, person(1), inbox.page(lms, person(1), read=True).new)
    assert inbox.page(lms, person(1), read=True).new[1].read_at != clock.moment
    assert inbox.count(lms, person(1)) == 0


def test_who_has_left_is_told_nothing_more_of_the_circle(lms: Lms, circle: Circle) -> None:
    boards.post(lms, person(2), circle.id, "One")
    execute(lms, "DELETE FROM circle_members WHERE user_id = 1")
    assert lines(lms, 1) == []
    assert lines(lms, 3, read=True)[0] == ("circle_posted", "Jo", "One")


def test_nothing_is_told_of_who_is_blocked_since(lms: Lms, circle: Circle) -> None:
    posted = boards.post(lms, person(3), circle.id, "Three")
    boards.reply(lms, person(1), posted.id, "One")
    boards.reply(lms, person(2), posted.id, "Two")
    assert [words for _, _, words in lines(lms, 1)] == ["Two", "Three"]
    block(lms, 2, 1)
    assert [words for _, _, words in lines(lms, 1)] == ["Three"]
    unblock(lms, 2, 1)
    block(lms, 1, 3)
    assert lines(lms, 1) == []
    unblock(lms, 1, 3)
    assert len(lines(lms, 1)) == 2


def test_who_has_left_the_school_has_no_name(lms: Lms, circle: Circle) -> None:
    boards.post(lms, person(2), circle.id, "Two")
    close(lms, 2)
    (notice,) = inbox.page(lms, person(1)).new
    assert notice.actor is not None
    assert notice.actor.gone
    assert notice.actor.name is None


# Connections


def test_who_asks_to_be_connected_waits_until_they_have_an_answer(lms: Lms, circle: Circle) -> None:
    connection = ask(lms, 2, 1)
    page = inbox.page(lms, person(1))
    assert page.new == ()
    (request,) = page.requests
    assert (request.connection_id, request.author.name, request.words, request.is_new) == (
        connection, "Jo", "May I?", True,
    )  # fmt: skip
    assert page.count == inbox.count(lms, person(1)) == 1
    inbox.mark_read(lms, person(3), (), page.requests)
    assert inbox.count(lms, person(1)) == 1
    inbox.mark_read(lms, person(1), (), page.requests)
    (request,) = inbox.page(lms, person(1)).requests
    assert not request.is_new
    assert inbox.count(lms, person(1)) == 0
    accept(lms, connection, 2, 1)
    assert inbox.page(lms, person(1), read=True).requests == ()
    assert lines(lms, 2) == [("connection_accepted", "Amina", "May I?")]
    assert inbox.page(lms, person(2)).requests == inbox.page(lms, person(3)).requests == ()


def test_a_request_that_is_answered_unread_is_not_counted(lms: Lms, circle: Circle) -> None:
    accept(lms, ask(lms, 2, 1), 2, 1)
    assert lines(lms, 1) == []
    assert inbox.count(lms, person(1)) == 0


@pytest.mark.parametrize("what", ["asker", "asked"])
def test_a_request_of_who_is_blocked_is_none(lms: Lms, circle: Circle, what: str) -> None:
    ask(lms, 2, 1)
    block(lms, *((2, 1) if what == "asker" else (1, 2)))
    assert inbox.page(lms, person(1)).requests == ()
    assert inbox.count(lms, person(1)) == 0


def test_a_request_of_a_closed_account_is_none(lms: Lms, circle: Circle) -> None:
    ask(lms, 2, 1)
    close(lms, 2)
    assert inbox.page(lms, person(1)).requests == ()
    assert inbox.count(lms, person(1)) == 0


def test_a_connection_that_is_over_is_told_of_no_more(lms: Lms, circle: Circle) -> None:
    accept(lms, ask(lms, 1, 2), 1, 2)
    execute(lms, "DELETE FROM connections")
    assert lines(lms, 1) == []


# Kinds of others


def test_a_kind_that_is_of_neither_is_told_with_its_place(
    lms: Lms, circle: Circle, lesson_ids: Callable[[int], dict[str, int]]
) -> None:
    execute(lms, "INSERT INTO notice_kinds (kind) VALUES ('smoke_signalled')")
    lesson = lesson_ids(circle.course_id)["one"]
    with lms.database.write() as transaction:
        for actor in (2, None):
            tell(
                lms, transaction, 1, "smoke_signalled", 7, actor_id=actor, course_id=circle.course_id, lesson_id=lesson
            )
    nobody, jo = inbox.page(lms, person(1)).new
    assert nobody.actor is None
    assert jo.actor is not None
    assert jo.actor.name is None, "who shows no profile has no name outside of a circle"
    assert (jo.about_id, jo.lesson_id, jo.lesson_title, jo.course_title, jo.circle_id, jo.words) == (
        7, lesson, "Lesson one", "Ropes", None, "",
    )  # fmt: skip
    block(lms, 1, 2)
    assert inbox.page(lms, person(1)).new == (nobody,)
    assert inbox.count(lms, person(1)) == 1


def test_the_circles_of_an_inbox_are_one_s_own(lms: Lms, circle: Circle) -> None:
    assert inbox.page(lms, person(1)).circles == circles.mine(lms, person(1))
    assert inbox.page(lms, person(9)).circles == ()


def test_no_more_than_a_hundred_are_read_at_once(
    lms: Lms, circle: Circle, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MAX_NOTICES", 2)
    for word in ("One", "Two", "Three"):
        boards.post(lms, person(2), circle.id, word)
    assert [each.words for each in inbox.page(lms, person(1)).new] == ["Three", "Two"]
    assert inbox.count(lms, person(1)) == 3


def test_marking_nothing_writes_nothing(lms: Lms, circle: Circle, monkeypatch: pytest.MonkeyPatch) -> None:
    boards.post(lms, person(2), circle.id, "One")
    inbox.mark_read(lms, person(1), inbox.page(lms, person(1)).new)
    read = inbox.page(lms, person(1), read=True)
    before = row_counts(lms)
    monkeypatch.setattr(type(lms.database), "write", None)
    inbox.mark_read(lms, person(1), read.new, read.requests)
    assert row_counts(lms) == before


def test_a_session_that_has_run_out_reads_nothing(lms: Lms) -> None:
    over = claims_of(1, expires_at=NOW)
    for work in (inbox.page, inbox.count, inbox.mark_read):
        with pytest.raises(SessionError):
            work(lms, over)


def test_no_read_goes_through_a_whole_table(lms: Lms) -> None:
    from azora_tui.data import inbox as statements

    for statement in (
        f"SELECT COUNT(*) {statements._TOLD}",
        f"SELECT COUNT(*) {statements._ASKED} AND {statements._IS_NEW}",
    ):
        plan = lms.database.plan(statement, {"viewer": 1})
        assert not [step for step in plan if step.startswith("SCAN") and "CONSTANT" not in step], plan
