"""What was left at a lesson is read by who is in its course, the best first, and never beside an open quiz."""

import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from azora_tui.data import wisdom as statements
from azora_tui.data.transaction import ConstraintError
from azora_tui.errors import NotFoundError, RefusedError, SessionError
from azora_tui.lms import enrolling, reading, search
from azora_tui.lms.service import Lms, open_lms
from azora_tui.lms.together import moderation, wisdom
from azora_tui.lms.together.ranking import wilson_lower_bound
from azora_tui.models.accounts import Claims
from azora_tui.models.search import HitKind
from azora_tui.models.wisdom import WisdomKind
from azora_tui.paths import Paths
from tests.conftest import Clock, claims_of
from tests.lms.wisdom_class import NOMSA, TEXT, THANDI, ZOLA, WisdomClass, install_course, wisdom_class

ONE, TWO, THREE, STRANGER = (claims_of(user) for user in (1, 2, 3, 4))


@pytest.fixture
def knots(lms: Lms, clock: Clock, lesson_ids: Callable[[int], dict[str, int]]) -> WisdomClass:
    return wisdom_class(lms, clock, lesson_ids)


def block(lms: Lms, blocker: int, blocked: int) -> None:
    with lms.database.write() as transaction:
        transaction.execute(
            "INSERT INTO blocks (blocker_id, blocked_id, at) VALUES (:one, :two, :now)",
            {"one": blocker, "two": blocked, "now": lms.now_text()},
        )


# Leaving something


def test_a_piece_is_what_was_written_where_and_by_whom(knots: WisdomClass) -> None:
    left = knots.write("Lay it *flat*.\n", kind=WisdomKind.EXAMPLE, at=knots.at("THE TREE"))
    [read] = wisdom.of_lesson(knots.lms, TWO, knots.lesson).pieces
    assert (read.id, read.uuid, read.kind, read.text) == (left.id, left.uuid, WisdomKind.EXAMPLE, "Lay it *flat*.")
    assert (read.course_title, read.lesson_slug, read.lesson_title) == ("Knots", "one", "Lesson one")
    assert (read.quote, read.written_at, read.changed_at) == ("It goes around the tree.", knots.clock.moment, None)
    assert (read.thanks, read.thanked, read.reported, read.pinned, read.hidden) == (0, False, False, False, False)
    assert (read.author.name, read.author.user_id, read.author.mine) == (None, None, False)
    assert (left.author.mine, left.author.name) == (True, "Learner 1")


def test_who_has_not_completed_the_lesson_leaves_nothing(knots: WisdomClass) -> None:
    for who, code in (
        (THREE, "wisdom_not_completed"),
        (STRANGER, "lesson_not_enrolled"),
        (NOMSA, "lesson_not_enrolled"),
    ):
        with pytest.raises(RefusedError) as refused:
            knots.write(by=who)
        assert refused.value.code == code
        assert knots.value("SELECT COUNT(*) FROM wisdom") == [(0,)]
    reading.complete_lesson(knots.lms, THREE, knots.lesson)
    assert knots.write(by=THREE).author.mine
    with pytest.raises(RefusedError, match="completed"):
        wisdom.write(knots.lms, THREE, knots.other_lesson, WisdomKind.TIP, "Elsewhere")
    enrolling.leave(knots.lms, THREE, knots.course)
    with pytest.raises(RefusedError):
        knots.write(by=THREE)


@pytest.mark.parametrize("teacher", [ZOLA, THANDI])
def test_who_teaches_leaves_something_and_is_named(knots: WisdomClass, teacher: Claims) -> None:
    knots.write(by=teacher)
    [read] = wisdom.of_lesson(knots.lms, TWO, knots.lesson).pieces
    assert read.author.name == ("Zola" if teacher is ZOLA else None)  # an admin is not of the course


