"""Signals that end a program, and what the app does about them."""

import asyncio
import errno
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

_LAST_RESORT = 10
"""Seconds after which a program whose terminal is gone is ended by the system: all that was acknowledged is on disk."""

_ENDING = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT")


def end_by_signals(end: Callable[[int], object]) -> None:
    """Have the running event loop call `end` with the number of a signal that asks the program to end.

    Left to themselves they would end it with the terminal raw, and what is under way undone. Does nothing where the
    loop takes no signals: on Windows, and beside the main thread.
    """
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError, RuntimeError, ValueError):
        for number in (getattr(signal, name) for name in _ENDING if hasattr(signal, name)):
            loop.add_signal_handler(number, end, number)


def is_terminal_gone() -> bool:
    """Whether the terminal that the program began in has been closed."""
    stream = sys.__stdin__
    if stream is None or sys.platform == "win32":
        return False
    import termios

    try:
        termios.tcgetattr(stream.fileno())
    except termios.error as error:
        return bool(error.args[0] == errno.EIO)
    except (OSError, ValueError):
        return False
    return False


def write_into_nothing() -> None:
    """Have what is still drawn go nowhere. Textual's thread that draws ends where a terminal is gone, and who writes
    on waits for it."""
    if stream := sys.__stderr__:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
    if hasattr(signal, "alarm"):
        signal.alarm(_LAST_RESORT)
