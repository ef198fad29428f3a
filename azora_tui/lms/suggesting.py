"""What a search without a hit was probably meant to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from azora_tui.data import courses
from azora_tui.lms import catalog, search
from azora_tui.lms.service import Lms, check_claims
from azora_tui.models.accounts import Claims
from azora_tui.text import clean, fold

_MAX_WORDS = 8
_MIN_LETTERS = 3
_NEAR = 0.65
"""How alike two words have to be: one slip in three letters, or two in six."""
_AROUND = ".,:;!?()[]«»“”„‘’\"'"


class _TitleWords(NamedTuple):
    """The words of all titles, in order, as they were at a version of a database."""

    at: tuple[object, int]
    words: list[str]


_kept: _TitleWords | None = None


def for_catalog(lms: Lms, claims: Claims, query: str) -> str:
    """Words near those of `query` with which the catalog finds a course; "" where there are none."""
    return _suggestion(lms, claims, query, lambda words: bool(catalog.page(lms, claims, query=words, limit=1).courses))


def for_search(lms: Lms, claims: Claims, query: str) -> str:
    """Words near those of `query` with which a search has a hit; "" where there are none."""
    return _suggestion(lms, claims, query, lambda words: bool(search.find(lms, claims, words).hits))


def _suggestion(lms: Lms, claims: Claims, query: str, finds: Callable[[str], bool]) -> str:
    check_claims(lms, claims)
    typed = fold(clean(query, keep_newlines=False)).split()
    if not 0 < len(typed) <= _MAX_WORDS:
        return ""
    known = _title_words(lms)
    meant = [word if finds(word) else _nearest(word, known) for word in typed]
    words = " ".join(meant)
    return words if all(meant) and meant != typed and finds(words) else ""


def _nearest(word: str, known: list[str]) -> str:
    # A library of its own, as the standard one takes a hundred times as long; loaded when nothing was found.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) < _MIN_LETTERS:
        return ""
    found = process.extractOne(word, known, scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
    return "" if found is None else found[0]


def _title_words(lms: Lms) -> list[str]:
    """Kept until somebody writes: who mistypes a word goes on typing."""
    global _kept  # noqa: PLW0603  # one value, replaced whole
    kept, at = _kept, (lms.database, lms.database.version())
    if kept is None or kept.at != at:
        with lms.database.read() as transaction:
            titles = courses.sorted_titles(transaction)
        words = {word.strip(_AROUND) for word in set(" ".join(titles).split())}
        _kept = kept = _TitleWords(at, sorted(word for word in words if len(word) >= _MIN_LETTERS))
    return kept.words
