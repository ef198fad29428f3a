"""The Markdown that lessons are written in: CommonMark with tables, strikethrough, footnotes, task lists and
fenced divs, and without raw HTML.

Blocks are parsed at once and inline text only on demand: whoever shows a long lesson needs the inline text of one
page, and whoever checks a lesson can ask for all of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from threading import get_ident, main_thread
from time import perf_counter, sleep
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from azora_tui.formats.fenced_divs import Attributes, fenced_divs, parse_attributes

__all__ = [
    "Attributes",
    "Document",
    "closing",
    "definitions",
    "footnote_numbers",
    "give_way",
    "parse",
    "parse_inline",
    "plain_text",
    "split_attributes",
    "split_task",
]

_UNCLOSED = "unclosed_comments"
_MAX_NESTING = 40
# Inline parsing is quadratic in the brackets and the like of one paragraph. No prose has this many.
_MAX_MARKS = 3_000
_MARKS = "[<*_`~!&\\"
_MAX_DEFINITIONS = 500
_MAX_DEFINITION_LENGTH = 2_000
_TURN = 0.001
_REST = 0.00005
_gave_way = 0.0

_TRAILING_ATTRIBUTES = re.compile(r"(?<!\\)\{([^{}]*)\}\s*\Z")
_INLINE_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_TASK = re.compile(r"\[([ xX])\][ \t\n]+(?=\S)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:.*(?:\n(?![ \t]*$).*)*", re.MULTILINE)
_FOOTNOTE = re.compile(
    r"(?P<ticks>`+) | \\. | (?P<definition>^\ {0,3}\[\^[^\]\s]{1,500}\]:) | \[\^(?P<label>[^\]\s]{1,500})\]",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_TICKS = re.compile("`+")
_DEFINED = re.compile(r"^[ >]*\[\^([^\]\s]+)\]:", re.MULTILINE)

Environment = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed lesson.

    `tokens` are markdown-it's block tokens; `map` holds the first line and the line after the last, from 0.
    `inline` tokens have their source in `content` and no children: give it to `parse_inline`.
    """

    tokens: Sequence[Token]
    environment: Environment = field(default_factory=dict)


def parse(source: str, environment: Environment | None = None) -> Document:
    """Parse cleaned Markdown without front matter. Never raises, however deep it is nested.

    `environment` holds definitions that are known already (see `definitions`).
    """
    environment = {} if environment is None else environment
    tokens: list[Token] = []
    _parser().block.parse(source, _parser(), environment, tokens)
    return Document(tokens, environment)


def parse_inline(text: str, document: Document) -> list[Token]:
    """Parse the content of an `inline` token, with the link and footnote definitions of its document."""
    if len(text) > _MAX_MARKS and sum(map(text.count, _MARKS)) > _MAX_MARKS:
        return [Token("text", "", 0, content=text)]
    tokens: list[Token] = []
    _parser().inline.parse(text.strip(), _parser(), document.environment, tokens)
    return tokens


def definitions(source: str) -> Environment:
    """Collect the link and footnote definitions of a source of any length without parsing the rest of it.

    For showing the first page before the whole is parsed; a definition inside code is taken for one.
    """
    environment: Environment = {}
    if "]:" in source:
        found = [
            match[0][:_MAX_DEFINITION_LENGTH]
            for match, _ in zip(_DEFINITION.finditer(source), range(_MAX_DEFINITIONS), strict=False)
        ]
        parse("\n\n".join(found), environment)
    return environment


def footnote_numbers(source: str) -> dict[str, int]:
    """Number the footnotes of a source, by label, from 1, in the order in which the text refers to them."""
    if "[^" not in source:
        return {}
    defined = set(_DEFINED.findall(source))
    # Code ends at the next run of as many backticks as it began with; with none, it is no code.
    ends: defaultdict[int, list[int]] = defaultdict(list)
    for ticks in _TICKS.finditer(source):
        ends[ticks.end() - ticks.start()].append(ticks.end())
    numbers: dict[str, int] = {}
    position = 0
    while match := _FOOTNOTE.search(source, position):
        position = match.end()
        if match["ticks"]:
            same = ends[len(match["ticks"])]
            after = bisect_right(same, position)
            position = same[after] if after < len(same) else position
        elif (label := match["label"]) in defined:
            numbers.setdefault(label, len(numbers) + 1)
    return numbers


