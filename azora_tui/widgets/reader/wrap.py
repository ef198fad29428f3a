"""Breaking text into rows of a number of cells, whatever the script."""

from __future__ import annotations

import re

from rich.cells import cell_len, get_character_cell_size, split_graphemes

# Text of these characters alone is as many cells wide as it is long, which is found out at C speed.
_NARROW = frozenset(
    character
    for first, last in (
        (0x20, 0x7E),
        (0xA0, 0x2FF),
        (0x370, 0x52F),
        (0x2010, 0x2027),
        (0x2030, 0x205E),
        (0x2500, 0x25FC),
    )
    for character in map(chr, range(first, last + 1))
    if get_character_cell_size(character) == 1
)
is_narrow = _NARROW.issuperset

# Between ideographs a row may break anywhere, but not before the punctuation that closes.
_IDEOGRAPH = "\u2e80-\u2fff\u3001-\u30ff\u3100-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U0001f000-\U0003ffff"
_CLOSERS = "\u200d\ufe0f\u3001\u3002\uff0c\uff0e\uff01\uff1f\uff1a\uff1b\uff09\u300d\u300f\u3011\U0001f3fb-\U0001f3ff"
_JOINED = f"[{_IDEOGRAPH}](?:\u200d.|[{_CLOSERS}])*"
_WORD = re.compile(rf"{_JOINED}|[^ \n{_IDEOGRAPH}]+(?:\u200d.)*", re.DOTALL)


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Break `text` into rows of at most `width` cells (at least 1): where each begins and ends in it.

    Breaks at `\\n` and at spaces, between ideographs, and inside a word only if it is wider than a row. A single
    character wider than `width` gets a row of its own. Blanks at a break are left out. Never empty.
    """
    break_up = _wrap_narrow if is_narrow(text.replace("\n", "")) else _wrap_wide
    rows: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        break_up(text, start, start + len(paragraph), width, rows)
        start += len(paragraph) + 1
    return rows


def _wrap_narrow(text: str, start: int, end: int, width: int, rows: list[tuple[int, int]]) -> None:
    while start < end and text[start] == " ":
        start += 1
    while end - start > width:
        space = text.rfind(" ", start, start + width + 1)
        if space <= start:
            rows.append((start, start + width))
            start += width
        else:
            stop = space
            while stop > start and text[stop - 1] == " ":
                stop -= 1
            rows.append((start, stop))
            start = space + 1
        while start < end and text[start] == " ":
            start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    rows.append((start, end))


def _wrap_wide(text: str, start: int, end: int, width: int, rows: list[tuple[int, int]]) -> None:
    row_start, row_end, used = start, start, 0
    for match in _WORD.finditer(text, start, end):
        first, last = match.span()
        size = cell_len(match[0])
        # What lies between words is blanks, one cell each.
        gap = first - row_end if used else 0
        if used and used + gap + size <= width:
            row_end, used = last, used + gap + size
            continue
        if used:
            rows.append((row_start, row_end))
        row_start, row_end, used = first, last, size
        if size > width:
            row_start, used = _chop(match[0], first, width, rows)
    rows.append((row_start, row_end))


def _chop(word: str, offset: int, width: int, rows: list[tuple[int, int]]) -> tuple[int, int]:
    """Break a word that is wider than a row; return where the rest that fits begins, and its cells."""
    row_start = used = 0
    for first, _, size in split_graphemes(word)[0]:
        if used and used + size > width:
            rows.append((offset + row_start, offset + first))
            row_start, used = first, 0
        used += size
    return offset + row_start, used