def test_limits_of_a_post(knots: WisdomClass) -> None:
    with pytest.raises(RefusedError) as refused:
        knots.write(" \n")
    assert refused.value.code == "nothing_posted"
    knots.write("x" * 4_000)
    assert (
        knots.write("z" + "\u0335\u20dd" * 500 + "\u05e9\u05b8\u05c1").text
        == "z" + "\u0335\u20dd" * 4 + "\u05e9\u05b8\u05c1"
    )
    with pytest.raises(RefusedError) as refused:
        knots.write("x" * 4_001)
    assert refused.value.code == "post_too_long"
    for _ in range(9):
        wisdom.write(knots.lms, TWO, knots.lesson, WisdomKind.TIP, "Again")
    own = wisdom.write(knots.lms, TWO, knots.lesson, WisdomKind.TIP, "Again")
    for work in (
        lambda: wisdom.write(knots.lms, TWO, knots.lesson, WisdomKind.TIP, "Again"),
        lambda: wisdom.change(knots.lms, TWO, own.id, "Again"),
        lambda: moderation.report(knots.lms, TWO, own.id - 10, "Too much"),
    ):
        with pytest.raises(RefusedError) as refused:
            work()
        assert refused.value.code == "too_many_posts"
    knots.clock.advance(minutes=2)
    wisdom.change(knots.lms, TWO, own.id, "At last")


def test_a_lesson_or_paragraph_that_is_not_there(knots: WisdomClass) -> None:
    for work in (
        lambda: wisdom.of_lesson(knots.lms, ONE, 999),
        lambda: wisdom.write(knots.lms, ONE, 999, WisdomKind.TIP, "Here"),
        lambda: wisdom.paragraph_with(knots.lms, ONE, knots.lesson, "no such words"),
        lambda: wisdom.paragraph_with(knots.lms, ONE, knots.lesson, " "),
        lambda: wisdom.piece(knots.lms, ONE, 2**63),
        lambda: wisdom.piece(knots.lms, ONE, 0),
    ):
        with pytest.raises(NotFoundError):
            work()


def test_only_its_author_changes_and_deletes_a_piece(knots: WisdomClass) -> None:
    left = knots.write()
    for who in (TWO, ZOLA, THANDI):
        for work in (
            lambda who=who: wisdom.change(knots.lms, who, left.id, "Mine"),
            lambda who=who: wisdom.delete(knots.lms, who, left.id),
        ):
            with pytest.raises(NotFoundError) as missing:
                work()
            assert missing.value.code == "wisdom_missing"
    wisdom.thank(knots.lms, TWO, left.id)
    changed = wisdom.change(knots.lms, ONE, left.id, "Lay it down.", kind=WisdomKind.CORRECTION)
    assert (changed.text, changed.kind, changed.changed_at) == (
        "Lay it down.", WisdomKind.CORRECTION, knots.clock.moment,
    )  # fmt: skip
    assert changed.thanks == 1
    assert wisdom.change(knots.lms, ONE, left.id, "Again").kind is WisdomKind.CORRECTION


def test_what_is_deleted_leaves_nothing(knots: WisdomClass) -> None:
    kept, left = knots.write("Keep me"), knots.write("Unmistakably zebra", at=knots.at("tree"))
    for one in (kept, left):
        wisdom.thank(knots.lms, TWO, one.id)
        moderation.report(knots.lms, TWO, one.id, "No")
        moderation.pin(knots.lms, ZOLA, one.id)
        moderation.answer(knots.lms, ZOLA, one.id, "Yes")
    wisdom.delete(knots.lms, ONE, left.id)
    assert knots.texts(TWO) == ["Keep me"]
    assert knots.value("SELECT DISTINCT wisdom_id FROM wisdom_readers") == [(kept.id,)]
    assert knots.value("SELECT about_id FROM reports") == [(kept.id,)]
    assert knots.value("SELECT DISTINCT about_id FROM notices") == [(kept.id,)]
    blocks = [bytes(row[0]) for row in knots.value("SELECT block FROM wisdom_index_data")]
    assert not [each for each in blocks if b"zebra" in each or b"ebra" in each]
    assert [each for each in blocks if b"keep" in each]
    with pytest.raises(NotFoundError):
        wisdom.delete(knots.lms, ONE, left.id)


def test_mine_are_all_of_mine_wherever_i_left_them(knots: WisdomClass) -> None:
    knots.write("First")
    knots.write("Not mine", by=TWO)
    knots.write("Second")
    knots.begin_quiz(ONE)
    assert [each.text for each in wisdom.mine(knots.lms, ONE)] == ["Second", "First"]
    enrolling.leave(knots.lms, ONE, knots.course)
    assert len(wisdom.mine(knots.lms, ONE)) == 2


