"""What is kept beside the databases, killed and interrupted in the middle of every change of it.

Every step-th moment of each, in the short form; by hand, with a step of 1: `beside.py`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def run(what: str, folder: Path, signal: str, step: int) -> tuple[int, set[str]]:
    done = subprocess.run(
        [sys.executable, str(HERE / "beside.py"), what, str(folder), signal, str(step)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return found["moments"], set(found["found"])


def state(trusts: int = 1, theme: str = "old") -> str:
    return f"signs True, handed over True, ['issuer-key'], trusts {trusts}, theme {theme}, signed in True"  # one key, no mark


@pytest.mark.parametrize("signal", ["SIGKILL", "SIGINT"])
@pytest.mark.parametrize(
    ("what", "step", "states"),
    [
        ("rotate", 29, {state()}),
        ("protect", 29, {state()}),
        ("trust", 9, {state(), state(trusts=2)}),
        ("choose", 9, {state(), state(theme="new")}),
        ("start", 61, {state(trusts=0, theme="azora-dark")}),
    ],
)
def test_a_change_that_is_ended_anywhere_loses_nothing(
    tmp_path: Path, what: str, step: int, states: set[str], signal: str
) -> None:
    moments, found = run(what, tmp_path, signal, step)
    assert moments > 3
    assert found <= states
