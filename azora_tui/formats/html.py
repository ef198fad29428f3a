"""HTML from other systems as clean Markdown: words, lists, tables, code, links and the text of images.

What a terminal cannot show leaves a visible placeholder and a row in the report. Scripts and styles are left out.
"""

import re
from typing import TYPE_CHECKING

from azora_tui.formats.html_cleaning import FORMULA, formula, prepare
from azora_tui.formats.imported import ImportReport, sealed
from azora_tui.formats.words import code_span, escaped, escaped_start, from_text
from azora_tui.text import clean

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_MAX_LENGTH = 400_000
_MAX_TAGS = 15_000
_MAX_PARSED_DEPTH = 150

_FORMULA_SIGNS = ("\\(", "\\[", "$$", "[mathjax")
_MAX_FORMULAS = 5_000
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^<>]*>?")
_CLOSED_BY_OTHERS = frozenset(
    {"p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "hr", "img", "input", "link", "meta", "source", "col"}
)
_GAPS = re.compile(r"\n{3,}")


def to_markdown(html: str, report: ImportReport, where: str) -> str:
    """The Markdown of a piece of HTML, with nothing open at its end; never raises."""
    text = clean(html).replace("\xa0", " ").replace("&nbsp;", " ")
    if "<" not in text and "&" not in text:
        return sealed(_plain(text))
    if len(text) > _MAX_LENGTH or text.count("<") > _MAX_TAGS or sum(map(text.count, _FORMULA_SIGNS)) > _MAX_FORMULAS:
        report.skip(where, "the layout of a very large page", "only its words were taken")
        return sealed(from_text(_TAG.sub(" ", text[: 4 * _MAX_LENGTH])))
    soup = _soup(text)
    if soup is None:
        report.skip(where, "the layout of a page", "its HTML is broken or too deep; only its words were taken")
        return sealed(from_text(_TAG.sub(" ", text)))
    from azora_tui.formats.html_converter import Converter

    raws = prepare(soup, report, where)
    markdown: str = Converter(raws).convert_soup(soup)
    lines = [line if line.endswith("  ") and line.strip() else line.rstrip() for line in markdown.split("\n")]
    return sealed(_GAPS.sub("\n\n", "\n".join(lines)))


def to_line(html: str) -> str:
    """HTML as one line of plain words, for a title."""
    text = clean(html)[:_MAX_LENGTH]
    if "<" in text or "&" in text:
        soup = _soup(text)
        text = _TAG.sub(" ", text) if soup is None else soup.get_text(" ")
    return " ".join(clean(text, keep_newlines=False).split())


def _soup(text: str) -> "BeautifulSoup | None":
    """The tree of a piece of HTML as browsers make it, None where it is deeper than the parser goes."""
    import warnings

    from bs4 import BeautifulSoup
    from bs4.exceptions import ParserRejectedMarkup

    if _depth(text) > _MAX_PARSED_DEPTH:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a text looks like an address or like XML
        try:
            return BeautifulSoup(text, "lxml")
        except ParserRejectedMarkup:
            return None


def _depth(text: str) -> int:
    """How deep elements may stand in one another: libxml2 drops in silence what is below 256."""
    depth = deepest = 0
    for match in _ELEMENT.finditer(text):
        if match[2].lower() not in _CLOSED_BY_OTHERS and not match[0].endswith("/>"):
            depth = max(0, depth + (-1 if match[1] else 1))
            deepest = max(deepest, depth)
    return deepest


def holds_nothing(html: str) -> bool:
    """Whether a page would show nothing of HTML but what programs or styles add to it."""
    return not _TAG.sub(
        "", re.sub(r"(?s)<!--.*?-->|<link\b[^<>]*>|<meta\b[^<>]*>", "", html)
    ).strip() and not re.search(r"<(?!/?(?:script|style|link|meta|!))", html)


def _plain(text: str) -> str:
    """Text without tags: paragraphs, with formulas as code."""
    if not FORMULA.search(text):
        return from_text(text)
    parts: list[str] = []
    position = 0
    for match in FORMULA.finditer(text):
        parts += [escaped(" ".join(text[position : match.start()].split()) + " "), code_span(formula(match)), " "]
        position = match.end()
    parts.append(escaped(" ".join(text[position:].split())))
    return escaped_start("".join(parts).strip())
