"""The word that lets a class into its course: compared without telling anything by time, and slow to be guessed."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from azora_tui.data import course_rules
from azora_tui.models.enrolling import EnrollOutcome, EnrollResult
from azora_tui.times import from_text, to_exact_text

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction
    from azora_tui.lms.service import Lms
    from azora_tui.models.courses import Course

MAX_WRONG_KEYS = 5
"""So many in an hour, and the next one waits."""

_HOUR = timedelta(hours=1)


def refusal_of_key(
    lms: Lms, transaction: Transaction, user_id: int, course: Course, key: str | None
) -> EnrollResult | None:
    """Why a key does not let somebody into a course that asks for one; a wrong one is noted, so the transaction has to
    end well."""
    if key is None or not key.strip():
        return EnrollResult(EnrollOutcome.KEY_NEEDED)
    now = lms.now()
    hour_ago = to_exact_text(now - _HOUR)
    wrong = course_rules.wrong_keys(transaction, user_id=user_id, course_id=course.id, since=hour_ago)
    if len(wrong) >= MAX_WRONG_KEYS:
        wait = from_text(wrong[MAX_WRONG_KEYS - 1]) + _HOUR - now
        return EnrollResult(EnrollOutcome.KEY_WAIT, values={"minutes": -int(-wait.total_seconds() // 60)})
    if not same_key(key, course_rules.key_of(transaction, course.id) or ""):
        course_rules.forget_wrong_keys(transaction, user_id=user_id, course_id=course.id, until=hour_ago)
        course_rules.add_wrong_key(transaction, user_id=user_id, course_id=course.id, at=to_exact_text(now))
        return EnrollResult(EnrollOutcome.KEY_WRONG)
    if wrong:
        course_rules.forget_wrong_keys(transaction, user_id=user_id, course_id=course.id, until=to_exact_text(now))
    return None


def same_key(one: str, other: str) -> bool:
    """Case, blanks around them and ways to compose a letter aside."""
    from hmac import compare_digest  # few courses have a key

    return compare_digest(_as_compared(one), _as_compared(other))


def _as_compared(key: str) -> bytes:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", key).casefold()).strip().encode(errors="replace")
