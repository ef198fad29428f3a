"""Adopts one school over and over, each time killed at another step: a program of its own, which forks.

`python adopting.py crowd FOLDER SIZE`: so many processes at once open a school whose folder is FOLDER/original.
`python adopting.py killed FOLDER IN_PLACE` takes the originals in FOLDER/original, and prints as JSON what a whole run came to
and, for each step, what was found after the kill and after the next run. A step is a file opened for writing, renamed,
removed or made, or a transaction about to end or just ended.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw

from azora_tui.auth import passwords
from azora_tui.cli import main
from azora_tui.commands import adopt, table  # noqa: F401  # so that no child has to import them
from azora_tui.data.engines.sqlite import SqliteDatabase
from azora_tui.lms import bundled

PLAIN = b"plain-secret"
CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir")
TABLES = {
    "azora.db": ("users", "events"),
    "lms.db": ("courses", "lessons", "enrollments", "lesson_progress", "events", "adopted_orphans"),
}


class Steps:
    """Counts the steps of this process, and kills it before one of them."""

    def __init__(self, home: Path, last: int) -> None:
        self.home = str(home)
        self.last = last
        self.count = 0

    def step(self) -> None:
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        written = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (event in CHANGES or written) and self.home in str(arguments[0]):
            self.step()

    def watch(self) -> None:
        transaction = SqliteDatabase._transaction

        @contextmanager
        def watched(database: SqliteDatabase, begin: str, *stop: Any) -> Iterator[apsw.Connection]:
            with transaction(database, begin, *stop) as connection:
                yield connection
                if "IMMEDIATE" in begin:
                    self.step()
            if "IMMEDIATE" in begin:
                self.step()

        SqliteDatabase._transaction = watched  # type: ignore[method-assign, assignment]
        sys.addaudithook(self.hear)


def run(home: Path, folder: Path, last: int = 0) -> tuple[int, str]:
    """Adopt in a process of its own: its exit status, negative for a signal, and its steps with what it said."""
    said = home.parent / "said"
    said.unlink(missing_ok=True)
    process = os.fork()
    if not process:
        descriptor = os.open(said, os.O_CREAT | os.O_WRONLY)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        os.environ["AZORA_HOME"] = str(home)
        steps = Steps(home, last)
        steps.watch()
        status = 1
        with suppress(Exception):
            status = main(["adopt", str(folder), "--owner", "--json"])
            sys.stdout.write(f"{steps.count}\n")
            sys.stdout.flush()
        os._exit(status)
    _, ended = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(ended), said.read_text()


def held(home: Path) -> dict[str, Any]:
    """How many rows each table has, what learners and minutes add up to, and where passwords stand."""
    found: dict[str, Any] = {"plain": plain(home)}
    for name, tables in TABLES.items():
        with closing(sqlite3.connect(home / name)) as connection:

            def ask(sql: str, connection: sqlite3.Connection = connection) -> Any:
                return connection.execute(sql).fetchone()[0]

            found[name] = [ask("PRAGMA integrity_check"), *(ask(f"SELECT COUNT(*) FROM {each}") for each in tables)]
            if name == "lms.db":
                found["students"] = ask("SELECT SUM(students) FROM courses")
                found["minutes"] = ask("SELECT SUM(time_spent_minutes) FROM lesson_progress")
    backup = home / "original"
    found["backup"] = sorted(file.name for file in backup.iterdir()) if backup.is_dir() else []
    return found


def plain(home: Path) -> list[str]:
    return sorted(file.name for file in home.rglob("*") if file.is_file() and PLAIN in file.read_bytes())


def crowd(work: Path, size: int) -> dict[str, Any]:
    """Everybody opens the same folder at the same moment; what each was told, and what is there afterwards."""
    home = work / "home"
    shutil.copytree(work / "original", home)
    home.chmod(0o700)
    os.environ["AZORA_HOME"] = str(home)
    gate, open_gate = os.pipe()
    processes = []
    for number in range(size):
        process = os.fork()
        if not process:
            os.close(open_gate)
            descriptor = os.open(work / f"said {number}", os.O_CREAT | os.O_WRONLY)
            os.dup2(descriptor, 1)
            os.dup2(descriptor, 2)
            os.read(gate, 1)
            status = 1
            with suppress(Exception):
                status = main(["whoami"])
            os._exit(status)
        processes.append(process)
    os.close(open_gate)
    for process in processes:
        os.waitpid(process, 0)
    return {"said": [(work / f"said {number}").read_text() for number in range(size)], "held": held(home)}


def everywhere(work: Path, *, in_place: bool) -> dict[str, Any]:
    original = work / "original"
    home = work / "home"

    def begin() -> Path:
        shutil.rmtree(home, ignore_errors=True)
        if in_place:
            shutil.copytree(original, home)
            home.chmod(0o700)  # of one that is open to others more would be said
        return home if in_place else original

    status, said = run(home, begin())
    numbers, steps = said.splitlines()
    whole = {"status": status, "numbers": json.loads(numbers), "held": held(home)}
    killed = []
    for step in range(1, int(steps) + 1):
        folder = begin()
        status, _ = run(home, folder, step)
        left = plain(home)
        again, said = run(home, folder)
        killed.append({"killed": status, "plain": left, "status": again, "said": said, "held": held(home)})
    return {"whole": whole, "killed": killed}


if __name__ == "__main__":
    os.nice(10)  # as in school.py
    passwords.MEMORY_KIB, passwords.PASSES = 8, 1
    passwords.preload()
    bundled.load = lambda _: False  # type: ignore[assignment]  # its own kills are tested elsewhere, and it takes long
    what, folder, number = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    found = crowd(folder, number) if what == "crowd" else everywhere(folder, in_place=bool(number))
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
