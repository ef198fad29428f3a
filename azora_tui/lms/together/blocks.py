"""Two people who do not exist for each other: at once, both ways, and nobody is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import connections as rows
from azora_tui.data import locks
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.lms.together.profiles import require_seen

if TYPE_CHECKING:
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.profiles import Blocked


def block(lms: Lms, claims: Claims, user_id: int) -> None:
    """Block somebody whom one sees; a connection, or what one has asked the other, is gone.

    Raises `NotFoundError` for who is not there, also for who has blocked first, or is blocked already.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        if user_id == claims.user_id:
            raise RefusedError("own_person")
        person = require_seen(transaction, claims, user_id)
        if person.connection_id is not None:
            rows.remove(transaction, person.connection_id)
        rows.block(transaction, blocker_id=claims.user_id, blocked_id=user_id, name=person.name, now=lms.now_text())


def unblock(lms: Lms, claims: Claims, user_id: int) -> None:
    """Let somebody exist again; a connection of before stays gone. Raises `NotFoundError` for who is not blocked."""
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        if not rows.unblock(transaction, blocker_id=claims.user_id, blocked_id=user_id):
            raise NotFoundError("block_missing")


def mine(lms: Lms, claims: Claims) -> tuple[Blocked, ...]:
    """Whom one has blocked, by the names that they had then, the last one first."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return rows.blocked_by(transaction, claims.user_id)
