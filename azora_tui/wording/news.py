"""What was said to a learner, in words: the same on the screen and in the plain command."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from azora_tui.wording.dates import interval
from azora_tui.wording.together import GONE

if TYPE_CHECKING:
    from datetime import datetime

    from azora_tui.models.news import NewsItem

_FIRST = 400
"""Characters of a text that its first words are looked for in."""
_LINKS = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_BLOCKS = re.compile(r"^[ \t]*(?:[#>*+-]+|\d{1,9}[.)])[ \t]+", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\w)[*_`]+(?=\S)|(?<=\S)[*_`]+(?!\w)|~~")


def new_words(number: int) -> str:
    """ "New", "3 new"."""
    return "New" if number == 1 else f"{number:,} new"


def said_by(item: NewsItem) -> str:
    """ "Elara in Weaving with Grass", "Elara to you, in Weaving with Grass", "Elara on The bowline, in words"."""
    match item.kind:
        case "announcement":
            return f"{item.author or GONE} in {item.course_title}"
        case "message":
            return f"{item.author or GONE} to you, in {item.course_title}"
        case "task_answer":
            return f"{item.author or 'Your teacher'} on {item.task_title}"


def whole_text(item: NewsItem) -> str:
    """All that was said, as Markdown: of work that was handed in, first whether it is accepted."""
    if item.accepted is None:
        return item.text
    verdict = "Accepted." if item.accepted else "More is asked for."
    return f"**{verdict}**\n\n{item.text}".rstrip()


def first_words(text: str, most: int = _FIRST) -> str:
    """What a Markdown text begins with, on one line of at most `most` characters.

    Home shows this at once and waits for no parser: what a mark means is not asked, only what reads as one is left out.
    """
    beginning = _EMPHASIS.sub("", _BLOCKS.sub("", _LINKS.sub(r"\1", text[:_FIRST])))
    words = " ".join(beginning.split())
    if len(words) <= most and len(text) <= _FIRST:
        return words
    return f"{words[: most - 1].rpartition(' ')[0] or words[: most - 1]} …"


def ago(moment: datetime, now: datetime) -> str:
    """How long ago in a few letters: "now", "10 min", "2 h", "8 days"."""
    length = now - moment
    return "now" if length < timedelta(minutes=1) else interval(length)
