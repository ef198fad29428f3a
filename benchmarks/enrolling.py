"""Committed enrolments a second: the LMS Service against its own statements on bare apsw."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from time import perf_counter
from typing import Any, cast

import apsw

from azora_tui.data.engines.sqlite import connect
from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms, open_lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths
from benchmarks.rows import Result, Spec, result, side_by_side
from benchmarks.schools import Schools

ENROL = Spec(
    "enrol",
    "enrolments a second, committed, through the LMS Service",
    "the same statements on bare apsw",
    0.8,
    at_least=True,
    unit="/s",
)

_BATCH = 300

Statements = list[tuple[str, Any]]


def measure(schools: Schools, pairs: int) -> list[Result]:
    pairs *= 2  # they are short
    paths, claims = schools.small_catalog("enrol")
    copies = [Paths(schools.folder / name) for name in ("enrol-traced", "enrol-bare")]
    for copy in copies:
        copy.prepare()
        shutil.copy(paths.lms_database, copy.lms_database)

    service, traced = open_lms(paths), open_lms(copies[0])
    bare = connect(copies[1].lms_database)  # with the pragmas of the data layer
    statements = _traced(traced, claims, (pairs + 1) * _BATCH)
    ours, theirs = count(), count()
    measured = side_by_side(
        lambda: _per_second(lambda: _enrol(service, _learners(claims, next(ours)))),
        lambda: _per_second(_replaying(bare, statements, next(theirs))),
        pairs,
    )
    for lms in (service, traced):
        lms.database.close()
    bare.close()
    return [result(ENROL, measured)]


def _learners(claims: Claims, batch: int) -> list[Claims]:
    numbers = range(1_000 + batch * _BATCH, 1_000 + (batch + 1) * _BATCH)
    return [replace(claims, user_id=number, user_uuid=f"learner-{number}") for number in numbers]


def _enrol(lms: Lms, learners: list[Claims]) -> None:
    for claims in learners:
        enrolling.enroll(lms, claims, 1 + claims.user_id % 4)


def _replaying(connection: apsw.Connection, statements: list[Statements], batch: int) -> Callable[[], None]:
    chosen = statements[batch * _BATCH : (batch + 1) * _BATCH]

    def replay() -> None:
        for enrolment in chosen:
            for sql, bindings in enrolment:
                connection.execute(sql, bindings).fetchall()

    return replay


def _traced(lms: Lms, claims: Claims, number: int) -> list[Statements]:
    """What the data layer executes for each of `number` enrolments, from BEGIN to COMMIT."""
    seen: Statements = []

    def trace(_: object, sql: str, bindings: Any) -> bool:
        seen.append((sql, bindings))
        return True

    with lms.database.read() as transaction:
        cast(apsw.Connection, transaction).exec_trace = trace
    enrolments = []
    for learner in range(number // _BATCH):
        for one in _learners(claims, learner):
            seen.clear()
            _enrol(lms, [one])
            enrolments.append(list(seen))
    return enrolments


def _per_second(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return _BATCH / (perf_counter() - start)
