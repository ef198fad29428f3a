"""Where a text has what was looked for, and the part of it that is worth showing."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from azora_tui.data.dialect import Token
from azora_tui.models.search import Marked

Tokenize = Callable[[str], list[Token]]

MAX_LENGTH = 200
_BEFORE = 30
"""Characters of a snippet, and of those at most before the first hit: it has to stand within a line."""


class Query(NamedTuple):
    """The words that a text must have, as tokens; with `prefix` the last may go on."""

    words: tuple[str, ...]
    prefix: bool

    def matched(self, token: str) -> int | None:
        """Which of the words a token of a text is, if any."""
        for place, word in enumerate(self.words):
            last = self.prefix and place == len(self.words) - 1
            if token == word or (last and token.startswith(word)):
                return place
        return None


class Hits(NamedTuple):
    """The parts of a text that were looked for, and which of the query's words they are."""

    marks: tuple[tuple[int, int], ...]
    words: frozenset[int]


def hits(text: str, query: Query, tokenize: Tokenize) -> Hits:
    """Where `text` has words of the query."""
    found = [(token.start, token.end, query.matched(token.word)) for token in tokenize(text)]
    return Hits(
        tuple((start, end) for start, end, word in found if word is not None),
        frozenset(word for _, _, word in found if word is not None),
    )


def best_paragraph(paragraphs: Sequence[str], query: Query, tokenize: Tokenize) -> tuple[int, Hits] | None:
    """The first of the paragraphs with the most words of the query; None where none has any."""
    best: tuple[int, Hits] | None = None
    for number, paragraph in enumerate(paragraphs):
        if not _may_have(paragraph, query):
            continue
        here = hits(paragraph, query, tokenize)
        if here.words and (best is None or len(here.words) > len(best[1].words)):
            best = number, here
            if len(here.words) == len(query.words):
                break
    return best


def snippet(text: str, marks: Sequence[tuple[int, int]]) -> Marked:
    """A line of `text` around its first mark, cut at words, with `…` where something is left out."""
    start = end = 0
    if marks and marks[0][1] > MAX_LENGTH // 4:
        start = max(0, marks[0][0] - _BEFORE)
        start = text.find(" ", start, marks[0][0]) + 1 or marks[0][0]
    end = min(len(text), start + MAX_LENGTH)
    if end < len(text):
        last = text.rfind(" ", start + MAX_LENGTH // 2, end)
        end = last if last > 0 else end
    before = "… " if start else ""
    shift = len(before) - start
    return Marked(
        before + text[start:end] + (" …" if end < len(text) else ""),
        tuple((first + shift, min(last, end) + shift) for first, last in marks if start <= first < end),
    )


def _may_have(paragraph: str, query: Query) -> bool:
    """A quick no for most paragraphs; one beyond ASCII is looked at in any case."""
    if not paragraph.isascii():
        return True
    lower = paragraph.lower()
    return any(word in lower for word in query.words)
