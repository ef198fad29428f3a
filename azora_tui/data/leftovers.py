"""What writers that were killed have left in a school's folder."""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from azora_tui.data.schema import alone, translate_os_errors
from azora_tui.errors import StorageError
from azora_tui.paths import sync_directory


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


@contextmanager
def marked(path: Path, *, wait: bool) -> Iterator[bool]:
    """Let an empty file stand at `path` and hold it, as a mark that something is under way, until the block ends or
    this process does; the file stays. False where another holds it, unless that is to be waited for."""
    with translate_os_errors(path):
        descriptor = _held(path, wait=wait)
    if descriptor is None:
        yield False
        return
    try:
        yield True
    finally:
        os.close(descriptor)


def _held(path: Path, *, wait: bool) -> int | None:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            if os.fstat(descriptor).st_nlink:
                sync_directory(path.parent)
                return descriptor
        except BlockingIOError:
            os.close(descriptor)
            return None
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # who held it has removed it
