"""Many processes on one school, as a program of its own: it forks before any database is open.

`python school.py WHAT FOLDER …` does one of the things at the end of this file and prints what came of it
as JSON.
"""

import json
import os
import random
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import apsw

from azora_tui.data import events, reviews, schema
from azora_tui.data.engines import sqlite_files
from azora_tui.data.engines.sqlite import SqliteDatabase, connect
from azora_tui.errors import AzoraError, RefusedError
from azora_tui.lms import catalog, enrolling, reading, review
from azora_tui.lms.credentials import issuing, keys, merkle
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms, open_lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.reviews import CardId, CardKind, Flashcard, Rating, ReviewCard
from azora_tui.paths import Paths
from tests.engine import sqlite

NOW = datetime(2026, 11, 22, tzinfo=UTC)
COURSE = 1
NEWS = (2, "CREATE TABLE news (x TEXT) STRICT; INSERT INTO news VALUES ('a'); INSERT INTO news VALUES ('b')")


def school(folder: Path) -> Lms:
    return replace(open_lms(Paths(folder)), now=lambda: NOW)


def claims(learner: int) -> Claims:
    return Claims(learner, f"uuid-{learner}", "e@x", "L", "learner", "s", NOW, NOW + timedelta(days=1))


def child(work: Callable[[], object]) -> int:
    """Fork; the child does `work` and ends. Returns its process id."""
    sys.stdout.flush()
    if process := os.fork():
        return process
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def in_child(work: Callable[[], object]) -> None:
    """Do `work` in a process of its own, so that this one never opens a database."""
    _, status = os.waitpid(child(work), 0)
    if status:
        raise RuntimeError(f"a child ended with {status}")


def crowd(size: int, work: Callable[[int], object]) -> Counter[str]:
    """Start `size` processes, let all go at the same moment, and count what they answer."""
    gate, open_gate = os.pipe()
    answers, answer = os.pipe()

    def one(number: int) -> None:
        os.close(open_gate)
        os.read(gate, 1)
        try:
            said = str(work(number))
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
        os.write(answer, f"{said}\n".encode())

    processes = [child(lambda number=number: one(number)) for number in range(1, size + 1)]  # type: ignore[misc]
    os.close(open_gate)
    os.close(answer)
    with os.fdopen(answers) as said:
        counted = Counter(line.strip() for line in said)
    for process in processes:
        os.waitpid(process, 0)
    return counted


def add_course(folder: Path, seats: int | None = None, lessons: tuple[LessonSource, ...] = ()) -> None:
    source = CourseSource(
        slug="course", title="Course", version="1.0", language="en", licence="CC0", instructor="I",
        duration="1 week", level="beginner", tags=(), description="D", outcomes=(), prerequisites=(),
        seats=seats, enrollment_open=True, lessons=lessons,
    )  # fmt: skip
    lms = school(folder)
    with lms.database.write() as transaction:
        install(lms, transaction, source)
    lms.database.close()


def enroll(folder: Path, learner: int) -> str:
    return enrolling.enroll(school(folder), claims(learner), COURSE).outcome.value


# Crowds


def same(folder: Path, size: int) -> object:
    """Everybody enrols the same learner."""
    in_child(lambda: add_course(folder))
    return crowd(size, lambda _: enroll(folder, 1))


CARD = "::: {.card #a}\n::: front\nAsk\n:::\n::: back\nTell\n:::\n:::\n"


def rate(folder: Path, size: int, protected: int) -> object:
    """Everybody has the same new card before them, and rates it for the same learner."""

    def prepare() -> None:
        add_course(folder, lessons=(LessonSource("one", "One", 5, True, "All", CARD),))
        enroll(folder, 1)

    def one(_: int) -> str:
        lms = school(folder)
        if not protected:  # nobody looks whether it was rated since
            asked = reviews.asked_card
            reviews.asked_card = lambda *found, **named: replace(asked(*found, **named), log_id=0)  # type: ignore[type-var]
        card = ReviewCard(CardId(7, CardKind.CARD, "a"), COURSE, "", "", Flashcard("a", "Ask", "Tell"))
        try:
            review.rate(lms, claims(1), card, Rating.GOOD)
        except RefusedError:
            return "refused"
        return "kept"

    in_child(prepare)
    return crowd(size, one)


def seats(folder: Path, size: int, free: int) -> object:
    """Everybody enrols another learner."""
    in_child(lambda: add_course(folder, free))
    return crowd(size, lambda number: enroll(folder, number))


