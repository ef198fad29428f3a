"""Work for which no key waits: all there is of it, and that a key acts at once while it is held up.

Whoever gives a worker a group that begins with `aside` says that it leads nowhere, and so that nothing that is typed
behind what set it off is meant for what it brings. Here that is looked at, for each.
"""

import ast
import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from azora_tui.auth.faults import faults
from azora_tui.lms import catalog, enrolling, importing, notes, reading, review, suggesting, tasks
from azora_tui.lms.credentials import keys
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import marking
from azora_tui.lms.together import boards, circles, inbox, wisdom
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource
from azora_tui.models.wisdom import WisdomKind
from azora_tui.screens import task
from azora_tui.screens.certificate import CertificateScreen
from azora_tui.screens.certificate_dialogs import ExportDialog
from azora_tui.screens.circle_dialogs import PostDialog
from azora_tui.screens.circles import CirclesScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.my_learning import MyLearningScreen
from azora_tui.screens.quiz import QuizScreen
from azora_tui.settings import save_settings
from azora_tui.tui import typing_ahead
from azora_tui.widgets.course_list import CourseList
from azora_tui.widgets.reader import article_view, code_colours
from tests.conftest import claims_of
from tests.screens.conftest import WIDE, Learner, OpenApp, SignUp, calm, send

PACKAGE = Path(typing_ahead.__file__).parents[1]

CODE = "```python\nknot = 1\n```\n"
TASK = "Text.\n\n::: {.task #knot}\n\nTie it.\n\n- [ ] It holds\n\n:::\n"
QUIZ = f"Text.\n\n::: quiz\n\nWhich? {{#which}}\n\n{CODE}\n- [x] this\n- [ ] that\n\n:::\n"


@dataclass
class Stage:
    """Thandi, who is in a course of three lessons, and what a case may need."""

    open_app: OpenApp
    lms: Lms
    library: dict[str, int]
    make_course: Callable[..., CourseSource]
    tmp_path: Path
    sign_up: SignUp
    monkeypatch: pytest.MonkeyPatch

    def enrolled(self, content: str | None = None) -> Claims:
        """Signed in; with a `content`, in a course of that one lesson besides, opened last."""
        claims = self.sign_up()
        enrolling.enroll(self.lms, claims, self.library["weaving"])
        if content is not None:
            source = self.make_course("long", title="Long", lessons="one")
            lesson = replace(source.lessons[0], content=content)
            with self.lms.database.write() as transaction:
                course = install(self.lms, transaction, replace(source, lessons=(lesson,)))
            enrolling.leave(self.lms, claims, self.library["weaving"])
            enrolling.enroll(self.lms, claims, course)
        return claims

    @asynccontextmanager
    async def opened(self, *args: Any, **named: Any) -> AsyncIterator[Learner]:
        """The app; at the end what was held up goes on before it is closed."""
        async with self.open_app(*args, **named) as learner:
            yield learner
            learner.services.release()
            await rest(learner)


@pytest.fixture
def stage(
    open_app: OpenApp,
    lms: Lms,
    library: dict[str, int],
    make_course: Callable[..., CourseSource],
    tmp_path: Path,
    sign_up: SignUp,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Stage]:
    monkeypatch.setattr(typing_ahead, "PATIENCE", 3600)  # however busy the computer is, esc waits its turn
    monkeypatch.setenv("HOME", str(tmp_path))
    keys._opened.clear()
    yield Stage(open_app, lms, library, make_course, tmp_path, sign_up, monkeypatch)
    keys._opened.clear()


async def rest(learner: Learner) -> None:
    """Until nothing goes on but what is held up; a reader that is held up is not waited for."""
    begun = -1
    while begun != learner.services.begun:
        begun = learner.services.begun
        await calm(learner.app)
        await learner.services.quiet()
        await calm(learner.app)


async def press(learner: Learner, *pressed: str) -> None:
    """Each key and what follows from it."""
    for key in pressed:
        send(learner.app, key)
        await rest(learner)


def at_work(learner: Learner, name: str) -> bool:
    """Whether this work is under way now."""
    return any(worker.name == name and not worker.is_finished for worker in learner.app.workers)


def cursor(learner: Learner) -> int:
    return learner.app.screen.query_one(CourseList).cursor


