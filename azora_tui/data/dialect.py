"""What only SQLite can do: full-text search with FTS5, and rows chosen by a list of ids.

Another database needs another module with these functions.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any, NamedTuple, cast

import apsw

from azora_tui.data.transaction import Transaction, values

# As the migration made the indexes: case and diacritics do not count.
_TOKENIZER = ("unicode61", ["remove_diacritics", "2"])
_KINDS = 4
"""Rows of the index are `_KINDS` × id + `IndexedKind`; one number is kept for what is to come."""
_LETTERS = 3
"""What the index of letters is made of: a word of fewer is not found in it."""

ONLY_FOUND_COURSES = "json_each(:found) AS found CROSS JOIN courses ON courses.id = found.value"
"""Courses to select from, looked up one by one: those whose ids are in the parameter `found` (JSON)."""


class Token(NamedTuple):
    """A word of a text, from `start` to before `end`, and the form in which words are compared."""

    start: int
    end: int
    word: str


class IndexedKind(IntEnum):
    """What the index has."""

    COURSE = 0
    LESSON = 1
    CARD = 2


class IndexKey(NamedTuple):
    """A course, a lesson or a card, by its id."""

    kind: IndexedKind
    id: int


def tokens(transaction: Transaction, text: str) -> list[Token]:
    """The words of a text, exactly as the index has them. `text` is cleaned."""
    data = text.encode()
    split: Any = cast(apsw.Connection, transaction).fts5_tokenizer(*_TOKENIZER)(data, apsw.FTS5_TOKENIZE_DOCUMENT, None)
    if len(data) == len(text):
        return [Token(start, end, word) for start, end, word in split]
    found: list[Token] = []
    byte = character = 0
    for start, end, word in split:  # the tokenizer counts bytes
        character += len(data[byte:start].decode())
        length = len(data[start:end].decode())
        found.append(Token(character, character + length, word))
        byte, character = end, character + length
    return found


def expression(words: Sequence[str], *, prefix: bool) -> str:
    """An FTS5 query for texts that have every word; with `prefix` the last may go on. `words` come from `tokens`."""
    quoted = ['"{}"'.format(word.replace('"', '""')) for word in words]
    return " ".join(quoted) + ("*" if prefix else "")


def best(transaction: Transaction, matching: str, limit: int) -> list[IndexKey]:
    """The published courses, lessons and cards that match an `expression`, the most fitting first."""
    found = values(
        transaction,
        "SELECT rowid FROM search_index WHERE search_index MATCH :matching ORDER BY rank LIMIT :limit",
        {"matching": matching, "limit": limit},
    )
    return [IndexKey(IndexedKind(row % _KINDS), row // _KINDS) for row in found]


def best_notes(transaction: Transaction, matching: str, *, user_id: int, limit: int) -> list[int]:
    """The ids of a learner's own notes that match an `expression`, the most fitting first."""
    return values(
        transaction,
        """
        SELECT notes.id FROM notes_index JOIN notes ON notes.id = notes_index.rowid
        WHERE notes_index MATCH :matching AND notes.user_id = :user_id AND notes.deleted_at IS NULL
        ORDER BY notes_index.rank LIMIT :limit
        """,
        {"matching": matching, "user_id": user_id, "limit": limit},
    )


def courses_holding(transaction: Transaction, words: Iterable[str], most: int) -> list[int] | None:
    """The ids of the courses whose search text holds every word; None where they are more than `most`, or where
    no word has the three letters that the index needs. Shorter words are left to the caller."""
    quoted = ['"{}"'.format(word.replace('"', '""')) for word in words if len(word) >= _LETTERS]
    if not quoted:
        return None
    found = values(
        transaction,
        "SELECT rowid FROM courses_letters WHERE courses_letters MATCH :matching LIMIT :limit",
        {"matching": " ".join(quoted), "limit": most + 1},
    )
    return None if len(found) > most else found


def index(transaction: Transaction, what: IndexKey, *, title: str, about: str = "", text: str = "") -> None:
    """Let something be found by its texts; what was there of it was dropped before."""
    transaction.execute(
        "INSERT INTO search_index (rowid, title, about, text) VALUES (:row, :title, :about, :text)",
        {"row": _row(what), "title": title, "about": about, "text": text},
    )


def unindex(transaction: Transaction, what: Iterable[IndexKey]) -> None:
    """Let things be found no more; one that is not there is passed over."""
    transaction.executemany("DELETE FROM search_index WHERE rowid = :row", ({"row": _row(each)} for each in what))


def unindex_all(transaction: Transaction) -> None:
    """Empty the index of courses, lessons and cards."""
    transaction.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")


def index_note(transaction: Transaction, note_id: int, *, text: str, quote: str) -> None:
    """Let a note be found by these texts and no others."""
    unindex_note(transaction, note_id)
    transaction.execute(
        "INSERT INTO notes_index (rowid, text, quote) VALUES (:id, :text, :quote)",
        {"id": note_id, "text": text, "quote": quote},
    )


def unindex_note(transaction: Transaction, note_id: int) -> None:
    transaction.execute("DELETE FROM notes_index WHERE rowid = :id", {"id": note_id})


def _row(what: IndexKey) -> int:
    return what.id * _KINDS + what.kind