def seats_or_waitlist(folder: Path, size: int, free: int, leaving: int) -> object:
    """Everybody enrols another learner, or waits; then some of who got a seat leave, all at once."""
    in_child(lambda: add_course(folder, free))
    begun = time.monotonic()

    def come(number: int) -> str:
        # A clock that goes on, the same in every process: by it they stand in line.
        lms = replace(school(folder), now=lambda: NOW + timedelta(seconds=time.monotonic() - begun))
        if enrolling.enroll(lms, claims(number), COURSE).outcome.value != "course_full":
            return f"{number} enrolled"
        return f"{number} {enrolling.join_waitlist(lms, claims(number), COURSE)}"

    came = [each.split() for each in crowd(size, come)]
    seated = [int(number) for number, what in came if what == "enrolled"]
    line = [int(number) for number, _ in sorted((each for each in came if each[1] != "enrolled"), key=_place)]
    crowd(leaving, lambda number: enrolling.leave(school(folder), claims(seated[number - 1]), COURSE).status.value)
    with closing(connect(folder / "lms.db")) as connection:
        status = dict(connection.execute("SELECT user_id, status FROM enrollments"))
        waiting = [user for (user,) in connection.execute("SELECT user_id FROM waitlist ORDER BY joined_at, uuid")]
    return {
        "seated": len(seated),
        "places": sorted(_place(each) for each in came if each[1] != "enrolled") == list(range(1, size - free + 1)),
        "moved_up": [line.index(user) for user in sorted(status.keys() - set(seated), key=line.index)],
        "still_wait": waiting == line[leaving:],
        "left": sum(each == "left" for each in status.values()),
        **check(folder),
    }


def _place(came: list[str]) -> int:
    return int(came[1])


def seats_unprotected(folder: Path, size: int, free: int) -> object:
    """The same without `BEGIN IMMEDIATE`: all have looked for a free seat before the first takes one."""
    in_child(lambda: add_course(folder, free))
    looked, look = os.pipe()
    gate, open_gate = os.pipe()
    admit = enrolling.admit

    def admit_after_all_looked(*arguments: Any) -> object:
        os.write(look, b".")
        os.read(gate, 1)
        return admit(*arguments)

    @contextmanager
    def no_transaction(self: SqliteDatabase, *_: object) -> Iterator[apsw.Connection]:
        yield self._connection()

    def work(number: int) -> str:
        enrolling.admit = admit_after_all_looked  # type: ignore[assignment]
        SqliteDatabase._transaction = no_transaction  # type: ignore[assignment, method-assign]
        return enroll(folder, number)

    def referee() -> None:
        waiting = size
        while waiting:
            waiting -= len(os.read(looked, waiting))
        os.write(open_gate, b"." * size)

    process = child(referee)
    result = crowd(size, work)
    os.waitpid(process, 0)
    return result


def start(folder: Path, size: int) -> object:
    """Everybody opens a school that is not there yet, and writes into it."""

    def work(number: int) -> str:
        with school(folder).database.write() as connection:
            connection.execute("INSERT INTO bundle VALUES (1, '') ON CONFLICT DO NOTHING")
            return "opened"

    return crowd(size, work)


# Kills


def kill_while_enrolling(folder: Path, rounds: int, seed: int) -> object:
    """Children enrol one learner after the other and are killed at random; the learners whose enrolment was
    told."""
    in_child(lambda: add_course(folder))
    chance = random.Random(seed)
    told: list[int] = []
    for number in range(rounds):
        answers, answer = os.pipe()

        def work(answer: int = answer, first: int = number * 1000) -> None:
            lms = school(folder)
            for learner in range(first, first + 1000):
                enrolling.enroll(lms, claims(learner), COURSE)
                os.write(answer, learner.to_bytes(4, "big"))

        process = child(work)
        os.close(answer)
        heard = b""
        wanted = chance.randint(0, 6) * 4
        while len(heard) < wanted:
            heard += os.read(answers, 4)
        for _ in range(chance.randint(0, 4000)):
            pass  # somewhere between this answer and the next
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        while more := os.read(answers, 4096):
            heard += more
        os.close(answers)
        told += [int.from_bytes(heard[place : place + 4], "big") for place in range(0, len(heard), 4)]
    return told


