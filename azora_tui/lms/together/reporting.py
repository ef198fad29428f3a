"""Reporting what is said in circles and where somebody is stuck, and what who teaches the course does with any report.

Only who can read the words reports them. Who teaches reads what was reported and nothing around it: a report opens no
circle to who is not in it. Hidden words are read by their author alone, who is told, without a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azora_tui.data import company, helping, locks, reported
from azora_tui.data import reports as statements
from azora_tui.data import wisdom as pieces
from azora_tui.data.reports import POST, QUESTION, REPLY
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.lms.teaching.access import check_may_teach, require_teaching
from azora_tui.lms.together import boards, moderation
from azora_tui.lms.together.access import checked_words, count_post, tell
from azora_tui.lms.together.helping import seen
from azora_tui.lms.together.moderation import MAX_REASON

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.wisdom import Reported


def report_post(lms: Lms, claims: Claims, post_id: int, reason: str) -> None:
    """Tell who teaches the course of a circle, and admins, that a post should not stand there. Twice is once.

    Raises `NotFoundError` for what one cannot read, `RefusedError` for one's own, for no reason or too long a one, and
    too often.
    """
    check_claims(lms, claims)
    words = _checked(reason)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        found = boards.readable(transaction, claims, post_id)
        if found.is_empty:
            raise NotFoundError("circle_post_missing")
        _report(lms, transaction, claims, kind=POST, about_id=post_id, reason=words, mine=found.author.mine)


def report_question(lms: Lms, claims: Claims, request_id: int, reason: str) -> None:
    """The same of what somebody asks. Raises as `helping.request`, and as `report_post`."""
    check_claims(lms, claims)
    words = _checked(reason)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        row = seen(transaction, claims, request_id)
        _report(
            lms,
            transaction,
            claims,
            kind=QUESTION,
            about_id=request_id,
            reason=words,
            mine=row.author_id == claims.user_id,
        )


def report_reply(lms: Lms, claims: Claims, request_id: int, reply_id: int, reason: str) -> None:
    """The same of what was said to a question. Raises as `helping.request`, and as `report_post`."""
    check_claims(lms, claims)
    words = _checked(reason)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        row = seen(transaction, claims, request_id)
        if row.taking:  # its asker, who reads no answers meanwhile
            raise RefusedError("help_during_attempt")
        said = helping.replies_to(transaction, request_id, viewer=claims.user_id)
        found = next((each for each in said if each.id == reply_id), None)
        if found is None:
            raise NotFoundError("help_reply_not_there")
        _report(lms, transaction, claims, kind=REPLY, about_id=reply_id, reason=words, mine=found.author.mine)


def hide(lms: Lms, claims: Claims, report_id: int, reason: str) -> None:
    """Keep what was reported, of whatever kind, from everybody but its author, who reads the reason.

    Every report of it is settled. Raises `NotFoundError`, and `RefusedError` for who does not teach its course, for no
    reason or too long a one.
    """
    check_may_teach(lms, claims)
    wisdom_id = _wisdom(lms, report_id)
    if wisdom_id is not None:
        moderation.hide(lms, claims, wisdom_id, reason)
        return
    words = checked_words(reason, maximum=MAX_REASON, empty="wisdom_hidden_without_reason")
    with lms.database.write(locks.SCHOOL) as transaction:
        found = _taught(transaction, claims, report_id)
        _untell(transaction, found)
        reported.set_hidden(transaction, found.kind, found.id, reason=words, hidden_by=claims.user_id)
        statements.settle(transaction, found.kind, found.id, now=lms.now_text())
        _tell(lms, transaction, claims, found)


def show_again(lms: Lms, claims: Claims, report_id: int) -> None:
    """Undo `hide`; silent where what was reported is not hidden. Raises as `hide` does."""
    check_may_teach(lms, claims)
    wisdom_id = _wisdom(lms, report_id)
    if wisdom_id is not None:
        moderation.show_again(lms, claims, wisdom_id)
        return
    with lms.database.write(locks.SCHOOL) as transaction:
        found = _taught(transaction, claims, report_id)
        reported.set_hidden(transaction, found.kind, found.id, reason="", hidden_by=None)
        _untell(transaction, found)


def _checked(reason: str) -> str:
    return checked_words(reason, maximum=MAX_REASON, empty="report_without_reason")


def _report(
    lms: Lms, transaction: Transaction, claims: Claims, *, kind: str, about_id: int, reason: str, mine: bool
) -> None:
    if mine:
        raise RefusedError("report_of_ones_own")
    count_post(lms, transaction, claims)
    about = reported.reported(transaction, kind, about_id, viewer=claims.user_id)
    assert about is not None  # it was read in this transaction
    statements.add(
        transaction,
        uuid=lms.new_id(),
        kind=kind,
        about_id=about_id,
        course_id=about.course_id,
        reporter_id=claims.user_id,
        reason=reason,
        now=lms.now_text(),
    )


def _found(transaction: Transaction, report_id: int) -> Any:
    found = statements.find(transaction, report_id)
    if found is None:
        raise NotFoundError("report_missing")
    return found


def _wisdom(lms: Lms, report_id: int) -> int | None:
    """The piece that a report is about; None for one about something else. Raises `NotFoundError`."""
    with lms.database.read() as transaction:
        found = _found(transaction, report_id)
    return int(found.about_id) if found.kind == pieces.REPORTS else None


def _taught(transaction: Transaction, claims: Claims, report_id: int) -> Reported:
    know_learner(transaction, claims)
    row = _found(transaction, report_id)
    require_teaching(transaction, claims, row.course_id)
    found = reported.reported(transaction, row.kind, row.about_id, viewer=claims.user_id)
    assert found is not None  # its reports go with it
    return found


def _tell(lms: Lms, transaction: Transaction, claims: Claims, found: Reported) -> None:
    """Tell the author, unless they did it themselves. No actor: a block keeps no ruling from anybody."""
    author_id, kind, about_id = _told(transaction, found)
    if author_id == claims.user_id:
        return
    course_id, lesson_id = found.course_id, found.lesson_id
    tell(lms, transaction, author_id, kind, about_id, actor_id=None, course_id=course_id, lesson_id=lesson_id)


def _untell(transaction: Transaction, found: Reported) -> None:
    """Take back that it was hidden, once that is no longer so; hidden for another reason it is told of anew."""
    author_id, kind, about_id = _told(transaction, found)
    if kind == "post_hidden":
        company.remove_notices(transaction, (kind,), about_id)
    else:
        helping.remove_hidden_notice(transaction, about_id, user_id=author_id)


def _told(transaction: Transaction, found: Reported) -> tuple[int, str, int]:
    """Who is told that it is hidden, by what kind of notice, and about which row."""
    author_id = reported.author_of(transaction, found.kind, found.id)
    if found.kind == POST:
        return author_id, "post_hidden", found.id
    return author_id, "help_hidden", found.id if found.kind == QUESTION else reported.request_of(transaction, found.id)
