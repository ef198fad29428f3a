"""Statements on what earlier learners left at a lesson, and on who has seen and thanked it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from azora_tui.data import dialect
from azora_tui.data.company import author, author_columns, not_blocked
from azora_tui.data.courses import MAX_ID
from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.times import from_text, from_text_or_none

if TYPE_CHECKING:
    from azora_tui.models.wisdom import Piece

NOTICES = ("wisdom_hidden", "wisdom_answered", "wisdom_pinned", "wisdom_taken_over")
REPORTS = "wisdom"

# Who teaches a course is known by name in it, and knows who is in it.
_KNOWN = """
    (:teaches = 1 OR EXISTS (
        SELECT 1 FROM course_teachers
        WHERE course_teachers.course_id = wisdom.course_id AND course_teachers.user_id = wisdom.author_id
    ))
"""
_PIECE = f"""
    SELECT wisdom.id, wisdom.uuid, wisdom.kind, wisdom.text, wisdom.course_id, courses.title AS course_title,
        wisdom.lesson_id, lessons.slug AS lesson_slug, lessons.title AS lesson_title, wisdom.digest, wisdom.quote,
        wisdom.position, wisdom.written_at, wisdom.changed_at, wisdom.thanks, readers.thanked_at,
        EXISTS (
            SELECT 1 FROM reports
            WHERE reports.kind = 'wisdom' AND reports.about_id = wisdom.id AND reports.reporter_id = :viewer
        ) AS reported,
        wisdom.is_pinned, wisdom.hidden_reason, wisdom.answer, wisdom.answered_at, wisdom.taken_over_at,
        {author_columns("wisdom.author_id", known=_KNOWN)}
    FROM wisdom
    JOIN lessons ON lessons.id = wisdom.lesson_id
    JOIN courses ON courses.id = wisdom.course_id
    LEFT JOIN wisdom_readers AS readers ON readers.wisdom_id = wisdom.id AND readers.user_id = :viewer
"""  # noqa: S608  # only our own words
_SHOWN = f"""
    (wisdom.is_hidden = 0 OR wisdom.author_id = :viewer OR :teaches = 1) AND {not_blocked("wisdom.author_id")}
"""
_BEST_FIRST = "ORDER BY wisdom.is_pinned DESC, wisdom.score DESC, wisdom.written_at DESC, wisdom.id DESC"
# What an open attempt keeps from its learner.
_QUIZ_OPEN = """
    EXISTS (
        SELECT 1 FROM attempts WHERE attempts.enrollment_id = mine.id AND attempts.lesson_id = wisdom.lesson_id
            AND attempts.finished_at IS NULL
    )
"""


def add(
    transaction: Transaction,
    *,
    uuid: str,
    course_id: int,
    lesson_id: int,
    author_id: int,
    kind: str,
    text: str,
    digest: int | None,
    quote: str,
    position: str | None,
    now: str,
) -> int:
    """Returns its id."""
    added: int = value(
        transaction,
        """
        INSERT INTO wisdom (uuid, course_id, lesson_id, author_id, kind, text, digest, quote, position, written_at)
        VALUES (:uuid, :course_id, :lesson_id, :author_id, :kind, :text, :digest, :quote, :position, :now)
        RETURNING id
        """,
        {
            "uuid": uuid,
            "course_id": course_id,
            "lesson_id": lesson_id,
            "author_id": author_id,
            "kind": kind,
            "text": text,
            "digest": digest,
            "quote": quote,
            "position": position,
            "now": now,
        },
    )
    dialect.index_wisdom(transaction, added, text=text, quote=quote)
    return added


def change(transaction: Transaction, piece: Piece, *, kind: str, text: str, now: str) -> None:
    """Give a piece other words. Those that were pinned are no more, so neither is it."""
    if not piece.hidden:
        dialect.unindex_wisdom(transaction, piece.id, text=piece.text, quote=piece.quote)
        dialect.index_wisdom(transaction, piece.id, text=text, quote=piece.quote)
    transaction.execute(
        "UPDATE wisdom SET kind = :kind, text = :text, changed_at = :now, is_pinned = 0 WHERE id = :id",
        {"id": piece.id, "kind": kind, "text": text, "now": now},
    )


def delete(transaction: Transaction, piece: Piece) -> None:
    """Remove a piece with its readers and what was reported of it; notices are the caller's."""
    if not piece.hidden:
        dialect.unindex_wisdom(transaction, piece.id, text=piece.text, quote=piece.quote)
    for statement in (
        "DELETE FROM wisdom_readers WHERE wisdom_id = :id",
        "DELETE FROM reports WHERE kind = 'wisdom' AND about_id = :id",
        "DELETE FROM wisdom WHERE id = :id",
    ):
        transaction.execute(statement, {"id": piece.id})


