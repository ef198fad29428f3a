"""Disks that are really full: a small file system of its own for each test."""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
FULL = (
    "StorageError: The disk is full. This step was not saved; everything before it was. Free some space and try again."
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Sequence[str]:
    """A command to put before another: it then finds `tmp_path` as an empty disk of 4 MB, which goes when
    it ends."""
    unshare = shutil.which("unshare")
    command = [
        unshare or "unshare",
        "-m" if os.geteuid() == 0 else "-Urm",
        "sh", "-c", f'mount -t tmpfs -o size=4m,mode=700 none "{tmp_path}" && exec "$@"', "sh",
    ]  # fmt: skip
    if unshare is None or subprocess.run([*command, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets us mount no disk of our own")
    return command


def test_on_a_full_disk_an_enrolment_is_refused_and_nothing_told_is_lost(run: Run, small_disk: Sequence[str]) -> None:
    found = run("enroll_on_a_full_disk", before=small_disk)
    assert found["sentence"] == FULL
    assert found["during"] == found["told"]  # readable meanwhile, with what was told and not one more
    assert found["later"] == "enrolled"  # the control: with room again the very same step works
    assert found["learners"] == [1, *found["told"], 999]
    assert found["events"] == found["learners"]
    assert found["students"] == len(found["learners"])
    assert found["integrity"] == "ok"


def test_a_first_start_on_a_disk_of_any_fullness_makes_a_whole_file_or_none(
    run: Run, small_disk: Sequence[str]
) -> None:
    found = run("start_on_a_full_disk", 1, before=small_disk)
    outcomes = {tuple(line.split(" | ")) for line in found}
    assert {("None", "['lms.db']", "then ok")} <= outcomes
    refused = outcomes - {("None", "['lms.db']", "then ok")}
    assert refused
    for said, left, then in refused:
        assert said.startswith("StorageError: ")
        assert (left, then) == ("[]", "then ok")


def test_a_file_that_was_never_checked_to_be_on_disk_is_put_in_place_damaged(
    run: Run, small_disk: Sequence[str]
) -> None:
    """The control: closing alone keeps silent about a log that did not fit into the file."""
    found = run("start_on_a_full_disk", 0, before=small_disk)
    assert any("is damaged" in line or "is empty" in line for line in found)


@pytest.mark.parametrize("limit", [140, 170, 200])
def test_a_file_that_may_not_grow_is_a_sentence_too(run: Run, limit: int) -> None:
    """What a quota does (here RLIMIT_FSIZE, in KiB): not "full" to SQLite, but an error of the disk."""
    found = run("enroll_within", limit)
    assert found["sentence"].startswith("StorageError: The disk did not take or give the data of lms.db.")
    assert found["during"] == found["told"]
    assert found["later"] == "enrolled"
    assert found["events"] == found["learners"]
    assert found["students"] == len(found["learners"])
    assert found["integrity"] == "ok"


def test_on_a_full_disk_what_is_there_can_be_read(run: Run, small_disk: Sequence[str]) -> None:
    found = run("read_on_a_full_disk", before=small_disk)
    assert found["write"].startswith("StorageError: The disk")
    assert found["title"] == "Course"
    assert found["enrolled"]
    assert found["later"] == "enrolled"
    assert found["read"], "with room again the same service writes, and reads what it wrote"
    assert found["learners"] == [1, 2]
