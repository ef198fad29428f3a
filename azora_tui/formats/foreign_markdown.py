"""Markdown of other systems made ours: front matter taken off, raw HTML turned into Markdown, images looked after."""

import re
from itertools import pairwise

from azora_tui.formats.code_spans import outside_code
from azora_tui.formats.html import to_markdown
from azora_tui.formats.imported import ImportReport, shortened
from azora_tui.formats.markdown import parse, parse_inline, plain_text
from azora_tui.formats.safe_yaml import YamlError, read_yaml
from azora_tui.formats.words import escaped
from azora_tui.text import clean

FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)(.*)\Z", re.DOTALL)
_TAG_NAMES = (
    "a|abbr|article|aside|audio|b|blockquote|br|button|canvas|center|cite|code|dd|del|details|div|dl|dt|em|embed|figcaption|"
    "figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|li|mark|nav|object|ol|p|pre|q|s|script|section|"
    "select|small|source|span|strong|style|sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|tr|u|ul|video"
)
_BLOCK = re.compile(
    r"\s*</?(?:article|aside|audio|blockquote|canvas|center|details|div|dl|embed|figure|footer|form|h[1-6]|header|hr"
    r"|iframe|nav|object|ol|p|pre|script|section|style|svg|table|ul|video)[\s/>]",
    re.IGNORECASE,
)
_INLINE = re.compile(
    rf"(?P<image><img\b[^<>]*>)|(?P<break><br\s*/?>)"
    rf"|</?(?:{_TAG_NAMES})(?:\s[^<>]*)?/?>",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rf"</?(?:{_TAG_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![\w-])([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_BLOCK_NAMES = frozenset({"dd", "div", "dt", "figcaption", "figure", "li", "p", "section", "summary", "td", "th", "tr"})
_PLACEHOLDER = re.compile(r"^\s*[-=|: \t+]+\s*$")


def front_matter(text: str, report: ImportReport, where: str) -> tuple[dict[str, object], str]:
    """The front matter of a Markdown file, and what follows it."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    try:
        return read_yaml(match[1] or ""), match[2]
    except YamlError as error:
        report.skip(where, "the front matter", str(error))
        return {}, match[2]


def adopt(text: str, report: ImportReport, where: str) -> str:
    """Markdown without raw HTML, which ours does not have; images without a text are reported."""
    markdown = _without_gaps(_without_html(clean(text), report, where))
    _report_images(markdown, report, where)
    return markdown


def report_unclosed(text: str, body: str, report: ImportReport, where: str) -> None:
    """A row, with its line in the file, for each fenced div of `body`, the end of `text`, that runs on to the end."""
    if ":::" not in body:
        return
    before = text[: len(text) - len(body)].count("\n")
    lines = body.split("\n")
    for token in parse(body).tokens:
        if token.type == "div_open" and token.map and not token.meta["closed"]:
            what = f"the part “{shortened(lines[token.map[0]])}”"
            why = "it is never closed, and so all that follows stands in it"
            report.skip(f"{where}, line {before + token.map[0] + 1}", what, why)


def first_paragraph(text: str) -> str:
    """The words of the first paragraph outside of any list or part, "" without one."""
    document = parse(text)
    for opening, token in pairwise(document.tokens):
        if opening.type == "paragraph_open" and opening.level == 0 and token.type == "inline":
            return " ".join(plain_text(parse_inline(token.content, document)).split())
    return ""


def first_heading(text: str) -> str:
    document = parse(text)
    for opening, token in pairwise(document.tokens):
        if opening.type == "heading_open":
            return " ".join(plain_text(parse_inline(token.content, document)).split())
    return ""


def fence_after(line: str, fence: str) -> str:
    """The marks of the code fence that is open after a line, "" where none is; `fence` is what it was before."""
    match = FENCE.match(line)
    if match is None:
        return fence
    if not fence:
        return match[1]
    return "" if match[1].startswith(fence) and not line.strip().strip(fence[0]) else fence


def _without_gaps(text: str) -> str:
    """One empty line where there are several, but for those in code."""
    if "\n\n\n" not in text:
        return text
    lines = [line if line.strip() else "" for line in text.split("\n")]
    code = [range(*token.map) for token in parse(text).tokens if token.type in ("fence", "code_block") and token.map]
    inside = {number for lines_of in code for number in lines_of}
    kept = [
        line
        for number, line in enumerate(text.split("\n"))
        if number in inside or number == 0 or lines[number] or lines[number - 1]
    ]
    return "\n".join(kept)


def _without_html(text: str, report: ImportReport, where: str) -> str:
    if "<" not in text:
        return text
    lines = text.split("\n")
    replaced: dict[int, tuple[int, str]] = {}
    tokens = parse(text).tokens
    for opening, token in pairwise(tokens):
        if opening.type not in ("paragraph_open", "heading_open") or not opening.map or "<" not in token.content:
            continue
        first, end = opening.map
        if token.content.startswith("+--"):
            # A grid table is drawn as it stands, with blanks where tags were, so that its lines still meet.
            blank = "\n".join(_TAG.sub(lambda tag: " " * len(tag[0]), line) for line in lines[first:end])
            replaced[first] = (end, blank)
            continue
        if opening.level == 0 and opening.type == "paragraph_open" and _BLOCK.match(token.content):
            replaced[first] = (end, to_markdown("\n".join(lines[first:end]), report, where))
        else:
            replaced[first] = (end, _without_tags("\n".join(lines[first:end]), report, where))
    _replace_in_tables(tokens, lines, report, where)
    result: list[str] = []
    number = 0
    while number < len(lines):
        if number in replaced:
            number, changed = replaced[number]
            result.append(changed)
        else:
            result.append(lines[number])
            number += 1
    return "\n".join(result)


def _replace_in_tables(tokens: object, lines: list[str], report: ImportReport, where: str) -> None:
    for token in tokens:  # type: ignore[attr-defined]
        if token.type == "table_open" and token.map:
            for number in range(*token.map):
                if "<" in lines[number] and not _PLACEHOLDER.match(lines[number]):
                    lines[number] = _without_tags(lines[number], report, where)


def _without_tags(text: str, report: ImportReport, where: str) -> str:
    return outside_code(text, lambda words: _INLINE.sub(lambda match: _inline(match, report, where), words))


def _inline(match: re.Match[str], report: ImportReport, where: str) -> str:
    if match["break"]:
        return " "
    if match["image"]:
        said = {name.lower(): double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(match[0])}
        source = re.sub(r"[\s<>()]+", "", said.get("src", ""))
        return f"![{escaped(' '.join(said.get('alt', '').split()))}]({source})"
    name = match[0].strip("</>").split()[0].lower() if match[0].strip("</> ") else ""
    if name in ("script", "iframe", "video", "audio", "object", "embed", "input", "button", "form", "svg"):
        if not match[0].startswith("</"):
            report.skip(where, f"an element of a web page ({name})", "a terminal cannot show it")
            return f"\\[{name}\\]"
        return ""
    return " " if name in _BLOCK_NAMES else ""


def _report_images(markdown: str, report: ImportReport, where: str) -> None:
    if "![" not in markdown:
        return
    document = parse(markdown)
    for block in document.tokens:
        if block.type == "inline" and "![" in block.content:
            for token in parse_inline(block.content, document):
                if token.type == "image" and not plain_text([token]).strip():
                    source = str(token.attrs.get("src", "")).rpartition("/")[2] or "without a name"
                    report.skip(
                        where, f"the picture {source[:120]}", "it has no alternative text that could stand for it"
                    )
