"""Ids that are the same on every machine: UUIDs of version 7 (RFC 9562), which begin with the time of their making."""

import os
import threading
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LAST_MICROSECOND = (1 << 48) * 1000 - 1
_SEQUENCE_BITS = 32

_lock = threading.Lock()
_latest = 0


def uuid7(now: datetime) -> str:
    """A new id; within one process each is greater than those before it, also where the clock was set back."""
    global _latest  # noqa: PLW0603  # one order for a whole process
    with _lock:
        _latest = max(_latest + 1, _microseconds(now))
        moment = _latest
    return _made(moment, int.from_bytes(os.urandom(8)))


def uuid7_of(at: datetime, sequence: int) -> str:
    """An id for something that happened before it was given one: ordered by `at`, and within it by `sequence`."""
    random = int.from_bytes(os.urandom(4)) & ((1 << 30) - 1)
    return _made(_microseconds(at), (sequence % (1 << _SEQUENCE_BITS)) << 30 | random)


def _microseconds(moment: datetime) -> int:
    return min(max(0, (moment - _EPOCH) // _MICROSECOND), _LAST_MICROSECOND)


def _made(microseconds: int, tail: int) -> str:
    """The UUID of a time: milliseconds, then what is left of it in 4096ths of one (RFC 9562, 6.2, method 3)."""
    milliseconds, rest = divmod(microseconds, 1000)
    fraction = rest * 4096 // 1000
    number = milliseconds << 80 | 7 << 76 | fraction << 64 | 0b10 << 62 | tail & ((1 << 62) - 1)
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
