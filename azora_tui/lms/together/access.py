"""What every call of people to each other asks: who is there, how much they write, and how often.

One limit for everybody, so that nobody is told apart by it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from unicodedata import category

from azora_tui.data import company
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.text import clean
from azora_tui.times import to_exact_text

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims

MAX_LENGTH = 4_000
"""Characters of one post."""
MAX_POSTS = 10
POSTS_WITHIN = timedelta(minutes=1)
_MAX_MARKS = 8
"""Marks over and under one letter: more than any language stacks, and too few to cover the lines around."""


def checked_words(text: str, *, maximum: int = MAX_LENGTH, empty: str = "nothing_posted") -> str:
    """What somebody wrote for others, cleaned. Raises `RefusedError` for no words (`empty`) and for too many.

    With `empty=""` no words are as good as some.
    """
    if len(text) > 4 * maximum:  # so far beyond it that cleaning is not waited for
        raise RefusedError("post_too_long", length=len(text), maximum=maximum)
    words = _without_floods(clean(text)).strip()
    if not words and empty:
        raise RefusedError(empty)
    if len(words) > maximum:
        raise RefusedError("post_too_long", length=len(words), maximum=maximum)
    return words


def _without_floods(text: str) -> str:
    """The text with at most `_MAX_MARKS` combining marks on each letter."""
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if category(character) in ("Mn", "Me") else 0
        if marks <= _MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def count_post(lms: Lms, transaction: Transaction, claims: Claims) -> None:
    """Count a post of somebody who is known here. Raises `RefusedError` after `MAX_POSTS` within `POSTS_WITHIN`."""
    since = to_exact_text(lms.now() - POSTS_WITHIN)
    if company.posts_since(transaction, claims.user_id, since) >= MAX_POSTS:
        raise RefusedError("too_many_posts", maximum=MAX_POSTS)
    company.add_post(transaction, claims.user_id, now=lms.now_text())


def require_person(transaction: Transaction, claims: Claims, user_id: int) -> None:
    """Raise `NotFoundError` for who is not there for this person: unknown, closed or blocked, which sound alike."""
    if not company.is_there(transaction, user_id, viewer=claims.user_id):
        raise NotFoundError("person_missing")


def tell(
    lms: Lms,
    transaction: Transaction,
    user_id: int,
    kind: str,
    about_id: int,
    *,
    actor_id: int | None,
    course_id: int | None = None,
    lesson_id: int | None = None,
) -> None:
    """Put something into somebody's inbox; not what they did themselves, and nothing of who is blocked."""
    if actor_id is not None and (actor_id == user_id or company.are_blocked(transaction, user_id, actor_id)):
        return
    company.add_notice(
        transaction,
        uuid=lms.new_id(),
        user_id=user_id,
        kind=kind,
        about_id=about_id,
        actor_id=actor_id,
        course_id=course_id,
        lesson_id=lesson_id,
        now=lms.now_text(),
    )
