"""What every function of the LMS Service stands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from azora_tui.data import schema
from azora_tui.data.database import Database, open_database
from azora_tui.data.machine import machine_id
from azora_tui.errors import SessionError
from azora_tui.ids import uuid7
from azora_tui.paths import Paths
from azora_tui.times import now, to_exact_text

if TYPE_CHECKING:
    from azora_tui.models.accounts import Claims


@dataclass(frozen=True, slots=True)
class Lms:
    """The LMS Service: its database, and where it takes the time and new ids from."""

    database: Database
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    @property
    def paths(self) -> Paths:
        """The files that lie beside the database."""
        return Paths(self.database.path.parent)

    def now_text(self) -> str:
        return to_exact_text(self.now())

    def machine(self) -> str:
        """The id under which events are added here; only to be asked for by who writes."""
        return machine_id(self.database)


def open_lms(paths: Paths) -> Lms:
    """The service as it runs for people: the file of this school, the computer's clock, UUIDs of its time."""
    database = open_database(paths.lms_database, schema.LMS)
    return Lms(database, now, lambda: uuid7(now()))


def check_claims(lms: Lms, claims: Claims) -> None:
    """Raise `SessionError` when the claims were verified once but have run out since."""
    if claims.expires_at <= lms.now():
        raise SessionError("claims_expired")
