"""What others left at a lesson, in words: the same on the screen and in the plain command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.wording.numbers import counted
from azora_tui.wording.together import author_name

if TYPE_CHECKING:
    from azora_tui.models.wisdom import LessonWisdom, Piece

QUIZ_OPEN = "What others left here waits until you have finished the quiz."
_COUNTED = 100
"""What is not counted beyond (`lms.together.wisdom`)."""
NOTHING = "Nobody has left anything here yet."
FORGOTTEN_REASON = "-"
"""What stands for a reason whose words went with the account of who gave it."""


def said_of(piece: Piece) -> list[str]:
    """What is to be known of a piece, part by part: "tip", "a learner", "12 thanks", "pinned"."""
    parts = [piece.kind.value, author_name(piece.author)]
    if piece.thanks:
        parts.append(f"{piece.thanks:,} thanks")
    if piece.thanked:
        parts.append("thanked by you")
    if piece.pinned:
        parts.append("pinned")
    if piece.changed_at is not None:
        parts.append("changed")
    if piece.taken_over_at is not None:
        parts.append("now in the course")
    if piece.reported:
        parts.append("reported by you")
    return parts


def hidden_words(piece: Piece) -> str:
    """Why a piece is hidden, for its author and for who teaches; "" where it is not."""
    if not piece.hidden:
        return ""
    who = "Only you and who teaches this course see this." if piece.author.mine else "Hidden from learners."
    why = "Who hid it has left." if piece.hidden_reason == FORGOTTEN_REASON else f"The reason: {piece.hidden_reason}"
    return f"{who} {why}"


def how_many(found: LessonWisdom, shown: int) -> str:
    """ "1", "4, the best first", "the best 20 of 64", "the best 20 of 100 or more"."""
    if shown < found.total:
        return f"the best {shown:,} of {total_words(found)}"
    return "1" if found.total == 1 else f"{found.total:,}, the best first"


def total_words(found: LessonWisdom) -> str:
    """How much was left, as far as it was counted: "64", "100 or more"."""
    counted_on = found.total >= _COUNTED and found.total > len(found.pieces)
    return f"{found.total:,} or more" if counted_on else f"{found.total:,}"


def may_leave(found: LessonWisdom, how: str) -> str:
    """How to leave something, or when one may; `how` is the key or the command that does."""
    if found.may_write:
        return f"{how} leaves a tip, an example, an explanation or a correction for those who come after you."
    return "When you have completed this lesson, you can leave something for those who come after you."


def reports_waiting(number: int) -> str:
    return f"{counted(number, 'report')} {'waits' if number == 1 else 'wait'} for you"
