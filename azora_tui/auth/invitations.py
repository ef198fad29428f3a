"""Accounts that somebody makes for others, each opened by its person with a one-time word.

A word has 60 bits of chance, so nobody guesses it, and it needs no slow hash as a password does: a hundred thousand of
them are made at once, in one transaction. Whoever reads azora.db finds only SHA-256 of it together with the account's
id, so that a word has to be looked for account by account; the fastest computers would take longer than the week for
which it is good. Typed in, it is a try like a password, and as slow to be guessed (see `guesses`).
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import TYPE_CHECKING

from azora_tui.auth import fields, guesses, passwords, tokens
from azora_tui.auth.transactions import note, require_session, start_session
from azora_tui.data import accounts, events, invitations, locks
from azora_tui.data.machine import machine_id
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.models.account_records import Invitation, Invited
from azora_tui.times import to_exact_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from azora_tui.auth.context import Auth
    from azora_tui.data.transaction import Transaction
    from azora_tui.models.account_records import Account
    from azora_tui.models.accounts import Claims

VALID = timedelta(days=7)

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: none of them is taken for another when it is read out."""
_MISREAD = str.maketrans("OIL", "011", " -\t")
_LENGTH = 12
_GROUP = 4
_NOTHING = "!"
"""In place of a password's hash: no password has it."""


def account_ids(auth: Auth, emails: Iterable[str]) -> dict[str, Account]:
    """The accounts that there are of these e-mails, by `email_key`; e-mails without one are left out."""
    keys = dict.fromkeys(accounts.email_key(email) for email in emails)
    with auth.database.read() as transaction:
        found = {key: accounts.credentials(transaction, key) for key in keys}
    return {key: each.account for key, each in found.items() if each is not None}


