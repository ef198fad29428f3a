"""Statements on cards, the review log, and what is derived from it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

import apsw

from azora_tui.data import dialect
from azora_tui.data.quizzes import question_from_json, question_to_json
from azora_tui.models.quizzes import Question
from azora_tui.models.reviews import CardId, CardKind, CardState, Flashcard, Rating, ReviewCard, ReviewCounts
from azora_tui.times import from_text, from_text_or_none, to_exact_text

# Only courses that the learner is in, and only what these hold to be asked now.
_ASKED = """
    FROM enrollments AS mine
    JOIN courses ON courses.id = mine.course_id AND courses.is_published = 1
    JOIN lessons ON lessons.course_id = courses.id AND lessons.is_published = 1
    JOIN cards ON cards.lesson_id = lessons.id
"""
_RATED = f"""{_ASKED}
    JOIN card_states AS states ON states.user_id = mine.user_id AND states.lesson_id = cards.lesson_id
        AND states.kind = cards.kind AND states.card_key = cards.card_key
    WHERE mine.user_id = :user_id AND mine.status <> 'left'
"""
_NEW = f"""{_ASKED}
    JOIN lesson_progress AS done ON done.enrollment_id = mine.id AND done.lesson_id = lessons.id AND done.completed = 1
    WHERE mine.user_id = :user_id AND mine.status <> 'left' AND cards.kind = 'card' AND NOT EXISTS (
        SELECT 1 FROM card_states AS states WHERE states.user_id = mine.user_id
            AND states.lesson_id = cards.lesson_id AND states.kind = cards.kind AND states.card_key = cards.card_key
    )
"""  # noqa: S608  # only our own words
_CARD = """
    SELECT cards.lesson_id, cards.kind, cards.card_key, courses.id, courses.title, lessons.title, cards.content
