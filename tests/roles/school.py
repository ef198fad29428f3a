"""A school in which everybody has something of their own, to try what each role may do.

Thandi is the admin, Kofi a learner, Zola an instructor who teaches only bees, and Nomsa the instructor of the other
courses; ants she teaches together with Lwazi. Each of them has worked in ants as Victor has, whose things are nobody else's.
"""

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from azora_tui.auth import invitations, people, service
from azora_tui.auth.context import Auth
from azora_tui.data import schema, teachers
from azora_tui.data.database import Database, open_database
from azora_tui.lms import catalog, enrolling, notes, quizzes, reading, review, tasks
from azora_tui.lms.credentials import issuing
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import announcing
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.reviews import CardKind, Rating
from azora_tui.paths import Paths
from tests.conftest import NOW, course_source
from tests.engine import sqlite
from tests.roles.circles_school import make_circles
from tests.roles.meeting import meet

PASSWORD = "sikwazi sonke manje"
NEW = "ngiyakwazi ngoba"
VICTOR = "victor"
COLUMNS = {
    "learner": "kofi",
    "instructor": "zola",
    "instructor of the course": "nomsa",
    "admin": "thandi",
    "nobody": "nobody",
}
"""Who stands in each column of the table."""

_LESSON = """\
All of {0}.

::: quiz

Is it {0}? {{#first}}

hint: Look again.

- [x] yes
- [ ] no

And now? {{#second}}

- [x] yes
- [ ] no

:::

::: {{.card #card}}
::: front
Front of {0}
:::
::: back
Back of {0}
:::
:::
"""


@dataclass
class Things:
    """What somebody has in ants, and their certificate of snails."""

    note: int = 0
    deleted_note: int = 0
    open_attempt: int = 0
    answered_attempt: int = 0
    rated: int = 0
    credential: int = 0
    submission: int = 0


@dataclass
class School:
    """`course["ants"]` and `lesson["one of ants"]` are ids. Everybody is in ants, and waits for a seat in moths; nobody
    but Victor is in beetles, and there is no free seat in wasps.
    """

    auth: Auth
    lms: Lms
    claims: dict[str, Claims]
    tokens: dict[str, str]
    course: dict[str, int]
    lesson: dict[str, int]
    things: dict[int, Things]
    word: str = ""
    """What opens the account of invited@example.org."""
    announced: int = 0
    """What Nomsa has announced in spiders, where everybody has handed in the task of lesson one and none of two."""

    @property
    def folder(self) -> Path:
        return self.lms.database.path.parent

    def of(self, claims: Claims) -> Things:
        """What is their own."""
        return self.things[claims.user_id]

    @property
    def victor(self) -> Things:
        return self.things[self.claims[VICTOR].user_id]


def email(name: str) -> str:
    return f"{name}@example.org"


def source(slug: str, lessons: str, **fields: Any) -> CourseSource:
    made = (LessonSource(each, f"{each} of {slug}", 5, True, "All", _LESSON.format(each)) for each in lessons.split())
    return replace(course_source(slug, **fields), lessons=tuple(made))


def spiders() -> CourseSource:
    asks = "All of spiders.\n\n::: {.task #web}\n\nDescribe a web.\n\n- [ ] It has threads\n\n:::\n"
    made = (LessonSource(each, f"{each} of spiders", 5, True, "All", asks) for each in ("one", "two"))
    return replace(course_source("spiders"), lessons=tuple(made))


def open_school(folder: Path) -> tuple[Auth, Lms]:
    paths = Paths(folder)
    paths.prepare()
    auth = Auth(open_database(paths.auth_database, schema.AUTH), paths, lambda: NOW, lambda: str(uuid.uuid4()))
    return auth, Lms(open_database(paths.lms_database, schema.LMS), lambda: NOW, lambda: str(uuid.uuid4()))


