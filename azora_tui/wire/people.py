"""The people of a school as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.times import to_text
from azora_tui.wire.answers import optional_time

if TYPE_CHECKING:
    from azora_tui.models.account_records import Account, Invited
    from azora_tui.models.people import AccountChange, Person
    from azora_tui.wire.answers import Json


def person_row(person: Person) -> Json:
    return {
        **_account(person.account),
        "last_seen": optional_time(person.last_seen),
        "invited_until": optional_time(person.invited_until),
    }


def account_change(change: AccountChange) -> Json:
    return {**_account(change.account), "changed": int(change.changed)}


def invitation(invited: Invited) -> Json:
    return {**_account(invited.account), "word": invited.word}


def _account(account: Account) -> Json:
    return {
        "id": account.id,
        "email": account.email,
        "name": account.name,
        "role": account.role,
        "created_at": to_text(account.created_at),
        "disabled": int(account.is_disabled),
    }
