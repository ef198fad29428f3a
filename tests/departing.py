"""A school in which one person has something in every table, made of words that nobody else uses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from azora_tui import leaving
from azora_tui.auth import invitations, session_file
from azora_tui.data import personal
from azora_tui.data.database import Database
from azora_tui.lms import enrolling, home, news, notes, quizzes, reading, tasks
from azora_tui.lms.credentials import issuing
from azora_tui.lms.installing import install
from azora_tui.lms.teaching import announcing, marking, messages, roster
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import LessonSource
from azora_tui.models.credentials import Shown
from azora_tui.models.roster import Person
from tests import departing_company
from tests.conftest import course_source
from tests.engine import sqlite
from tests.roles.meeting import ELSEWHERE
from tests.roles.school import PASSWORD, School

WHO = "nomsa"
NAMES = ("nomsa", "falconword")
"""What the person is called, and calls themselves on certificates; also a part of their e-mail."""
WORDS = (
    "zyxwnote", "zyxwchanged", "zyxwgone", "zyxwdraft", "zyxwwork", "zyxwanswer", "zyxwtoher", "zyxwverdict",
    "zyxwplace", "zyxwearlier", *departing_company.WORDS,
)  # fmt: skip
"""What the person wrote, and what was written to them alone."""
KEPT = ("zyxwannounced", "zyxwtovictor", "zyxwtaught", *departing_company.OTHERS)
"""What the person wrote as a teacher, for others, and what others wrote to them and all."""

_QUIZ = """\
All of kites.

::: quiz

