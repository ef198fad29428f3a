"""Accounts, sessions, failed sign-ins and what happened to them: the statements on azora.db.

Every function takes the transaction (`with database.write(lock) as transaction:`), so that a rule
can join several of them into one step.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from azora_tui.data.transaction import Transaction, one, rows, value, values
from azora_tui.models.accounts import Session
from azora_tui.text import fold
from azora_tui.times import from_text, from_text_or_none, to_text

if TYPE_CHECKING:
    from azora_tui.models.account_records import Account, Credentials, Failures
    from azora_tui.models.accounts import EndedFor, Role

_CREDENTIALS = "SELECT id, uuid, email, name, role, created_at, disabled_at, password FROM users"


def email_key(email: str) -> str:
    """The form in which two spellings of one e-mail are equal: trimmed, NFKC, casefolded.

    Casefolding can undo NFKC (Unicode 16, 3.13.5: toNFKC_Casefold), so it is applied once more after it.
    """
    folded = unicodedata.normalize("NFKC", email.strip()).casefold()
    return unicodedata.normalize("NFKC", folded)


def any_account(transaction: Transaction) -> bool:
    return value(transaction, "SELECT 1 FROM users LIMIT 1") is not None


def add_account(
    transaction: Transaction,
    *,
    email: str,
    name: str,
    role: Role,
    password_hash: str,
    created_at: datetime,
    uuid: str,
    user_id: int | None = None,
) -> Account | None:
    """The new account, or None where the e-mail, in whatever capitals, already has one.

    Its id is `user_id` where that is given and free.
    """
    from azora_tui.models.account_records import Account

    if user_id is not None and credentials_by_id(transaction, user_id):
        user_id = None
    id_column, id_value = ("id, ", ":id, ") if user_id is not None else ("", "")
    row = value(
        transaction,
        f"""
        INSERT INTO users ({id_column}uuid, email, password, name, created_at, email_key, role, search_text)
        VALUES ({id_value}:uuid, :email, :password, :name, :created_at, :email_key, :role, :search_text)
        ON CONFLICT DO NOTHING
        RETURNING id
        """,  # noqa: S608  # only our own words
        {
            "id": user_id,
            "uuid": uuid,
            "email": email,
            "password": password_hash,
            "name": name,
            "created_at": to_text(created_at),
            "email_key": email_key(email),
            "role": role,
            "search_text": fold(f"{name} {email}"),
        },
    )
    return None if row is None else Account(row, uuid, email, name, role, created_at.replace(microsecond=0))


def credentials(transaction: Transaction, key: str) -> Credentials | None:
    """The account of an `email_key`."""
    return _credentials(one(transaction, f"{_CREDENTIALS} WHERE email_key = :key", {"key": key}))


def credentials_by_id(transaction: Transaction, user_id: int) -> Credentials | None:
    return _credentials(one(transaction, f"{_CREDENTIALS} WHERE id = :id", {"id": user_id}))


def set_password(transaction: Transaction, user_id: int, password_hash: str) -> None:
    transaction.execute(
        "UPDATE users SET password = :password WHERE id = :id", {"password": password_hash, "id": user_id}
    )


def see(transaction: Transaction, user_id: int, at: datetime) -> None:
    """Write down that somebody was here."""
    transaction.execute("UPDATE users SET last_seen_at = :at WHERE id = :id", {"at": to_text(at), "id": user_id})


def last_seen(transaction: Transaction, user_id: int) -> datetime | None:
    """When somebody was here, right to the day; None for who never was."""
    seen = value(transaction, "SELECT last_seen_at FROM users WHERE id = :id", {"id": user_id})
    return from_text_or_none(seen)


def failures(transaction: Transaction, key: str) -> Failures | None:
    from azora_tui.models.account_records import Failures

    row = one(transaction, "SELECT failures, last_failed_at FROM sign_in_failures WHERE email_key = :key", {"key": key})
    return None if row is None else Failures(row.failures, from_text(row.last_failed_at))


def count_failure(transaction: Transaction, key: str, at: datetime) -> None:
    transaction.execute(
        """
        INSERT INTO sign_in_failures (email_key, failures, last_failed_at) VALUES (:key, 1, :at)
        ON CONFLICT (email_key) DO UPDATE
        SET failures = sign_in_failures.failures + 1, last_failed_at = excluded.last_failed_at
        """,
        # Rounded up, because rounding down would make a wait of one second as short as none.
        {"key": key, "at": to_text(at + timedelta(microseconds=999_999))},
    )


def move_failure(transaction: Transaction, key: str, at: datetime, *, least: int) -> None:
    """Let the last failure be at another time, as one of at least so many."""
    transaction.execute(
        """
        UPDATE sign_in_failures SET last_failed_at = :at,
            failures = CASE WHEN failures < :least THEN :least ELSE failures END
        WHERE email_key = :key
        """,
        {"key": key, "at": to_text(at + timedelta(microseconds=999_999)), "least": least},
    )


def forget_failures(transaction: Transaction, key: str) -> None:
    transaction.execute("DELETE FROM sign_in_failures WHERE email_key = :key", {"key": key})


def forget_failures_before(transaction: Transaction, moment: datetime) -> None:
    transaction.execute("DELETE FROM sign_in_failures WHERE last_failed_at < :moment", {"moment": to_text(moment)})


def add_session(
    transaction: Transaction, *, session_id: str, user_id: int, created_at: datetime, expires_at: datetime
) -> None:
    transaction.execute(
        """
        INSERT INTO sessions (id, user_id, created_at, expires_at)
        VALUES (:id, :user_id, :created_at, :expires_at)
        """,
        {
            "id": session_id,
            "user_id": user_id,
            "created_at": to_text(created_at),
            "expires_at": to_text(expires_at),
        },
    )


def session(transaction: Transaction, session_id: str, user_id: int) -> Session | None:
    """The session of that id, if it is this person's."""
    row = one(
        transaction,
        "SELECT id, created_at, expires_at, revoked_at, ended_for FROM sessions WHERE id = :id AND user_id = :user_id",
        {"id": session_id, "user_id": user_id},
    )
    return None if row is None else _session(row)


