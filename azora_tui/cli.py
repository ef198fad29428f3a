"""The command line: what can be typed, and the exit status it ends with.

0 is done, 1 refused with a sentence, 2 wrong usage. Nothing heavy is imported before a command needs it, and
Textual only to open the app.
"""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NoReturn

_INTERRUPTED = 130  # 128 + SIGINT, as shells report it
_ONLY_LINES = ("dumb", "unknown")
"""Terminals in which nothing can be drawn, as they call themselves in TERM."""
_NOBODY_READS = 141  # 128 + SIGPIPE


def program() -> NoReturn:
    """What `azora-tui` runs: `main`, as fast as it can be begun and ended."""
    # What is imported is no garbage; `commands.table` turns the collector on again.
    gc.disable()
    status = main()
    if "threading" not in sys.modules or sys.modules["threading"].active_count() == 1:
        with suppress(AttributeError, OSError, ValueError):  # closed, or nobody reads: Python's own end deals with it
            sys.stdout.flush()
            sys.stderr.flush()
            # Everything is closed. To take apart all that was imported would take as long as the command did.
            os._exit(status)
    sys.exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Do what `argv` (by default the process's own arguments) asks; returns the exit status, never raises."""
    from azora_tui.commands import output

    output.prepare()
    try:
        return _main(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        output.drop()
        return _NOBODY_READS
    except output.OutputError as error:
        output.complain(str(error))
        output.drop()
        return 1


def _main(argv: Sequence[str]) -> int:
    from azora_tui.commands import output

    options: Any = None
    try:
        if not argv:
            return _open_app(ascii_only=False)
        from azora_tui.commands.arguments import parse

        options = parse(argv)
        output.use_ascii(options.ascii)
        if options.command is None:
            return _open_app(ascii_only=options.ascii)
        if options.command == "preview":
            return _open_preview(options)
        _run(options)
        output.flush()
        return 0
    except SystemExit as stop:  # argparse, after --help, --version and wrong usage
        output.flush()
        return stop.code if isinstance(stop.code, int) else 1
    except (BrokenPipeError, output.OutputError):
        raise
    except Exception as error:
        from azora_tui.commands import refusals

        status = refusals.tell(error, json=getattr(options, "json", False))
        output.flush()
        return status


def _run(options: Any) -> None:
    from azora_tui.commands.table import run
    from azora_tui.paths import default_paths

    run(default_paths(), options)


def _open_app(*, ascii_only: bool) -> int:
    _prepare_terminal()
    from azora_tui.data import originals
    from azora_tui.data.lost_accounts import refuse_lost_accounts
    from azora_tui.paths import default_paths

    paths = default_paths()
    paths.prepare()
    if paths.leftovers() or paths.is_open_to_others():
        from azora_tui.commands.tidying import tidy

        tidy(paths)
    if paths.leaving.exists():
        from azora_tui.commands import leaving

        leaving.go_on(paths)
    if originals.pending(paths):
        from azora_tui.commands.adopt import adopt_own_folder

        adopt_own_folder(paths)
    refuse_lost_accounts(paths)
    from azora_tui.tui.app import run

    return run(paths, ascii_only=ascii_only)


def _open_preview(options: Any) -> int:
    from azora_tui.commands.authoring import course_folder

    folder = course_folder(options.path)
    _prepare_terminal()
    from azora_tui.paths import default_paths
    from azora_tui.tui.preview import run

    return run(default_paths(), folder, ascii_only=options.ascii)


def _prepare_terminal() -> None:
    # Textual reads keys from standard input and draws on standard error. A driver that is named does without a
    # terminal: that is how a browser front runs the app.
    in_terminal = all(stream and stream.isatty() for stream in (sys.stdin, sys.stderr))
    if not in_terminal and "TEXTUAL_DRIVER" not in os.environ:
        from azora_tui.errors import RefusedError

        raise RefusedError("terminal_needed")
    if os.environ.get("TERM") in _ONLY_LINES and "TEXTUAL_DRIVER" not in os.environ:
        from azora_tui.errors import RefusedError

        raise RefusedError("terminal_only_lines", term=os.environ["TERM"])
    # Nothing that the start makes is garbage; the app turns the collector on again once its first page is there.
    gc.disable()
    # Textual paints at most so often a second; at its own 60 the answer to a key waits for up to two frames.
    os.environ.setdefault("TEXTUAL_FPS", "1000")
