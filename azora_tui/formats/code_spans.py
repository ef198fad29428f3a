"""Code within a paragraph, which is left as it is written while the words around it are changed."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator

_TICKS = re.compile(r"(?<!`)`+(?!`)|\n[ \t]*\n")


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each code span, in order: it ends at the next run of as many backticks in its paragraph.

    Reads each run once, so that many that are never closed take no longer than others.
    """
    runs: list[re.Match[str]] = []
    for match in _TICKS.finditer(text):
        if match[0].startswith("`"):
            runs.append(match)
        else:
            yield from _spans(runs)
            runs = []
    yield from _spans(runs)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` made to each part of it that is no code."""
    if "`" not in text:
        return change(text)
    parts: list[str] = []
    position = 0
    for start, end in code_spans(text):
        parts += [change(text[position:start]), text[start:end]]
        position = end
    return "".join((*parts, change(text[position:])))


def without_code(text: str) -> str:
    """`text` with blanks in place of code, so that everything else stands where it stood."""
    parts: list[str] = []
    position = 0
    for start, end in code_spans(text):
        parts += [text[position:start], " " * (end - start)]
        position = end
    return "".join((*parts, text[position:]))


def _spans(runs: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, run in enumerate(runs):
        places[len(run[0])].append(place)
    place = 0
    while place < len(runs):
        same = places[len(runs[place][0])]
        after = bisect_left(same, place + 1)
        if after < len(same):
            yield runs[place].start(), runs[same[after]].end()
            place = same[after]
        place += 1
