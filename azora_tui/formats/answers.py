"""What an answer is compared by, and what options show: words, in which `<…>` stays where it is no markup.

A course about programs asks for `List<String>`, `<p>` or `a < b`; that is what a learner has to see and to write.
"""

import re
from collections.abc import Sequence
from html import unescape

from azora_tui.formats.html import to_markdown
from azora_tui.formats.imported import ImportReport
from azora_tui.formats.quiz_writing import spoken
from azora_tui.formats.words import from_text
from azora_tui.text import clean

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SIGN = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?:[\s/][^<>]*)?>|<!--|<")
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_END_IS_OPTIONAL = frozenset(
    {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "body", "html"}
)
_OTHERS = """
a abbr acronym address applet article aside audio b base bdi bdo big blockquote body button canvas caption center cite
code colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form
frame frameset h1 h2 h3 h4 h5 h6 head header hgroup html i iframe ins kbd label legend li main map mark math menu
meter nav noframes noscript object ol optgroup option output p param picture pre progress q rp rt ruby s samp script
search section select slot small span strike strong style sub summary sup svg table tbody td template textarea tfoot
th thead time title tr tt u ul var video
"""
_ELEMENTS = _VOID | frozenset(_OTHERS.split())


def answer_words(text: str) -> str:
    """A written answer on one line, `<…>` as it stands, entities resolved once."""
    return " ".join(clean(_resolved(text), keep_newlines=False).split())


def literal_signs(html: str, *, paired: bool = False) -> str:
    """HTML in which a `<` is a sign among words where it begins no element of HTML, or one which is not ended, or ends
    one which was not begun. With `paired`, that holds also for those whose end may be left out."""
    signs = list(_SIGN.finditer(html))
    markup: set[int] = set()
    begun: dict[str, list[int]] = {}
    for place, sign in enumerate(signs):
        name = (sign["name"] or "").lower()
        if sign[0] == "<!--":
            markup.add(place)
        elif name not in _ELEMENTS:
            continue
        elif name in _VOID or (name in _END_IS_OPTIONAL and not paired):
            markup.add(place)
        elif not sign["end"]:
            begun.setdefault(name, []).append(place)
        elif begun.get(name):
            markup |= {begun[name].pop(), place}
    parts: list[str] = []
    position = 0
    for place, sign in enumerate(signs):
        if place not in markup:
            parts += [html[position : sign.start()], "&lt;"]
            position = sign.start() + 1
    return "".join([*parts, html[position:]])


def option_markdown(html: str, report: ImportReport, where: str) -> str:
    """The Markdown of an option in HTML; "" where nothing is left of it."""
    return to_markdown(literal_signs(html, paired=True), report, where)


def option_texts(sources: Sequence[str], texts: Sequence[str], report: ImportReport, where: str) -> list[str]:
    """What each option shows: its text where that says something which no other does, else its source as it was
    written. What is empty in the source is told, and shown as `…`."""
    differing: dict[str, set[str]] = {}
    for text, source in zip(texts, sources, strict=True):
        differing.setdefault(text, set()).add(" ".join(source.split()))
    made = [
        text
        if text == source.strip() or (_says_something(text) and len(differing[text]) == 1)
        else as_written(source) or text
        for text, source in zip(texts, sources, strict=True)
    ]
    for text in made:
        if not text:
            report.skip(where, "an option", "it is empty in the source")
    return [text or "…" for text in made]


def as_written(source: str) -> str:
    """The Markdown that shows a source as it was written, entities resolved once."""
    return from_text(_resolved(source))


def _says_something(markdown: str) -> bool:
    if ":::" in markdown:
        return False
    return any(sign.isalnum() for sign in markdown) or bool(spoken(markdown))


def _resolved(text: str) -> str:
    return _ENTITY.sub(lambda match: unescape(match[0]), text)
