"""An adoption that is killed at any of its steps is finished by the next, and no password gets to the disk."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.originals import SMALL, contents, small_school

HERE = Path(__file__).parent
SIGKILLED = -9


def run(what: str, folder: Path, number: int) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, str(HERE / "adopting.py"), what, str(folder), str(number)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_many_that_open_the_folder_at_once_take_it_over_once(tmp_path: Path) -> None:
    small_school(tmp_path / "original", hot=True)
    found = run("crowd", tmp_path, 8)
    said = [line for each in found["said"] for line in each.splitlines()]
    assert len([line for line in said if "You are not signed in." in line]) == 8
    others = [line for line in said if "You are not signed in." not in line]
    assert others
    assert all("are taken over" in line for line in others)
    held = found["held"]
    assert (held["plain"], held["backup"]) == ([], ["azora.db", "lms.db"])
    assert held["azora.db"] == ["ok", 2, 2]
    assert held["lms.db"][:5] == ["ok", 2, 4, 3, 4]
    assert (held["students"], held["minutes"]) == (1260, 50)


@pytest.mark.parametrize("in_place", [False, True], ids=["from elsewhere", "in its own folder"])
def test_killed_at_each_step_it_is_finished_by_the_next_run(tmp_path: Path, in_place: bool) -> None:
    original = small_school(tmp_path / "original", hot=True)
    before = contents(original)
    found = run("killed", tmp_path, int(in_place))
    whole, killed = found["whole"], found["killed"]
    assert (whole["status"], whole["numbers"]) == (0, SMALL)
    assert whole["held"]["plain"] == []
    assert whole["held"]["backup"] == (["azora.db", "lms.db"] if in_place else [])
    assert len(killed) > (30 if in_place else 15)
    for step, each in enumerate(killed, 1):
        assert each["killed"] == SIGKILLED, step
        # Until the originals may go, they are the only files in which passwords stand.
        assert set(each["plain"]) <= ({"azora.db", "azora.db-wal"} if in_place else set()), step
        assert each["status"] == 0, (step, each["said"])
        assert json.loads(each["said"].splitlines()[0]) == SMALL, step
        assert each["held"] == whole["held"], step
    assert contents(original) == before
