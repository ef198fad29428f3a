"""What a search finds."""

from dataclasses import dataclass
from enum import Enum


class HitKind(Enum):
    """What a search found; the value is the word a person reads."""

    COURSE = "course"
    LESSON = "lesson"
    CARD = "review card"
    NOTE = "your note"
    WISDOM = "what others left"


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of text, and the (start, end) of each part that was looked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something that a search found.

    `paragraph` counts the paragraphs of the lesson from 0, None where only its title has what was looked for.
    `enrolled` is whether the learner may open lessons of this course now. `wisdom_id` is of a piece that somebody left
    at the lesson.
    """

    kind: HitKind
    course_id: int
    course_title: str
    lesson_id: int | None
    lesson_slug: str | None
    note_id: int | None
    title: Marked
    snippet: Marked
    paragraph: int | None
    enrolled: bool
    wisdom_id: int | None = None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The most fitting hits, one's own notes first, then what others left; `more` when there may be others."""

    hits: tuple[SearchHit, ...]
    more: bool
