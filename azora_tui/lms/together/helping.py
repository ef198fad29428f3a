"""Help for who is stuck: a question where it arises, to those who have completed the lesson and say that they help.

A question is seen by its asker, by who may answer it or has, and by who teaches the course; that is looked at with each
call. Who takes the lesson's quiz sees no answers until their attempt is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azora_tui.data import company, locks, searching
from azora_tui.data import helping as rows
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import reading
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.lms.teaching import access as teaching
from azora_tui.lms.together.access import checked_words, count_post, tell
from azora_tui.lms.together.offering import MAX_TOLD, offer
from azora_tui.text import clean

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.helping import Asked, HelpRequest, HelpThread
    from azora_tui.models.together import Paragraph

MAX_PART = 200
"""Questions that are given at a time."""
_MAX_QUOTE = 1_000
_MAX_POSITION = 200
_KINDS = ("help_asked", "help_answered", "help_settled", "help_given", "help_hidden")


def reach(lms: Lms, claims: Claims, lesson_id: int) -> int:
    """How many could answer a question on a lesson now. Raises as `ask` does."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        reading.enrolled(transaction, claims.user_id, lesson_id)
        return rows.count_helpers(transaction, lesson_id=lesson_id, viewer=claims.user_id)


def ask(
    lms: Lms,
    claims: Claims,
    lesson_id: int,
    text: str,
    *,
    question_id: str | None = None,
    paragraph: Paragraph | None = None,
) -> Asked:
    """Ask for help at a question of a lesson's quiz, at a paragraph, or with the lesson as a whole.

    Raises `NotFoundError` for a lesson or question that is not there, `RefusedError` for who is not in the course, for
    no words, too many, and too often.
    """
    from azora_tui.models.helping import Asked

    check_claims(lms, claims)
    words = checked_words(text)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        course, enrollment = reading.enrolled(transaction, claims.user_id, lesson_id)
        digest, quote, position = 0, "", None
        if question_id is not None:
            digest, quote = _question(transaction, enrollment.id, lesson_id, question_id)
        elif paragraph is not None:
            digest, quote = paragraph.digest & 0xFFFFFFFF, _quoted(paragraph.quote)
            position = paragraph.position if len(paragraph.position) <= _MAX_POSITION else "{}"
        count_post(lms, transaction, claims)
        now = lms.now_text()
        request_id = rows.add_request(
            transaction,
            uuid=lms.new_id(),
            asker_id=claims.user_id,
            course_id=course.id,
            lesson_id=lesson_id,
            question_id=question_id,
            digest=digest,
            quote=quote,
            position=position,
            text=words,
            now=now,
        )
        for user_id in rows.helpers(transaction, lesson_id=lesson_id, viewer=claims.user_id, limit=MAX_TOLD):
            offer(
                lms, transaction, request_id, user_id, asker_id=claims.user_id, course_id=course.id, lesson_id=lesson_id
            )
        return Asked(request_id, rows.count_helpers(transaction, lesson_id=lesson_id, viewer=claims.user_id))


def wanted(lms: Lms, claims: Claims, *, offset: int = 0, limit: int = MAX_PART) -> tuple[tuple[HelpRequest, ...], int]:
    """What this person may answer, oldest first, at most `MAX_PART` of it; and how much that is in all.

    Who teaches a course by name finds what is asked there, too. What is asked of a lesson whose quiz they take is not
    among it until their attempt is over.
    """
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        found, number = rows.wanted(
            transaction,
            viewer=claims.user_id,
            teacher=claims.role in ("instructor", "admin"),
            offset=max(0, offset),
            limit=max(0, min(limit, MAX_PART)),
        )
    return tuple(found), number


def mine(lms: Lms, claims: Claims, *, offset: int = 0, limit: int = MAX_PART) -> tuple[tuple[HelpRequest, ...], int]:
    """What this person asked, what is open first, then the newest, at most `MAX_PART` of it; and how much in all."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        found, number = rows.asked_by(
            transaction, claims.user_id, offset=max(0, offset), limit=max(0, min(limit, MAX_PART))
        )
    return tuple(found), number


def request(lms: Lms, claims: Claims, request_id: int) -> HelpThread:
    """A question with its place and what was said to it.

    Raises `NotFoundError` for what is not there for this person, `RefusedError` for who could answer and takes the
    lesson's quiz just now.
    """
    from azora_tui.models.helping import HelpThread

    check_claims(lms, claims)
    with lms.database.read() as transaction:
        row = seen(transaction, claims, request_id)
        is_mine = row.author_id == claims.user_id
        withheld = bool(row.taking) and is_mine
        replies = [] if withheld else rows.replies_to(transaction, request_id, viewer=claims.user_id)
        reached = rows.count_helpers(transaction, lesson_id=row.lesson_id, viewer=claims.user_id) if is_mine else None
        content = searching.lesson_content(transaction, row.lesson_id) if row.quote else None
    return HelpThread(
        request=rows.request(row, viewer=claims.user_id),
        replies=tuple(replies),
        position=_place(row, content or ""),
        reached=reached,
        withheld=withheld,
    )


def reply(lms: Lms, claims: Claims, request_id: int, text: str) -> int:
    """Say something to a question that one may see; returns the id of the reply. The asker opens a settled one again.

    Raises as `request` does, and `RefusedError` for no words, too many, and too often.
    """
    check_claims(lms, claims)
    words = checked_words(text)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        row = seen(transaction, claims, request_id)
        count_post(lms, transaction, claims)
        if row.author_id == claims.user_id:
            rows.reopen(transaction, request_id)
            told = rows.authors_of(transaction, request_id)
        else:
            told = [row.author_id]
        added = rows.add_reply(
            transaction,
            uuid=lms.new_id(),
            request_id=request_id,
            author_id=claims.user_id,
            text=words,
            now=lms.now_text(),
        )
        tell_of(lms, transaction, claims, "help_answered", row, to=told)
        return added


def change_reply(lms: Lms, claims: Claims, reply_id: int, text: str) -> None:
    """Give a reply of one's own other words. Raises `NotFoundError`, and `RefusedError` for no words or too many."""
    check_claims(lms, claims)
    words = checked_words(text)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        if not rows.change_reply(transaction, reply_id, author_id=claims.user_id, text=words, now=lms.now_text()):
            raise NotFoundError("help_reply_missing")


