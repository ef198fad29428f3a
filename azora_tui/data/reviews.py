"""Statements on cards, the review log, and what is derived from it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from azora_tui.data import dialect
from azora_tui.data.due import ASKED, NEW, RATED
from azora_tui.data.quizzes import question_from_json, question_to_json
from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.models.quizzes import Question
from azora_tui.models.reviews import CardId, CardKind, CardState, Flashcard, Rating, ReviewCard
from azora_tui.times import from_text, from_text_or_none, to_exact_text

_CARD = """
    SELECT cards.lesson_id, cards.kind, cards.card_key, courses.id AS course_id, courses.title AS course_title,
        lessons.title AS lesson_title, cards.content
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


def forget_cards(transaction: Transaction, course_id: int) -> None:
    """Let nothing of a course be asked or found; what learners did with it stays."""
    course = {"id": course_id}
    ids: Any = values(
        transaction,
        "SELECT cards.id FROM lessons JOIN cards ON cards.lesson_id = lessons.id WHERE lessons.course_id = :id",
        course,
    )
    dialect.unindex(transaction, [dialect.IndexKey(dialect.IndexedKind.CARD, id_) for id_ in ids])
    transaction.execute("DELETE FROM cards WHERE lesson_id IN (SELECT id FROM lessons WHERE course_id = :id)", course)


def put_card(
    transaction: Transaction, lesson_id: int, content: Question | Flashcard, *, order_index: int, words: str = ""
) -> None:
    """Let a question or card of a lesson be asked, and a card be found by its `words`."""
    kind, as_json = _content_to_json(content)
    card_id: int = value(
        transaction,
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
    )
    if words:
        dialect.index(transaction, dialect.IndexKey(dialect.IndexedKind.CARD, card_id), title="", text=words)


def questions_in(transaction: Transaction, course_id: int) -> list[tuple[int, Question]]:
    """(lesson id, question) of all that the quizzes of a course ask now, in its order."""
    found = rows(
        transaction,
        """
        SELECT cards.lesson_id, cards.content FROM lessons
        JOIN cards ON cards.lesson_id = lessons.id AND cards.kind = 'question'
        WHERE lessons.course_id = :course_id AND lessons.is_published = 1
        ORDER BY lessons.order_index, lessons.id, cards.order_index
        """,
        {"course_id": course_id},
    )
    return [(row.lesson_id, question_from_json(json.loads(row.content))) for row in found]


def index_cards(transaction: Transaction) -> None:
    """Let every card be found, once the index was emptied."""
    found: Any = rows(transaction, "SELECT id, words FROM cards WHERE words <> ''")
    for card in found:
        dialect.index(transaction, dialect.IndexKey(dialect.IndexedKind.CARD, card.id), title="", text=card.words)


# What is asked of a learner


def due_cards(transaction: Transaction, *, user_id: int, now: str, limit: int) -> list[ReviewCard]:
    """The cards that are due, the longest overdue first."""
    found = rows(
        transaction,
        f"""
        {_CARD}, {_STATE}, log_id {RATED} AND states.due <= :now
        ORDER BY states.due, states.last_review, (SELECT uuid FROM review_log WHERE review_log.id = states.log_id)
        LIMIT :limit
        """,  # noqa: S608  # only our own words
        {"user_id": user_id, "now": now, "limit": limit},
    )
    return [_review_card(row) for row in found]


def new_cards(transaction: Transaction, *, user_id: int, limit: int) -> list[ReviewCard]:
    """Cards of completed lessons that were never rated, those of the lesson completed first at the front."""
    found = rows(
        transaction,
        f"{_CARD} {NEW} ORDER BY done.completed_at, lessons.order_index, lessons.id, cards.order_index LIMIT :limit",
        {"user_id": user_id, "limit": limit},
    )
    return [_review_card(row, is_new=True) for row in found]


