"""Changes a file beside the databases over and over, each time ended at another moment: a program of its own, which forks.

`python beside.py WHAT FOLDER SIGNAL STEP` prints as JSON how often each state was found after a run that SIGNAL ended at
every STEP-th moment, and after the next start. A moment is a line of the modules that write, an act of SQLite on a file,
or the end of a transaction.
"""

import json
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import apsw

from azora_tui import paths as files
from azora_tui import settings
from azora_tui.auth import passwords, service, session_file
from azora_tui.auth.context import open_auth
from azora_tui.commands.tidying import tidy
from azora_tui.data import credentials, machine
from azora_tui.data.engines import sqlite
from azora_tui.errors import AzoraError
from azora_tui.lms.credentials import jws, keys, trusted_issuers
from azora_tui.lms.service import Lms, open_lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ADMIN = Claims(1, "uuid-1", "e@x", "L", "admin", "s", NOW, NOW + timedelta(days=1))
ONE, TWO = "a1" * 32, "b2" * 32
WATCHED = {module.__file__ for module in (files, keys, trusted_issuers, settings, machine, sqlite)}


class Moments:
    """Counts moments, and sends this process the signal at the one asked for."""

    left = 0
    signal = signal.SIGKILL

    @classmethod
    def pass_one(cls) -> None:
        cls.left -= 1
        if cls.left == 0:
            os.kill(os.getpid(), cls.signal)

    @classmethod
    def trace(cls, frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event in ("line", "return"):
            cls.pass_one()
        return cls.trace


class _File(apsw.VFSFile):
    def xWrite(self, data: Any, offset: int) -> None:
        Moments.pass_one()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        Moments.pass_one()
        super().xSync(flags)


class _Disk(apsw.VFS):
    """Where a process is killed within SQLite; an interrupt waits until SQLite is done."""

    def __init__(self) -> None:
        super().__init__("watched", "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _File("unix", name, flags)


class _Connection(apsw.Connection):
    """An interrupt during COMMIT is heard once COMMIT has returned."""

    def execute(self, statements: str, *rest: Any, **named: Any) -> apsw.Cursor:
        answer = super().execute(statements, *rest, **named)
        if statements == "COMMIT":
            Moments.pass_one()
        return answer


def school(home: Path) -> Lms:
    return replace(open_lms(Paths(home)), now=lambda: NOW)


def prepare(home: Path) -> None:
    Paths(home).prepare()
    lms = school(home)
    keys.did_in_use(lms, ADMIN)
    keys.rotate(lms, ADMIN)
    lms.database.close()
    trusted_issuers.trust(Paths(home), ONE, "One")
    settings.save_settings(Paths(home).settings, settings.Settings(theme="old"))


def rotate(home: Path) -> None:
    lms = school(home)
    try:
        keys.rotate(lms, ADMIN)
    finally:
        lms.database.close()


def protect(home: Path) -> None:
    lms = school(home)
    try:
        keys.protect(lms, ADMIN, passphrase="eight small baskets")
    finally:
        lms.database.close()


def trust(home: Path) -> None:
    trusted_issuers.trust(Paths(home), TWO, "Two")


def choose(home: Path) -> None:
    settings.save_settings(Paths(home).settings, settings.Settings(theme="new"))


def start(home: Path) -> None:
    shutil.rmtree(home)
    begin(home)


def begin(home: Path) -> None:
    paths = Paths(home)
    paths.prepare()
    tidy(paths)
    auth, lms = open_auth(paths), school(home)
    try:
        with lms.database.write():
            lms.machine()
        keys.did_in_use(lms, ADMIN)
        if not paths.session.exists():
            session_file.keep(paths, token(auth))
    finally:
        auth.database.close()
        lms.database.close()


def token(auth: Any) -> str:
    try:
        return service.register(auth, name="Thandi", email="t@example.org", password="eight small baskets")[1]
    except AzoraError:
        return service.sign_in(auth, email="t@example.org", password="eight small baskets")


def look(home: Path) -> str:
    """What the next start finds: does the key sign, have all before it named the next, who is trusted, which theme."""
    paths = Paths(home)
    begin(home)
    tidy(paths)
    keys._opened.clear()
    lms = school(home)
    try:
        keys.unlock(lms, ADMIN, "eight small baskets")
        with lms.database.write() as transaction:
            made_by = keys.signer(lms, transaction)
            *earlier, _ = credentials.keys(transaction)
        signs = jws.verify_token(jws.sign(made_by.private, {"x": 1})).did == made_by.did
        handed = all(jws.verify_token(each.handover or "", typ=jws.HANDOVER).did == each.did for each in earlier)
    finally:
        lms.database.close()
    lone = sorted(file.name[:10] for file in home.iterdir() if file.name.startswith((".", "issuer-key")))
    return (
        f"signs {signs}, handed over {handed}, {lone}, trusts {len(trusted_issuers.trusted(paths))}, "
        f"theme {settings.load_settings(paths.settings).theme}, signed in {session_file.load(paths) is not None}"
    )


def in_child(work: Callable[[], object]) -> tuple[int, str]:
    read, write = os.pipe()
    sys.stdout.flush()
    process = os.fork()
    if not process:
        status = 1
        try:
            said = str(work())
            status = 0
        except KeyboardInterrupt:
            said = "interrupted"
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
        sys.settrace(None)
        os.write(write, said.encode())
        os._exit(status)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        said = answer.read().decode()
    return os.waitpid(process, 0)[1], said


def ended(moment: int, how: signal.Signals, work: Callable[[], object]) -> str:
    def watched() -> None:
        if how is signal.SIGKILL:
            _Disk()
        else:
            apsw.Connection = _Connection  # type: ignore[misc]
        Moments.left, Moments.signal = moment, how
        sys.settrace(Moments.trace)
        work()
        sys.settrace(None)

    status, said = in_child(watched)
    return "killed" if os.WIFSIGNALED(status) else said


def everywhere(what: str, folder: Path, how: signal.Signals, step: int) -> dict[str, Any]:
    """How many moments there were, and how often each state was found."""
    first = folder / "first"
    in_child(lambda: prepare(first))
    found: Counter[str] = Counter()
    moments = 0
    for moment in range(1, 100_000, step):
        home = folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(first, home)
        said = ended(moment, how, lambda home=home: globals()[what](home))  # type: ignore[misc]
        found[in_child(lambda home=home: look(home))[1].replace(str(folder), "")] += 1  # type: ignore[misc]
        if said not in ("killed", "interrupted"):
            if said != "None":
                found[said] += 1
            break
        moments += 1
    return {"moments": moments, "found": found}


if __name__ == "__main__":
    os.nice(10)
    passwords.MEMORY_KIB, passwords.PASSES = 8, 1
    passwords.preload()
    what, folder, how, step = sys.argv[1:]
    print(json.dumps(everywhere(what, Path(folder), signal.Signals[how], int(step))))  # noqa: T201
