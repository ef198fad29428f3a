"""Times as text, in UTC: to the second as the original services wrote them, to the microsecond as we keep them."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from azora_tui.errors import StorageError

LAST_YEAR = 9_000
"""The last year that is believed: what comes centuries later still has a date."""

_STORED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?", re.ASCII)


def now() -> datetime:
    """The computer's clock, in UTC. Raises `StorageError` where it is beyond what can be calculated with."""
    moment = datetime.now(UTC)
    if moment.year > LAST_YEAR:
        raise StorageError("clock_wrong", year=moment.year)
    return moment


def to_text(moment: datetime) -> str:
    """An aware datetime as `YYYY-MM-DD HH:MM:SS`, its fraction dropped. Raises `ValueError` for a naive one."""
    return _text(moment, "seconds")


def to_exact_text(moment: datetime) -> str:
    """The same with microseconds: what happened in one second keeps its order. Sorts among texts without them."""
    return _text(moment, "microseconds")


@lru_cache(maxsize=512)
def from_text(text: str) -> datetime:
    """Stored text, with a fraction or without, as an aware UTC datetime; raises `ValueError` on anything else.

    Remembered: one moment stands in several rows, and in the same ones again.
    """
    if not _STORED.fullmatch(text):
        raise ValueError(f"{text!r} is not a stored time")
    return datetime.fromisoformat(f"{text}+00:00")


def local_day(moment: datetime, utc_offset: int) -> date:
    """The day that it is at an aware moment where clocks are `utc_offset` minutes ahead of UTC."""
    try:
        return (moment.astimezone(UTC) + timedelta(minutes=utc_offset)).date()
    except OverflowError:  # at the ends of the calendar
        return moment.date()


def iso_day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def from_text_or_none(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)


def _text(moment: datetime, timespec: str) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} does not say which zone it is in")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", timespec)
