"""What is new for somebody, a line for each kind of notice; one that has no words of its own says where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from azora_tui.wording.together import author_name

if TYPE_CHECKING:
    from azora_tui.models.inbox import Notice, Request

NOTHING_NEW = "Nothing is new."


def _place(notice: Notice) -> str:
    return notice.lesson_title or notice.course_title or "this school"


_LINES: dict[str, Callable[[str, Notice], str]] = {
    "connection_accepted": lambda who, notice: f"{who} is connected with you now",
    "circle_joined": lambda who, notice: f"{notice.circle_name}: {who} joined",
    "circle_posted": lambda who, notice: f"{notice.circle_name}: {who} posted",
    "circle_replied": lambda who, notice: f"{notice.circle_name}: {who} replied",
    "post_hidden": lambda who, notice: f"{notice.circle_name}: a post of yours was hidden; the reason stands beside it",
    "help_hidden": lambda who, notice: f"What you said on {_place(notice)} was hidden; the reason stands beside it",
    "wisdom_hidden": lambda who, notice: f"What you left on {_place(notice)} was hidden; the reason stands beside it",
    "wisdom_answered": lambda who, notice: f"{who} answered what you left on {_place(notice)}",
    "wisdom_pinned": lambda who, notice: f"What you left on {_place(notice)} stands first now",
    "wisdom_taken_over": lambda who, notice: f"Your correction of {_place(notice)} is in the course now",
    "help_asked": lambda who, notice: f"{who} asks for help on {_place(notice)}",
    "help_answered": lambda who, notice: f"{who} answered your question on {_place(notice)}",
    "help_given": lambda who, notice: f"{who} gave an answer on {_place(notice)} to those who come after",
    "help_settled": lambda who, notice: f"{who} says that the question on {_place(notice)} is settled",
}


def notice_line(notice: Notice) -> str:
    """ "Three ropes: Jo posted"; without names and words that are not there for its reader."""
    who = author_name(notice.actor) if notice.actor is not None else "somebody"
    says = _LINES.get(notice.kind)
    line = says(who, notice) if says else f"{who} did something in {_place(notice)}"
    return line[:1].upper() + line[1:]


def request_line(request: Request) -> str:
    who = author_name(request.author)
    return f"{who[:1].upper()}{who[1:]} asks to be connected with you"
