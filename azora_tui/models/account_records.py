"""Accounts as azora.db has them. Times are aware UTC datetimes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azora_tui.models.accounts import Role


@dataclass(frozen=True, slots=True)
class Account:
    """A person with an account, without the password's hash. `uuid` is the same on every machine, `id` is not."""

    id: int
    uuid: str
    email: str
    name: str
    role: Role
    created_at: datetime
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account and its password's hash, which stays out of the repr."""

    account: Account
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong passwords in a row for one e-mail; the time is rounded up to the whole second."""

    count: int
    last_failed_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """What opens an account that nobody has opened yet: a word, of which only the hash is known."""

    word_hash: str = field(repr=False)
    expires_at: datetime
    by_admin: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """An account and the one-time word that opens it; "" where there is nothing to open."""

    account: Account
    word: str = field(repr=False)