# Reading


def test_only_who_is_in_the_course_or_teaches_it_reads(knots: WisdomClass) -> None:
    left = knots.write()
    for who in (TWO, THREE, ZOLA, THANDI):
        assert knots.texts(who) == ["Lay it flat."]
        assert wisdom.piece(knots.lms, who, left.id).text == "Lay it flat."
    enrolling.leave(knots.lms, THREE, knots.course)
    for who in (THREE, STRANGER, NOMSA):
        with pytest.raises(RefusedError):
            knots.texts(who)
        with pytest.raises(RefusedError):
            wisdom.of_paragraph(knots.lms, who, knots.lesson, digest=1, line=1)
        with pytest.raises(RefusedError):
            wisdom.paragraph_with(knots.lms, who, knots.lesson, "tree")
        for work in (wisdom.piece, wisdom.thank, wisdom.take_back_thanks):
            with pytest.raises(NotFoundError) as missing:
                work(knots.lms, who, left.id)
            assert missing.value.code == "wisdom_missing"
        with pytest.raises(NotFoundError):
            moderation.report(knots.lms, who, left.id, "No")


def test_nothing_is_shown_beside_a_quiz_that_one_has_begun(knots: WisdomClass) -> None:
    left = knots.write("A zebra")
    attempt = knots.begin_quiz(TWO)
    paragraph = knots.at("tree")
    line = json.loads(paragraph.position)["line"]
    for found in (
        wisdom.of_lesson(knots.lms, TWO, knots.lesson),
        wisdom.of_paragraph(knots.lms, TWO, knots.lesson, digest=paragraph.digest, line=line),
    ):
        assert (found.quiz_open, found.pieces, found.total) == (True, (), 0)
    for work in (wisdom.piece, wisdom.thank):
        with pytest.raises(RefusedError) as refused:
            work(knots.lms, TWO, left.id)
        assert refused.value.code == "wisdom_quiz_open"
    wisdom.mark_seen(knots.lms, TWO, [left.id])
    assert knots.value("SELECT COUNT(*) FROM wisdom_readers") == [(0,)]
    assert not search.find(knots.lms, TWO, "zebra").hits
    assert knots.texts(THREE) == ["A zebra"]
    assert search.find(knots.lms, THREE, "zebra").hits
    knots.end_quiz(TWO, attempt)
    assert knots.texts(TWO) == ["A zebra"]
    assert search.find(knots.lms, TWO, "zebra").hits


def test_the_quiz_of_another_lesson_keeps_nothing_back(knots: WisdomClass) -> None:
    knots.write()
    knots.begin_quiz(TWO)
    assert not wisdom.of_lesson(knots.lms, TWO, knots.other_lesson).quiz_open


def test_who_is_blocked_does_not_exist_in_either_direction(knots: WisdomClass) -> None:
    by_one, by_two = knots.write("A zebra of one"), knots.write("A zebra of two", by=TWO)
    block(knots.lms, 1, 2)
    assert knots.texts(ONE) == ["A zebra of one"]
    assert knots.texts(TWO) == ["A zebra of two"]
    assert len(knots.texts(THREE)) == 2
    for who, piece in ((ONE, by_two), (TWO, by_one)):
        for work in (wisdom.piece, wisdom.thank):
            with pytest.raises(NotFoundError) as missing:
                work(knots.lms, who, piece.id)
            assert missing.value.code == "wisdom_missing"
        assert [hit.wisdom_id for hit in search.find(knots.lms, who, "zebra").hits] == [
            piece.id ^ by_one.id ^ by_two.id
        ]


