"""Statements on the people of a school as its admin sees and changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data.transaction import rows, value
from azora_tui.data.words import having_words
from azora_tui.models.account_records import Account
from azora_tui.models.people import Person
from azora_tui.times import from_text, from_text_or_none, to_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from azora_tui.data.transaction import Transaction
    from azora_tui.models.accounts import Role


def page(transaction: Transaction, *, words: Sequence[str], offset: int, limit: int) -> list[Person]:
    """People whose name and e-mail hold every one of the folded `words`, in the order of their names."""
    matches, parameters = _matches(words)
    # First which they are, out of the index alone: what comes before `offset` is read for nothing.
    found = rows(
        transaction,
        f"""
        WITH page AS (
            SELECT id FROM users {matches} ORDER BY search_text, id LIMIT :limit OFFSET :offset
        )
        SELECT users.id AS id, uuid, email, name, role, created_at, disabled_at, last_seen_at,
            invitations.expires_at AS invited_until
        FROM page
        JOIN users ON users.id = page.id
        LEFT JOIN invitations ON invitations.user_id = users.id
        ORDER BY search_text, users.id
        """,  # noqa: S608  # only our own words
        {**parameters, "limit": limit, "offset": offset},
    )
    return [
        Person(
            Account(
                row.id, row.uuid, row.email, row.name, row.role, from_text(row.created_at), row.disabled_at is not None
            ),
            last_seen=from_text_or_none(row.last_seen_at),
            invited_until=from_text_or_none(row.invited_until),
        )
        for row in found
    ]


def count(transaction: Transaction, words: Sequence[str]) -> int:
    """How many `page` would list without a limit."""
    matches, parameters = _matches(words)
    number: int = value(transaction, f"SELECT COUNT(*) FROM users {matches}", parameters)  # noqa: S608  # our own words
    return number


def has_other_admin(transaction: Transaction, user_id: int) -> bool:
    """Whether somebody but this person can act as an admin: is one, not closed out, and has opened their account."""
    other = value(
        transaction,
        """
        SELECT 1 FROM users
        WHERE role = 'admin' AND id <> :user_id AND disabled_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM invitations WHERE invitations.user_id = users.id)
        LIMIT 1
        """,
        {"user_id": user_id},
    )
    return other is not None


def has_others(transaction: Transaction, user_id: int) -> bool:
    """Whether anybody else has an account here."""
    return value(transaction, "SELECT 1 FROM users WHERE id <> :user_id LIMIT 1", {"user_id": user_id}) is not None


def set_role(transaction: Transaction, user_id: int, role: Role) -> None:
    transaction.execute("UPDATE users SET role = :role WHERE id = :id", {"role": role, "id": user_id})


def set_disabled(transaction: Transaction, user_id: int, at: datetime | None) -> None:
    """Close an account at a time, or with None open it again."""
    transaction.execute("UPDATE users SET disabled_at = :at WHERE id = :id", {"at": at and to_text(at), "id": user_id})


def _matches(words: Sequence[str]) -> tuple[str, dict[str, str]]:
    clauses, parameters = having_words(words)
    return f"WHERE {clauses}" if clauses else "", parameters
