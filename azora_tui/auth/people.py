"""The calls of an admin: who the people of this school are, what each may do, and whom it is closed to.

Each is for an admin who is signed in or, without claims, for the operating-system owner of the database file, who can
write anything into it anyway. Raises `SessionError`, and `RefusedError` for everyone else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from azora_tui.auth import fields
from azora_tui.auth.transactions import note, require_admin, require_owner
from azora_tui.data import accounts, locks, people, personal
from azora_tui.errors import FieldError, NotFoundError, RefusedError
from azora_tui.models.accounts import Role
from azora_tui.models.people import AccountChange, PeopleCount, PeoplePage
from azora_tui.text import clean, fold

if TYPE_CHECKING:
    from datetime import datetime

    from azora_tui.auth.context import Auth
    from azora_tui.data.transaction import Transaction
    from azora_tui.models.account_records import Account
    from azora_tui.models.accounts import Claims

_MAX_QUERY_LENGTH = 200
_MAX_WORDS = 12


def page(auth: Auth, claims: Claims | None, *, query: str = "", offset: int = 0, limit: int) -> PeoplePage:
    """The people whose name and e-mail hold every word of `query`, in the order of their names."""
    with auth.database.read() as transaction:
        _require(auth, transaction, claims, auth.now())
        found = people.page(transaction, words=_words(query), offset=offset, limit=limit)
    return PeoplePage(found, offset)


def count(auth: Auth, claims: Claims | None, *, query: str = "") -> PeopleCount:
    """How many people `page` would list without a limit, and how many there are."""
    with auth.database.read() as transaction:
        _require(auth, transaction, claims, auth.now())
        every = people.count(transaction, ())
        words = _words(query)
        return PeopleCount(people.count(transaction, words) if words else every, every)


def set_role(auth: Auth, claims: Claims | None, *, email: str, role: str) -> AccountChange:
    """Give an account a role, and end its sessions: a token bears the role, and must not outlive it.

    Raises `FieldError` for "role" or "email", `NotFoundError` where the e-mail has no account, `RefusedError` where the
    school would be left without an admin.
    """
    wanted: Role | None = next((each for each in get_args(Role) if each == role), None)
    if wanted is None:
        raise FieldError("role", "role_unknown", role=role)
    with auth.database.write(locks.SCHOOL) as transaction:
        now = auth.now()
        account = _found(auth, transaction, claims, email, now)
        if account.role == wanted:
            return AccountChange(account, changed=False)
        if account.role == "admin":
            _refuse_last_admin(transaction, account)
        people.set_role(transaction, account.id, wanted)
        accounts.end_sessions(transaction, account.id, now, why="role_changed")
        note(auth, transaction, "role_changed", account.id, now, payload={"role": wanted, **_by(claims)})
        return AccountChange(_now(transaction, account), changed=True)


def disable(auth: Auth, claims: Claims | None, *, email: str) -> AccountChange:
    """Close an account: its sessions end, and nobody can sign in with it; what was done with it stays.

    Raises as `set_role` does, and `RefusedError` for one's own.
    """
    with auth.database.write(locks.SCHOOL) as transaction:
        now = auth.now()
        account = _found(auth, transaction, claims, email, now)
        if account.is_disabled:
            return AccountChange(account, changed=False)
        _refuse_last_admin(transaction, account)
        if claims is not None and account.id == claims.user_id:
            raise RefusedError("own_account_stays_open")
        people.set_disabled(transaction, account.id, now)
        accounts.end_sessions(transaction, account.id, now, why="account_closed")
        note(auth, transaction, "account_disabled", account.id, now, payload=_by(claims))
        return AccountChange(_now(transaction, account), changed=True)


def enable(auth: Auth, claims: Claims | None, *, email: str) -> AccountChange:
    """Open an account again that was closed. Raises as `set_role` does."""
    with auth.database.write(locks.SCHOOL) as transaction:
        now = auth.now()
        account = _found(auth, transaction, claims, email, now)
        if not account.is_disabled:
            return AccountChange(account, changed=False)
        if any(each.user_id == account.id for each in personal.leaving(transaction)):
            raise NotFoundError("account_unknown")  # its person has left, and the rest of it is about to go
        people.set_disabled(transaction, account.id, None)
        note(auth, transaction, "account_enabled", account.id, now, payload=_by(claims))
        return AccountChange(_now(transaction, account), changed=True)


def _require(auth: Auth, transaction: Transaction, claims: Claims | None, now: datetime) -> None:
    code = "accounts_need_admin_or_owner"
    if claims is None:
        require_owner(auth, code)
    else:
        require_admin(transaction, claims, now, code=code, path=auth.database.path)


def _found(auth: Auth, transaction: Transaction, claims: Claims | None, email: str, now: datetime) -> Account:
    _require(auth, transaction, claims, now)
    found = accounts.credentials(transaction, fields.known_email_key(email))
    if found is None:
        raise NotFoundError("account_unknown")
    return found.account


def _now(transaction: Transaction, account: Account) -> Account:
    found = accounts.credentials_by_id(transaction, account.id)
    assert found is not None  # nobody else writes
    return found.account


def _refuse_last_admin(transaction: Transaction, account: Account) -> None:
    if account.role == "admin" and not people.has_other_admin(transaction, account.id):
        raise RefusedError("last_admin", name=account.name)


def _by(claims: Claims | None) -> dict[str, str | None]:
    """Who did it: an account or, where that is None, the owner of this school's files."""
    return {"by": claims.user_uuid if claims else None}


def _words(query: str) -> list[str]:
    return fold(clean(query, keep_newlines=False))[:_MAX_QUERY_LENGTH].split()[:_MAX_WORDS]
