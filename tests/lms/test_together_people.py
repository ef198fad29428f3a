"""People for each other: what a profile shows to whom, who is connected, and who does not exist for whom."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from azora_tui.data import company
from azora_tui.data.transaction import ConstraintError, one, rows, value
from azora_tui.errors import AzoraError, FieldError, NotFoundError, RefusedError
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import Lms
from azora_tui.lms.together import access, blocks, connections, departing, profiles
from azora_tui.models.accounts import Claims
from azora_tui.models.profiles import PersonSeen, Profile
from tests.conftest import Clock, claims_of

ADMIN = claims_of(9, role="admin")
TEXTS = ("learning", "helping", "about")


def opened(lms: Lms, number: int, **fields: Any) -> Claims:
    """Somebody who shows a profile."""
    who = claims_of(number)
    profiles.change(lms, who, is_open=True, **fields)
    return who


def connected(lms: Lms, one_of_them: int, other: int) -> None:
    """With profiles that are closed again."""
    for number in (one_of_them, other):
        opened(lms, number)
    connections.ask(lms, claims_of(one_of_them), other)
    connections.accept(lms, claims_of(other), one_of_them)
    for number in (one_of_them, other):
        profiles.change(lms, claims_of(number), is_open=False)


def names(lms: Lms, who: int, query: str = "") -> list[str]:
    found = profiles.find(lms, claims_of(who), query)
    assert found.count == len(found.people)
    return [each.name for each in found.people]


def standings(lms: Lms, who: int) -> dict[str, list[int]]:
    found = connections.mine(lms, claims_of(who))
    return {
        kind: [each.user_id for each in getattr(found, kind)]
        for kind in ("asked_of_me", "connected", "asked_by_me")
        if getattr(found, kind)
    }


def told(lms: Lms, who: int) -> list[tuple[str, int]]:
    """What stands in somebody's inbox, and of whom."""
    with lms.database.read() as transaction:
        found = rows(transaction, "SELECT kind, actor_id FROM notices WHERE user_id = :who ORDER BY id", {"who": who})
    return [(row.kind, row.actor_id) for row in found]


def count(lms: Lms, table: str) -> int:
    with lms.database.read() as transaction:
        return int(value(transaction, f"SELECT COUNT(*) FROM {table}"))


def refusal(work: Callable[..., object], *args: Any) -> str:
    with pytest.raises(AzoraError) as raised:
        work(*args)
    return raised.value.code


# Profiles


def test_a_profile_is_closed_until_it_is_opened(lms: Lms) -> None:
    assert profiles.mine(lms, claims_of(2)) == Profile("Learner 2")
    profiles.change(lms, claims_of(2), learning="knots")
    assert names(lms, 1) == []
    assert refusal(profiles.person, lms, claims_of(1), 2) == "person_missing"
    profiles.change(lms, claims_of(2), is_open=True)
    assert names(lms, 1) == ["Learner 2"]
    assert profiles.person(lms, claims_of(1), 2) == PersonSeen(
        2, "Learner 2", "strangers", is_open=True, learning="knots"
    )
    profiles.change(lms, claims_of(2), is_open=False)
    assert names(lms, 1) == []
    assert refusal(profiles.person, lms, claims_of(1), 2) == "person_missing"


def test_what_is_not_given_stays_as_it_is(lms: Lms) -> None:
    every: dict[str, Any] = {
        "display_name": "Ama", "learning": "a", "helping": "b", "about": "c", "is_open": True, "helps": True,
    }  # fmt: skip
    for name, given in every.items():
        before = profiles.mine(lms, claims_of(1))
        after = profiles.change(lms, claims_of(1), **{name: given})
        assert after == profiles.mine(lms, claims_of(1)) == replace(before, **{name: given})
    for name, given in every.items():
        changed = profiles.change(lms, claims_of(1), **{name: type(given)()})
        assert not getattr(changed, name)
    assert profiles.mine(lms, claims_of(1)) == Profile("Learner 1")
    assert count(lms, "profiles") == 1


