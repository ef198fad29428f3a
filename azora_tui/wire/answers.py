"""The envelope of every answer, and times and counts as they are written in it."""

from datetime import UTC, datetime

from azora_tui.errors import AzoraError
from azora_tui.times import to_text

Json = dict[str, object]


def success(data: object) -> Json:
    return {"success": True, "data": data}


_CONTRACT = {
    "already_enrolled": "Already enrolled in this course",
    "course_not_found": "Course not found",
    "lesson_not_found": "Lesson not found or not enrolled",
    "not_enrolled": "Not enrolled in this course",
}
"""What the original services said, word for word; clients compare it."""


def refusal(error: AzoraError) -> Json:
    return {"success": False, "error": _CONTRACT.get(error.code) or str(error)}


def optional_time(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
