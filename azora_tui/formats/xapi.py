"""What learners did, as statements of the Experience API 1.0.3, one JSON object a line.

Verbs and activity types are those of ADL's registry. A learner is an account named by their UUID, without name or
e-mail; the statement's id is that of the event, so that who reads it twice keeps it once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from azora_tui.times import from_text

if TYPE_CHECKING:
    from azora_tui.models.events import ToldEvent

_VERBS = {
    "enrolled": ("http://adlnet.gov/expapi/verbs/registered", "registered"),
    "reenrolled": ("http://adlnet.gov/expapi/verbs/resumed", "resumed"),
    "left": ("http://adlnet.gov/expapi/verbs/exited", "exited"),
    "opened": ("http://adlnet.gov/expapi/verbs/launched", "launched"),
    "completed": ("http://adlnet.gov/expapi/verbs/completed", "completed"),
    "course_completed": ("http://adlnet.gov/expapi/verbs/completed", "completed"),
    "quiz_started": ("http://adlnet.gov/expapi/verbs/attempted", "attempted"),
    "answered": ("http://adlnet.gov/expapi/verbs/answered", "answered"),
}
_PASSED = ("http://adlnet.gov/expapi/verbs/passed", "passed")
_FAILED = ("http://adlnet.gov/expapi/verbs/failed", "failed")
_TYPES = "http://adlnet.gov/expapi/activities/"
_PLATFORM = "azora-tui"

KINDS = (*_VERBS, "quiz_finished")
"""The events that are statements; all others are of no one but the learner."""


def statement(event: ToldEvent, school: str) -> dict[str, Any]:
    """One event of `KINDS`. `school` is where its accounts are at home (an IRI)."""
    verb, display = _verb(event)
    told: dict[str, Any] = {
        "id": event.id,
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": school, "name": event.learner},
        },
        "verb": {"id": verb, "display": {"en": display}},
        "object": _object(event),
        "timestamp": from_text(event.at).isoformat().replace("+00:00", "Z"),
        "context": {"platform": _PLATFORM},
        "version": "1.0.3",
    }
    if result := _result(event):
        told["result"] = result
    if event.lesson is not None:
        parent = _activity(event.course, event.course_title, "course")
        told["context"]["contextActivities"] = {"parent": [parent]}
    return told


def _verb(event: ToldEvent) -> tuple[str, str]:
    if event.kind == "quiz_finished":
        return _PASSED if event.passed else _FAILED
    return _VERBS[event.kind]


def _object(event: ToldEvent) -> dict[str, Any]:
    if event.lesson is None:
        return _activity(event.course, event.course_title, "course")
    if event.kind == "answered":
        name = f"{event.course}/{event.lesson}/{event.payload.get('question', '')}"
        return _activity(name, str(event.payload.get("question", "")), "question")
    kind = "assessment" if event.kind.startswith("quiz") else "lesson"
    return _activity(f"{event.course}/{event.lesson}", event.lesson_title or event.lesson, kind)


def _activity(name: str, title: str, kind: str) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": f"urn:azora:{name}",
        "definition": {"name": {"en": title}, "type": f"{_TYPES}{kind}"},
    }


def _result(event: ToldEvent) -> dict[str, Any]:
    if event.kind == "answered" and "correct" in event.payload:
        return {"success": event.payload["correct"], "response": json.dumps(event.payload.get("given"))}
    if event.kind == "quiz_finished" and "score" in event.payload:
        score = event.payload["score"]
        assert isinstance(score, int)
        return {"score": {"scaled": score / 100, "raw": score, "min": 0, "max": 100}, "success": event.passed}
    if event.kind in ("completed", "course_completed"):
        return {"completion": True}
    return {}
