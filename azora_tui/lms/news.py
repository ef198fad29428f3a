"""What is new for a learner: what was announced in their courses and written to them, until they have read it."""

from __future__ import annotations

from collections.abc import Collection
from operator import attrgetter
from typing import TYPE_CHECKING

from azora_tui.data import locks
from azora_tui.data import news as rows
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.service import check_claims

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.news import NewsItem

MAX_ITEMS = 100

_READ = {"announcement": rows.read_announcement, "message": rows.read_message}


def news(lms: Lms, claims: Claims, *, read: bool = False) -> tuple[NewsItem, ...]:
    """What the learner has not read yet, newest first; with `read`, what they have read too."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return news_of(transaction, claims.user_id, read=read)


def news_of(transaction: Transaction, user_id: int, *, read: bool = False) -> tuple[NewsItem, ...]:
    """The newest of what is new for a learner, at most `MAX_ITEMS`."""
    found = [
        *rows.announced_to(transaction, user_id=user_id, read=read, limit=MAX_ITEMS),
        *rows.messages_to(transaction, user_id=user_id, read=read, limit=MAX_ITEMS),
        *rows.answers_to(transaction, user_id=user_id, read=read, limit=MAX_ITEMS),
    ]
    return tuple(sorted(found, key=attrgetter("at", "uuid"), reverse=True)[:MAX_ITEMS])


def mark_read(lms: Lms, claims: Claims, items: Collection[NewsItem]) -> None:
    """Note that the learner has read these. What was read before, or was withdrawn meanwhile, stays as it is."""
    check_claims(lms, claims)
    for item in items:
        if item.kind == "task_answer" and item.lesson_id is not None:
            from azora_tui.lms import tasks  # which Home does without

            tasks.read_answers(lms, claims, item.lesson_id, item.task_id)
    said = [item for item in items if item.kind in _READ]
    if not said:
        return
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        now = lms.now_text()
        for item in said:
            course_id = _READ[item.kind](transaction, uuid=item.uuid, user_id=claims.user_id, now=now)
            if course_id is not None:
                add_event(
                    lms,
                    transaction,
                    "news_read",
                    user_id=claims.user_id,
                    course_id=course_id,
                    at=now,
                    payload={"news": item.uuid},
                )
