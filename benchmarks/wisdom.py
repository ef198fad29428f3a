"""Opening a lesson at which ten thousand pieces were left, from the key until its first words are painted."""

from contextlib import ExitStack
from functools import partial

from azora_tui.lms import enrolling, reading
from azora_tui.lms.anchors import paragraphs_of
from azora_tui.lms.service import open_lms
from benchmarks.rows import Result, Spec, result, side_by_side
from benchmarks.schools import Schools
from benchmarks.terminal import Terminal

WISDOM = Spec("wisdom", "a lesson with 10,000 pieces left at it, opened", "the same lesson without any", 1.1)

_PIECES = 10_000
_REST = 0.4

_AUTHORS = """
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 500)
    INSERT INTO learners (user_id, uuid, name) SELECT 1000 + n, 'author-' || n, 'Author ' || n FROM numbers
"""
_LEFT = """
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :number)
    INSERT INTO wisdom (uuid, course_id, lesson_id, author_id, kind, text, written_at, seen, thanks, score)
    SELECT 'piece-' || n, :course, :lesson, 1001 + n % 500, 'tip', 'Lay it flat, number ' || n || ', and then pull.',
        '2026-11-01 08:00:00.' || substr('000000' || n, -6), 100, n % 90, (n % 90) / 101.0
    FROM numbers
"""


def measure(schools: Schools, pairs: int) -> list[Result]:
    with ExitStack() as stack:
        many, none = (
            partial(_milliseconds, *_at_home(schools, stack, f"wisdom-{number}", number)) for number in (_PIECES, 0)
        )
        return [result(WISDOM, side_by_side(many, none, pairs * 2))]


def _at_home(schools: Schools, stack: ExitStack, name: str, number: int) -> tuple[Terminal, list[str]]:
    """The app on Home, whose enter opens a lesson at which so many left something; and its first words."""
    paths, claims = schools.small_catalog(name)
    lms = open_lms(paths)
    (mine,) = enrolling.my_courses(lms, claims)
    lesson = mine.next_lesson_id
    assert lesson is not None  # one of several is done
    content = reading.lesson_page(lms, claims, lesson).content
    words = " ".join(paragraphs_of(content)[0].text.split()[:3])
    with lms.database.write() as transaction:
        transaction.execute(_AUTHORS)
        if number:
            transaction.execute(_LEFT, {"number": number, "course": mine.enrollment.course_id, "lesson": lesson})
    lms.database.close()
    terminal = stack.enter_context(Terminal(["azora_tui"], paths.home, frames=True))
    terminal.until_text([mine.title])
    terminal.rest(2 * _REST)
    return terminal, ["2 / ", words]


def _milliseconds(terminal: Terminal, words: list[str]) -> float:
    """From enter on Home until the lesson stands there; ends on Home again."""
    at = terminal.press("\r")
    took = (terminal.until_frame(words) - at) * 1_000
    terminal.rest(_REST)
    terminal.press("\x1b")
    terminal.rest(_REST)
    return took
