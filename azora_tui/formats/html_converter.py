"""markdownify's converter with our own escaping, over a page that `html_cleaning` has prepared.

Imported on first use only: the library is heavy.
"""

import re
from typing import Any

from bs4.element import PreformattedString
from markdownify import MarkdownConverter

from azora_tui.formats.words import code_span, escaped, escaped_start

_SUPER = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")

# Its types leave out what is there to be overridden.
_Untyped: Any = MarkdownConverter


class Converter(_Untyped):  # type: ignore[misc]
    class Options(_Untyped.DefaultOptions):  # type: ignore[misc]
        autolinks = False
        bullets = "-"
        heading_style = "atx"
        newline_style = "spaces"
        wrap = True
        wrap_width = None

    def __init__(self, raws: list[str]) -> None:
        super().__init__()
        self.raws = raws

    def process_text(self, el: Any, parent_tags: set[str] | None = None) -> str:
        # Comments and the like are no words.
        return "" if isinstance(el, PreformattedString) else str(super().process_text(el, parent_tags=parent_tags))

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
            said = f" [{escaped(el['line'])}] ".replace("[", "\\[").replace("]", "\\]")
            return f"{said}{el['address']} " if el["address"] and {"_noformat", "a"}.isdisjoint(parent_tags) else said
        return f"\n\n{self.raws[int(el['n'])]}\n\n"

    def convert_b(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return text if _holds_blocks(text) else str(super().convert_b(el, text, parent_tags))

    def convert_em(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return text if _holds_blocks(text) else str(super().convert_em(el, text, parent_tags))

    def convert_del(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return text if _holds_blocks(text) else str(super().convert_del(el, text, parent_tags))

    convert_strong = convert_b
    convert_i = convert_em
    convert_s = convert_del


def _holds_blocks(text: str) -> bool:
    """Whether text is more than one paragraph: emphasis cannot hold that."""
    return "\n\n" in text.strip()


def _is_cell(parent_tags: set[str]) -> bool:
    return "td" in parent_tags or "th" in parent_tags


def _raised(text: str, signs: dict[int, int], mark: str) -> str:
    words = text.strip()
    if not words:
        return text
    raised = words.translate(signs)
    return raised if all(ord(sign) in signs for sign in words) else f"\\{mark}{words}"
