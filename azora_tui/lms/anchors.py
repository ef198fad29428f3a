"""Places in lessons, as the reader keeps them (JSON), and how one is found again in another version of a text."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from azora_tui.formats.paragraphs import Paragraph

_ALIKE = 0.6
"""How much of two paragraphs must be the same words, 0 to 1, for one to be taken for an edited form of the other."""
_MAX_COMPARED = 1_000
"""Words of a paragraph that are compared."""


def paragraphs_of(content: str) -> "list[Paragraph]":
    """The paragraphs of a lesson. The parser is loaded here, so that who needs no lesson starts without it."""
    from azora_tui.formats.paragraphs import read_paragraphs

    return read_paragraphs(content)


def place_of(paragraphs: "Sequence[Paragraph]", number: int) -> str:
    """The reader's position at the beginning of a paragraph."""
    paragraph = paragraphs[number]
    return json.dumps({"block": number, "offset": 0, "line": paragraph.line, "digest": paragraph.digest})


def reanchor(paragraphs: "Sequence[Paragraph]", *, digest: int, quote: str, position: str) -> int | None:
    """Where a paragraph that was quoted is now: the same, else the most alike, else None when it is gone.

    Of several that are the same, the one nearest to where it was.
    """
    line = _line(position)
    same = [number for number, each in enumerate(paragraphs) if each.digest == digest]
    if same:
        return min(same, key=lambda number: abs(paragraphs[number].line - line))
    from difflib import SequenceMatcher

    words = _words(quote)
    best, most = None, _ALIKE
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(words)
    for number, each in enumerate(paragraphs):
        matcher.set_seq1(_words(each.text))
        # The first two are upper bounds, and cheap.
        if matcher.real_quick_ratio() >= most and matcher.quick_ratio() >= most and (alike := matcher.ratio()) >= most:
            if best is None or alike > most:
                best = number
            most = alike
    return best


def _words(text: str) -> list[str]:
    return text.split()[:_MAX_COMPARED]


def _line(position: str) -> int:
    try:
        line = json.loads(position)["line"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return 0
    return line if isinstance(line, int) else 0
