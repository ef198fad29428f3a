"""The signs that stand beside words: geometric where the terminal can, ASCII where it cannot."""

import locale
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Each sign is one cell wide."""

    done: str
    active: str
    new: str
    locked: str
    bar: str
    bar_rest: str
    cursor: str
    rule: str
    band_top: str
    band_bottom: str
    bullet: str
    menu: str
    separator: str
    note: str
    bookmark: str
    levels: str
    """Of a day in the calendar, from nothing to much."""
    heights: str
    """Blocks of a bar that stands, from the lowest to the full one."""


UNICODE = Glyphs(
    done="✓", active="●", new="○", locked="×", bar="━", bar_rest="─", cursor="▌", rule="─",
    band_top="◢◣", band_bottom="◥◤", bullet="•", menu="▾", separator="·", note="◆", bookmark="◇",
    levels="·▂▄▆▇", heights="▁▂▃▄▅▆▇█",
)  # fmt: skip
ASCII = Glyphs(
    done="v", active="*", new="o", locked="x", bar="=", bar_rest="-", cursor="|", rule="-",
    band_top="/\\", band_bottom="\\/", bullet="-", menu="v", separator="-", note="#", bookmark="+",
    levels=".-+*#", heights="_.:-=+*#",
)  # fmt: skip


def glyphs_for(*, ascii_only: bool) -> Glyphs:
    """The signs to use: ASCII where it is asked for, or where the locale cannot show the others."""
    if ascii_only or "utf" not in locale.getpreferredencoding(do_setlocale=False).lower():
        return ASCII
    return UNICODE