def test_one_s_own_profile_is_nobody_else_s(lms: Lms) -> None:
    opened(lms, 1, about="one", helps=True)
    opened(lms, 2, about="two")
    assert profiles.mine(lms, claims_of(1)).about == "one"
    assert [profiles.person(lms, claims_of(3), number).helps for number in (1, 2)] == [True, False]


def test_a_name_is_one_line_and_a_few_lines_are_lines(lms: Lms) -> None:
    own = profiles.change(
        lms,
        claims_of(1),
        display_name=" A\x1b[31m\nma\u202e  K. ",
        learning="knots\n\nand\tropes",
        helping=" bees ",
        about="\n one\r\n\ntwo \x07\n",
    )
    assert own == Profile("Learner 1", "A[31m ma K.", "knots and ropes", "bees", "one\n\ntwo")


@pytest.mark.parametrize(
    ("field", "maximum"),
    [
        ("display_name", profiles.MAX_NAME_LENGTH),
        ("learning", profiles.MAX_LINE_LENGTH),
        ("helping", profiles.MAX_LINE_LENGTH),
        ("about", profiles.MAX_ABOUT_LENGTH),
    ],
)
def test_what_is_too_long_is_refused_and_changes_nothing(lms: Lms, field: str, maximum: int) -> None:
    def change(text: str, **more: Any) -> Profile:
        return profiles.change(lms, claims_of(1), **{field: text, **more})

    change("y" * maximum)
    change(" " * 2 * maximum + "x" * maximum)
    for length in (maximum + 1, 5 * maximum):
        with pytest.raises(FieldError, match=f"{maximum:,} is the most") as raised:
            change("z" * length, is_open=True)
        assert raised.value.field == field
    with pytest.raises(FieldError):  # which is too much to be cleaned first
        change(" " * 5 * maximum)
    own = profiles.mine(lms, claims_of(1))
    assert (getattr(own, field), own.is_open) == ("x" * maximum, False)


def test_a_name_of_one_s_own_stands_for_that_of_the_account(lms: Lms) -> None:
    opened(lms, 2, display_name="Ama")
    assert names(lms, 1) == [profiles.person(lms, claims_of(1), 2).name] == ["Ama"]
    profiles.change(lms, claims_of(2), display_name="")
    assert names(lms, 1) == [profiles.person(lms, claims_of(1), 2).name] == ["Learner 2"]


def test_oneself_is_seen_as_others_see_one(lms: Lms) -> None:
    profiles.change(lms, claims_of(1), learning="a", helping="b", about="c", helps=True)
    assert profiles.person(lms, claims_of(1), 1) == PersonSeen(1, "Learner 1", "myself")
    profiles.change(lms, claims_of(1), is_open=True, display_name="Ama")
    assert profiles.person(lms, claims_of(1), 1) == replace(profiles.person(lms, claims_of(2), 1), standing="myself")
    assert profiles.person(lms, claims_of(7), 7) == PersonSeen(7, "Learner 7", "myself")


def test_the_e_mail_is_nowhere(lms: Lms) -> None:
    connected(lms, 1, 2)
    opened(lms, 2, display_name="Ama", about="Me")
    seen = (
        profiles.find(lms, claims_of(1)),
        profiles.find(lms, claims_of(1), "learner2@example.org"),
        profiles.person(lms, claims_of(1), 2),
        connections.mine(lms, claims_of(1)),
    )
    assert "@" not in repr(seen)
    assert seen[1].people == ()


@pytest.mark.parametrize("query", ["ama", "ÁMA", "  knots ", "kno bée", "BEES, honey", "50%", "a_b", "m"])
def test_people_are_found_by_all_that_they_show(lms: Lms, query: str) -> None:
    opened(lms, 2, display_name="Amá", learning="Knots", helping="Bées, honey", about="50% a_b")
    assert names(lms, 1, query) == ["Amá"]


@pytest.mark.parametrize("query", ["learner", "ama zzz", "%", "_", "\\", "k%ts"])
def test_nobody_is_found_by_what_they_do_not_show(lms: Lms, query: str) -> None:
    opened(lms, 2, display_name="Ama", learning="Knots")
    assert names(lms, 1, query) == []


