"""A course's folder on the disk: written whole, or not at all."""

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from azora_tui.paths import make_folders, replace_file


def write_folder(folder: Path, files: Mapping[str, bytes], *, mode: int = 0o600) -> list[Path]:
    """Write files, by their paths below it, into a folder that is new or empty; their whole paths.

    Raises `OSError` where it cannot be written, by the number `ENOTEMPTY` where something is in it; whatever was made
    until then is taken away again.
    """
    made: list[Path] = []
    written: list[Path] = []
    try:
        _make(folder, made)
        if any(folder.iterdir()):
            raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), str(folder))
        for name, content in files.items():
            path = folder / name
            _make(path.parent, made)
            written.append(path)
            replace_file(path, content)
            path.chmod(mode)
    except BaseException:
        with suppress(OSError):
            for path in written:
                path.unlink(missing_ok=True)
            for each in reversed(made):
                each.rmdir()
        raise
    return written


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder with all above it, and add what was missing to `made`, the uppermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    made += reversed(missing)
    make_folders(folder)
