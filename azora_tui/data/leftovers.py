"""What writers that were killed have left in a school's folder."""

import fcntl
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from azora_tui.data.schema import alone
from azora_tui.errors import StorageError


def clear(found: Iterable[Path]) -> None:
    """Remove these files, except those that somebody is at work on.

    Databases are made and copied only by who holds the folder, all else is locked by its writer. Where another holds
    the folder nothing is removed; the next start tries again.
    """
    for path in found:
        with suppress(StorageError, OSError), alone(path, wait=0.0):
            _remove(path)


def _remove(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()
    finally:
        os.close(descriptor)