def test_words_that_were_taken_back_find_nobody(lms: Lms) -> None:
    opened(lms, 2, learning="knots")
    profiles.change(lms, claims_of(2), learning="ropes")
    assert (names(lms, 1, "knots"), names(lms, 1, "ropes")) == ([], ["Learner 2"])


def test_of_a_long_search_the_beginning_counts(lms: Lms) -> None:
    opened(lms, 2, learning="a b c d e f g h i j k l")
    assert names(lms, 1, "a b c d e f g h i j k l zzz") == ["Learner 2"]
    assert names(lms, 1, "a" + " " * 300 + "zzz") == ["Learner 2"]
    assert names(lms, 1, "a" + " " * 100 + "zzz") == []


def test_people_stand_in_the_order_of_their_names_page_by_page(lms: Lms) -> None:
    for number, name in enumerate(("Zoë", "ama", "Ámos", "Bheki"), start=2):
        opened(lms, number, display_name=name)
    assert names(lms, 1) == ["ama", "Ámos", "Bheki", "Zoë"]
    assert names(lms, 4) == ["ama", "Bheki", "Zoë"]
    pages = [profiles.find(lms, claims_of(1), offset=offset, limit=2) for offset in (0, 2, 4)]
    assert [([each.name for each in page.people], page.count) for page in pages] == [
        (["ama", "Ámos"], 4), (["Bheki", "Zoë"], 4), ([], 4),
    ]  # fmt: skip


def test_of_a_closed_profile_only_the_name_is_shown_to_who_is_connected(lms: Lms) -> None:
    connected(lms, 1, 2)
    profiles.change(lms, claims_of(2), display_name="Ama", learning="a", helping="b", about="c", helps=True)
    seen = profiles.person(lms, claims_of(1), 2)
    assert (seen.name, seen.standing, seen.is_open, seen.helps) == ("Ama", "connected", False, False)
    assert [getattr(seen, text) for text in TEXTS] == ["", "", ""]
    assert connections.mine(lms, claims_of(1)).connected == (seen,)
    assert refusal(profiles.person, lms, claims_of(3), 2) == "person_missing"


def test_whom_somebody_has_asked_sees_who_it_is(lms: Lms) -> None:
    opened(lms, 2)
    connections.ask(lms, claims_of(1), 2)
    profiles.change(lms, claims_of(2), is_open=False)
    assert profiles.person(lms, claims_of(2), 1).standing == "asked_of_me"
    assert profiles.person(lms, claims_of(1), 2).standing == "asked_by_me"
    for stranger in (claims_of(3),):
        assert refusal(profiles.person, lms, stranger, 1) == "person_missing"
        assert refusal(profiles.person, lms, stranger, 2) == "person_missing"


@pytest.mark.parametrize("number", [2, 999, 0, -1, 2**62])
def test_who_is_not_there_sounds_like_nobody(lms: Lms, number: int) -> None:
    profiles.change(lms, claims_of(2), display_name="Ama")
    sentences = set()
    for work in (profiles.person, connections.ask, connections.accept, connections.end, blocks.block):
        with pytest.raises(NotFoundError) as raised:
            work(lms, claims_of(1), number)
        sentences.add(str(raised.value))
    assert len(sentences) == 1


# Connections


def test_one_asks_and_the_other_accepts(lms: Lms, clock: Clock) -> None:
    opened(lms, 2)
    asked_at = clock.moment
    asked = connections.ask(lms, claims_of(1), 2, "  You know\nknots? ")
    assert (asked.standing, asked.words, asked.asked_at, asked.accepted_at) == (
        "asked_by_me", "You know knots?", asked_at, None,
    )  # fmt: skip
    assert (standings(lms, 1), standings(lms, 2)) == ({"asked_by_me": [2]}, {"asked_of_me": [1]})
    assert (told(lms, 1), told(lms, 2)) == ([], [("connection_asked", 1)])
    clock.advance(hours=1)
    accepted = connections.accept(lms, claims_of(2), 1)
    assert (accepted.standing, accepted.asked_at, accepted.accepted_at) == ("connected", asked_at, clock.moment)
    assert (standings(lms, 1), standings(lms, 2)) == ({"connected": [2]}, {"connected": [1]})
    assert (told(lms, 1), told(lms, 2)) == ([("connection_accepted", 2)], [])
    clock.advance(hours=1)
    assert connections.accept(lms, claims_of(2), 1) == accepted
    assert len(told(lms, 1)) == 1
    connections.end(lms, claims_of(1), 2)
    assert (standings(lms, 1), standings(lms, 2), told(lms, 1), count(lms, "connections")) == ({}, {}, [], 0)


