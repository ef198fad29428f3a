"""Somebody leaves in a process that is killed in the middle of it: a program of its own, as `school.py` is."""

import json
import os
import shutil
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import NoReturn

from azora_tui import leaving
from azora_tui.auth import passwords, service
from azora_tui.auth.context import open_auth
from azora_tui.data.engines.sqlite import connect
from azora_tui.errors import RefusedError, SessionError
from azora_tui.lms import enrolling, notes
from azora_tui.lms.service import open_lms
from azora_tui.models.course_sources import LessonSource
from azora_tui.paths import Paths
from tests.departing import files_with
from tests.faults.school import COURSE, add_course, crowd, in_child, survives

EMAIL, PASSWORD, WORD = "quagga@example.org", "a long passphrase", "zyxwquagga"
NAME = "Quagga"


def _prepare(folder: Path) -> None:
    add_course(folder, lessons=(LessonSource("one", "One", 5, True, "All", "Text."),))
    auth, lms = open_auth(Paths(folder)), open_lms(Paths(folder))
    service.register(auth, name="Admin", email="admin@example.org", password=PASSWORD)
    _, token = service.register(auth, name=NAME, email=EMAIL, password=PASSWORD)
    claims = service.authenticate(auth, token)
    enrolling.enroll(lms, claims, COURSE)
    for number in range(40):
        notes.write(lms, claims, 7, digest=1, quote="Text.", position="{}", text=f"{WORD} {number}")
    auth.database.close()
    lms.database.close()


def _leave(folder: Path) -> None:
    auth, lms = open_auth(Paths(folder)), open_lms(Paths(folder))
    claims = service.authenticate(auth, service.sign_in(auth, email=EMAIL, password=PASSWORD))
    leaving.leave(auth, lms, claims, password=PASSWORD)
    auth.database.close()
    lms.database.close()


def _after(folder: Path) -> str:
    """What the next start finds, and whether what is left then is all there or all gone."""
    auth, lms = open_auth(Paths(folder)), open_lms(Paths(folder))
    if auth.paths.leaving.exists():
        leaving.go_on(auth, lms)
    try:
        service.sign_in(auth, email=EMAIL, password=PASSWORD)
        state = "there"
    except RefusedError as error:
        state = error.code
    except SessionError:
        state = "no session"
    except Exception as error:
        state = type(error).__name__
    with closing(connect(folder / "azora.db")) as connection:  # the try itself is no trace of theirs
        connection.execute("DELETE FROM sign_in_failures")
        connection.execute("VACUUM")
    auth.database.close()
    lms.database.close()
    with closing(connect(folder / "lms.db")) as connection:
        kept = connection.execute("SELECT COUNT(*) FROM notes").get
        sound = connection.execute("PRAGMA integrity_check").get
    found = any(files_with(folder, EMAIL, NAME, WORD).values())
    return f"{state}, {kept} notes, {'found' if found else 'nowhere'}, {sound}, mark {auth.paths.leaving.exists()}"


def killed(folder: Path, step: int) -> object:
    """Leavings killed at every `step`-th moment that SQLite writes; what the next start made of each."""
    os.environ["PYTHONHASHSEED"] = "0"
    passwords.MEMORY_KIB, passwords.PASSES = 8, 1
    passwords._context.cache_clear()
    first = folder / "first"
    first.mkdir(mode=0o700)
    in_child(lambda: _prepare(first))
    found: Counter[str] = Counter()
    for moment in range(1, 100_000, step):
        home = folder / str(moment)
        shutil.copytree(first, home)
        ended = survives(moment, lambda home=home: _leave(home))  # type: ignore[misc]
        found += crowd(1, lambda _, home=home: _after(home))  # type: ignore[misc]
        shutil.rmtree(home)
        if ended:
            break
    return found


def main() -> NoReturn:
    os.nice(10)
    what, folder, *numbers = sys.argv[1:]
    print(json.dumps(globals()[what](Path(folder), *map(int, numbers))))  # noqa: T201
    raise SystemExit(0)


if __name__ == "__main__":
    main()
