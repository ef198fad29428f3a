"""An answer that helped one, for those who come after: given to the wisdom of the lesson once the question is settled.

It stands there as its author's, who can change it or take it back as whatever they left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import helping as rows
from azora_tui.data import locks
from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms.events import know_learner
from azora_tui.lms.service import check_claims
from azora_tui.lms.together import helping, wisdom
from azora_tui.lms.together.access import count_post
from azora_tui.models.together import Paragraph
from azora_tui.models.wisdom import WisdomKind

if TYPE_CHECKING:
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims


def give(lms: Lms, claims: Claims, request_id: int, reply_id: int, *, kind: WisdomKind = WisdomKind.EXPLANATION) -> int:
    """Leave a reply at the place that was asked about; either who asked or who replied may. Returns the piece's id.

    Raises as `helping.request` does, `NotFoundError` for a reply that is not there, is hidden, or is for neither of the
    two to give, `RefusedError` while the question is open, for what was given before, and too often.
    """
    check_claims(lms, claims)
    with lms.database.write(locks.SCHOOL) as transaction:
        know_learner(transaction, claims)
        row = helping.seen(transaction, claims, request_id)
        said = next(
            (each for each in rows.replies_to(transaction, row.id, viewer=claims.user_id) if each.id == reply_id), None
        )
        if said is None or not (said.author.mine or row.author_id == claims.user_id):
            raise NotFoundError("help_reply_not_to_give")
        if said.hidden_reason or said.author.gone:
            raise NotFoundError("help_reply_not_to_give")
        if row.settled_at is None:
            raise RefusedError("help_not_settled")
        if said.given_at is not None:
            raise RefusedError("help_given_before")
        count_post(lms, transaction, claims)
        author_id = rows.author_of_reply(transaction, said.id)
        at = Paragraph(row.digest, row.quote, row.position or "{}") if row.quote else None
        piece = wisdom.left(
            lms,
            transaction,
            course_id=row.course_id,
            lesson_id=row.lesson_id,
            author_id=author_id,
            kind=kind,
            words=said.text,
            at=at,
        )
        rows.set_given(transaction, said.id, now=lms.now_text())
        helping.tell_of(lms, transaction, claims, "help_given", row, to=[author_id, row.author_id])
        return piece