def piece_of(transaction: Transaction, wisdom_id: int, *, viewer: int, teaches: bool) -> Piece | None:
    """A piece that this person may see, apart from whether they are in its course and from their quiz."""
    return _one(transaction, f"{_PIECE} WHERE wisdom.id = :id AND {_SHOWN}", wisdom_id, viewer, teaches=teaches)


def piece_for_teaching(transaction: Transaction, wisdom_id: int, *, viewer: int) -> Piece | None:
    """A piece whoever wrote it, for who teaches its course."""
    return _one(transaction, f"{_PIECE} WHERE wisdom.id = :id", wisdom_id, viewer, teaches=True)


def own_piece(transaction: Transaction, wisdom_id: int, *, viewer: int) -> Piece | None:
    statement = f"{_PIECE} WHERE wisdom.id = :id AND wisdom.author_id = :viewer"
    return _one(transaction, statement, wisdom_id, viewer, teaches=False)


def place_of(transaction: Transaction, wisdom_id: int) -> tuple[int, int] | None:
    """The course and the lesson that a piece belongs to."""
    if not 0 < wisdom_id <= MAX_ID:
        return None
    row = one(transaction, "SELECT course_id, lesson_id FROM wisdom WHERE id = :id", {"id": wisdom_id})
    return None if row is None else (row.course_id, row.lesson_id)


def author_of(transaction: Transaction, wisdom_id: int) -> int | None:
    """Who wrote a piece; None who has left."""
    author_id: int | None = value(transaction, "SELECT author_id FROM wisdom WHERE id = :id", {"id": wisdom_id})
    return author_id


def of_lesson(
    transaction: Transaction, lesson_id: int, *, viewer: int, teaches: bool, limit: int, digests: list[int] | None
) -> list[Piece]:
    """The best of what was left at a lesson, or with `digests` at a paragraph that had one of these."""
    if digests == []:
        return []
    names, numbers = _numbered(digests or ())
    which = "" if digests is None else f"AND wisdom.digest IN ({names})"
    found = rows(
        transaction,
        f"{_PIECE} WHERE wisdom.lesson_id = :lesson_id {which} AND {_SHOWN} {_BEST_FIRST} LIMIT :limit",
        {**numbers, "lesson_id": lesson_id, "viewer": viewer, "teaches": int(teaches), "limit": limit},
    )
    return [_piece(row, viewer) for row in found]


def count_of_lesson(
    transaction: Transaction, lesson_id: int, *, viewer: int, teaches: bool, digests: list[int] | None, most: int
) -> int:
    """How many `of_lesson` has, counted within an index, and no further than to `most`."""
    if digests == []:
        return 0
    names, numbers = _numbered(digests or ())
    which = "" if digests is None else f"AND wisdom.digest IN ({names})"
    number: int = value(
        transaction,
        f"""
        SELECT COUNT(*) FROM (
            SELECT 1 FROM wisdom
            WHERE wisdom.lesson_id = :lesson_id {which}
                AND (wisdom.is_hidden = 0 OR wisdom.author_id = :viewer OR :teaches = 1)
                AND (wisdom.author_id IS NULL OR wisdom.author_id NOT IN (
                    SELECT blocked_id FROM blocks WHERE blocker_id = :viewer
                    UNION SELECT blocker_id FROM blocks WHERE blocked_id = :viewer
                ))
            LIMIT :most
        ) AS shown
        """,  # noqa: S608  # only our own words
        {**numbers, "lesson_id": lesson_id, "viewer": viewer, "teaches": int(teaches), "most": most},
    )
    return number


