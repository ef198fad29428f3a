"""Inline Markdown as one string and the runs of formatting over it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag
from typing import NamedTuple

from markdown_it.token import Token

from azora_tui.formats.markdown import Document, parse_inline, plain_text
from azora_tui.text import clean


class Format(IntFlag):
    """What inline formatting says about a run of text."""

    PLAIN = 0
    STRONG = 1
    EMPHASIS = 2
    STRIKE = 4
    CODE = 8
    LINK = 16
    NOTE = 32
    IMAGE = 64


class Run(NamedTuple):
    """Text up to `end` (and from where the last run ended) in one format; `link` counts from 0, -1 is none."""

    end: int
    format: Format
    link: int


@dataclass(frozen=True, slots=True)
class Inline:
    """Plain text, `\\n` where a line must break, and how it is formatted. No runs: all of it is plain."""

    text: str
    runs: tuple[Run, ...] = ()
    links: tuple[str, ...] = ()


_MARKUP = re.compile(r"[\\`*_\[<&~]| {2}\n")
_BLANKS = re.compile(r"[ \t\n]+")
_OPEN = {"strong_open": Format.STRONG, "em_open": Format.EMPHASIS, "s_open": Format.STRIKE}
_CLOSE = {"strong_close": Format.STRONG, "em_close": Format.EMPHASIS, "s_close": Format.STRIKE}
_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def read_inline(source: str, document: Document, notes: Mapping[str, int]) -> Inline:
    """Turn inline Markdown into text and runs. `notes` numbers the footnotes by label.

    Only links that a person may be asked to follow become links: http, https, mailto, and anchors inside.
    """
    if not _MARKUP.search(source):
        return Inline(" ".join(source.split()))
    flat = _Flat(notes, decoded="&" in source)
    for token in parse_inline(source, document):
        flat.add(token)
    return flat.inline()


class _Flat:
    """Makes one string of inline tokens."""

    def __init__(self, notes: Mapping[str, int], *, decoded: bool) -> None:
        self._notes = notes
        self._decoded = decoded
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._links: list[str] = []
        self._length = 0
        self._nested: list[Format] = []
        self._link = -1

    def inline(self) -> Inline:
        plain = len(self._runs) == 1 and self._runs[0].format == Format.PLAIN
        return Inline("".join(self._parts), () if plain else tuple(self._runs), tuple(self._links))

    def add(self, token: Token) -> None:
        kind = token.type
        if kind in ("text", "text_special"):
            # A character reference can stand for what cleaning the source could not see.
            text = clean(token.content) if self._decoded else token.content
            self._text(_BLANKS.sub(" ", text))
        elif kind in _BREAKS:
            self._text(_BREAKS[kind])
        elif kind in _OPEN:
            self._nested.append(_OPEN[kind])
        elif kind in _CLOSE:
            self._nested.remove(_CLOSE[kind])
        elif kind == "code_inline":
            self._text(token.content, Format.CODE)
        elif kind == "link_open":
            self._open_link(clean(str(token.attrs.get("href", "")), keep_newlines=False))
        elif kind == "link_close":
            self._link = -1
        elif kind == "image":
            words = token.meta.get("alt") or plain_text(token.children or ())
            words = " ".join(clean(words, keep_newlines=False).split())
            self._text(f"[image: {words}]" if words else "[image]", Format.IMAGE)
        elif kind == "footnote_ref":
            self._mark(token.meta["label"])

    def _open_link(self, href: str) -> None:
        if href.lower().startswith(("http://", "https://", "mailto:", "#")):
            self._links.append(href)
            self._link = len(self._links) - 1

    def _mark(self, label: str) -> None:
        if label in self._notes:
            around, self._link = self._link, len(self._links)
            self._links.append(f"#note:{label}")
            self._text(f"[{self._notes[label]}]", Format.NOTE)
            self._link = around

    def _text(self, text: str, format: Format = Format.PLAIN) -> None:
        if not text:
            return
        for outer in self._nested:
            format |= outer
        if self._link >= 0 and not format & Format.NOTE:
            format |= Format.LINK
        self._length += len(text)
        self._parts.append(text)
        if self._runs and self._runs[-1][1:] == (format, self._link):
            self._runs.pop()
        self._runs.append(Run(self._length, format, self._link))
