"""HTML from other systems as clean Markdown: words, lists, tables, code, links and the text of images.

What a terminal cannot show leaves a visible placeholder and a row in the report. Scripts and styles are left out.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from azora_tui.formats.html_cleaning import FORMULA, formula, prepare
from azora_tui.formats.imported import ImportReport, sealed
from azora_tui.formats.pages import read_page
from azora_tui.formats.words import code_span, escaped, escaped_start, from_text
from azora_tui.text import clean

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_MAX_LENGTH = 400_000
_MAX_TAGS = 15_000
_MAX_PARSED_DEPTH = 150

_FORMULA_SIGNS = ("\\(", "\\[", "$$", "[mathjax")
_MAX_FORMULAS = 5_000
_TAG = re.compile(r"<!--|<(?P<program>script|style)\b[^<>]*>?|<[^<>]*>", re.IGNORECASE)
_ENDS = {name: re.compile(rf"</{name}[^<>]*>", re.IGNORECASE) for name in ("script", "style")} | {"": re.compile("-->")}
_SHOWS_NOTHING = re.compile(r"<(?:/?(?:script|style|link|meta)|!)", re.IGNORECASE)
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
    if len(text) > _MAX_LENGTH or text.count("<") > _MAX_TAGS or _is_full_of_formulas(text):
        report.skip(where, "the layout of a very large page", "only its words were taken")
        return sealed(from_text(without_tags(text[: 4 * _MAX_LENGTH])))
    what = "the layout of a page"
    return read_page(
        lambda: _converted(text, report, where), lambda: sealed(from_text(without_tags(text))), report, where, what
    )


def _converted(text: str, report: ImportReport, where: str) -> str:
    soup = _soup(text)
    if soup is None:
        report.skip(where, "the layout of a page", "its HTML is broken or too deep; only its words were taken")
        return sealed(from_text(without_tags(text)))
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
        text = without_tags(text) if soup is None else soup.get_text(" ")
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
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for match in _ELEMENT.finditer(text):
        name = match[2].lower()
        if name in _CLOSED_BY_OTHERS or match[0].endswith("/>"):
            continue
        if not match[1]:
            opened[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif opened[name]:  # one that closes nothing is passed over
            opened[name] -= 1
            depth -= 1
    return deepest


def without_tags(html: str) -> str:
    """The words of HTML with a blank for each tag, without comments, scripts and styles; entities are resolved."""
    from html import unescape

    return clean(unescape(" ".join(before for before, _ in _pieces(html))))


def holds_nothing(html: str) -> bool:
    """Whether a page would show nothing of HTML but what programs or styles add to it."""
    return all(not before.strip() and (not tag or _SHOWS_NOTHING.match(tag)) for before, tag in _pieces(html))


def _pieces(html: str) -> Iterator[tuple[str, str]]:
    """(words, the tag after them), "" after the last; a tag stands for all that a browser would not show with it.

    Each end is looked for once: what is never closed would otherwise be read to the end of the page again and again.
    """
    unclosed: set[str] = set()
    position = 0
    while match := _TAG.search(html, position):
        yield html[position : match.start()], match[0]
        position = match.end()
        kind = (match["program"] or "").lower()
        if (kind or match[0] == "<!--") and kind not in unclosed:
            if end := _ENDS[kind].search(html, position):
                position = end.end()
            else:
                unclosed.add(kind)
    yield html[position:], ""


def _is_full_of_formulas(text: str) -> bool:
    return sum(map(text.count, _FORMULA_SIGNS)) > _MAX_FORMULAS


def _plain(text: str) -> str:
    """Text without tags: paragraphs, with formulas as code."""
    if _is_full_of_formulas(text) or not FORMULA.search(text):
        return from_text(text)
    parts: list[str] = []
    position = 0
    for match in FORMULA.finditer(text):
        parts += [escaped(" ".join(text[position : match.start()].split()) + " "), code_span(formula(match)), " "]
        position = match.end()
    parts.append(escaped(" ".join(text[position:].split())))
    return escaped_start("".join(parts).strip())
