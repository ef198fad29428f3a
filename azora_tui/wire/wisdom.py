"""The JSON shapes of what others left at a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.times import to_text
from azora_tui.wire.answers import optional_time

if TYPE_CHECKING:
    from azora_tui.models.wisdom import LessonWisdom, Piece, Report
    from azora_tui.wire.answers import Json


def piece(found: Piece) -> Json:
    """`text` and `answer` are Markdown; `author` is null for who shows no name, `quote` for the whole lesson."""
    return {
        "id": found.id,
        "uuid": found.uuid,
        "kind": found.kind.value,
        "text": found.text,
        "author": found.author.name,
        "author_gone": found.author.gone,
        "mine": found.author.mine,
        "course_id": found.course_id,
        "course_title": found.course_title,
        "lesson_id": found.lesson_id,
        "lesson_slug": found.lesson_slug,
        "lesson_title": found.lesson_title,
        "quote": found.quote or None,
        "written_at": to_text(found.written_at),
        "changed_at": optional_time(found.changed_at),
        "thanks": found.thanks,
        "thanked": found.thanked,
        "reported": found.reported,
        "pinned": found.pinned,
        "hidden_reason": found.hidden_reason or None,
        "answer": found.answer or None,
        "answered_at": optional_time(found.answered_at),
        "taken_over_at": optional_time(found.taken_over_at),
    }


def lesson_wisdom(found: LessonWisdom) -> Json:
    """While `quiz_open`, there are no pieces, whatever was left."""
    return {
        "lesson_id": found.lesson_id,
        "total": found.total,
        "quiz_open": found.quiz_open,
        "may_write": found.may_write,
        "pieces": [piece(each) for each in found.pieces],
    }


def report(found: Report) -> Json:
    """`about` is what was reported, of whatever kind; `wisdom` is null but for a piece, as `piece` has it."""
    return {
        "id": found.id,
        "reason": found.reason,
        "at": to_text(found.at),
        "about": {
            "kind": found.about.kind,
            "id": found.about.id,
            "text": found.about.text,
            "author": found.about.author.name,
            "author_gone": found.about.author.gone,
            "written_at": to_text(found.about.at),
            "course_id": found.about.course_id,
            "course_title": found.about.course_title,
            "lesson_id": found.about.lesson_id,
            "place": found.about.place,
            "hidden_reason": found.about.hidden_reason or None,
        },
        "wisdom": None if found.piece is None else piece(found.piece),
    }