"""
_STATE = "phase, step, stability, difficulty, last_review, due"
_OF_CARD = "user_id = :user_id AND lesson_id = :lesson_id AND kind = :kind AND card_key = :card_key"


class LogRow(NamedTuple):
    """A rating in the review log that was not undone."""

    id: int
    card: CardId
    rating: Rating
    in_review: bool


# Cards


def forget_cards(connection: apsw.Connection, course_id: int) -> None:
    """Let nothing of a course be asked or found; what learners did with it stays."""
    course = {"id": course_id}
    ids: Any = connection.execute(
        "SELECT cards.id FROM lessons JOIN cards ON cards.lesson_id = lessons.id WHERE lessons.course_id = :id", course
    ).fetchall()
    dialect.unindex(connection, [dialect.IndexKey(dialect.IndexedKind.CARD, id_) for (id_,) in ids])
    connection.execute("DELETE FROM cards WHERE lesson_id IN (SELECT id FROM lessons WHERE course_id = :id)", course)


def put_card(
    connection: apsw.Connection, lesson_id: int, content: Question | Flashcard, *, order_index: int, words: str = ""
) -> None:
    """Let a question or card of a lesson be asked, and a card be found by its `words`."""
    kind, as_json = _content_to_json(content)
    card_id: int = connection.execute(
        """
        INSERT INTO cards (lesson_id, kind, card_key, content, words, order_index)
        VALUES (:lesson_id, :kind, :card_key, :content, :words, :order_index) RETURNING id
        """,
        {
            "lesson_id": lesson_id,
            "kind": kind.value,
            "card_key": content.id,
            "content": json.dumps(as_json, ensure_ascii=False),
            "words": words,
            "order_index": order_index,
        },
    ).get
    if words:
        dialect.index(connection, dialect.IndexKey(dialect.IndexedKind.CARD, card_id), title="", text=words)


def index_cards(connection: apsw.Connection) -> None:
    """Let every card be found, once the index was emptied."""
    found: Any = connection.execute("SELECT id, words FROM cards WHERE words <> ''").fetchall()
    for card_id, words in found:
        dialect.index(connection, dialect.IndexKey(dialect.IndexedKind.CARD, card_id), title="", text=words)


# What is asked of a learner


def counts(connection: apsw.Connection, *, user_id: int, now: str) -> ReviewCounts:
    parameters = {"user_id": user_id, "now": now}
    due: int = connection.execute(f"SELECT COUNT(*) {_RATED} AND states.due <= :now", parameters).get
    new: int = connection.execute(f"SELECT COUNT(*) {_NEW}", {"user_id": user_id}).get
    return ReviewCounts(due, new)


def due_cards(connection: apsw.Connection, *, user_id: int, now: str, limit: int) -> list[ReviewCard]:
    """The cards that are due, the longest overdue first."""
    rows = connection.execute(
        f"""
        {_CARD}, {_STATE}, log_id {_RATED} AND states.due <= :now
        ORDER BY states.due, states.last_review, (SELECT uuid FROM review_log WHERE review_log.id = states.log_id)
        LIMIT :limit
        """,  # noqa: S608  # only our own words
        {"user_id": user_id, "now": now, "limit": limit},
    )
    return [_review_card(row) for row in rows]


def new_cards(connection: apsw.Connection, *, user_id: int, limit: int) -> list[ReviewCard]:
    """Cards of completed lessons that were never rated, those of the lesson completed first at the front."""
    rows = connection.execute(
        f"{_CARD} {_NEW} ORDER BY done.completed_at, lessons.order_index, lessons.id, cards.order_index LIMIT :limit",
        {"user_id": user_id, "limit": limit},
    )
    return [_review_card(row) for row in rows]


def asked_card(connection: apsw.Connection, card: CardId, *, user_id: int) -> ReviewCard | None:
    """A card as it is now for a learner, due or not; None where it is not asked."""
    row = connection.execute(
        f"""
        {_CARD}, {_STATE}, log_id {_ASKED}
        LEFT JOIN card_states AS states ON states.user_id = mine.user_id AND states.lesson_id = cards.lesson_id
            AND states.kind = cards.kind AND states.card_key = cards.card_key
        WHERE mine.user_id = :user_id AND mine.status <> 'left'
            AND cards.lesson_id = :lesson_id AND cards.kind = :kind AND cards.card_key = :card_key
        """,
        _named(card, user_id),
    ).fetchone()
    return None if row is None else _review_card(row)


def next_due(connection: apsw.Connection, *, user_id: int, now: str) -> datetime | None:
    """When the first of the cards falls due that are not due yet."""
    due: str | None = connection.execute(
        f"SELECT MIN(states.due) {_RATED} AND states.due > :now", {"user_id": user_id, "now": now}
    ).get
    return from_text_or_none(due)


def due_times(connection: apsw.Connection, *, user_id: int, before: str) -> list[datetime]:
    """When each card is due that is so before a time."""
    rows = connection.execute(
        f"SELECT states.due {_RATED} AND states.due < :before", {"user_id": user_id, "before": before}
    )
    return [from_text(due) for (due,) in rows]


# The log


def add_rating(
    connection: apsw.Connection, card: CardId, rating: Rating, *, uuid: str, user_id: int, in_review: bool, now: str
) -> int:
    """Write a rating down; returns its row."""
    row: int = connection.execute(
        """
        INSERT INTO review_log (uuid, user_id, lesson_id, kind, card_key, given_in, rating, at)
        VALUES (:uuid, :user_id, :lesson_id, :kind, :card_key, :given_in, :rating, :now) RETURNING id
        """,
        {
            **_named(card, user_id),
            "uuid": uuid,
            "given_in": "review" if in_review else "quiz",
            "rating": rating.value,
            "now": now,
        },
    ).get
    return row


def add_undoing(connection: apsw.Connection, undone: LogRow, *, uuid: str, user_id: int, now: str) -> int:
    """Write down that a rating does not count; returns the new row."""
    row: int = connection.execute(
        """
        INSERT INTO review_log (uuid, user_id, lesson_id, kind, card_key, given_in, undoes, at)
        VALUES (:uuid, :user_id, :lesson_id, :kind, :card_key, 'review', :undoes, :now) RETURNING id
        """,
        {**_named(undone.card, user_id), "uuid": uuid, "undoes": undone.id, "now": now},
    ).get
    return row


def last_rating(connection: apsw.Connection, *, user_id: int) -> LogRow | None:
    """The latest rating that a learner gave in a review and did not undo."""
    row = connection.execute(
        """
        SELECT id, lesson_id, kind, card_key, rating, 1 FROM review_log
        WHERE user_id = :user_id AND rating IS NOT NULL AND given_in = 'review'
            AND NOT EXISTS (SELECT 1 FROM review_log AS later WHERE later.undoes = review_log.id)
        ORDER BY at DESC, uuid DESC LIMIT 1
        """,
        {"user_id": user_id},
    ).fetchone()
    return None if row is None else _log_row(row)


def rating_by_id(connection: apsw.Connection, row_id: int, *, user_id: int) -> LogRow | None:
    """A learner's own rating, if it was not undone."""
    row = connection.execute(
        """
        SELECT id, lesson_id, kind, card_key, rating, given_in = 'review' FROM review_log
        WHERE id = :id AND user_id = :user_id AND rating IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM review_log AS later WHERE later.undoes = review_log.id)
        """,
        {"id": row_id, "user_id": user_id},
    ).fetchone()
    return None if row is None else _log_row(row)