def test_the_total_counts_what_is_shown(knots: WisdomClass, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        knots.write(f"Of one {number}")
        knots.write(f"Of two {number}", by=TWO)
    hidden = knots.write("Hidden")
    moderation.hide(knots.lms, ZOLA, hidden.id, "No")
    totals = {who.user_id: wisdom.of_lesson(knots.lms, who, knots.lesson, limit=2) for who in (ONE, TWO, THREE, ZOLA)}
    assert {who: found.total for who, found in totals.items()} == {1: 7, 2: 6, 3: 6, 9: 7}
    assert {len(found.pieces) for found in totals.values()} == {2}
    block(knots.lms, 2, 1)
    assert wisdom.of_lesson(knots.lms, ONE, knots.lesson, limit=2).total == 4
    assert wisdom.of_lesson(knots.lms, TWO, knots.lesson, limit=2).total == 3
    monkeypatch.setattr(wisdom, "MAX_PIECES", 3)
    found = wisdom.of_lesson(knots.lms, THREE, knots.lesson, limit=9)
    assert (len(found.pieces), found.total) == (3, 6)
    monkeypatch.setattr(wisdom, "_COUNTED", 5)
    assert wisdom.of_lesson(knots.lms, THREE, knots.lesson, limit=2).total == 5


def test_who_may_write_and_who_teaches_is_said(knots: WisdomClass) -> None:
    said = {
        who.user_id: (found.may_write, found.teaches)
        for who in (ONE, THREE, ZOLA)
        if (found := wisdom.of_lesson(knots.lms, who, knots.lesson))
    }
    assert said == {1: (True, False), 3: (False, False), 9: (True, True)}


def test_a_closed_account_s_pieces_are_by_somebody_who_has_left(knots: WisdomClass) -> None:
    knots.write()
    with knots.lms.database.write() as transaction:
        transaction.execute("UPDATE learners SET closed_at = 'x' WHERE user_id = 1")
    [read] = wisdom.of_lesson(knots.lms, TWO, knots.lesson).pieces
    assert (read.author.gone, read.author.name, read.author.user_id) == (True, None, None)


# Thanks, and the order that comes of them


def test_thanks_are_counted_once_and_taken_back(knots: WisdomClass) -> None:
    left = knots.write()
    for _ in range(2):
        assert (wisdom.thank(knots.lms, TWO, left.id).thanks, wisdom.piece(knots.lms, TWO, left.id).thanked) == (
            1,
            True,
        )
    wisdom.mark_seen(knots.lms, THREE, [left.id, left.id, 999])
    wisdom.mark_seen(knots.lms, THREE, [left.id])
    assert knots.value("SELECT seen, thanks, score FROM wisdom") == [(2, 1, wilson_lower_bound(1, 2))]
    assert not wisdom.piece(knots.lms, THREE, left.id).thanked
    for _ in range(2):
        assert wisdom.take_back_thanks(knots.lms, TWO, left.id).thanks == 0
    assert knots.value("SELECT seen, thanks, score FROM wisdom") == [(2, 0, 0.0)]


def test_nobody_thanks_or_reports_their_own_nor_counts_as_its_reader(knots: WisdomClass) -> None:
    left = knots.write()
    wisdom.mark_seen(knots.lms, ONE, [left.id])
    with pytest.raises(RefusedError) as refused:
        wisdom.thank(knots.lms, ONE, left.id)
    assert refused.value.code == "wisdom_own_thanks"
    with pytest.raises(RefusedError) as refused:
        moderation.report(knots.lms, ONE, left.id, "No")
    assert refused.value.code == "wisdom_own_report"
    assert knots.value("SELECT seen FROM wisdom") == [(0,)]


def test_the_best_stand_first_then_the_newest(knots: WisdomClass) -> None:
    pieces = {text: knots.write(text) for text in ("old", "half", "whole", "new", "pinned")}
    for who in (TWO, THREE):
        wisdom.thank(knots.lms, who, pieces["whole"].id)
    wisdom.thank(knots.lms, TWO, pieces["half"].id)
    wisdom.mark_seen(knots.lms, THREE, [pieces["half"].id])
    moderation.pin(knots.lms, ZOLA, pieces["pinned"].id)
    assert knots.texts(TWO) == ["pinned", "whole", "half", "new", "old"]
    wisdom.take_back_thanks(knots.lms, TWO, pieces["whole"].id)
    wisdom.take_back_thanks(knots.lms, THREE, pieces["whole"].id)
    assert knots.texts(TWO) == ["pinned", "half", "new", "whole", "old"]


def test_a_long_list_is_read_from_its_index(knots: WisdomClass, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Any]] = []

    def kept(_: object, statement: str, given: object) -> list[object]:
        asked.append((statement, given))
        return []

    for name in ("rows", "value"):
        monkeypatch.setattr(statements, name, kept)
    with knots.lms.database.read() as transaction:
        statements.of_lesson(transaction, 1, viewer=1, teaches=False, limit=20, digests=None)
        statements.count_of_lesson(transaction, 1, viewer=1, teaches=False, digests=None, most=9)
        statements.of_author(transaction, 1)
    for sql, given in asked:
        plan = knots.lms.database.plan(sql, given)
        assert not [step for step in plan if step.startswith("SCAN") and step != "SCAN shown"], plan
    assert not [step for step in knots.lms.database.plan(*asked[0]) if "TEMP B-TREE" in step]
    assert [step for step in knots.lms.database.plan(*asked[1]) if "COVERING INDEX" in step]