def paragraphs_of_lesson(transaction: Transaction, lesson_id: int) -> list[tuple[int, str, str]]:
    """(digest, quote, position) of each paragraph that something was left at, one for each digest."""
    return rows(
        transaction,
        """
        SELECT wisdom.digest, wisdom.quote, wisdom.position FROM wisdom
        WHERE wisdom.id IN (
            SELECT MIN(id) FROM wisdom WHERE lesson_id = :lesson_id AND digest IS NOT NULL GROUP BY digest
        )
        """,
        {"lesson_id": lesson_id},
    )


def of_author(transaction: Transaction, user_id: int) -> list[Piece]:
    """All that somebody left, the newest first."""
    found = rows(
        transaction,
        f"{_PIECE} WHERE wisdom.author_id = :viewer ORDER BY wisdom.written_at DESC, wisdom.id DESC",
        {"viewer": user_id, "teaches": 0},
    )
    return [_piece(row, user_id) for row in found]


def taken_over(transaction: Transaction, course_id: int, *, viewer: int) -> list[Piece]:
    """What of a course was taken over into it, in the order of its lessons."""
    found = rows(
        transaction,
        f"""
        {_PIECE} WHERE wisdom.course_id = :course_id AND wisdom.taken_over_at IS NOT NULL
        ORDER BY lessons.order_index, lessons.id, wisdom.taken_over_at, wisdom.id
        """,
        {"course_id": course_id, "viewer": viewer, "teaches": 1},
    )
    return [_piece(row, viewer) for row in found]


def add_reader(transaction: Transaction, wisdom_id: int, *, user_id: int, now: str) -> bool:
    """Whether the person is a new reader."""
    added = value(
        transaction,
        """
        INSERT INTO wisdom_readers (wisdom_id, user_id, seen_at) VALUES (:wisdom_id, :user_id, :now)
        ON CONFLICT DO NOTHING RETURNING wisdom_id
        """,
        {"wisdom_id": wisdom_id, "user_id": user_id, "now": now},
    )
    return added is not None


def set_thanked(transaction: Transaction, wisdom_id: int, *, user_id: int, now: str | None) -> bool:
    """Note that a reader thanks, or with None no longer; whether that is a change."""
    changed = value(
        transaction,
        f"""
        UPDATE wisdom_readers SET thanked_at = :now
        WHERE wisdom_id = :wisdom_id AND user_id = :user_id AND thanked_at IS {"NOT NULL" if now is None else "NULL"}
        RETURNING wisdom_id
        """,  # noqa: S608  # only our own words
        {"wisdom_id": wisdom_id, "user_id": user_id, "now": now},
    )
    return changed is not None


def count(
    transaction: Transaction, wisdom_id: int, score: Callable[[int, int], float], *, seen: int = 0, thanks: int = 0
) -> None:
    """Let readers and thanks be so many more; `score` is what comes of both."""
    now = one(
        transaction,
        "UPDATE wisdom SET seen = seen + :seen, thanks = thanks + :thanks WHERE id = :id RETURNING seen, thanks",
        {"id": wisdom_id, "seen": seen, "thanks": thanks},
    )
    transaction.execute(
        "UPDATE wisdom SET score = :score WHERE id = :id", {"id": wisdom_id, "score": score(now.thanks, now.seen)}
    )


def read_by(transaction: Transaction, user_id: int) -> list[tuple[int, str | None]]:
    """(piece, when they thanked) of all that somebody has seen."""
    return rows(
        transaction, "SELECT wisdom_id, thanked_at FROM wisdom_readers WHERE user_id = :user_id", {"user_id": user_id}
    )


def forget_reader(transaction: Transaction, user_id: int) -> None:
    """Remove that somebody has seen and thanked anything; the counts are the caller's."""
    transaction.execute("DELETE FROM wisdom_readers WHERE user_id = :user_id", {"user_id": user_id})


