"""Statements on who asked whom, who is connected, and who has blocked whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import company
from azora_tui.data.transaction import rows, value
from azora_tui.times import from_text

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.models.profiles import Blocked

_NOTICES = ("connection_asked", "connection_accepted")


def add(transaction: Transaction, *, uuid: str, asker_id: int, asked_id: int, words: str, now: str) -> int:
    """Returns its id."""
    added: int = value(
        transaction,
        """
        INSERT INTO connections (uuid, asker_id, asked_id, words, asked_at)
        VALUES (:uuid, :asker_id, :asked_id, :words, :now) RETURNING id
        """,
        {"uuid": uuid, "asker_id": asker_id, "asked_id": asked_id, "words": words, "now": now},
    )
    return added


def accept(transaction: Transaction, connection_id: int, *, now: str) -> None:
    """Make of what was asked a connection; who was asked has it in their inbox no more."""
    transaction.execute("UPDATE connections SET accepted_at = :now WHERE id = :id", {"id": connection_id, "now": now})
    company.remove_notices(transaction, ("connection_asked",), connection_id)


def remove(transaction: Transaction, connection_id: int) -> None:
    """Leave nothing of it, in no inbox either."""
    company.remove_notices(transaction, _NOTICES, connection_id)
    transaction.execute("DELETE FROM connections WHERE id = :id", {"id": connection_id})


def block(transaction: Transaction, *, blocker_id: int, blocked_id: int, name: str, now: str) -> None:
    transaction.execute(
        "INSERT INTO blocks (blocker_id, blocked_id, name, at) VALUES (:blocker_id, :blocked_id, :name, :now)",
        {"blocker_id": blocker_id, "blocked_id": blocked_id, "name": name, "now": now},
    )


def unblock(transaction: Transaction, *, blocker_id: int, blocked_id: int) -> bool:
    """Whether there was something to take back."""
    found = value(
        transaction,
        "DELETE FROM blocks WHERE blocker_id = :blocker_id AND blocked_id = :blocked_id RETURNING blocked_id",
        {"blocker_id": blocker_id, "blocked_id": blocked_id},
    )
    return found is not None


def blocked_by(transaction: Transaction, blocker_id: int) -> tuple[Blocked, ...]:
    """Whom somebody has blocked, the last one first."""
    from azora_tui.models.profiles import Blocked

    found = rows(
        transaction,
        "SELECT blocked_id, name, at FROM blocks WHERE blocker_id = :id ORDER BY at DESC, blocked_id DESC",
        {"id": blocker_id},
    )
    return tuple(Blocked(row.blocked_id, row.name, from_text(row.at)) for row in found)
