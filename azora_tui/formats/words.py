"""Plain words as Markdown that shows just these words."""

import re

from azora_tui.text import clean

_ANYWHERE = re.compile(r"[\\`*\[\]<]|~~|:::|(?<![^\W_])_|_(?![^\W_])|[{]|&(?=#?\w{1,40};)")
_AT_THE_START = re.compile(r"(?m)^([^\S\n]*)([#>+=|-]|[0-9]{1,9}(?=[.)]))")


def escaped(text: str) -> str:
    """`text` with everything escaped that would be markup wherever it stands; blanks stay as they are."""
    return _ANYWHERE.sub(lambda match: "".join("\\" + sign for sign in match[0]), text)


def escaped_start(markdown: str) -> str:
    """Escaped words with what would begin a block escaped too."""
    return _AT_THE_START.sub(_escape_start, markdown)


def _escape_start(match: re.Match[str]) -> str:
    blanks, sign = match[1], match[2]
    if sign[0].isdigit():
        return f"{blanks}{sign}\\"  # the sign that follows is what makes a list of it
    return f"{blanks}\\{sign}"


def from_words(text: str) -> str:
    """One paragraph of Markdown that reads as `text` does, on one line."""
    return escaped_start(escaped(" ".join(clean(text, keep_newlines=False).split())))


def from_text(text: str) -> str:
    """Paragraphs of Markdown from plain text, where an empty line parts paragraphs."""
    paragraphs = re.split(r"\n[ \t]*\n", clean(text))
    return "\n\n".join(words for paragraph in paragraphs if (words := from_words(paragraph)))


def code_span(text: str) -> str:
    """A code span that holds `text`, whatever backticks are in it."""
    inside = " ".join(clean(text, keep_newlines=False).split())
    longest = max((len(run) for run in re.findall("`+", inside)), default=0)
    ticks = "`" * (longest + 1)
    gap = " " if inside.startswith("`") or inside.endswith("`") else ""
    return f"{ticks}{gap}{inside}{gap}{ticks}" if inside else ""
