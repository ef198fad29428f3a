"""Whatever six people do to each other, and in whatever order: who is blocked is not seen, and every count is right."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count, permutations
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.data.transaction import rows
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.service import Lms, open_lms
from azora_tui.lms.together import blocks, connections, profiles
from azora_tui.paths import Paths
from tests.conftest import NOW, Clock, claims_of

PEOPLE = range(1, 7)
Pair = frozenset[int]

WORK: dict[str, Callable[..., Any]] = {
    "ask": connections.ask,
    "accept": connections.accept,
    "decline": connections.decline,
    "take back": connections.take_back,
    "end": connections.end,
    "block": blocks.block,
    "unblock": blocks.unblock,
}


@dataclass
class Model:
    """What should be so. `links` has who asked, and whether it was accepted, by the two that it is between."""

    open: set[int] = field(default_factory=set)
    links: dict[Pair, tuple[int, bool]] = field(default_factory=dict)
    blocked: set[tuple[int, int]] = field(default_factory=set)

    def apart(self, one: int, other: int) -> bool:
        return (one, other) in self.blocked or (other, one) in self.blocked

    def sees(self, viewer: int, other: int) -> bool:
        return not self.apart(viewer, other) and (other in self.open or frozenset((viewer, other)) in self.links)

    def standing(self, viewer: int, other: int) -> str:
        link = self.links.get(frozenset((viewer, other)))
        if link is None:
            return "strangers"
        asker, accepted = link
        return "connected" if accepted else "asked_by_me" if asker == viewer else "asked_of_me"

    def does(self, what: str, me: int, other: int) -> bool:
        """Do it, if it can be done; whether it can."""
        pair, standing = frozenset((me, other)), self.standing(me, other)
        if what == "unblock":
            if (me, other) not in self.blocked:
                return False
            self.blocked.remove((me, other))
            return True
        if not self.sees(me, other):
            return False
        if what == "block":
            self.links.pop(pair, None)
            self.blocked.add((me, other))
        elif what == "ask" and standing == "strangers":
            self.links[pair] = (me, False)
        elif what in ("ask", "accept") and standing == "asked_of_me":
            self.links[pair] = (other, True)
        elif (what, standing) == ("accept", "connected"):
            pass
        elif (what, standing) in (("decline", "asked_of_me"), ("take back", "asked_by_me"), ("end", "connected")):
            del self.links[pair]
        else:
            return False
        return True


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def lms(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[Lms]:
    paths, numbers = Paths(tmp_path_factory.mktemp("six")), count(1)
    service = Lms(open_database(paths.lms_database, schema.LMS), clock, lambda: f"id-{next(numbers)}")
    yield service
    service.database.close()


def forget(lms: Lms) -> None:
    with lms.database.write() as transaction:
        for table in ("notices", "connections", "blocks", "profiles", "recent_posts", "learners"):
            transaction.execute(f"DELETE FROM {table}")


@settings(max_examples=120)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*WORK, "ask", "accept", "block", "open", "close"]),
            st.sampled_from(PEOPLE),
            st.sampled_from(PEOPLE),
        ),
        max_size=40,
    ),
    st.sets(st.sampled_from(PEOPLE)),
)
def test_whatever_six_people_do(lms: Lms, clock: Clock, deeds: list[tuple[str, int, int]], opened: set[int]) -> None:
    forget(lms)
    model = Model()
    for number in PEOPLE:
        profiles.change(lms, claims_of(number), is_open=number in opened)
    model.open |= opened
    for what, me, other in deeds:
        clock.advance(minutes=1)
        if what in ("open", "close"):
            profiles.change(lms, claims_of(me), is_open=what == "open")
            (model.open.add if what == "open" else model.open.discard)(me)
        elif me != other:
            can = model.does(what, me, other)
            try:
                WORK[what](lms, claims_of(me), other)
            except (NotFoundError, RefusedError):
                assert not can, (what, me, other)
            else:
                assert can, (what, me, other)
    check(lms, model)


def check(lms: Lms, model: Model) -> None:
    """Every call of everybody about everybody, and every row."""
    for me in PEOPLE:
        claims, others = claims_of(me), [each for each in PEOPLE if each != me]
        seen = {each for each in others if not model.apart(me, each)}
        found = profiles.find(lms, claims)
        assert {each.user_id for each in found.people} == seen & model.open
        assert found.count == len(found.people)
        linked = connections.mine(lms, claims)
        for kind in ("asked_of_me", "connected", "asked_by_me"):
            expected = {each for each in seen if model.standing(me, each) == kind}
            people = getattr(linked, kind)
            assert {each.user_id for each in people} == expected
            assert len(people) == len(expected)
        assert {each.user_id for each in blocks.mine(lms, claims)} == {b for a, b in model.blocked if a == me}
    for me, other in permutations(PEOPLE, 2):
        try:
            person = profiles.person(lms, claims_of(me), other)
        except NotFoundError:
            assert not model.sees(me, other)
        else:
            assert model.sees(me, other)
            assert (person.standing, person.is_open) == (model.standing(me, other), other in model.open)
    check_rows(lms, model)


def check_rows(lms: Lms, model: Model) -> None:
    with lms.database.read() as transaction:
        stored = rows(transaction, "SELECT id, asker_id, asked_id, accepted_at FROM connections")
        told = rows(transaction, "SELECT user_id, kind, actor_id, about_id FROM notices")
        blocked = rows(transaction, "SELECT blocker_id, blocked_id FROM blocks")
    links = {frozenset((row.asker_id, row.asked_id)): (row.asker_id, row.accepted_at is not None) for row in stored}
    assert links == model.links
    assert len(stored) == len(links), "two have one row"
    assert {tuple(row) for row in blocked} == model.blocked
    expected = {
        (row.asked_id, "connection_asked", row.asker_id, row.id)
        if row.accepted_at is None
        else (row.asker_id, "connection_accepted", row.asked_id, row.id)
        for row in stored
    }
    assert {tuple(row) for row in told} == expected
    assert len(told) == len(expected)


# Crowds

PAIRS = 12


_start: Any = None  # in the processes of a crowd: where they wait for each other before each deed


def _meet(barrier: Any) -> None:
    global _start  # noqa: PLW0603  # an argument of a task cannot be one
    _start = barrier


def _act(folder: Path, deeds: list[tuple[str, int, int]]) -> list[str]:
    """What becomes of each deed in a process of its own."""
    lms = open_lms(Paths(folder))
    still = replace(lms, now=lambda: NOW)
    came = []
    for what, me, other in deeds:
        _start.wait(60)
        try:
            WORK[what](still, claims_of(me), other)
        except (NotFoundError, RefusedError) as error:
            came.append(error.code)
        else:
            came.append("done")
    lms.database.close()
    return came


def at_once(lms: Lms, *deeds: list[tuple[str, int, int]]) -> list[list[str]]:
    spawn = get_context("spawn")
    barrier = spawn.Barrier(len(deeds))
    with ProcessPoolExecutor(len(deeds), mp_context=spawn, initializer=_meet, initargs=(barrier,)) as pool:
        return list(pool.map(_act, [lms.paths.home] * len(deeds), deeds))


@pytest.fixture
def pairs(lms: Lms) -> list[tuple[int, int]]:
    """Pairs of people who show profiles; nobody posts more often than the limit allows."""
    forget(lms)
    made = [(100 + number, 200 + number) for number in range(PAIRS)]
    for number in (number for pair in made for number in pair):
        profiles.change(lms, claims_of(number), is_open=True)
    return made


def standings(lms: Lms, pairs: list[tuple[int, int]]) -> list[str]:
    return [profiles.person(lms, claims_of(one), other).standing for one, other in pairs]


def test_two_who_ask_each_other_at_once_are_connected_by_one_row(lms: Lms, pairs: list[tuple[int, int]]) -> None:
    there = [("ask", one, other) for one, other in pairs]
    back = [("ask", other, one) for one, other in pairs]
    assert at_once(lms, there, back) == [["done"] * PAIRS] * 2
    assert standings(lms, pairs) == ["connected"] * PAIRS
    with lms.database.read() as transaction:
        assert len(rows(transaction, "SELECT id FROM connections")) == PAIRS
        assert [row.kind for row in rows(transaction, "SELECT kind FROM notices")] == ["connection_accepted"] * PAIRS


def test_who_is_blocked_while_they_ask_is_blocked_and_leaves_nothing(lms: Lms, pairs: list[tuple[int, int]]) -> None:
    ask = [("ask", one, other) for one, other in pairs]
    block = [("block", other, one) for one, other in pairs]
    asked, blocked = at_once(lms, ask, block)
    assert blocked == ["done"] * PAIRS
    assert set(asked) <= {"done", "person_missing"}
    with lms.database.read() as transaction:
        assert rows(transaction, "SELECT id FROM connections") == rows(transaction, "SELECT id FROM notices") == []


def test_what_is_accepted_and_taken_back_at_once_is_one_of_the_two(lms: Lms, pairs: list[tuple[int, int]]) -> None:
    for one, other in pairs:
        connections.ask(lms, claims_of(one), other)
    accept = [("accept", other, one) for one, other in pairs]
    take_back = [("take back", one, other) for one, other in pairs]
    accepted, taken = at_once(lms, accept, take_back)
    won = [one == "done" for one in accepted]
    assert [code == "done" for code in taken] == [not each for each in won]
    assert set(accepted) | set(taken) <= {"done", "connection_missing", "connected_meanwhile"}
    expected = ["connected" if each else "strangers" for each in won]
    assert standings(lms, pairs) == expected


def test_the_model_can_fail(lms: Lms) -> None:
    """The control: a row that the rules would not have made is noticed."""
    forget(lms)
    model = Model()
    for number in PEOPLE:
        profiles.change(lms, claims_of(number), is_open=True)
    model.open |= set(PEOPLE)
    check(lms, model)
    with lms.database.write() as transaction:
        transaction.execute("INSERT INTO blocks (blocker_id, blocked_id, at) VALUES (1, 2, '2026-11-22 12:00:00')")
    with pytest.raises(AssertionError):
        check(lms, model)
