"""Bars that stand for a share, drawn in characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from azora_tui.wording.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from azora_tui.glyphs import Glyphs


def bar(percent: int, width: int, glyphs: Glyphs) -> tuple[str, str]:
    """A progress bar of `width` cells as (done part, rest)."""
    filled = width * percent // 100
    return glyphs.bar * filled, glyphs.bar_rest * (width - filled)


def spark(numbers: Sequence[int], glyphs: Glyphs) -> str:
    """A sparkline: each number as high as it is beside the greatest; nothing is a blank, and all nothing is no line."""
    if not any(numbers):
        return ""
    most, heights = max(numbers), glyphs.heights
    return "".join(heights[-(-number * len(heights) // most) - 1] if number else " " for number in numbers)


def progress_line(what: str, done: int, of: int, glyphs: Glyphs) -> str:
    """How far something is that goes lesson by lesson; `of` is 0 while nobody knows how many there are."""
    if not of:
        return f"{what} {counted(done, 'lesson')} …"
    drawn = "".join(bar(100 * done // of, 30, glyphs))
    return f"{what} {drawn} {done:,} of {counted(of, 'lesson')}"