def plain_text(tokens: Sequence[Token]) -> str:
    """The words of inline tokens, without their formatting; images give their alternative text."""
    words: list[str] = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif token.type == "image":
            words.append(token.meta.get("alt") or plain_text(token.children or ()))
        elif token.type != "footnote_ref":
            words.append(token.content)
    return "".join(words)


def closing(tokens: Sequence[Token], index: int) -> int:
    """The index of the token that closes the one at `index`, or how many there are where none does."""
    depth = 0
    for place in range(index, len(tokens)):
        depth += tokens[place].nesting
        if depth <= 0:
            return place
    return len(tokens)


def split_attributes(text: str) -> tuple[str, Attributes]:
    """Split `Title {#id .name}` into the title and the attributes; without any, the text stays as it is."""
    match = _TRAILING_ATTRIBUTES.search(text[-500:])
    attributes = parse_attributes(match[1]) if match else Attributes()
    if match is None or attributes == Attributes():
        return text, Attributes()
    return text[: len(text) - len(match[0])].rstrip(), attributes


def split_task(text: str) -> tuple[bool | None, str]:
    """Split `[x] text` into whether it is done and the text; `None` if the item is no task."""
    match = _TASK.match(text)
    return (match[1] != " ", text[match.end() :]) if match else (None, text)


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_NESTING})
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False, move_to_end=False)
    md.use(fenced_divs)
    md.block.ruler.before("table", "give_way", _give_way)
    md.block.ruler.before("fence", "comment", _comment, {"alt": ["paragraph", "reference", "blockquote"]})
    md.inline.ruler.before("autolink", "comment", _inline_comment)
    md.inline.ruler.after("image", "image_attributes", _image_attributes)
    return md


def give_way() -> None:
    """In a thread other than the main one, now and then let the others run.

    The interpreter changes threads every five milliseconds, which makes an event loop that has to wait for its
    turn several times a key feel slow.
    """
    global _gave_way  # noqa: PLW0603
    if get_ident() != main_thread().ident and perf_counter() - _gave_way > _TURN:
        sleep(_REST)
        _gave_way = perf_counter()


def _give_way(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    give_way()
    return False


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Drop an HTML comment that begins a line, through the line on which it ends."""
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<!--", position) or state.is_code_block(start):
        return False
    close = _end_of_comment(state, position, end)
    if close is None:
        return False
    if not silent:
        state.line = close + 1
    return True


def _end_of_comment(state: StateBlock, position: int, end: int) -> int | None:
    """The line, before the line `end`, on which the comment that begins at `position` ends; None where it does not.

    That there is no end is remembered: many that are never closed would each be read to the end of the text.
    """
    tokens, unclosed = state.env.get(_UNCLOSED, (None, {}))
    if tokens is not state.tokens:  # of another text
        unclosed = {}
        state.env[_UNCLOSED] = (state.tokens, unclosed)
    if position >= unclosed.get(end, len(state.src)):
        return None
    close = state.src.find("-->", position + 4, state.eMarks[end - 1])
    if close < 0:
        unclosed[end] = position
        return None
    return bisect_left(state.eMarks, close + 3, 0, end)


def _inline_comment(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("<!--", state.pos):
        return False
    end = state.src.find("-->", state.pos + 4, state.posMax)
    if end < 0:
        return False
    state.pos = end + 3
    return True


def _image_attributes(state: StateInline, silent: bool) -> bool:
    """Read the braces behind an image, where the Carpentries keep its alternative text."""
    if silent or state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    image = state.tokens[-1]
    match = _INLINE_ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if image.type != "image" or match is None:
        return False
    image.meta["alt"] = " ".join(parse_attributes(match[0][1:-1]).pairs.get("alt", "").split())
    state.pos = match.end()
    return True
