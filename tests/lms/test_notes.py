"""Notes: whose they are, how they follow their paragraph, and that none is ever lost."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.formats.paragraphs import read_paragraphs
from azora_tui.lms import enrolling, notes
from azora_tui.lms.anchors import reanchor
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.courses import CourseSource, LessonSource
from azora_tui.models.notes import Note
from tests.engine import sqlite

Make = Callable[..., Claims]

FIRST = """\
A basket begins with a knot, and whoever ties it decides how wide the floor will be.

Again.

The walls follow the floor, round by round, and each round takes six more stitches than the one before.

Again.

Water keeps the grass soft.
"""


@dataclass
class Desk:
    """A learner at a lesson whose text can be changed, and what they write there."""

    lms: Lms
    claims: Make
    make_course: Callable[..., CourseSource]
    lesson: int = 0
    course: int = 0

    def publish(self, text: str | None) -> None:
        """Another version of the course, with this text, or without the lesson."""
        lessons = () if text is None else (LessonSource("one", "Knots", 5, True, "All", text),)
        source = replace(self.make_course("weaving", title="Weaving"), lessons=lessons)
        with self.lms.database.write() as transaction:
            self.course = install(self.lms, transaction, source)
            self.lesson = self.lesson or sqlite(transaction).execute("SELECT id FROM lessons").get

    def write(self, number: int, text: str | None = "mine", *, user: int = 1, source: str = FIRST) -> Note:
        """A note on a paragraph of `source`, counted from 0."""
        paragraph = read_paragraphs(source)[number]
        position = json.dumps({"block": number, "offset": 0, "line": paragraph.line, "digest": paragraph.digest})
        return notes.write(
            self.lms,
            self.claims(user),
            self.lesson,
            text=text,
            digest=paragraph.digest,
            quote=paragraph.text,
            position=position,
        )

    def lines(self, user: int = 1) -> list[int | None]:
        """The source line of each note's paragraph as it is now, None where it is gone."""
        placed = notes.of_lesson(self.lms, self.claims(user), self.lesson)
        return [json.loads(each.position)["line"] if each.position else None for each in placed]


@pytest.fixture
def desk(lms: Lms, claims: Make, make_course: Callable[..., CourseSource]) -> Desk:
    desk = Desk(lms, claims, make_course)
    desk.publish(FIRST)
    enrolling.enroll(lms, claims(), desk.course)
    return desk


def test_a_note_is_kept_as_it_was_written(desk: Desk) -> None:
    note = desk.write(0, "  Two words\r\nand a line \x1b[31m ")
    assert notes.mine(desk.lms, desk.claims()) == (note,)
    assert (note.text, note.course_title, note.lesson_title) == ("Two words\nand a line [31m", "Weaving", "Knots")
    assert note.quote.startswith("A basket begins")
    assert note.available


def test_a_note_without_words_is_a_bookmark_and_may_become_a_note(desk: Desk, clock: Any) -> None:
    bookmark = desk.write(0, " \n ")
    assert bookmark.text is None
    clock.advance(days=1)
    note = notes.change(desk.lms, desk.claims(), bookmark.id, text="now it says something")
    assert (note.id, note.uuid, note.created_at) == (bookmark.id, bookmark.uuid, bookmark.created_at)
    assert (note.text, note.updated_at) == ("now it says something", clock())
    assert notes.change(desk.lms, desk.claims(), bookmark.id, text="").text is None


def test_notes_are_nobody_else_s(desk: Desk) -> None:
    note = desk.write(0)
    other = desk.claims(2)
    enrolling.enroll(desk.lms, other, desk.course)
    assert notes.mine(desk.lms, other) == ()
    assert notes.of_lesson(desk.lms, other, desk.lesson) == ()
    assert notes.as_markdown(desk.lms, other) == ""
    for reach in (
        lambda: notes.change(desk.lms, other, note.id, text="theirs"),
        lambda: notes.delete(desk.lms, other, note.id),
        lambda: notes.place(desk.lms, other, note.id),
    ):
        with pytest.raises(NotFoundError):
            reach()
    notes.delete(desk.lms, desk.claims(), note.id)
    with pytest.raises(NotFoundError):
        notes.restore(desk.lms, other, note.id)
    assert notes.restore(desk.lms, desk.claims(), note.id) == note


def test_deleting_can_be_undone(desk: Desk) -> None:
    note = desk.write(0)
    notes.delete(desk.lms, desk.claims(), note.id)
    assert notes.mine(desk.lms, desk.claims()) == ()
    with pytest.raises(NotFoundError):
        notes.delete(desk.lms, desk.claims(), note.id)
    assert notes.restore(desk.lms, desk.claims(), note.id) == note
    assert notes.mine(desk.lms, desk.claims()) == (note,)
    with pytest.raises(NotFoundError):
        notes.restore(desk.lms, desk.claims(), note.id)


