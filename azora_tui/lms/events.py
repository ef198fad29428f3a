"""What happened, told so that everything shown can be made again from it (`rebuilding`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from azora_tui.data import events
from azora_tui.data.events import EventKind
from azora_tui.data.transaction import Transaction
from azora_tui.errors import SessionError
from azora_tui.lms import marks
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims

if TYPE_CHECKING:
    from azora_tui.models.account_records import Account

_NOTHING_MORE: Mapping[str, object] = {}


def add_event(
    lms: Lms,
    transaction: Transaction,
    kind: EventKind,
    *,
    user_id: int,
    at: str,
    course_id: int | None = None,
    lesson_id: int | None = None,
    id: str | None = None,
    payload: Mapping[str, object] = _NOTHING_MORE,
) -> None:
    """Add an event in the transaction of what it tells. A row that comes of it has the same `id` as its UUID.

    What is learning is kept with the enrollment, too (`marks`).
    """
    utc_offset = lms.utc_offset(at)
    events.add_event(
        transaction,
        id=id or lms.new_id(),
        kind=kind,
        user_id=user_id,
        course_id=course_id,
        lesson_id=lesson_id,
        at=at,
        payload=payload,
        machine=lms.machine(),
        utc_offset=utc_offset,
    )
    if course_id is not None and kind in marks.LEARNING:
        marks.learned(transaction, user_id=user_id, course_id=course_id, at=at, utc_offset=utc_offset)


def know_learner(transaction: Transaction, claims: Claims) -> None:
    """Write down who somebody is on every machine and what they are called: events have only their number.

    Raises `SessionError` for who has left the school meanwhile: nothing of theirs comes back.
    """
    if events.has_left(transaction, user_id=claims.user_id, uuid=claims.user_uuid):
        raise SessionError("session_ended")
    events.add_learner(transaction, user_id=claims.user_id, uuid=claims.user_uuid, name=claims.name, email=claims.email)


def know_account(transaction: Transaction, account: Account) -> None:
    """The same of somebody for whom another does something here; `account` was looked up where accounts are."""
    events.add_learner(transaction, user_id=account.id, uuid=account.uuid, name=account.name, email=account.email)
