"""What a write keeps others from: whoever asks for the same lock waits until it has ended.

SQLite has one writer at a time, so there a lock is without effect. A database with many keeps to it, and the locks of
a rule are named in `docs/decisions/locks.md`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class School:
    """Everything: no other write goes on beside it."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a course is and who is in it."""

    id: int


@dataclass(frozen=True, slots=True)
class Learner:
    """What one person has and does; beside it go the writes of others."""

    id: int


Lock = School | Course | Learner

SCHOOL = School()
