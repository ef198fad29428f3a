"""HTML from other systems as clean Markdown: words, lists, tables, code, links and the text of images.

What a terminal cannot show leaves a visible placeholder and a row in the report. Scripts and styles are left out.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from azora_tui.formats.imported import ImportReport, placeholder, sealed
from azora_tui.formats.words import code_span, escaped, escaped_start, from_text
from azora_tui.text import clean

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_MAX_LENGTH = 400_000
_MAX_TAGS = 15_000
_MAX_DEPTH = 40
_MAX_PARSED_DEPTH = 150
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
_GONE = frozenset({"head", "link", "meta", "noscript", "template", "base", "title", "map", "datalist", "param"})
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
_MATH = re.compile(
    r"\\\((?P<inline>.{1,2000}?)\\\)|\[mathjaxinline\](?P<old>.{1,2000}?)\[/mathjaxinline\]"
    r"|\\\[(?P<block>.{1,4000}?)\\\]|\$\$(?P<dollars>.{1,4000}?)\$\$|\[mathjax\](?P<jax>.{1,4000}?)\[/mathjax\]",
    re.DOTALL,
)
_FORMULA_SIGNS = ("\\(", "\\[", "$$", "[mathjax")
_MAX_FORMULAS = 5_000
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^<>]*>?")
_CLOSED_BY_OTHERS = frozenset(
    {"p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "hr", "img", "input", "link", "meta", "source", "col"}
)
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>]+", re.IGNORECASE)
_ANCHOR = re.compile(r"#[\w.:-]+")
_SUPER = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_ICON = re.compile(r"^(?:material-(?:symbols|icons).*|fa|fas|far|fab|glyphicon)$")
_ICON_SIGNS = {
    **dict.fromkeys(("check", "done", "check_circle", "check-circle", "ok"), "✓"),
    **dict.fromkeys(("close", "clear", "cancel", "times", "remove", "xmark"), "✗"),
}
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
    raws = _prepare(soup, report, where)
    markdown: str = _converter()(raws).convert_soup(soup)
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
    if not _MATH.search(text):
        return from_text(text)
    parts: list[str] = []
    position = 0
    for match in _MATH.finditer(text):
        parts += [escaped(" ".join(text[position : match.start()].split()) + " "), code_span(_formula(match)), " "]
        position = match.end()
    parts.append(escaped(" ".join(text[position:].split())))
    return escaped_start("".join(parts).strip())


def _formula(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None).strip()


def _prepare(soup: "BeautifulSoup", report: ImportReport, where: str) -> list[str]:
    """Leave in the soup only what has a Markdown of its own, and put placeholders where something is lost.

    Returns the placeholders; in the soup each is an `azora-raw` with its number.
    """
    raws: list[str] = []
    _take_out_programs(soup, report, where)
    for tag in soup.find_all("button"):
        report.skip(where, "a button", "buttons are for a web page")
        tag.insert(0, "[")
        tag.append("] ")
    for tag in soup.find_all(list(_LOST)):
        if not tag.decomposed and tag.find_parent(list(_LOST)) is None:
            _lose(soup, tag, raws, report, where)
    _flatten(soup)
    for tag in soup.find_all(True):
        if tag.name == "azora-raw":
            continue
        tag.name = _SAME_AS.get(tag.name, tag.name)
        if tag.name in _KEPT:
            _keep_attributes(tag, report, where)
        else:
            tag.unwrap()
    for text in soup.find_all(string=_MATH):
        if text.find_parent(["pre", "code", "azora-raw"]) is None:
            _mark_formulas(soup, text)
    for tag in soup.find_all("ol"):
        for number, item in enumerate(tag.find_all("li", recursive=False), start=int(str(tag.get("start", "1")))):
            item["value"] = str(number)
    return raws


def _take_out_programs(soup: "BeautifulSoup", report: ImportReport, where: str) -> None:
    """Remove comments, scripts, styles, and what only they or a browser would use."""
    from bs4.element import NavigableString, PreformattedString

    for node in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        node.extract()
    # Programs first: the parser takes those at the beginning for the head of a page, which goes without a word.
    for tag in [*soup.find_all(["script", "style"]), *soup.find_all(list(_GONE))]:
        if tag.decomposed:
            continue
        if tag.name == "script" and "math/tex" in str(tag.get("type", "")):
            tag.replace_with(NavigableString(f"\\({tag.get_text()}\\)"))
            continue
        if tag.name == "script":
            report.skip(where, "a script", "programs of a course are never run")
        elif tag.name in ("style", "link"):
            report.skip(where, "a style sheet", "a terminal has its own looks")
        tag.decompose()
    for tag in soup.find_all(class_=_ICON):
        if tag.decomposed:
            continue
        cell = tag.find_parent(["td", "th"])
        if cell is not None and cell.get_text().strip() == tag.get_text().strip():
            tag.replace_with(_icon_in_words(tag))  # a whole cell is no ornament: it says yes or no
        else:
            tag.decompose()


def _icon_in_words(tag: "Tag") -> str:
    """What an icon says: icon fonts have its name as text, others as the last of its classes."""
    name = tag.get_text().strip() or _classes(tag).rpartition(" ")[2].partition("-")[2]
    return _ICON_SIGNS.get(name, name.replace("_", " ").replace("-", " "))


def _lose(soup: "BeautifulSoup", tag: "Tag", raws: list[str], report: ImportReport, where: str) -> None:
    """Put a placeholder where an element cannot be shown; its words stay where they are text."""
    from bs4 import Tag

    what, why = _LOST[tag.name]
    name = " ".join(str(tag.get("title") or tag.get("aria-label") or tag.get("alt") or "").split())
    source = tag.get("src") or tag.get("data")
    if not source and isinstance(inner := tag.find(["source", "embed", "iframe"]), Tag):
        source = inner.get("src")
    said = f"{what}, “{name}”" if name else what
    report.skip(where, said, why)
    address = f"<{source}>" if source and _WEB.fullmatch(str(source)) else ""
    raws.append(placeholder(said, why, address))
    marker = soup.new_tag("azora-raw", attrs={"n": str(len(raws) - 1), "line": said})
    if tag.name in _WORDS_STAY:
        for field in tag.find_all(list(_LOST)):
            field.unwrap()
        tag.insert_before(marker)
        tag.name = "div"
    else:
        tag.replace_with(marker)


def _flatten(soup: "BeautifulSoup") -> None:
    """Unwrap what stands too deep: converting recurses, and so could be crashed."""
    depths = {id(soup): 0}
    for tag in list(soup.find_all(True)):
        depth = depths.get(id(tag.parent), 0) + 1
        depths[id(tag)] = depth
        if depth > _MAX_DEPTH and tag.name != "azora-raw":
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
    position = 0
    whole = str(text)
    for match in _MATH.finditer(whole):
        if before := whole[position : match.start()]:
            text.insert_before(before)
        block = match["inline"] is None and match["old"] is None
        tag = soup.new_tag("pre" if block and text.find_parent(["td", "th", "a"]) is None else "code")
        tag.string = _formula(match) if tag.name == "pre" else " ".join(_formula(match).split())
        text.insert_before(tag)
        position = match.end()
    text.replace_with(whole[position:])


@cache
def _converter() -> Any:
    """markdownify's converter with our own escaping; made on first use, for the library is heavy."""
    from markdownify import MarkdownConverter as Untyped

    base: Any = Untyped

    class Converter(base):  # type: ignore[misc]  # its types leave out what is there to be overridden
        class Options(base.DefaultOptions):  # type: ignore[misc]
            autolinks = False
            bullets = "-"
            heading_style = "atx"
            newline_style = "spaces"
            wrap = True
            wrap_width = None

        def __init__(self, raws: list[str]) -> None:
            super().__init__()
            self.raws = raws

        def escape(self, text: str, parent_tags: set[str]) -> str:
            words = escaped_start(escaped(text))
            return words.replace("|", "\\|") if _is_cell(parent_tags) else words

        def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
            address = el.get("href")
            if not address or "_noformat" in parent_tags or "a" in parent_tags:
                return text
            words = text.strip()
            if not words or "\n\n" in words:
                return f"{text}\n\n<{address}>\n\n" if words else ""
            target = f"<{address}>" if re.search(r"[()]", address) else address
            before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            return f"{before}[{words}]({target}){after}"

        def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
            if "_noformat" in parent_tags:
                return str(el.get("alt", ""))
            words = self.escape(el.get("alt", ""), parent_tags)
            source = el.get("src", "")
            return f"![{words}](<{source}>)" if re.search(r"[()\\]", source) else f"![{words}]({source})"

        def convert_h1(self, el: Any, text: str, parent_tags: set[str]) -> str:
            # A lesson's own title is its only first heading.
            return str(self.convert_hN(2, el, text, parent_tags))

        def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:
            code = text.strip("\n").rstrip()
            if not code:
                return ""
            if "_inline" in parent_tags:
                return f" {code_span(code)} "
            ticks = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
            inner = el.find("code")
            language = el.get("lang") or (inner.get("lang") if inner else "") or ""
            return f"\n\n{ticks}{language}\n{code}\n{ticks}\n\n"

        def convert_code(self, el: Any, text: str, parent_tags: set[str]) -> str:
            if "_noformat" in parent_tags:
                return text
            span = code_span(text)
            if _is_cell(parent_tags):
                span = span.replace("|", "\\|")
            before, after = " " if text[:1] == " " else "", " " if text[-1:] == " " else ""
            return f"{before}{span}{after}"

        convert_kbd = convert_samp = convert_code

        def convert_li(self, el: Any, text: str, parent_tags: set[str]) -> str:
            words = (text or "").strip()
            if not words:
                return "\n"
            bullet = f"{el['value']}. " if el.get("value") else "- "
            return bullet + words.replace("\n", "\n" + " " * len(bullet)) + "\n"

        def convert_dt(self, el: Any, text: str, parent_tags: set[str]) -> str:
            words = " ".join(text.split())
            return f"\n\n**{words}**\n\n" if words and "_inline" not in parent_tags else f" {words} "

        def convert_dd(self, el: Any, text: str, parent_tags: set[str]) -> str:
            return f"\n\n{text.strip()}\n\n" if "_inline" not in parent_tags else f" {text.strip()} "

        def convert_sup(self, el: Any, text: str, parent_tags: set[str]) -> str:
            return _raised(text, _SUPER, "^")

        def convert_sub(self, el: Any, text: str, parent_tags: set[str]) -> str:
            return _raised(text, _SUB, "_")

        def convert_azora_raw(self, el: Any, text: str, parent_tags: set[str]) -> str:
            if not {"_inline", "_noformat", "a", "b", "em", "i", "strong"}.isdisjoint(parent_tags):
                return f" [{escaped(el['line'])}] ".replace("[", "\\[").replace("]", "\\]")
            return f"\n\n{self.raws[int(el['n'])]}\n\n"

    for name in ("b", "em", "del", "strong", "i", "s"):
        plain = getattr(base, f"convert_{name}")

        def whole(self: Any, el: Any, text: str, parent_tags: set[str], plain: Any = plain) -> str:
            # Emphasis cannot hold blocks.
            return text if "\n\n" in text.strip() else plain(self, el, text, parent_tags)

        setattr(Converter, f"convert_{name}", whole)
    return Converter


def _is_cell(parent_tags: set[str]) -> bool:
    return "td" in parent_tags or "th" in parent_tags


def _raised(text: str, signs: dict[int, int], mark: str) -> str:
    words = text.strip()
    if not words:
        return text
    raised = words.translate(signs)
    return raised if all(ord(sign) in signs for sign in words) else f"\\{mark}{words}"
