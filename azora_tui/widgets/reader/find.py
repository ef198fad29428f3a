"""Finding text without regard to case and diacritics."""

from __future__ import annotations

from typing import NamedTuple

from azora_tui.text import fold


class Hit(NamedTuple):
    """Where a block has the text that was looked for: from `start` to before `end` of its own text."""

    block: int
    start: int
    end: int


def spans(text: str, folded_query: str) -> list[tuple[int, int]]:
    """Where `text` has what `fold` made of a query, from left to right, none over another. "" is found nowhere."""
    if not folded_query:
        return []
    found: list[tuple[int, int]] = []
    folded = fold(text)
    start = folded.find(folded_query)
    if start < 0:
        return []
    # Folding can change the length: each folded character remembers which one it came from.
    origin = None
    if not text.isascii():
        origin = [
            place
            for place, character in enumerate(text)
            for _ in (character if character.isascii() else fold(character))  # most of a text need not be folded
        ]
    while start >= 0:
        end = start + len(folded_query)
        found.append((start, end) if origin is None else (origin[start], origin[end - 1] + 1))
        start = folded.find(folded_query, end)
    return found
