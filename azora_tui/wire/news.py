"""The JSON shapes of what who teaches a course says to who is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.times import to_text
from azora_tui.wire.answers import optional_time

if TYPE_CHECKING:
    from azora_tui.models.news import Announcement, NewsItem
    from azora_tui.wire.answers import Json


def news_item(item: NewsItem) -> Json:
    """`text` is Markdown; `lesson_id` is null where it is about no lesson, `read_at` until it is read."""
    return {
        "kind": item.kind,
        "uuid": item.uuid,
        "course_id": item.course_id,
        "course_title": item.course_title,
        "lesson_id": item.lesson_id,
        "lesson_title": item.lesson_title or None,
        "task_id": item.task_id or None,
        "accepted": item.accepted,
        "author": item.author,
        "text": item.text,
        "at": to_text(item.at),
        "read_at": optional_time(item.read_at),
    }


def announcement(announced: Announcement) -> Json:
    return {
        "id": announced.id,
        "uuid": announced.uuid,
        "course_id": announced.course_id,
        "author": announced.author,
        "text": announced.text,
        "at": to_text(announced.at),
        "readers": announced.readers,
    }