@pytest.mark.parametrize("work", [connections.decline, connections.take_back])
def test_what_is_declined_or_taken_back_leaves_nothing(lms: Lms, work: Callable[[Lms, Claims, int], None]) -> None:
    opened(lms, 2)
    connections.ask(lms, claims_of(1), 2)
    me, them = (2, 1) if work is connections.decline else (1, 2)
    assert refusal(work, lms, claims_of(them), me) in ("connection_missing", "person_missing")
    work(lms, claims_of(me), them)
    assert (standings(lms, 1), standings(lms, 2), told(lms, 1), told(lms, 2)) == ({}, {}, [], [])
    assert (count(lms, "connections"), count(lms, "notices")) == (0, 0)
    connections.ask(lms, claims_of(1), 2)
    assert standings(lms, 1) == {"asked_by_me": [2]}


def test_who_asks_back_accepts(lms: Lms) -> None:
    opened(lms, 1)
    opened(lms, 2)
    connections.ask(lms, claims_of(1), 2, "Hello")
    person = connections.ask(lms, claims_of(2), 1, "Hello too")
    assert (person.standing, person.words) == ("connected", "Hello")
    assert (told(lms, 1), told(lms, 2)) == ([("connection_accepted", 2)], [])
    assert count(lms, "connections") == 1
    with lms.database.read() as transaction:
        assert rows(transaction, "SELECT user_id FROM recent_posts WHERE user_id = 2") == []


def test_nobody_is_asked_twice(lms: Lms) -> None:
    opened(lms, 1)
    opened(lms, 2)
    connections.ask(lms, claims_of(1), 2)
    assert refusal(connections.ask, lms, claims_of(1), 2) == "connection_asked_already"
    connections.accept(lms, claims_of(2), 1)
    for me, them in ((1, 2), (2, 1)):
        assert refusal(connections.ask, lms, claims_of(me), them) == "connected_already"
    assert told(lms, 2) == []


def test_what_was_answered_meanwhile_is_said(lms: Lms) -> None:
    connected(lms, 1, 2)
    assert refusal(connections.decline, lms, claims_of(2), 1) == "connected_meanwhile"
    assert refusal(connections.take_back, lms, claims_of(1), 2) == "connected_meanwhile"
    assert standings(lms, 1) == {"connected": [2]}


def test_who_asked_accepts_and_declines_nothing_and_what_was_only_asked_is_not_ended(lms: Lms) -> None:
    opened(lms, 2)
    connections.ask(lms, claims_of(1), 2)
    for work in (connections.accept, connections.decline, connections.end):
        assert refusal(work, lms, claims_of(1), 2) == "connection_missing"
    for work in (connections.take_back, connections.end):
        assert refusal(work, lms, claims_of(2), 1) == "connection_missing"
    assert standings(lms, 2) == {"asked_of_me": [1]}


@pytest.mark.parametrize(
    "work",
    [connections.ask, connections.accept, connections.decline, connections.take_back, connections.end, blocks.block],
)
def test_nobody_does_it_to_themselves(lms: Lms, work: Callable[[Lms, Claims, int], object]) -> None:
    opened(lms, 1)
    assert refusal(work, lms, claims_of(1), 1) == "own_person"


def test_a_sentence_has_its_length(lms: Lms) -> None:
    opened(lms, 2)
    for length in (connections.MAX_WORDS_LENGTH + 1, 100_000):
        assert refusal(connections.ask, lms, claims_of(1), 2, "x" * length) == "post_too_long"
    assert standings(lms, 1) == {}
    assert connections.ask(lms, claims_of(1), 2, "x" * connections.MAX_WORDS_LENGTH).words.startswith("x")


