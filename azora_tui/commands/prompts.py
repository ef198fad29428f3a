"""What a person is asked for. A password comes from a prompt or standard input, never an argument."""

import sys

from azora_tui.commands.refusals import UsageError
from azora_tui.errors import FieldError

_MAX_LINE_LENGTH = 16_384


def at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def ask(label: str, option: str) -> str:
    """A line that a person types; without a person there, a `UsageError` names the option to give instead."""
    if not at_terminal():
        raise UsageError("option_missing", option=option)
    sys.stderr.write(f"{label}: ")
    sys.stderr.flush()
    line = sys.stdin.readline(_MAX_LINE_LENGTH)
    if not line:
        raise UsageError("nothing_entered")
    return line.strip()


def password(label: str = "Password", *, from_stdin: bool, field: str = "password") -> str:
    """A password, typed unseen or read as one line of standard input.

    Raises `UsageError` where there is neither, `FieldError` (`field`) where standard input has no more.
    """
    if at_terminal():
        return _typed(label)
    if not from_stdin:
        raise UsageError("password_needs_terminal")
    line = sys.stdin.buffer.readline(_MAX_LINE_LENGTH) if sys.stdin is not None else b""
    if not line:
        raise FieldError(field, "password_input_ended")
    return line.decode("utf-8", "surrogateescape").removesuffix("\n").removesuffix("\r")


def new_password(label: str = "Password", *, from_stdin: bool, field: str = "password") -> str:
    """A password to be set: typed twice, or one line of standard input. Raises as `password` does."""
    first = password(label, from_stdin=from_stdin, field=field)
    if at_terminal() and _typed(f"{label} again") != first:
        raise FieldError(field, "passwords_differ")
    return first


def _typed(label: str) -> str:
    from getpass import getpass

    try:
        return getpass(f"{label}: ")
    except EOFError:
        raise UsageError("password_missing") from None
