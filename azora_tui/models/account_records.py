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
