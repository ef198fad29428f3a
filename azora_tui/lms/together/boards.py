"""What is said in a circle: short posts, and replies to them. Only who is in it reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import boards as rows
from azora_tui.data import circles, locks
from azora_tui.errors import NotFoundError
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.lms.together.access import checked_words, count_post, tell
from azora_tui.models.circles import Board

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.circles import Circle, Post

PAGE = 20
"""Threads of a page."""


def page(lms: Lms, claims: Claims, circle_id: int, *, offset: int = 0, limit: int = PAGE) -> Board:
    """What was said, where something was said last first. Raises `NotFoundError` for a circle that one is not in."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        _circle(transaction, claims, circle_id)
        found = rows.threads(transaction, circle_id, viewer=claims.user_id, offset=offset, limit=limit)
        return Board(offset, tuple(found), rows.count_threads(transaction, circle_id, viewer=claims.user_id))


def post(lms: Lms, claims: Claims, circle_id: int, text: str) -> Post:
    """Say something to everybody in a circle. Raises `NotFoundError`, and `RefusedError` as `access` does."""
    check_claims(lms, claims)
    words = checked_words(text)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        circle = _circle(transaction, claims, circle_id)
        others = circles.member_ids(transaction, circle_id)
        return _add(lms, transaction, claims, circle, root_id=None, words=words, kind="circle_posted", others=others)


def reply(lms: Lms, claims: Claims, post_id: int, text: str) -> Post:
    """Answer a post; an answer to a reply stands under the same post. Who has written there is told.

    Raises as `post`.
    """
    check_claims(lms, claims)
    words = checked_words(text)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        to = readable(transaction, claims, post_id)
        root_id = to.parent_id or to.id
        circle = _circle(transaction, claims, to.circle_id)
        others = rows.writers_in(transaction, root_id)
        return _add(
            lms, transaction, claims, circle, root_id=root_id, words=words, kind="circle_replied", others=others
        )


def change(lms: Lms, claims: Claims, post_id: int, text: str) -> Post:
    """Put other words into a post of one's own. Raises as `post`."""
    check_claims(lms, claims)
    words = checked_words(text)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        found = readable(transaction, claims, post_id)
        if not found.author.mine:
            raise NotFoundError("circle_post_missing")
        if words == found.text:
            return found
        rows.change_post(transaction, post_id, text=words, now=lms.now_text())
        return readable(transaction, claims, post_id)


def delete(lms: Lms, claims: Claims, post_id: int) -> None:
    """Take a post of one's own back, in a circle that one has left, too; replies stay. Raises `NotFoundError`."""
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        found = rows.post(transaction, post_id, viewer=claims.user_id)
        if found is None or not found.author.mine:
            raise NotFoundError("circle_post_missing")
        rows.take_back(transaction, post_id)


def mark_seen(lms: Lms, claims: Claims, circle_id: int) -> bool:
    """What was told of a circle is new no more for who reads its board. True where something was new.

    Raises `NotFoundError`.
    """
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        _circle(transaction, claims, circle_id)
        if not rows.has_unseen(transaction, circle_id, user_id=claims.user_id):
            return False
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        rows.mark_seen(transaction, circle_id, user_id=claims.user_id, now=lms.now_text())
    return True


def _add(
    lms: Lms,
    transaction: Transaction,
    claims: Claims,
    circle: Circle,
    *,
    root_id: int | None,
    words: str,
    kind: str,
    others: list[int],
) -> Post:
    count_post(lms, transaction, claims)
    post_id = rows.add_post(
        transaction,
        uuid=lms.new_id(),
        circle_id=circle.id,
        parent_id=root_id,
        author_id=claims.user_id,
        text=words,
        now=lms.now_text(),
    )
    for user_id in others:
        tell(lms, transaction, user_id, kind, post_id, actor_id=claims.user_id, course_id=circle.course_id)
    return readable(transaction, claims, post_id)


def _circle(transaction: Transaction, claims: Claims, circle_id: int) -> Circle:
    found = circles.circle(transaction, circle_id, viewer=claims.user_id)
    if found is None:
        raise NotFoundError("circle_missing")
    return found


def readable(transaction: Transaction, claims: Claims, post_id: int) -> Post:
    """A post on a board that this person reads; raises `NotFoundError`."""
    found = rows.post(transaction, post_id, viewer=claims.user_id)
    if found is None or not rows.is_read(transaction, post_id, viewer=claims.user_id):
        raise NotFoundError("circle_post_missing")
    return found
