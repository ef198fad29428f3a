"""One inbox: what others did that is for somebody, until they have read it, and what waits for them.

What teachers say (`lms.news`) comes to Home and is not counted here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import circles, locks
from azora_tui.data import inbox as rows
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.models.inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Collection

    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.inbox import Notice, Request

MAX_NOTICES = 100


def page(lms: Lms, claims: Claims, *, read: bool = False) -> Inbox:
    """What is new for somebody, the newest of it first, who asks to be connected, and their circles; with `read`, what
    they have read before, too."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return Inbox(
            tuple(rows.notices(transaction, viewer=claims.user_id, read=read, limit=MAX_NOTICES)),
            tuple(rows.requests(transaction, viewer=claims.user_id)),
            tuple(circles.circles_of(transaction, viewer=claims.user_id)),
        )


def count(lms: Lms, claims: Claims) -> int:
    """How much is new."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return rows.count(transaction, claims.user_id)


def mark_read(lms: Lms, claims: Claims, notices: Collection[Notice] = (), requests: Collection[Request] = ()) -> None:
    """Note that these are read; a request waits all the same. What was taken back meanwhile is left alone."""
    check_claims(lms, claims)
    uuids = [each.uuid for each in notices if each.read_at is None]
    asked = [each.connection_id for each in requests if each.is_new]
    if not uuids and not asked:
        return
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        rows.mark_read(transaction, user_id=claims.user_id, uuids=uuids, connection_ids=asked, now=lms.now_text())
