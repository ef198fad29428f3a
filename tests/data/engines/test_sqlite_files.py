"""What is opened, what is refused untouched, and how a file gets from one version to the next."""

import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw
import pytest

from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.data.engines import sqlite_files
from azora_tui.data.engines.sqlite import connect
from azora_tui.data.transaction import ConstraintError
from azora_tui.errors import StorageBusyError, StorageError
from azora_tui.paths import Paths
from tests.engine import sqlite

LEGACY = Path(__file__).parents[4] / "shared" / "legacy"
FIRST = schema.migrations(schema.LMS)[:1]
SECOND = (
    2,
    "CREATE TABLE news (x TEXT) STRICT; INSERT INTO news VALUES ('a'); INSERT INTO news VALUES ('b')",
)


def open_once(path: Path, kind: schema.DatabaseKind = schema.LMS) -> None:
    database = open_database(path, kind)
    try:
        with database.read():
            pass
    finally:
        database.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def good(path: Path, kind: schema.DatabaseKind = schema.LMS) -> bytes:
    open_once(path, kind)
    return path.read_bytes()


def patched(whole: bytes, offset: int, value: int) -> bytes:
    return whole[:offset] + struct.pack(">I", value) + whole[offset + 4 :]


REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "is empty"),
    "garbage": (lambda _: b"\x00\xff" * 3000, "is not a database"),
    "text": (lambda _: b"dear diary", "is not a database"),
    "header cut short": (lambda whole: whole[:99], "is not a database"),
    "magic damaged": (lambda whole: b"SQLite format 4\x00" + whole[16:], "is not a database"),
    "foreign application": (lambda whole: patched(whole, 68, 0x0F055112), "of another program"),
    "no application": (lambda whole: patched(whole, 68, 0), "of another program"),
    "our other file": (lambda whole: patched(whole, 68, schema.AUTH.application_id), "of another program"),
    "newer": (lambda whole: patched(whole, 60, 99), "newer azora-tui .version 99"),
    "cut after the header": (lambda whole: whole[:100], "is damaged"),
    "cut in the middle": (lambda whole: whole[: len(whole) // 2], "is damaged"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_a_whole_file_of_ours_is_refused_and_left_as_it_is(paths: Paths, case: str) -> None:
    change, sentence = REFUSED[case]
    path = paths.lms_database
    path.write_bytes(change(good(path)))
    before = contents(paths.home)
    with pytest.raises(StorageError, match=sentence) as caught:
        open_once(path)
    assert contents(paths.home) == before
    assert str(path) in str(caught.value)
    assert "was left as it is" in str(caught.value)


@pytest.mark.parametrize("shape", ["service-shape", "document-shape"])
@pytest.mark.parametrize("kind", [schema.AUTH, schema.LMS], ids=["azora", "lms"])
def test_a_database_of_the_original_services_is_refused_and_left_as_it_is(
    tmp_path: Path, shape: str, kind: schema.DatabaseKind
) -> None:
    original = LEGACY / shape / f"{kind.name}.db"
    if not original.exists():
        pytest.skip(f"the recorded databases are not here ({original})")
    path = tmp_path / original.name
    shutil.copyfile(original, path)
    with pytest.raises(StorageError, match="of the original Azora services"):
        open_once(path, kind)
    assert contents(tmp_path) == {path.name: original.read_bytes()}


def test_a_newer_version_that_only_the_log_knows_is_refused_and_left_as_it_is(paths: Paths, tmp_path: Path) -> None:
    good(paths.lms_database)
    newer = connect(paths.lms_database)
    newer.execute("PRAGMA user_version = 99")
    copied = tmp_path / "after a crash"
    copied.mkdir()
    for name in ("lms.db", "lms.db-wal"):
        shutil.copyfile(paths.home / name, copied / name)
    newer.close()
    before = contents(copied)
    assert struct.unpack_from(">I", before["lms.db"], 60)[0] == schema.migrations(schema.LMS)[-1][0]
    with pytest.raises(StorageError, match=r"newer azora-tui .version 99"):
        open_once(copied / "lms.db")
    after = contents(copied)
    assert {name: after[name] for name in before} == before


def test_work_that_only_the_log_holds_after_a_crash_is_taken_up(paths: Paths, tmp_path: Path) -> None:
    good(paths.lms_database)
    crashed = connect(paths.lms_database)
    crashed.execute("INSERT INTO bundle (id, fingerprint) VALUES (1, 'kept')")
    copied = tmp_path / "after a crash"
    shutil.copytree(paths.home, copied, ignore=shutil.ignore_patterns("*-shm"))
    crashed.close()
    database = open_database(copied / "lms.db", schema.LMS)
    with database.read() as connection:
        assert sqlite(connection).execute("SELECT fingerprint FROM bundle").get == "kept"
    database.close()


def test_a_folder_in_place_of_the_file_is_refused(paths: Paths) -> None:
    paths.lms_database.mkdir()
    with pytest.raises(StorageError, match="cannot be opened"):
        open_once(paths.lms_database)


def test_a_link_to_nowhere_is_refused_and_stays(paths: Paths, tmp_path: Path) -> None:
    paths.lms_database.symlink_to(tmp_path / "unplugged drive" / "lms.db")
    with pytest.raises(StorageError, match="cannot be opened"):
        open_once(paths.lms_database)
    assert paths.lms_database.is_symlink()


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be opened or created"):
        open_once(tmp_path / "nowhere" / "lms.db")


# Everything is read before the rights are given up: the interpreter itself may stand where nobody else can
# go.
UNPRIVILEGED = """
import os, sys
from pathlib import Path
from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.errors import StorageError
from azora_tui.wording.errors import sentences
from tests.engine import sqlite
# What is loaded or read later lies, for this user, in a folder that may be closed.
sentences()
steps = schema.migrations(schema.LMS)
schema.migrations = lambda kind: steps
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    with open_database(Path(sys.argv[1]), schema.LMS).write():
        print("opened")
except StorageError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("mode", "exists", "sentence"),
    [
        (0o777, False, "opened"),  # the control: with rights the very same steps work
        (0o555, False, "cannot be opened or created (Permission denied)"),
        (0o555, True, "cannot be opened for writing"),
        (0o000, False, "cannot be opened or created (Permission denied)"),
    ],
    ids=["control", "read-only, new", "read-only, there", "closed"],
)
def test_a_folder_without_rights_is_a_sentence(mode: int, exists: bool, sentence: str) -> None:
    with TemporaryDirectory() as outer:
        Path(outer).chmod(0o755)
        home = Path(outer) / "school"
        home.mkdir()
        if exists:
            good(home / "lms.db")
            (home / "lms.db").chmod(0o666)
        home.chmod(mode)
        try:
            answer = subprocess.run(
                [sys.executable, "-c", UNPRIVILEGED, str(home / "lms.db")],
                capture_output=True,
                text=True,
                cwd=Path(__file__).parents[2],
                check=False,
            )
        finally:
            home.chmod(0o700)
    assert sentence in answer.stdout, answer.stderr
    assert answer.stderr == ""


def test_events_are_only_ever_added(paths: Paths) -> None:
    lms = open_database(paths.lms_database, schema.LMS)
    auth = open_database(paths.auth_database, schema.AUTH)
    with lms.write() as connection:
        connection.execute(
            """INSERT INTO courses (title, created_at, slug, sort_title, search_text, updated_at)
            VALUES ('t', '', 's', '', '', '')"""
        )
        connection.execute(
            """INSERT INTO machines (id, uuid) VALUES (1, 'm');
            INSERT INTO events (id, kind, user_id, course_id, course, at, payload, machine_id, number)
            VALUES ('e', 'enrolled', 1, 1, 's', '', '{}', 1, 1)"""
        )
    with auth.write() as connection:
        connection.execute(
            """INSERT INTO machines (id, uuid) VALUES (1, 'm');
            INSERT INTO events VALUES ('e', 'registered', 1, '', '{}', 1, 1)"""
        )
    for database in (lms, auth):
        for statement in ("UPDATE events SET user_id = 2", "DELETE FROM events"):
            with pytest.raises(ConstraintError, match="only ever added"), database.write() as connection:
                connection.execute(statement)
        with database.read() as connection:
            assert sqlite(connection).execute("SELECT id, user_id FROM events").fetchall() == [("e", 1)]
        database.close()


# Migrations


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """The migrations of the program under test, to add to."""
    known = list(FIRST)
    monkeypatch.setattr(schema, "migrations", lambda _: list(known))
    return known


@pytest.fixture
def old(paths: Paths, steps: list[tuple[int, str]]) -> Path:
    """A file at version 1 with a row in it."""
    database = open_database(paths.lms_database, schema.LMS)
    with database.write() as connection:
        connection.execute("INSERT INTO bundle (id, fingerprint) VALUES (1, 'old')")
    database.close()
    return paths.lms_database


def state(path: Path) -> tuple[int, str | None, int]:
    """(version, the old row, rows of the new table or -1), and that the file is sound."""
    connection = connect(path)
    assert connection.execute("PRAGMA integrity_check").get == "ok"
    there = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'news'").get
    found = (
        connection.execute("PRAGMA user_version").get,
        connection.execute("SELECT fingerprint FROM bundle").get,
        connection.execute("SELECT COUNT(*) FROM news").get if there else -1,
    )
    connection.close()
    return found


def test_an_older_file_is_brought_up_to_date_after_a_backup(old: Path, steps: list[tuple[int, str]]) -> None:
    steps.append(SECOND)
    open_once(old)
    backup = old.with_name("lms-before-version-2.db")
    assert state(old) == (2, "old", 2)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert state(backup) == (1, "old", -1)
    assert sorted(file.name for file in old.parent.iterdir()) == ["lms-before-version-2.db", "lms.db"]


def test_a_file_that_is_up_to_date_is_not_backed_up(old: Path) -> None:
    open_once(old)
    assert [file.name for file in old.parent.iterdir()] == ["lms.db"]


def test_a_statement_that_answers_with_rows_does_not_end_a_script(old: Path, steps: list[tuple[int, str]]) -> None:
    steps.append((2, f"SELECT 1 UNION SELECT 2; {SECOND[1]} RETURNING x; INSERT INTO news VALUES ('third')"))
    open_once(old)
    assert state(old) == (2, "old", 3)


@pytest.mark.parametrize(
    "fault",
    [
        "INSERT INTO nowhere VALUES (1)",
        "UPDATE bundle SET fingerprint = 'x'; INSERT INTO bundle VALUES (2, 'x')",
        "DELETE FROM bundle; this is not SQL",
    ],
)
def test_a_script_that_fails_leaves_the_old_version_and_says_where_the_copy_is(
    old: Path, steps: list[tuple[int, str]], fault: str
) -> None:
    steps += [SECOND, (3, fault)]
    before = old.read_bytes()
    with pytest.raises(StorageError, match=r"as it was before.*lms-before-version-3\.db"):
        open_once(old)
    assert old.read_bytes() == before
    assert state(old) == (1, "old", -1)
    assert state(old.with_name("lms-before-version-3.db")) == (1, "old", -1)
    steps.pop()
    open_once(old)
    assert state(old) == (2, "old", 2)


def test_a_backup_that_cannot_be_made_stops_the_migration(
    old: Path, steps: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps.append(SECOND)
    old.with_name("lms-before-version-2.db").mkdir()
    with pytest.raises(StorageError, match="cannot be opened or created"):
        open_once(old)
    assert state(old) == (1, "old", -1)
    assert sorted(file.name for file in old.parent.iterdir()) == ["lms-before-version-2.db", "lms.db"]


def test_who_comes_second_neither_migrates_again_nor_replaces_the_backup(
    old: Path, steps: list[tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps.append(SECOND)
    quicker: list[bool] = []
    locked = schema._locked

    def second_to_lock(descriptor: int, path: Path) -> bool:
        if not quicker:
            quicker.append(True)
            open_once(old)  # another process does everything between our look at the version and our lock
        return locked(descriptor, path)

    monkeypatch.setattr(schema, "_locked", second_to_lock)
    open_once(old)
    assert quicker
    assert state(old) == (2, "old", 2)
    assert state(old.with_name("lms-before-version-2.db")) == (1, "old", -1)


def test_who_cannot_get_the_folder_for_itself_is_told_so(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "WAIT_SECONDS", 0.0)
    with schema.alone(paths.lms_database), pytest.raises(StorageBusyError, match="Another azora-tui"):
        open_once(paths.lms_database)
    open_once(paths.lms_database)


def test_a_copy_of_an_open_database_is_whole(old: Path, tmp_path: Path) -> None:
    source = connect(old)
    source.execute("UPDATE bundle SET fingerprint = 'only in the log so far'")
    sqlite_files.back_up(source, tmp_path / "copy.db")
    source.close()
    assert state(tmp_path / "copy.db")[1] == "only in the log so far"


@pytest.mark.parametrize("version", [0, -1, -2_000_000_000])
def test_a_version_that_no_file_of_ours_ever_had_is_refused(paths: Paths, version: int) -> None:
    opened = open_database(paths.lms_database, schema.LMS)
    with opened.read():
        pass
    opened.close()
    with closing(apsw.Connection(str(paths.lms_database))) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    before = sorted(path.name for path in paths.home.iterdir())
    with pytest.raises(StorageError, match=f"version {version}, which no azora-tui ever wrote"), opened.read():
        pass
    opened.close()
    assert sorted(path.name for path in paths.home.iterdir()) == before


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE bundle",
        "ALTER TABLE bundle RENAME COLUMN fingerprint TO other",
        "DROP TABLE bundle; CREATE VIEW bundle AS SELECT 1 AS id, x AS fingerprint FROM nowhere",
    ],
)
def test_tables_that_something_else_has_changed_are_a_sentence(paths: Paths, change: str) -> None:
    opened = open_database(paths.lms_database, schema.LMS)
    with opened.read():
        pass
    opened.close()
    with closing(apsw.Connection(str(paths.lms_database))) as connection:
        connection.execute("PRAGMA foreign_keys = 0")
        connection.execute(change)
    with (
        pytest.raises(StorageError, match=r"is not as azora-tui made it .no such"),
        opened.read() as transaction,
    ):
        sqlite(transaction).execute("SELECT fingerprint FROM bundle").get  # noqa: B018
    opened.close()
