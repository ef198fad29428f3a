"""A page from another system with only that left in it which has a Markdown of its own.

What a terminal cannot show becomes a placeholder, with a row in the report.

Elements are changed where they stand, and none is taken out of a parent or put into one: for that the parser goes
through all that stand in it, which takes long where there are many.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from azora_tui.formats.imported import ImportReport, placeholder
from azora_tui.text import clean

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_MAX_DEPTH = 40
_MAX_ALT_LENGTH = 1_000

_KEPT = frozenset({
    "a", "article", "b", "blockquote", "br", "caption", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "section",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_SAME_AS = {
    "center": "div", "main": "div", "header": "div", "footer": "div", "figure": "div", "details": "div",
    "aside": "div", "nav": "div", "fieldset": "div", "address": "div", "summary": "p", "strike": "s", "tt": "code",
    "ins": "em", "cite": "em", "var": "em", "dfn": "em",
}  # fmt: skip
_GONE = frozenset({"head", "link", "meta", "noscript", "template", "base", "title", "map", "datalist"})
# name: (what it is, why it is not here)
_LOST = {
    "iframe": ("a page embedded from elsewhere", "pages of others are not opened inside a lesson"),
    "video": ("a video", "a terminal plays no video"),
    "audio": ("a sound recording", "a terminal plays no sound"),
    "object": ("an embedded object", "embedded programs are never run"),
    "embed": ("an embedded object", "embedded programs are never run"),
    "applet": ("an embedded program", "embedded programs are never run"),
    "canvas": ("a drawing made by a program", "programs of a course are never run"),
    "svg": ("a drawing", "a terminal shows no drawings"),
    "math": ("a formula in MathML", "only formulas in TeX are shown, as they are written"),
    "form": ("a form", "forms are for a web server"),
    "input": ("a field to fill in", "fields are for a web server"),
    "select": ("a field to choose from", "fields are for a web server"),
    "textarea": ("a field to write in", "fields are for a web server"),
}
_WORDS_STAY = frozenset({"form", "object", "math", "select"})
_FIELDS = frozenset({"form", "input", "select", "textarea"})
_MARKER = "azora-raw"
_NEUTRAL = "span"
"""What stands for an element that leaves just what is in it."""
FORMULA = re.compile(
    r"\\\((?P<inline>.{1,2000}?)\\\)|\[mathjaxinline\](?P<old>.{1,2000}?)\[/mathjaxinline\]"
    r"|\\\[(?P<block>.{1,4000}?)\\\]|\$\$(?P<dollars>.{1,4000}?)\$\$|\[mathjax\](?P<jax>.{1,4000}?)\[/mathjax\]",
    re.DOTALL,
)
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>]+", re.IGNORECASE)
_ANCHOR = re.compile(r"#[\w.:-]+")
_ICON = re.compile(r"^(?:material-(?:symbols|icons).*|fa|fas|far|fab|glyphicon)$")
_ICON_SIGNS = {
    **dict.fromkeys(("check", "done", "check_circle", "check-circle", "ok"), "✓"),
    **dict.fromkeys(("close", "clear", "cancel", "times", "remove", "xmark"), "✗"),
}


def prepare(soup: "BeautifulSoup", report: ImportReport, where: str) -> list[str]:
    """Leave in the soup only what has a Markdown of its own, and put placeholders where something is lost.

    Returns the placeholders; in the soup each is an `azora-raw` with its number.
    """
    from bs4.element import PreformattedString

    for tag in soup.find_all(_MARKER):
        tag.name = _NEUTRAL
    raws: list[str] = []
    _take_out_programs(soup, report, where)
    for tag in soup.find_all("button"):
        report.skip(where, "a button", "buttons are for a web page")
        tag.insert(0, "[")
        tag.append("] ")
    _put_placeholders(soup, raws, report, where)
    _flatten(soup)
    for tag in soup.find_all(True):
        if tag.name == _MARKER:
            continue
        tag.name = _SAME_AS.get(tag.name, tag.name)
        if tag.name in _KEPT:
            _keep_attributes(tag, report, where)
        else:
            tag.name = _NEUTRAL
    for text in soup.find_all(string=FORMULA):
        if not isinstance(text, PreformattedString) and text.find_parent(["pre", "code", _MARKER]) is None:
            _mark_formulas(soup, text)
    for tag in soup.find_all("ol"):
        for number, item in enumerate(tag.find_all("li", recursive=False), start=int(str(tag.get("start", "1")))):
            item["value"] = str(number)
    return raws


def _take_out_programs(soup: "BeautifulSoup", report: ImportReport, where: str) -> None:
    """Remove scripts, styles, and what only they or a browser would use; comments are passed over when converting."""
    # Programs first: the parser takes those at the beginning for the head of a page, which goes without a word.
    for tag in [*soup.find_all(["script", "style"]), *soup.find_all(list(_GONE))]:
        if tag.decomposed:
            continue
        if tag.name == "script" and "math/tex" in str(tag.get("type", "")):
            _put_words(tag, f"\\({tag.get_text()}\\)")
            continue
        if tag.name == "script":
            report.skip(where, "a script", "programs of a course are never run")
        elif tag.name in ("style", "link"):
            report.skip(where, "a style sheet", "a terminal has its own looks")
        _put_words(tag, "")
    for tag in soup.find_all(class_=_ICON):
        if tag.decomposed:
            continue
        cell = tag.find_parent(["td", "th"])
        if cell is not None and cell.get_text().strip() == tag.get_text().strip():
            _put_words(tag, _icon_in_words(tag))  # a whole cell is no ornament: it says yes or no
        else:
            _put_words(tag, "")


def _put_words(tag: "Tag", words: str) -> None:
    """Words, or none, in place of an element."""
    tag.clear(decompose=True)
    tag.name = _NEUTRAL
    if words:
        tag.append(words)


def _icon_in_words(tag: "Tag") -> str:
    """What an icon says: icon fonts have its name as text, others as the last of its classes."""
    name = tag.get_text().strip() or _classes(tag).rpartition(" ")[2].partition("-")[2]
    return _ICON_SIGNS.get(name, name.replace("_", " ").replace("-", " "))


def _put_placeholders(soup: "BeautifulSoup", raws: list[str], report: ImportReport, where: str) -> None:
    # All are told apart before any is changed: what has left the tree has no place to be changed in.
    lost = [(tag, _is_part_of_another(tag)) for tag in soup.find_all(list(_LOST))]
    for tag, is_part in lost:
        if not is_part and not tag.decomposed:
            _lose(soup, tag, raws, report, where)
    for tag, is_part in lost:
        if is_part:
            tag.name = _NEUTRAL


def _is_part_of_another(tag: "Tag") -> bool:
    """Whether an element is told with the one that it stands in: a form's fields are, the films in it are not, for old
    systems put whole pages into a form."""
    outside = {each.name for each in tag.find_parents(list(_LOST))}
    return bool(outside) and (outside != {"form"} or tag.name in _FIELDS)


def _lose(soup: "BeautifulSoup", tag: "Tag", raws: list[str], report: ImportReport, where: str) -> None:
    """Put a placeholder where an element cannot be shown; its words stay where they are text."""
    what, why = _LOST[tag.name]
    name = " ".join(str(tag.get("title") or tag.get("aria-label") or tag.get("alt") or "").split())
    said = f"{what}, “{name}”" if name else what
    report.skip(where, said, why)
    address = next((f"<{each}>" for each in _addresses(tag) if _WEB.fullmatch(each)), "")
    raws.append(placeholder(said, why, address))
    marked = {"n": str(len(raws) - 1), "line": said, "address": address}
    if tag.name in _WORDS_STAY:
        tag.insert(0, soup.new_tag(_MARKER, attrs=marked))
        tag.name = "div"
    else:
        tag.clear(decompose=True)
        tag.name = _MARKER
        tag.attrs.clear()
        tag.attrs.update(marked)


def _addresses(tag: "Tag") -> Iterator[str]:
    """Where what an element shows may be found, the element's own word first."""
    yield str(tag.get("src") or "")
    yield str(tag.get("data") or "")
    if tag.name in ("video", "audio", "object", "applet"):
        for inner in tag.find_all(["source", "embed", "iframe"]):
            yield str(inner.get("src") or "")
        for inner in tag.find_all("param"):
            if str(inner.get("name")).lower() in ("movie", "src"):
                yield str(inner.get("value") or "")


