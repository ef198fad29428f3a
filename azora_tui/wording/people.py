"""What is said of the people of a school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.wording.dates import since, until

if TYPE_CHECKING:
    from datetime import datetime

    from azora_tui.models.people import AccountChange, Person


def with_article(role: str) -> str:
    """A role as what somebody is: "an instructor"."""
    return f"{'an' if role[:1] in 'aeiou' else 'a'} {role}"


def may(role: str) -> str:
    """What a role is for, in a few words."""
    return {
        "learner": "learns in every course",
        "instructor": "teaches courses of their own",
        "admin": "runs this school",
    }[role]


def last_seen(person: Person, now: datetime) -> str:
    """ "today", "12 days ago", "never"."""
    return since(person.last_seen, now) if person.last_seen else "never"


def account_state(person: Person, now: datetime) -> str:
    """In a word or two; "" where there is nothing to be said: the account is open."""
    if person.account.is_disabled:
        return "closed"
    if person.invited_until is None:
        return ""
    return "invited" if person.invited_until > now else "word expired"


def role_changed(change: AccountChange) -> str:
    account = change.account
    if not change.changed:
        return f"{account.name} is {with_article(account.role)} already. Nothing was changed."
    return f"{account.name} is {with_article(account.role)} now, and signs in anew."


def disabled(change: AccountChange) -> str:
    name = change.account.name
    if not change.changed:
        return f"The account of {name} is closed already. Nothing was changed."
    return f"The account of {name} is closed, and all its sessions are ended. What they did stays."


def enabled(change: AccountChange) -> str:
    name = change.account.name
    if not change.changed:
        return f"The account of {name} is open. Nothing was changed."
    return f"The account of {name} is open again."


def how_to_open(name: str, until_when: datetime, now: datetime) -> str:
    """What somebody who invites has to tell."""
    return (
        f"Give it to {name}: with their e-mail and this word in place of a password they sign in, and choose a "
        f"password of their own. It opens the account once, until {until(until_when, now).removeprefix('on ')}."
    )
