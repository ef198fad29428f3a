"""The time that somebody reads."""

from datetime import datetime

_MAX_PAUSE_SECONDS = 120.0
"""Seconds without a key that still count as reading."""


class ReadingTime:
    """Counts from one sign of life to the next, longer pauses as `_MAX_PAUSE_SECONDS`."""

    def __init__(self) -> None:
        self._last_seen: datetime | None = None
        self._seconds = 0.0

    def begin(self, now: datetime) -> None:
        """Somebody begins to read; what was before does not count."""
        self._last_seen = now

    def go_on(self, now: datetime) -> None:
        """Somebody is still there."""
        if self._last_seen is not None:
            self._seconds += min(max(0.0, (now - self._last_seen).total_seconds()), _MAX_PAUSE_SECONDS)
        self._last_seen = now

    def take_minutes(self, now: datetime) -> int:
        """The whole minutes since they were last taken; the rest is kept for the next time."""
        self.go_on(now)
        minutes, self._seconds = divmod(self._seconds, 60)
        return int(minutes)
