"""What earlier learners left at a lesson. Times are aware UTC datetimes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azora_tui.models.together import Author


class WisdomKind(Enum):
    """What a piece is; the value is the word a person reads."""

    TIP = "tip"
    EXAMPLE = "example"
    EXPLANATION = "explanation"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that somebody left, as its reader may see it.

    `text` and `answer` (by who teaches the course, "" for none) are Markdown. `quote` is the paragraph that it is
    about, as it was, "" for the whole lesson; `position` (JSON) is the reader's. `thanks` is how many have thanked;
    `thanked` and `reported` are whether this reader has. A hidden piece is read only by its author and by who teaches
    the course, with `hidden_reason`.
    """

    id: int
    uuid: str
    kind: WisdomKind
    text: str
    author: Author
    course_id: int
    course_title: str
    lesson_id: int
    lesson_slug: str
    lesson_title: str
    digest: int | None
    quote: str
    position: str | None
    written_at: datetime
    changed_at: datetime | None
    thanks: int
    thanked: bool
    reported: bool
    pinned: bool
    hidden_reason: str
    answer: str
    answered_at: datetime | None
    taken_over_at: datetime | None

    @property
    def hidden(self) -> bool:
        return bool(self.hidden_reason)


@dataclass(frozen=True, slots=True)
class LessonWisdom:
    """What was left at a lesson or at one of its paragraphs: the best `pieces`, of `total`, which is not counted
    beyond a hundred where fewer are given.

    While `quiz_open`, this reader has begun the lesson's quiz and not finished it, and there are no pieces. `may_write`
    is who has completed the lesson or teaches its course, `teaches` the latter.
    """

    lesson_id: int
    pieces: tuple[Piece, ...]
    total: int
    quiz_open: bool
    may_write: bool
    teaches: bool


@dataclass(frozen=True, slots=True)
class Reported:
    """Words that were reported, for who teaches the course where they stand.

    `kind` is what they are: "wisdom", "circle_post", "help_request" or "help_reply". `place` is the title of the
    lesson, or the name of the circle, and then there is no `lesson_id`.
    """

    kind: str
    id: int
    text: str
    author: Author
    at: datetime
    course_id: int
    course_title: str
    lesson_id: int | None
    place: str
    hidden_reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody told who teaches about words of another. Who it was is not said. `piece` is there for wisdom."""

    id: int
    reason: str
    at: datetime
    about: Reported
    piece: Piece | None
