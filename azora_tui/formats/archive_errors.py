"""Why a folder or an archive cannot be taken."""

from azora_tui.errors import AzoraError

MAX_RATIO = 200
"""How many times its own size an archive may unpack to."""
_SMALL = 20_000_000
"""What unpacks to no more than this is no bomb, however well it was packed."""


class ArchiveError(AzoraError):
    """A folder or an archive cannot be taken; nothing of it was."""


def most_unpacked(packed: int) -> int:
    """How many bytes an archive of so many may unpack to."""
    return max(packed * MAX_RATIO, _SMALL)


def bomb(name: str) -> ArchiveError:
    return ArchiveError("archive_ratio_too_high", name=name, maximum=MAX_RATIO)
