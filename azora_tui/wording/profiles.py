"""People for each other in words: the same on the screen and in the plain commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.wording.dates import since
from azora_tui.wording.together import NAMELESS

if TYPE_CHECKING:
    from datetime import datetime

    from azora_tui.models.profiles import PersonSeen

OPEN = "Open: everybody in this school finds you by it, and sees your name and what you write here."
CLOSED = (
    "Closed: nobody finds you. Only who you have asked, who asks you, and who is connected with you sees your name."
)
NEVER_SHOWN = "Your e-mail and your courses are shown to no learner."
HELPS = "Those who are stuck in a lesson that you have completed may ask you."
HELPS_NOT = "You are not asked by those who are stuck."
WHAT_BLOCKING_DOES = (
    "You and {name} do not exist for each other from now on, anywhere in this school. A connection between you ends."
    " Nobody is told. You can take it back."
)
SHOWS_ONLY_A_NAME = "Shows no profile at the moment."


def name_of(name: str) -> str:
    return name or NAMELESS


def standing(person: PersonSeen, now: datetime) -> str:
    """In a few words how somebody stands to who looks; "" for strangers."""
    match person.standing:
        case "myself":
            return "you"
        case "connected":
            return f"connected since {_when(person.accepted_at, now)}"
        case "asked_by_me":
            return f"you asked {_when(person.asked_at, now)}"
        case "asked_of_me":
            return f"asked you {_when(person.asked_at, now)}"
        case _:
            return ""


def short_standing(person: PersonSeen) -> str:
    """The same in a word or two, for a list."""
    return {
        "myself": "you",
        "connected": "connected",
        "asked_by_me": "you asked",
        "asked_of_me": "asked you",
        "strangers": "",
    }[person.standing]


def what_they_say(person: PersonSeen) -> list[tuple[str, str]]:
    return what_is_said(person.learning, person.helping, person.about)


def what_is_said(learning: str, helping: str, about: str) -> list[tuple[str, str]]:
    """Each of what somebody says of themselves, after what it is."""
    said = (("Learning", learning), ("Can help with", helping), ("About", about))
    return [(what, text) for what, text in said if text]


def asked(person: PersonSeen) -> str:
    """What became of asking somebody."""
    if person.standing == "connected":
        return f"{name_of(person.name)} had asked you already, so you are connected now. What you wrote was not needed."
    return f"Asked. You are connected when {name_of(person.name)} accepts."


def _when(moment: datetime | None, now: datetime) -> str:
    return since(moment, now) if moment is not None else ""
