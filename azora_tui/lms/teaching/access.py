"""Who may teach, and what: asked by every call of a teacher, in the transaction that it is for.

An instructor teaches the courses that they brought in or were named for, an admin every course (`docs/roles.md`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.data import teachers
from azora_tui.errors import RefusedError
from azora_tui.lms.service import check_claims

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims


def check_may_teach(lms: Lms, claims: Claims, code: str = "teaching_not_allowed") -> None:
    """Raise `RefusedError` (`code`) for learners, who teach nothing; `SessionError` as `check_claims`."""
    check_claims(lms, claims)
    if claims.role not in ("instructor", "admin"):
        raise RefusedError(code)


def teaches(transaction: Transaction, claims: Claims, course_id: int) -> bool:
    """Whether somebody may act as the teacher of a course; being named is not enough for who is a learner now."""
    if claims.role == "admin":
        return True
    return claims.role == "instructor" and teachers.teaches(transaction, course_id=course_id, user_id=claims.user_id)


def require_teaching(transaction: Transaction, claims: Claims, course_id: int) -> None:
    """Raise `RefusedError` for who does not teach this course."""
    if not teaches(transaction, claims, course_id):
        raise RefusedError("not_your_course")
