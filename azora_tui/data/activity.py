"""Statements on what a learner did and when. Each reads the rows of one learner by an index."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from azora_tui.data.transaction import Transaction, rows, value, values
from azora_tui.times import from_text, from_text_or_none


class Deed(NamedTuple):
    """`number` of something that a learner did: events, minutes. `utc_offset` are the minutes that clocks were ahead of
    UTC where it was done; None from before that was kept."""

    at: datetime
    utc_offset: int | None
    number: int = 1
    kind: str = ""


def add_minutes(
    transaction: Transaction,
    *,
    uuid: str,
    enrollment_id: int,
    lesson_id: int,
    minutes: int,
    now: str,
    utc_offset: int,
) -> None:
    """Write minutes down at their time, beside the sum of a lesson that was opened or completed before."""
    transaction.execute(
        """
        INSERT INTO minutes_spent (uuid, user_id, lesson_id, minutes, at, utc_offset)
        SELECT :uuid, enrollments.user_id, mine.lesson_id, :minutes, :now, :utc_offset
        FROM lesson_progress AS mine JOIN enrollments ON enrollments.id = mine.enrollment_id
        WHERE mine.enrollment_id = :enrollment_id AND mine.lesson_id = :lesson_id AND :minutes > 0
        """,
        {
            "uuid": uuid,
            "enrollment_id": enrollment_id,
            "lesson_id": lesson_id,
            "minutes": minutes,
            "now": now,
            "utc_offset": utc_offset,
        },
    )


def minutes_of(transaction: Transaction, user_id: int) -> list[Deed]:
    """Minutes, oldest first."""
    found = rows(
        transaction,
        "SELECT at, utc_offset, minutes FROM minutes_spent WHERE user_id = :user_id ORDER BY at",
        {"user_id": user_id},
    )
    return [Deed(from_text(row.at), row.utc_offset, row.minutes) for row in found]


def events_of(transaction: Transaction, user_id: int, kinds: Collection[str]) -> list[Deed]:
    """Events of some kinds, oldest first; those of one minute come together."""
    names = {f"kind{number}": kind for number, kind in enumerate(kinds)}
    if not names:
        return []
    found = rows(
        transaction,
        f"""
        SELECT kind, MIN(at) AS first_at, utc_offset, COUNT(*) AS number FROM events
        WHERE user_id = :user_id AND kind IN ({", ".join(f":{name}" for name in names)})
        GROUP BY SUBSTR(at, 1, 16), kind, utc_offset ORDER BY MIN(at)
        """,  # noqa: S608  # only our own words
        {"user_id": user_id, **names},
    )
    return [Deed(from_text(row.first_at), row.utc_offset, row.number, row.kind) for row in found]


def reviews_of(transaction: Transaction, user_id: int) -> list[Deed]:
    """When cards were rated in the review, oldest first; those of one minute come together."""
    found = rows(
        transaction,
        """
        SELECT MIN(at) AS first_at, utc_offset FROM review_log
        WHERE user_id = :user_id AND given_in = 'review' AND rating IS NOT NULL
        GROUP BY SUBSTR(at, 1, 16), utc_offset ORDER BY MIN(at)
        """,
        {"user_id": user_id},
    )
    return [Deed(from_text(row.first_at), row.utc_offset) for row in found]


def notes_of(transaction: Transaction, user_id: int) -> list[Deed]:
    """When each note and bookmark was made, oldest first; a deleted one was made too."""
    found = rows(
        transaction,
        "SELECT created_at, utc_offset FROM notes WHERE user_id = :user_id ORDER BY created_at",
        {"user_id": user_id},
    )
    return [Deed(from_text(row.created_at), row.utc_offset) for row in found]


def perfect_quizzes_of(transaction: Transaction, user_id: int) -> list[Deed]:
    """When each attempt with every answer right was finished, oldest first."""
    found = rows(
        transaction,
        """
        SELECT attempts.finished_at, attempts.utc_offset FROM enrollments
        JOIN attempts ON attempts.enrollment_id = enrollments.id
        WHERE enrollments.user_id = :user_id AND attempts.score = 100 ORDER BY attempts.finished_at
        """,
        {"user_id": user_id},
    )
    return [Deed(from_text(row.finished_at), row.utc_offset) for row in found]


def offsets_placed(transaction: Transaction, user_id: int) -> list[tuple[str, int]] | None:
    """(from when on, UTC offset) for what a learner did before offsets were kept; None before its first look."""
    payload: str | None = value(
        transaction,
        "SELECT payload FROM events WHERE user_id = :user_id AND kind = 'days_placed' ORDER BY at, id LIMIT 1",
        {"user_id": user_id},
    )
    return None if payload is None else [(at, offset) for at, offset in json.loads(payload)["offsets"]]


def add_rest_days(transaction: Transaction, *, uuid: str, user_id: int, weekdays: int, now: str) -> None:
    """Write down a choice of rest days, as `bits_of` has them."""
    transaction.execute(
        "INSERT INTO rest_days (uuid, user_id, weekdays, chosen_at) VALUES (:uuid, :user_id, :weekdays, :now)",
        {"uuid": uuid, "user_id": user_id, "weekdays": weekdays, "now": now},
    )


def last_choice_at(transaction: Transaction, user_id: int) -> datetime | None:
    """When the choice of rest days was made that holds."""
    last: str | None = value(
        transaction, "SELECT MAX(chosen_at) FROM rest_days WHERE user_id = :user_id", {"user_id": user_id}
    )
    return from_text_or_none(last)


def bits_of(weekdays: Collection[int]) -> int:
    """Weekdays as they are stored: Monday (0) is bit 0."""
    return sum(1 << weekday for weekday in set(weekdays))


def rest_days_of(transaction: Transaction, user_id: int) -> list[frozenset[int]]:
    """Each choice of rest days that a learner made, the one that holds last."""
    found = values(
        transaction,
        "SELECT weekdays FROM rest_days WHERE user_id = :user_id ORDER BY chosen_at, uuid",
        {"user_id": user_id},
    )
    return [frozenset(weekday for weekday in range(7) if bits >> weekday & 1) for bits in found]
