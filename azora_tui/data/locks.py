"""What a write keeps others from: whoever asks for the same lock waits until it has ended.

SQLite has one writer at a time, so there a lock is without effect. A database with many keeps to it, and the locks of
a rule are named in `docs/decisions/locks.md`.
"""


class Lock:
    """Plain classes: every start makes these, and a dataclass of each would cost it a millisecond."""

    __slots__ = ("id",)

    def __init__(self, id: int = 0) -> None:
        self.id = id


class School(Lock):
    """Everything: no other write goes on beside it."""

    __slots__ = ()


class Course(Lock):
    """What a course is and who is in it."""

    __slots__ = ()


class Learner(Lock):
    """What one person has and does; beside it go the writes of others."""

    __slots__ = ()


SCHOOL = School()
