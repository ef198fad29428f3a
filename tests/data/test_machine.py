"""The id of the machine: one for all processes, another one for each copy of the folder."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from azora_tui.data import machine
from azora_tui.errors import StorageError
from azora_tui.paths import Paths


@pytest.fixture(autouse=True)
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """This computer's own id, which a test may change."""
    path = tmp_path / "machine-id"
    path.write_text("this computer\n")
    monkeypatch.setattr(machine, "_MACHINE_ID", path)
    yield path
    machine._known.clear()


@pytest.fixture
def lms(paths: Paths) -> Path:
    paths.lms_database.write_bytes(b"")
    return paths.lms_database


@pytest.fixture
def auth(paths: Paths) -> Path:
    paths.auth_database.write_bytes(b"")
    return paths.auth_database


def started_again(database: Path) -> str:
    """What another process would find."""
    machine._known.clear()
    return machine.machine_id(database)


def test_it_is_made_once_and_kept_for_its_owner_alone(paths: Paths, lms: Path, auth: Path) -> None:
    made = machine.machine_id(lms)
    assert machine.machine_id(auth) == made
    assert [started_again(lms), started_again(auth), machine.machine_id(lms)] == [made] * 3
    assert paths.machine.stat().st_mode & 0o777 == 0o600


def test_the_file_tells_nothing_of_the_computer(paths: Paths, lms: Path) -> None:
    machine.machine_id(lms)
    kept = paths.machine.read_text()
    assert "this computer" not in kept
    assert os.uname().nodename not in json.loads(kept)["host"]


def test_a_file_that_stays_is_not_written_again(paths: Paths, lms: Path, auth: Path) -> None:
    machine.machine_id(lms)
    machine.machine_id(auth)
    before = paths.machine.stat()
    started_again(lms)
    started_again(auth)
    assert paths.machine.stat() == before


def test_a_copy_of_the_folder_is_another_machine(paths: Paths, tmp_path: Path, lms: Path, auth: Path) -> None:
    made = machine.machine_id(lms)
    machine.machine_id(auth)
    copied = Paths(tmp_path / "copied")
    shutil.copytree(paths.home, copied.home)
    assert machine.machine_id(copied.lms_database) not in (made, None)
    assert machine.machine_id(copied.auth_database) == machine.machine_id(copied.lms_database)
    assert started_again(lms) == made


@pytest.mark.parametrize("name", ["lms.db", "azora.db"])
def test_a_database_that_was_replaced_by_a_backup_makes_another_machine(
    paths: Paths, lms: Path, auth: Path, name: str
) -> None:
    made = machine.machine_id(lms)
    machine.machine_id(auth)
    backup = paths.home / "backup"
    backup.write_bytes(b"")
    os.replace(backup, paths.home / name)
    assert started_again(lms) != made
    assert started_again(auth) == machine.machine_id(lms)


def test_another_computer_is_another_machine(lms: Path, host: Path) -> None:
    made = machine.machine_id(lms)
    host.write_text("another computer\n")
    assert started_again(lms) != made


def test_a_computer_without_an_id_is_told_by_its_name(lms: Path, host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    host.unlink()
    made = machine.machine_id(lms)
    assert started_again(lms) == made
    there = list(os.uname())
    there[1] = "another"
    monkeypatch.setattr(os, "uname", lambda: os.uname_result(there))
    assert started_again(lms) != made


@pytest.mark.parametrize(
    "change",
    [
        lambda kept: None,
        lambda kept: [],
        lambda kept: {**kept, "uuid": "x"},
        lambda kept: {**kept, "uuid": 7},
        lambda kept: {**kept, "inodes": []},
        lambda kept: {**kept, "inodes": {"lms.db": "x"}},
        lambda kept: {key: value for key, value in kept.items() if key != "host"},
    ],
)
def test_a_damaged_file_makes_another_machine(paths: Paths, lms: Path, change: Any) -> None:
    made = machine.machine_id(lms)
    paths.machine.write_text(json.dumps(change(json.loads(paths.machine.read_text()))))
    again = started_again(lms)
    assert again != made
    assert started_again(lms) == again


def test_an_empty_file_makes_another_machine(paths: Paths, lms: Path) -> None:
    made = machine.machine_id(lms)
    paths.machine.write_bytes(b"")
    assert started_again(lms) != made


def test_a_running_process_notices_that_another_has_made_a_new_one(paths: Paths, lms: Path) -> None:
    made = machine.machine_id(lms)
    held = dict(machine._known)
    paths.machine.unlink()
    again = started_again(lms)
    machine._known.update(held)
    assert machine.machine_id(lms) == again != made


def test_a_file_that_cannot_be_written_is_a_sentence(paths: Paths, lms: Path) -> None:
    paths.machine.mkdir()
    with pytest.raises(StorageError, match=r"machine.*Nothing was changed"):
        machine.machine_id(lms)


MANY = """
import sys
from pathlib import Path
from azora_tui.data.machine import machine_id
print("ready", flush=True)
sys.stdin.readline()
print(machine_id(Path(sys.argv[1])))
"""


def test_processes_that_start_at_once_agree(lms: Path, auth: Path) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MANY, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for database in (lms, auth) * 4
    ]
    for each in started:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    answers = {each.communicate("go\n")[0] for each in started}
    assert len(answers) == 1
