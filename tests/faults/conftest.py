"""Running `school.py`: many processes, and processes that are killed, outside of the one that tests."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Any]:
    """`run("seats", 200, 30)`: what that function of `school.py` came to, in the test's own folder."""

    def do(what: str, *numbers: int, folder: Path = tmp_path, before: Sequence[str] = ()) -> Any:
        ended = subprocess.run(
            [*before, sys.executable, str(HERE / "school.py"), what, str(folder), *map(str, numbers)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
            timeout=300,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    return do


@pytest.fixture
def held(run: Callable[..., Any]) -> Callable[[], dict[str, Any]]:
    """`held()`: the learners, students and events of the course, and whether the file is sound."""

    def look() -> dict[str, Any]:
        found: dict[str, Any] = run("check")
        return found

    return look