# Paragraphs


def at_paragraph(knots: WisdomClass, words: str) -> list[str]:
    paragraph = knots.at(words)
    line = json.loads(paragraph.position)["line"]
    found = wisdom.of_paragraph(knots.lms, THREE, knots.lesson, digest=paragraph.digest, line=line)
    assert found.total == len(found.pieces)
    return [each.text for each in found.pieces]


def test_what_is_at_a_paragraph_is_there_and_moves_with_it(knots: WisdomClass) -> None:
    left = knots.write("Of the tree", at=knots.at("tree"))
    knots.write("Of the rabbit", at=knots.at("rabbit"))
    knots.write("Of it all")
    assert at_paragraph(knots, "rabbit") == ["Of the rabbit"]
    assert at_paragraph(knots, "and pull") == []
    install_course(
        knots.lms, TEXT.replace("It goes around the tree.", "Then it goes around the tree."), version="2.0.0"
    )
    assert at_paragraph(knots, "tree") == ["Of the tree"]
    position = wisdom.piece(knots.lms, TWO, left.id).position
    assert position is not None
    assert json.loads(position) == json.loads(knots.at("tree").position)
    install_course(knots.lms, TEXT.replace("It goes around the tree.", ""), version="3.0.0")
    assert wisdom.piece(knots.lms, TWO, left.id).position is None
    assert at_paragraph(knots, "rabbit") == ["Of the rabbit"]
    assert len(knots.texts(TWO)) == 3


# Search


def test_search_finds_it_with_its_place(knots: WisdomClass) -> None:
    left = knots.write("First line\n\nA striped zebra", at=knots.at("tree"))
    [hit] = search.find(knots.lms, THREE, "zebr").hits
    assert (hit.kind, hit.wisdom_id, hit.lesson_id, hit.title.text) == (
        HitKind.WISDOM, left.id, knots.lesson, "A striped zebra",
    )  # fmt: skip
    assert hit.snippet.text == "It goes around the tree."
    assert not search.find(knots.lms, STRANGER, "zebra").hits
    assert not search.find(knots.lms, NOMSA, "zebra").hits
    assert search.find(knots.lms, ZOLA, "zebra").hits
    assert search.find(knots.lms, THANDI, "zebra").hits
    wisdom.change(knots.lms, ONE, left.id, "A horse")
    assert not search.find(knots.lms, THREE, "zebra").hits
    assert search.find(knots.lms, THREE, "horse").hits
    with knots.lms.database.write() as transaction:
        search.rebuild(transaction)
    assert [hit.wisdom_id for hit in search.find(knots.lms, THREE, "horse").hits] == [left.id]
    moderation.hide(knots.lms, ZOLA, left.id, "No")
    for who in (ONE, THREE, ZOLA):
        assert not search.find(knots.lms, who, "horse").hits
    wisdom.change(knots.lms, ONE, left.id, "A hidden horse")
    with knots.lms.database.write() as transaction:
        search.rebuild(transaction)
    assert not search.find(knots.lms, THREE, "horse").hits
    moderation.show_again(knots.lms, ZOLA, left.id)
    assert search.find(knots.lms, THREE, "horse").hits
    wisdom.delete(knots.lms, ONE, left.id)
    assert not search.find(knots.lms, THREE, "horse").hits


@pytest.mark.parametrize(
    "damage", ["UPDATE courses SET state = 'draft', is_published = 0", "UPDATE lessons SET is_published = 0"]
)
def test_search_finds_nothing_of_what_is_not_published(knots: WisdomClass, damage: str) -> None:
    knots.write("A zebra")
    with knots.lms.database.write() as transaction:
        transaction.execute(damage)
    for who in (THREE, ZOLA, THANDI):
        assert not search.find(knots.lms, who, "zebra").hits