def asked_card(transaction: Transaction, card: CardId, *, user_id: int) -> ReviewCard | None:
    """A card as it is now for a learner, due or not; None where it is not asked."""
    row = one(
        transaction,
        f"""
        {_CARD}, {_STATE}, log_id {ASKED}
        LEFT JOIN card_states AS states ON states.user_id = mine.user_id AND states.lesson_id = cards.lesson_id
            AND states.kind = cards.kind AND states.card_key = cards.card_key
        WHERE mine.user_id = :user_id AND mine.status <> 'left'
            AND cards.lesson_id = :lesson_id AND cards.kind = :kind AND cards.card_key = :card_key
        """,
        _named(card, user_id),
    )
    return None if row is None else _review_card(row)


def next_due(transaction: Transaction, *, user_id: int, now: str) -> datetime | None:
    """When the first of the cards falls due that are not due yet."""
    due: str | None = value(
        transaction, f"SELECT MIN(states.due) {RATED} AND states.due > :now", {"user_id": user_id, "now": now}
    )
    return from_text_or_none(due)


def due_times(transaction: Transaction, *, user_id: int, before: str) -> list[datetime]:
    """When each card is due that is so before a time."""
    found = values(
        transaction, f"SELECT states.due {RATED} AND states.due < :before", {"user_id": user_id, "before": before}
    )
    return [from_text(due) for due in found]


# The log


def add_rating(
    transaction: Transaction,
    card: CardId,
    rating: Rating,
    *,
    uuid: str,
    user_id: int,
    in_review: bool,
    now: str,
    utc_offset: int,
) -> int:
    """Write a rating down, and where clocks stood by UTC, in minutes; returns its row."""
    row: int = value(
        transaction,
        """
        INSERT INTO review_log (uuid, user_id, lesson_id, kind, card_key, given_in, rating, at, utc_offset)
        VALUES (:uuid, :user_id, :lesson_id, :kind, :card_key, :given_in, :rating, :now, :utc_offset) RETURNING id
        """,
        {
            **_named(card, user_id),
            "uuid": uuid,
            "given_in": "review" if in_review else "quiz",
            "rating": rating.value,
            "now": now,
            "utc_offset": utc_offset,
        },
    )
    return row


def add_undoing(transaction: Transaction, undone: LogRow, *, uuid: str, user_id: int, now: str) -> int:
    """Write down that a rating does not count; returns the new row."""
    row: int = value(
        transaction,
        """
        INSERT INTO review_log (uuid, user_id, lesson_id, kind, card_key, given_in, undoes, at)
        VALUES (:uuid, :user_id, :lesson_id, :kind, :card_key, 'review', :undoes, :now) RETURNING id
        """,
        {**_named(undone.card, user_id), "uuid": uuid, "undoes": undone.id, "now": now},
    )
    return row


def last_rating(transaction: Transaction, *, user_id: int) -> LogRow | None:
    """The latest rating that a learner gave in a review and did not undo."""
    row = one(
        transaction,
        """
        SELECT id, lesson_id, kind, card_key, rating, given_in FROM review_log
        WHERE user_id = :user_id AND rating IS NOT NULL AND given_in = 'review'
            AND NOT EXISTS (SELECT 1 FROM review_log AS later WHERE later.undoes = review_log.id)
        ORDER BY at DESC, uuid DESC LIMIT 1
        """,
        {"user_id": user_id},
    )
    return None if row is None else _log_row(row)


def rating_by_id(transaction: Transaction, row_id: int, *, user_id: int) -> LogRow | None:
    """A learner's own rating, if it was not undone."""
    row = one(
        transaction,
        """
        SELECT id, lesson_id, kind, card_key, rating, given_in FROM review_log
        WHERE id = :id AND user_id = :user_id AND rating IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM review_log AS later WHERE later.undoes = review_log.id)
        """,
        {"id": row_id, "user_id": user_id},
    )
    return None if row is None else _log_row(row)


