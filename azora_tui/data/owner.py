"""Who owns a file on this computer: whoever does can write anything into it anyway."""

import os
from pathlib import Path


def is_owner(path: Path) -> bool:
    """Whether this process runs for the account that owns the file. Raises `OSError` where that cannot be told."""
    return path.stat().st_uid == os.getuid()
