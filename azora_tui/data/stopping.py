"""Ending a read early."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from azora_tui.errors import StoppedError


class Stop:
    """Ends one read early, from another thread: whatever the database is doing for it is interrupted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._interrupt: Callable[[], None] | None = None
        self._stopped = False

    def now(self) -> None:
        """End the read; one that has ended, or has not begun, only never begins again."""
        with self._lock:
            self._stopped = True
            if self._interrupt is not None:
                self._interrupt()

    @contextmanager
    def watching(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Let `now` call this, and only for as long as the block lasts: others use the connection after it."""
        with self._lock:
            if self._stopped:
                raise StoppedError("read_not_begun")
            self._interrupt = interrupt
        try:
            yield
        finally:
            with self._lock:
                self._interrupt = None
