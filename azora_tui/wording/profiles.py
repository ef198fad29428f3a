"""People for each other in words: the same on the screen and in the plain commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.wording.dates import since
from azora_tui.wording.together import NAMELESS

if TYPE_CHECKING:
    from datetime import datetime

    from azora_tui.models.profiles import PersonSeen

IS_SHOWN = {
    True: "Everybody in this school finds you by it, and sees your name and what you write here.",
    False: (
        "Nobody finds you. Only who you have asked, who asks you, who is connected with you, and who is in a circle"
        " with you sees your name."
    ),
}
"""What it means that a profile is open, or not."""
NEVER_SHOWN = "Your e-mail and your courses are shown to no learner."
WHAT_ENDING_DOES = "{name} is connected with you no more, and is not told. Either of you can ask again."
WHAT_BLOCKING_DOES = (
    "You and {name} do not exist for each other from now on, anywhere in this school. A connection between you ends."
    " Nobody is told. You can take it back."
)
HELPS_SHOWN = "Helps those who are stuck."
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


def in_short(person: PersonSeen, separator: str) -> str:
    """What somebody learns and helps with, on one line."""
    said = []
    if person.learning:
        said.append(f"learning {person.learning}")
    if person.helping:
        said.append(f"can help with {person.helping}")
    return f" {separator} ".join(said)


def parts(person: PersonSeen) -> dict[str, tuple[str, str]]:
    """By the names of the profile's texts: what each is, and the text."""
    return {
        "learning": ("Learning", person.learning),
        "helping": ("Can help with", person.helping),
        "about": ("About", person.about),
    }


def own_switches(*, is_open: bool, helps: bool) -> tuple[str, str]:
    """How one's own profile stands, without a full stop: whether it is open, and whether one helps."""
    return (
        "Your profile is open" if is_open else "Your profile is closed",
        f"Those who are stuck where you have been {'may' if helps else 'may not'} ask you",
    )


def what_they_say(person: PersonSeen) -> list[tuple[str, str]]:
    return what_is_said(person.learning, person.helping, person.about)


def what_is_said(learning: str, helping: str, about: str) -> list[tuple[str, str]]:
    """Each of what somebody says of themselves, after what it is."""
    said = (("Learning", learning), ("Can help with", helping), ("About", about))
    return [(what, text) for what, text in said if text]


def said_in_passing(name: str, did: str) -> str:
    """What was done to a connection, for the line that reports it."""
    who = name_of(name)
    return {
        "accepted": f"You are connected with {who}.",
        "declined": f"Declined. {who} is not told.",
        "taken_back": f"Taken back. {who} finds nothing of it any more.",
        "ended": f"You and {who} are connected no more. Nobody is told.",
        "blocked": f"You and {who} do not exist for each other any more. Your connections list whom you have blocked.",
        "unblocked": f"{who} is not blocked any more. What connected you before stays ended.",
    }[did]


def asked(person: PersonSeen) -> str:
    """What became of asking somebody."""
    if person.standing == "connected":
        return f"{name_of(person.name)} had asked you already, so you are connected now. What you wrote was not needed."
    return f"Asked. You are connected when {name_of(person.name)} accepts."


def _when(moment: datetime | None, now: datetime) -> str:
    return since(moment, now) if moment is not None else ""
