"""The id of the machine: one for all processes, another one for each copy of the folder."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from azora_tui.data import machine, schema
from azora_tui.data.database import open_database
from azora_tui.errors import StorageError
from azora_tui.paths import Paths


@pytest.fixture(autouse=True)
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This computer's own id, which a test may change."""
    path = tmp_path / "machine-id"
    path.write_text("this computer\n")
    monkeypatch.setattr(machine, "_MACHINE_ID", path)
    return path


@pytest.fixture
def lms(paths: Paths) -> Path:
    paths.lms_database.write_bytes(b"")
    return paths.lms_database


@pytest.fixture
def auth(paths: Paths) -> Path:
    paths.auth_database.write_bytes(b"")
    return paths.auth_database


def asked(path: Path) -> str:
    """What a process finds that has just opened the file."""
    return machine.machine_id(open_database(path, schema.LMS))


def test_it_is_made_once_and_kept_for_its_owner_alone(paths: Paths, lms: Path, auth: Path) -> None:
    made = asked(lms)
    assert asked(auth) == made
    assert [asked(lms), asked(auth), asked(lms)] == [made] * 3
    assert paths.machine.stat().st_mode & 0o777 == 0o600


def test_the_file_tells_nothing_of_the_computer(paths: Paths, lms: Path) -> None:
    asked(lms)
    kept = paths.machine.read_text()
    assert "this computer" not in kept
    assert os.uname().nodename not in json.loads(kept)["host"]


def test_a_file_that_stays_is_not_written_again(paths: Paths, lms: Path, auth: Path) -> None:
    asked(lms)
    asked(auth)
    before = paths.machine.stat()
    asked(lms)
    asked(auth)
    assert paths.machine.stat() == before


def test_a_copy_of_the_folder_is_another_machine(paths: Paths, tmp_path: Path, lms: Path, auth: Path) -> None:
    made = asked(lms)
    asked(auth)
    copied = Paths(tmp_path / "copied")
    shutil.copytree(paths.home, copied.home)
    assert asked(copied.lms_database) not in (made, None)
    assert asked(copied.auth_database) == asked(copied.lms_database)
    assert asked(lms) == made


@pytest.mark.parametrize("name", ["lms.db", "azora.db"])
def test_a_database_that_was_replaced_by_a_backup_makes_another_machine(
    paths: Paths, lms: Path, auth: Path, name: str
) -> None:
    made = asked(lms)
    asked(auth)
    backup = paths.home / "backup"
    backup.write_bytes(b"")
    os.replace(backup, paths.home / name)
    assert asked(lms) != made
    assert asked(auth) == asked(lms)


def test_another_computer_is_another_machine(lms: Path, host: Path) -> None:
    made = asked(lms)
    host.write_text("another computer\n")
    assert asked(lms) != made


def test_a_computer_without_an_id_is_told_by_its_name(lms: Path, host: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    host.unlink()
    made = asked(lms)
    assert asked(lms) == made
    there = list(os.uname())
    there[1] = "another"
    monkeypatch.setattr(os, "uname", lambda: os.uname_result(there))
    assert asked(lms) != made


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
    made = asked(lms)
    paths.machine.write_text(json.dumps(change(json.loads(paths.machine.read_text()))))
    again = asked(lms)
    assert again != made
    assert asked(lms) == again


def test_an_empty_file_makes_another_machine(paths: Paths, lms: Path) -> None:
    made = asked(lms)
    paths.machine.write_bytes(b"")
    assert asked(lms) != made


def test_what_was_found_holds_while_a_database_is_open(paths: Paths, lms: Path) -> None:
    opened = open_database(lms, schema.LMS)
    made = machine.machine_id(opened)
    paths.machine.unlink()
    assert machine.machine_id(opened) == made
    assert not paths.machine.exists()


def test_a_file_that_cannot_be_written_is_a_sentence(paths: Paths, lms: Path) -> None:
    paths.machine.mkdir()
    with pytest.raises(StorageError, match=r"machine.*Nothing was changed"):
        asked(lms)


MANY = """
import sys
from pathlib import Path
from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.data.machine import machine_id
database = open_database(Path(sys.argv[1]), schema.LMS)
print("ready", flush=True)
sys.stdin.readline()
print(machine_id(database))
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