def delete_reply(lms: Lms, claims: Claims, reply_id: int) -> None:
    """Take a reply of one's own back; its words are gone. Raises `NotFoundError`."""
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        request_id = rows.delete_reply(transaction, reply_id, author_id=claims.user_id)
        if request_id is None:
            raise NotFoundError("help_reply_missing")
        rows.remove_answer_notices(transaction, request_id, actor_id=claims.user_id)
        rows.remove_hidden_notice(transaction, request_id, user_id=claims.user_id)


def settle(lms: Lms, claims: Claims, request_id: int) -> None:
    """Say that one's own question is answered; done twice it changes nothing. Raises `NotFoundError`."""
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        row = _own(transaction, claims, request_id)
        if rows.settle(transaction, request_id, now=lms.now_text()):
            company.remove_notices(transaction, ("help_asked",), request_id)
            tell_of(lms, transaction, claims, "help_settled", row, to=rows.authors_of(transaction, request_id))


def take_back(lms: Lms, claims: Claims, request_id: int) -> None:
    """Delete a question of one's own, with what was said to it and what was told of it. Raises `NotFoundError`."""
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        _own(transaction, claims, request_id)
        _delete(transaction, request_id)


def forget(transaction: Transaction, user_id: int) -> None:
    """Remove what somebody asked, with what was said to it, and what they said to others: within the transaction that
    takes an account away."""
    for request_id in rows.requests_of(transaction, user_id):
        _delete(transaction, request_id)
    rows.forget_helper(transaction, user_id)


def _delete(transaction: Transaction, request_id: int) -> None:
    company.remove_notices(transaction, _KINDS, request_id)
    rows.delete_request(transaction, request_id)


def seen(transaction: Transaction, claims: Claims, request_id: int) -> Any:
    """The row of a question that this person may see now, `author_id` being its asker; raises as `request` does."""
    course_id = rows.course_of(transaction, request_id)
    if course_id is None:
        raise NotFoundError("help_request_missing")
    teaches = teaching.teaches(transaction, claims, course_id)
    row = rows.seen(transaction, request_id, viewer=claims.user_id, teaches=teaches)
    if row is None:
        raise NotFoundError("help_request_missing")
    if row.taking and row.author_id != claims.user_id:
        raise RefusedError("help_during_attempt")
    return row


def _own(transaction: Transaction, claims: Claims, request_id: int) -> Any:
    row = rows.own(transaction, request_id, viewer=claims.user_id)
    if row is None:
        raise NotFoundError("help_request_not_yours")
    return row


def tell_of(lms: Lms, transaction: Transaction, claims: Claims, kind: str, row: Any, *, to: list[int]) -> None:
    """Tell these of a question, each once until they have read it."""
    for user_id in to:
        if not rows.has_unread(transaction, user_id=user_id, kind=kind, request_id=row.id, actor_id=claims.user_id):
            tell(
                lms,
                transaction,
                user_id,
                kind,
                row.id,
                actor_id=claims.user_id,
                course_id=row.course_id,
                lesson_id=row.lesson_id,
            )


def _question(transaction: Transaction, enrollment_id: int, lesson_id: int, question_id: str) -> tuple[int, str]:
    """The fingerprint of a question of the lesson's quiz and its plain words: as it is asked now, or was in the latest
    attempt."""
    from azora_tui.data import lessons, quizzes
    from azora_tui.formats.paragraphs import digest_of, read_paragraphs
    from azora_tui.formats.quiz import read_quiz

    content, _ = lessons.lesson_text(transaction, lesson_id=lesson_id, enrollment_id=enrollment_id)
    quiz = read_quiz(content)
    latest = quizzes.latest_attempt(transaction, enrollment_id=enrollment_id, lesson_id=lesson_id)
    asked = (*(latest.questions if latest else ()), *(quiz.questions if quiz else ()))
    prompt = next((each.prompt for each in asked if each.id == question_id), None)
    if prompt is None:
        raise NotFoundError("question_not_in_quiz")
    return digest_of(prompt), _quoted(" ".join(each.text for each in read_paragraphs(prompt)))


def _quoted(text: str) -> str:
    return " ".join(clean(text).split())[:_MAX_QUOTE]


def _place(row: Any, content: str) -> str | None:
    """Where the paragraph or the question is now, for the reader; None where it is gone."""
    if not row.quote:
        return None
    from azora_tui.lms.anchors import paragraphs_of, place_of, reanchor

    paragraphs = paragraphs_of(content)
    number = reanchor(paragraphs, digest=row.digest, quote=row.quote, position=row.position or "{}")
    return None if number is None else place_of(paragraphs, number)
