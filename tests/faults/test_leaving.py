"""A leaving that ends in the middle, by SIGKILL: it has not begun, or the next start carries it through."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Any]:
    def do(what: str, *numbers: int) -> Any:
        ended = subprocess.run(
            [sys.executable, str(HERE / "leaving.py"), what, str(tmp_path), *map(str, numbers)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
            timeout=300,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    return do


def test_wherever_it_is_killed_everything_is_there_or_nothing(run: Callable[..., Any]) -> None:
    found = run("killed", 60)
    assert set(found) == {"there, 40 notes, found, ok, mark False", "FieldError, 0 notes, nowhere, ok, mark False"}
    assert found["FieldError, 0 notes, nowhere, ok, mark False"] > 5
