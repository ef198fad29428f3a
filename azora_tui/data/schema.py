"""Our two databases, the migrations of each (the numbered `.sql` files of `migrations/<kind>`), and their folder."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from azora_tui.errors import StorageBusyError, StorageError

Steps = list[tuple[int, str]]

WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class DatabaseKind:
    """One of our two databases: its folder of migrations and the `application_id` that marks its files."""

    name: str
    application_id: int
    holds: str


AUTH = DatabaseKind("azora", 0x417A4155, "accounts")
LMS = DatabaseKind("lms", 0x417A4C4D, "courses and progress")


def migrations(kind: DatabaseKind) -> Steps:
    """Every (version, SQL text) of a kind, in order."""
    folder = Path(__file__).with_name("migrations") / kind.name
    return sorted((int(file.name.split("_")[0]), file.read_text(encoding="utf-8")) for file in folder.glob("*.sql"))


@contextmanager
def alone(path: Path, *, wait: float | None = None) -> Iterator[None]:
    """Hold the folder of `path` against others that create or migrate; a process that dies lets go of it.

    Raises `StorageBusyError` where another holds it for longer than `wait` seconds (by default `WAIT_SECONDS`).
    """
    with translate_os_errors(path):
        descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        seconds = WAIT_SECONDS if wait is None else wait
        deadline = time.monotonic() + seconds
        while not _locked(descriptor, path):
            if time.monotonic() > deadline:
                raise StorageBusyError("preparation_busy", folder=path.parent, seconds=seconds)
            time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int, path: Path) -> bool:
    with translate_os_errors(path):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


@contextmanager
def translate_os_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError("database_not_opened", path=path, reason=error.strerror) from error
