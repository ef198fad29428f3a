"""What every kind of company has in common. Times are aware UTC datetimes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a lesson as its reader has it: `digest` is its fingerprint, `quote` its text, `position` JSON."""

    digest: int
    quote: str
    position: str


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote something, as its reader may know them.

    `name` is None for who shows no name to this reader, and then `user_id` is, too: nobody is told that two things are
    by the same person. `gone` is who has left the school, or whose account is closed.
    """

    user_id: int | None
    name: str | None
    gone: bool = False
    mine: bool = False
