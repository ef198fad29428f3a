"""A database opened in memory: as its last commit left it, with nothing written to its folder."""

import shutil
import sqlite3
from pathlib import Path

import apsw
import pytest

from azora_tui.data import read_only_copy as memory_files
from azora_tui.data.read_only_copy import opened_in_memory
from azora_tui.errors import StorageBusyError, StorageError
from tests.originals import contents, write, write_hot

TABLE = ["CREATE TABLE words (x TEXT)"]


def words(path: Path) -> list[str]:
    with opened_in_memory(path) as connection:
        return [x for (x,) in connection.execute("SELECT x FROM words ORDER BY x")]


def test_a_file_a_log_and_a_journal_are_read_as_sqlite_would(tmp_path: Path) -> None:
    write(tmp_path / "closed" / "a.db", TABLE, words=[{"x": "closed"}])
    write_hot(tmp_path / "hot" / "a.db", TABLE, words=[{"x": "in the log"}])
    for name, expected in {"closed": ["closed"], "hot": ["in the log"]}.items():
        before = contents(tmp_path / name)
        assert words(tmp_path / name / "a.db") == expected
        assert contents(tmp_path / name) == before


def test_what_a_killed_program_had_not_committed_is_rolled_back_in_memory_only(tmp_path: Path) -> None:
    write(tmp_path / "a.db", TABLE, words=[{"x": "kept"}])
    killed = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    killed.execute("PRAGMA cache_size = 1")
    killed.execute("BEGIN")
    killed.executemany("INSERT INTO words VALUES (?)", [("never committed" * 200,)] * 200)
    left = tmp_path / "left"
    left.mkdir()
    for name in ("a.db", "a.db-journal"):
        shutil.copyfile(tmp_path / name, left / name)
    killed.execute("ROLLBACK")
    killed.close()
    before = contents(left)
    assert b"never committed" in before["a.db"], "the control: without its journal the file is half written"
    assert words(left / "a.db") == ["kept"]
    assert contents(left) == before


def test_changes_stay_in_memory(tmp_path: Path) -> None:
    write(tmp_path / "a.db", TABLE, words=[{"x": "kept"}])
    before = contents(tmp_path)
    with opened_in_memory(tmp_path / "a.db") as connection:
        connection.execute("DELETE FROM words")
    assert contents(tmp_path) == before
    assert words(tmp_path / "a.db") == ["kept"]


def test_what_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot be read .No such file"), opened_in_memory(tmp_path / "a.db"):
        pass
    (tmp_path / "b.db").mkdir()
    with pytest.raises(StorageError, match=r"cannot be read .it is not a file"), opened_in_memory(tmp_path / "b.db"):
        pass


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.db", TABLE, words=[{"x": "first"}])
    state, looked = memory_files._state, 0

    def somebody_writes(path: Path) -> object:
        nonlocal looked
        looked += 1
        if looked == 2:
            write(path, words=[{"x": "second"}])
        return state(path)

    monkeypatch.setattr(memory_files, "_state", somebody_writes)
    assert words(tmp_path / "a.db") == ["first", "second"]
    assert looked == 4
    monkeypatch.setattr(memory_files, "_state", lambda _: [object(), None, None])
    with pytest.raises(StorageBusyError, match="all the time"), opened_in_memory(tmp_path / "a.db"):
        pass


def test_no_file_system_is_left_behind(tmp_path: Path) -> None:
    write(tmp_path / "a.db", TABLE)
    before = apsw.vfs_names()
    assert words(tmp_path / "a.db") == []
    with pytest.raises(ZeroDivisionError), opened_in_memory(tmp_path / "a.db"):
        raise ZeroDivisionError
    assert apsw.vfs_names() == before
