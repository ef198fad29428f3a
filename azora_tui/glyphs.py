"""The signs that stand beside words: geometric where the terminal can, ASCII where it cannot."""

import os
from collections.abc import Mapping
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


# Of the same width, so that no column moves.
_TYPOGRAPHY = str.maketrans(
    {
        "…": "~", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-",
        "‑": "-", "•": "*", "·": "-", "×": "x", "±": "~", "→": ">", "←": "<", "↑": "^", "↓": "v", "✓": "v", "●": "*",
        "○": "o", "◦": "o", "▌": "|", "▐": "|", "│": "|", "┃": "|", "─": "-", "━": "=", "▔": " ", "▁": " ",
        "\u00a0": " ", "🔎": "/ ",
    }
)  # fmt: skip


def cells_in_ascii(text: str) -> str:
    """A text with ASCII signs in place of typographic ones, each of the same width; letters stay as they are."""
    return text.replace(" …", "..").translate(_TYPOGRAPHY)


def in_ascii(text: str) -> str:
    """The same for lines whose width does not matter."""
    return text.replace("…", "...").replace("±", "+/-").translate(_TYPOGRAPHY)


def glyphs_for(*, ascii_only: bool) -> Glyphs:
    """The signs to use: ASCII where it is asked for, or where the locale cannot show the others."""
    return ASCII if ascii_only or not locale_shows_unicode(os.environ) else UNICODE


def locale_shows_unicode(environment: Mapping[str, str]) -> bool:
    """Whether the terminal's own locale is one of UTF-8; where none is named, it is taken for one.

    Python does not say: in the locale C it takes UTF-8 for itself, and may set LC_CTYPE to hide that (PEP 538, 540).
    """
    ctype = environment.get("LC_CTYPE", "")
    if ctype in _SET_BY_PYTHON:
        ctype = environment.get("LANG") or ctype
    name = environment.get("LC_ALL") or ctype or environment.get("LANG", "")
    return not name or "utf" in name.lower()


_SET_BY_PYTHON = ("C.UTF-8", "C.utf8", "UTF-8")
