"""What is reported, and what who teaches a course does about what was left at its lessons.

The author is told, without a name: this is the course speaking. A teacher finds every piece here, whoever has blocked
whom, since teaching goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import company, locks, reported
from azora_tui.data import reports as statements
from azora_tui.data import wisdom as rows
from azora_tui.data import wisdom_moderation as changes
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.courses import course_by_id
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.lms.teaching.access import check_may_teach, require_teaching
from azora_tui.lms.together import wisdom
from azora_tui.lms.together.access import checked_words, count_post, tell
from azora_tui.models.wisdom import Piece, Report, Reported, WisdomKind
from azora_tui.times import from_text

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims

MAX_REASON = 1_000
"""Characters of the reason of a report, and of hiding something."""
MAX_REPORTS = 100


def report(lms: Lms, claims: Claims, wisdom_id: int, reason: str) -> None:
    """Tell who teaches the course, and who runs the school, that a piece should not stand there. Twice is once.

    Raises as `wisdom.piece` does, `RefusedError` for one's own, for no reason or too long a one, and too often.
    """
    check_claims(lms, claims)
    words = checked_words(reason, maximum=MAX_REASON, empty="report_without_reason")
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        found = wisdom.visible(transaction, claims, wisdom_id)
        if found.author.mine:
            raise RefusedError("wisdom_own_report")
        count_post(lms, transaction, claims)
        statements.add(
            transaction,
            uuid=lms.new_id(),
            kind=rows.REPORTS,
            about_id=wisdom_id,
            course_id=found.course_id,
            reporter_id=claims.user_id,
            reason=words,
            now=lms.now_text(),
        )


def reports(lms: Lms, claims: Claims) -> tuple[Report, ...]:
    """What was reported in the courses that somebody teaches and waits for them, the oldest first; for an admin, all.

    At most `MAX_REPORTS`. Raises `RefusedError` for learners.
    """
    check_may_teach(lms, claims)
    found: list[Report] = []
    with lms.database.read() as transaction:
        for row in statements.waiting(transaction, _whose(claims), limit=MAX_REPORTS):
            piece = None
            if row.kind == rows.REPORTS:
                piece = rows.piece_for_teaching(transaction, row.about_id, viewer=claims.user_id)
                about = None if piece is None else _as_reported(piece)
            else:
                about = reported.reported(transaction, row.kind, row.about_id, viewer=claims.user_id)
            if about is not None:
                found.append(Report(row.id, row.reason, from_text(row.at), about, piece))
    return tuple(found)


def _as_reported(piece: Piece) -> Reported:
    return Reported(
        kind=rows.REPORTS,
        id=piece.id,
        text=piece.text,
        author=piece.author,
        at=piece.written_at,
        course_id=piece.course_id,
        course_title=piece.course_title,
        lesson_id=piece.lesson_id,
        place=piece.lesson_title,
        hidden_reason=piece.hidden_reason,
    )


def count(lms: Lms, claims: Claims) -> int:
    """How many reports wait for somebody. Raises `RefusedError` for learners."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        return statements.count_waiting(transaction, _whose(claims))


