"""The courses that come with the program."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from azora_tui import __version__
from azora_tui.data import courses, locks
from azora_tui.errors import StorageError

if TYPE_CHECKING:
    from azora_tui.lms.service import Lms

FOLDER = Path(__file__).parents[1] / "courses"

# The order gives the first three the ids of the original service's courses.
SLUGS = ("ubuntu-philosophy", "constitutional-ai", "token-economics", "terminal-basics")

# The original service's lessons keep their ids, so that its clients find them.
_ORIGINAL_LESSONS = {
    "ubuntu-philosophy": {"what-is-ubuntu": 1, "ubuntu-in-practice": 2, "ubuntu-and-technology": 3},
    "constitutional-ai": {"constitutional-principles": 4, "ai-ethics-framework": 5},
    "token-economics": {"azr-token-basics": 6},
}


def load(lms: Lms) -> bool:
    """Install bundled courses that are new or newer than those in lms.db; True when anything changed.

    A start without news compares one fingerprint and reads no course. Where news cannot be written, what is there can
    be read all the same, and the next start tries again.
    """
    fingerprint = _fingerprint(FOLDER)
    with lms.database.read() as transaction:
        known = courses.bundle_fingerprint(transaction)
    if known == fingerprint:
        return False
    try:
        return _install(lms, fingerprint)
    except StorageError:
        if known:
            return False
        raise


def _install(lms: Lms, fingerprint: str) -> bool:
    from azora_tui.formats.course import read_course
    from azora_tui.lms import review, search
    from azora_tui.lms.installing import install

    sources = [read_course(FOLDER / slug) for slug in SLUGS]
    with lms.database.write(locks.SCHOOL) as transaction:
        # A migration that wants these rebuilt has emptied the fingerprint too.
        review.prepare(transaction)
        search.prepare(transaction)
        changed = False
        for source in sources:
            installed = courses.course_by_slug(transaction, source.slug)
            if installed is None or _version(source.version) > _version(installed.version):
                install(lms, transaction, source, lesson_numbers=_ORIGINAL_LESSONS.get(source.slug, {}))
                changed = True
        courses.save_bundle_fingerprint(transaction, fingerprint)
    return changed


def _fingerprint(folder: Path) -> str:
    """A digest of the program's version and of each bundled file's name, size and time: cheap, and different whenever
    the program was updated."""
    digest = hashlib.sha256(f"{__version__}\n".encode())
    for file in sorted(_files(str(folder)), key=lambda each: each.path):
        state = file.stat()
        digest.update(f"{file.name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files(folder: str) -> Iterator[os.DirEntry[str]]:
    """Each file in a folder and below. Unlike `Path.rglob` this takes less time than the rest of a start."""
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _files(entry.path)
        else:
            yield entry


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
