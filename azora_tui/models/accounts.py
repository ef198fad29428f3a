"""Who is signed in. Times are aware UTC datetimes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Role = Literal["learner", "instructor", "admin"]
EndedFor = Literal["role_changed", "account_closed"]
"""Why an admin's deed has ended a session, as its person is told."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says: all that passes from the Auth Service to the LMS Service."""

    user_id: int
    user_uuid: str
    email: str
    name: str
    role: Role
    session_id: str
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """One kept sign-in of an account."""

    id: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    ended_for: EndedFor | None = None
