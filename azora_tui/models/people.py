"""The people of a school, as its admin sees them. Times are aware UTC datetimes."""

from dataclasses import dataclass
from datetime import datetime

from azora_tui.models.account_records import Account


@dataclass(frozen=True, slots=True)
class Person:
    """An account; `last_seen` is right to the day, `invited_until` is there as long as nobody has opened it."""

    account: Account
    last_seen: datetime | None
    invited_until: datetime | None


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Some of the people in the order of their names, from `offset` on."""

    people: list[Person]
    offset: int


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """How many match what was asked for, and how many there are."""

    matching: int
    all: int


@dataclass(frozen=True, slots=True)
class AccountChange:
    """An account as it is now, and whether it was another before."""

    account: Account
    changed: bool
