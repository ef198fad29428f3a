"""Signals and a stopped job, in a real terminal: the app ends as ctrl+q ends it, and leaves the terminal as it was."""

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator

import pytest

from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.paths import Paths
from tests.screens import conftest as fixtures
from tests.screens.conftest import PATIENCE, SignUp, Stored

library, no_bundle = fixtures.library, fixtures.no_bundle
auth, sign_up, stored = fixtures.auth, fixtures.sign_up, fixtures.stored

LEFT = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?2004l")
"""The first screen, the cursor, no reports of the mouse, no brackets around a paste."""

# The controlling terminal has to be taken by the process itself.
START = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from azora_tui.cli import program; program()"


class Terminal:
    """The app in a terminal of its own."""

    def __init__(self, paths: Paths) -> None:
        self.here, self.there = pty.openpty()
        termios.tcsetwinsize(self.there, (24, 80))
        self.before = termios.tcgetattr(self.there)
        self.said = b""
        self.app = subprocess.Popen(
            [sys.executable, "-c", START],
            stdin=self.there, stdout=self.there, stderr=self.there, start_new_session=True,
            env={**os.environ, "AZORA_HOME": str(paths.home), "TERM": "xterm-256color"},
        )  # fmt: skip

    def until(self, there: Callable[[], object]) -> None:
        """Read on until something has come about."""
        end = time.monotonic() + PATIENCE
        while not there():
            assert time.monotonic() < end, self.said[-2000:]
            if select.select([self.here], [], [], 0.05)[0]:
                self.said += os.read(self.here, 65536)

    def until_said(self, *words: str) -> None:
        self.until(lambda: all(word.encode() in self.said for word in words))

    def press(self, keys: bytes) -> None:
        self.said = b""
        os.write(self.here, keys)

    @property
    def is_sane(self) -> bool:
        return termios.tcgetattr(self.there) == self.before and all(each in self.said for each in LEFT)

    def close(self) -> None:
        self.app.kill()
        self.app.wait()
        for end in (self.here, self.there):
            if end >= 0:
                os.close(end)


@pytest.fixture
def terminal(paths: Paths, sign_up: SignUp, library: dict[str, int], lms: Lms) -> Iterator[Terminal]:
    """Signed in, with a lesson to go on with."""
    enrolling.enroll(lms, sign_up(), library["weaving"])
    opened = Terminal(paths)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT"])
def test_a_signal_ends_the_app_as_ctrl_q_does(terminal: Terminal, stored: Stored, name: str) -> None:
    number = signal.Signals[name]
    terminal.until_said("Start", "quit")
    terminal.press(b"\r")
    terminal.until_said("basket begins")
    terminal.press(b" ")
    terminal.until_said("Before you go on")
    terminal.said = b""
    terminal.app.send_signal(number)
    terminal.until(lambda: terminal.app.poll() is not None)
    terminal.until(lambda: terminal.is_sane)
    assert terminal.app.returncode == 128 + number
    assert b"Traceback" not in terminal.said
    assert stored("SELECT position IS NOT NULL FROM lesson_progress") == [(1,)], "the place is kept"


def test_a_terminal_that_is_closed_ends_the_app(terminal: Terminal, paths: Paths) -> None:
    terminal.until_said("Start", "quit")
    os.close(terminal.there)
    os.close(terminal.here)
    terminal.here = terminal.there = -1
    terminal.app.wait(PATIENCE)
    assert not paths.log.exists(), "nothing was wrong"


def test_ctrl_z_stops_the_app_and_fg_draws_it_again(terminal: Terminal) -> None:
    terminal.until_said("Start", "quit")
    terminal.press(b"\x1a")
    terminal.until(lambda: os.waitpid(terminal.app.pid, os.WUNTRACED | os.WNOHANG) != (0, 0))
    terminal.until(lambda: terminal.is_sane)
    terminal.said = b""
    terminal.app.send_signal(signal.SIGCONT)
    terminal.until_said("\x1b[?1049h", "Start", "quit", "Streak")
    terminal.press(b"\r")
    terminal.until_said("basket begins")
