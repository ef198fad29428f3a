"""When somebody learned last in a course, and in which weeks: kept in the transaction of what they do.

A day is the day that it was where the learner was. `SILENT_AFTER` days after the last one, from its beginning there on,
they are silent: one moment for whoever looks, wherever they are.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from azora_tui.data import marks
from azora_tui.times import from_text, local_day

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction

SILENT_AFTER = 14
"""Days without learning after which somebody who is under way is silent."""

LEARNING = frozenset(
    (
        "opened", "place_kept", "completed", "completed_again", "quiz_started", "quiz_resumed", "hint_opened",
        "answered", "quiz_finished", "note_written", "task_handed_in", "completion_held",
    )
)  # fmt: skip
"""The events that are learning; so is a rating in the review."""

_END_OF_CALENDAR = "9999-12-31 00:00:00"


def day_of(at: str, utc_offset: int) -> str:
    """The day (ISO) of a stored time where clocks are so many minutes ahead of UTC."""
    return local_day(from_text(at), utc_offset).isoformat()


def silent_from(day: str, utc_offset: int) -> str:
    """The stored time from which somebody is silent who learned last on a day (ISO), where clocks were so far ahead."""
    begins = datetime.combine(date.fromisoformat(day), datetime.min.time())
    try:
        begins += timedelta(days=SILENT_AFTER, minutes=-utc_offset)
    except OverflowError:
        return _END_OF_CALENDAR
    return begins.isoformat(" ", "seconds")


def learned(transaction: Transaction, *, user_id: int, course_id: int, at: str, utc_offset: int) -> None:
    """Keep that somebody learned in a course at a stored time; nothing where they are not enrolled in it."""
    day = day_of(at, utc_offset)
    marked = marks.learned(
        transaction, user_id=user_id, course_id=course_id, day=day, silent_from=silent_from(day, utc_offset)
    )
    if marked is not None:
        marks.add_week(
            transaction,
            enrollment_id=marked.id,
            course_id=course_id,
            cohort=cohort_of(marked.enrolled_on),
            week=week_of(day, marked.enrolled_on),
        )


def began_earlier(transaction: Transaction, enrollment_id: int, course_id: int, at: str, utc_offset: int) -> None:
    """Keep that somebody enrolled at a stored time that is earlier than was known: their cohort is another then."""
    day = day_of(at, utc_offset)
    before = marks.begin_earlier(transaction, enrollment_id, day=day, silent_from=silent_from(day, utc_offset))
    weeks = marks.forget_weeks(transaction, enrollment_id=enrollment_id, course_id=course_id, cohort=cohort_of(before))
    later = week_of(before, day)
    for week in weeks:
        marks.add_week(
            transaction,
            enrollment_id=enrollment_id,
            course_id=course_id,
            cohort=cohort_of(day),
            week=week + later,
        )


def cohort_of(enrolled_on: str) -> str:
    """The Monday of the week of a day (both ISO)."""
    return _monday(enrolled_on).isoformat()


def week_of(day: str, enrolled_on: str) -> int:
    """How many weeks, Monday to Sunday, a day is after that of the enrolment; what lies before it counts with it."""
    return max(0, (_monday(day) - _monday(enrolled_on)).days // 7)


def days_between(enrolled_on: str, day: str) -> int:
    """Days from enrolling to another day (both ISO), at least none."""
    return max(0, (date.fromisoformat(day) - date.fromisoformat(enrolled_on)).days)


def _monday(day: str) -> date:
    found = date.fromisoformat(day)
    return found - timedelta(days=found.weekday())
