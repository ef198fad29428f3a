"""What somebody writes for others on the command line, and how the words of others are shown there."""

from __future__ import annotations

import sys

from azora_tui.commands import output
from azora_tui.commands.prompts import at_terminal
from azora_tui.errors import RefusedError
from azora_tui.lms.together.access import MAX_LENGTH
from azora_tui.text import clean, wrap

_MARGIN = "  │ "


def posted_text(given: str | None, *, maximum: int = MAX_LENGTH) -> str:
    """What was given, or what is typed or handed in.

    Raises `RefusedError` for what is no text, or has more bytes than `maximum` characters could have.
    """
    if given not in (None, "-"):
        return given or ""
    if at_terminal():
        output.complain("Write it in Markdown; ctrl+d on a line of its own sends it, ctrl+c does not.")
    raw = sys.stdin.buffer.read(4 * maximum + 1) if sys.stdin is not None else b""
    if len(raw) > 4 * maximum:
        raise RefusedError("much_too_much_written", maximum=maximum)
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise RefusedError("written_not_utf8") from error


def quoted(words: str, margin: str = _MARGIN) -> str:
    """The words of somebody, as they were typed, each line behind a margin, so that none looks like one of ours."""
    width = output.width() - len(margin)
    lines = [part for line in clean(words).split("\n") for part in wrap(line, width) or [""]]
    return "\n".join(f"{margin}{line}".rstrip() for line in lines)
