"""A program in a real pseudo-terminal of 80×24, and when what it painted had arrived there."""

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from types import TracebackType

ROOT = Path(__file__).parents[1]
COLUMNS, LINES = 80, 24

_PATIENCE = 30.0
_FRAME_BEGINS, _FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
_ASKED_FOR_FRAMES, _YES_FRAMES = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_CONTROLS = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor moves
    rb"|\x1b[\]P^_X].*?(?:\x07|\x1b\\)"  # OSC, DCS, PM, APC, SOS
    rb"|\x1b[ -/]*[0-~]",
    re.DOTALL,
)


class NotPaintedError(Exception):
    """What was waited for did not come; the message says what did."""


class Terminal:
    """Runs `python -m …` in a terminal.

    With `frames` it answers that it knows synchronized updates, as today's terminals do, so that the end of
    each frame can be told; without, it answers nothing.
    """

    def __init__(self, module: Sequence[str], home: Path, *, frames: bool = False) -> None:
        self._frames = frames
        self._written = bytearray()
        environment = {
            **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR")},
            "AZORA_HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
        }
        self._screen, inner = os.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.started_at = perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-m", *module],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=environment,
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(inner)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    def press(self, keys: str) -> float:
        """Write what the keys send, and return when."""
        at = perf_counter()
        os.write(self._screen, keys.encode())
        return at

    def until_text(self, texts: Iterable[str]) -> float:
        """When the last of these texts had arrived, counting from what was forgotten last."""
        missing = list(texts)
        arrived = 0.0
        while True:
            plain = _plain(self._written)
            missing = [text for text in missing if text not in plain]
            if not missing:
                return arrived or perf_counter()
            arrived = self._read(missing)

    def until_frame(self, texts: Sequence[str]) -> float:
        """When the first frame with all these texts had arrived whole; what came before is forgotten."""
        arrived = 0.0
        while True:
            end = self._written.find(_FRAME_ENDS)
            while end >= 0:
                begin = self._written.rfind(_FRAME_BEGINS, 0, end)
                plain = _plain(self._written[max(0, begin) : end])
                del self._written[: end + len(_FRAME_ENDS)]
                if all(text in plain for text in texts):
                    return arrived or perf_counter()
                end = self._written.find(_FRAME_ENDS)
            arrived = self._read(texts)

    def rest(self, seconds: float) -> None:
        """Let time go by, forgetting what is painted meanwhile."""
        until = perf_counter() + seconds
        while (left := until - perf_counter()) > 0:
            if select.select([self._screen], [], [], left)[0]:
                self._take()
        self._written.clear()

    def most_memory(self) -> float:
        """The most memory the program ever had resident, in MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) / 1024

    def close(self) -> None:
        """Quit with ctrl+q, so that the program closes its files; kill it if it does not."""
        try:
            self.press("\x11")
            until = perf_counter() + 10
            while self._process.poll() is None and perf_counter() < until:
                if select.select([self._screen], [], [], 0.02)[0]:
                    self._take()
        except OSError:
            pass  # it has gone and taken its side of the terminal with it
        finally:
            if self._process.poll() is None:
                self._process.kill()
            self._process.wait()
            os.close(self._screen)

    def _read(self, awaited: Sequence[str]) -> float:
        if not select.select([self._screen], [], [], _PATIENCE)[0]:
            raise self._not_painted(f"{awaited} did not come in {_PATIENCE:.0f} s")
        try:
            self._take()
        except OSError:
            raise self._not_painted(f"it ended before {awaited} came") from None
        return perf_counter()

    def _not_painted(self, what: str) -> NotPaintedError:
        return NotPaintedError(f"{what}; there was\n{_plain(self._written)[-2000:]}")

    def _take(self) -> None:
        part = os.read(self._screen, 65536)
        self._written += part
        if self._frames and _ASKED_FOR_FRAMES in part:
            os.write(self._screen, _YES_FRAMES)


def _plain(written: bytes | bytearray) -> str:
    return _CONTROLS.sub(b"", written).decode(errors="replace")
