"""Statements on what people show of themselves, and on whom somebody may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azora_tui.data.company import not_blocked
from azora_tui.data.transaction import one, rows, value
from azora_tui.data.words import having_words
from azora_tui.times import from_text_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azora_tui.data.transaction import Transaction
    from azora_tui.models.profiles import PersonSeen, Profile

_THERE = f"learners.closed_at IS NULL AND learners.user_id <> :viewer AND {not_blocked('learners.user_id')}"
# Two people have one row at most, so that of the two joins one finds nothing.
_PERSON = f"""
    SELECT learners.user_id AS user_id, COALESCE(NULLIF(profiles.display_name, ''), learners.name) AS name,
        COALESCE(profiles.is_open, 0) AS is_open, profiles.helps, profiles.learning, profiles.helping, profiles.about,
        mine.id AS mine_id, COALESCE(mine.id, theirs.id) AS connection_id,
        COALESCE(mine.words, theirs.words, '') AS words,
        COALESCE(mine.asked_at, theirs.asked_at) AS asked_at,
        COALESCE(mine.accepted_at, theirs.accepted_at) AS accepted_at
    FROM learners
    LEFT JOIN profiles ON profiles.user_id = learners.user_id
    LEFT JOIN connections AS mine ON mine.asker_id = :viewer AND mine.asked_id = learners.user_id
    LEFT JOIN connections AS theirs ON theirs.asked_id = :viewer AND theirs.asker_id = learners.user_id
    WHERE {_THERE}
"""  # noqa: S608  # only our own words


def seen(transaction: Transaction, user_id: int, *, viewer: int) -> PersonSeen | None:
    """Another person, if who looks may see them: they show a profile, or one of the two has asked the other."""
    row = one(
        transaction,
        f"""
        {_PERSON} AND learners.user_id = :user_id
            AND (profiles.is_open = 1 OR mine.id IS NOT NULL OR theirs.id IS NOT NULL)
        """,
        {"user_id": user_id, "viewer": viewer},
    )
    return None if row is None else _person(row)


def found(
    transaction: Transaction, *, viewer: int, words: Sequence[str], offset: int, limit: int
) -> tuple[PersonSeen, ...]:
    """Others who show a profile that holds every one of the folded `words`, in the order of their names."""
    having, parameters = _having(words)
    people = rows(
        transaction,
        f"""
        {_PERSON} AND profiles.is_open = 1 {having}
        ORDER BY profiles.search_text, learners.user_id LIMIT :limit OFFSET :offset
        """,
        {**parameters, "viewer": viewer, "offset": offset, "limit": limit},
    )
    return tuple(map(_person, people))


def count(transaction: Transaction, *, viewer: int, words: Sequence[str]) -> int:
    """How many `found` would list without a limit."""
    having, parameters = _having(words)
    number: int = value(
        transaction,
        f"""
        SELECT COUNT(*) FROM profiles JOIN learners ON learners.user_id = profiles.user_id
        WHERE profiles.is_open = 1 AND {_THERE} {having}
        """,  # noqa: S608  # only our own words
        {**parameters, "viewer": viewer},
    )
    return number


def linked(transaction: Transaction, *, viewer: int) -> list[PersonSeen]:
    """Everybody who asked somebody, was asked by them, or is connected with them, the newest first."""
    people = rows(
        transaction,
        f"""
        {_PERSON} AND learners.user_id IN (
            SELECT asked_id FROM connections WHERE asker_id = :viewer
            UNION ALL SELECT asker_id FROM connections WHERE asked_id = :viewer
        )
        ORDER BY asked_at DESC, connection_id DESC
        """,  # noqa: S608  # only our own words
        {"viewer": viewer},
    )
    return list(map(_person, people))


def own(transaction: Transaction, user_id: int, *, name: str) -> Profile:
    """What somebody has written of themselves; `name` is that of their account."""
    from azora_tui.models.profiles import Profile

    row = one(
        transaction,
        "SELECT display_name, learning, helping, about, is_open, helps FROM profiles WHERE user_id = :user_id",
        {"user_id": user_id},
    )
    if row is None:
        return Profile(name)
    return Profile(name, row.display_name, row.learning, row.helping, row.about, bool(row.is_open), bool(row.helps))


def save(transaction: Transaction, user_id: int, profile: Profile, *, search_text: str, now: str) -> None:
    transaction.execute(
        """
        INSERT INTO profiles (user_id, is_open, helps, display_name, learning, helping, about, updated_at, search_text)
        VALUES (:user_id, :is_open, :helps, :display_name, :learning, :helping, :about, :now, :search_text)
        ON CONFLICT (user_id) DO UPDATE SET is_open = excluded.is_open, helps = excluded.helps,
            display_name = excluded.display_name, learning = excluded.learning, helping = excluded.helping,
            about = excluded.about, updated_at = excluded.updated_at, search_text = excluded.search_text
        """,
        {
            "user_id": user_id,
            "is_open": int(profile.is_open),
            "helps": int(profile.helps),
            "display_name": profile.display_name,
            "learning": profile.learning,
            "helping": profile.helping,
            "about": profile.about,
            "now": now,
            "search_text": search_text,
        },
    )


def set_closed(transaction: Transaction, user_uuid: str, at: str | None) -> None:
    """Note that an account was closed, for those for whom its person wrote; with None, that it was opened again."""
    transaction.execute(
        "UPDATE learners SET closed_at = :at WHERE uuid = :uuid AND (closed_at IS NULL OR :at IS NULL)",
        {"uuid": user_uuid, "at": at},
    )


def _having(words: Sequence[str]) -> tuple[str, dict[str, str]]:
    condition, parameters = having_words(words)
    return f"AND {condition}" if condition else "", parameters


def _person(row: Any) -> PersonSeen:
    from azora_tui.models.profiles import PersonSeen

    if row.connection_id is None:
        standing = "strangers"
    elif row.accepted_at is not None:
        standing = "connected"
    else:
        standing = "asked_by_me" if row.mine_id is not None else "asked_of_me"
    shown = bool(row.is_open)
    return PersonSeen(
        row.user_id,
        row.name,
        standing,  # type: ignore[arg-type]
        is_open=shown,
        helps=shown and bool(row.helps),
        learning=row.learning if shown else "",
        helping=row.helping if shown else "",
        about=row.about if shown else "",
        connection_id=row.connection_id,
        words=row.words,
        asked_at=from_text_or_none(row.asked_at),
        accepted_at=from_text_or_none(row.accepted_at),
    )
