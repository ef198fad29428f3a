"""What others left at a lesson, in words: the same on the screen and in the plain command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.wording.numbers import counted
from azora_tui.wording.together import author_name

if TYPE_CHECKING:
    from azora_tui.models.wisdom import LessonWisdom, Piece, Reported

QUIZ_OPEN = "What others left here waits until you have finished the quiz."
_COUNTED = 100
"""What is not counted beyond (`lms.together.wisdom`)."""
NOTHING = "Nobody has left anything here yet."
REPORT_HINT = "Say what is wrong with it. It goes to who teaches this course, and it is not said who you are."
ONLY_YOU = "Only you and who teaches this course see this."
FORGOTTEN_REASON = "-"
"""What stands for a reason whose words went with the account of who gave it."""
_REPORTED = {"wisdom": "What was left", "circle_post": "Post", "help_request": "Question", "help_reply": "Answer"}


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
    who = ONLY_YOU if piece.author.mine else "Hidden from learners."
    return f"{who} {_why(piece.hidden_reason)}"


def own_hidden_words(reason: str) -> str:
    """Why something of one's own is hidden, for who wrote it; "" where it is not."""
    return f"{ONLY_YOU} {_why(reason)}" if reason else ""


def _why(reason: str) -> str:
    return "Who hid it has left." if reason == FORGOTTEN_REASON else f"The reason: {reason}"


def reported_as(about: Reported) -> str:
    """What was reported, by whom it is, and where: "Post 4 by Jo, in the circle Three ropes in Knots"."""
    what = _REPORTED.get(about.kind, "Words")
    where = f"at {about.place}" if about.lesson_id is not None else f"in the circle {about.place}"
    return f"{what} {about.id} by {author_name(about.author)}, {where} in {about.course_title}"


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
