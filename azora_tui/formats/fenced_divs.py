"""Pandoc's fenced divs (`::: callout` … `:::`) as a block rule of markdown-it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

# Both are matched against a line without blanks at its end, so that they never backtrack over those.
_OPENING = re.compile(r":{3,}[ \t]*(?:(?P<name>[^\s{}:`]+)|\{(?P<attributes>.*)\})(?:[ \t]*:+)?")
_CLOSING = re.compile(r":{3,}")
_CODE_FENCE = re.compile(r"(`{3,})[^`]*|(~{3,}).*")
_ATTRIBUTE = re.compile(
    r"""\#(?P<id>[^\s#.={}"']+) | \.(?P<name>[^\s#.={}"']+)
      | (?P<key>[\w:-]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"']+))""",
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
    """Find the line on which the div opened at `start` ends, and whether a fence stands there.

    Divs nest by counting; colons in code and in comments count for nothing.
    """
    depth = 1
    code = ""
    in_comment = False
    for line in range(start + 1, end):
        position = state.bMarks[line] + state.tShift[line]
        if position < state.eMarks[line] and state.sCount[line] < state.blkIndent:
            return line, False
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
            in_comment = "-->" not in _line(state, line) and "-->" in state.src[position : state.eMarks[end - 1]]
        elif state.src.startswith(":::", position):
            text = _line(state, line)
            if _CLOSING.fullmatch(text):
                depth -= 1
                if not depth:
                    return line, True
            elif _OPENING.fullmatch(text):
                depth += 1
    return end, False


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip(" \t")
