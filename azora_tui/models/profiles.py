"""What people show of themselves, and how two of them stand. Times are aware UTC datetimes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Standing = Literal["myself", "strangers", "asked_by_me", "asked_of_me", "connected"]
"""How somebody stands to who looks."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One's own. `name` is that of the account, which is shown where `display_name` is empty."""

    name: str
    display_name: str = ""
    learning: str = ""
    helping: str = ""
    about: str = ""
    is_open: bool = False
    helps: bool = False

    @property
    def shown_name(self) -> str:
        return self.display_name or self.name


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """Somebody as who looks may see them; of a profile that is not open, only the name.

    `connection_id`, `words` and the times are of the connection, where there is one or one was asked for.
    """

    user_id: int
    name: str
    standing: Standing
    is_open: bool = False
    helps: bool = False
    learning: str = ""
    helping: str = ""
    about: str = ""
    connection_id: int | None = None
    words: str = ""
    asked_at: datetime | None = None
    accepted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """Some of those who show a profile, in the order of their names, and how many there are."""

    people: tuple[PersonSeen, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Connections:
    """Whom somebody is connected with by name, and who asked whom, the newest first."""

    asked_of_me: tuple[PersonSeen, ...]
    connected: tuple[PersonSeen, ...]
    asked_by_me: tuple[PersonSeen, ...]


@dataclass(frozen=True, slots=True)
class Blocked:
    """Whom somebody has blocked, by the name that they had then."""

    user_id: int
    name: str
    at: datetime
