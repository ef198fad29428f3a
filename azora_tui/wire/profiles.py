"""People for each other as JSON: profiles, connections, blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.times import to_text
from azora_tui.wire.answers import optional_time

if TYPE_CHECKING:
    from azora_tui.models.profiles import Blocked, Connections, PersonSeen, Profile
    from azora_tui.wire.answers import Json


def profile(own: Profile) -> Json:
    return {
        "name": own.name,
        "display_name": own.display_name,
        "learning": own.learning,
        "helping": own.helping,
        "about": own.about,
        "open": own.is_open,
        "helps": own.helps,
    }


def person(seen: PersonSeen) -> Json:
    """`standing` is "myself", "strangers", "asked_by_me", "asked_of_me" or "connected"."""
    return {
        "id": seen.user_id,
        "name": seen.name,
        "standing": seen.standing,
        "open": seen.is_open,
        "helps": seen.helps,
        "learning": seen.learning,
        "helping": seen.helping,
        "about": seen.about,
        "words": seen.words,
        "asked_at": optional_time(seen.asked_at),
        "accepted_at": optional_time(seen.accepted_at),
    }


def connections(found: Connections) -> Json:
    return {
        "asked_of_me": [person(each) for each in found.asked_of_me],
        "connected": [person(each) for each in found.connected],
        "asked_by_me": [person(each) for each in found.asked_by_me],
    }


def blocked(each: Blocked) -> Json:
    return {"id": each.user_id, "name": each.name, "at": to_text(each.at)}
