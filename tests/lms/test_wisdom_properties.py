"""Whatever five people do one after the other: counts equal rows, and nobody reads what they may not."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.errors import AzoraError
from azora_tui.lms import search
from azora_tui.lms.service import Lms
from azora_tui.lms.together import moderation, wisdom
from azora_tui.lms.together.ranking import wilson_lower_bound
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths
from tests.conftest import Clock, claims_of
from tests.lms.wisdom_class import ZOLA, WisdomClass, wisdom_class

ONE, TWO, THREE, STRANGER = (claims_of(user) for user in (1, 2, 3, 4))
PEOPLE = (ONE, TWO, THREE, STRANGER, ZOLA)
WORK: dict[str, Callable[[WisdomClass, Claims, int, Claims], object]] = {
    "write": lambda c, who, piece, other: c.write(f"zebra by {who.user_id}", by=who),
    "change": lambda c, who, piece, other: wisdom.change(c.lms, who, piece, f"zebra again by {who.user_id}"),
    "delete": lambda c, who, piece, other: wisdom.delete(c.lms, who, piece),
    "thank": lambda c, who, piece, other: wisdom.thank(c.lms, who, piece),
    "take back": lambda c, who, piece, other: wisdom.take_back_thanks(c.lms, who, piece),
    "see": lambda c, who, piece, other: wisdom.mark_seen(c.lms, who, [piece]),
    "report": lambda c, who, piece, other: moderation.report(c.lms, who, piece, "No"),
    "dismiss": lambda c, who, piece, other: moderation.dismiss(c.lms, who, piece),
    "hide": lambda c, who, piece, other: moderation.hide(c.lms, who, piece, "No"),
    "show": lambda c, who, piece, other: moderation.show_again(c.lms, who, piece),
    "pin": lambda c, who, piece, other: moderation.pin(c.lms, who, piece),
    "unpin": lambda c, who, piece, other: moderation.unpin(c.lms, who, piece),
    "answer": lambda c, who, piece, other: moderation.answer(c.lms, who, piece, "Yes"),
    "block": lambda c, who, piece, other: _block(c, who, other),
    "unblock": lambda c, who, piece, other: _unblock(c, who, other),
    "forget": lambda c, who, piece, other: _forget(c, who),
}
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(WORK)), st.sampled_from(PEOPLE), st.integers(1, 6), st.sampled_from(PEOPLE)),
    min_size=5,
    max_size=40,
)


def _block(c: WisdomClass, who: Claims, other: Claims) -> None:
    with c.lms.database.write() as transaction:
        transaction.execute(
            """
            INSERT INTO blocks (blocker_id, blocked_id, at)
            SELECT :one, :two, 'x' WHERE :one <> :two ON CONFLICT DO NOTHING
            """,
            {"one": who.user_id, "two": other.user_id},
        )


def _unblock(c: WisdomClass, who: Claims, other: Claims) -> None:
    with c.lms.database.write() as transaction:
        transaction.execute(
            "DELETE FROM blocks WHERE blocker_id = :one AND blocked_id = :two",
            {"one": who.user_id, "two": other.user_id},
        )


def _forget(c: WisdomClass, who: Claims) -> None:
    with c.lms.database.write() as transaction:
        wisdom.forget(transaction, who.user_id)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wisdom") / "school"
    Paths(folder).prepare()
    made = _opened(folder, Clock())

    def lesson_ids(course: int) -> dict[str, int]:
        with made.database.read() as transaction:
            return dict(transaction.execute("SELECT slug, id FROM lessons WHERE course_id = :id", {"id": course}))

    wisdom_class(made, Clock(), lesson_ids)
    with made.database.write() as transaction:  # so that whoever is blocked is known
        for who in PEOPLE:
            transaction.execute(
                "INSERT INTO learners (user_id, uuid) VALUES (:id, :uuid) ON CONFLICT DO NOTHING",
                {"id": who.user_id, "uuid": who.user_uuid},
            )
    made.database.close()
    return folder


def _opened(folder: Path, clock: Clock) -> Lms:
    numbers = count(100_000)
    return Lms(open_database(Paths(folder).lms_database, schema.LMS), clock, lambda: f"id-{next(numbers):06}")


@settings(max_examples=25)
@given(steps=STEPS)
def test_whatever_is_done(built: Path, steps: list[tuple[str, Claims, int, Claims]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(built, Path(folder) / "school")
        clock = Clock()
        lms = _opened(Path(folder) / "school", clock)
        try:
            with lms.database.read() as transaction:
                course, lesson = next(iter(transaction.execute("SELECT course_id, id FROM lessons WHERE slug = 'one'")))
            c = WisdomClass(lms, clock, course, lesson, 0)
            for name, who, piece, other in steps:
                clock.advance(minutes=2)
                try:
                    WORK[name](c, who, piece, other)
                except AzoraError:
                    continue  # what is refused is refused, and the rest still holds
                _holds(c)
            _holds(c)
        finally:
            lms.database.close()


def _holds(c: WisdomClass) -> None:
    rows = c.value("SELECT id, author_id, is_hidden, seen, thanks, score FROM wisdom")
    readers = c.value("SELECT wisdom_id, user_id, thanked_at FROM wisdom_readers")
    blocked = {frozenset(pair) for pair in c.value("SELECT blocker_id, blocked_id FROM blocks")}
    for piece, author, _, seen, thanks, score in rows:
        mine = [(user, thanked) for wisdom_id, user, thanked in readers if wisdom_id == piece]
        assert (seen, thanks) == (len(mine), sum(thanked is not None for _, thanked in mine))
        assert score == wilson_lower_bound(thanks, seen)
        assert author not in {user for user, _ in mine}
    ids = {row[0] for row in rows}
    assert {wisdom_id for wisdom_id, _, _ in readers} <= ids
    assert {about for (about,) in c.value("SELECT about_id FROM reports")} <= ids
    assert {about for (about,) in c.value("SELECT about_id FROM notices")} <= ids
    for who in (ONE, TWO, THREE, ZOLA):
        shown = {
            piece
            for piece, author, is_hidden, *_ in rows
            if frozenset((who.user_id, author)) not in blocked
            and (not is_hidden or author == who.user_id or who is ZOLA)
        }
        found = wisdom.of_lesson(c.lms, who, c.lesson, limit=99)
        assert {each.id for each in found.pieces} == shown
        assert wisdom.of_lesson(c.lms, who, c.lesson, limit=1).total == len(shown)
        hits = {hit.wisdom_id for hit in search.find(c.lms, replace(who), "zebra").hits} - {None}
        seen_hits = {piece for piece, _, is_hidden, *_ in rows if piece in shown and not is_hidden}
        assert hits <= seen_hits
        assert len(hits) == min(5, len(seen_hits))
