"""A learner's notes and bookmarks on paragraphs of lessons. Nobody else ever sees them."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from azora_tui.data import courses, enrollments, lessons, locks, notes, searching
from azora_tui.data.events import EventKind
from azora_tui.data.transaction import Transaction
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.formats.words import from_words
from azora_tui.lms.anchors import paragraphs_of, place_of, reanchor
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.service import Lms, check_claims
from azora_tui.models.accounts import Claims
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.notes import Note, PlacedNote
from azora_tui.text import clean

if TYPE_CHECKING:
    from azora_tui.formats.paragraphs import Paragraph

MAX_TEXT_LENGTH = 20_000
_MAX_QUOTE_LENGTH = 4_000


def write(
    lms: Lms, claims: Claims, lesson_id: int, *, digest: int, quote: str, position: str, text: str | None
) -> Note:
    """Keep a note on a paragraph, or without words in `text` a bookmark.

    `quote` is the paragraph's text, `digest` and `position` (JSON) are the reader's. Raises `NotFoundError` for a
    lesson that is not there, `RefusedError` for a learner who is not enrolled in its course or writes too much.
    """
    check_claims(lms, claims)
    words = _checked(text)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        course_id = lessons.lesson_course(transaction, lesson_id)
        course = None if course_id is None else courses.course_by_id(transaction, course_id)
        if course is None:
            raise NotFoundError("note_lesson_gone")
        enrollment = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course.id)
        if enrollment is None or enrollment.status is EnrollmentStatus.LEFT:
            raise RefusedError("note_not_enrolled", course=course.title)
        uuid, now, kept = lms.new_id(), lms.now_text(), " ".join(clean(quote).split())[:_MAX_QUOTE_LENGTH]
        note_id = notes.add_note(
            transaction,
            uuid=uuid,
            user_id=claims.user_id,
            course_id=course.id,
            lesson_id=lesson_id,
            digest=digest,
            quote=kept,
            position=position,
            text=words,
            now=now,
            utc_offset=lms.utc_offset(now),
        )
        note = _own(transaction, claims, note_id)
        told = {"digest": digest, "quote": kept, "position": position, "text": words}
        _add_event(lms, transaction, "note_written", note, claims=claims, at=now, payload=told, id=uuid)
        return note


def change(lms: Lms, claims: Claims, note_id: int, *, text: str | None) -> Note:
    """Give a note another text; without words it becomes a bookmark. Raises `NotFoundError`, `RefusedError`."""
    check_claims(lms, claims)
    words = _checked(text)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        note = _own(transaction, claims, note_id)
        now = lms.now_text()
        notes.set_text(transaction, note, words, user_id=claims.user_id, now=now)
        _add_event(
            lms, transaction, "note_changed", note, claims=claims, at=now, payload={"note": note.uuid, "text": words}
        )
        return _own(transaction, claims, note_id)


def delete(lms: Lms, claims: Claims, note_id: int) -> None:
    """Take a note out of view; `restore` brings it back. Raises `NotFoundError`."""
    check_claims(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        note = _own(transaction, claims, note_id)
        now = lms.now_text()
        notes.set_deleted(transaction, note, user_id=claims.user_id, now=now)
        _add_event(lms, transaction, "note_deleted", note, claims=claims, at=now, payload={"note": note.uuid})


def restore(lms: Lms, claims: Claims, note_id: int) -> Note:
    """Undo `delete`. Raises `NotFoundError`."""
    check_claims(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        note = notes.note_of(transaction, note_id, user_id=claims.user_id, deleted=True)
        if note is None:
            raise NotFoundError("note_not_deleted")
        notes.set_deleted(transaction, note, user_id=claims.user_id, now=None)
        _add_event(
            lms, transaction, "note_restored", note, claims=claims, at=lms.now_text(), payload={"note": note.uuid}
        )
        return note


def mine(lms: Lms, claims: Claims) -> tuple[Note, ...]:
    """All of the learner's notes, in the order of courses, lessons and writing."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return tuple(notes.notes_of(transaction, user_id=claims.user_id))


def of_lesson(lms: Lms, claims: Claims, lesson_id: int) -> tuple[PlacedNote, ...]:
    """The learner's notes on one lesson, each where its paragraph is now; first those whose paragraph is gone."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        own = notes.notes_of(transaction, user_id=claims.user_id, lesson_id=lesson_id)
        content = searching.lesson_content(transaction, lesson_id) if own else None
    paragraphs = paragraphs_of(content or "")
    placed = [(_number(note, paragraphs), note) for note in own]
    placed.sort(key=lambda each: -1 if each[0] is None else each[0])
    return tuple(_placed(note, number, paragraphs) for number, note in placed)


def place(lms: Lms, claims: Claims, note_id: int) -> PlacedNote:
    """Where a note's paragraph is now. Raises `NotFoundError`."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        note = _own(transaction, claims, note_id)
        content = searching.lesson_content(transaction, note.lesson_id)
    paragraphs = paragraphs_of(content or "")
    return _placed(note, _number(note, paragraphs), paragraphs)


def as_markdown(lms: Lms, claims: Claims) -> str:
    """All of the learner's notes as a Markdown document, by course and lesson; "" where there are none."""
    lines: list[str] = []
    for _, of_course in groupby(mine(lms, claims), key=lambda note: note.course_id):
        in_course = list(of_course)
        lines += [f"## {from_words(in_course[0].course_title)}", ""]
        for _, of_one in groupby(in_course, key=lambda note: note.lesson_id):
            in_lesson = list(of_one)
            lines += [f"### {from_words(in_lesson[0].lesson_title)}", ""]
            for note in in_lesson:
                lines += [f"> {from_words(note.quote)}", "", *(clean(note.text).split("\n") if note.text else ()), ""]
                lines += [f"*{'Note' if note.text else 'Bookmark'} of {note.created_at.date().isoformat()}*", ""]
    return "\n".join(["# My notes", "", *_without_double_gaps(lines)]) if lines else ""


def _number(note: Note, paragraphs: "Sequence[Paragraph]") -> int | None:
    return reanchor(paragraphs, digest=note.digest, quote=note.quote, position=note.position)


def _placed(note: Note, number: int | None, paragraphs: "Sequence[Paragraph]") -> PlacedNote:
    return PlacedNote(note, None if number is None else place_of(paragraphs, number))


def _own(transaction: Transaction, claims: Claims, note_id: int) -> Note:
    note = notes.note_of(transaction, note_id, user_id=claims.user_id)
    if note is None:
        raise NotFoundError("note_missing")
    return note


def _add_event(
    lms: Lms,
    transaction: Transaction,
    kind: EventKind,
    note: Note,
    *,
    claims: Claims,
    at: str,
    payload: Mapping[str, object],
    id: str | None = None,
) -> None:
    add_event(
        lms,
        transaction,
        kind,
        id=id,
        user_id=claims.user_id,
        course_id=note.course_id,
        lesson_id=note.lesson_id,
        at=at,
        payload=payload,
    )


def _checked(text: str | None) -> str | None:
    words = clean(text or "").strip()
    if len(words) > MAX_TEXT_LENGTH:
        raise RefusedError("note_too_long", length=len(words), maximum=MAX_TEXT_LENGTH)
    return words or None


def _without_double_gaps(lines: Sequence[str]) -> list[str]:
    return [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
