"""Help for who is stuck. Times are aware UTC datetimes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from azora_tui.models.together import Author


@dataclass(frozen=True, slots=True)
class HelpRequest:
    """A question, and where its asker is stuck.

    `quote` is the paragraph or the question of the quiz (`question_id`) in plain words, "" for the lesson as a whole.
    `replies` counts those that exist for who reads this; `available` is whether the lesson is there to be read now.
    `hidden_reason` is why it was hidden from all but its asker, "" where it was not.
    """

    id: int
    uuid: str
    asker: Author
    course_id: int
    course_title: str
    lesson_id: int
    lesson_title: str
    question_id: str | None
    quote: str
    text: str
    asked_at: datetime
    settled_at: datetime | None
    replies: int
    available: bool
    hidden_reason: str = ""


@dataclass(frozen=True, slots=True)
class HelpReply:
    """`given_at` is when it was given to the wisdom of the lesson; `hidden_reason` as of a question, for its author."""

    id: int
    uuid: str
    author: Author
    text: str
    at: datetime
    changed_at: datetime | None
    given_at: datetime | None
    hidden_reason: str = ""


@dataclass(frozen=True, slots=True)
class HelpThread:
    """A question and what was said to it, oldest first.

    `position` (JSON) is where its paragraph is now; None for the lesson as a whole, and where it is gone. `reached` is
    how many may answer now, for its asker; None for others. `withheld`: the asker is taking the lesson's quiz, so
    `replies` are empty until that is over.
    """

    request: HelpRequest
    replies: tuple[HelpReply, ...]
    position: str | None = None
    reached: int | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was just put; `reached` is how many may answer it now."""

    id: int
    reached: int
