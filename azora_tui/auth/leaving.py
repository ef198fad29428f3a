"""Leaving the school for good, as far as the account goes: what is taken along, the wish, and its end.

Between the wish and the end lms.db is cleared (`lms.leaving`). The wish closes the account in the same transaction, so
that from then on nobody comes in with it; whatever happens, it is carried through by this run or the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.auth import fields, guesses, session_file
from azora_tui.auth.tokens import user_of
from azora_tui.auth.transactions import note, require_session
from azora_tui.data import accounts, locks, people, personal
from azora_tui.errors import FieldError, RefusedError
from azora_tui.formats.personal_files import table_files
from azora_tui.models.departing import Leaving
from azora_tui.times import to_exact_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azora_tui.auth.context import Auth
    from azora_tui.data.transaction import Transaction
    from azora_tui.models.accounts import Claims
    from azora_tui.models.departing import Taken


def files(auth: Auth, claims: Claims) -> Iterator[Taken]:
    """Every table of azora.db that holds something of somebody, as files; no secret is in them.

    One view of the data, which is held until the last file was read. Raises `SessionError`.
    """
    with auth.database.read() as transaction:
        require_session(transaction, claims, auth.now())
    return _files(auth, claims)


def _files(auth: Auth, claims: Claims) -> Iterator[Taken]:
    person = {"user_id": claims.user_id, "uuid": claims.user_uuid}
    with auth.database.read() as transaction:
        yield from table_files(transaction, "azora", personal.AUTH, person)


def check_may_leave(auth: Auth, claims: Claims) -> None:
    """Raise `RefusedError` for the only admin of a school with others in it; `SessionError`."""
    with auth.database.read() as transaction:
        require_session(transaction, claims, auth.now())
        _refuse_last_admin(transaction, claims.user_id)


def ask(auth: Auth, claims: Claims, *, password: str) -> Leaving:
    """Close one's own account for good. From when this returns there is no way back, and `finish` is to follow.

    Raises `SessionError`, `RefusedError` as `check_may_leave` does, and `FieldError("password")` for a password that is
    not the account's, slowed down as signing in is.
    """
    check_may_leave(auth, claims)
    email_key = fields.known_email_key(claims.email)
    found = guesses.check_password(auth, email_key, password, field="password")
    if found is None or found.account.id != claims.user_id:
        raise FieldError("password", "leaving_password_wrong")
    with auth.database.write(locks.SCHOOL) as transaction:
        now = auth.now()
        require_session(transaction, claims, now)  # a password changed meanwhile has ended it
        _refuse_last_admin(transaction, claims.user_id)
        accounts.forget_failures(transaction, email_key)
        people.set_disabled(transaction, claims.user_id, now)
        accounts.end_sessions(transaction, claims.user_id, now, why="account_closed")
        note(auth, transaction, "account_left", claims.user_id, now)
        leaving = Leaving(claims.user_id, found.account.uuid, auth.new_id(), email_key, to_exact_text(now))
        personal.add_leaving(transaction, leaving)
    return leaving


def under_way(auth: Auth) -> list[Leaving]:
    """Who has closed their account for good and is not gone yet. It is for the program itself, and asks for no one."""
    if not auth.database.path.exists():
        return []
    with auth.database.read() as transaction:
        return personal.leaving(transaction)


def finish(auth: Auth, leaving: Leaving) -> None:
    """Take an account out of azora.db, once lms.db is cleared; done twice it changes nothing.

    The session that this computer keeps of it goes, too. Only who is `under_way` is gone with. Raises `StorageError`.
    """
    with auth.database.write(locks.SCHOOL) as transaction:
        if leaving.user_id not in {each.user_id for each in personal.leaving(transaction)}:
            return
        personal.erase(
            transaction,
            personal.AUTH,
            {
                "user_id": leaving.user_id,
                "uuid": leaving.uuid,
                "nobody": leaving.nobody,
                "email_key": leaving.email_key,
            },
        )
    kept = session_file.load(auth.paths)
    if kept is not None and user_of(kept.token) == leaving.user_id:
        session_file.forget(auth.paths)
    auth.database.wipe()
    with auth.database.write(locks.SCHOOL) as transaction:
        personal.remove_leaving(transaction, leaving.user_id)


def _refuse_last_admin(transaction: Transaction, user_id: int) -> None:
    found = accounts.credentials_by_id(transaction, user_id)
    if found is None or found.account.role != "admin" or people.has_other_admin(transaction, user_id):
        return
    if people.has_others(transaction, user_id):
        raise RefusedError("last_admin_leaving")
