"""Putting a question to those who may answer it: to some when it is asked, to others once they complete its lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import helping as rows
from azora_tui.lms.together.access import tell

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms

MAX_TOLD = 20
"""How many are told of a question, and of how many questions somebody is told at once. Others find it in their list."""


def offer(
    lms: Lms,
    transaction: Transaction,
    request_id: int,
    user_id: int,
    *,
    asker_id: int,
    course_id: int,
    lesson_id: int,
) -> None:
    """Put a question into somebody's inbox, and remember that."""
    rows.add_offer(transaction, request_id, user_id, now=lms.now_text())
    tell(
        lms,
        transaction,
        user_id,
        "help_asked",
        request_id,
        actor_id=asker_id,
        course_id=course_id,
        lesson_id=lesson_id,
    )


def offer_open(lms: Lms, transaction: Transaction, user_id: int, *, course_id: int, lesson_id: int) -> None:
    """Put to somebody who has just completed a lesson what is open there, if they help."""
    for found in rows.to_offer(transaction, lesson_id=lesson_id, viewer=user_id, limit=MAX_TOLD):
        offer(lms, transaction, found.id, user_id, asker_id=found.asker_id, course_id=course_id, lesson_id=lesson_id)
