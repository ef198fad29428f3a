"""Colours for code: runs of token kinds found by Pygments, which is loaded only when code comes into view."""

from __future__ import annotations

from typing import Final

from azora_tui.widgets.reader.rows import TokenRun

MAX_LENGTH: Final = 50_000
"""Code longer than this, in characters, is shown without colours."""

_STYLES: Final = (
    # A token takes the first of these that its kind begins with.
    ("Token.Comment", "code-comment"),
    ("Token.Keyword", "code-keyword"),
    ("Token.Operator.Word", "code-keyword"),
    ("Token.Literal.String", "code-string"),
    ("Token.Literal", "code-number"),
    ("Token.Name.Function", "code-name"),
    ("Token.Name.Class", "code-name"),
    ("Token.Name.Tag", "code-keyword"),
    ("Token.Name.Attribute", "code-name"),
    ("Token.Name.Decorator", "code-name"),
    ("Token.Name.Builtin", "code-name"),
    ("Token.Generic.Deleted", "code-deleted"),
    ("Token.Generic.Inserted", "code-inserted"),
    ("Token.Generic.Heading", "code-keyword"),
    ("Token.Generic.Subheading", "code-keyword"),
    ("Token.Generic.Prompt", "code-comment"),
    ("Token.Generic.Output", "code-comment"),
)
# What courses write for a session in a shell, and what a shell printed.
_ALIASES: Final = {"shell": "bash", "sh": "bash", "terminal": "console"}
_PLAIN: Final = frozenset({"", "text", "txt", "output", "plain", "error"})


def highlight(code: str, language: str) -> tuple[TokenRun, ...]:
    """Find the runs of `code` that take a colour, in order. Slow the first time: never call it on the event loop.

    An unknown language has no runs. Never raises for what the code says.
    """
    name = language.lower()
    if name in _PLAIN or len(code) > MAX_LENGTH:
        return ()
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(_ALIASES.get(name, name), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return ()
    runs: list[TokenRun] = []
    styles: dict[object, str] = {}
    start = 0
    for token, text in lexer.get_tokens(code):
        end = start + len(text)
        if token not in styles:
            kind = str(token)
            styles[token] = next((style for prefix, style in _STYLES if kind.startswith(prefix)), "")
        if (style := styles[token]) and text.strip():
            if runs and runs[-1][1] == start and runs[-1][2] == style:
                runs[-1] = (runs[-1][0], end, style)
            else:
                runs.append((start, end, style))
        start = end
    # A lexer that did not give back just what it was given would colour the wrong letters.
    return tuple(runs) if start == len(code) else ()
