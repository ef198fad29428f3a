"""A lesson as its paragraphs in plain words: what the reader shows, block for block, without the markup.

Search looks in these, and notes hang on them.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from azora_tui.formats.markdown import (
    Attributes,
    Document,
    closing,
    footnote_numbers,
    give_way,
    parse,
    parse_inline,
    plain_text,
    split_attributes,
    split_task,
)
from azora_tui.text import clean

_HIDDEN = frozenset({"card", "instructor"})
_MARKUP = frozenset("\\`*_[]<>&~{")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of a lesson.

    `text` is one line of plain words. `line` is the source line, from 0, of the block at the top level that it belongs
    to, and `digest` the fingerprint of its source: the reader finds it by these two.
    """

    text: str
    line: int
    digest: int


def digest_of(source: str) -> int:
    """The reader's own fingerprint of the source of a block."""
    return zlib.crc32(source.encode("utf-8", "replace"))


def read_paragraphs(source: str) -> list[Paragraph]:
    """Every paragraph, heading, code block and table of cleaned Markdown, in order; those without words are left out.

    Solutions are among them, review cards and the answers of quizzes are not. Never raises.
    """
    return list(_Walk(source).paragraphs())


class _Walk:
    def __init__(self, source: str) -> None:
        self._document: Document = parse(source)
        self._tokens = self._document.tokens
        self._notes = footnote_numbers(source)
        self._line = 0

    def paragraphs(self) -> Iterator[Paragraph]:
        for source, words in self._blocks(0, len(self._tokens)):
            text = " ".join(clean(words, keep_newlines=False).split())
            if text:
                yield Paragraph(text, self._line, digest_of(source))

    def _blocks(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """(source, words) of each block of the tokens from `start` to before `end`."""
        index = start
        while index < end:
            give_way()
            token = self._tokens[index]
            if token.map and token.level == 0:
                self._line = token.map[0]
            if token.type == "inline":
                yield self._inline(index)
            elif token.type in ("fence", "code_block"):
                yield _code(token)
            elif token.type in ("table_open", "div_open", "footnote_reference_open"):
                close = closing(self._tokens, index)
                yield from self._part(token, index, close)
                index = close
            index += 1

    def _part(self, token: Token, start: int, close: int) -> Iterator[tuple[str, str]]:
        if token.type == "table_open":
            yield self._table(self._tokens[start:close])
        elif token.type == "footnote_reference_open":
            if token.meta["label"] in self._notes:
                yield from self._blocks(start + 1, close)
        else:
            attributes: Attributes = token.meta["attributes"]
            if "quiz" in attributes.names:
                yield from self._quiz(self._tokens[start + 1 : close])
            elif _HIDDEN.isdisjoint(attributes.names):
                yield from self._blocks(start + 1, close)

    def _inline(self, index: int) -> tuple[str, str]:
        source = self._tokens[index].content
        opening = self._tokens[index - 1]
        if opening.type == "heading_open":
            source, _ = split_attributes(source)
        elif index > 1 and self._tokens[index - 2].type == "list_item_open" and self._tokens[index - 2].markup in "-+*":
            _, source = split_task(source)
        return source, self._words(source)

    def _quiz(self, tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
        """Questions and options, without what is right and what is said about it."""
        before: list[str] = []
        in_item = in_quote = 0
        asked = False
        for token in tokens:
            in_item += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
            in_quote += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
            if token.type == "fence" and asked:
                yield _code(token)
            if token.type != "inline" or in_quote:
                continue
            text, attributes = split_attributes(token.content)
            if in_item:
                _, option = split_task(text)
                yield option, self._words(option)
            elif attributes.id:
                source = "\n\n".join([*before, text])
                asked, before = True, []
                yield source, self._words(source)
            elif not token.content.lower().startswith(("hint:", "answer:")):
                before.append(token.content)

    def _table(self, tokens: Sequence[Token]) -> tuple[str, str]:
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(token.content)
        words = " ".join(self._words(cell) for row in rows for cell in row)
        return "\n".join("\t".join(row) for row in rows), words

    def _words(self, source: str) -> str:
        if _MARKUP.isdisjoint(source):
            return source
        return plain_text(parse_inline(source, self._document))


def _code(token: Token) -> tuple[str, str]:
    source = token.content.rstrip("\n").expandtabs(4)
    return source, source