def kill_after_a_word_too_early(folder: Path) -> object:
    """The control: a child that says it is done before COMMIT, and is killed then."""
    in_child(lambda: add_course(folder))
    answers, answer = os.pipe()
    add_event = events.add_event

    def too_early(*arguments: Any, **named: Any) -> None:
        add_event(*arguments, **named)
        os.write(answer, b".")
        signal.pause()

    def work() -> None:
        events.add_event = too_early
        enroll(folder, 7)

    process = child(work)
    os.read(answers, 1)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return [7]


# Certificates


def _ready(folder: Path, learners: int) -> int:
    """A course of one lesson in which that many learners are enrolled; returns the lesson."""
    lesson = LessonSource("only", "Only", 1, True, "All", "Text.")
    source = CourseSource(
        slug="course", title="Course", version="1.0", language="en", licence="CC0", instructor="I",
        duration="1 week", level="beginner", tags=(), description="D", outcomes=(), prerequisites=(),
        seats=None, enrollment_open=True, lessons=(lesson,),
    )  # fmt: skip
    lms = school(folder)
    with lms.database.write() as transaction:
        install(lms, transaction, source)
        lesson_id: int = sqlite(transaction).execute("SELECT id FROM lessons").get
    for learner in range(1, learners + 1):
        enrolling.enroll(lms, claims(learner), COURSE)
    lms.database.close()
    return lesson_id


def _one_lesson(folder: Path, learners: int) -> int:
    answers, answer = os.pipe()
    in_child(lambda: os.write(answer, str(_ready(folder, learners)).encode()))
    return int(os.read(answers, 20))


def certificates(folder: Path, size: int, learners: int) -> object:
    """Everybody completes the last lesson at once; what was issued, and whether the log adds up."""
    lesson_id = _one_lesson(folder, learners)
    said = crowd(size, lambda number: _complete(folder, 1 + number % learners, lesson_id))
    return {"issued": said["issued"], **_certified(folder)}


def _complete(folder: Path, learner: int, lesson_id: int) -> str:
    done = reading.complete_lesson(school(folder), claims(learner), lesson_id)
    return "issued" if done.certificate is not None else "done"


def certificates_unprotected(folder: Path, size: int) -> object:
    """A visit that finds a completed course, where look and write are not one, and the table has no rule of its own."""
    _one_lesson(folder, 1)
    said, say = os.pipe()
    gate, open_gate = os.pipe()
    issue = issuing._issue

    def issue_after_all_looked(*arguments: Any, **named: Any) -> object:
        os.write(say, b".")
        os.read(gate, 1)
        try:
            return issue(*arguments, **named)
        finally:
            os.write(say, b".")

    @contextmanager
    def no_transaction(self: SqliteDatabase, *_: object) -> Iterator[apsw.Connection]:
        yield self._connection()

    def prepare() -> None:
        lms = school(folder)
        with lms.database.write() as connection:
            keys.signer(lms, connection)
            connection.execute("DROP INDEX credentials_of_an_enrollment")
            connection.execute("UPDATE enrollments SET completed_at = enrolled_at, completed_version = '1.0'")

    def work(_: int) -> str:
        issuing._issue = issue_after_all_looked  # type: ignore[assignment]
        SqliteDatabase._transaction = no_transaction  # type: ignore[assignment, method-assign]
        return str(len(issuing.mine(school(folder), claims(1)).credentials))

    def one_after_the_other() -> None:
        for _ in range(size):
            os.read(said, 1)
        for _ in range(size):
            os.write(open_gate, b".")
            os.read(said, 1)

    in_child(prepare)
    helper = child(one_after_the_other)
    crowd(size, work)
    os.waitpid(helper, 0)
    return _certified(folder)


def _certified(folder: Path) -> dict[str, object]:
    with closing(connect(folder / "lms.db")) as connection:
        nodes = {(level, at): hash_ for level, at, hash_ in connection.execute("SELECT * FROM log_nodes")}
        size, root = connection.execute("SELECT size, root FROM log_heads ORDER BY size DESC").fetchone() or (0, b"")
        return {
            "credentials": connection.execute("SELECT COUNT(*) FROM credentials").get,
            "log": connection.execute("SELECT COUNT(*) FROM log_entries").get,
            "keys": connection.execute("SELECT COUNT(*) FROM issuer_keys").get,
            "files": len(list(folder.glob("issuer-key-*.pem"))),
            "root": bool(size) and merkle.root(lambda *at: nodes[at], size) == root,
        }


