"""Times as the databases hold them: UTC text, `YYYY-MM-DD HH:MM:SS`, as in the original services."""

import re
from datetime import UTC, datetime

_STORED = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)


def to_text(moment: datetime) -> str:
    """An aware datetime as stored text; fractions of a second are dropped. Raises `ValueError` for a naive
    one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} does not say which zone it is in")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "seconds")


def from_text(text: str) -> datetime:
    """Stored text as an aware UTC datetime; raises `ValueError` on anything else."""
    if not _STORED.fullmatch(text):
        raise ValueError(f"{text!r} is not a stored time")
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def from_text_or_none(text: str | None) -> datetime | None:
    return None if text is None else from_text(text)
