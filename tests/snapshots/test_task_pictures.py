"""Tasks in each of their faces, for who hands in and for who answers. Look at a new picture before you take it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, cast

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from azora_tui.auth.context import Auth
from azora_tui.lms import enrolling, tasks
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import marking
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.screens import task
from azora_tui.screens.marking import MarkScreen
from azora_tui.screens.task import TaskScreen
from azora_tui.screens.waiting import WaitingScreen
from azora_tui.settings import Settings
from azora_tui.tui.app import AzoraApp
from tests.conftest import NOW, Clock, course_source
from tests.screens.conftest import Learner, WatchedServices, ticking
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES

LESSON = """\
A bowline makes a loop at the end of a rope. It does not slip, and it does not jam.

::: {.task #bowline}
## The bowline, in words

Write down how to tie it, so that somebody who has never seen one can. No pictures.

- [ ] the loop is made first, and named
- [ ] the end goes **round** the standing part
- [ ] it says how to see that the knot is right
:::

::: {.task #story .optional}
A knot in your own work.
:::
"""
FIRST = "Make a *loop*. The rabbit comes out of the hole and goes back in.\n"
SECOND = """\
1. Make a small loop, the *hole*; the long part lies under it.
2. The end, the *rabbit*, comes up through the hole.
3. It runs round the tree, which is the standing part.
4. Down the hole again. Pull: the knot keeps its shape.
"""
BACK = "A good picture. **Where** does the rabbit go before it goes back? Somebody who has never seen the tree is lost."


@dataclass
class Class:
    """Thandi teaches, Kofi and Amina learn."""

    services: WatchedServices
    lms: Lms
    lesson: int
    people: dict[str, Claims]

    @property
    def clock(self) -> Clock:
        return cast(Clock, self.lms.now)

    def signed_in(self, name: str) -> None:
        self.services.claims = self.people[name]

    def hand_in(self, name: str, text: str, *, days: int, task_id: str = "bowline") -> int:
        self.clock.moment = NOW - timedelta(days=days)
        handed_in = tasks.hand_in(self.lms, self.people[name], self.lesson, task_id, text)
        self.clock.moment = NOW
        return handed_in.id

    def answer(self, submission: int, words: str, *ticked: int, accepted: bool = False) -> None:
        marking.answer(self.lms, self.people["Thandi"], submission, accepted=accepted, ticked=ticked, words=words)


def new(school: Class) -> None:
    school.signed_in("Kofi")


def drafted(school: Class) -> None:
    school.signed_in("Kofi")
    tasks.keep_draft(school.lms, school.people["Kofi"], school.lesson, "bowline", FIRST)


def waiting(school: Class) -> None:
    school.signed_in("Kofi")
    school.hand_in("Kofi", FIRST, days=2)


def returned(school: Class) -> None:
    waiting(school)
    school.answer(1, BACK, 1)


def accepted(school: Class) -> None:
    returned(school)
    school.answer(school.hand_in("Kofi", SECOND, days=1), "That is it.", 1, 2, 3, accepted=True)


def busy(school: Class) -> None:
    returned(school)
    school.hand_in("Kofi", SECOND, days=1)
    school.hand_in("Amina", "A rope, a ring, a loop.", days=9, task_id="story")
    school.signed_in("Thandi")


def idle(school: Class) -> None:
    school.signed_in("Thandi")


def held(who: str, work: Callable[..., Any]) -> Callable[[Class], None]:
    def set_up(school: Class) -> None:
        busy(school)
        school.signed_in(who)
        school.services.hold(work)

    return set_up


def failing(who: str, work: Callable[..., Any]) -> Callable[[Class], None]:
    def set_up(school: Class) -> None:
        busy(school)
        school.signed_in(who)
        school.services.fail(work, DISK)

    return set_up


def a_task(school: Class) -> Screen[Any]:
    return TaskScreen(school.lesson, "bowline", "The bowline, in words", area="learning")


def what_waits(school: Class) -> Screen[Any]:
    return WaitingScreen(area="learning")


def work(school: Class) -> Screen[Any]:
    return MarkScreen(2, "The bowline, in words", area="learning")


@dataclass(frozen=True)
class Scene:
    set_up: Callable[[Class], None]
    page: Callable[[Class], Screen[Any]] | None
    keys: Sequence[str] = field(default=())


SCENES = {
    "lesson": Scene(returned, None, ("3", "enter")),
    "lesson-end": Scene(new, None, ("3", "enter", "G")),
    "task-new": Scene(new, a_task),
    "task-written": Scene(new, a_task, (*"Make a loop", "enter", *"and go on")),
    "task-draft": Scene(drafted, a_task),
    "task-hand-in": Scene(drafted, a_task, ("ctrl+s",)),
    "task-handed-in": Scene(drafted, a_task, ("ctrl+s", "enter")),
    "task-waiting": Scene(waiting, a_task),
    "task-returned": Scene(returned, a_task),
    "task-accepted": Scene(accepted, a_task),
    "task-loading": Scene(held("Kofi", tasks.page), a_task),
    "task-failed": Scene(failing("Kofi", tasks.page), a_task),
    "waiting": Scene(busy, what_waits),
    "waiting-empty": Scene(idle, what_waits),
    "waiting-loading": Scene(held("Thandi", marking.waiting), what_waits),
    "waiting-failed": Scene(failing("Thandi", marking.waiting), what_waits),
    "work": Scene(busy, work),
    "work-answered": Scene(busy, work, ("w", "space", "j", "space", "tab", *"Very well.")),
    "work-without-words": Scene(busy, work, ("w", "tab", "tab", "tab", "enter")),
    "work-loading": Scene(held("Thandi", marking.work), work),
    "work-failed": Scene(failing("Thandi", marking.work), work),
}


@pytest.fixture
def draw(
    snap_compare: Callable[..., bool],
    make_services: Callable[[], WatchedServices],
    auth: Auth,
    lms: Lms,
    no_bundle: None,
    sign_up: Callable[..., Claims],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., bool]:
    monkeypatch.setattr(task, "KEEP_AFTER", 3600.0)
    lessons = (
        LessonSource("bowline", "The Bowline", 12, True, "Loops", LESSON),
        LessonSource("hitches", "Hitches", 10, True, "Loops", "Two half hitches.\n"),
    )
    source: CourseSource = replace(course_source("knots", title="Knots and Ropes"), lessons=lessons)

    def drawn(scene: Scene, size: tuple[int, int], settings: Settings | None = None) -> bool:
        services = make_services()
        people = {"Thandi": sign_up("Thandi Nkosi", "thandi@example.org")}
        for name in ("Kofi", "Amina"):
            people[name] = sign_up(f"{name} Mensah", f"{name.lower()}@example.org", keep=False)
        with lms.database.write() as transaction:
            course = install(lms, transaction, source)
            found: Any = transaction.execute("SELECT id FROM lessons WHERE slug = 'bowline'")
            [lesson] = found.fetchone()
        for name in ("Kofi", "Amina"):
            enrolling.enroll(lms, people[name], course)
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
def test_tasks(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scene", ["lesson", "task-returned", "waiting", "work-answered"])
def test_tasks_look(draw: Callable[..., bool], scene: str, look: str) -> None:
    assert draw(SCENES[scene], SIZES["80x24"], LOOKS[look])
