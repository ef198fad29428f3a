"""What those who have completed a lesson leave at it for those who come after.

It is never shown to who has begun the quiz of that lesson and not finished it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from azora_tui.data import company, courses, enrollments, lessons, locks, reports, searching, wisdom_moderation
from azora_tui.data import wisdom as rows
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.anchors import paragraphs_of, place_of, reanchor
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.lms.teaching.access import teaches
from azora_tui.lms.together.access import checked_words, count_post
from azora_tui.lms.together.ranking import wilson_lower_bound
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.together import Paragraph
from azora_tui.models.wisdom import LessonWisdom, Piece, WisdomKind
from azora_tui.text import clean

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims
    from azora_tui.models.courses import Course

PAGE = 20
"""Pieces that are given where not all are asked for."""
MAX_PIECES = 1_000
"""Pieces that are given where all are asked for."""
_COUNTED = 100
"""How far pieces are counted that are not given: opening a lesson waits for no more."""
_MAX_QUOTE_LENGTH = 4_000


@dataclass(frozen=True, slots=True)
class _Standing:
    """How somebody stands at a lesson."""

    course: Course
    teaches: bool
    completed: bool
    quiz_open: bool


def of_lesson(lms: Lms, claims: Claims, lesson_id: int, *, limit: int = PAGE) -> LessonWisdom:
    """The best of what was left at a lesson: what is pinned, then by the lower bound of its thanks, then the newest.

    Raises `NotFoundError` for a lesson that is not there, `RefusedError` for who is not in its course and does not
    teach it.
    """
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        standing = _standing(transaction, claims, lesson_id)
        return _at(transaction, claims, standing, lesson_id=lesson_id, digests=None, limit=limit)


def of_paragraph(
    lms: Lms, claims: Claims, lesson_id: int, *, digest: int, line: int, limit: int = PAGE
) -> LessonWisdom:
    """The same of one paragraph of a lesson as it is now, which the reader knows by `digest` and source `line`.

    What was left at an earlier form of it is among that. Raises as `of_lesson` does.
    """
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        standing = _standing(transaction, claims, lesson_id)
        kept = rows.paragraphs_of_lesson(transaction, lesson_id)
        content = searching.lesson_content(transaction, lesson_id) if kept else None
        paragraphs = paragraphs_of(content or "")
        here = {number for number, each in enumerate(paragraphs) if (each.digest, each.line) == (digest, line)}
        digests = [
            of_kept
            for of_kept, quote, position in kept
            if of_kept == digest or reanchor(paragraphs, digest=of_kept, quote=quote, position=position) in here
        ]
        return _at(transaction, claims, standing, lesson_id=lesson_id, digests=digests, limit=limit)


def paragraph_with(lms: Lms, claims: Claims, lesson_id: int, words: str) -> Paragraph:
    """The first paragraph of a lesson that has these words, whatever their case.

    Raises `NotFoundError` where none has, and as `of_lesson` does.
    """
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        _standing(transaction, claims, lesson_id)
        paragraphs = paragraphs_of(searching.lesson_content(transaction, lesson_id) or "")
    wanted = " ".join(words.split()).casefold()
    for number, each in enumerate(paragraphs):
        if wanted and wanted in each.text.casefold():
            return Paragraph(each.digest, each.text, place_of(paragraphs, number))
    raise NotFoundError("paragraph_missing")


def piece(lms: Lms, claims: Claims, wisdom_id: int) -> Piece:
    """One piece, with the `position` where its paragraph is now, None where it is gone.

    Raises `NotFoundError` for one that is not there for this person, `RefusedError` while their quiz is open.
    """
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        found = visible(transaction, claims, wisdom_id)
        if found.digest is None or found.position is None:
            return found
        content = searching.lesson_content(transaction, found.lesson_id)
    paragraphs = paragraphs_of(content or "")
    number = reanchor(paragraphs, digest=found.digest, quote=found.quote, position=found.position)
    return replace(found, position=None if number is None else place_of(paragraphs, number))


def mine(lms: Lms, claims: Claims) -> tuple[Piece, ...]:
    """All that somebody left anywhere, the newest first, with the reason where a piece is hidden."""
    check_claims(lms, claims)
    with lms.database.read() as transaction:
        return tuple(rows.of_author(transaction, claims.user_id))


def write(
    lms: Lms, claims: Claims, lesson_id: int, kind: WisdomKind, text: str, *, at: Paragraph | None = None
) -> Piece:
    """Leave something at a lesson or, with `at`, at one of its paragraphs.

    Raises `NotFoundError` for a lesson that is not there, `RefusedError` for who has neither completed it nor teaches
    its course, and for no words, too many, or too often.
    """
    check_claims(lms, claims)
    words = checked_words(text)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        standing = _standing(transaction, claims, lesson_id)
        if not (standing.completed or standing.teaches):
            raise RefusedError("wisdom_not_completed")
        count_post(lms, transaction, claims)
        course_id = standing.course.id
        added = left(
            lms,
            transaction,
            course_id=course_id,
            lesson_id=lesson_id,
            author_id=claims.user_id,
            kind=kind,
            words=words,
            at=at,
        )
        return _own(transaction, claims, added)


def left(
    lms: Lms,
    transaction: Transaction,
    *,
    course_id: int,
    lesson_id: int,
    author_id: int,
    kind: WisdomKind,
    words: str,
    at: Paragraph | None = None,
) -> int:
    """Leave checked words at a lesson, within the caller's transaction, who has asked whether it may be; its id."""
    return rows.add(
        transaction,
        uuid=lms.new_id(),
        course_id=course_id,
        lesson_id=lesson_id,
        author_id=author_id,
        kind=kind.value,
        text=words,
        digest=None if at is None else at.digest,
        quote="" if at is None else " ".join(clean(at.quote).split())[:_MAX_QUOTE_LENGTH],
        position=None if at is None else at.position,
        now=lms.now_text(),
    )


