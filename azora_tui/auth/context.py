"""What every call of the Auth Service works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from azora_tui.data import schema
from azora_tui.data.database import Database, open_database
from azora_tui.ids import uuid7
from azora_tui.paths import Paths
from azora_tui.times import now


@dataclass(frozen=True, slots=True)
class Auth:
    """A school's accounts, with a clock (aware UTC datetimes) and ids that a test can hold still."""

    database: Database
    paths: Paths
    now: Callable[[], datetime]
    new_id: Callable[[], str]


def open_auth(paths: Paths) -> Auth:
    """The Auth Service of the school at `paths`, by the real clock; files are opened when they are needed."""
    return Auth(
        open_database(paths.auth_database, schema.AUTH),
        paths,
        now=now,
        new_id=lambda: uuid7(now()),
    )