class _Watched(apsw.VFSFile):
    def xWrite(self, data: Any, offset: int) -> None:
        _Moments.pass_one()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:
        _Moments.pass_one()
        super().xSync(flags)

    def xTruncate(self, newsize: int) -> None:
        _Moments.pass_one()
        super().xTruncate(newsize)


class _Disk(apsw.VFS):
    def __init__(self) -> None:
        super().__init__("watched", "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        _Moments.pass_one()
        return _Watched("unix", name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        _Moments.pass_one()
        super().xDelete(filename, syncdir)


class _Moments:
    """Counts each line of the modules that make a file and each act of SQLite on a file, and dies at the one asked
    for."""

    left = 0

    @classmethod
    def pass_one(cls) -> None:
        cls.left -= 1
        if cls.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    @classmethod
    def trace(cls, frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        if frame.f_code.co_filename != sqlite_files.__file__:
            return None
        if event == "line":
            cls.pass_one()
        return cls.trace


def survives(moment: int, work: Callable[[], object]) -> bool:
    """Do `work` in a process that is killed at its `moment`-th moment; True when it had ended before."""

    def watched() -> None:
        disk = _Disk()
        _Moments.left = moment
        sys.settrace(_Moments.trace)
        work()
        sys.settrace(None)
        disk.unregister()

    _, status = os.waitpid(child(watched), 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the work itself failed")
    return not status


def _open_and_close(folder: Path) -> None:
    with closing(school(folder).database) as opened, opened.read():
        pass


def kill_while_creating(folder: Path, step: int, protected: int) -> object:
    """First starts killed at every `step`-th moment; what the next start said, and what it left in the
    folder."""
    if not protected:

        def in_place(path: Path, kind: schema.DatabaseKind, steps: schema.Steps, connect: sqlite_files.Connect) -> None:
            path.touch(0o600)
            with closing(connect(path)) as connection, connection:
                connection.execute(f"PRAGMA application_id = {kind.application_id}")
                for version, script in steps:
                    sqlite_files._run(connection, version, script)

        sqlite_files._create = in_place
    found: Counter[str] = Counter()
    for moment in range(1, 100_000, step):
        home = folder / str(moment)
        home.mkdir(mode=0o700)
        ended = survives(moment, lambda home=home: _open_and_close(home))  # type: ignore[misc]
        found += crowd(1, lambda _, home=home: _next_start(home))  # type: ignore[misc]
        if ended:
            break
    return found


def _next_start(home: Path) -> str:
    lms = school(home)
    with lms.database.write() as connection:
        connection.execute("INSERT INTO bundle VALUES (1, '')")
        sound = sqlite(connection).execute("PRAGMA integrity_check").get
    lms.database.close()
    return f"{sound} {sorted(each.name for each in home.iterdir())}"


def kill_while_migrating(folder: Path, step: int, protected: int) -> object:
    """Migrations killed at every `step`-th moment; the state they left, and the state after the next
    start."""
    first = schema.migrations(schema.LMS)[:1]
    if not protected:

        def without_a_transaction(connection: apsw.Connection, path: Path, steps: schema.Steps) -> None:
            for version, script in steps[1:]:
                sqlite_files._run(connection, version, script)

        sqlite_files._migrate = without_a_transaction
    found: Counter[str] = Counter()

    def seed(home: Path) -> None:
        schema.migrations = lambda kind: first
        with closing(school(home).database) as opened, opened.write() as connection:
            connection.execute("INSERT INTO bundle VALUES (1, 'old')")

    def migrate(home: Path) -> None:
        schema.migrations = lambda kind: [*first, NEWS]
        _open_and_close(home)

    def look(home: Path) -> str:
        backup = home / "lms-before-version-2.db"
        before = _state(home / "lms.db")
        kept = _state(backup) if backup.exists() else "none"
        migrate(home)
        return f"{before} | backup {kept} | then {_state(home / 'lms.db')}"

    for moment in range(1, 100_000, step):
        home = folder / str(moment)
        home.mkdir(mode=0o700)
        in_child(lambda home=home: seed(home))  # type: ignore[misc]
        ended = survives(moment, lambda home=home: migrate(home))  # type: ignore[misc]
        found += crowd(1, lambda _, home=home: look(home))  # type: ignore[misc]
        if ended:
            break
    return found


def _state(path: Path) -> str:
    with closing(connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").get
        old = connection.execute("SELECT fingerprint FROM bundle").get
        there = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'news'").get
        news = connection.execute("SELECT COUNT(*) FROM news").get if there else None
        sound = connection.execute("PRAGMA integrity_check").get
    return f"{version} {old} {news} {sound}"


# A full disk


def _fill(folder: Path, leave: int = 0) -> Path:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"\0" * 4096):
            pass
    os.truncate(filler, max(0, filler.stat().st_size - leave))
    return filler


def enroll_on_a_full_disk(folder: Path) -> object:
    """Enrol until the disk is full, make room, and go on."""
    return _until_refused(folder, lambda: _fill(folder), (folder / "filler").unlink)


def enroll_within(folder: Path, limit: int) -> object:
    """Enrol until no file may grow beyond `limit` KiB, lift that, and go on."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    return _until_refused(
        folder,
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit * 1024, most)),
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )


def _until_refused(folder: Path, narrow: Callable[[], object], widen: Callable[[], object]) -> object:
    add_course(folder)
    lms = school(folder)
    told = []
    enrolling.enroll(lms, claims(1), COURSE)
    narrow()
    sentence = None
    for learner in range(2, 500):
        try:
            enrolling.enroll(lms, claims(learner), COURSE)
        except AzoraError as error:
            sentence = f"{type(error).__name__}: {error}"
            break
        told.append(learner)
    with lms.database.read() as connection:
        during = [user for (user,) in connection.execute("SELECT user_id FROM enrollments WHERE user_id > 1")]
    widen()
    outcome = enrolling.enroll(lms, claims(999), COURSE).outcome.value
    lms.database.close()
    return {"told": told, "during": during, "sentence": sentence, "later": outcome, **check(folder)}


def read_on_a_full_disk(folder: Path) -> object:
    """Open a school whose disk is full: SQLite has no room even for what it needs to read."""

    def prepare() -> None:
        add_course(folder, lessons=(LessonSource("one", "One", 5, True, "All", "Text."),))
        lms = school(folder)
        enrolling.enroll(lms, claims(1), COURSE)
        lms.database.close()

    in_child(prepare)
    filler = _fill(folder)
    lms = school(folder)
    page = catalog.detail(lms, claims(1), COURSE)
    try:
        write = enrolling.enroll(lms, claims(2), COURSE).outcome.value
    except AzoraError as error:
        write = f"{type(error).__name__}: {error}"
    found = {"title": page.course.title, "enrolled": page.enrolled, "write": write}
    filler.unlink()
    found["later"] = enrolling.enroll(lms, claims(2), COURSE).outcome.value
    found["read"] = catalog.detail(lms, claims(2), COURSE).enrolled
    lms.database.close()
    return {**found, **check(folder)}


def start_on_a_full_disk(folder: Path, protected: int) -> object:
    """First starts with ever more room; what each said, and what the next start with room said."""
    if not protected:

        class Silent(apsw.Connection):
            def wal_checkpoint(self, *_: Any, **__: Any) -> tuple[int, int]:
                return 0, 0

        apsw.Connection = Silent  # type: ignore[misc]
    found: Counter[str] = Counter()
    for room in range(0, 3000, 80):
        home = folder / "home"
        home.mkdir()
        filler = _fill(folder, room * 1024)
        (said,) = crowd(1, lambda _, home=home: _open_and_close(home))  # type: ignore[misc]
        filler.unlink()
        left = sorted(each.name for each in home.iterdir())
        (then,) = crowd(1, lambda _, home=home: _next_start(home).split()[0])  # type: ignore[misc]
        found[f"{said.split(str(home))[0][:40]} | {left} | then {then}"] += 1
        for each in home.iterdir():
            each.unlink()
        home.rmdir()
    return found


def check(folder: Path) -> dict[str, object]:
    """What the file holds of the course: rows, students and events have to agree."""
    with closing(connect(folder / "lms.db")) as connection:
        return {
            "learners": [user for (user,) in connection.execute("SELECT user_id FROM enrollments ORDER BY user_id")],
            "students": connection.execute("SELECT students FROM courses").get,
            "events": [
                user
                for (user,) in connection.execute("SELECT user_id FROM events WHERE kind = 'enrolled' ORDER BY user_id")
            ],
            "integrity": connection.execute("PRAGMA integrity_check").get,
        }


def main() -> NoReturn:
    os.nice(10)  # a crowd must not take the computer from the tests beside it
    what, folder, *numbers = sys.argv[1:]
    result: object = globals()[what](Path(folder), *map(int, numbers))
    print(json.dumps(result))  # noqa: T201
    raise SystemExit(0)


if __name__ == "__main__":
    main()
