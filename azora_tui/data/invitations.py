"""Statements on invitations: accounts that nobody has opened yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data.transaction import one
from azora_tui.models.account_records import Invitation
from azora_tui.times import from_text, to_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from azora_tui.data.transaction import Transaction


def invitation(transaction: Transaction, user_id: int) -> Invitation | None:
    """What opens this person's account; None where they have opened it."""
    row = one(
        transaction,
        "SELECT word_hash, expires_at, by_admin FROM invitations WHERE user_id = :user_id",
        {"user_id": user_id},
    )
    return None if row is None else Invitation(row.word_hash, from_text(row.expires_at), bool(row.by_admin))


def put(transaction: Transaction, invited: Iterable[tuple[int, Invitation]]) -> None:
    """Keep what opens each account, in place of what did before."""
    transaction.executemany(
        """
        INSERT INTO invitations (user_id, word_hash, expires_at, by_admin)
        VALUES (:user_id, :word_hash, :expires_at, :by_admin)
        ON CONFLICT (user_id) DO UPDATE
        SET word_hash = excluded.word_hash, expires_at = excluded.expires_at, by_admin = excluded.by_admin
        """,
        (
            {
                "user_id": user_id,
                "word_hash": each.word_hash,
                "expires_at": to_text(each.expires_at),
                "by_admin": int(each.by_admin),
            }
            for user_id, each in invited
        ),
    )


def forget(transaction: Transaction, user_id: int) -> bool:
    """Whether there was one."""
    forgotten = one(
        transaction, "DELETE FROM invitations WHERE user_id = :user_id RETURNING user_id", {"user_id": user_id}
    )
    return forgotten is not None
