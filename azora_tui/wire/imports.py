"""What an import came to as JSON."""

from typing import TYPE_CHECKING

from azora_tui.lms.importing import ImportedCourse

if TYPE_CHECKING:
    from azora_tui.formats.imported import Imported

from azora_tui.wire.answers import Json


def imported(course: ImportedCourse, report: "Imported") -> Json:
    """What an import came to, with every thing that was not taken."""
    return {
        "course": {"id": course.id, "slug": course.slug, "title": course.title},
        "lessons": course.lessons,
        "questions": report.questions,
        "images": report.images,
        "skipped": [{"where": row.where, "what": row.what, "why": row.why} for row in report.skipped],
    }
