"""Accounts of the original Auth Service, taken into ours."""

import os
import secrets
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from azora_tui.auth import passwords
from azora_tui.auth.context import Auth
from azora_tui.auth.fields import MAX_EMAIL_LENGTH, MAX_NAME_LENGTH
from azora_tui.auth.transactions import note, require_admin
from azora_tui.data import accounts, locks
from azora_tui.data.legacy import OriginalAccount
from azora_tui.data.owner import is_owner
from azora_tui.data.transaction import Transaction
from azora_tui.errors import RefusedError
from azora_tui.models.account_records import Account
from azora_tui.models.accounts import Claims, Role
from azora_tui.text import clean
from azora_tui.times import from_text

Told = Callable[[int, int], None]

_AT_ONCE = 100
"""Accounts of one transaction: who is interrupted while thousands of passwords are hashed goes on there."""
_MAX_KEPT_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class AdoptedAccounts:
    """`ids` leads from each account's id there to the one here; `people` are as many as have different e-mails.

    `known` of them had an account here before. `admin` is who became the first account of the school, if any did.
    """

    ids: Mapping[int, int]
    people: int
    known: int
    admin: Account | None


def adopt_accounts(
    auth: Auth, originals: Sequence[OriginalAccount], *, claims: Claims | None = None, told: Told | None = None
) -> AdoptedAccounts:
    """Bring accounts in; an e-mail that has one, in whatever capitals, is the same person, who keeps it as it is.

    A password that is no hash is hashed at once, which takes time: `told(done, all)` hears how far it is. Ids stay
    where they are free. The first account of a school is its admin. Running it again changes nothing.

    Anybody may begin a school with them. In one that has accounts it is for an admin who is signed in, or, without
    claims, for the operating-system owner of the database file. Raises `SessionError`, `RefusedError`.
    """
    if auth.database.path.exists():
        with auth.database.read() as transaction:
            _require_right(auth, transaction, claims)
    first: dict[str, OriginalAccount] = {}
    for original in originals:
        first.setdefault(accounts.email_key(_email(original)), original)
    people = list(first.items())
    ids: dict[str, int] = {}
    known = 0
    admin: Account | None = None
    for start in range(0, len(people), _AT_ONCE):
        if told:
            told(start, len(people))
        batch = people[start : start + _AT_ONCE]
        hashes = _hashes(auth, batch)
        with auth.database.write(locks.SCHOOL) as transaction:
            if not ids:  # somebody may have registered while passwords were hashed
                _require_right(auth, transaction, claims)
            for key, original in batch:
                added = None
                if key in hashes:
                    added = _add(auth, transaction, original, hashes[key])
                    if added and added.role == "admin":
                        admin = added
                known += added is None
                found = accounts.credentials(transaction, key)
                assert found is not None  # added just now, or there before
                ids[key] = found.account.id
    return AdoptedAccounts(
        ids={original.id: ids[accounts.email_key(_email(original))] for original in originals},
        people=len(people),
        known=known,
        admin=admin,
    )


def _require_right(auth: Auth, transaction: Transaction, claims: Claims | None) -> None:
    if not accounts.any_account(transaction):
        return
    code, path = "adopt_needs_admin_or_owner", auth.database.path
    if claims is not None:
        require_admin(transaction, claims, auth.now(), code=code, path=path)
    elif not is_owner(path):
        raise RefusedError(code, path=path)


def hashed(passwords_there: Sequence[str], *, told: Told | None = None) -> list[str]:
    """What is kept of each password of the original: a hash stays, what was typed is hashed, on all cores.

    Nobody signs in with an empty one, so it becomes a hash that no password has.
    """
    kept: list[str] = []
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for start in range(0, len(passwords_there), _AT_ONCE):
            if told:
                told(start, len(passwords_there))
            kept += pool.map(_hashed, passwords_there[start : start + _AT_ONCE])
    return kept


def _hashed(password: str) -> str:
    if passwords.is_hash(password):
        return password
    return passwords.hash_password(password[: passwords.MAX_LENGTH] or secrets.token_urlsafe())


def _hashes(auth: Auth, batch: Sequence[tuple[str, OriginalAccount]]) -> dict[str, str]:
    """The hash of each account that is not here yet, by the key of its e-mail."""
    with auth.database.read() as transaction:
        new = {key: original for key, original in batch if accounts.credentials(transaction, key) is None}
    return dict(zip(new, hashed([original.password for original in new.values()]), strict=True))


def _add(auth: Auth, transaction: Transaction, original: OriginalAccount, password_hash: str) -> Account | None:
    role: Role = "learner" if accounts.any_account(transaction) else "admin"
    email = _email(original)
    created_at = from_text(original.created_at) if original.created_at else auth.now()
    account = accounts.add_account(
        transaction,
        email=email,
        name=original.name[:MAX_NAME_LENGTH] or email.partition("@")[0],
        role=role,
        password_hash=password_hash,
        created_at=created_at,
        uuid=auth.new_id(),
        user_id=original.id if 0 < original.id <= _MAX_KEPT_ID else None,
    )
    if account:
        note(auth, transaction, "registered", account.id, created_at)
    return account


def _email(original: OriginalAccount) -> str:
    """The e-mail to sign in with; an account that has none gets one that an admin can reset a password with."""
    email = unicodedata.normalize("NFKC", clean(original.email, keep_newlines=False).strip())
    return email if 0 < len(email) <= MAX_EMAIL_LENGTH else f"account-{original.id}@original.invalid"
