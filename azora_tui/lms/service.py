"""What every function of the LMS Service stands on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from azora_tui.data import schema
from azora_tui.data.database import Database, open_database
from azora_tui.data.machine import machine_id
from azora_tui.data.owner import is_owner
from azora_tui.errors import RefusedError, SessionError
from azora_tui.ids import uuid7
from azora_tui.paths import Paths
from azora_tui.times import from_text, local_day, now, to_exact_text

if TYPE_CHECKING:
    from azora_tui.models.accounts import Claims


@dataclass(frozen=True, slots=True)
class Lms:
    """The LMS Service: its database, and where it takes the time and new ids from.

    `zone` is where the learner is, whose days begin and end there; without one, this computer's.
    """

    database: Database
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    zone: tzinfo | None = None

    @property
    def paths(self) -> Paths:
        """The files that lie beside the database."""
        return Paths(self.database.path.parent)

    def now_text(self) -> str:
        return to_exact_text(self.now())

    def utc_offset(self, at: str) -> int:
        """Minutes by which clocks are ahead of UTC, where the learner is now, at a stored time."""
        return _utc_offset(self.zone, at[:15], time.tzname)

    def today(self) -> date:
        """The day that it is now where the learner is."""
        return local_day(self.now(), self.utc_offset(self.now_text()))

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


def check_admin_or_owner(lms: Lms, claims: Claims | None, code: str) -> None:
    """Raise for whoever does not run the school: is no admin by their claims, or without claims does not own its file.

    `SessionError` as `check_claims`, else `RefusedError` (`code`). Where there is no file yet, nobody is kept from it.
    """
    path = lms.database.path
    if claims is not None:
        check_claims(lms, claims)
        allowed = claims.role == "admin"
    else:
        allowed = not path.exists() or is_owner(path)
    if not allowed:
        raise RefusedError(code, path=path)


@lru_cache(maxsize=1024)
def _utc_offset(zone: tzinfo | None, ten_minutes: str, _names: tuple[str, str]) -> int:
    """By tens of minutes, at which alone clocks are changed: an enrolment is too short to ask for each."""
    if zone is None:
        time.tzset()  # or a program that travelled with its computer would never notice
    try:
        offset = from_text(f"{ten_minutes}0:00").astimezone(zone).utcoffset()
    except OverflowError:  # at the ends of the calendar
        return 0
    return 0 if offset is None else round(offset.total_seconds() / 60)
