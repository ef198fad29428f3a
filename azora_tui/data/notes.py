"""Statements on notes and bookmarks. Each names its owner, so that nobody's reach anybody else."""

from typing import Any

from azora_tui.data import dialect
from azora_tui.data.transaction import Transaction, one, rows, value
from azora_tui.models.notes import Note
from azora_tui.times import from_text

_NOTE = """
    SELECT notes.id, notes.uuid, notes.course_id, courses.title AS course_title, notes.lesson_id,
        lessons.slug AS lesson_slug, lessons.title AS lesson_title,
        notes.digest, notes.quote, notes.position, notes.text, notes.created_at, notes.updated_at,
        lessons.is_published = 1 AND (courses.is_published = 1 OR courses.state = 'archived') AS available
    FROM notes
    JOIN lessons ON lessons.id = notes.lesson_id
    JOIN courses ON courses.id = notes.course_id
    WHERE notes.user_id = :user_id
"""


def add_note(
    transaction: Transaction,
    *,
    uuid: str,
    user_id: int,
    course_id: int,
    lesson_id: int,
    digest: int,
    quote: str,
    position: str,
    text: str | None,
    now: str,
    utc_offset: int,
) -> int:
    """Write a new note; returns its id."""
    note_id: int = value(
        transaction,
        """
        INSERT INTO notes (
            uuid, user_id, course_id, lesson_id, digest, quote, position, text, created_at, updated_at, utc_offset
        )
        VALUES (:uuid, :user_id, :course_id, :lesson_id, :digest, :quote, :position, :text, :now, :now, :utc_offset)
        RETURNING id
        """,
        {
            "uuid": uuid,
            "user_id": user_id,
            "course_id": course_id,
            "lesson_id": lesson_id,
            "digest": digest,
            "quote": quote,
            "position": position,
            "text": text,
            "now": now,
            "utc_offset": utc_offset,
        },
    )
    dialect.index_note(transaction, note_id, text=text or "", quote=quote)
    return note_id


def set_text(transaction: Transaction, note: Note, text: str | None, *, user_id: int, now: str) -> None:
    transaction.execute(
        "UPDATE notes SET text = :text, updated_at = :now WHERE id = :id AND user_id = :user_id",
        {"id": note.id, "user_id": user_id, "text": text, "now": now},
    )
    dialect.index_note(transaction, note.id, text=text or "", quote=note.quote)


def set_deleted(transaction: Transaction, note: Note, *, user_id: int, now: str | None) -> None:
    """Take a note out of view at a time, or with None bring it back."""
    transaction.execute(
        "UPDATE notes SET deleted_at = :now WHERE id = :id AND user_id = :user_id",
        {"id": note.id, "user_id": user_id, "now": now},
    )
    if now is None:
        dialect.index_note(transaction, note.id, text=note.text or "", quote=note.quote)
    else:
        dialect.unindex_note(transaction, note.id)


def note_of(transaction: Transaction, note_id: int, *, user_id: int, deleted: bool = False) -> Note | None:
    """A learner's own note, among those in view or among the deleted ones."""
    row = one(
        transaction,
        f"{_NOTE} AND notes.id = :id AND notes.deleted_at IS {'NOT NULL' if deleted else 'NULL'}",
        {"id": note_id, "user_id": user_id},
    )
    return None if row is None else _note(row)


def notes_of(transaction: Transaction, *, user_id: int, lesson_id: int | None = None) -> list[Note]:
    """A learner's notes, of one lesson or all, in the order of courses, lessons and writing."""
    found = rows(
        transaction,
        f"""
        {_NOTE} AND notes.deleted_at IS NULL {"" if lesson_id is None else "AND notes.lesson_id = :lesson_id"}
        ORDER BY courses.sort_title, courses.id, lessons.order_index, lessons.id, notes.created_at, notes.uuid
        """,
        {"user_id": user_id} if lesson_id is None else {"user_id": user_id, "lesson_id": lesson_id},
    )
    return [_note(row) for row in found]


def index_notes(transaction: Transaction) -> None:
    """Rebuild the index of every note that is in view."""
    found = rows(transaction, "SELECT id, text, quote FROM notes WHERE deleted_at IS NULL")
    for note in found:
        dialect.index_note(transaction, note.id, text=note.text or "", quote=note.quote)


def _note(row: Any) -> Note:
    return Note(
        id=row.id,
        uuid=row.uuid,
        course_id=row.course_id,
        course_title=row.course_title,
        lesson_id=row.lesson_id,
        lesson_slug=row.lesson_slug,
        lesson_title=row.lesson_title,
        digest=row.digest,
        quote=row.quote,
        position=row.position,
        text=row.text,
        created_at=from_text(row.created_at),
        updated_at=from_text(row.updated_at),
        available=bool(row.available),
    )
