"""The calls of the Auth Service: register, sign in, who is this, sign out, change and reset a password.

Each takes an `Auth` and, once someone is signed in, the verified `Claims`. Besides what a function names, all
raise `StorageError` when azora.db or the signing key cannot be used.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from azora_tui.auth import fields, guesses, passwords, session_file, tokens
from azora_tui.auth.transactions import (
    confirmed,
    note,
    require_admin,
    require_owner,
    require_session,
    start_session,
)
from azora_tui.data import accounts, locks
from azora_tui.errors import FieldError, NotFoundError, RefusedError, StorageError

if TYPE_CHECKING:
    from datetime import datetime

    from azora_tui.auth.context import Auth
    from azora_tui.models.account_records import Account
    from azora_tui.models.accounts import Claims, Role, Session


def register(auth: Auth, *, name: str, email: str, password: str) -> tuple[Account, str]:
    """A new account and the token of its first session; the first account of a school is its admin.

    Raises `FieldError` for "name", "email" or "password".
    """
    name = fields.checked_name(name)
    email = fields.checked_email(email)
    passwords.check_new(password, field="password", name=name, email=email)
    key = tokens.private_key(auth)
    password_hash = passwords.hash_password(password)
    with auth.database.write(locks.SCHOOL) as transaction:
        now = auth.now()
        role: Role = "learner" if accounts.any_account(transaction) else "admin"
        account = accounts.add_account(
            transaction,
            email=email,
            name=name,
            role=role,
            password_hash=password_hash,
            created_at=now,
            uuid=auth.new_id(),
        )
        if account is None:
            raise FieldError("email", "email_taken")
        note(auth, transaction, "registered", account.id, now)
        claims = start_session(auth, transaction, account, now)
    return account, tokens.sign(key, claims)


def sign_in(auth: Auth, *, email: str, password: str) -> str:
    """The token of a new session.

    Raises `FieldError("password")` when e-mail and password do not go together, in the same words and at the
    same cost whether or not there is an account, and when a try comes too early (see `guesses`);
    `FieldError("email")` for what cannot be an e-mail; with the right password a `RefusedError("account_closed")`
    where the account is closed, and with the word of an invitation one of `invitations.check_word`, or
    "password_to_choose" where it opens the account (`invitations.open_account`).
    """
    email_key = fields.known_email_key(email)
    key = tokens.private_key(auth)
    found = guesses.check_password(auth, email_key, password, field="password")
    if found is None:
        from azora_tui.auth import invitations

        if invitations.check_word(auth, email_key, password) is not None:
            raise RefusedError("password_to_choose")
        raise _no_match()
    renewed = passwords.hash_password(password) if passwords.outdated(found.password_hash) else None
    with auth.database.write(locks.Learner(found.account.id)) as transaction:
        now = auth.now()
        account = confirmed(transaction, found, password)
        if account is None:
            raise _no_match()
        accounts.forget_failures(transaction, email_key)
        if renewed:
            accounts.set_password(transaction, account.id, renewed)
        claims = None
        if not account.is_disabled:
            note(auth, transaction, "signed_in", account.id, now)
            claims = start_session(auth, transaction, account, now)
    if claims is None:
        raise RefusedError("account_closed")
    return tokens.sign(key, claims)


def authenticate(auth: Auth, token: str) -> Claims:
    """Who a token belongs to; a `SessionError` where it is damaged, forged, expired, or was ended."""
    return _checked(auth, tokens.verify(tokens.public_key(auth), token, auth.now()))


def resume(auth: Auth) -> Claims | None:
    """Who is signed in on this computer, by the token that is kept here; None where there is none.

    Raises `SessionError` as `authenticate` does.
    """
    kept = session_file.load(auth.paths)
    if kept is None:
        return None
    if not kept.is_verified:
        return authenticate(auth, kept.token)
    return _checked(auth, tokens.read_verified(kept.token, auth.now()))


def check_session(auth: Auth, claims: Claims) -> None:
    """One indexed read, for before each call of a service: a `SessionError` once the session is over."""
    with auth.database.read() as transaction:
        require_session(transaction, claims, auth.now())


def sign_out(auth: Auth, claims: Claims) -> None:
    """End this session; one that has already ended stays so."""
    with auth.database.write(locks.Learner(claims.user_id)) as transaction:
        now = auth.now()
        if accounts.end_session(transaction, claims.session_id, claims.user_id, now):
            note(auth, transaction, "signed_out", claims.user_id, now)


def change_password(auth: Auth, claims: Claims, *, current: str, new: str) -> str:
    """End every session of the account and return the token of a new one.

    Raises `SessionError`, and `FieldError` for "current" (slowed down as signing in is) or "new".
    """
    check_session(auth, claims)
    passwords.check_new(new, field="new", name=claims.name, email=claims.email)
    email_key = fields.known_email_key(claims.email)
    key = tokens.private_key(auth)
    found = guesses.check_password(auth, email_key, current, field="current")
    if found is None or found.account.id != claims.user_id:
        raise _not_current()
    password_hash = passwords.hash_password(new)
    with auth.database.write(locks.Learner(claims.user_id)) as transaction:
        now = auth.now()
        require_session(transaction, claims, now)  # a password changed meanwhile has ended it
        accounts.set_password(transaction, claims.user_id, password_hash)
        accounts.end_sessions(transaction, claims.user_id, now)
        accounts.forget_failures(transaction, email_key)
        note(auth, transaction, "password_changed", claims.user_id, now)
        fresh = start_session(auth, transaction, found.account, now)
    return tokens.sign(key, fresh)


def sessions(auth: Auth, claims: Claims) -> list[Session]:
    """The person's own sessions of the last thirty days, ended ones too, newest first.

    Raises `SessionError`.
    """
    with auth.database.read() as transaction:
        require_session(transaction, claims, auth.now())
        return accounts.sessions(transaction, claims.user_id)


def revoke_sessions(auth: Auth, claims: Claims, session_id: str | None) -> int:
    """End one of the person's own sessions, or with None all but this one; how many were ended just now.

    Raises `SessionError`, and `NotFoundError` for a session that is not theirs.
    """
    with auth.database.write(locks.Learner(claims.user_id)) as transaction:
        now = auth.now()
        require_session(transaction, claims, now)
        if session_id is None:
            ended = accounts.end_sessions(transaction, claims.user_id, now, keep=claims.session_id)
        elif session_id not in {session.id for session in accounts.sessions(transaction, claims.user_id)}:
            raise NotFoundError("session_unknown")
        else:
            ended = int(accounts.end_session(transaction, session_id, claims.user_id, now))
        for _ in range(ended):
            note(auth, transaction, "session_revoked", claims.user_id, now)
    return ended


def reset_password(auth: Auth, claims: Claims | None, *, email: str, new: str) -> None:
    """Give an account a new password, end all its sessions, and forget the wrong guesses at it.

    For a signed-in admin. Without claims, for the operating-system owner of the database file: whoever owns
    the file can write any hash into it anyway, and an admin who forgot the password has no other way back in.

    Raises `SessionError`, `RefusedError` for everyone else, `NotFoundError` where the e-mail has no account,
    `FieldError` for "email" or "new".
    """
    if claims is None:
        require_owner(auth, "reset_needs_admin_or_owner")
    from azora_tui.data import invitations

    email_key = fields.known_email_key(email)
    with auth.database.read() as transaction:
        if claims is not None:
            require_admin(transaction, claims, auth.now())
        found = accounts.credentials(transaction, email_key)
    if found is None:
        raise NotFoundError("account_unknown")
    account = found.account
    passwords.check_new(new, field="new", name=account.name, email=account.email)
    password_hash = passwords.hash_password(new)
    with auth.database.write(locks.Learner(account.id)) as transaction:
        now = auth.now()
        if claims is not None:
            require_admin(transaction, claims, now)
        accounts.set_password(transaction, account.id, password_hash)
        invitations.forget(transaction, account.id)  # the account is as good as opened
        accounts.end_sessions(transaction, account.id, now)
        accounts.forget_failures(transaction, email_key)
        note(auth, transaction, "password_reset", account.id, now)


def has_accounts(auth: Auth) -> bool:
    """Whether the school has somebody in it; where there is no file yet, none is made."""
    if not auth.database.path.exists():
        return False
    with auth.database.read() as transaction:
        return accounts.any_account(transaction)


def preload() -> None:
    """Load PyJWT, cryptography and passlib and do one hash, off the event loop, before someone waits."""
    tokens.preload()
    passwords.preload()


def _checked(auth: Auth, claims: Claims) -> Claims:
    """The claims of a session that is not over; a token from before accounts had UUIDs gets its account's."""
    with auth.database.read() as transaction:
        now = auth.now()
        require_session(transaction, claims, now)
        seen = accounts.last_seen(transaction, claims.user_id)
        found = None if claims.user_uuid else accounts.credentials_by_id(transaction, claims.user_id)
    if seen is None or seen.date() != now.date():
        _see(auth, claims, now)
    return replace(claims, user_uuid=found.account.uuid) if found else claims


def _see(auth: Auth, claims: Claims, now: datetime) -> None:
    """Write down, once a day, that somebody was here. Where that cannot be, as on a full disk, they come in all the
    same."""
    with suppress(StorageError), auth.database.write(locks.Learner(claims.user_id)) as transaction:
        accounts.see(transaction, claims.user_id, now)


def _no_match() -> FieldError:
    return FieldError("password", "credentials_wrong")


def _not_current() -> FieldError:
    return FieldError("current", "current_password_wrong")
