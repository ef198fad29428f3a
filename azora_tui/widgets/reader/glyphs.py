"""The signs that the reader itself draws, and what stands in for them where only ASCII is safe."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReaderGlyphs:
    """Each is one cell wide, but those that end in `_task`."""

    bullets: tuple[str, ...]
    option: str
    chosen: str
    open_task: str
    done_task: str
    bar: str
    quote: str
    line: str
    closed: str
    opened: str
    back: str
    left: str
    right: str


UNICODE = ReaderGlyphs(
    bullets=("●", "○", "◦"),
    option="○",
    chosen="●",
    open_task="□",
    done_task="■",
    bar="┃",
    quote="│",
    line="─",
    closed="▸",
    opened="▾",
    back="▴",
    left="◂",
    right="▸",
)
ASCII = ReaderGlyphs(
    bullets=("*", "-", "+"),
    option="o",
    chosen="*",
    open_task="[ ]",
    done_task="[x]",
    bar="|",
    quote="|",
    line="-",
    closed=">",
    opened="v",
    back="^",
    left="<",
    right=">",
)
