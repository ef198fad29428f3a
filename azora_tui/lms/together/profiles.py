"""What people show of themselves: nothing until they open their profile, and never their e-mail or their courses.

Whoever has asked somebody, or was asked by them, sees their name, also where no profile is open.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from azora_tui.data import locks
from azora_tui.data import profiles as rows
from azora_tui.errors import FieldError, NotFoundError
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.models.profiles import PeopleFound, PersonSeen
from azora_tui.text import clean, fold

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.profiles import Profile

MAX_NAME_LENGTH = 60
MAX_LINE_LENGTH = 200
"""Characters of what somebody learns, and of what they help with."""
MAX_ABOUT_LENGTH = 1_000

_MAX_QUERY_LENGTH = 200
_MAX_WORDS = 12


def mine(lms: Lms, claims: Claims) -> Profile:
    """One's own profile, whether it is open or not."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return rows.own(transaction, claims.user_id, name=claims.name)


def change(
    lms: Lms,
    claims: Claims,
    *,
    display_name: str | None = None,
    learning: str | None = None,
    helping: str | None = None,
    about: str | None = None,
    is_open: bool | None = None,
    helps: bool | None = None,
) -> Profile:
    """Change what is given, and leave the rest as it is. `helps`: those who are stuck may ask this person.

    Raises `FieldError` ("display_name", "learning", "helping", "about") for what is too long.
    """
    check_claims(lms, claims)
    changes: dict[str, object] = {
        name: _checked(name, text, maximum)
        for name, text, maximum in (
            ("display_name", display_name, MAX_NAME_LENGTH),
            ("learning", learning, MAX_LINE_LENGTH),
            ("helping", helping, MAX_LINE_LENGTH),
            ("about", about, MAX_ABOUT_LENGTH),
        )
        if text is not None
    }
    changes |= {name: said for name, said in (("is_open", is_open), ("helps", helps)) if said is not None}
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        profile = replace(rows.own(transaction, claims.user_id, name=claims.name), **changes)  # type: ignore[arg-type]
        shown = (profile.shown_name, profile.learning, profile.helping, profile.about)
        rows.save(transaction, claims.user_id, profile, search_text=fold(" ".join(shown)), now=lms.now_text())
    return profile


def find(lms: Lms, claims: Claims, query: str = "", *, offset: int = 0, limit: int = 50) -> PeopleFound:
    """Others who show a profile with every word of `query` in it, in the order of their names."""
    check_claims(lms, claims)
    words = fold(clean(query, keep_newlines=False))[:_MAX_QUERY_LENGTH].split()[:_MAX_WORDS]
    with lms.database.read() as transaction:
        found = rows.found(transaction, viewer=claims.user_id, words=words, offset=offset, limit=limit)
        return PeopleFound(found, rows.count(transaction, viewer=claims.user_id, words=words))


def person(lms: Lms, claims: Claims, user_id: int) -> PersonSeen:
    """Somebody as one may see them; oneself as others do. Raises `NotFoundError`, as for a number that nobody has."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        if user_id != claims.user_id:
            return require_seen(transaction, claims, user_id)
        own = rows.own(transaction, user_id, name=claims.name)
    if not own.is_open:
        return PersonSeen(user_id, own.shown_name, "myself")
    return PersonSeen(
        user_id,
        own.shown_name,
        "myself",
        is_open=True,
        helps=own.helps,
        learning=own.learning,
        helping=own.helping,
        about=own.about,
    )


def require_seen(transaction: Transaction, claims: Claims, user_id: int) -> PersonSeen:
    """Another person, or a `NotFoundError`: unknown, closed, blocked and without an open profile sound alike."""
    found = rows.seen(transaction, user_id, viewer=claims.user_id)
    if found is None:
        raise NotFoundError("person_missing")
    return found


def _checked(field: str, text: str, maximum: int) -> str:
    """What was written, cleaned; on one line but for `about`."""
    if len(text) <= 4 * maximum:  # what is so far beyond it is not cleaned
        text = clean(text).strip() if field == "about" else " ".join(clean(text, keep_newlines=False).split())
    if len(text) > maximum:
        raise FieldError(field, "profile_too_long", length=len(text), maximum=maximum)
    return text
