"""A school that somebody is signed in to, and commands run in this process."""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from azora_tui.auth import passwords
from azora_tui.cli import main
from azora_tui.paths import Paths

PASSWORD = "a long passphrase"


@dataclass(frozen=True)
class Answer:
    """What a command came to."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        assert self.out.count("\n") == 1, "one line"
        document: dict[str, Any] = json.loads(self.out)
        return document


Azora = Callable[..., Answer]


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "MEMORY_KIB", 8)
    monkeypatch.setattr(passwords, "PASSES", 1)
    passwords._context.cache_clear()
    yield
    passwords._context.cache_clear()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a school that does not exist yet, and a terminal of eighty columns."""
    folder = tmp_path / "home"
    monkeypatch.setenv("AZORA_HOME", str(folder))
    monkeypatch.setenv("COLUMNS", "80")
    return folder


@pytest.fixture
def azora(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Azora:
    """`azora("enroll", "1", stdin="…")`: run a command, and find no traceback and no control character."""

    def run(*argv: str, stdin: str | bytes = "") -> Answer:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        capsys.readouterr()
        status = main(list(argv))
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert not [each for each in out + err if (each < " " and each != "\n") or "\x7f" <= each < "\xa0"]
        return Answer(status, out, err)

    return run


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with its bundled courses, in which learner@example.org, the admin, is signed in."""
    folder = tmp_path_factory.mktemp("school") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "MEMORY_KIB", 8)
        patch.setattr(passwords, "PASSES", 1)
        passwords._context.cache_clear()
        patch.setenv("AZORA_HOME", str(folder))
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PASSWORD.encode())))
        register = ["register", "--email", "learner@example.org", "--name", "Learner", "--password-stdin"]
        assert main(register) == 0
        assert main(["courses"]) == 0
    passwords._context.cache_clear()
    return folder


@pytest.fixture
def school(template: Path, home: Path) -> Paths:
    """A copy of `template`, in which `azora` runs."""
    shutil.copytree(template, home)
    return Paths(home)
