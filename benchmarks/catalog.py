"""A catalog of 100,000 courses in a terminal: the cursor, the filter, and the memory they come to."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from azora_tui.lms import catalog
from azora_tui.lms.service import Lms, open_lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths
from benchmarks.rows import Pair, Result, Spec, p95, result
from benchmarks.schools import Schools
from benchmarks.terminal import Terminal

_AGAINST = "a letter typed in a bare Textual Input to paint, p95"
CURSOR = Spec("cursor", "key to paint in a catalog of 100,000, p95: cursor moved", _AGAINST, 2)
FILTER = Spec("filter", "the same: a letter in the filter to the new list on screen", _AGAINST, 3)
MEMORY = Spec(
    "memory",
    "most memory in the catalog of 100,000, after both",
    "a bare Textual Input after as many keys",
    1.5,
    unit="MB",
)

_GAP = 0.03
"""Seconds from a paint to the next key, on both sides: faster than anybody types."""

_IN_VIEW = 6
"""Courses that fit whole into the list at 80×24, and so the step of page down."""

_DOWN, _UP, _PAGE_DOWN = ("\x1b[B", 1), ("\x1b[A", -1), ("\x1b[6~", _IN_VIEW)
_STEPS = [*[_DOWN] * 12, *[_PAGE_DOWN] * 34, *[_UP] * 6, *[_DOWN] * 6]
"""From the top, over the end of the 200 courses that are loaded first."""

_CLEAR = "\x15"
_QUERIES = ("python", "pilots law", "mbangweni", "okatasi", "mandla phisoma")
"""What many, some and few courses have; letters that leave the same courses on screen do not count."""

_TYPED = "thequickbrownfoxjumpsoverlazydogs"
_CURSOR_SIGN = "▌"


def measure(schools: Schools, pairs: int) -> list[Result]:
    home, claims, first_page = schools.large
    lms = open_lms(Paths(home))
    lists = _Lists(lms, claims)
    cursor: list[Pair] = []
    letters: list[Pair] = []
    memory: list[Pair] = []
    for number in range(pairs):
        with _bare_input(home) as bare, _catalog(home, first_page, lists) as ours:
            _type(bare, "warm")
            for measured, take in ((cursor, _move), (letters, _filter)):
                if number % 2:
                    typed = _type(bare, _TYPED)
                    measured.append((p95(take(ours, lists)), p95(typed)))
                else:
                    took = take(ours, lists)
                    measured.append((p95(took), p95(_type(bare, _TYPED))))
            memory.append((ours.most_memory(), bare.most_memory()))
    lms.database.close()
    return [result(CURSOR, cursor), result(FILTER, letters), result(MEMORY, memory)]


class _Lists:
    """What the catalog has to show, asked of the service beforehand."""

    def __init__(self, lms: Lms, claims: Claims) -> None:
        self._lms = lms
        self._claims = claims
        self._known: dict[str, list[str]] = {}
        self.all = self._titles("", limit=1_000)

    def in_view(self, query: str) -> list[str]:
        if query not in self._known:
            self._known[query] = self._titles(query, limit=_IN_VIEW)
        return self._known[query]

    def letters(self, query: str) -> Iterator[tuple[str, list[str] | None]]:
        """Each letter with the titles that it brings into view, or None where it brings no others."""
        for before, after in pairwise(query[:length] for length in range(len(query) + 1)):
            seen = self.in_view(after)
            yield after[-1], seen if seen and seen != self.in_view(before) else None

    def _titles(self, query: str, limit: int) -> list[str]:
        page = catalog.page(self._lms, self._claims, query=query, limit=limit)
        return [course.title for course in page.courses]


def _catalog(home: Path, first_page: Sequence[str], lists: _Lists) -> Terminal:
    terminal = Terminal(["azora_tui"], home, frames=True)
    try:
        terminal.until_text(first_page)
        terminal.rest(0.5)  # what is loaded in the background after the first page belongs to no key
        terminal.press("2")
        terminal.until_frame(lists.in_view(""))
        terminal.rest(0.5)
    except BaseException:
        terminal.close()
        raise
    return terminal


def _bare_input(home: Path) -> Terminal:
    return Terminal(["benchmarks.bare", "input"], home, frames=True)


def _type(terminal: Terminal, text: str) -> list[float]:
    """Milliseconds of each letter typed; ends with an empty line."""
    took = [_milliseconds(terminal, letter, [text[: place + 1]]) for place, letter in enumerate(text)]
    terminal.press(_CLEAR)
    terminal.rest(2 * _GAP)
    return took


def _move(terminal: Terminal, lists: _Lists) -> list[float]:
    """Milliseconds of each step of the cursor, until the course it comes to stands there; ends at the top."""
    took = []
    place = 0
    for key, step in _STEPS:
        place += step
        took.append(_milliseconds(terminal, key, [f"{_CURSOR_SIGN} {lists.all[place]}"]))
    _milliseconds(terminal, "g", lists.in_view(""))
    return took


def _filter(terminal: Terminal, lists: _Lists) -> list[float]:
    """Milliseconds of each letter, and of each clearing, until the courses found stand there."""
    took = []
    terminal.press("/")
    terminal.rest(0.3)
    for query in _QUERIES:
        for letter, titles in lists.letters(query):
            if titles is None:
                terminal.press(letter)
                terminal.rest(2 * _GAP)
            else:
                took.append(_milliseconds(terminal, letter, titles))
        took.append(_milliseconds(terminal, _CLEAR, lists.in_view("")))
    return took


def _milliseconds(terminal: Terminal, key: str, texts: list[str]) -> float:
    at = terminal.press(key)
    took = (terminal.until_frame(texts) - at) * 1000
    terminal.rest(_GAP)
    return took
