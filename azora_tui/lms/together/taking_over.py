"""How a learner's correction becomes part of a course: as a note in the text of its lesson, in a new version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from azora_tui.data import course_rules, courses
from azora_tui.errors import NotFoundError
from azora_tui.formats.markdown import parse
from azora_tui.formats.words import from_text, from_words
from azora_tui.lms.anchors import paragraphs_of, reanchor
from azora_tui.lms.importing import next_version, source_of
from azora_tui.lms.installing import install

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.wisdom import Piece

_TITLE = "**A correction from a learner.**"


def put_into_course(lms: Lms, transaction: Transaction, piece: Piece, words: str) -> None:
    """Install the course once more with the words in it. Raises `NotFoundError` where the lesson is out of view."""
    course = courses.course_by_id(transaction, piece.course_id)
    assert course is not None  # the piece is of it
    source = source_of(transaction, course)
    if all(lesson.id != piece.lesson_slug for lesson in source.lessons):
        raise NotFoundError("lesson_gone")
    lessons = tuple(
        replace(lesson, content=with_note(lesson.content, piece, words)) if lesson.id == piece.lesson_slug else lesson
        for lesson in source.lessons
    )
    set_here = course_rules.set_here(transaction, course.id)
    install(lms, transaction, replace(source, lessons=lessons, version=next_version(course.version)))
    course_rules.save_set_here(transaction, course.id, set_here)  # these are not of the course's files


def as_markdown(pieces: Sequence[Piece]) -> str:
    """What was taken over into a course, by lesson, with the paragraph that each is about: for who edits its files."""
    lines: list[str] = []
    for (_, title), of_lesson in groupby(pieces, key=lambda piece: (piece.lesson_slug, piece.lesson_title)):
        lines += [f"## {from_words(title)}", ""]
        for piece in of_lesson:
            lines += [f"> {from_words(piece.quote)}", ""] if piece.quote else []
            lines += [from_text(piece.text), ""]
    return "\n".join(["# Taken over from learners", "", *lines]).rstrip() + "\n"


def with_note(content: str, piece: Piece, words: str) -> str:
    """A lesson's Markdown with a note in it, behind the block of the piece's paragraph, else at the end. The words are
    shown as they were typed: nothing in them is markup."""
    lines = content.rstrip("\n").split("\n")
    place = _end_of_block(content, piece) or len(lines)
    note = ["::: callout", "", f"{_TITLE} {from_text(words)}", "", ":::"]
    before, after = lines[:place], lines[place:]
    while before and not before[-1].strip():
        before.pop()
    while after and not after[0].strip():
        after.pop(0)
    return "\n".join([*before, "", *note, *(["", *after] if after else []), ""])


def _end_of_block(content: str, piece: Piece) -> int | None:
    """The line, from 0, behind the block at the top level that has the paragraph; None where it is gone."""
    if piece.digest is None or piece.position is None:
        return None
    paragraphs = paragraphs_of(content)
    number = reanchor(paragraphs, digest=piece.digest, quote=piece.quote, position=piece.position)
    if number is None:
        return None
    line = paragraphs[number].line
    ends = [token.map[1] for token in parse(content).tokens if token.level == 0 and token.map and token.map[0] == line]
    return max(ends, default=None)