def build(folder: Path) -> School:
    auth, lms = open_school(folder)
    school = School(auth, lms, {}, {}, {}, {}, {})
    for name in ("thandi", "kofi", "zola", "nomsa", VICTOR):
        service.register(auth, name=name.title(), email=email(name), password=PASSWORD)
    for name in ("zola", "nomsa"):
        people.set_role(auth, None, email=email(name), role="instructor")
    for name in ("thandi", "kofi", "zola", "nomsa", VICTOR):
        school.tokens[name] = service.sign_in(auth, email=email(name), password=PASSWORD)
        school.claims[name] = service.authenticate(auth, school.tokens[name])
    thandi = school.claims["thandi"]
    (invited,) = invitations.invite(auth, thandi, [(email("invited"), "Ina")])
    school.word = invited.word
    people.set_role(auth, thandi, email=service.register(auth, name="Lwazi", email=email("lwazi"), password=PASSWORD)[
        0
    ].email, role="admin")  # fmt: skip
    with lms.database.write() as transaction:
        for slug, lessons, seats in (
            ("ants", "one two three", None),
            ("bees", "one", None),
            ("beetles", "one", None),
            ("moths", "one", 1),
            ("snails", "one", None),
            ("wasps", "one", 1),
        ):
            course = school.course[slug] = install(lms, transaction, source(slug, lessons, seats=seats))
            teacher = school.claims["zola" if slug == "bees" else "nomsa"]
            teachers.add_teacher(transaction, course_id=course, user_id=teacher.user_id, now=lms.now_text())
        school.course["spiders"] = install(lms, transaction, spiders())
        teachers.add_teacher(
            transaction,
            course_id=school.course["spiders"],
            user_id=school.claims["nomsa"].user_id,
            now=lms.now_text(),
        )
        lwazi = invitations.account_ids(auth, [email("lwazi")])[email("lwazi")]
        teachers.add_teacher(transaction, course_id=school.course["ants"], user_id=lwazi.id, now=lms.now_text())
    for slug, course in school.course.items():
        for lesson in catalog.detail(lms, school.claims[VICTOR], course).lessons:
            school.lesson[f"{lesson.slug} of {slug}"] = lesson.id
    for slug in ("beetles", "moths", "wasps"):
        enrolling.enroll(lms, school.claims[VICTOR], school.course[slug])
    reading.complete_lesson(lms, school.claims[VICTOR], school.lesson["one of beetles"])
    for name in (VICTOR, "kofi", "zola", "nomsa", "thandi"):
        school.things[school.claims[name].user_id] = _work(school, school.claims[name])
    announced = announcing.announce(lms, school.claims["nomsa"], school.course["spiders"], "Look under the roof.")
    school.announced = announced.id
    meet(school.lms, school.claims)
    make_circles(lms, school.claims.values(), school.course["ants"])
    from tests.roles.helping_calls import ask_for_help  # it takes this school

    ask_for_help(school)
    _leave_wisdom(school)
    from tests.roles.reporting_calls import say_to_each  # it takes this school

    say_to_each(school)
    auth.database.close()
    lms.database.close()
    return school


def _leave_wisdom(school: School) -> None:
    from tests.roles.wisdom_calls import leave_wisdom  # which knows this module

    leave_wisdom(school)


def _work(school: School, claims: Claims) -> Things:
    lms, things = school.lms, Things()
    for slug in ("ants", "snails", "spiders"):
        enrolling.enroll(lms, claims, school.course[slug])
    one, two, three = (school.lesson[f"{word} of ants"] for word in ("one", "two", "three"))
    reading.open_lesson(lms, claims, one)
    things.note, things.deleted_note = (
        notes.write(lms, claims, one, digest=1, quote="All of one.", position="{}", text="Mine").id for _ in range(2)
    )
    notes.delete(lms, claims, things.deleted_note)
    things.open_attempt = _attempt(lms, claims, two)
    things.answered_attempt = _attempt(lms, claims, three)
    for question in ("first", "second"):
        quizzes.answer(lms, claims, things.answered_attempt, question, (0,))
    reading.complete_lesson(lms, claims, school.lesson["one of snails"])
    things.submission = tasks.hand_in(lms, claims, school.lesson["one of spiders"], "web", "Threads.").id
    things.credential = issuing.mine(lms, claims).credentials[0].id
    reading.complete_lesson(lms, claims, one)
    card = next(each for each in review.session(lms, claims).cards if each.id.kind is CardKind.CARD)
    things.rated = review.rate(lms, claims, card, Rating.GOOD).id
    if claims.user_id != school.claims[VICTOR].user_id:
        enrolling.join_waitlist(lms, claims, school.course["moths"])
    return things


def _attempt(lms: Lms, claims: Claims, lesson_id: int) -> int:
    attempt = quizzes.start(lms, claims, lesson_id).latest
    assert attempt is not None
    return attempt.id


@contextmanager
def copied(built: School, folder: Path) -> Iterator[School]:
    """A copy of a school, to do in it what one likes."""
    shutil.copytree(built.folder, folder)
    auth, lms = open_school(folder)
    try:
        yield replace(built, auth=auth, lms=lms)
    finally:
        auth.database.close()
        lms.database.close()


def dump(school: School) -> dict[str, Any]:
    """Every row of every table of both files, and the files beside them."""
    found: dict[str, Any] = {
        path.name: path.read_bytes()
        for path in sorted(school.folder.rglob("*"))
        if path.is_file() and ".db" not in path.name
    }
    return found | rows_of(school.auth.database) | rows_of(school.lms.database)


def rows_of(database: Database) -> dict[str, Any]:
    """Every row of every table of a database."""
    found = {}
    for table in _tables(database):
        with database.read() as transaction:
            rows = sqlite(transaction).execute(f"SELECT * FROM {table}").fetchall()
        found[f"{database.path.name} {table}"] = rows
    return found


def _tables(database: Database) -> list[str]:
    with database.read() as transaction:
        names: Callable[..., Any] = sqlite(transaction).execute
        return [
            name
            for (name,) in names(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
            )
        ]
