"""Work handed in and answered by many at the same moment, and by processes that end in the middle of it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("same", 8)`: what that function of `handing_in.py` came to, in the test's own folder."""

    def do(what: str, *numbers: int) -> Any:
        ended = subprocess.run(
            [sys.executable, str(HERE / "handing_in.py"), what, str(tmp_path), *map(str, numbers)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
            timeout=300,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    return do


def test_the_same_text_from_eight_processes_is_one_version(run: Run) -> None:
    assert run("same", 8) == {"1": 8}, "all are told the same"
    found = run("check")
    assert (found["versions"], found["events"], found["integrity"]) == ([1], 1, "ok")


def test_of_eight_texts_handed_in_at_once_one_is_a_version(run: Run) -> None:
    assert run("different", 8, 1) == {"kept": 1, "refused": 7}
    assert run("check")["versions"] == [1]


def test_without_a_look_at_the_state_all_are(run: Run) -> None:
    """The control."""
    assert run("different", 8, 0) == {"kept": 8}


def test_eight_teachers_at_once_answer_once(run: Run) -> None:
    assert run("answered", 8) == {"kept": 1, "refused": 7}
    found = run("check")
    assert found["answers"] == found["answered"] == found["told answers"] == 1


def test_every_version_that_was_told_is_there_and_none_is_half(run: Run) -> None:
    told = run("killed", 20, 0)
    found = run("check")
    assert len(told) >= 20
    assert set(told) <= set(found["versions"])
    assert found["versions"] == list(range(1, len(found["versions"]) + 1))
    assert found["events"] == len(found["versions"])
    assert found["answers"] == found["answered"] == found["told answers"]
    assert found["integrity"] == "ok"


def test_a_word_before_it_is_handed_in_is_noticed_as_lost(run: Run) -> None:
    """The control."""
    told = run("killed", 20, 1)
    assert set(told) - set(run("check")["versions"])
