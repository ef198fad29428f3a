"""Steps that the calls of the service share, each inside the transaction of its caller."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from azora_tui.auth import passwords
from azora_tui.data import accounts, events
from azora_tui.data.machine import machine_id
from azora_tui.errors import RefusedError, SessionError
from azora_tui.models.accounts import Claims
from azora_tui.times import to_exact_text

if TYPE_CHECKING:
    from azora_tui.auth.context import Auth
    from azora_tui.data.events import AccountEventKind
    from azora_tui.data.transaction import Transaction
    from azora_tui.models.account_records import Account, Credentials

SESSION_LENGTH = timedelta(days=30)


def start_session(auth: Auth, transaction: Transaction, account: Account, now: datetime) -> Claims:
    """Add a session of `SESSION_LENGTH`, drop the account's expired ones; what its token is to say."""
    issued_at = now.replace(microsecond=0)
    claims = Claims(
        user_id=account.id,
        user_uuid=account.uuid,
        email=account.email,
        name=account.name,
        role=account.role,
        session_id=auth.new_id(),
        issued_at=issued_at,
        expires_at=issued_at + SESSION_LENGTH,
    )
    accounts.forget_expired_sessions(transaction, account.id, now)
    accounts.add_session(
        transaction,
        session_id=claims.session_id,
        user_id=account.id,
        created_at=claims.issued_at,
        expires_at=claims.expires_at,
    )
    return claims


def note(auth: Auth, transaction: Transaction, kind: AccountEventKind, user_id: int, at: datetime) -> None:
    """Add to what happened."""
    events.add_account_event(
        transaction,
        id=auth.new_id(),
        kind=kind,
        user_id=user_id,
        at=to_exact_text(at),
        machine=machine_id(auth.database),
    )


def require_session(transaction: Transaction, claims: Claims, now: datetime) -> None:
    """A `SessionError` where the session of the claims has expired, was ended, or never was."""
    session = accounts.session(transaction, claims.session_id, claims.user_id)
    if session is None or session.revoked_at is not None or min(session.expires_at, claims.expires_at) <= now:
        raise SessionError("session_ended")


def require_admin(
    transaction: Transaction, claims: Claims, now: datetime, *, code: str = "reset_needs_admin", **values: object
) -> None:
    """A `SessionError` as above, or a `RefusedError` (`code`) for whoever is no admin at this moment."""
    require_session(transaction, claims, now)
    asking = accounts.credentials_by_id(transaction, claims.user_id)
    if asking is None or asking.account.role != "admin":
        raise RefusedError(code, **values)


def still_right(transaction: Transaction, found: Credentials, password: str) -> bool:
    """Whether the password that was just verified is still the account's, now that nobody else can write.

    Another process may meanwhile have changed it, or only renewed its hash at a sign-in of its own.
    """
    latest = accounts.credentials_by_id(transaction, found.account.id)
    if latest is None:
        return False
    return latest.password_hash == found.password_hash or passwords.verify(password, latest.password_hash)