def ratings(connection: apsw.Connection, card: CardId, *, user_id: int) -> list[tuple[int, Rating, datetime]]:
    """(row, rating, when) of each rating of a card that counts, in the order in which they were given."""
    rows = connection.execute(
        f"""
        SELECT id, rating, at FROM review_log
        WHERE {_OF_CARD} AND rating IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM review_log AS later WHERE later.undoes = review_log.id)
        ORDER BY at, uuid
        """,  # noqa: S608  # only our own words
        _named(card, user_id),
    )
    return [(id_, Rating(rating), from_text(at)) for id_, rating, at in rows]


def rated_cards(connection: apsw.Connection) -> Iterator[tuple[int, CardId, int]]:
    """(user, card, its latest row in the log) of everything that the log tells of."""
    rows: Any = connection.execute(
        """
        SELECT user_id, lesson_id, kind, card_key, id FROM (
            SELECT user_id, lesson_id, kind, card_key, id, ROW_NUMBER() OVER (
                PARTITION BY user_id, lesson_id, kind, card_key ORDER BY at DESC, uuid DESC
            ) AS place FROM review_log
        ) AS latest WHERE place = 1
        """
    ).fetchall()
    for user_id, lesson_id, kind, key, log_id in rows:
        yield user_id, CardId(lesson_id, CardKind(kind), key), log_id


# What is derived from the log


def state_of(connection: apsw.Connection, card: CardId, *, user_id: int) -> CardState | None:
    row = connection.execute(
        f"SELECT {_STATE} FROM card_states WHERE {_OF_CARD}",  # noqa: S608  # only our own words
        _named(card, user_id),
    ).fetchone()
    return None if row is None else _state(row)


def save_state(connection: apsw.Connection, card: CardId, state: CardState, *, user_id: int, log_id: int) -> None:
    connection.execute(
        f"""
        INSERT INTO card_states (user_id, lesson_id, kind, card_key, {_STATE}, log_id)
        VALUES (:user_id, :lesson_id, :kind, :card_key, :phase, :step, :stability, :difficulty, :last_review, :due,
            :log_id)
        ON CONFLICT (user_id, lesson_id, kind, card_key) DO UPDATE SET phase = excluded.phase, step = excluded.step,
            stability = excluded.stability, difficulty = excluded.difficulty, last_review = excluded.last_review,
            due = excluded.due, log_id = excluded.log_id
        """,  # noqa: S608  # only our own words
        {
            **_named(card, user_id),
            **asdict(state),
            "last_review": to_exact_text(state.last_review),
            "due": to_exact_text(state.due),
            "log_id": log_id,
        },
    )


def forget_state(connection: apsw.Connection, card: CardId, *, user_id: int) -> None:
    connection.execute(
        f"DELETE FROM card_states WHERE {_OF_CARD}",  # noqa: S608  # only our own words
        _named(card, user_id),
    )


def forget_states(connection: apsw.Connection) -> None:
    connection.execute("DELETE FROM card_states")


def version(connection: apsw.Connection) -> int | None:
    """Which way of reading and computing cards and states were made with; None where they have yet to be made."""
    kept: int | None = connection.execute("SELECT version FROM review_state WHERE id = 1").get
    return kept


def save_version(connection: apsw.Connection, number: int) -> None:
    connection.execute(
        """
        INSERT INTO review_state (id, version) VALUES (1, :version)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version
        """,
        {"version": number},
    )


def _named(card: CardId, user_id: int) -> dict[str, int | str]:
    return {"user_id": user_id, "lesson_id": card.lesson_id, "kind": card.kind.value, "card_key": card.key}


def _review_card(row: tuple[Any, ...]) -> ReviewCard:
    lesson_id, kind, key, course_id, course_title, lesson_title, content, *rest = row
    rated = bool(rest) and rest[-1] is not None
    return ReviewCard(
        id=CardId(lesson_id, CardKind(kind), key),
        course_id=course_id,
        course_title=course_title,
        lesson_title=lesson_title,
        content=_content_from_json(CardKind(kind), json.loads(content)),
        state=_state(rest[:-1]) if rated else None,
        log_id=rest[-1] if rated else 0,
    )


def _state(row: Iterable[Any]) -> CardState:
    phase, step, stability, difficulty, last_review, due = row
    return CardState(phase, step, stability, difficulty, from_text(last_review), from_text(due))


def _log_row(row: tuple[Any, ...]) -> LogRow:
    id_, lesson_id, kind, key, rating, in_review = row
    return LogRow(id_, CardId(lesson_id, CardKind(kind), key), Rating(rating), bool(in_review))


def _content_to_json(content: Question | Flashcard) -> tuple[CardKind, Mapping[str, Any]]:
    if isinstance(content, Question):
        return CardKind.QUESTION, question_to_json(content)
    return CardKind.CARD, asdict(content)


def _content_from_json(kind: CardKind, kept: dict[str, Any]) -> Question | Flashcard:
    return question_from_json(kept) if kind is CardKind.QUESTION else Flashcard(**kept)