def _flatten(soup: "BeautifulSoup") -> None:
    """Unwrap what stands too deep: converting recurses, and so could be crashed."""
    depths = {id(soup): 0}
    for tag in list(soup.find_all(True)):
        depth = depths.get(id(tag.parent), 0) + 1
        depths[id(tag)] = depth
        if depth > _MAX_DEPTH and tag.name != _MARKER:
            depths[id(tag)] = depth - 1
            for child in tag.children:
                depths[id(child)] = depth
            tag.name = "azora-flat"
    for tag in soup.find_all("azora-flat"):
        tag.unwrap()


def _keep_attributes(tag: "Tag", report: ImportReport, where: str) -> None:
    kept: dict[str, str] = {}
    if tag.name == "a":
        address = clean(str(tag.get("href") or ""), keep_newlines=False).strip()
        if _WEB.fullmatch(address) or _ANCHOR.fullmatch(address):
            kept["href"] = address
        elif address:
            shown = " ".join(tag.get_text(" ").split())
            why = "only links to the web and within a lesson are followed"
            report.skip(where, f"the link “{shown}” to {address[:120]}", why)
    elif tag.name == "img":
        kept["src"] = re.sub(r"[\s<>]+", "", clean(str(tag.get("src") or ""), keep_newlines=False))[:500]
        if kept["src"].lower().startswith("data:"):
            kept["src"] = ""
        kept["alt"] = " ".join(clean(str(tag.get("alt") or ""), keep_newlines=False).split())[:_MAX_ALT_LENGTH]
        if not kept["alt"]:
            shown = kept["src"].rpartition("/")[2] or "without a name"
            report.skip(where, f"the picture {shown[:120]}", "it has no alternative text that could stand for it")
    elif tag.name == "ol" and re.fullmatch(r"[0-9]{1,6}", str(tag.get("start", ""))):
        kept["start"] = str(tag.get("start"))
    elif tag.name in ("pre", "code"):
        found = re.search(r"(?:language|lang|brush:)[-\s]?([a-z0-9+#]{1,20})", _classes(tag))
        if found:
            kept["lang"] = found[1]
    tag.attrs.clear()
    tag.attrs.update(kept)


def _classes(tag: "Tag") -> str:
    value: Any = tag.get("class") or ""
    return " ".join(value) if isinstance(value, list) else str(value)


def _mark_formulas(soup: "BeautifulSoup", text: Any) -> None:
    marked = soup.new_tag(_NEUTRAL)
    position = 0
    whole = str(text)
    in_line = text.find_parent(["td", "th", "a"]) is not None
    for match in FORMULA.finditer(whole):
        if before := whole[position : match.start()]:
            marked.append(before)
        block = match["inline"] is None and match["old"] is None
        tag = soup.new_tag("pre" if block and not in_line else "code")
        tag.string = formula(match) if tag.name == "pre" else " ".join(formula(match).split())
        marked.append(tag)
        position = match.end()
    marked.append(whole[position:])
    text.replace_with(marked)


def formula(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None).strip()
