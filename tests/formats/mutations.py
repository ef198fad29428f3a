"""Courses and archives with something wrong in them, and what may come of importing one.

As a program, `python mutations.py FOLDER NUMBER [FIRST]` imports that many in a process of its own, and prints what
came of them and the most memory that it took, as JSON.
"""

import json
import random
import resource
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.errors import AzoraError
from azora_tui.formats.registry import read_course_at
from azora_tui.ids import uuid7
from azora_tui.lms import importing
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths
from azora_tui.text import clean

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.engine import sqlite
from tests.formats import samples

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TEACHER = Claims(1, "uuid-1", "e@x", "T", "admin", "s", NOW, NOW + timedelta(days=1))
SEEDS = tuple(samples.ALL)
PACKED = ("zip", "tar", "tar.gz", "file")
EFFECTS = ("flip", "cut", "double", "insert", "swap", "tail")
TOKENS: Sequence[bytes] = (
    b"../../outside", b"/etc/passwd", b"\x00", b"\x1b[31m", b"\xff\xfe", b"\xe2\x80\xae", b"<", b"</", b"<![CDATA[", b"]]>", b"<!--",
    b"-->", b"&x;", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', b":::", b"::: quiz\n", b"{#id}", b"- [x] ",
    b"\n\n", b"---\n", b"\xc3", b"```", b"{", b"}", b"\\", b"'", b'"', b"&amp;", b"999999999999999999999", b"-1", b"%s", b"[[", b"[(X)]",
    b"<div>" * 300, b"[" * 500, b"> " * 300, b"a" * 5000, b"*" * 999, b"&lt;b&gt;" * 200, b"<x " * 300, b"1e999", b"\xf0\x9f\x98\x80",
    b"&a: &a [*a]", b"<table><tr><td colspan=99999>", b"<ol start=9999999999>", b"<soup>", b"PK\x05\x06", b"PK\x01\x02",
)  # fmt: skip


class Mutation(NamedTuple):
    """`inside` tells a change of a file before it is packed from one of the archive; `at` is in millionths."""

    effect: str
    inside: bool
    file: int
    at: int
    token: int


def mutated(seed: str, packed: str, mutations: Sequence[Mutation]) -> bytes:
    """A course's archive (or its longest file alone) with these changes made to it."""
    files = {name: text.encode() for name, text in samples.ALL[seed].items()}
    names = sorted(files)
    for each in mutations:
        if each.inside:
            name = names[each.file % len(names)]
            files[name] = _changed(files[name], each)
    if packed == "zip":
        data = samples.zipped(files)
    elif packed == "file":
        data = max(files.values(), key=len)
    else:
        data = samples.tarred(files, pack=packed == "tar.gz")
    for each in mutations:
        if not each.inside:
            data = _changed(data, each)
    return data


def _changed(data: bytes, mutation: Mutation) -> bytes:
    at = len(data) * mutation.at // 1_000_000
    token = TOKENS[mutation.token % len(TOKENS)]
    match mutation.effect:
        case "flip":
            return data[:at] + bytes([data[at] ^ (1 << mutation.token % 8)]) + data[at + 1 :] if data[at:] else data
        case "cut":
            return data[:at] + data[at + 1 + mutation.token * 7 :]
        case "double":
            return data[:at] + data[at : at + 400] * 2 + data[at:]
        case "insert":
            return data[:at] + token + data[at:]
        case "swap":
            return data[:at] + token + data[at + len(token) :]
        case _:
            return data[:at]


def school(folder: Path) -> Lms:
    paths = Paths(folder / "school")
    paths.prepare()
    return Lms(open_database(paths.lms_database, schema.LMS), lambda: NOW, lambda: uuid7(NOW))


def state(lms: Lms) -> list[tuple[object, ...]]:
    with lms.database.read() as transaction:
        return [
            *transaction.execute("SELECT * FROM courses ORDER BY id"),
            *transaction.execute("SELECT id, course_id, title, content, is_published FROM lessons ORDER BY id"),
        ]


def try_to_import(lms: Lms, path: Path) -> str:
    """What came of importing a file: "imported", or the kind of the refusal. Fails where it was neither."""
    before = state(lms)
    try:
        imported = read_course_at(path)
        course = importing.import_course(lms, TEACHER, imported)
    except AzoraError as error:
        assert state(lms) == before, "a refusal changed the database"
        assert str(error) == clean(str(error)), "a sentence that steers the terminal"
        return type(error).__name__
    with lms.database.read() as transaction:
        lessons = list(
            sqlite(transaction).execute(
                "SELECT title, section, content FROM lessons WHERE course_id = ? AND is_published = 1", (course.id,)
            )
        )
    assert len(lessons) == course.lessons == len(imported.course.lessons), "half an import"
    for title, section, content in lessons:
        assert title == clean(title, keep_newlines=False)
        assert section == clean(section, keep_newlines=False)
        assert content == clean(content)
    for row in imported.skipped:
        assert all(text and text == clean(text, keep_newlines=False) for text in (row.what, row.why))
    return "imported"


def random_mutations(number: int) -> tuple[str, str, list[Mutation]]:
    """The mutations with this number, always the same."""
    chance = random.Random(number)
    mutations = [
        Mutation(
            chance.choice(EFFECTS),
            chance.random() < 0.75,
            chance.randrange(100),
            chance.randrange(1_000_000),
            chance.randrange(len(TOKENS)),
        )
        for _ in range(chance.randrange(1, 6))
    ]
    return chance.choice(SEEDS), chance.choice(PACKED), mutations


def main(folder: Path, number: int, first: int) -> None:
    target = folder / "target"
    target.mkdir()
    (folder / "outside").write_text("as it was")
    lms = school(folder)
    came: Counter[str] = Counter()
    for each in range(first, first + number):
        seed, packed, mutations = random_mutations(each)
        path = target / f"course.{packed if packed != 'file' else max(samples.ALL[seed], key=len).rpartition('.')[2]}"
        path.write_bytes(mutated(seed, packed, mutations))
        try:
            came[try_to_import(lms, path)] += 1
        except BaseException as error:
            raise RuntimeError(f"mutation {each} of {seed} as {packed}: {error!r}") from error
        path.unlink()
        if sorted(inside.name for inside in folder.iterdir()) != ["outside", "school", "target"] or any(
            target.iterdir()
        ):
            raise RuntimeError(f"mutation {each} of {seed} as {packed} wrote outside")
    # Not getrusage: there the process that started this one counts too.
    status = Path("/proc/self/status")
    if status.exists():
        peak = (
            next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) // 1024
        )
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"came": came, "peak_mb": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
