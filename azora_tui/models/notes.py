"""What a learner writes beside a lesson. Times are aware UTC datetimes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A learner's note on a paragraph of a lesson, or without `text` a bookmark.

    `quote` is the paragraph as it was, `digest` and `position` (JSON) are the reader's. `available` is whether course
    and lesson are published now.
    """

    id: int
    uuid: str
    course_id: int
    course_title: str
    lesson_id: int
    lesson_slug: str
    lesson_title: str
    digest: int
    quote: str
    position: str
    text: str | None
    created_at: datetime
    updated_at: datetime
    available: bool


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note where it belongs now: `position` (JSON) is for the reader, None when its paragraph is gone."""

    note: Note
    position: str | None
