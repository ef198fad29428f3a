"""What is new for somebody, and what waits for them. Times are aware UTC datetimes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from azora_tui.models.circles import Circle
from azora_tui.models.together import Author


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was told to somebody: `about_id` is a row of the table that its kind is about.

    `words` are what was said, where the kind has words that stand here; `actor` is nobody where nobody did it.
    """

    uuid: str
    kind: str
    about_id: int
    actor: Author | None
    at: datetime
    read_at: datetime | None
    course_id: int | None = None
    course_title: str = ""
    lesson_id: int | None = None
    lesson_title: str = ""
    circle_id: int | None = None
    circle_name: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks to be connected; `is_new` until that was read."""

    connection_id: int
    author: Author
    words: str
    asked_at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """`new` is told newest first, without what stands among the `requests`; `circles` are all of one's own."""

    new: tuple[Notice, ...]
    requests: tuple[Request, ...]
    circles: tuple[Circle, ...]

    @property
    def count(self) -> int:
        """How much is new."""
        return sum(each.read_at is None for each in self.new) + sum(each.is_new for each in self.requests)