def ratings(transaction: Transaction, card: CardId, *, user_id: int) -> list[tuple[int, Rating, datetime]]:
    """(row, rating, when) of each rating of a card that counts, in the order in which they were given."""
    found = rows(
        transaction,
        f"""
        SELECT id, rating, at FROM review_log
        WHERE {_OF_CARD} AND rating IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM review_log AS later WHERE later.undoes = review_log.id)
        ORDER BY at, uuid
        """,  # noqa: S608  # only our own words
        _named(card, user_id),
    )
    return [(row.id, Rating(row.rating), from_text(row.at)) for row in found]


def rated_cards(transaction: Transaction) -> Iterator[tuple[int, CardId, int]]:
    """(user, card, its latest row in the log) of everything that the log tells of."""
    found = rows(
        transaction,
        """
        SELECT user_id, lesson_id, kind, card_key, log_id FROM (
            SELECT user_id, lesson_id, kind, card_key, id AS log_id, ROW_NUMBER() OVER (
                PARTITION BY user_id, lesson_id, kind, card_key ORDER BY at DESC, uuid DESC
            ) AS place FROM review_log
        ) AS latest WHERE place = 1
        """,
    )
    for row in found:
        yield row.user_id, _card_id(row), row.log_id


# What is derived from the log


def state_of(transaction: Transaction, card: CardId, *, user_id: int) -> CardState | None:
    row = one(
        transaction,
        f"SELECT {_STATE} FROM card_states WHERE {_OF_CARD}",  # noqa: S608  # only our own words
        _named(card, user_id),
    )
    return None if row is None else _state(row)


def save_state(transaction: Transaction, card: CardId, state: CardState, *, user_id: int, log_id: int) -> None:
    transaction.execute(
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


def forget_state(transaction: Transaction, card: CardId, *, user_id: int) -> None:
    transaction.execute(
        f"DELETE FROM card_states WHERE {_OF_CARD}",  # noqa: S608  # only our own words
        _named(card, user_id),
    )


def forget_states(transaction: Transaction) -> None:
    transaction.execute("DELETE FROM card_states")


def version(transaction: Transaction) -> int | None:
    """Which way of reading and computing cards and states were made with; None where they have yet to be made."""
    kept: int | None = value(transaction, "SELECT version FROM review_state WHERE id = 1")
    return kept


def save_version(transaction: Transaction, number: int) -> None:
    transaction.execute(
        """
        INSERT INTO review_state (id, version) VALUES (1, :version)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version
        """,
        {"version": number},
    )


def _named(card: CardId, user_id: int) -> dict[str, int | str]:
    return {"user_id": user_id, "lesson_id": card.lesson_id, "kind": card.kind.value, "card_key": card.key}


def _card_id(row: Any) -> CardId:
    return CardId(row.lesson_id, CardKind(row.kind), row.card_key)


def _review_card(row: Any, *, is_new: bool = False) -> ReviewCard:
    rated = not is_new and row.log_id is not None
    return ReviewCard(
        id=_card_id(row),
        course_id=row.course_id,
        course_title=row.course_title,
        lesson_title=row.lesson_title,
        content=_content_from_json(CardKind(row.kind), json.loads(row.content)),
        state=_state(row) if rated else None,
        log_id=row.log_id if rated else 0,
    )


def _state(row: Any) -> CardState:
    return CardState(
        phase=row.phase,
        step=row.step,
        stability=row.stability,
        difficulty=row.difficulty,
        last_review=from_text(row.last_review),
        due=from_text(row.due),
    )


def _log_row(row: Any) -> LogRow:
    return LogRow(row.id, _card_id(row), Rating(row.rating), in_review=row.given_in == "review")


def _content_to_json(content: Question | Flashcard) -> tuple[CardKind, Mapping[str, Any]]:
    if isinstance(content, Question):
        return CardKind.QUESTION, question_to_json(content)
    return CardKind.CARD, asdict(content)


def _content_from_json(kind: CardKind, kept: dict[str, Any]) -> Question | Flashcard:
    return question_from_json(kept) if kind is CardKind.QUESTION else Flashcard(**kept)
