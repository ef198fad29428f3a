"""Steps that the calls of the service share, each inside the transaction of its caller."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from azora_tui.auth import passwords
from azora_tui.data import accounts, events
from azora_tui.data.machine import machine_id
from azora_tui.data.owner import is_owner
from azora_tui.errors import NotFoundError, RefusedError, SessionError
from azora_tui.models.accounts import Claims
from azora_tui.times import to_exact_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from azora_tui.auth.context import Auth
    from azora_tui.data.events import AccountEventKind
    from azora_tui.data.transaction import Transaction
    from azora_tui.models.account_records import Account, Credentials

SESSION_LENGTH = timedelta(days=30)
_NOTHING_MORE: Mapping[str, object] = {}


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
    accounts.see(transaction, account.id, now)
    return claims


def note(
    auth: Auth,
    transaction: Transaction,
    kind: AccountEventKind,
    user_id: int,
    at: datetime,
    *,
    payload: Mapping[str, object] = _NOTHING_MORE,
) -> None:
    """Add to what happened; `payload` is what is to be told besides."""
    events.add_account_event(
        transaction,
        id=auth.new_id(),
        kind=kind,
        user_id=user_id,
        at=to_exact_text(at),
        machine=machine_id(auth.database),
        payload=payload,
    )


def require_session(transaction: Transaction, claims: Claims, now: datetime) -> None:
    """A `SessionError` where the session of the claims has expired, was ended, or never was."""
    session = accounts.session(transaction, claims.session_id, claims.user_id)
    if session is not None and session.ended_for == "account_closed":
        raise SessionError("account_closed")
    if session is not None and session.ended_for == "role_changed":
        asking = accounts.credentials_by_id(transaction, claims.user_id)
        raise SessionError("role_changed", role=asking.account.role if asking else claims.role)
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


def require_owner(auth: Auth, code: str) -> None:
    """A `RefusedError` (`code`) for whoever does not own the database file, a `NotFoundError` where there is none."""
    path = auth.database.path
    try:
        owner = is_owner(path)
    except OSError as error:
        raise NotFoundError("no_accounts", path=path, reason=error.strerror) from error
    if not owner:
        raise RefusedError(code, path=path)


def confirmed(transaction: Transaction, found: Credentials, password: str) -> Account | None:
    """The account as it is now that nobody else can write, if the password that was just verified is still its own.

    Another process may meanwhile have changed it, or only renewed its hash at a sign-in of its own; and the role that a
    new session bears must be the one of this moment.
    """
    latest = accounts.credentials_by_id(transaction, found.account.id)
    if latest is None:
        return None
    right = latest.password_hash == found.password_hash or passwords.verify(password, latest.password_hash)
    return latest.account if right else None
