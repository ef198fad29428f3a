"""What who teaches a course says to everybody in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import locks, news
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.courses import course_by_id
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.teaching.access import check_may_teach, require_teaching
from azora_tui.text import clean

if TYPE_CHECKING:
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.news import Announcement

MAX_TEXT_LENGTH = 4_000


def announce(lms: Lms, claims: Claims, course_id: int, text: str) -> Announcement:
    """Say something, in Markdown, to everybody who is in a course now.

    Raises `NotFoundError` for a course that is not there, `RefusedError` for who does not teach it, and for no text or
    too much of it.
    """
    check_may_teach(lms, claims)
    words = checked_text(text)
    with lms.database.write(locks.Course(course_id)) as transaction:
        know_learner(transaction, claims)
        course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course_id)
        uuid, now = lms.new_id(), lms.now_text()
        announcement_id = news.add_announcement(
            transaction,
            uuid=uuid,
            course_id=course_id,
            author_id=claims.user_id,
            author=claims.name,
            text=words,
            now=now,
        )
        add_event(
            lms,
            transaction,
            "announced",
            id=uuid,
            user_id=claims.user_id,
            course_id=course_id,
            at=now,
            payload={"author": claims.name, "text": words},
        )
        announced = news.announcement(transaction, announcement_id)
    assert announced is not None  # just inserted in this transaction
    return announced


def announcements(lms: Lms, claims: Claims, course_id: int) -> tuple[Announcement, ...]:
    """What was announced in a course and not withdrawn, newest first. Raises `NotFoundError`, `RefusedError`."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course_id)
        return tuple(news.announcements_of(transaction, course_id))


def withdraw(lms: Lms, claims: Claims, course_id: int, announcement_id: int) -> None:
    """Take an announcement of a course back: from now on no learner finds it.

    Raises `NotFoundError` where there is none of this course that stands, `RefusedError`.
    """
    check_may_teach(lms, claims)
    with lms.database.write(locks.Course(course_id)) as transaction:
        know_learner(transaction, claims)
        course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course_id)
        standing = news.announcement(transaction, announcement_id)
        if standing is None or standing.course_id != course_id:
            raise NotFoundError("announcement_missing")
        now = lms.now_text()
        news.withdraw(transaction, announcement_id, now=now)
        add_event(
            lms,
            transaction,
            "announcement_withdrawn",
            user_id=claims.user_id,
            course_id=course_id,
            at=now,
            payload={"news": standing.uuid},
        )


def checked_text(text: str) -> str:
    """What was written, as it is kept. Raises `RefusedError` where it is nothing, or too long."""
    words = clean(text).strip()
    if not words:
        raise RefusedError("nothing_written")
    if len(words) > MAX_TEXT_LENGTH:
        raise RefusedError("too_much_written", length=len(words), maximum=MAX_TEXT_LENGTH)
    return words
