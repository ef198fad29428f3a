"""A course while it is being written: its files, watched, and what they hold each time one is saved."""

import os
from dataclasses import dataclass
from pathlib import Path

from azora_tui.formats.checking import read_checked
from azora_tui.formats.course import Fault
from azora_tui.models.course_sources import LessonSource

_MAX_FILES = 10_000

Stamp = tuple[tuple[str, int, int], ...]
"""Name, time and size of each file: another one when something was saved."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The lessons that can be read now, every fault, and the state of the files they were read from."""

    lessons: tuple[LessonSource, ...]
    faults: tuple[Fault, ...]
    stamp: Stamp


def read_draft(folder: Path, before: Stamp | None = None) -> Draft | None:
    """What a course's folder holds now; None while its files are as they were at `before`. Never raises."""
    stamp = _stamp(folder)
    if stamp == before:
        return None
    lessons, faults = read_checked(folder)
    return Draft(tuple(each.lesson for each in lessons), faults, stamp)


def _stamp(folder: Path) -> Stamp:
    """Hidden folders, such as that of git, are passed over."""
    found: list[tuple[str, int, int]] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            try:
                state = path.stat()
            except OSError:
                continue
            found.append((str(path), state.st_mtime_ns, state.st_size))
            if len(found) == _MAX_FILES:
                return tuple(found)
    return tuple(found)