async def never(_: object) -> None:
    await asyncio.Event().wait()


async def warming(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened(before=lambda services: services.hold(services._load_courses)) as learner:
        assert at_work(learner, "_warm")
        await press(learner, "3")
        assert isinstance(learner.app.screen, MyLearningScreen)
        assert at_work(learner, "_warm")


async def settings(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened() as learner:
        await press(learner, "2")
        learner.services.hold(save_settings)
        await press(learner, "s", "down")
        assert cursor(learner) == 1
        assert at_work(learner, "_keep_settings")


async def due(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened() as learner:
        learner.services.hold(review.due_counts)
        await press(learner, "2", "down")
        assert cursor(learner) == 1
        assert at_work(learner, "count_due")


async def mended(stage: Stage) -> None:
    async with stage.opened() as learner:
        await press(learner, *"T", "tab", *"t@x", "tab", *"short", "tab", *"short", "enter")
        focused = learner.app.focused
        learner.services.hold(faults)
        await press(learner, "x", "tab")
        assert learner.app.focused is not focused
        assert at_work(learner, "_mended")


async def suggesting_for_search(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened() as learner:
        learner.services.hold(suggesting.for_search)
        await press(learner, "ctrl+f", *"waeving")
        await learner.until(lambda: learner.services.held_up)
        await press(learner, "escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def suggesting_for_catalog(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened() as learner:
        learner.services.hold(suggesting.for_catalog)
        await press(learner, "2", "slash", *"waeving")
        await learner.until(lambda: learner.services.held_up)
        await press(learner, "escape")
        assert learner.app.screen.query_one("#filter", Input).value == ""


async def counting(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened() as learner:
        learner.services.hold(catalog.count)
        await press(learner, "2", "down")
        assert cursor(learner) == 1
        assert at_work(learner, "_count")


async def watching(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened() as learner:
        await press(learner, "2")
        learner.services.hold(learner.services.lms.database.version)
        await press(learner, "W", "escape", "down")
        assert cursor(learner) == 1
        assert at_work(learner, "_look")


async def lessons_beside(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened(WIDE) as learner:
        learner.services.hold(catalog.detail)
        await press(learner, "3", "1")
        assert learner.services.held_up
        assert isinstance(learner.app.screen, HomeScreen)


async def notes_of_a_lesson(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened() as learner:
        learner.services.hold(notes.of_lesson)
        await press(learner, "enter", "greater_than_sign")
        assert "2 / 3" in learner.text
        assert at_work(learner, "load_notes")


async def what_others_left(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened() as learner:
        learner.services.hold(wisdom.of_lesson)
        await press(learner, "enter", "greater_than_sign")
        assert "2 / 3" in learner.text
        assert at_work(learner, "load_left")


async def what_others_leave_meanwhile(stage: Stage) -> None:
    stage.enrolled("One line.")
    async with stage.opened() as learner:
        await press(learner, "enter")
        learner.services.hold(learner.services.lms.database.version)
        learner.app.screen._look_at_left()  # type: ignore[attr-defined]  # as its timer does
        await press(learner, "w")
        assert learner.reader.chosen is not None
        assert at_work(learner, "_look_at_left")


async def what_others_left_is_seen(stage: Stage) -> None:
    me = stage.enrolled("One line.")
    lesson = enrolling.my_courses(stage.lms, me)[0].next_lesson_id
    assert lesson is not None
    wisdom.write(stage.lms, claims_of(9, role="admin"), lesson, WisdomKind.TIP, "Lay it flat.")
    async with stage.opened() as learner:
        learner.services.hold(wisdom.mark_seen)
        await press(learner, "enter")
        assert "Lay it flat." in learner.text
        await press(learner, "w")
        assert learner.reader.chosen is not None
        assert at_work(learner, "_see_left")


async def place(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened() as learner:
        await learner.press("enter")
        learner.services.hold(reading.keep_place)
        learner.app.screen._keep_place()  # type: ignore[attr-defined]  # as its timer does
        await press(learner, "space")
        assert learner.reader.scroll_offset.y
        assert at_work(learner, "_keep_place")


async def importing_a_course(stage: Stage) -> None:
    stage.enrolled()
    async with stage.opened() as learner:
        await press(learner, "ctrl+p", *"import a course", "enter")
        learner.services.hold(importing.import_from)
        await press(learner, *"course.zip", "enter")
        assert at_work(learner, "_import")
        await press(learner, "tab")
        assert not isinstance(learner.app.focused, Input)
        assert at_work(learner, "_import")


async def writing_a_certificate(stage: Stage) -> None:
    stage.enrolled()
    claims = stage.sign_up("Jo", "jo@example.org")
    enrolling.enroll(stage.lms, claims, stage.library["weaving"])
    for lesson in catalog.detail(stage.lms, claims, stage.library["weaving"]).lessons:
        reading.complete_lesson(stage.lms, claims, lesson.id)
    async with stage.opened() as learner:
        await press(learner, "C", "enter", "x")
        assert isinstance(learner.app.screen, ExportDialog)
        learner.services.hold(os.path.exists)
        await press(learner, "enter")
        assert at_work(learner, "_write")
        await press(learner, "escape")
        assert isinstance(learner.app.screen, CertificateScreen)


async def reading_on(stage: Stage) -> None:
    stage.enrolled("A paragraph of some words.\n\n" * 8_000)
    stage.monkeypatch.setattr(article_view, "_BREATH", 3600)
    async with stage.opened() as learner:
        await press(learner, "enter", "space")
        assert learner.reader.scroll_offset.y
        assert at_work(learner, "_read_on")


async def measuring(stage: Stage) -> None:
    stage.enrolled("A paragraph of some words, which are many more than one line has room for.\n\n" * 400)
    stage.monkeypatch.setattr(article_view, "_PAUSE", 3600)
    stage.monkeypatch.setattr(article_view, "_QUIET", 3600)
    stage.monkeypatch.setattr(article_view, "_BREATH", 0)
    async with stage.opened() as learner:
        await press(learner, "enter")
        await learner.until(lambda: at_work(learner, "_measure"))
        await press(learner, "space")
        assert learner.reader.scroll_offset.y
        assert at_work(learner, "_measure")


async def colouring(stage: Stage) -> None:
    stage.enrolled(CODE + "A paragraph of some words.\n\n" * 40)
    stage.monkeypatch.setattr(code_colours, "off_loop", never)
    async with stage.opened() as learner:
        await press(learner, "enter", "space")
        assert learner.reader.scroll_offset.y
        assert at_work(learner, "_colour")


async def colouring_a_passage(stage: Stage) -> None:
    stage.enrolled(QUIZ)
    stage.monkeypatch.setattr(code_colours, "off_loop", never)
    async with stage.opened() as learner:
        await press(learner, "enter", "q")
        assert isinstance(learner.app.screen, QuizScreen)
        assert at_work(learner, "_colour")
        await press(learner, "escape")
        assert isinstance(learner.app.screen, LessonScreen)


async def keeping_a_draft(stage: Stage) -> None:
    stage.enrolled(TASK)
    stage.monkeypatch.setattr(task, "KEEP_AFTER", 0.001)
    async with stage.opened() as learner:
        await press(learner, "enter", "h", "w")
        learner.services.hold(tasks.keep_draft)
        await press(learner, "x")
        await learner.until(lambda: learner.services.held_up)
        writing = learner.app.focused
        await press(learner, "tab")
        assert learner.app.focused is not writing
        assert at_work(learner, "_keep_soon")


async def noting_an_answer_as_read(stage: Stage) -> None:
    me = stage.enrolled(TASK)
    lesson = enrolling.my_courses(stage.lms, me)[0].next_lesson_id
    assert lesson is not None
    version = tasks.hand_in(stage.lms, me, lesson, "knot", "So.")
    marking.answer(stage.lms, claims_of(9, role="admin"), version.id, accepted=False, words="And then?")
    async with stage.opened() as learner:
        learner.services.hold(tasks.read_answers)
        await press(learner, "enter", "h")
        reading_it = learner.app.focused
        await press(learner, "w")
        assert learner.app.focused is not reading_it
        assert at_work(learner, "_note_read")


def told(stage: Stage) -> None:
    """Thandi is in a circle, in which Jo has posted."""
    me, jo = stage.enrolled(), claims_of(9, name="Jo")
    enrolling.enroll(stage.lms, jo, stage.library["weaving"])
    until = stage.lms.today()
    made = circles.make(stage.lms, me, stage.library["weaving"], name="Ropes", goal="Hitches", until=until)
    circles.join(stage.lms, jo, made.word)
    boards.post(stage.lms, jo, made.id, "Hello")


async def marking_a_notice_as_read(stage: Stage) -> None:
    told(stage)
    async with stage.opened() as learner:
        learner.services.hold(inbox.mark_read)
        await press(learner, "5", "enter", "escape")
        assert isinstance(learner.app.screen, CirclesScreen)
        assert at_work(learner, "_mark")


async def marking_a_board_as_read(stage: Stage) -> None:
    told(stage)
    async with stage.opened() as learner:
        learner.services.hold(boards.mark_seen)
        await press(learner, "5", "G", "enter", "n")
        assert isinstance(learner.app.screen, PostDialog)
        assert at_work(learner, "_note_seen")


HELD_UP: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "screens.wisdom_beside.WisdomBeside._look_at_left": what_others_leave_meanwhile,
    "screens.wisdom_beside.WisdomBeside._see_left": what_others_left_is_seen,
    "screens.wisdom_beside.WisdomBeside.load_left": what_others_left,
    "tui.app.AzoraApp._warm": warming,
    "tui.app.AzoraApp._keep_settings": settings,
    "tui.app.AzoraApp.count_due": due,
    "screens.catalog.CatalogScreen._count": counting,
    "screens.catalog.CatalogScreen._suggest": suggesting_for_catalog,
    "screens.certificate_dialogs.ExportDialog._write": writing_a_certificate,
    "screens.circle.CircleScreen._note_seen": marking_a_board_as_read,
    "screens.circles.CirclesScreen._mark": marking_a_notice_as_read,
    "screens.import_course.ImportScreen._import": importing_a_course,
    "screens.my_learning.MyLearningScreen._show_lessons": lessons_beside,
    "screens.note_taking.NoteTaking.load_notes": notes_of_a_lesson,
    "screens.place_keeping.PlaceKeeping._keep_place": place,
    "screens.register.RegisterScreen._mended": mended,
    "screens.search.SearchScreen._suggest": suggesting_for_search,
    "screens.task.TaskScreen._keep_soon": keeping_a_draft,
    "screens.task.TaskScreen._note_read": noting_an_answer_as_read,
    "screens.watching.WatchingPage._look": watching,
    "widgets.reader.article_view.ArticleView._colour": colouring,
    "widgets.reader.article_view.ArticleView._measure": measuring,
    "widgets.reader.article_view.ArticleView._read_on": reading_on,
    "widgets.reader.passage.Passage.on_mount": colouring_a_passage,
}

NEVER_HELD_UP = {
    "tui.typing_ahead.TypingAheadApp._act_in_turn",  # what hands on the keys that wait cannot be waited for by them
    "tui.preview.PreviewApp._warm",  # it waits for nothing
}


def asides() -> set[str]:
    """Each function of the app that is, or begins, a worker whose group begins with `aside`."""
    found = set()
    for file in PACKAGE.rglob("*.py"):
        module = ".".join(file.relative_to(PACKAGE).with_suffix("").parts)
        for class_ in (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.ClassDef)):
            for function in class_.body:
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and _begins_aside(function):
                    found.add(f"{module}.{class_.name}.{function.name}")
    return found


def _begins_aside(function: ast.AST) -> bool:
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    called = (call for call in calls if ast.unparse(call.func).rpartition(".")[2] in ("work", "run_worker"))
    groups = (word.value for call in called for word in call.keywords if word.arg == "group")
    return any(isinstance(group, ast.Constant) and str(group.value).startswith("aside") for group in groups)


def test_all_work_for_which_no_key_waits_is_looked_at() -> None:
    assert asides() == {*HELD_UP, *NEVER_HELD_UP}


def test_a_group_is_found_wherever_it_is_named() -> None:
    """Every `aside` in quotes is one that `asides` has seen, but where others are stopped or asked for."""
    named = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if 'group="aside' in file.read_text("utf-8")
    }
    assert named == {"/".join(name.split(".")[:-2]) + ".py" for name in asides()}


@pytest.mark.parametrize("name", HELD_UP)
async def test_a_key_acts_at_once_while_it_is_held_up(stage: Stage, name: str) -> None:
    await HELD_UP[name](stage)