def sessions(transaction: Transaction, user_id: int) -> list[Session]:
    """Every kept session of a person, ended ones too, newest first."""
    found = rows(
        transaction,
        """
        SELECT id, created_at, expires_at, revoked_at, ended_for FROM sessions
        WHERE user_id = :user_id ORDER BY created_at DESC, id
        """,
        {"user_id": user_id},
    )
    return [_session(row) for row in found]


def end_session(transaction: Transaction, session_id: str, user_id: int, at: datetime) -> bool:
    """Whether there was a session to end: this person's, and not ended before."""
    ended = value(
        transaction,
        """
        UPDATE sessions SET revoked_at = :at
        WHERE id = :id AND user_id = :user_id AND revoked_at IS NULL RETURNING id
        """,
        {"at": to_text(at), "id": session_id, "user_id": user_id},
    )
    return ended is not None


def end_sessions(
    transaction: Transaction, user_id: int, at: datetime, *, keep: str | None = None, why: EndedFor | None = None
) -> int:
    """End all sessions of a person but `keep`; how many that were."""
    ended = values(
        transaction,
        """
        UPDATE sessions SET revoked_at = :at, ended_for = :why
        WHERE user_id = :user_id AND id <> :keep AND revoked_at IS NULL RETURNING id
        """,
        {"at": to_text(at), "user_id": user_id, "keep": keep or "", "why": why},
    )
    return len(ended)


def forget_expired_sessions(transaction: Transaction, user_id: int, at: datetime) -> None:
    transaction.execute(
        "DELETE FROM sessions WHERE user_id = :user_id AND expires_at <= :at",
        {"user_id": user_id, "at": to_text(at)},
    )


def _credentials(row: Any) -> Credentials | None:
    if row is None:
        return None
    from azora_tui.models.account_records import Account, Credentials

    created_at, is_disabled = from_text(row.created_at), row.disabled_at is not None
    account = Account(row.id, row.uuid, row.email, row.name, row.role, created_at, is_disabled)
    return Credentials(account, row.password)


def _session(row: Any) -> Session:
    return Session(
        row.id,
        from_text(row.created_at),
        from_text(row.expires_at),
        revoked_at=from_text_or_none(row.revoked_at),
        ended_for=row.ended_for,
    )