def is_completed(transaction: Transaction, *, enrollment_id: int, lesson_id: int) -> bool:
    found = value(
        transaction,
        """
        SELECT 1 FROM lesson_progress
        WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id AND completed = 1
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id},
    )
    return found is not None


def quiz_is_open(transaction: Transaction, *, enrollment_id: int, lesson_id: int) -> bool:
    found = value(
        transaction,
        """
        SELECT 1 FROM attempts
        WHERE enrollment_id = :enrollment_id AND lesson_id = :lesson_id AND finished_at IS NULL
        """,
        {"enrollment_id": enrollment_id, "lesson_id": lesson_id},
    )
    return found is not None


def found(transaction: Transaction, matching: str, *, viewer: int, named: bool, every: bool, limit: int) -> list[Piece]:
    """The pieces that match an expression, the most fitting first: of live courses that the person is in or teaches.

    `named` is who teaches the courses that they were named for, `every` who teaches all. Nothing of who is blocked or
    hidden, and nothing of a lesson whose quiz they have begun.
    """
    ids = dialect.best_wisdom(transaction, matching)
    if not ids:
        return []
    names, numbers = _numbered(ids)
    given = {**numbers, "viewer": viewer, "named": int(named), "every": int(every), "teaches": 0}
    pieces = {
        row.id: _piece(row, viewer)
        for row in rows(
            transaction,
            f"""
            {_PIECE}
            LEFT JOIN enrollments AS mine
                ON mine.course_id = wisdom.course_id AND mine.user_id = :viewer AND mine.status <> 'left'
            WHERE wisdom.id IN ({names}) AND wisdom.is_hidden = 0 AND +lessons.is_published = 1
                AND (+courses.is_published = 1 OR courses.state = 'archived')
                AND (mine.id IS NOT NULL OR :every = 1 OR (:named = 1 AND EXISTS (
                    SELECT 1 FROM course_teachers
                    WHERE course_teachers.course_id = wisdom.course_id AND course_teachers.user_id = :viewer
                )))
                AND NOT {_QUIZ_OPEN} AND {not_blocked("wisdom.author_id")}
            """,  # noqa: S608  # only our own words
            given,
        )
    }
    return [pieces[id_] for id_ in ids if id_ in pieces][:limit]


def index_all(transaction: Transaction) -> None:
    """Make the index of every piece that is not hidden anew."""
    dialect.unindex_all_wisdom(transaction)
    for row in rows(transaction, "SELECT id, text, quote FROM wisdom WHERE is_hidden = 0"):
        dialect.index_wisdom(transaction, row.id, text=row.text, quote=row.quote)


def ids_of_author(transaction: Transaction, user_id: int) -> list[int]:
    return values(transaction, "SELECT id FROM wisdom WHERE author_id = :user_id", {"user_id": user_id})


def _one(transaction: Transaction, statement: str, wisdom_id: int, viewer: int, *, teaches: bool) -> Piece | None:
    if not 0 < wisdom_id <= MAX_ID:
        return None
    row = one(transaction, statement, {"id": wisdom_id, "viewer": viewer, "teaches": int(teaches)})
    return None if row is None else _piece(row, viewer)


def _numbered(numbers: Iterable[int]) -> tuple[str, dict[str, int]]:
    parameters = {f"n{place}": number for place, number in enumerate(numbers)}
    return ", ".join(f":{name}" for name in parameters), parameters


def _piece(row: Any, viewer: int) -> Piece:
    from azora_tui.models.wisdom import Piece, WisdomKind

    return Piece(
        id=row.id,
        uuid=row.uuid,
        kind=WisdomKind(row.kind),
        text=row.text,
        author=author(row, viewer=viewer),
        course_id=row.course_id,
        course_title=row.course_title,
        lesson_id=row.lesson_id,
        lesson_slug=row.lesson_slug,
        lesson_title=row.lesson_title,
        digest=row.digest,
        quote=row.quote,
        position=row.position,
        written_at=from_text(row.written_at),
        changed_at=from_text_or_none(row.changed_at),
        thanks=row.thanks,
        thanked=row.thanked_at is not None,
        reported=bool(row.reported),
        pinned=bool(row.is_pinned),
        hidden_reason=row.hidden_reason,
        answer=row.answer,
        answered_at=from_text_or_none(row.answered_at),
        taken_over_at=from_text_or_none(row.taken_over_at),
    )