def names(auth: Auth, user_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """(name, e-mail) of those of these accounts that there are, by their ids."""
    with auth.database.read() as transaction:
        found = {user_id: accounts.credentials_by_id(transaction, user_id) for user_id in user_ids}
    return {user_id: (each.account.name, each.account.email) for user_id, each in found.items() if each is not None}


def invite(auth: Auth, claims: Claims, people: Sequence[tuple[str, str]]) -> list[Invited]:
    """An account for each (e-mail, name) that has none, as a learner, and the word that opens it within a week; in
    the order of `people`, all or, on any error, none.

    Who has no name is called by the first part of the e-mail. Raises `SessionError`, `RefusedError` for learners,
    `FieldError` for "email" or "name".
    """
    checked = [(fields.checked_email(email), _name(name, email)) for email, name in people]
    with auth.database.write(locks.SCHOOL) as transaction:
        now = auth.now()
        by_admin = _require_teacher(transaction, claims, now) == "admin"
        invited = [_add(auth, transaction, email, name, now) for email, name in checked]
        new = [each for each in invited if each.word]
        _keep(auth, transaction, claims, new, now, by_admin=by_admin)
    return invited


def renew(auth: Auth, claims: Claims, email: str) -> Invited:
    """A new word for an account that nobody has opened yet, in place of the last.

    Raises `SessionError`, `NotFoundError` where the e-mail has no account, `RefusedError` for learners, for an account
    that is open, and for an instructor where the account is more than a learner's: with its word they would be more
    than they are.
    """
    email_key = fields.known_email_key(email)
    with auth.database.write(locks.SCHOOL) as transaction:
        now = auth.now()
        role = _require_teacher(transaction, claims, now)
        found = accounts.credentials(transaction, email_key)
        if found is None:
            raise NotFoundError("account_unknown")
        if invitations.invitation(transaction, found.account.id) is None:
            raise RefusedError("account_is_open", name=found.account.name)
        if found.account.role != "learner" and role != "admin":
            raise RefusedError("invitation_needs_admin", name=found.account.name)
        invited = Invited(found.account, _new_word())
        _keep(auth, transaction, claims, [invited], now, by_admin=role == "admin")
    return invited


def check_word(auth: Auth, email_key: str, word: str) -> Account | None:
    """The account that a word opens; None for a wrong word and for no account, at the same cost.

    The tries at the e-mail before it are forgotten. Raises `RefusedError` for the right word of an invitation that has
    expired ("invitation_expired") or of an account that is closed.
    """
    with auth.database.read() as transaction:
        found = accounts.credentials(transaction, email_key)
        kept = invitations.invitation(transaction, found.account.id if found else 0)
    is_right = _is_word(kept, found.account.uuid if found else "", word)
    if found is None or not is_right:
        return None
    with auth.database.write(locks.Learner(found.account.id)) as transaction:
        accounts.forget_failures(transaction, email_key)
    _check_valid(kept, found.account, auth.now())
    return found.account


def open_account(auth: Auth, *, email: str, word: str, password: str) -> str:
    """Give an account the password that its person chose; the word is used up. The token of their first session.

    Raises `RefusedError` for a word that does not open it and as `check_word` does, `FieldError` for "password", also
    where a try comes too early, and for "email".
    """
    email_key = fields.known_email_key(email)
    key = tokens.private_key(auth)
    guesses.count_try(auth, email_key, field="password")
    account = check_word(auth, email_key, word)
    if account is None:
        raise RefusedError("invitation_word_wrong")
    passwords.check_new(password, field="password", name=account.name, email=account.email)
    password_hash = passwords.hash_password(password)
    with auth.database.write(locks.Learner(account.id)) as transaction:
        now = auth.now()
        latest = accounts.credentials_by_id(transaction, account.id)
        kept = invitations.invitation(transaction, account.id)
        if latest is None or not _is_word(kept, account.uuid, word):
            raise RefusedError("invitation_word_wrong")  # somebody was quicker
        _check_valid(kept, latest.account, now)
        accounts.set_password(transaction, account.id, password_hash)
        invitations.forget(transaction, account.id)
        note(auth, transaction, "invitation_opened", account.id, now)
        claims = start_session(auth, transaction, latest.account, now)
    return tokens.sign(key, claims)


def _name(name: str, email: str) -> str:
    return fields.checked_name(name if name.strip() else email.strip().partition("@")[0])


def _require_teacher(transaction: Transaction, claims: Claims, now: datetime) -> str:
    """The role of who invites; a `RefusedError` for learners."""
    require_session(transaction, claims, now)
    asking = accounts.credentials_by_id(transaction, claims.user_id)
    if asking is None or asking.account.role == "learner":
        raise RefusedError("inviting_not_allowed")
    return asking.account.role


def _add(auth: Auth, transaction: Transaction, email: str, name: str, now: datetime) -> Invited:
    account = accounts.add_account(
        transaction,
        email=email,
        name=name,
        role="learner",
        password_hash=_NOTHING,
        created_at=now,
        uuid=auth.new_id(),
    )
    if account is not None:
        return Invited(account, _new_word())
    found = accounts.credentials(transaction, accounts.email_key(email))
    assert found is not None  # it was in the way of the new one
    return Invited(found.account, "")


def _keep(
    auth: Auth, transaction: Transaction, claims: Claims, invited: Sequence[Invited], now: datetime, *, by_admin: bool
) -> None:
    expires_at = now + VALID
    invitations.put(
        transaction,
        ((each.account.id, Invitation(_hash(each.account.uuid, each.word), expires_at, by_admin)) for each in invited),
    )
    if invited:
        events.add_account_events(
            transaction,
            [(auth.new_id(), each.account.id) for each in invited],
            kind="invited",
            at=to_exact_text(now),
            payload={"by": claims.user_uuid},
            machine=machine_id(auth.database),
        )


def _new_word() -> str:
    import secrets  # which no command but these needs

    bits = secrets.randbits(5 * _LENGTH)
    letters = "".join(_LETTERS[bits >> 5 * place & 31] for place in range(_LENGTH)).lower()
    return "-".join(letters[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def _hash(uuid: str, word: str) -> str:
    plain = word.upper().translate(_MISREAD)
    return sha256(f"{uuid}\n{plain}".encode("utf-8", "surrogatepass")).hexdigest()


def _is_word(kept: Invitation | None, uuid: str, word: str) -> bool:
    hashed = _hash(uuid, word)  # also where there is nothing to compare it with
    return kept is not None and compare_digest(hashed, kept.word_hash)


def _check_valid(kept: Invitation | None, account: Account, now: datetime) -> None:
    """Also a word that an instructor has given opens no more than a learner's account."""
    if account.is_disabled:
        raise RefusedError("account_closed")
    if kept is None or kept.expires_at <= now or (account.role != "learner" and not kept.by_admin):
        raise RefusedError("invitation_expired")