def test_asking_is_a_post_of_which_there_are_ten_a_minute(lms: Lms, clock: Clock) -> None:
    for number in range(2, access.MAX_POSTS + 4):
        opened(lms, number)
    for number in range(2, access.MAX_POSTS + 2):
        connections.ask(lms, claims_of(1), number)
        assert refusal(connections.ask, lms, claims_of(1), number) == "connection_asked_already"
    assert refusal(connections.ask, lms, claims_of(1), 12) == "too_many_posts"
    assert connections.ask(lms, claims_of(3), 12).standing == "asked_by_me"
    clock.advance(minutes=1)
    assert connections.ask(lms, claims_of(1), 12).standing == "asked_by_me"


def test_a_connection_is_of_two_and_touches_no_third(lms: Lms) -> None:
    for number in (1, 2, 3):
        opened(lms, number)
    connections.ask(lms, claims_of(1), 2)
    connections.ask(lms, claims_of(3), 2)
    connections.ask(lms, claims_of(3), 1)
    connections.accept(lms, claims_of(2), 1)
    assert standings(lms, 1) == {"asked_of_me": [3], "connected": [2]}
    assert standings(lms, 2) == {"asked_of_me": [3], "connected": [1]}
    assert standings(lms, 3) == {"asked_by_me": [1, 2]}
    assert told(lms, 2) == [("connection_asked", 3)]
    connections.end(lms, claims_of(2), 1)
    assert (told(lms, 1), told(lms, 2)) == ([("connection_asked", 3)], [("connection_asked", 3)])
    blocks.block(lms, claims_of(2), 3)
    assert (standings(lms, 1), standings(lms, 3)) == ({"asked_of_me": [3]}, {"asked_by_me": [1]})
    assert (told(lms, 1), told(lms, 2)) == ([("connection_asked", 3)], [])


def test_two_people_have_one_row(lms: Lms) -> None:
    connected(lms, 1, 2)
    with pytest.raises(ConstraintError), lms.database.write() as transaction:
        transaction.execute(
            "INSERT INTO connections (uuid, asker_id, asked_id, asked_at) VALUES ('x', 2, 1, 'now')", {}
        )


def test_connections_are_in_the_order_of_names_and_what_was_asked_newest_first(lms: Lms, clock: Clock) -> None:
    for number, name in ((2, "Zoë"), (3, "ámos"), (4, "Ama"), (5, "Zola"), (6, "Bheki")):
        opened(lms, number, display_name=name)
    for number in (3, 2, 4):
        connections.ask(lms, claims_of(1), number)
        connections.accept(lms, claims_of(number), 1)
    for number in (6, 5):
        clock.advance(minutes=1)
        connections.ask(lms, claims_of(1), number)
    found = connections.mine(lms, claims_of(1))
    assert [each.name for each in found.connected] == ["Ama", "ámos", "Zoë"]
    assert [each.name for each in found.asked_by_me] == ["Zola", "Bheki"]


# Blocks


@pytest.mark.parametrize("accepted", [False, True])
@pytest.mark.parametrize(("blocker", "blocked"), [(1, 2), (2, 1)])
def test_who_is_blocked_is_gone_at_once_and_both_ways(lms: Lms, blocker: int, blocked: int, accepted: bool) -> None:
    for number in (1, 2, 3):
        opened(lms, number)
    connections.ask(lms, claims_of(1), 2)
    if accepted:
        connections.accept(lms, claims_of(2), 1)
    blocks.block(lms, claims_of(blocker), blocked)
    assert (count(lms, "connections"), count(lms, "notices")) == (0, 0)
    for me, them in ((1, 2), (2, 1)):
        assert standings(lms, me) == {}
        assert names(lms, me) == ["Learner 3"]
        for work in (profiles.person, connections.ask, connections.accept, connections.end, blocks.block):
            assert refusal(work, lms, claims_of(me), them) == "person_missing"
    assert names(lms, 3) == ["Learner 1", "Learner 2"]