What flies? {#flies}

answer: kite

What else? {#else}

- [x] a bird
- [ ] a stone

:::
"""


def fill(school: School) -> Claims:
    """Give the person something in every table that is somebody's; the claims of their session, which is kept."""
    lms, who, thandi, victor = (school.lms, *(school.claims[name] for name in (WHO, "thandi", "victor")))
    session_file.keep(school.auth.paths, school.tokens[WHO])
    with lms.database.write() as transaction:
        lesson = LessonSource("one", "one of kites", 5, True, "All", _QUIZ)
        kites = install(lms, transaction, replace(course_source("kites"), lessons=(lesson,)))
        larks = install(lms, transaction, course_source("larks", lessons="one", seats=1))
        owls = install(lms, transaction, course_source("owls", lessons="one two", seats=1))
        one = sqlite(transaction).execute("SELECT id FROM lessons WHERE course_id = ?", (kites,)).get
    enrolling.enroll(lms, victor, larks)
    enrolling.join_waitlist(lms, who, larks)
    enrolling.enroll(lms, who, owls)
    enrolling.join_waitlist(lms, victor, owls)
    enrolling.enroll(lms, who, kites)
    reading.open_lesson(lms, who, one)
    reading.keep_place(lms, who, one, '{"line": "zyxwplace"}', minutes=3)
    attempt = quizzes.start(lms, who, one).latest
    assert attempt is not None
    quizzes.open_hint(lms, who, school.of(who).open_attempt, "first")
    quizzes.answer(lms, who, attempt.id, "flies", "zyxwanswer")
    quizzes.answer(lms, who, attempt.id, "else", (0,))
    quizzes.finish(lms, who, attempt.id)
    place: dict[str, Any] = {"digest": 1, "quote": "All of kites.", "position": "{}"}
    note = notes.write(lms, who, one, text="zyxwearlier", **place)
    notes.change(lms, who, note.id, text="zyxwchanged")
    notes.write(lms, who, one, text="zyxwnote", **place)
    notes.delete(lms, who, notes.write(lms, who, one, text="zyxwgone", **place).id)
    notes.write(lms, victor, school.lesson["one of ants"], text="zyxwneighbour", **place)
    home.choose_rest_days(lms, who, {5})
    spiders = school.course["spiders"]
    one, two = (school.lesson[f"{word} of spiders"] for word in ("one", "two"))
    marking.answer(lms, thandi, school.of(who).submission, accepted=False, words="zyxwverdict")
    tasks.read_answers(lms, who, one, "web")
    work = tasks.hand_in(lms, who, one, "web", "zyxwwork")
    tasks.keep_draft(lms, who, two, "web", "zyxwdraft")
    messages.write(lms, thandi, spiders, who.user_id, "zyxwtoher")
    messages.write(lms, who, spiders, victor.user_id, "zyxwtovictor")
    announcing.announce(lms, who, spiders, "zyxwannounced")
    announcing.announce(lms, thandi, spiders, "Of Thandi.")
    news.mark_read(lms, who, news.news(lms, who))
    marking.answer(lms, who, school.victor.submission, accepted=True, words="zyxwtaught")
    assert work.id
    issuing.show_as(lms, who, school.of(who).credential, Shown("Falconword"))
    # Events of others, too, say by whom.
    (invited,) = invitations.invite(school.auth, who, [("guest@example.org", "Guest")])
    guest = invited.account
    roster.enroll_people(lms, who, spiders, [Person(guest.id, guest.uuid, guest.name, guest.email)])
    departing_company.fill_company(school, who)
    _add_rest(school, who)
    return who


def _add_rest(school: School, who: Claims) -> None:
    """What takes another call than is worth it here, or cannot be come by any more."""
    person = {"me": who.user_id, "stranger": ELSEWHERE, "at": "2026-11-22 12:00:00", "key": who.email}
    with school.lms.database.write() as transaction:
        for statement in (
            "INSERT INTO wrong_keys (course_id, user_id, at) VALUES (1, :me, :at)",
            "INSERT INTO circle_wrong_words (user_id, at) VALUES (:me, :at)",
            "INSERT INTO blocks (blocker_id, blocked_id, at) VALUES (:stranger, :me, :at)",
            "INSERT INTO adopted_enrollments SELECT id, 7, :at, 0 FROM enrollments WHERE user_id = :me",
            "INSERT INTO adopted_minutes SELECT enrollment_id, 7, lesson_id, :at, 3 FROM lesson_progress"
            " WHERE enrollment_id IN (SELECT id FROM enrollments WHERE user_id = :me)",
        ):
            transaction.execute(statement, person)
    with school.auth.database.write() as transaction:
        for statement in (
            "INSERT INTO sign_in_failures VALUES (:key, 2, :at)",
            "INSERT INTO invitations VALUES (:me, 'hash', :at, 0)",
        ):
            transaction.execute(statement, person)


def counts(school: School, who: Claims) -> dict[str, int]:
    """How many rows of each table are the person's, or name them."""
    found: dict[str, int] = {}
    key = who.email.lower()
    person = {"user_id": who.user_id, "uuid": who.user_uuid, "email_key": key, "nobody": "", "now": ""}
    kinds: tuple[tuple[Database, tuple[personal.Held, ...]], ...] = (
        (school.auth.database, personal.AUTH),
        (school.lms.database, personal.LMS),
    )
    for database, tables in kinds:
        for held in tables:
            condition = held.taken or held.goes
            if condition:
                with database.read() as transaction:
                    statement = f"SELECT COUNT(*) FROM {held.table} WHERE {condition}"
                    found[f"{database.path.stem}.{held.table}"] = sqlite(transaction).execute(statement, person).get
    return found


def files_with(folder: Path, *texts: str) -> dict[str, list[str]]:
    """In which files each of these stands, in whatever capitals."""
    found: dict[str, list[str]] = {}
    contents = {path.name: path.read_bytes().lower() for path in sorted(folder.rglob("*")) if path.is_file()}
    for text in texts:
        found[text] = [name for name, content in contents.items() if text.lower().encode() in content]
    return found


def leave(school: School, who: Claims, password: str = PASSWORD) -> list[Path]:
    return leaving.leave(school.auth, school.lms, who, password=password)


def value(school: School, statement: str, *values: Any) -> Any:
    with school.lms.database.read() as transaction:
        return sqlite(transaction).execute(statement, values).get


def secrets(school: School, who: Claims) -> list[str]:
    with school.lms.database.read() as transaction:
        signed = sqlite(transaction).execute(
            "SELECT jwt FROM credentials JOIN enrollments ON enrollments.id = enrollment_id WHERE user_id = ?",
            (who.user_id,),
        )
        jwts = [jwt.split(".")[1][-300:-100] for (jwt,) in signed]
    return [*NAMES, *WORDS, who.email, who.user_uuid, *jwts]
