"""Searching 100,000 courses with a lesson each, a key at a time, against FTS5 ranking all that it finds."""

import random
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import Any

import apsw

from azora_tui.data import dialect, searching
from azora_tui.data.engines.sqlite import connect
from azora_tui.data.transaction import rows
from azora_tui.lms import notes, search
from azora_tui.lms.service import Lms, open_lms
from azora_tui.models.accounts import Claims
from benchmarks.rows import Pair, Result, Spec, p95, result
from benchmarks.schools import FAMILIES, LARGE, SUBJECTS, TAGS, Schools, add_courses

SEARCH = Spec(
    "search",
    "search as you type, 100,000 courses with lessons, p95",
    "the bare FTS5 query that ranks every hit, p95",
    0.3,
)

_TYPED = ("python for pilots", "mbangweni", "everyday history", "okatasi law", "careful cooking for nurses", "zubaba")
"""What many, some and few have, from the first letter to the last."""

_WORDS = 150
"""Words of a lesson, from some thousands."""

_NOTES = 200

_RANKED = "SELECT rowid FROM search_index WHERE search_index MATCH :matching ORDER BY rank LIMIT :limit"

Statement = tuple[str, Any]


def measure(schools: Schools, pairs: int) -> list[Result]:
    paths, claims = schools.small_catalog("search")
    lms = open_lms(paths)
    _fill(lms, claims)
    queries = [text[:length] for text in _TYPED for length in range(1, len(text) + 1)]
    statements = [_ranked(lms, query) for query in queries]
    bare = connect(paths.lms_database)
    sides = (partial(_each, queries, partial(_search, lms, claims)), partial(_each, statements, partial(_run, bare)))
    measured: list[Pair] = []
    for number in range(pairs + 1):  # the first warms up
        if number % 2:
            theirs = sides[1]()
            measured.append((p95(sides[0]()), p95(theirs)))
        else:
            ours = sides[0]()
            measured.append((p95(ours), p95(sides[1]())))
    bare.close()
    lms.database.close()
    return [result(SEARCH, measured[1:])]


def _each(inputs: Sequence[Any], work: Callable[[Any], object]) -> list[float]:
    """Milliseconds of each."""
    took = []
    for each in inputs:
        start = perf_counter()
        work(each)
        took.append((perf_counter() - start) * 1000)
    return took


def _search(lms: Lms, claims: Claims, query: str) -> None:
    search.find(lms, claims, query)


def _run(connection: apsw.Connection, statement: Statement) -> None:
    connection.execute(*statement).fetchall()


def _ranked(lms: Lms, query: str) -> Statement:
    """The query as FTS5 answers it by itself: every hit ranked, and as many given out as a search asks for."""
    with lms.database.read() as transaction:
        words = [token.word for token in dialect.tokens(transaction, query)]
    matching = dialect.expression(words, prefix=not query.endswith(" "))
    return _RANKED, {"matching": matching, "limit": search.MAX_HITS}


def _fill(lms: Lms, claims: Claims) -> None:
    """Courses, lessons of many words, and a learner's notes on one; straight into the index, without their Markdown."""
    add_courses(lms, LARGE)
    rng = random.Random(11)
    vocabulary = [*(family.lower() for family in FAMILIES), *SUBJECTS, *TAGS]
    with lms.database.write() as transaction:
        lessons = rows(
            transaction,
            """
            SELECT courses.id, courses.title, courses.instructor, courses.tags, courses.description,
                lessons.id AS lesson_id
            FROM courses JOIN lessons ON lessons.course_id = courses.id WHERE lessons.slug = 'first'
        """,
        )
        for row in lessons:
            about = (row.instructor, row.tags)
            searching.put_course(transaction, row.id, title=row.title, about=about, description=row.description)
            text = "\n".join(" ".join(rng.choices(vocabulary, k=_WORDS // 5)) for _ in range(5))
            searching.put_lesson(transaction, row.lesson_id, title=" ".join(rng.choices(vocabulary, k=3)), text=text)
    for _ in range(_NOTES):
        text, quote = (" ".join(rng.choices(vocabulary, k=20)) for _ in range(2))
        notes.write(lms, claims, 1, digest=0, quote=quote, position="{}", text=text)
