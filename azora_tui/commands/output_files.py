"""Where a command writes a file that a person has named."""

import os
from pathlib import Path

from azora_tui.errors import RefusedError
from azora_tui.paths import typed_path


def output_file(option: str, *, force: bool) -> Path:
    """The path of `--output`. Raises `RefusedError` where something is there, which only `--force` replaces."""
    path = typed_path(option)
    if os.path.lexists(path):
        if not path.is_file():
            raise RefusedError("output_not_a_file", path=path)
        if not force:
            raise RefusedError("output_exists", path=path)
    return path