def test_only_who_is_enrolled_writes_and_notes_outlast_leaving(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="not enrolled in Weaving, so your note was not kept"):
        desk.write(0, user=2)
    note = desk.write(0)
    enrolling.leave(desk.lms, desk.claims(), desk.course)
    with pytest.raises(RefusedError):
        desk.write(0)
    assert notes.mine(desk.lms, desk.claims()) == (note,)
    assert notes.change(desk.lms, desk.claims(), note.id, text="still mine").text == "still mine"


def test_what_is_too_long_is_refused_whole(desk: Desk) -> None:
    assert desk.write(0, "x" * notes.MAX_TEXT_LENGTH).text == "x" * notes.MAX_TEXT_LENGTH
    with pytest.raises(RefusedError, match="20,001 characters"):
        desk.write(0, "x" * (notes.MAX_TEXT_LENGTH + 1))
    assert len(notes.mine(desk.lms, desk.claims())) == 1


# Another version of the course


def test_a_note_stays_with_its_paragraph_wherever_that_moves(desk: Desk) -> None:
    desk.write(4)
    assert desk.lines() == [8]
    desk.publish(f"# New above\n\nMore.\n\n{FIRST}")
    assert desk.lines() == [12]


def test_of_paragraphs_that_are_the_same_it_keeps_the_nearest(desk: Desk) -> None:
    desk.write(1)
    desk.write(3)
    assert desk.lines() == [2, 6]


def test_a_note_follows_its_paragraph_when_that_is_edited(desk: Desk) -> None:
    desk.write(2)
    edited = FIRST.replace("round by round, and each", "round by round. **Each**").replace("stitches", "knots")
    desk.publish(f"Something new first.\n\n{edited}")
    assert desk.lines() == [6]


def test_a_note_whose_paragraph_is_gone_is_not_thrown_away_and_finds_it_again(desk: Desk) -> None:
    gone, stays = desk.write(2), desk.write(4, "the other")
    desk.publish(FIRST.replace("The walls follow the floor, round by round, and each round", "That"))
    placed = notes.of_lesson(desk.lms, desk.claims(), desk.lesson)
    assert [(each.note.id, each.position is None) for each in placed] == [(gone.id, True), (stays.id, False)]
    assert placed[0].note.quote.startswith("The walls follow")
    desk.publish(FIRST)
    assert desk.lines() == [4, 8]


def test_notes_outlast_their_lesson_and_come_back_with_it(desk: Desk) -> None:
    note = desk.write(2)
    desk.publish(None)
    (kept,) = notes.mine(desk.lms, desk.claims())
    assert (kept.text, kept.available) == ("mine", False)
    assert desk.lines() == [None]
    assert notes.place(desk.lms, desk.claims(), note.id).position is None
    assert "> The walls follow" in notes.as_markdown(desk.lms, desk.claims())
    with pytest.raises(NotFoundError, match="was not kept"):
        desk.write(0)
    desk.publish(FIRST)
    assert desk.lines() == [4]


WORDS = st.lists(
    st.sampled_from(["walls", "follow", "the", "floor", "round", "by", "water", "grass"]), min_size=1, max_size=9
)


@given(st.lists(WORDS.map(" ".join), max_size=6), st.integers(0, 5), st.text(max_size=20))
def test_following_finds_what_is_there_unchanged_and_never_raises(texts: list[str], which: int, position: str) -> None:
    paragraphs = read_paragraphs("\n\n".join(texts))
    assert len(paragraphs) == len(texts)
    if which < len(texts):
        found = reanchor(paragraphs, digest=paragraphs[which].digest, quote=texts[which], position=position)
        assert found is not None
        assert texts[found] == texts[which]
    assert reanchor(paragraphs, digest=-1, quote="entirely other", position=position) is None


# Export


def test_notes_as_markdown(desk: Desk) -> None:
    desk.write(0, "First line\n\n- a list\n- of two")
    desk.write(4, None)
    assert notes.as_markdown(desk.lms, desk.claims()) == (
        "# My notes\n\n## Weaving\n\n### Knots\n\n"
        "> A basket begins with a knot, and whoever ties it decides how wide the floor will be.\n\n"
        "First line\n\n- a list\n- of two\n\n*Note of 2026-11-22*\n\n"
        "> Water keeps the grass soft.\n\n*Bookmark of 2026-11-22*\n"
    )


def test_what_is_quoted_stays_what_it_says_as_markdown(desk: Desk) -> None:
    desk.write(0, "*mine*", source=r"\# 2 \* 3 is \<b>six\</b>, _really_" + "\n")
    exported = notes.as_markdown(desk.lms, desk.claims())
    assert r"> \# 2 \* 3 is \<b>six\</b>, really" in exported
    assert "\n*mine*\n" in exported
