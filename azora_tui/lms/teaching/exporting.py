"""What a course's learners did, for other systems, for who teaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azora_tui.data import credentials, events
from azora_tui.formats import xapi
from azora_tui.lms.courses import course_by_id
from azora_tui.lms.teaching.access import check_may_teach, require_teaching

if TYPE_CHECKING:
    from collections.abc import Iterator

    from azora_tui.lms.service import Lms
    from azora_tui.models.accounts import Claims

_SCHOOL = "urn:azora:school"
"""Where accounts are at home while the school has no place on the web."""


def statements(lms: Lms, claims: Claims, course_id: int) -> Iterator[dict[str, Any]]:
    """Each xAPI statement of a course, oldest first. Raises `NotFoundError`, `RefusedError`."""
    check_may_teach(lms, claims)
    with lms.database.read() as transaction:
        require_teaching(transaction, claims, course_by_id(transaction, course_id).id)
        issuer = credentials.issuer(transaction)
        school = (issuer.url if issuer else None) or _SCHOOL
        for event in events.events_in(transaction, course_id, xapi.KINDS):
            yield xapi.statement(event, school)