def dismiss(lms: Lms, claims: Claims, report_id: int) -> None:
    """Leave what was reported as it is: every report of it is settled.

    Raises `NotFoundError` for a report of no course that one teaches, `RefusedError` for learners.
    """
    check_may_teach(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        know_learner(transaction, claims)
        found = statements.find(transaction, report_id)
        if found is None:
            raise NotFoundError("report_missing")
        require_teaching(transaction, claims, found.course_id)
        statements.settle(transaction, found.kind, found.about_id, now=lms.now_text())


def hide(lms: Lms, claims: Claims, wisdom_id: int, reason: str) -> Piece:
    """Keep a piece from everybody but its author, who reads the reason. What was reported of it is settled.

    Raises `NotFoundError`, and `RefusedError` for who does not teach its course, for no reason or too long a one.
    """
    check_may_teach(lms, claims)
    words = checked_words(reason, maximum=MAX_REASON, empty="wisdom_hidden_without_reason")
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        found = _taught(transaction, claims, wisdom_id)
        changes.hide(transaction, found, reason=words, hidden_by=claims.user_id)
        statements.settle(transaction, rows.REPORTS, wisdom_id, now=lms.now_text())
        company.remove_notices(transaction, ("wisdom_hidden", "wisdom_pinned"), wisdom_id)
        _tell(lms, transaction, claims, found, "wisdom_hidden")
        return _again(transaction, claims, wisdom_id)


def show_again(lms: Lms, claims: Claims, wisdom_id: int) -> Piece:
    """Undo `hide`; silent where the piece is not hidden. Raises as `hide` does."""
    check_may_teach(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        found = _taught(transaction, claims, wisdom_id)
        if found.hidden:
            changes.show_again(transaction, found)
            company.remove_notices(transaction, ("wisdom_hidden",), wisdom_id)
        return _again(transaction, claims, wisdom_id)


def pin(lms: Lms, claims: Claims, wisdom_id: int) -> Piece:
    """Let a piece stand before all others. Raises as `hide` does, `RefusedError` for one that is hidden."""
    check_may_teach(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        found = _taught(transaction, claims, wisdom_id)
        if found.hidden:
            raise RefusedError("wisdom_is_hidden")
        if not found.pinned:
            changes.set_pinned(transaction, wisdom_id, pinned=True)
            _tell(lms, transaction, claims, found, "wisdom_pinned")
        return _again(transaction, claims, wisdom_id)


def unpin(lms: Lms, claims: Claims, wisdom_id: int) -> Piece:
    """Undo `pin`; silent where the piece is not pinned. Raises as `hide` does."""
    check_may_teach(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        _taught(transaction, claims, wisdom_id)
        changes.set_pinned(transaction, wisdom_id, pinned=False)
        company.remove_notices(transaction, ("wisdom_pinned",), wisdom_id)
        return _again(transaction, claims, wisdom_id)


def answer(lms: Lms, claims: Claims, wisdom_id: int, text: str) -> Piece:
    """Say something beneath a piece, in place of what was said before.

    Raises as `hide` does, `RefusedError` for no words, too many, or too often.
    """
    check_may_teach(lms, claims)
    words = checked_words(text)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        found = _taught(transaction, claims, wisdom_id)
        count_post(lms, transaction, claims)
        changes.set_answer(transaction, wisdom_id, words, answered_by=claims.user_id, now=lms.now_text())
        company.remove_notices(transaction, ("wisdom_answered",), wisdom_id)
        _tell(lms, transaction, claims, found, "wisdom_answered")
        return _again(transaction, claims, wisdom_id)


def take_answer_away(lms: Lms, claims: Claims, wisdom_id: int) -> Piece:
    """Say nothing beneath a piece any more. Raises as `hide` does."""
    check_may_teach(lms, claims)
    with lms.database.write(locks.Learner(claims.user_id)) as transaction:
        _taught(transaction, claims, wisdom_id)
        changes.take_answer_away(transaction, wisdom_id)
        company.remove_notices(transaction, ("wisdom_answered",), wisdom_id)
        return _again(transaction, claims, wisdom_id)


def take_over(lms: Lms, claims: Claims, wisdom_id: int, text: str | None = None) -> Piece:
    """Put a correction into the course, in its words or in those of `text`: a note in the lesson, behind the paragraph
    that it is about, else at the end. The course is of the next version then, as after an import.

    The words belong to the course from then on, without a name. Raises as `hide` does, `RefusedError` for what is no
    correction, is hidden, or was taken over before.
    """
    from azora_tui.lms.together.taking_over import put_into_course  # installing a course takes much of the program

    check_may_teach(lms, claims)
    words = None if text is None else checked_words(text, empty="")
    with lms.database.write(locks.SCHOOL) as transaction:
        found = _taught(transaction, claims, wisdom_id)
        if found.kind is not WisdomKind.CORRECTION:
            raise RefusedError("wisdom_no_correction")
        if found.hidden:
            raise RefusedError("wisdom_is_hidden")
        if found.taken_over_at is not None:
            raise RefusedError("wisdom_taken_over_before")
        put_into_course(lms, transaction, found, words or found.text)
        changes.set_taken_over(transaction, wisdom_id, now=lms.now_text())
        _tell(lms, transaction, claims, found, "wisdom_taken_over")
        return _again(transaction, claims, wisdom_id)


def taken_over(lms: Lms, claims: Claims, course_id: int) -> tuple[Piece, ...]:
    """What of a course was taken over into it, in the order of its lessons. Raises `NotFoundError`, `RefusedError`."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        course_by_id(transaction, course_id)
        require_teaching(transaction, claims, course_id)
        return tuple(rows.taken_over(transaction, course_id, viewer=claims.user_id))


def _whose(claims: Claims) -> int | None:
    return None if claims.role == "admin" else claims.user_id


def _taught(transaction: Transaction, claims: Claims, wisdom_id: int) -> Piece:
    know_learner(transaction, claims)
    found = rows.piece_for_teaching(transaction, wisdom_id, viewer=claims.user_id)
    if found is None:
        raise NotFoundError("wisdom_missing")
    require_teaching(transaction, claims, found.course_id)
    return found


def _again(transaction: Transaction, claims: Claims, wisdom_id: int) -> Piece:
    found = rows.piece_for_teaching(transaction, wisdom_id, viewer=claims.user_id)
    assert found is not None  # changed in this transaction
    return found


def _tell(lms: Lms, transaction: Transaction, claims: Claims, found: Piece, kind: str) -> None:
    """Tell the author, unless they have left or did it themselves. No actor: a block keeps no ruling from anybody."""
    author_id = rows.author_of(transaction, found.id)
    if author_id is not None and author_id != claims.user_id:
        tell(
            lms,
            transaction,
            author_id,
            kind,
            found.id,
            actor_id=None,
            course_id=found.course_id,
            lesson_id=found.lesson_id,
        )
