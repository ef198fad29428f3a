"""Circles of learners and their boards. Times are aware UTC datetimes, `until` is a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from azora_tui.models.together import Author

FEWEST = 3
MOST = 12
"""People in a circle: with fewer it waits for others, and no more come in."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle as one of its members sees it.

    `people` are those who are there for them, `there` those of them who say that they have reached the goal; `posts`
    counts replies, too. `made_here` is whether it is this member who may change it.
    """

    id: int
    uuid: str
    course_id: int
    course_title: str
    name: str
    goal: str
    until: date
    word: str
    people: int
    there: int
    posts: int
    made_here: bool
    shows_progress: bool
    is_there: bool

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for others; it works all the same."""
        return self.people < FEWEST


@dataclass(frozen=True, slots=True)
class Member:
    """`percent` of the course only of who shows it."""

    author: Author
    joined_at: datetime
    percent: int | None
    is_there: bool
    made_it: bool


@dataclass(frozen=True, slots=True)
class CircleWeek:
    """What a circle did since Monday: lessons of those who show their progress, and posts with their replies."""

    lessons: int
    posts: int


@dataclass(frozen=True, slots=True)
class CirclePage:
    circle: Circle
    members: tuple[Member, ...]
    week: CircleWeek


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody wrote on a board, Markdown that is shown as text; a reply has the post that it is to.

    One that was `taken_back` has no words and no author, and stands only where others have replied. So does one that
    was `hidden`, for all but its author, who reads its words and the reason.
    """

    id: int
    uuid: str
    circle_id: int
    parent_id: int | None
    author: Author
    text: str
    at: datetime
    changed_at: datetime | None = None
    taken_back: bool = False
    hidden: bool = False
    hidden_reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of it but the replies to it."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Thread:
    """A post with its replies, oldest first."""

    post: Post
    replies: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Threads from `offset` on, those with the newest words first, of `total`."""

    offset: int
    threads: tuple[Thread, ...]
    total: int
