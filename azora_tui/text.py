"""Text that came from a file or a person, made safe to show in a terminal, and fitted to a width in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
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
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()


# Letters, signs and boxes that are all one cell wide, and most of what needs to be shown.
_NARROW = "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u205e\u2500-\u25fc\u2713]*"
_WORDS = re.compile(r"[^ \t\n]+(?: %[^ \t\n]*)?")  # a number and its % stay together


def cells(text: str) -> int:
    """How many cells wide a text is on a terminal."""
    if is_narrow(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def is_narrow(text: str) -> bool:
    """Whether each character is known to be one cell wide, without all the widths of Unicode."""
    return text.isascii() or re.fullmatch(_NARROW, text) is not None


def wrap(text: str, columns: int, *, first: str = "", rest: str = "") -> list[str]:
    """`text` in lines of at most `columns` cells, the first begun with `first` and the others with `rest`.

    A word that is longer than a line is broken, unless it is a web address: that stays whole to be copied.
    """
    words = _WORDS.findall(text)
    whole = first + " ".join(words)
    if cells(whole) <= columns:
        return [whole if words else first.rstrip()]
    lines: list[str] = []
    line = first
    empty = True
    for each in words:
        for word in _fitting(each, max(1, columns - max(cells(first), cells(rest)))):
            if not empty and cells(line) + 1 + cells(word) > columns:
                lines.append(line)
                line, empty = rest, True
            line += word if empty else " " + word
            empty = False
    return [*lines, line.rstrip() if empty else line]


def cut_start(text: str, columns: int) -> str:
    """The end of `text` in at most `columns` cells, with `…` where its beginning is left out."""
    if cells(text) <= columns:
        return text
    start = 1
    while cells(text[start:]) >= columns:
        start += 1
    return f"…{text[start:]}"


def _fitting(word: str, size: int) -> Iterable[str]:
    if cells(word) <= size or "://" in word:
        return [word]
    parts = [""]
    for character in word:
        if parts[-1] and cells(parts[-1] + character) > size:
            parts.append("")
        parts[-1] += character
    return parts
