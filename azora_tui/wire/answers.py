"""The envelope of every answer, and times and counts as they are written in it."""

from datetime import UTC, datetime

from azora_tui.times import to_text

Json = dict[str, object]


def success(data: object) -> Json:
    return {"success": True, "data": data}


def refusal(sentence: str) -> Json:
    return {"success": False, "error": sentence}


def optional_time(moment: datetime | None) -> str | None:
    return None if moment is None else to_text(moment)


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
