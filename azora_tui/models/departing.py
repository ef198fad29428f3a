"""What somebody takes along, and their wish to leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Taken(NamedTuple):
    """A file of the archive that somebody takes along: its name in it, what it holds in words, and its content in
    parts, which are to be read before the next file is asked for."""

    name: str
    what: str
    parts: Iterable[bytes]


class Leaving(NamedTuple):
    """Who is leaving for good. `nobody` is the uuid that takes the place of theirs where something stays without a
    name; `asked_at` is a stored time. `email_key` is "" once the account is gone."""

    user_id: int
    uuid: str
    nobody: str
    email_key: str
    asked_at: str
