"""A course in which one is stuck and others could help, for tests of asking for help."""

from dataclasses import dataclass, field, replace
from typing import Any

from azora_tui.data import teachers
from azora_tui.data.transaction import value
from azora_tui.lms import enrolling, quizzes, reading
from azora_tui.lms.events import know_learner
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.together import helping
from azora_tui.models.accounts import Claims, Role
from azora_tui.models.course_sources import LessonSource
from azora_tui.models.together import Paragraph
from tests.conftest import claims_of, course_source
from tests.engine import sqlite
from tests.lms.teaching.classroom import lesson_ids

TEXT = """Lay the loop flat on the table.

Pass the end through it *twice*.

::: quiz

How often does the **end** go through? {#often}

- [ ] once
- [x] twice

Which rope holds? {#holds}

- [x] the dry one
- [ ] the wet one

:::
"""

ASKER, HELPER, SECOND, SILENT, CLOSED_PROFILE, NOT_DONE, LEFT, STRANGER = range(1, 9)
TEACHER, OTHER_TEACHER, ADMIN = 21, 22, 23
_ROLES: dict[int, Role] = {TEACHER: "instructor", OTHER_TEACHER: "instructor", ADMIN: "admin"}
NAMES = {ASKER: "Kofi", HELPER: "Amina", SECOND: "Jo", TEACHER: "Elara"}


def who(user_id: int) -> Claims:
    return claims_of(user_id, role=_ROLES.get(user_id, "learner"), name=NAMES.get(user_id, f"Learner {user_id}"))


def show_profile(lms: Lms, user_id: int, *, is_open: bool = True, helps: bool = True) -> None:
    with lms.database.write() as transaction:
        know_learner(transaction, who(user_id))
        transaction.execute("DELETE FROM profiles WHERE user_id = :id", {"id": user_id})
        transaction.execute(
            "INSERT INTO profiles (user_id, is_open, helps, updated_at) VALUES (:id, :is_open, :helps, '2026')",
            {"id": user_id, "is_open": int(is_open), "helps": int(helps)},
        )


def block(lms: Lms, blocker: int, blocked: int) -> None:
    with lms.database.write() as transaction:
        for user_id in (blocker, blocked):
            know_learner(transaction, who(user_id))
        transaction.execute(
            "INSERT INTO blocks (blocker_id, blocked_id, at) VALUES (:one, :other, '2026')",
            {"one": blocker, "other": blocked},
        )


def close_account(lms: Lms, user_id: int) -> None:
    run(lms, "UPDATE learners SET closed_at = '2026' WHERE user_id = :id", id=user_id)


def run(lms: Lms, statement: str, **parameters: Any) -> None:
    with lms.database.write() as transaction:
        transaction.execute(statement, parameters)


def number(lms: Lms, statement: str, **parameters: Any) -> int:
    with lms.database.read() as transaction:
        found: int = value(transaction, statement, parameters)
    return found


def told(lms: Lms, kind: str = "help_asked") -> list[int]:
    """Who was told something of that kind and has not had it taken back, in order."""
    with lms.database.read() as transaction:
        found = sqlite(transaction).execute("SELECT user_id FROM notices WHERE kind = ? ORDER BY id", (kind,))
        return [user_id for (user_id,) in found]


@dataclass
class Stuck:
    """Kofi (`ASKER`) is in knots and has done nothing. `HELPER` and `SECOND` have completed its first lesson and help;
    each of the others is like them but for what their name says. `TEACHER` teaches it."""

    lms: Lms
    course: int
    lessons: dict[str, int] = field(default_factory=dict)

    @property
    def lesson(self) -> int:
        return self.lessons["one"]

    def ask(self, text: str = "Why twice?", user_id: int = ASKER, **place: Any) -> int:
        return helping.ask(self.lms, who(user_id), self.lesson, text, **place).id

    def ask_at_paragraph(self, user_id: int = ASKER) -> int:
        return self.ask(user_id=user_id, paragraph=Paragraph(7, "Pass the end through it twice.", '{"line": 2}'))

    def reply(self, request_id: int, user_id: int = HELPER, text: str = "So that it holds.") -> int:
        return helping.reply(self.lms, who(user_id), request_id, text)

    def begin_quiz(self, user_id: int) -> int:
        attempt = quizzes.start(self.lms, who(user_id), self.lesson).latest
        assert attempt is not None
        return attempt.id

    def end_quiz(self, user_id: int, attempt_id: int) -> None:
        for question in ("often", "holds"):
            quizzes.answer(self.lms, who(user_id), attempt_id, question, (0,))
        quizzes.finish(self.lms, who(user_id), attempt_id)

    def complete(self, user_id: int) -> None:
        enrolling.enroll(self.lms, who(user_id), self.course)
        reading.complete_lesson(self.lms, who(user_id), self.lesson)


def build(lms: Lms) -> Stuck:
    lessons = tuple(LessonSource(word, f"Knot {word}", 5, True, "", TEXT) for word in ("one", "two"))
    with lms.database.write() as transaction:
        course = install(lms, transaction, replace(course_source("knots", title="Knots"), lessons=lessons))
        know_learner(transaction, who(TEACHER))
        teachers.add_teacher(transaction, course_id=course, user_id=TEACHER, now=lms.now_text())
        numbers = lesson_ids(transaction, course)
    made = Stuck(lms, course, numbers)
    for user_id in (ASKER, HELPER, SECOND, SILENT, CLOSED_PROFILE, NOT_DONE, LEFT):
        enrolling.enroll(lms, who(user_id), course)
    reading.open_lesson(lms, who(NOT_DONE), made.lesson)
    for user_id in (HELPER, SECOND, SILENT, CLOSED_PROFILE, LEFT):
        reading.complete_lesson(lms, who(user_id), made.lesson)
    for user_id in (HELPER, SECOND, NOT_DONE, LEFT, STRANGER):
        show_profile(lms, user_id)
    show_profile(lms, SILENT, helps=False)
    show_profile(lms, CLOSED_PROFILE, is_open=False)
    enrolling.leave(lms, who(LEFT), course)
    return made
