"""Six people do anything to each other, in any order: whoever is blocked is nowhere, counts are right, and nobody reads
what they may not."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from azora_tui.data import schema, teachers
from azora_tui.data.database import open_database
from azora_tui.data.transaction import value, values
from azora_tui.errors import AzoraError, NotFoundError, RefusedError
from azora_tui.lms import enrolling, reading, search
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.together import (
    blocks,
    boards,
    circles,
    connections,
    giving,
    helping,
    inbox,
    moderation,
    profiles,
    wisdom,
)
from azora_tui.models.accounts import Claims
from azora_tui.models.circles import Circle
from azora_tui.models.wisdom import WisdomKind
from tests.conftest import NOW, claims_of, course_source
from tests.engine import sqlite

TEACHER, OUTSIDER = 6, 5
"""One of the six teaches the course, and one is not in it."""
PEOPLE = range(1, 7)


def who(number: int) -> Claims:
    return claims_of(number, name=f"Person-{number}-", role="instructor" if number == TEACHER else "learner")


class School:
    """The course, and whatever was made in it, by the order in which it was."""

    def __init__(self, lms: Lms) -> None:
        self.lms = lms
        self.minutes = 0
        with lms.database.write() as transaction:
            self.course = install(lms, transaction, course_source("knots", lessons="one"))
            teachers.add_teacher(transaction, course_id=self.course, user_id=TEACHER, now=lms.now_text())
            self.lesson = int(value(transaction, "SELECT id FROM lessons WHERE slug = 'one'"))
        for number in PEOPLE:
            profiles.change(lms, who(number), is_open=True, helps=True)
            if number != OUTSIDER:
                enrolling.enroll(lms, who(number), self.course)
                reading.complete_lesson(lms, who(number), self.lesson)
        made = _make(self, 1)
        for number in (2, 3, TEACHER):
            circles.join(lms, who(number), made.word)
        for number in (1, 2, TEACHER):
            post = boards.post(lms, who(number), made.id, self.words(number))
            boards.reply(lms, who(3), post.id, self.words(3))
            wisdom.write(lms, who(number), self.lesson, WisdomKind.TIP, self.words(number))
            asked = helping.ask(lms, who(number), self.lesson, self.words(number))
            helping.reply(lms, who(4), asked.id, self.words(4))

    def ids(self, table: str) -> list[int]:
        with self.lms.database.read() as transaction:
            return values(transaction, f"SELECT id FROM {table} ORDER BY id")

    def words(self, number: int) -> str:
        return f"said-by-{number}-"

    def rows(self, statement: str, **parameters: Any) -> int:
        with self.lms.database.read() as transaction:
            return int(value(transaction, statement, parameters))


Act = Callable[[School, int, int, int], object]
"""What one person does: the school, who does it, another person, and a number that chooses what it is done to."""


def _one(school: School, table: str, number: int) -> int:
    found = school.ids(table)
    return found[number % len(found)] if found else 1


def _make(school: School, one: int) -> Circle:
    until = school.lms.today() + timedelta(days=9)
    return circles.make(school.lms, who(one), school.course, name=f"circle-of-{one}", goal="Hitches", until=until)


def _join(school: School, one: int, number: int) -> object:
    with school.lms.database.read() as transaction:
        found = values(transaction, "SELECT word FROM circles ORDER BY id")
    return circles.join(school.lms, who(one), found[number % len(found)] if found else "kubalo-31")


def _reply(school: School, one: int, number: int) -> object:
    return boards.reply(school.lms, who(one), _one(school, "circle_posts", number), school.words(one))


def _give(school: School, one: int, number: int) -> object:
    reply = _one(school, "help_replies", number)
    with school.lms.database.read() as transaction:
        request = value(transaction, "SELECT request_id FROM help_replies WHERE id = :id", {"id": reply})
    return giving.give(school.lms, who(one), request or 1, reply)


ACTS: dict[str, Act] = {
    "ask": lambda s, one, other, n: connections.ask(s.lms, who(one), other, s.words(one)),
    "accept": lambda s, one, other, n: connections.accept(s.lms, who(one), other),
    "decline": lambda s, one, other, n: connections.decline(s.lms, who(one), other),
    "end": lambda s, one, other, n: connections.end(s.lms, who(one), other),
    "block": lambda s, one, other, n: blocks.block(s.lms, who(one), other),
    "unblock": lambda s, one, other, n: blocks.unblock(s.lms, who(one), other),
    "open": lambda s, one, other, n: profiles.change(s.lms, who(one), is_open=bool(n % 2), about=s.words(one)),
    "make": lambda s, one, other, n: _make(s, one),
    "join": lambda s, one, other, n: _join(s, one, n),
    "leave": lambda s, one, other, n: circles.leave(s.lms, who(one), _one(s, "circles", n), keep_posts=bool(n % 2)),
    "post": lambda s, one, other, n: boards.post(s.lms, who(one), _one(s, "circles", n), s.words(one)),
    "reply": lambda s, one, other, n: _reply(s, one, n),
    "delete post": lambda s, one, other, n: boards.delete(s.lms, who(one), _one(s, "circle_posts", n)),
    "leave wisdom": lambda s, one, other, n: wisdom.write(s.lms, who(one), s.lesson, WisdomKind.TIP, s.words(one)),
    "thank": lambda s, one, other, n: wisdom.thank(s.lms, who(one), _one(s, "wisdom", n)),
    "take thanks back": lambda s, one, other, n: wisdom.take_back_thanks(s.lms, who(one), _one(s, "wisdom", n)),
    "delete wisdom": lambda s, one, other, n: wisdom.delete(s.lms, who(one), _one(s, "wisdom", n)),
    "report": lambda s, one, other, n: moderation.report(s.lms, who(one), _one(s, "wisdom", n), s.words(one)),
    "hide": lambda s, one, other, n: moderation.hide(s.lms, who(one), _one(s, "wisdom", n), "Unkind"),
    "show again": lambda s, one, other, n: moderation.show_again(s.lms, who(one), _one(s, "wisdom", n)),
    "stuck": lambda s, one, other, n: helping.ask(s.lms, who(one), s.lesson, s.words(one)),
    "help": lambda s, one, other, n: helping.reply(s.lms, who(one), _one(s, "help_requests", n), s.words(one)),
    "settle": lambda s, one, other, n: helping.settle(s.lms, who(one), _one(s, "help_requests", n)),
    "give": lambda s, one, other, n: _give(s, one, n),
    "take back": lambda s, one, other, n: helping.take_back(s.lms, who(one), _one(s, "help_requests", n)),
}
SEQUENCES = st.lists(
    st.tuples(
        st.sampled_from([*sorted(ACTS), "block", "block"]),
        st.sampled_from(PEOPLE),
        st.sampled_from(PEOPLE),
        st.integers(0, 7),
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], School]:
    folder = tmp_path_factory.mktemp("six")
    numbers = iter(range(10_000))

    def another() -> School:
        return School(_lms(folder / f"{next(numbers)}.db"))

    return another


def _the_time(at: datetime) -> datetime:
    return at


def _lms(path: Path) -> Lms:
    ids = iter(range(1_000_000))
    return Lms(open_database(path, schema.LMS), lambda: NOW, lambda: f"00000000-0000-7000-8000-{next(ids):012}")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SEQUENCES)
def test_whatever_six_people_do(schools: Callable[[], School], done: list[tuple[str, int, int, int]]) -> None:
    school = schools()
    try:
        for act, one, other, number in done:
            school.minutes += 1
            at = NOW + timedelta(minutes=school.minutes)
            school.lms = replace(school.lms, now=partial(_the_time, at))  # nobody comes to the limit of a minute
            with suppress(RefusedError, NotFoundError):
                ACTS[act](school, one, other, number)
        check(school)
    finally:
        school.lms.database.close()


def check(school: School) -> None:
    with school.lms.database.read() as transaction:
        pairs = sqlite(transaction).execute("SELECT blocker_id, blocked_id FROM blocks").fetchall()
    blocked = {frozenset(pair) for pair in pairs}
    for viewer in PEOPLE:
        seen = list(calls(school, viewer))
        for other in PEOPLE:
            if frozenset((viewer, other)) in blocked:
                names = (f"Person-{other}-", school.words(other), f"user_id={other},")
                assert [(call, name) for call, found in seen for name in names if name in found] == [], (viewer, other)
        counts(school, viewer)
    assert school.rows("SELECT COUNT(*) FROM wisdom WHERE thanks <> (SELECT COUNT(thanked_at) FROM wisdom_readers"
                       " WHERE wisdom_id = wisdom.id) OR seen <> (SELECT COUNT(*) FROM wisdom_readers"
                       " WHERE wisdom_id = wisdom.id)") == 0  # fmt: skip
    assert school.rows("SELECT COUNT(*) FROM pragma_foreign_key_check") == 0


def calls(school: School, viewer: int) -> Iterator[tuple[str, str]]:
    """Everything that one person can read of the others, as it would be shown; of who teaches, what is no teaching."""
    lms, me = school.lms, who(viewer)
    yield "people", repr(profiles.find(lms, me))
    yield "connections", repr(connections.mine(lms, me))
    yield "inbox", repr(inbox.page(lms, me, read=True))
    yield "circles", repr([each for each in circles.mine(lms, me) if f"circle-of-{viewer}" in each.name])
    yield "wanted", repr((helping.wanted(lms, me), helping.mine(lms, me)))
    for request_id in school.ids("help_requests"):
        with suppress(NotFoundError):
            yield "request", repr(helping.request(lms, me, request_id))
    if viewer not in (TEACHER, OUTSIDER):
        yield "wisdom", repr(wisdom.of_lesson(lms, me, school.lesson))
        yield "search", repr(search.find(lms, me, "said"))
    for circle_id in school.ids("circles"):
        member = school.rows(
            "SELECT COUNT(*) FROM circle_members WHERE circle_id = :id AND user_id = :me", id=circle_id, me=viewer
        )
        if member:
            yield "circle", repr(circles.circle(lms, me, circle_id).members)
            yield "board", repr(boards.page(lms, me, circle_id))
        else:
            for call in (circles.circle, boards.page, circles.invitation):
                with pytest.raises(NotFoundError):
                    call(lms, me, circle_id)


def counts(school: School, viewer: int) -> None:
    """What is counted is as much as there is to be seen."""
    lms, me = school.lms, who(viewer)
    found = inbox.page(lms, me)
    assert inbox.count(lms, me) == found.count
    for circle in circles.mine(lms, me):
        page = circles.circle(lms, me, circle.id)
        board = boards.page(lms, me, circle.id)
        assert circle.people == len(page.members) <= 12
        assert circle.posts == sum(bool(each.post.text) + len(each.replies) for each in board.threads)
    requests, number = helping.wanted(lms, me)
    assert number == len(requests)
    for asked in (*requests, *helping.mine(lms, me)[0]):
        assert asked.replies == len(helping.request(lms, me, asked.id).replies)
    if viewer == OUTSIDER:
        with pytest.raises(AzoraError):
            wisdom.of_lesson(lms, me, school.lesson)
    else:
        left = wisdom.of_lesson(lms, me, school.lesson, limit=500)
        assert left.total == len(left.pieces)
        hidden = [each for each in left.pieces if each.hidden and not each.author.mine]
        assert not hidden or viewer == TEACHER


def test_words_of_who_is_blocked_would_be_noticed(schools: Callable[[], School]) -> None:
    """The control."""
    school = schools()
    blocks.block(school.lms, who(2), 1)
    check(school)
    with school.lms.database.write() as transaction:
        transaction.execute("UPDATE wisdom SET author_id = 3 WHERE author_id = 1")  # and the words are still those of 1
    with pytest.raises(AssertionError, match="said-by-1-"):
        check(school)
    school.lms.database.close()
