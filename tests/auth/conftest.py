"""What the tests of the Auth Service share: a school in a folder, a clock that stands still, cheap hashes."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from azora_tui.auth import passwords
from azora_tui.auth.context import Auth
from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.paths import Paths

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

# Each child gets the folder and its number, and meets the others where it calls `meet`.
CHILD = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from azora_tui.auth import guesses, passwords, service, tokens
from azora_tui.auth.context import open_auth
from azora_tui.data import accounts
from azora_tui.errors import AzoraError
from azora_tui.paths import Paths

passwords.MEMORY_KIB, passwords.PASSES = 8, 1
number = int(sys.argv[2])
auth = replace(open_auth(Paths(Path(sys.argv[1]))), now=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))

def say(word):
    print(word, flush=True)

def meet(word):
    say(word)
    sys.stdin.readline()

"""


@dataclass
class Clock:
    moment: datetime = NOW

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class Child:
    process: "subprocess.Popen[str]"

    def hear(self) -> str:
        """The next line it says, or why it says no more."""
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        return self.process.stdout.readline().strip() or self.process.stderr.read()

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "MEMORY_KIB", 8)
    monkeypatch.setattr(passwords, "PASSES", 1)
    context = passwords._context
    context.cache_clear()
    yield
    context.cache_clear()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def auth(tmp_path: Path, clock: Clock) -> Iterator[Auth]:
    numbers = count(1)
    paths = Paths(tmp_path)
    database = open_database(paths.auth_database, schema.AUTH)
    yield Auth(database, paths, clock, lambda: f"id-{next(numbers)}")
    database.close()


@pytest.fixture
def hash_checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stored hash of every verification that was really computed."""
    checked: list[str] = []
    matches = passwords._matches

    def counted(secret: str | bytes, stored: str) -> bool:
        checked.append(stored)
        return matches(secret, stored)

    monkeypatch.setattr(passwords, "_matches", counted)
    return checked


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Callable[[str, int], list[Child]]]:
    """Start that many processes of their own, each running the script, on the folder of `auth`."""
    started: list[Child] = []

    def start(script: str, number: int) -> list[Child]:
        root = Path(__file__).parents[2]
        for index in range(number):
            process = subprocess.Popen(
                [sys.executable, "-c", CHILD + script, str(tmp_path), str(index)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                env=os.environ | {"PYTHONPATH": str(root)},
            )
            started.append(Child(process))
        return started[-number:]

    yield start
    for child in started:
        child.process.kill()
        child.process.communicate()
