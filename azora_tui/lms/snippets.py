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
    """The words that a text must have, as tokens, or as `dialect.runs` of them; with `prefix` the last may go on."""

    words: tuple[str, ...]
    prefix: bool

    def phrase(self, tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
        """Which of the words the tokens from `start` on are, and how many of them; the longest, if any."""
        found: tuple[int, int] | None = None
        for place, word in enumerate(self.words):
            *all_but_last, last = word.split(" ")
            length = len(all_but_last) + 1
            here = [token.word for token in tokens[start : start + length]]
            if here[:-1] != all_but_last or len(here) < length or (found and found[1] >= length):
                continue
            may_go_on = self.prefix and place == len(self.words) - 1
            if here[-1] == last or (may_go_on and here[-1].startswith(last)):
                found = place, length
        return found

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
    tokens = tokenize(text)
    if any(" " in word for word in query.words):
        return _phrase_hits(tokens, query)
    found = [(token.start, token.end, query.matched(token.word)) for token in tokens]
    return Hits(
        tuple((start, end) for start, end, word in found if word is not None),
        frozenset(word for _, _, word in found if word is not None),
    )


def _phrase_hits(tokens: Sequence[Token], query: Query) -> Hits:
    marks: list[tuple[int, int]] = []
    words: set[int] = set()
    place = 0
    while place < len(tokens):
        word, length = query.phrase(tokens, place) or (None, 1)
        if word is not None:
            marks.append((tokens[place].start, tokens[place + length - 1].end))
            words.add(word)
        place += length
    return Hits(tuple(marks), frozenset(words))


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
