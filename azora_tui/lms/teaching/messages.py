"""What who teaches a course writes to one of its learners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import locks, news
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.courses import course_by_id
from azora_tui.lms.events import add_event, know_learner
from azora_tui.lms.teaching.access import check_may_teach, require_teaching
from azora_tui.lms.teaching.announcing import checked_text

if TYPE_CHECKING:
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims


def write(lms: Lms, claims: Claims, course_id: int, learner_id: int, text: str) -> None:
    """Write to a learner of a course, in Markdown; nobody else sees it.

    Raises `NotFoundError` for a course that is not there, `RefusedError` for who does not teach it, for a learner who
    is not in it, and for no text or too much of it.
    """
    check_may_teach(lms, claims)
    words = checked_text(text)
    with lms.database.write(locks.Course(course_id)) as transaction:
        know_learner(transaction, claims)
        course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course_id)
        learner = news.uuid_of_learner_in(transaction, course_id=course_id, user_id=learner_id)
        if learner is None:
            raise RefusedError("learner_not_in_course")
        uuid, now = lms.new_id(), lms.now_text()
        news.add_message(
            transaction,
            uuid=uuid,
            course_id=course_id,
            user_id=learner_id,
            author_id=claims.user_id,
            author=claims.name,
            text=words,
            now=now,
        )
        add_event(
            lms,
            transaction,
            "message_sent",
            id=uuid,
            user_id=claims.user_id,
            course_id=course_id,
            at=now,
            payload={"learner": learner, "author": claims.name, "text": words},
        )


def learner_with_email(lms: Lms, claims: Claims, course_id: int, email: str) -> int:
    """Whom an e-mail belongs to among the learners of a course.

    Raises `NotFoundError` where it is nobody's there, `RefusedError` for who does not teach the course.
    """
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course_id)
        learner = news.learner_with_email(transaction, course_id=course_id, email=email.strip())
    if learner is None:
        raise NotFoundError("email_not_in_course", email=email)
    return learner
