"""What is counted for who teaches, made again from what learners did: equal to what is kept if nothing is amiss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from azora_tui.data import figure_records
from azora_tui.lms.marks import day_of, silent_from, week_of

if TYPE_CHECKING:
    from azora_tui.data.transaction import Transaction


def kept(transaction: Transaction) -> dict[str, Any]:
    """What is counted, and when each learned, as it is kept."""
    return {**figure_records.stored(transaction), "marks": figure_records.marks(transaction)}


def recounted(transaction: Transaction) -> dict[str, Any]:
    """The same, made again. The day on which somebody enrolled is taken as it is kept."""
    marks: dict[int, tuple[str, str | None, str, list[int]]] = {
        enrollment: (enrolled_on, None, silent, [])
        for enrollment, (enrolled_on, last, silent, _) in figure_records.marks(transaction).items()
        if last is None
    }
    days: dict[int, set[tuple[str, int]]] = {}
    for enrollment, _, at, utc_offset in figure_records.learning(transaction):
        offset = utc_offset or 0
        days.setdefault(enrollment, set()).add((day_of(at, offset), offset))
    for enrollment, (enrolled_on, *_) in figure_records.marks(transaction).items():
        if enrollment in days:
            its = days[enrollment]
            silent = max(silent_from(day, offset) for day, offset in its)
            weeks = sorted({week_of(day, enrolled_on) for day, _ in its})
            marks[enrollment] = (enrolled_on, max(day for day, _ in its), silent, weeks)
    return {**figure_records.counted(transaction), "marks": marks}