def change(lms: Lms, claims: Claims, wisdom_id: int, text: str, *, kind: WisdomKind | None = None) -> Piece:
    """Give one's own piece other words, and with `kind` another kind. It keeps its thanks, and is pinned no more.

    Raises `NotFoundError`, `RefusedError` as `write`.
    """
    check_claims(lms, claims)
    words = checked_words(text)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        own = _own(transaction, claims, wisdom_id)
        count_post(lms, transaction, claims)
        rows.change(transaction, own, kind=(kind or own.kind).value, text=words, now=lms.now_text())
        company.remove_notices(transaction, ("wisdom_pinned",), own.id)
        return _own(transaction, claims, wisdom_id)


def delete(lms: Lms, claims: Claims, wisdom_id: int) -> None:
    """Take one's own piece away for good, with its thanks and what was told of it. Raises `NotFoundError`."""
    check_claims(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        _delete(transaction, _own(transaction, claims, wisdom_id))


def thank(lms: Lms, claims: Claims, wisdom_id: int) -> Piece:
    """Thank for somebody else's piece; twice is once. Raises as `piece` does, `RefusedError` for one's own."""
    return _thank(lms, claims, wisdom_id, thanks=True)


def take_back_thanks(lms: Lms, claims: Claims, wisdom_id: int) -> Piece:
    """Undo `thank`; silent where there was none. Raises as `thank` does."""
    return _thank(lms, claims, wisdom_id, thanks=False)


def mark_seen(lms: Lms, claims: Claims, wisdom_ids: Iterable[int]) -> None:
    """Note that somebody has seen these, each once; passes over their own, and what is not there for them."""
    check_claims(lms, claims)
    wanted = sorted(set(wisdom_ids))
    if not wanted:
        return
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        for wisdom_id in wanted:
            try:
                found = visible(transaction, claims, wisdom_id)
            except (NotFoundError, RefusedError):
                continue
            if not found.author.mine:
                _see(lms, transaction, claims, wisdom_id)


def forget(transaction: Transaction, user_id: int) -> None:
    """Remove all that somebody left, answered and reported, and that they have seen and thanked anything, so that every
    count is right: within the transaction that takes an account away."""
    for wisdom_id in rows.ids_of_author(transaction, user_id):
        own = rows.own_piece(transaction, wisdom_id, viewer=user_id)
        assert own is not None  # read in this transaction
        _delete(transaction, own)
    read = rows.read_by(transaction, user_id)
    rows.forget_reader(transaction, user_id)
    for wisdom_id, thanked_at in read:
        rows.count(transaction, wisdom_id, wilson_lower_bound, seen=-1, thanks=-int(thanked_at is not None))
    wisdom_moderation.forget_teacher(transaction, user_id)
    reports.forget_reporter(transaction, user_id)


def _at(
    transaction: Transaction,
    claims: Claims,
    standing: _Standing,
    *,
    lesson_id: int,
    digests: list[int] | None,
    limit: int,
) -> LessonWisdom:
    may_write = standing.completed or standing.teaches
    if standing.quiz_open:
        return LessonWisdom(lesson_id, (), 0, True, may_write, standing.teaches)
    viewer, limit = claims.user_id, min(limit, MAX_PIECES)
    found = rows.of_lesson(
        transaction, lesson_id, viewer=viewer, teaches=standing.teaches, limit=limit, digests=digests
    )
    total = len(found)
    if total == limit:
        most, teaching = max(limit, _COUNTED), standing.teaches
        total = rows.count_of_lesson(
            transaction, lesson_id, viewer=viewer, teaches=teaching, digests=digests, most=most
        )
    return LessonWisdom(lesson_id, tuple(found), total, False, may_write, standing.teaches)


def _standing(transaction: Transaction, claims: Claims, lesson_id: int) -> _Standing:
    course_id = lessons.lesson_course(transaction, lesson_id)
    course = None if course_id is None else courses.course_by_id(transaction, course_id)
    if course is None:
        raise NotFoundError("lesson_gone")
    is_teacher = teaches(transaction, claims, course.id)
    enrollment = enrollments.enrollment_of(transaction, user_id=claims.user_id, course_id=course.id)
    if enrollment is None or enrollment.status is EnrollmentStatus.LEFT:
        if not is_teacher:
            raise RefusedError("lesson_not_enrolled", course=course.title)
        return _Standing(course, True, False, False)
    return _Standing(
        course,
        is_teacher,
        rows.is_completed(transaction, enrollment_id=enrollment.id, lesson_id=lesson_id),
        rows.quiz_is_open(transaction, enrollment_id=enrollment.id, lesson_id=lesson_id),
    )


def visible(transaction: Transaction, claims: Claims, wisdom_id: int) -> Piece:
    """A piece that this person may see now. Whatever keeps it from them sounds alike, but their own quiz."""
    place = rows.place_of(transaction, wisdom_id)
    if place is None:
        raise NotFoundError("wisdom_missing")
    try:
        standing = _standing(transaction, claims, place[1])
    except (NotFoundError, RefusedError) as error:
        raise NotFoundError("wisdom_missing") from error
    found = rows.piece_of(transaction, wisdom_id, viewer=claims.user_id, teaches=standing.teaches)
    if found is None:
        raise NotFoundError("wisdom_missing")
    if standing.quiz_open:
        raise RefusedError("wisdom_quiz_open")
    return found


def _own(transaction: Transaction, claims: Claims, wisdom_id: int) -> Piece:
    found = rows.own_piece(transaction, wisdom_id, viewer=claims.user_id)
    if found is None:
        raise NotFoundError("wisdom_missing")
    return found


def _delete(transaction: Transaction, own: Piece) -> None:
    rows.delete(transaction, own)
    company.remove_notices(transaction, rows.NOTICES, own.id)


def _thank(lms: Lms, claims: Claims, wisdom_id: int, *, thanks: bool) -> Piece:
    check_claims(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        found = visible(transaction, claims, wisdom_id)
        if found.author.mine:
            raise RefusedError("wisdom_own_thanks")
        _see(lms, transaction, claims, wisdom_id)
        now = lms.now_text() if thanks else None
        if rows.set_thanked(transaction, wisdom_id, user_id=claims.user_id, now=now):
            rows.count(transaction, wisdom_id, wilson_lower_bound, thanks=1 if thanks else -1)
        return visible(transaction, claims, wisdom_id)


def _see(lms: Lms, transaction: Transaction, claims: Claims, wisdom_id: int) -> None:
    if rows.add_reader(transaction, wisdom_id, user_id=claims.user_id, now=lms.now_text()):
        rows.count(transaction, wisdom_id, wilson_lower_bound, seen=1)
