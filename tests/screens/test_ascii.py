"""Under --ascii no page draws anything of ours that is not ASCII; what a course or a person wrote keeps its letters."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from azora_tui.errors import StorageError
from azora_tui.lms import enrolling, home, notes, reading
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.course_sources import CourseSource
from azora_tui.screens.search import SearchScreen
from tests.screens.conftest import HOME, NARROW, WIDE, OpenApp, SignUp
from tests.told import told

QUIZ = """
Read this first.

::: quiz
Which one holds? {#one}

- [ ] The wall
- [x] The knot

Which hold? Choose two. {#two}

- [x] The knot
- [x] The needle
- [ ] The wind

How many rounds? {#three}

hint: Count them.

answer: 3 ± 0.5
:::

::: {.card #front}
::: front
What comes first?
:::
::: back
The knot.
:::
:::
"""

PAGES = {
    "home": (),
    "rest days": ("r",),
    "catalog": ("2",),
    "filter without a hit": ("2", "slash", *"xyzzy"),
    "one kind": ("2", "f", "f"),
    "my learning": ("3",),
    "completed": ("3", "f"),
    "left": ("3", "f", "f"),
    "just left": ("3", "l"),
    "course": ("3", "o"),
    "course with needs": ("2", "slash", *"pots", "enter", "enter"),
    "lesson": ("3", "enter"),
    "lesson's end": ("3", "enter", "G"),
    "contents": ("3", "enter", "t"),
    "find": ("3", "enter", "slash", *"knot"),
    "choosing": ("3", "enter", "w"),
    "note": ("3", "enter", "w", "enter"),
    "notes": ("W",),
    "search": ("ctrl+f",),
    "found": ("ctrl+f", *"knot"),
    "not found": ("ctrl+f", *"xyzzy"),
    "certificates": ("C",),
    "certificate": ("C", "enter"),
    "export": ("C", "enter", "x"),
    "name on it": ("C", "enter", "n"),
    "its code": ("C", "enter", "q"),
    "review": ("4",),
    "turned": ("4", "space"),
    "rated": ("4", "space", "3"),
    "review's end": ("4", "space", "3", "escape"),
    "account": ("a",),
    "password": ("a", "p", *"secret", "enter", "enter", "enter"),
    "about": ("a", "i"),
    "palette": ("ctrl+p",),
    "help": ("question_mark",),
}


@pytest.fixture
def school(
    sign_up: SignUp,
    library: dict[str, int],
    lms: Lms,
    lesson_ids: Callable[[int], dict[str, int]],
    make_course: Callable[..., CourseSource],
) -> None:
    """Thandi has done something of everything."""
    claims = sign_up()
    source = make_course("knots", title="Knots", lessons="knot loop")
    with lms.database.write() as transaction:
        first, second = source.lessons
        knots = install(lms, transaction, replace(source, lessons=(replace(first, content=QUIZ), second)))
    for course in (library["clay"], library["rivers"], library["weaving"], knots):
        enrolling.enroll(lms, claims, course)
    enrolling.leave(lms, claims, library["rivers"])
    for lesson in lesson_ids(library["clay"]).values():
        reading.complete_lesson(lms, claims, lesson)
    floor = lesson_ids(library["weaving"])["lesson-1"]
    reading.complete_lesson(lms, claims, floor)
    reading.complete_lesson(lms, claims, lesson_ids(knots)["knot"])
    notes.write(
        lms, claims, floor, digest=1, quote="A basket begins", position='{"line": 0, "digest": 1}', text="Ask at home"
    )


@pytest.mark.parametrize("page", PAGES)
async def test_every_page_is_ascii(open_app: OpenApp, school: None, page: str) -> None:
    async with open_app(ascii_only=True) as learner:
        learner.app.notify("Something in passing …")
        for size in (HOME, WIDE, NARROW):
            if size == HOME:
                await learner.press(*PAGES[page])
            else:
                await learner.resize(size)
            assert learner.text.isascii(), [line for line in learner.lines if not line.isascii()]


async def test_a_quiz_is_ascii(open_app: OpenApp, school: None) -> None:
    async with open_app(ascii_only=True) as learner:
        await learner.press("2", "slash", *"knots", "enter", "enter", "tab", "enter")
        await learner.press("G", "q")
        for keys in (("1", "enter"), ("enter",), ("1", "2", "enter"), ("enter",), ("2", "enter"), ("enter",)):
            assert learner.text.isascii(), [line for line in learner.lines if not line.isascii()]
            await learner.press(*keys)
        assert learner.text.isascii(), [line for line in learner.lines if not line.isascii()]


async def test_forms_and_their_dots_are_ascii(open_app: OpenApp) -> None:
    async with open_app(ascii_only=True) as learner:
        await learner.press("tab", "tab")
        await learner.type("secret")
        assert "******" in learner.text
        assert learner.text.isascii()


async def test_what_failed_is_ascii(open_app: OpenApp, school: None) -> None:
    failing = told(StorageError, "The disk … is “full”.")
    async with open_app(ascii_only=True, before=lambda services: services.fail(home.page, failing)) as learner:
        assert 'x The disk.. is "full". ctrl+r tries again.' in learner.words
        assert learner.text.isascii()


async def test_what_is_waited_for_is_ascii(open_app: OpenApp, school: None) -> None:
    async with open_app(ascii_only=True, before=lambda services: services.hold(home.page)) as learner:
        assert "Reading where you were.." in learner.text
        assert learner.text.isascii()


async def test_a_persons_own_letters_stay(open_app: OpenApp, school: None) -> None:
    async with open_app(ascii_only=True) as learner:
        await learner.press("ctrl+f", *"café")
        assert isinstance(learner.app.screen, SearchScreen)
        assert 'Nothing has "café" in it.' in learner.words
