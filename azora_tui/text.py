"""Text that came from a file or a person, made safe to show in a terminal."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

# Bidi overrides, embeddings and isolates reorder the text around them, which is how source code is made to
# read as something it is not (CVE-2021-42574). The implicit marks U+200E, U+200F and U+061C stay: they cannot
# turn strong characters round, and Hebrew, Arabic and Persian need them beside digits and punctuation. U+200C
# and U+200D stay: Persian and emoji are misspelt without them.
_UNSAFE = (
    (0x0000, 0x0008),  # C0 but tab and newline
    (0x000B, 0x001F),
    (0x007F, 0x009F),  # DEL, C1
    (0x2028, 0x202E),  # line separators, bidi embeddings and overrides
    (0x2066, 0x206F),  # bidi isolates, deprecated format characters
    (0xD800, 0xDFFF),  # lone surrogates: they cannot be encoded
    (0xFDD0, 0xFDEF),  # noncharacters, here and at the end of each plane
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFF9, 0xFFFB),  # interlinear annotation
    (0xFFFE, 0xFFFF),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0x10000, 0xE0000, 0x10000)),
    (0xE0000, 0xE007F),  # tags: invisible text
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0xE0000, 0x110000, 0x10000)),
)


@cache
def _line_breaks() -> re.Pattern[str]:
    """What breaks a line in some encoding or other, and would move the cursor or split a row if it got through."""
    return re.compile("\r\n?|[\x85\u2028\u2029]")


@cache
def _never_shown() -> re.Pattern[str]:
    return re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSAFE) + "]+")


@cache
def _safe() -> re.Pattern[str]:
    """All the others. Matching what may stay is twenty times as fast as looking for what may not."""
    return re.compile(
        "["
        + "".join(
            f"{re.escape(chr(last + 1))}-{re.escape(chr(following - 1))}"
            for (_, last), (following, _) in pairwise(_UNSAFE)
            if last + 1 < following
        )
        + "]*"
    )


def clean(text: str, *, keep_newlines: bool = True) -> str:
    """Return `text` without the characters that must never reach a terminal.

    Line breaks of every kind become `\\n`. With `keep_newlines=False` each newline and tab becomes one space,
    for text that has to stay on one row. Cleaning twice changes nothing more. Never raises.
    """
    # Nothing unsafe is printable, and most texts are: they need no pattern, which takes a while to compile.
    if text.isprintable() or (keep_newlines and text.replace("\n", "").isprintable()):
        return text
    safe = _safe().match(text)
    end = safe.end() if safe else 0
    if end < len(text):
        text = text[:end] + _never_shown().sub("", _line_breaks().sub("\n", text[end:]))
    return text if keep_newlines else text.replace("\n", " ").replace("\t", " ")


def fold(text: str) -> str:
    """Return `text` as it is compared when people search: without case, accents or compatibility forms."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
