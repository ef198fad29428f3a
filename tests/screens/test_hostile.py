"""Whatever comes from a file or a person is text: never markup, never a key to press, never a control character."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from azora_tui.data import accounts
from azora_tui.errors import RefusedError
from azora_tui.lms import catalog, enrolling, home, reading
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.link import LinkDialog
from azora_tui.text import clean
from tests.engine import sqlite
from tests.screens.conftest import EMAIL, HOME, NARROW, PASSWORD, WIDE, Learner, OpenApp, SignUp
from tests.told import told

HOSTILE = {
    "closing tag": "[/x] [/] [/bold]",
    "link": "[@click=app.quit]press me[/] [link=file:///etc/passwd]and me[/link]",
    "markup": "[bold red on white]loud[/] $primary {braces} \\[ [",
    "escape": "\x1b[31m red \x1b]0;title\x07 \x1b]8;;http://example.org\x1b\\ \x1b[2J \x9b31m",
    "bidi": "abc \u202egnp.exe\u202c \u2066x\u2069 \u200e",
    "controls": "nul\x00 bell\x07 back\x08 tab\t line\nfeed\r\nvt\x0b ff\x0c nel\x85 del\x7f c1\x90 ls\u2028 ps\u2029 bom\ufeff",
    "long": "supercalifragilistic " * 250,
    "one long word": "x" * 5_000,
    "wide": "道可道非常道名可名非常名 " * 8,
    "joined": "👩‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 é e\u0301\u0302\u0303 ﷽ \u0645\u064e\u0631\u0652\u062d\u064e\u0628\u0627 " * 4,
    "surrogate": "half \ud800 whole",
}
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff]")
CLICKS = re.compile(r"(app\.(simulate_key|go)\('[\w+]+'\)|app\.account|screen\.show_tab\('(active|completed|left)'\))$")


def look(learner: Learner, width: int) -> None:
    """What is on the screen now has no control character, nothing to click but our own, and only whole rows."""
    for row, strip in enumerate(learner.strips):
        assert not CONTROL.search(strip.text), repr(strip.text)
        # A dialog may cover one half of a joined sign; Textual then cuts it in two that are drawn as something else.
        if not learner.app.screen.is_modal:
            assert sum(segment.cell_length for segment in strip) == width, f"row {row}: {strip.text!r}"
        for segment in strip:
            if segment.style is None:
                continue
            assert segment.style.link is None, "a terminal would follow it"
            click = segment.style.meta.get("@click")
            assert click is None or CLICKS.match(str(click)), click
            assert "quit" not in str(click) or "simulate_key('ctrl+q')" in str(click)


@pytest.fixture
def hostile(lms: Lms, no_bundle: None, make_course: Callable[..., CourseSource]) -> Callable[[str], None]:
    """Install two courses, the second needing the first, whose every text is hostile, past what reading them from a
    file would have cleaned."""

    def put(text: str) -> None:
        # The database takes no lone surrogate, whoever writes to it.
        text = text.encode("utf-8", "replace").decode()
        lessons = tuple(
            LessonSource(f"l{number}", text, 5, True, text, f"# {text}\n\n{text}\n\n- {text}\n\n> {text}\n\n`{text}`\n\n"
                         f"```\n{text}\n```\n\n| {text} | b |\n|---|---|\n| {text} | c |\n\n[{text}](https://example.org/{number})\n")
            for number in (1, 2)
        )  # fmt: skip
        whole = dict.fromkeys(("title", "instructor", "duration", "level", "description", "licence", "version"), text)
        with lms.database.write() as transaction:
            install(lms, transaction, make_course("a", **whole))
            source = make_course("b", **whole, prerequisites=("a", text), outcomes=(text,), seats=1)
            install(lms, transaction, source)
            course = make_course("a", **whole, tags=(text,), outcomes=(text, text))
            install(lms, transaction, replace(course, lessons=lessons))
            transaction.execute("UPDATE courses SET sort_title = slug")

    return put


@pytest.mark.parametrize(
    ("kind", "size"),
    [*((kind, HOME) for kind in HOSTILE), *((kind, WIDE) for kind in ("link", "escape", "long", "joined"))],
)
async def test_every_page_shows_it_as_text(
    open_app: OpenApp,
    sign_up: SignUp,
    hostile: Callable[[str], None],
    lms: Lms,
    kind: str,
    size: tuple[int, int],
) -> None:
    text = HOSTILE[kind]
    claims = sign_up()
    hostile(text)
    width = size[0]
    async with open_app(size) as learner:
        for keys in (
            ("2",),  # the catalog
            ("G",),
            ("enter",),  # the second course, which needs the first
            ("escape", "g", "enter"),
            ("e",),
            ("l",),
            ("u",),
            ("tab", "G"),
            ("shift+tab", "enter"),  # the first lesson
            ("space",),
            ("t",),
            ("t", "G"),
            ("enter",),  # the second
            ("G",),
            ("question_mark",),
            ("escape", "escape"),
            ("1",),  # home, with a course to go on with
            ("r",),
            ("escape", "3"),  # my learning
            ("l",),
            ("u",),
            ("f",),
            ("f",),
            ("a",),
            ("escape", "2", "slash"),
        ):
            await learner.press(*keys)
            look(learner, width)
        await learner.type(clean(text, keep_newlines=False)[:100])
        look(learner, width)
        assert learner.app.is_running
    assert enrolling.my_learning(lms, claims)[1]


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_name_and_an_address_are_text(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], kind: str
) -> None:
    """Past what making an account would have refused: another program may write to azora.db."""
    text = HOSTILE[kind].encode("utf-8", "replace").decode()
    sign_up(keep=False)
    async with open_app(NARROW) as learner:
        with learner.services.auth.database.write() as connection:
            sqlite(connection).execute("UPDATE users SET name = ?", (text,))
        await learner.fill(EMAIL, PASSWORD)
        look(learner, NARROW[0])
        await learner.resize(HOME)
        look(learner, HOME[0])
        await learner.press("a")
        look(learner, HOME[0])


@pytest.mark.parametrize("kind", HOSTILE)
async def test_what_is_typed_or_pasted_into_a_form_is_text(
    open_app: OpenApp, sign_up: SignUp, no_bundle: None, kind: str
) -> None:
    async with open_app() as learner:
        for name in ("name", "email"):
            learner.field(name).focus()
            await learner.settle()
            await learner.paste(HOSTILE[kind][:300])
        learner.field("password").value = learner.field("again").value = PASSWORD
        learner.field("again").focus()
        await learner.settle()
        await learner.press("enter")
        look(learner, HOME[0])
        assert learner.services.claims is None or accounts.email_key(learner.services.claims.email)


@pytest.mark.parametrize("kind", HOSTILE)
async def test_what_a_failure_says_is_text(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], kind: str
) -> None:
    claims = sign_up()
    async with open_app() as learner:
        error = told(RefusedError, HOSTILE[kind])
        for work in (
            catalog.page,
            catalog.detail,
            enrolling.enroll,
            enrolling.leave,
            enrolling.my_learning,
            home.page,
            reading.open_lesson,
        ):
            learner.services.fail(work, error)
        for key in ("ctrl+r", "2", "e", "enter", "e", "escape", "ctrl+r"):
            await learner.press(key)
            look(learner, HOME[0])
        learner.services.mend()
        enrolling.enroll(learner.services.lms, claims, library["weaving"])
        await learner.press("3", "ctrl+r")
        learner.services.fail(reading.open_lesson, error)
        await learner.press("enter")
        assert isinstance(learner.app.screen, LessonScreen)
        look(learner, HOME[0])


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/[/x][@click=app.quit]x[/]",
        "https://example.org/" + "y" * 3000,
        "https://xn--\u202eexample.org/\x1b[31m",
    ],
)
async def test_an_address_is_shown_as_text(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], href: str
) -> None:
    sign_up()
    async with open_app() as learner:
        learner.app.push_screen(LinkDialog(href))
        await learner.settle()
        look(learner, HOME[0])
