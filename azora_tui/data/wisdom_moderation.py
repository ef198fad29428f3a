"""Statements on what who teaches a course does with what was left at its lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import dialect
from azora_tui.data.transaction import Transaction

if TYPE_CHECKING:
    from azora_tui.models.wisdom import Piece


def hide(transaction: Transaction, piece: Piece, *, reason: str, hidden_by: int) -> None:
    """Keep a piece from everybody but its author; what is hidden is not pinned, and not found."""
    if not piece.hidden:
        dialect.unindex_wisdom(transaction, piece.id, text=piece.text, quote=piece.quote)
    transaction.execute(
        """
        UPDATE wisdom SET is_hidden = 1, is_pinned = 0, hidden_reason = :reason, hidden_by = :hidden_by WHERE id = :id
        """,
        {"id": piece.id, "reason": reason, "hidden_by": hidden_by},
    )


def show_again(transaction: Transaction, piece: Piece) -> None:
    """Let everybody see a piece that is hidden."""
    dialect.index_wisdom(transaction, piece.id, text=piece.text, quote=piece.quote)
    transaction.execute(
        "UPDATE wisdom SET is_hidden = 0, hidden_reason = '', hidden_by = NULL WHERE id = :id", {"id": piece.id}
    )


def set_pinned(transaction: Transaction, wisdom_id: int, *, pinned: bool) -> None:
    transaction.execute(
        "UPDATE wisdom SET is_pinned = :pinned WHERE id = :id", {"id": wisdom_id, "pinned": int(pinned)}
    )


def set_answer(transaction: Transaction, wisdom_id: int, text: str, *, answered_by: int, now: str) -> None:
    """Keep what who teaches says to a piece."""
    transaction.execute(
        "UPDATE wisdom SET answer = :text, answered_by = :answered_by, answered_at = :now WHERE id = :id",
        {"id": wisdom_id, "text": text, "answered_by": answered_by, "now": now},
    )


def take_answer_away(transaction: Transaction, wisdom_id: int) -> None:
    transaction.execute(
        "UPDATE wisdom SET answer = '', answered_by = NULL, answered_at = NULL WHERE id = :id", {"id": wisdom_id}
    )


def set_taken_over(transaction: Transaction, wisdom_id: int, *, now: str) -> None:
    transaction.execute("UPDATE wisdom SET taken_over_at = :now WHERE id = :id", {"id": wisdom_id, "now": now})


def forget_teacher(transaction: Transaction, user_id: int) -> None:
    """Take away what somebody answered, and the words by which they hid something, which stays hidden."""
    transaction.execute(
        "UPDATE wisdom SET answer = '', answered_at = NULL, answered_by = NULL WHERE answered_by = :user_id",
        {"user_id": user_id},
    )
    transaction.execute(
        "UPDATE wisdom SET hidden_reason = '-', hidden_by = NULL WHERE hidden_by = :user_id", {"user_id": user_id}
    )
