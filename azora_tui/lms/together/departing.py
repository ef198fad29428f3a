"""Who leaves: what they wrote for others is read without their name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import locks
from azora_tui.data import profiles as rows
from azora_tui.lms.service import check_admin_or_owner

if TYPE_CHECKING:
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims


def close(lms: Lms, claims: Claims | None, user_uuid: str) -> None:
    """Note that an account is closed: nobody finds its person, and what they wrote is by somebody who has left.

    For an admin, or, without claims, for the operating-system owner of the database file. Raises `SessionError`,
    `RefusedError`. Who is unknown here wrote nothing, and nothing is noted.
    """
    check_admin_or_owner(lms, claims, "accounts_need_admin_or_owner")
    with lms.database.write(locks.SCHOOL) as transaction:
        rows.set_closed(transaction, user_uuid, lms.now_text())


def reopen(lms: Lms, claims: Claims | None, user_uuid: str) -> None:
    """Note that an account is open again, and its person there for others as before. For whom `close` is."""
    check_admin_or_owner(lms, claims, "accounts_need_admin_or_owner")
    with lms.database.write(locks.SCHOOL) as transaction:
        rows.set_closed(transaction, user_uuid, None)
