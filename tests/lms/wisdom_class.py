"""A course with two lessons and those in it: learners 1 and 2 have completed its first, learner 3 nothing; 4 is a stranger.

Learner 1's things are what the others read. Zola teaches the course, Nomsa another one, and Thandi is the admin.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from azora_tui.data import teachers
from azora_tui.lms import enrolling, quizzes, reading
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.together import wisdom
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import LessonSource
from azora_tui.models.together import Paragraph
from azora_tui.models.wisdom import Piece, WisdomKind
from tests.conftest import Clock, claims_of, course_source

ZOLA = claims_of(9, role="instructor", name="Zola")
NOMSA = claims_of(8, role="instructor", name="Nomsa")
THANDI = claims_of(7, role="admin", name="Thandi")

TEXT = """\
# The bowline

The rabbit comes out of its hole.

It goes around the tree.

- back into the hole
- and pull

::: quiz

Where does it go? {#where}

- [x] around the tree
- [ ] home

:::

That was all.
"""


@dataclass(frozen=True)
class WisdomClass:
    lms: Lms
    clock: Clock
    course: int
    lesson: int
    """The first lesson, which has a quiz."""
    other_lesson: int

    def write(self, text: str = "Lay it flat.", *, by: Claims | None = None, **fields: Any) -> Piece:
        """By learner 1 where nobody is named, a minute after what was before."""
        self.clock.advance(minutes=2)
        kind = fields.pop("kind", WisdomKind.TIP)
        return wisdom.write(self.lms, by or claims_of(1), self.lesson, kind, text, **fields)

    def at(self, words: str) -> Paragraph:
        return wisdom.paragraph_with(self.lms, claims_of(1), self.lesson, words)

    def texts(self, who: Claims) -> list[str]:
        return [each.text for each in wisdom.of_lesson(self.lms, who, self.lesson).pieces]

    def begin_quiz(self, who: Claims) -> int:
        attempt = quizzes.start(self.lms, who, self.lesson).latest
        assert attempt is not None
        return attempt.id

    def end_quiz(self, who: Claims, attempt: int) -> None:
        quizzes.answer(self.lms, who, attempt, "where", (0,))
        quizzes.finish(self.lms, who, attempt)

    def value(self, statement: str) -> Any:
        with self.lms.database.read() as transaction:
            return [tuple(row) for row in transaction.execute(statement)]


def install_course(lms: Lms, text: str = TEXT, **fields: Any) -> int:
    made = [LessonSource(word, f"Lesson {word}", 10, True, "All", text) for word in ("one", "two")]
    with lms.database.write() as transaction:
        return install(lms, transaction, replace(course_source("knots", **fields), lessons=tuple(made)))


def wisdom_class(lms: Lms, clock: Clock, lesson_ids: Callable[[int], dict[str, int]]) -> WisdomClass:
    course = install_course(lms)
    numbers = lesson_ids(course)
    with lms.database.write() as transaction:
        teachers.add_teacher(transaction, course_id=course, user_id=ZOLA.user_id, now=lms.now_text())
        other = install(lms, transaction, course_source("weaving"))
        teachers.add_teacher(transaction, course_id=other, user_id=NOMSA.user_id, now=lms.now_text())
    for user in (1, 2, 3):
        enrolling.enroll(lms, claims_of(user), course)
    for user in (1, 2):
        reading.complete_lesson(lms, claims_of(user), numbers["one"])
    return WisdomClass(lms, clock, course, numbers["one"], numbers["two"])