# Leaving the school


def test_whoever_is_forgotten_leaves_no_words_and_right_counts(knots: WisdomClass) -> None:
    by_one, by_two = knots.write("A zebra"), knots.write("A horse", by=TWO)
    wisdom.thank(knots.lms, ONE, by_two.id)
    wisdom.mark_seen(knots.lms, THREE, [by_two.id])
    moderation.report(knots.lms, ONE, by_two.id, "Unkind")
    moderation.answer(knots.lms, ZOLA, by_two.id, "Kind words")
    hidden = knots.write("A donkey", by=TWO)
    moderation.hide(knots.lms, ZOLA, hidden.id, "Kind reason")
    with knots.lms.database.write() as transaction:
        wisdom.forget(transaction, 1)
    assert knots.value("SELECT seen, thanks, score FROM wisdom WHERE text = 'A horse'") == [(1, 0, 0.0)]
    assert knots.value("SELECT COUNT(*) FROM reports") == [(0,)]
    with pytest.raises(NotFoundError):
        wisdom.piece(knots.lms, TWO, by_one.id)
    assert knots.texts(THREE) == ["A horse"]
    with knots.lms.database.write() as transaction:
        wisdom.forget(transaction, ZOLA.user_id)
    assert wisdom.piece(knots.lms, TWO, by_two.id).answer == ""
    assert wisdom.piece(knots.lms, TWO, hidden.id).hidden
    assert knots.value("SELECT COUNT(*) FROM wisdom WHERE hidden_reason LIKE 'Kind%'") == [(0,)]


# The file itself, sessions, and a crowd


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE wisdom SET text = ''",
        "UPDATE wisdom SET kind = 'joke'",
        "UPDATE wisdom SET thanks = 1",
        "UPDATE wisdom SET seen = -1",
        "UPDATE wisdom SET digest = 1",
        "UPDATE wisdom SET is_hidden = 1",
        "UPDATE wisdom SET answer = 'x'",
        "INSERT INTO wisdom_readers (wisdom_id, user_id, seen_at) VALUES (99, 1, 'x')",
        "INSERT INTO reports (uuid, kind, about_id, course_id, reporter_id, reason, at) VALUES ('u', 'x', 1, 1, 1, 'r', 'x')",
    ],
)
def test_the_file_holds_to_its_rules(knots: WisdomClass, damage: str) -> None:
    knots.write()
    with pytest.raises(ConstraintError), knots.lms.database.write() as transaction:
        transaction.execute(damage)


def test_a_session_that_has_run_out_asks_nothing(knots: WisdomClass) -> None:
    over = replace(ONE, expires_at=knots.clock.moment)
    for work in (
        lambda: wisdom.of_lesson(knots.lms, over, knots.lesson),
        lambda: wisdom.mine(knots.lms, over),
        lambda: wisdom.mark_seen(knots.lms, over, []),
    ):
        with pytest.raises(SessionError):
            work()


def _thank_all(given: tuple[Path, int, list[int]]) -> None:
    folder, user, pieces = given
    me = claims_of(user)
    lms = replace(open_lms(Paths(folder)), now=lambda: me.issued_at)
    for wisdom_id in pieces:
        wisdom.mark_seen(lms, me, [wisdom_id])
        wisdom.thank(lms, me, wisdom_id)
        if user % 3 == 0:
            wisdom.take_back_thanks(lms, me, wisdom_id)
    lms.database.close()


def test_a_crowd_is_counted_exactly(knots: WisdomClass) -> None:
    pieces = [knots.write(f"Number {number}").id for number in range(3)]
    crowd = range(20, 32)
    for user in crowd:
        enrolling.enroll(knots.lms, claims_of(user), knots.course)
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(_thank_all, [(knots.lms.paths.home, user, pieces) for user in crowd]))
    thanks = len([user for user in crowd if user % 3])
    assert (
        knots.value("SELECT seen, thanks, score FROM wisdom")
        == [(len(crowd), thanks, wilson_lower_bound(thanks, len(crowd)))] * 3
    )
    counted = "SELECT COUNT(*), COUNT(thanked_at) FROM wisdom_readers GROUP BY wisdom_id"
    assert knots.value(counted) == [(len(crowd), thanks)] * 3
