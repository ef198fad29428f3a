"""What is new for a learner, and what was said to everybody in a course. Times are aware UTC datetimes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

NewsKind = Literal["announcement", "message", "task_answer"]


@dataclass(frozen=True, slots=True)
class NewsItem:
    """Something said to a learner: `author` is what they were called then, `text` is Markdown.

    `lesson_id` and `lesson_title` are of the lesson that it is about, where it is about one; a `task_answer` is about
    work that was handed in at its task, and says whether it was `accepted`.
    """

    kind: NewsKind
    uuid: str
    course_id: int
    course_title: str
    author: str
    text: str
    at: datetime
    read_at: datetime | None = None
    lesson_id: int | None = None
    lesson_title: str = ""
    task_id: str = ""
    task_title: str = ""
    accepted: bool | None = None


@dataclass(frozen=True, slots=True)
class Announcement:
    """What was said to everybody in a course, for who teaches it; `readers` is how many have read it."""

    id: int
    uuid: str
    course_id: int
    author: str
    text: str
    at: datetime
    readers: int
