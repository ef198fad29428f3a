"""Help for who is stuck, in words: the same on the screen and in the plain command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from azora_tui.models.helping import HelpRequest, HelpThread

NOTHING_WANTED = (
    "Nobody waits for your help. When your profile is open and says that you help, questions on lessons that you have"
    " completed come here."
)
NOTHING_ASKED = "You have asked nothing yet."
WITHHELD = (
    "You are taking the quiz of this lesson, so answers wait until your attempt is finished. They are kept, and here"
    " then."
)
GONE = "What it is about is no longer in the lesson. This is how it was."


def reaches(number: int) -> str:
    """Whom a question would reach: a number, never who."""
    if not number:
        return "Nobody who helps has completed this lesson yet. Your question is kept for the first who does."
    return f"It reaches {_people(number)} who completed this lesson and {'helps' if number == 1 else 'help'}."


def reached(number: int) -> str:
    """The same once it is asked, on one line."""
    if not number:
        return "Asked. It waits for the first who can answer."
    return f"Asked. It reaches {_people(number)} who can answer."


def state(request: HelpRequest) -> str:
    """ "settled", "2 answers", "no answer yet"."""
    if request.settled_at is not None:
        return "settled"
    return counted(request.replies, "answer") if request.replies else "no answer yet"


def place(request: HelpRequest) -> str:
    """What it is about, before the quotation."""
    if request.question_id is not None:
        return "at this question of the quiz"
    return "at this paragraph" if request.quote else "about the lesson as a whole"


def waiting_sentence(thread: HelpThread) -> str:
    """What to say where nothing is said yet; "" where something is, or it is not the reader's own question."""
    if thread.withheld:
        return WITHHELD
    if thread.replies or thread.request.settled_at is not None:
        return ""
    if thread.reached is None:
        return "Nobody has answered yet."
    return f"No answer yet. {reaches(thread.reached)}"


def _people(number: int) -> str:
    return "1 learner" if number == 1 else f"{number:,} learners"
