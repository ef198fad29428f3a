"""A database as the other rooms see it, whichever engine is behind it."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from azora_tui.data.engines import sqlite
from azora_tui.data.locks import SCHOOL, Lock
from azora_tui.data.schema import DatabaseKind
from azora_tui.data.stopping import Stop
from azora_tui.data.transaction import Parameters, Transaction


class Database(Protocol):
    """One of our databases, given out in transactions. It is opened, made or migrated on first use."""

    @property
    def path(self) -> Path:
        """The file that it is, in the folder of its school."""

    def read(self, stop: Stop | None = None) -> AbstractContextManager[Transaction]:
        """One consistent view of the data, for as long as the block lasts or until `stop` raises `StoppedError`."""

    def write(self, lock: Lock = SCHOOL) -> AbstractContextManager[Transaction]:
        """One transaction: everything in the block is on disk after it, or, on any exception, nothing is.

        As long as it lasts, no other write that names the same lock, or the school, goes on. Without a lock it is the
        school: what names less lets more go on at once.
        """

    def version(self) -> int:
        """A number that is another one after each write of any process; only numbers of one `Database` compare.

        What was asked for after a version was read is at least as new as it.
        """

    def plan(self, statement: str, parameters: Parameters | None = None) -> list[str]:
        """How the database goes about a statement, in its own words: for looking at, not for rules."""

    def wipe(self) -> None:
        """Leave nothing in its files of what was removed before, which they keep until its place is used again.

        Raises `StorageBusyError` where somebody has been reading or writing for too long.
        """

    def close(self) -> None:
        """Let go of it; the next use opens, and checks, anew."""


def open_database(path: Path, kind: DatabaseKind) -> Database:
    return sqlite.SqliteDatabase(path, kind)
