"""What only SQLite can do: full-text search with FTS5, and rows chosen by a list of ids.

Another database needs another module with these functions.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import islice
from typing import Any, NamedTuple, cast

import apsw

from azora_tui.data.transaction import Transaction, value, values

# As the migration made the indexes: case and diacritics do not count.
_TOKENIZER = ("unicode61", ["remove_diacritics", "2"])
_KINDS = 4
"""Rows of the index are `_KINDS` × id + `IndexedKind`; one number is kept for what is to come."""
_LETTERS = 3
"""What the index of letters is made of: a word of fewer is not found in it."""

MAX_RANKED = 2_000
"""Hits of a search that are ranked one by one."""
MAX_WISDOM = 200
"""Pieces of wisdom that are looked at, of which some are not for who asks."""

_HAS_MORE = "SELECT 1 FROM search_index WHERE search_index MATCH :matching LIMIT 1 OFFSET :most"
_RANKED = """
    SELECT rowid FROM (SELECT rowid, rank AS fit FROM search_index WHERE search_index MATCH :matching LIMIT :most)
    ORDER BY fit, rowid LIMIT :limit
"""

ONLY_FOUND_COURSES = "json_each(:found) AS found CROSS JOIN courses ON courses.id = found.value"
"""Courses to select from, looked up one by one: those whose ids are in the parameter `found` (JSON)."""


# Letters of the scripts that are written without blanks between words (or, as Korean, with more than a word between
# two): Thai, Lao, Burmese, Khmer, kana, Bopomofo, Han, Hangul. Each is a token of its own, and a run of them is asked
# for as a phrase, so that it is found inside a longer one.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035"
    "\u3040-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)


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
    spread = _spread(text)
    if spread == text:
        return _tokens(transaction, text)
    places: list[int] = []
    for place, character in enumerate(text):
        places += [place] * (3 if _UNSPACED.match(character) else 1)
    return [Token(places[token.start], places[token.end - 1] + 1, token.word) for token in _tokens(transaction, spread)]


def runs(found: Sequence[Token], text: str) -> list[Token]:
    """The tokens of a text with those that are letters of one run, and have at most vowel signs between them, joined to
    one, as a phrase that `expression` understands."""
    joined: list[Token] = []
    for token in found:
        before = joined[-1] if joined else None
        if before and all(unicodedata.category(each)[0] == "M" for each in text[before.end : token.start]):
            joined[-1] = Token(before.start, token.end, f"{before.word} {token.word}")
        else:
            joined.append(token)
    return joined


def _spread(text: str) -> str:
    """The text with blanks around each letter of a script without them, as it goes into the index."""
    return text if text.isascii() else _UNSPACED.sub(r" \g<0> ", text)


def _tokens(transaction: Transaction, text: str) -> list[Token]:
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
    """An FTS5 query for texts that have every word; with `prefix` the last may go on. `words` come from `tokens` or
    `runs`."""
    return " ".join(_phrases(words, prefix=prefix))


def best(transaction: Transaction, words: Sequence[str], limit: int, *, prefix: bool) -> list[IndexKey]:
    """The published courses, lessons and cards that have every word, as `expression` has it, the most fitting first.

    Where they are at most `MAX_RANKED`, all are ranked. Of more only the first are ever read, and ranking them all
    would take most of a search's time. So those with every word in the title come first, then those with one of the
    words in the title, the teacher or the subjects, then the others; of each group the oldest `MAX_RANKED` are ranked.
    """
    every = expression(words, prefix=prefix)
    groups = [every]
    parameters = {"matching": every, "most": MAX_RANKED, "limit": limit}
    if value(transaction, _HAS_MORE, parameters):
        some = " OR ".join(_phrases(words, prefix=prefix))
        groups = [f"{{title}} : ({every})", f"({every}) AND {{title about}} : ({some})", every]
    found: dict[int, None] = {}
    for matching in groups:
        if len(found) < limit:
            found.update(dict.fromkeys(values(transaction, _RANKED, {**parameters, "matching": matching})))
    return [IndexKey(IndexedKind(row % _KINDS), row // _KINDS) for row in islice(found, limit)]


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
        {"row": _row(what), "title": _spread(title), "about": _spread(about), "text": _spread(text)},
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
        {"id": note_id, "text": _spread(text), "quote": _spread(quote)},
    )


def unindex_note(transaction: Transaction, note_id: int) -> None:
    transaction.execute("DELETE FROM notes_index WHERE rowid = :id", {"id": note_id})


def best_wisdom(transaction: Transaction, matching: str) -> list[int]:
    """The ids of pieces of wisdom that match an `expression`, the most fitting first: of very many the newest ones.

    Who asks has yet to be asked whether they may see them.
    """
    return values(
        transaction,
        """
        SELECT rowid FROM (
            SELECT rowid, rank AS fit FROM wisdom_index WHERE wisdom_index MATCH :matching
            ORDER BY rowid DESC LIMIT :most
        ) ORDER BY fit, rowid DESC LIMIT :limit
        """,
        {"matching": matching, "most": MAX_RANKED, "limit": MAX_WISDOM},
    )


def index_wisdom(transaction: Transaction, wisdom_id: int, *, text: str, quote: str) -> None:
    """Let a piece be found by these texts; it was not before."""
    transaction.execute(
        "INSERT INTO wisdom_index (rowid, text, quote) VALUES (:id, :text, :quote)",
        {"id": wisdom_id, "text": _spread(text), "quote": _spread(quote)},
    )


def unindex_wisdom(transaction: Transaction, wisdom_id: int, *, text: str, quote: str) -> None:
    """Let a piece be found no more, nor anything of it stay; the texts are those that it was found by."""
    transaction.execute(
        """
        INSERT INTO wisdom_index (wisdom_index, rowid, text, quote) VALUES ('delete', :id, :text, :quote)
        """,
        {"id": wisdom_id, "text": _spread(text), "quote": _spread(quote)},
    )


def unindex_all_wisdom(transaction: Transaction) -> None:
    transaction.execute("INSERT INTO wisdom_index (wisdom_index) VALUES ('delete-all')")


def index_notes_anew(transaction: Transaction) -> None:
    """Make the index of all notes from nothing, since one that is changed keeps words of what was removed from it."""
    transaction.execute("INSERT INTO notes_index (notes_index) VALUES ('delete-all')")
    for note_id, text, quote in transaction.execute("SELECT id, text, quote FROM notes WHERE deleted_at IS NULL"):
        index_note(transaction, note_id, text=text or "", quote=quote)


def columns_of(transaction: Transaction, table: str) -> list[str]:
    """The columns of a table, in their order."""
    return values(transaction, "SELECT name FROM pragma_table_info(:table) ORDER BY cid", {"table": table})


def _phrases(words: Sequence[str], *, prefix: bool) -> list[str]:
    quoted = ['"{}"'.format(word.replace('"', '""')) for word in words]
    return [*quoted[:-1], f"{quoted[-1]}*"] if prefix else quoted


def _row(what: IndexKey) -> int:
    return what.id * _KINDS + what.kind
