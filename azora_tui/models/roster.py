"""A class as a list of people: who is to be enrolled, what becomes of each, and who is in a course."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import NamedTuple


class Person(NamedTuple):
    """Somebody on a list. `user_id` is None for who has no account yet."""

    user_id: int | None
    uuid: str
    name: str
    email: str


class RosterOutcome(Enum):
    """What becomes of a person on a list; the value is the word for programs."""

    ENROLLED = "enrolled"
    RESTORED = "restored"
    ALREADY_ENROLLED = "already_enrolled"
    WAITLISTED = "waitlisted"
    ALREADY_WAITING = "already_waiting"


class RosterLine(NamedTuple):
    """A person of a course, as its teacher takes the list away. `state` is a word; `progress` is None for a course
    without required lessons, and for who waits."""

    name: str
    email: str
    state: str
    progress: int | None
    enrolled_at: datetime
