"""Pandoc's fenced divs (`::: callout` … `:::`) as a block rule of markdown-it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

# Both are matched against a line without blanks at its end, so that they never backtrack over those.
_OPENING = re.compile(r":{3,}[ \t]*(?:(?P<name>[^\s{}:`]+)|\{(?P<attributes>.*)\})(?:[ \t]*:+)?")
_CLOSING = re.compile(r":{3,}")
_ENDS = "fenced_div_ends"
_CODE_FENCE = re.compile(r"(`{3,})[^`]*|(~{3,}).*")
_ATTRIBUTE = re.compile(
    r"""\#(?P<id>[^\s#.={}"']+) | \.(?P<name>[^\s#.={}"']+)
      | (?<![\w:-])(?P<key>[\w:-]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Attributes:
    """What Pandoc writes between braces: `{#id .name key="value"}`."""

    id: str = ""
    names: tuple[str, ...] = ()
    pairs: dict[str, str] = field(default_factory=dict)


def parse_attributes(text: str) -> Attributes:
    """Read the inside of a pair of braces. What is no attribute is passed over; the last id counts."""
    identifier = ""
    names: list[str] = []
    pairs: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        if match["id"]:
            identifier = match["id"]
        elif match["name"]:
            names.append(match["name"])
        else:
            pairs[match["key"]] = match["double"] or match["single"] or match["bare"] or ""
    return Attributes(identifier, tuple(names), pairs)


def fenced_divs(md: MarkdownIt) -> None:
    """Teach `md` fenced divs: `div_open` and `div_close` tokens.

    The opening token has the first class in `info`, the `Attributes` in `meta["attributes"]` and in
    `meta["closed"]` whether a closing fence was found.
    """
    md.block.ruler.before("fence", "fenced_div", _rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not state.src.startswith(":::", state.bMarks[start] + state.tShift[start]) or state.is_code_block(start):
        return False
    match = _OPENING.fullmatch(_line(state, start))
    if match is None:
        return False
    if silent:
        return True
    attributes = Attributes(names=(match["name"],)) if match["name"] else parse_attributes(match["attributes"])
    close, found = _closing_line(state, start, end)

    token = state.push("div_open", "div", 1)
    token.markup = ":::"
    token.info = attributes.names[0] if attributes.names else ""
    token.meta = {"attributes": attributes, "closed": found}
    token.map = [start, close + found]

    # As far as the closing fence and no further: a paragraph in the div cannot run on past it.
    parent, last = state.parentType, state.lineMax
    state.parentType, state.lineMax = "div", close
    state.md.block.tokenize(state, start + 1, close)
    state.parentType, state.lineMax = parent, last

    state.push("div_close", "div", -1).markup = ":::"
    state.line = close + found
    return True


def _closing_line(state: StateBlock, start: int, end: int) -> tuple[int, bool]:
    """Find the line on which the div opened at `start` ends, and whether a fence stands there."""
    tokens, ends = state.env.get(_ENDS, (None, {}))
    if tokens is not state.tokens:  # of another text
        ends = {}
        state.env[_ENDS] = (state.tokens, ends)
    if (start, state.blkIndent) not in ends:
        for line, found in _ends(state, start, end):
            ends[line, state.blkIndent] = found
    close, is_closed = ends[start, state.blkIndent]
    return (close, is_closed) if close < end else (end, False)


def _ends(state: StateBlock, start: int, end: int) -> Iterator[tuple[int, tuple[int, bool]]]:
    """(where it opens, (where it ends, whether a fence stands there)) of the div opened at `start` and of those in it.

    Divs nest by counting. All are looked for at once: else each of many that are never closed would be read to the end.
    """
    opened = [start]
    for line in _lines_that_count(state, start + 1, end):
        if _is_outside(state, line):
            end = line
            break
        text = _line(state, line)
        if _CLOSING.fullmatch(text):
            yield opened.pop(), (line, True)
            if not opened:
                return
        elif _OPENING.fullmatch(text):
            opened.append(line)
    for each in opened:
        yield each, (end, False)


def _lines_that_count(state: StateBlock, start: int, end: int) -> Iterator[int]:
    """The lines that begin with colons outside of code and comments, and the first that stands outside of the block."""
    code = ""
    in_comment = False
    comments_end = True
    for line in range(start, end):
        position = state.bMarks[line] + state.tShift[line]
        if _is_outside(state, line):
            yield line
            return
        if in_comment:
            in_comment = "-->" not in _line(state, line)
        elif code:
            text = _line(state, line)
            if text.startswith(code) and not text.strip(code[0]):
                code = ""
        elif state.src.startswith(("```", "~~~"), position):
            fence = _CODE_FENCE.fullmatch(_line(state, line))
            code = (fence[1] or fence[2]) if fence else ""
        elif state.src.startswith("<!--", position):
            comments_end = comments_end and state.src.find("-->", position, state.eMarks[end - 1]) >= 0
            in_comment = comments_end and "-->" not in _line(state, line)
        elif state.src.startswith(":::", position):
            yield line


def _is_outside(state: StateBlock, line: int) -> bool:
    position = state.bMarks[line] + state.tShift[line]
    return position < state.eMarks[line] and state.sCount[line] < state.blkIndent


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip(" \t")