def test_a_block_is_taken_back_by_who_set_it(lms: Lms) -> None:
    connected(lms, 1, 2)
    opened(lms, 2)
    blocks.block(lms, claims_of(1), 2)
    assert refusal(blocks.unblock, lms, claims_of(2), 1) == "block_missing"
    assert blocks.mine(lms, claims_of(2)) == ()
    blocks.unblock(lms, claims_of(1), 2)
    assert blocks.mine(lms, claims_of(1)) == ()
    assert profiles.person(lms, claims_of(1), 2).standing == "strangers"
    assert standings(lms, 1) == {}
    assert refusal(blocks.unblock, lms, claims_of(1), 2) == "block_missing"


def test_whom_one_has_blocked_has_the_name_of_then(lms: Lms, clock: Clock) -> None:
    opened(lms, 2, display_name="Ama")
    opened(lms, 3)
    blocks.block(lms, claims_of(1), 2)
    at = clock.moment
    clock.advance(minutes=1)
    blocks.block(lms, claims_of(1), 3)
    profiles.change(lms, claims_of(2), display_name="Another")
    assert [(each.user_id, each.name) for each in blocks.mine(lms, claims_of(1))] == [(3, "Learner 3"), (2, "Ama")]
    assert blocks.mine(lms, claims_of(1))[1].at == at
    blocks.unblock(lms, claims_of(1), 3)
    assert [each.user_id for each in blocks.mine(lms, claims_of(1))] == [2]


# Closed accounts


def test_whose_account_is_closed_is_not_there_and_what_they_wrote_is_by_nobody(lms: Lms, clock: Clock) -> None:
    connected(lms, 1, 2)
    opened(lms, 2)
    opened(lms, 3)
    departing.close(lms, ADMIN, "uuid-2")
    assert names(lms, 1) == ["Learner 3"]
    assert standings(lms, 1) == {}
    assert refusal(profiles.person, lms, claims_of(1), 2) == "person_missing"
    assert author_of(lms, 2) == (None, True)
    first = closed_at(lms, 2)
    clock.advance(hours=1)
    departing.close(lms, ADMIN, "uuid-2")
    assert closed_at(lms, 2) == first is not None
    departing.reopen(lms, ADMIN, "uuid-2")
    assert names(lms, 1) == ["Learner 2", "Learner 3"]
    assert standings(lms, 1) == {"connected": [2]}
    assert author_of(lms, 2) == ("Learner 2", False)
    departing.reopen(lms, ADMIN, "uuid-2")
    departing.close(lms, ADMIN, "uuid-unknown")


def test_accounts_are_closed_by_an_admin_or_the_owner_of_the_files(lms: Lms, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(lms, 2)
    for role in ("learner", "instructor"):
        for work in (departing.close, departing.reopen):
            with pytest.raises(RefusedError, match="Only an admin"):
                work(lms, claims_of(5, role=role), "uuid-2")
    departing.close(lms, None, "uuid-2")
    assert names(lms, 1) == []
    departing.reopen(lms, None, "uuid-2")
    monkeypatch.setattr("azora_tui.lms.service.is_owner", lambda path: False)
    with pytest.raises(RefusedError, match="Only an admin"):
        departing.close(lms, None, "uuid-2")
    assert names(lms, 1) == ["Learner 2"]


def closed_at(lms: Lms, number: int) -> str | None:
    with lms.database.read() as transaction:
        return value(transaction, "SELECT closed_at FROM learners WHERE user_id = :id", {"id": number})  # type: ignore[no-any-return]


def author_of(lms: Lms, number: int) -> tuple[str | None, bool]:
    """As learner 1 reads who wrote something."""
    with lms.database.read() as transaction:
        row = one(
            transaction,
            f"SELECT {company.author_columns('who.user_id')} FROM learners AS who WHERE who.user_id = :id",
            {"id": number, "viewer": 1},
        )
    found = company.author(row, viewer=1)
    return found.name, found.gone


def test_nothing_of_it_is_an_event(lms: Lms) -> None:
    connected(lms, 1, 2)
    opened(lms, 2, about="words")
    blocks.block(lms, claims_of(1), 2)
    departing.close(lms, ADMIN, "uuid-2")
    assert count(lms, "events") == 0
    with lms.database.write() as transaction:
        know_learner(transaction, claims_of(1))
