"""The token of the person who is signed in on this computer, kept between two runs.

Under it stands a seal, its HMAC-SHA256 (RFC 2104) with the signing key's file as the key. Whoever can make the seal
could sign the token as well. A start checks it in a millisecond, where loading what checks a signature takes longer
than all else that Home needs.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from azora_tui.auth.tokens import MAX_KEY_BYTES, MAX_LENGTH
from azora_tui.errors import StorageError
from azora_tui.paths import open_file, read_file, replace_file

if TYPE_CHECKING:
    from azora_tui.paths import Paths

_KEPT = re.compile(r"([\w-]+\.[\w-]+\.[\w-]+)(?:\n([0-9a-f]{64}))?", re.ASCII)
_SEAL_LENGTH = 65


@dataclass(frozen=True, slots=True)
class Kept:
    """A token, and whether its seal shows that it was verified when it was kept, under the key that is still ours."""

    token: str = field(repr=False)
    is_verified: bool


def keep(paths: Paths, token: str) -> None:
    """Keep a token that was just signed or verified (mode 0600), whole or not at all.

    Raises `StorageError` where that cannot be done.
    """
    try:
        replace_file(paths.session, "\n".join([token, *_seal(paths, token)]).encode("ascii"))
    except OSError as error:
        raise StorageError("session_not_kept", path=paths.session, reason=error.strerror) from error


def load(paths: Paths) -> Kept | None:
    """The kept token; None where there is none, or nothing that could be one."""
    try:
        with open_file(paths.session) as file:
            text = file.read(MAX_LENGTH + _SEAL_LENGTH + 1).decode("ascii")
    except (OSError, ValueError):
        return None
    found = _KEPT.fullmatch(text)
    if found is None or len(found[1]) > MAX_LENGTH:
        return None
    return Kept(found[1], any(hmac.compare_digest(seal, found[2] or "") for seal in _seal(paths, found[1])))


def forget(paths: Paths) -> None:
    """Remove the kept token; a `StorageError` where it is there and cannot be removed."""
    try:
        paths.session.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError("session_not_removed", path=paths.session, reason=error.strerror) from error


def _seal(paths: Paths, token: str) -> list[str]:
    """The seal of a token, or nothing where there is no key to make it with."""
    try:
        key = read_file(paths.token_key, MAX_KEY_BYTES)
    except OSError:
        return []
    return [hmac.digest(key, token.encode("ascii"), "sha256").hex()] if key else []
