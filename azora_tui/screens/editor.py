"""Writing in a person's own editor (`VISUAL`, `EDITOR`) while the app waits."""

import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from azora_tui.errors import RefusedError

_DEFAULT = "nano" if os.name != "nt" else "notepad"
_ENDING = ("SIGTERM", "SIGHUP")
_OF_THE_TERMINAL = ("SIGINT", "SIGQUIT")
"""Typed in the editor, these are meant for it."""


def edit_text(app: App[Any], text: str, *, folder: Path) -> str:
    """What a person makes of a text in their editor.

    It is written to a file in `folder` that only they can read, and that is removed afterwards. Raises `RefusedError`
    where there is no such editor, where it fails, or where this terminal cannot be lent to it.
    """
    command = editor()
    descriptor, name = tempfile.mkstemp(prefix="answer-", suffix=".md", dir=folder)  # 0600
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        try:
            with app.suspend(), _left_alone():
                status = _run([*command, name])
        except SuspendNotSupported as error:
            raise RefusedError("editor_not_here") from error
        if status:
            raise RefusedError("editor_failed", editor=command[0])
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError("editor_text_unreadable") from error
    except OSError as error:
        raise RefusedError("editor_missing", editor=command[0]) from error
    finally:
        path.unlink(missing_ok=True)


def editor() -> list[str]:
    """The command that opens the person's editor."""
    words = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip() or _DEFAULT
    try:
        return shlex.split(words) or [_DEFAULT]
    except ValueError:  # a quotation mark without its other one
        return [words]


def _run(command: Sequence[str]) -> int:
    return subprocess.run(command, check=False).returncode  # noqa: S603  # it is the person's own choice


@contextmanager
def _left_alone() -> Iterator[None]:
    """While the editor runs, keys that end a program are the editor's; a request to end waits until it has closed."""
    asked: list[int] = []
    before: dict[int, Any] = {}
    try:
        descriptor = signal.set_wakeup_fd(-1)
    except ValueError:  # beside the main thread no signals come
        yield
        return
    for names, do in ((_ENDING, lambda number, _: asked.append(number)), (_OF_THE_TERMINAL, lambda *_: None)):
        for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
            before[number] = signal.signal(number, do)
    try:
        yield
    finally:
        for number, handler in before.items():
            with suppress(TypeError):  # one that was not set by Python
                signal.signal(number, handler)
        signal.set_wakeup_fd(descriptor)
        for number in asked:
            os.kill(os.getpid(), number)
