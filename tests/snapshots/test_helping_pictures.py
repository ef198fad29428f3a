"""Asking for help and helping, in each of their faces. Look at a new picture before you take it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from azora_tui.auth.context import Auth
from azora_tui.lms import enrolling, quizzes, reading
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.together import helping
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import LessonSource
from azora_tui.models.together import Paragraph
from azora_tui.screens.help_thread import HelpThreadScreen
from azora_tui.screens.help_wanted import HelpWantedScreen
from azora_tui.settings import Settings
from azora_tui.tui.app import AzoraApp
from tests.conftest import NOW, Clock, course_source
from tests.screens.conftest import Learner, WatchedServices, ticking
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES

LESSON = """\
A bowline makes a loop at the end of a rope. It does not slip, and it does not jam.

Lay the loop flat on the table first; the long part lies under it.

The end comes up through the loop, runs round the standing part, and goes down again where it came from.

::: quiz

Where does the **end** go last? {#last}

- [x] down through the loop
- [ ] round the standing part

Which part holds the weight? {#holds}

- [x] the standing part
- [ ] the end

:::
"""
PARAGRAPH = Paragraph(
    0, "The end comes up through the loop, runs round the standing part, and goes down again where it came from.", "{}"
)
WHY = "When I pull, mine **opens** again. Is it the *second* pass, or do I hold the wrong part?"
FIRST = """\
Look at where the long part lies: **under** the loop, not over it.

1. Lay it on the table.
2. Turn the loop *towards* you.

In the air it always turns round.
"""


@dataclass
class Class:
    """Kofi asks, Amina and Jo have completed the lesson; Amina shows her name and helps."""

    services: WatchedServices
    lms: Lms
    lesson: int
    people: dict[str, Claims]

    @property
    def clock(self) -> Clock:
        return cast(Clock, self.lms.now)

    def signed_in(self, name: str) -> None:
        self.services.claims = self.people[name]

    def ask(self, text: str = WHY, *, days: int = 1, **place: Any) -> int:
        self.clock.moment = NOW - timedelta(days=days)
        asked = helping.ask(self.lms, self.people["Kofi"], self.lesson, text, **place)
        self.clock.moment = NOW
        return asked.id

    def reply(self, name: str, text: str) -> None:
        helping.reply(self.lms, self.people[name], 1, text)

    def helps(self, name: str) -> None:
        with self.lms.database.write() as transaction:
            transaction.execute(
                "INSERT INTO profiles (user_id, is_open, helps, updated_at) VALUES (:id, 1, 1, '2026')",
                {"id": self.people[name].user_id},
            )


def new(school: Class) -> None:
    school.signed_in("Kofi")


def asked(school: Class) -> None:
    school.helps("Amina")
    school.ask(paragraph=PARAGRAPH)
    school.signed_in("Kofi")


def helped(school: Class) -> None:
    new(school)
    school.helps("Amina")


def answered(school: Class) -> None:
    asked(school)
    school.reply("Amina", FIRST)
    school.reply("Kofi", "It holds. Thank you.")


def settled(school: Class) -> None:
    answered(school)
    helping.settle(school.lms, school.people["Kofi"], 1)


def taking(school: Class) -> None:
    answered(school)
    quizzes.start(school.lms, school.people["Kofi"], school.lesson)


def to_help(school: Class) -> None:
    school.helps("Amina")
    school.ask(paragraph=PARAGRAPH, days=3)
    school.ask("Why is it called a **bowline**?", days=2)
    school.ask("Both look right to me.", days=0, question_id="last")
    school.signed_in("Amina")


def of_one_s_own(school: Class) -> None:
    to_help(school)
    school.reply("Amina", FIRST)
    helping.settle(school.lms, school.people["Kofi"], 2)
    school.signed_in("Kofi")


def helper_taking(school: Class) -> None:
    to_help(school)
    quizzes.start(school.lms, school.people["Amina"], school.lesson)


def held(set_up: Callable[[Class], None], work: Callable[..., Any]) -> Callable[[Class], None]:
    def waiting(school: Class) -> None:
        set_up(school)
        school.services.hold(work)

    return waiting


def failing(set_up: Callable[[Class], None], work: Callable[..., Any]) -> Callable[[Class], None]:
    def broken(school: Class) -> None:
        set_up(school)
        school.services.fail(work, DISK)

    return broken


def thread(school: Class) -> Screen[Any]:
    return HelpThreadScreen(1, area="learning")


def wanted(school: Class) -> Screen[Any]:
    return HelpWantedScreen(area="learning")


@dataclass(frozen=True)
class Scene:
    set_up: Callable[[Class], None]
    page: Callable[[Class], Screen[Any]] | None
    keys: Sequence[str] = field(default=())


SCENES = {
    "choosing": Scene(helped, None, ("3", "enter", "H", "down")),
    "asking": Scene(helped, None, ("3", "enter", "H", "down", "H", *"Mine opens")),
    "asking-nobody": Scene(new, None, ("3", "enter", "H", "H")),
    "asking-left": Scene(helped, None, ("3", "enter", "H", "H", *"Mine", "escape")),
    "asked": Scene(helped, None, ("3", "enter", "H", "H", *"Mine opens.", "ctrl+s")),
    "quiz": Scene(helped, None, ("3", "enter", "q")),
    "quiz-asking": Scene(helped, None, ("3", "enter", "q", "H")),
    "quiz-asked": Scene(helped, None, ("3", "enter", "q", "H", *"Both?", "ctrl+s")),
    "thread-new": Scene(asked, thread),
    "thread": Scene(answered, thread),
    "thread-settled": Scene(settled, thread),
    "thread-taking": Scene(taking, thread),
    "thread-helping": Scene(to_help, thread),
    "thread-helper-taking": Scene(helper_taking, thread),
    "thread-take-back": Scene(answered, thread, ("t",)),
    "thread-reply": Scene(to_help, thread, ("r", *"Look at")),
    "thread-said": Scene(to_help, thread, ("r", *"Look at the loop.", "ctrl+s")),
    "thread-loading": Scene(held(asked, helping.request), thread),
    "thread-failed": Scene(failing(asked, helping.request), thread),
    "wanted": Scene(to_help, wanted),
    "wanted-mine": Scene(of_one_s_own, wanted, ("f",)),
    "wanted-empty": Scene(new, wanted),
    "wanted-mine-empty": Scene(new, wanted, ("f",)),
    "wanted-loading": Scene(held(to_help, helping.wanted), wanted),
    "wanted-failed": Scene(failing(to_help, helping.wanted), wanted),
}


@pytest.fixture
def draw(
    snap_compare: Callable[..., bool],
    make_services: Callable[[], WatchedServices],
    auth: Auth,
    lms: Lms,
    no_bundle: None,
    sign_up: Callable[..., Claims],
) -> Callable[..., bool]:
    lessons = (
        LessonSource("bowline", "The Bowline", 12, True, "Loops", LESSON),
        LessonSource("hitches", "Hitches", 10, True, "Loops", "Two half hitches.\n"),
    )

    def drawn(scene: Scene, size: tuple[int, int], settings: Settings | None = None) -> bool:
        services = make_services()
        sign_up("Thandi Nkosi", "thandi@example.org")
        people = {name: sign_up(f"{name} Mensah", f"{name.lower()}@example.org") for name in ("Kofi", "Amina", "Jo")}
        with lms.database.write() as transaction:
            course = install(
                lms, transaction, replace(course_source("knots", title="Knots and Ropes"), lessons=lessons)
            )
            found: Any = transaction.execute("SELECT id FROM lessons WHERE slug = 'bowline'")
            [lesson] = found.fetchone()
        for claims in people.values():
            enrolling.enroll(lms, claims, course)
        for name in ("Amina", "Jo"):
            reading.complete_lesson(lms, people[name], lesson)
        school = Class(services, lms, lesson, people)
        app = AzoraApp(services, settings or Settings())
        scene.set_up(school)

        async def act(pilot: Pilot[None]) -> None:
            learner = Learner(pilot)
            await learner.settle()
            if scene.page is not None:
                app.switch_mode("learning")
                await learner.settle()
                app.push_screen(scene.page(school))
                await learner.settle()
            await learner.press(*scene.keys)
            await learner.until(lambda: not ticking(app))  # a button shows for a moment that it was pressed

        try:
            return snap_compare(app, terminal_size=size, run_before=act)
        finally:
            services.close()

    return drawn


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_helping(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scene", ["thread", "wanted"])
def test_helping_look(draw: Callable[..., bool], scene: str, look: str) -> None:
    assert draw(SCENES[scene], SIZES["80x24"], LOOKS[look])
