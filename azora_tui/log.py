"""The log, for whoever mends the program. It holds tracebacks, but no message and no variable, so no secret."""

import os
import platform
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from azora_tui import __version__
from azora_tui.paths import open_file, replace_file

MAX_LOG_BYTES = 256 * 1024
_FRAMES = 40
_CAUSES = 8


def add_to_log(path: Path, error: BaseException) -> None:
    """Add an error to the log (mode 0600), which keeps its newest `MAX_LOG_BYTES` bytes.

    Neither messages nor local variables are written: they may quote what a person typed. Raises `OSError`.
    """
    head = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} azora-tui {__version__}, Python {platform.python_version()}"
    entry = f"{head}, {platform.system()}\n{_trace(error)}\n\n".encode(errors="replace")
    earlier = b""
    with suppress(OSError), open_file(path) as file:  # what cannot be read is replaced
        file.seek(-min(MAX_LOG_BYTES, os.fstat(file.fileno()).st_size), os.SEEK_END)
        earlier = file.read(MAX_LOG_BYTES)
    replace_file(path, (earlier + entry)[-MAX_LOG_BYTES:])


def _trace(error: BaseException) -> str:
    parts: list[str] = []
    current: BaseException | None = error
    while current is not None and len(parts) < _CAUSES:
        frames = "".join(traceback.format_tb(current.__traceback__, limit=-_FRAMES))
        parts.append(f"Traceback (most recent call last):\n{frames}{type(current).__qualname__}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n\nWhile handling, or because of:\n\n".join(parts)
