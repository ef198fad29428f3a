"""A school's folder that holds databases of the original services: put aside, so that ours can take their place.

First a whole copy of them stands in `adopting/`; from then on the originals may go, and whoever finds that folder
goes on from it. When everything is taken over it becomes `original/`, the backup. So a run that was interrupted
anywhere is finished by the next.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from azora_tui.data import schema
from azora_tui.paths import Paths, open_file, replace_file, sync_directory

_KINDS = (schema.AUTH, schema.LMS)
_MAGIC = b"SQLite format 3\x00"


def pending(paths: Paths) -> bool:
    """Whether the folder holds databases of the original services that are yet to be taken over."""
    return adopting(paths).is_dir() or any(may_be_original(_file(paths, kind)) for kind in _KINDS)


def may_be_original(path: Path) -> bool:
    """Whether the file's first bytes are those of a database that no program has put its mark on."""
    try:
        with open_file(path) as file:
            header = file.read(100)
    except OSError:
        return False
    return len(header) == 100 and header.startswith(_MAGIC) and header[68:72] == bytes(4)


def adopting(paths: Paths) -> Path:
    return paths.home / "adopting"


def put_aside(paths: Paths, hashed: Callable[[Sequence[str]], Sequence[str]] | None) -> None:
    """Copy the originals into `adopting/`, passwords replaced by what `hashed` makes of them, and take them away.

    Where there is nothing to put aside, nothing happens.
    Raises `StorageError` for databases that are not of the original services; they stay as they are.
    """
    import shutil

    from azora_tui.data.legacy import backup

    aside = adopting(paths)
    with schema.alone(aside), schema.translate_os_errors(paths.home):
        if not aside.is_dir():
            new = paths.home / ".adopting.new"
            shutil.rmtree(new, ignore_errors=True)  # what a run that was killed has left
            copies = {
                kind: backup(_file(paths, kind), kind, hashed) for kind in _KINDS if may_be_original(_file(paths, kind))
            }
            if not copies:
                return
            new.mkdir(mode=0o700)
            for kind, copy in copies.items():
                replace_file(_file(Paths(new), kind), copy)
            sync_directory(new)
            new.rename(aside)
            sync_directory(paths.home)
        for kind in _KINDS:
            if may_be_original(_file(paths, kind)) and _file(Paths(aside), kind).exists():
                _remove(_file(paths, kind))
        sync_directory(paths.home)


def keep_backup(paths: Paths) -> Path | None:
    """Name the copies of the originals as the backup that they are from now on; None where another run has."""
    aside = adopting(paths)
    with schema.alone(aside), schema.translate_os_errors(paths.home):
        if not aside.is_dir():
            return None
        number = 1
        while os.path.lexists(kept := paths.home / ("original" if number == 1 else f"original-{number}")):
            number += 1
        aside.rename(kept)
        sync_directory(paths.home)
        return kept


def _file(paths: Paths, kind: schema.DatabaseKind) -> Path:
    return paths.auth_database if kind is schema.AUTH else paths.lms_database


def _remove(path: Path) -> None:
    # The file itself last: a log left behind without it would be taken for that of the next file of its name.
    for suffix in ("-wal", "-shm", "-journal", ""):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
