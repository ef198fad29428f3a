"""Statements on what a learner did and when. Each reads the rows of one learner by an index."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from azora_tui.data.transaction import Transaction, rows, value, values
from azora_tui.times import from_text, from_text_or_none


def add_minutes(
    transaction: Transaction, *, uuid: str, enrollment_id: int, lesson_id: int, minutes: int, now: str
) -> None:
    """Write minutes down at their time, beside the sum of a lesson that was opened or completed before."""
    transaction.execute(
        """
        INSERT INTO minutes_spent (uuid, user_id, lesson_id, minutes, at)
        SELECT :uuid, enrollments.user_id, mine.lesson_id, :minutes, :now
        FROM lesson_progress AS mine JOIN enrollments ON enrollments.id = mine.enrollment_id
        WHERE mine.enrollment_id = :enrollment_id AND mine.lesson_id = :lesson_id AND :minutes > 0
        """,
        {"uuid": uuid, "enrollment_id": enrollment_id, "lesson_id": lesson_id, "minutes": minutes, "now": now},
    )


def minutes_of(transaction: Transaction, user_id: int) -> list[tuple[datetime, int]]:
    """(when, how many) minutes, oldest first."""
    found = rows(
        transaction, "SELECT at, minutes FROM minutes_spent WHERE user_id = :user_id ORDER BY at", {"user_id": user_id}
    )
    return [(from_text(row.at), row.minutes) for row in found]


def events_of(transaction: Transaction, user_id: int, kinds: Collection[str]) -> list[tuple[str, datetime, int]]:
    """(kind, when, how many) events of some kinds, oldest first; those of one minute come together."""
    names = {f"kind{number}": kind for number, kind in enumerate(kinds)}
    if not names:
        return []
    found = rows(
        transaction,
        f"""
        SELECT kind, MIN(at) AS first_at, COUNT(*) AS number FROM events
        WHERE user_id = :user_id AND kind IN ({", ".join(f":{name}" for name in names)})
        GROUP BY SUBSTR(at, 1, 16), kind ORDER BY MIN(at)
        """,  # noqa: S608  # only our own words
        {"user_id": user_id, **names},
    )
    return [(row.kind, from_text(row.first_at), row.number) for row in found]


def reviews_of(transaction: Transaction, user_id: int) -> list[datetime]:
    """When cards were rated in the review, oldest first; those of one minute come together."""
    found = values(
        transaction,
        """
        SELECT MIN(at) FROM review_log WHERE user_id = :user_id AND given_in = 'review' AND rating IS NOT NULL
        GROUP BY SUBSTR(at, 1, 16) ORDER BY MIN(at)
        """,
        {"user_id": user_id},
    )
    return [from_text(at) for at in found]


def notes_of(transaction: Transaction, user_id: int) -> list[datetime]:
    """When each note and bookmark was made, oldest first; a deleted one was made too."""
    found = values(
        transaction, "SELECT created_at FROM notes WHERE user_id = :user_id ORDER BY created_at", {"user_id": user_id}
    )
    return [from_text(at) for at in found]


def perfect_quizzes_of(transaction: Transaction, user_id: int) -> list[datetime]:
    """When each attempt with every answer right was finished, oldest first."""
    found = values(
        transaction,
        """
        SELECT attempts.finished_at FROM enrollments
        JOIN attempts ON attempts.enrollment_id = enrollments.id
        WHERE enrollments.user_id = :user_id AND attempts.score = 100 ORDER BY attempts.finished_at
        """,
        {"user_id": user_id},
    )
    return [from_text(at) for at in found]


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
