"""How the reader looks: its component classes, which give the colours, and what is drawn in which.

Each component class costs time whenever the reader is styled, so there is one for each colour and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rich.style import Style

PREFIX: Final = "markdown-reader--"

_NAMES: Final = (
    "heading", "muted", "accent", "link", "callout", "challenge", "caution",
    "code", "code-inline", "code-keyword", "code-string", "code-number", "cursor", "hit",
)  # fmt: skip

COMPONENT_CLASSES: Final[set[str]] = {PREFIX + name for name in _NAMES}

_PLAIN = Style()
_BOLD = Style(bold=True)
_ITALIC = Style(italic=True)

LOOKS: Final[Mapping[str, tuple[str, Style]]] = {
    # what a piece is: the component class of its colour, and what is done to its letters
    "": ("", _PLAIN),
    "h1": ("heading", Style(bold=True, underline=True)),
    "h2": ("heading", _BOLD),
    "h3": ("", _BOLD),
    "h4": ("muted", _BOLD),
    "title": ("", _BOLD),
    "muted": ("muted", _PLAIN),
    "accent": ("accent", _BOLD),
    "rule": ("muted", _PLAIN),
    "marker": ("muted", _PLAIN),
    "strong": ("", _BOLD),
    "emphasis": ("", _ITALIC),
    "strike": ("", Style(strike=True)),
    "code-inline": ("code-inline", _PLAIN),
    "link": ("link", Style(underline=True)),
    "note": ("accent", _PLAIN),
    "image": ("muted", _ITALIC),
    "quote-bar": ("muted", _PLAIN),
    "part-bar": ("muted", _PLAIN),
    "callout": ("callout", _BOLD),
    "callout-bar": ("callout", _PLAIN),
    "challenge": ("challenge", _BOLD),
    "challenge-bar": ("challenge", _PLAIN),
    "caution": ("caution", _BOLD),
    "caution-bar": ("caution", _PLAIN),
    "code": ("code", _PLAIN),
    "code-comment": ("muted", _ITALIC),
    "code-keyword": ("code-keyword", _PLAIN),
    "code-string": ("code-string", _PLAIN),
    "code-number": ("code-number", _PLAIN),
    "code-name": ("", _BOLD),
    "code-deleted": ("code-number", _PLAIN),
    "code-inserted": ("code-string", _PLAIN),
    "link-focused": ("cursor", _BOLD),
    "hit": ("hit", _PLAIN),
    "hit-current": ("cursor", _BOLD),
}

_COLOURS: Final = """
    & > .markdown-reader--heading { color: $primary; }
    & > .markdown-reader--muted { color: $text-muted; }
    & > .markdown-reader--accent { color: $accent; }
    & > .markdown-reader--link { color: $primary; }
    & > .markdown-reader--callout { color: $secondary; }
    & > .markdown-reader--challenge { color: $primary; }
    & > .markdown-reader--caution { color: $accent; }
    & > .markdown-reader--code { background: $panel; }
    & > .markdown-reader--code-inline { background: $panel; }
    & > .markdown-reader--code-keyword { color: $primary; }
    & > .markdown-reader--code-string { color: $secondary; }
    & > .markdown-reader--code-number { color: $accent; }
    & > .markdown-reader--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    & > .markdown-reader--hit { background: $screen-selection-background; }

    /* The terminal's own colours have no second ground to set code on. */
    &:ansi > .markdown-reader--code-inline { color: $secondary; }
    &:ansi > .markdown-reader--muted { text-style: dim; }
"""

DEFAULT_CSS: Final = f"""
MarkdownReader {{
    background: $background;
    color: $foreground;
    overflow-x: hidden;
    overflow-y: auto;
    scrollbar-gutter: stable;
    scrollbar-size-vertical: 1;
    scrollbar-background: $background;
    scrollbar-background-hover: $background;
    scrollbar-background-active: $background;
{_COLOURS}
}}
"""

PASSAGE_CSS: Final = f"""
Passage {{
    width: 100%;
    height: auto;
    color: $foreground;
{_COLOURS}
}}
"""
