"""Plain output: wrapped words and columns for people, one line of JSON for programs.

Whatever is written here is cleaned, so that nothing in a database can steer a terminal.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TextIO

from azora_tui.errors import AzoraError
from azora_tui.glyphs import in_ascii, locale_shows_unicode
from azora_tui.text import cells, clean, wrap

MAX_WIDTH = 76
_GAP = "  "
_NARROWEST_BODY = 24
_ESCAPED = r"\\[bfru]"  # how JSON writes most control characters


class OutputError(AzoraError):
    """Standard output took no more."""


def prepare() -> None:
    """Let a character that the locale cannot show become `?` instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # neither a closed stream nor a captured one has it
        if reconfigure is not None:
            reconfigure(errors="replace")


_ascii_only = False


def use_ascii(ascii_only: bool, /) -> None:
    """Whether typographic signs are written as ASCII ones from now on, as `--ascii` asks for."""
    global _ascii_only  # noqa: PLW0603  # standard output is one for the whole process, and so is this
    _ascii_only = ascii_only


def shows_unicode() -> bool:
    return "utf" in (getattr(sys.stdout, "encoding", None) or "").lower()


def _spelt(text: str) -> str:
    """A text for people, in the signs that their terminal can show."""
    return in_ascii(text) if not text.isascii() and (_ascii_only or not _signs_are_safe()) else text


def _signs_are_safe() -> bool:
    return shows_unicode() and locale_shows_unicode(os.environ)


def one_line(text: str) -> str:
    """Text from a database or a person, for use within a line."""
    return clean(text, keep_newlines=False)


def say(text: str = "") -> None:
    """One line, or several, on standard output."""
    _write(_spelt(clean(text)) + "\n")


def say_wrapped(text: str) -> None:
    """One paragraph, broken at the terminal's width."""
    say("\n".join(wrap(one_line(text), width())))


def say_json(value: object) -> None:
    """`value` as JSON, on one line."""
    _write(_json(value) + "\n")


def say_json_rows(rows: Iterable[object]) -> None:
    """`{"success": true, "data": [rows…]}` on one line, holding one row at a time."""
    before = '{"success": true, "data": ['
    for row in rows:
        _write(before + _json(row))
        before = ", "
    _write("]}\n" if before == ", " else before + "]}\n")


def complain(sentence: str) -> None:
    """A sentence on standard error: at a terminal broken at its width, elsewhere one line."""
    if sys.stderr is not None:
        with suppress(OSError):
            sentence = _spelt(one_line(sentence))
            lines = wrap(sentence, width()) if sys.stderr.isatty() else [sentence]
            sys.stderr.write("\n".join(lines) + "\n")


def flush() -> None:
    """Hand on what was written; raises as writing does."""
    _write("")
    if sys.stdout is not None:
        _guarded(sys.stdout.flush)


def drop() -> None:
    """Give up on standard output, so that Python does not try it once more at the end and complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width() -> int:
    """The cells of a line of text: the terminal's, at most `MAX_WIDTH`."""
    return max(10, min(MAX_WIDTH, terminal_columns()))


def terminal_columns() -> int:
    """How wide the terminal is, as `shutil.get_terminal_size` has it, without what the rest of `shutil` imports."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isdecimal() and int(asked) > 0:
        return int(asked)
    with suppress(ValueError, OSError):  # it is closed, or no terminal
        if sys.__stdout__ is not None:
            return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80
    return 80


def table(rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """Aligned columns, two cells apart; the last one is wrapped under itself and may hold several lines.

    Where the others leave it too little room, each row becomes a paragraph of its own.
    """
    cleaned = [([one_line(cell) for cell in row[:-1]], clean(row[-1])) for row in rows]
    sizes = [max(map(cells, column)) for column in zip(*(heads for heads, _ in cleaned), strict=True)]
    indent = " " * sum(size + len(_GAP) for size in sizes)
    narrow = columns - len(indent) < _NARROWEST_BODY
    lines: list[str] = []
    for heads, body in cleaned:
        if narrow:
            lines += wrap(_GAP.join(head for head in heads if head), columns)
            first = rest = _GAP
        else:
            first = "".join(_padded(head, size) + _GAP for head, size in zip(heads, sizes, strict=True))
            rest = indent
        for number, paragraph in enumerate(body.split("\n")):
            lines += wrap(paragraph, columns, first=rest if number else first, rest=rest)
    return lines


def _padded(text: str, size: int) -> str:
    blanks = " " * (size - cells(text))
    return blanks + text if text.isdecimal() else text + blanks


def _json(value: object) -> str:
    """JSON is UTF-8; where standard output is not, escapes keep every character whole."""
    import json

    text = json.dumps(value, ensure_ascii=False)
    if not text.isascii() or "\x7f" in text or re.search(_ESCAPED, text):
        text = json.dumps(_cleaned(value), ensure_ascii=False)
    return text if shows_unicode() else json.dumps(json.loads(text))


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return value


def _write(text: str) -> None:
    stream: TextIO | None = sys.stdout
    if stream is not None:
        _guarded(lambda: stream.write(text))


def _guarded(write: Callable[[], object]) -> None:
    try:
        write()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError("output_failed", reason=error.strerror) from error
