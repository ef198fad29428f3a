"""What a search found as JSON."""

from azora_tui.models.search import SearchHit
from azora_tui.wire.answers import Json


def search_hit(hit: SearchHit) -> Json:
    """`title_marks` and `snippet_marks` are [start, end] of each part that was looked for, in characters."""
    return {
        "kind": hit.kind.name.lower(),
        "course_id": hit.course_id,
        "course_title": hit.course_title,
        "lesson_id": hit.lesson_id,
        "lesson_slug": hit.lesson_slug,
        "note_id": hit.note_id,
        "wisdom_id": hit.wisdom_id,
        "title": hit.title.text,
        "title_marks": hit.title.marks,
        "snippet": hit.snippet.text,
        "snippet_marks": hit.snippet.marks,
    }
