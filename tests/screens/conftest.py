"""What the tests of the screens share: the app over a school in a folder, and a learner who sits before it.

The clock stands still, ids count, hashes are cheap, no cursor blinks, and no test waits for a time to pass.
"""

import ast
import asyncio
import subprocess
import sys
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from itertools import count
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input, TextArea
from textual.widgets._toast import Toast

from azora_tui.auth import passwords, service, session_file
from azora_tui.auth.context import Auth
from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.lms import bundled
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.paths import Paths
from azora_tui.screens import place_keeping, watching
from azora_tui.services import Services
from azora_tui.settings import Settings
from azora_tui.tui.app import AzoraApp
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.reader import MarkdownReader, Passage

HOME = (80, 24)
WIDE = (120, 40)
NARROW = (60, 20)
SMALL = (40, 12)
TINY = (20, 5)
SIZES = (HOME, WIDE, NARROW, SMALL, TINY)

PATIENCE = 300
"""Seconds after which a test gives up; other tests may keep the computer busy with hundreds of processes meanwhile."""

NAME = "Thandi Nkosi"
EMAIL = "thandi@example.org"
PASSWORD = "a long passphrase"


class WatchedServices(Services):
    """A school that knows what is under way in its threads, and in which a call can be held up or made to fail."""

    def __init__(self, paths: Paths, *, auth: Auth, lms: Lms) -> None:
        super().__init__(paths, auth=auth, lms=lms)
        self.begun = 0
        self.under_way = 0
        self.held_up = 0
        self._quiet = asyncio.Event()
        self._held: dict[Callable[..., Any], asyncio.Event] = {}
        self._failing: dict[Callable[..., Any], Exception] = {}

    def hold(self, work: Callable[..., Any]) -> None:
        """Calls of `work` wait from now on, until `release`."""
        self._held[work] = asyncio.Event()

    def release(self) -> None:
        held, self._held = self._held, {}
        for event in held.values():
            event.set()

    def fail(self, work: Callable[..., Any], error: Exception) -> None:
        """Calls of `work` raise `error` from now on, until `mend`."""
        self._failing[work] = error

    def mend(self) -> None:
        self._failing.clear()

    async def in_thread(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        whole = partial(work, *args)
        asked = whole.args[1] if whole.func == self._verified else whole.func
        if asked in self._held:
            self.held_up += 1
            await self._held[asked].wait()
            self.held_up -= 1
        if asked in self._failing:
            raise self._failing[asked]
        self.begun += 1
        self.under_way += 1
        self._quiet.clear()
        try:
            return await super().in_thread(work, *args, **kwargs)
        finally:
            self.under_way -= 1
            if not self.under_way:
                self._quiet.set()

    async def quiet(self) -> None:
        if self.under_way:
            await self._quiet.wait()


async def calm(app: App[Any]) -> None:
    """Until nothing in the event loop can go on by itself; what waits then waits for a thread, a key or a timer.

    `Pilot.pause` would take a computer that is busy with other things for an app at rest.
    """
    loop: Any = asyncio.get_running_loop()
    context = copy_context()
    painted = False
    while not painted:
        quiet = 0
        while quiet < 3:
            await asyncio.sleep(0)
            quiet = 0 if loop._ready else quiet + 1
        await app.animator.wait_until_complete()
        screens = app.screen_stack
        painted = app._resize_event is None and not any(
            screen._callbacks
            or (screen.is_current and (screen._layout_required or screen._scroll_required or screen._dirty_widgets))
            for screen in screens
        )
        # What timers would do within a sixtieth of a second.
        app._check_resize()
        for screen in screens:
            context.run(screen._on_timer_update)


def ticking(app: App[Any]) -> list[str]:
    """The timers that run on the pages that are seen, but those that draw them: what they do comes at a time of its own.

    A page beneath a dialog is seen too: a button that was pressed there shows it for a moment.
    """
    screens = [*app._background_screens, app.screen] if app.screen.is_modal else [app.screen]
    seen = [widget for screen in screens for widget in screen.walk_children(with_self=True)]
    nodes = [app, *(widget for widget in seen if widget.display and widget.visible)]
    timers = {timer for node in nodes for timer in node._timers if timer._active.is_set()}
    half_an_hour = 1800  # what tests keep for an hour has begun to run out
    return [
        f"{timer.name} every {timer._interval} s"
        for timer in timers - {screen._update_timer for screen in screens}
        if timer._interval < half_an_hour
    ]


def send(app: App[Any], key: str) -> None:
    """Press a key, as a driver does and as `Pilot.press` does, without its waiting between two keys."""
    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    try:
        character: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        character = key if len(key) == 1 else None
    event = events.Key(key, character)
    event.set_sender(app)
    app._driver.send_message(event)  # type: ignore[union-attr]


def painted(app: App[Any]) -> list[Strip]:
    """What a terminal would be given, row by row, dialogs and passing words too."""
    render = app.screen._compositor.render_update
    update = copy_context().run(lambda: render(full=True, screen_stack=app._background_screens))
    return [Strip.join(parts) for parts in update.strips]  # type: ignore[union-attr]


class Learner:
    """Presses keys, and looks at what is on the screen once everything that they set off has come to rest."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.app: AzoraApp = pilot.app  # type: ignore[assignment]
        self.services: WatchedServices = self.app.services  # type: ignore[assignment]

    async def settle(self) -> None:
        """Until every message and key is handled, every call has been answered (but those held up, and the keys that
        wait for them) and every text is read."""
        async with asyncio.timeout(PATIENCE):
            await self._settle()

    async def _settle(self) -> None:
        while True:
            begun = self.services.begun
            await calm(self.app)
            await self.services.quiet()
            for reader in self.app.screen.query(MarkdownReader):
                await reader.settled()
            for passage in self.app.screen.query(Passage):
                await passage.settled()
            await calm(self.app)
            if not self.services.under_way and self.services.begun == begun:
                if not self.app._typed or self.services.held_up:
                    return
                await asyncio.sleep(0.01)  # a key waits for a worker that sleeps

    async def press(self, *keys: str) -> None:
        """Each key, and everything that follows from it."""
        for key in keys:
            send(self.app, key)
            await self.settle()

    async def type(self, text: str) -> None:
        """A text, as fast as a terminal hands it on."""
        for character in text:
            send(self.app, character)
        await self.settle()

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def fill(self, *values: str) -> None:
        """Fields of a form, from the one that has the focus on; the last is left with enter."""
        for value in values[:-1]:
            await self.type(value)
            await self.press("tab")
        await self.type(values[-1])
        await self.press("enter")

    async def resize(self, size: tuple[int, int]) -> None:
        self.app._driver._size = Size(*size)  # type: ignore[union-attr]
        self.app.post_message(events.Resize(Size(*size), Size(*size)))
        await self.settle()

    async def quit(self) -> None:
        """ctrl+q, until the app has ended."""
        send(self.app, "ctrl+q")
        async with asyncio.timeout(PATIENCE):
            await asyncio.shield(self.app._task)  # type: ignore[arg-type]

    async def until(self, there: Callable[[], object]) -> None:
        """Let the app go on until something is there that a timer of its own brings, however long that takes."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not there():
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"This never came about; on the screen is:\n{self.text}") from None

    @property
    def strips(self) -> list[Strip]:
        return painted(self.app)

    @property
    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.strips]

    @property
    def text(self) -> str:
        """All that is to be read."""
        return "\n".join(self.lines)

    @property
    def words(self) -> str:
        """All that is to be read, whichever way its lines are broken."""
        return " ".join(self.text.split())

    @property
    def reader(self) -> MarkdownReader:
        return self.app.screen.query_one(MarkdownReader)

    @property
    def said(self) -> str:
        """The words in passing that are on the screen now."""
        return " ".join(" ".join(str(toast.render()) for toast in self.app.screen.query(Toast)).split())

    def field(self, name: str) -> Input:
        return self.app.screen.query_one(f"#field-{name}").query_one(Input)

    def note(self, name: str) -> str:
        """What stands under a field."""
        return str(self.app.screen.query_one(f"#field-{name} .field-note").render())


MakeSchool = Callable[[], WatchedServices]
OpenApp = Callable[..., AbstractAsyncContextManager[Learner]]
SignUp = Callable[..., Claims]
Stored = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No cost of hashes, no blinking, and no timer that comes between: places are kept when a page is left, and words in
    passing stay, however busy the computer is with other tests."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 8)
    monkeypatch.setattr(passwords, "PASSES", 1)
    for blinking in (Input.cursor_blink, TextArea.cursor_blink):
        monkeypatch.setattr(blinking, "_default", False)
    monkeypatch.setattr(place_keeping, "_KEEP_AFTER", 3600.0)
    monkeypatch.setattr(watching, "WATCH_EVERY", 3600.0)
    monkeypatch.setattr(EmptyState, "set_timer", lambda widget, _, do: widget.call_later(do))
    monkeypatch.setattr(AzoraApp, "NOTIFICATION_TIMEOUT", 3600)
    passwords._context.cache_clear()
    yield
    passwords._context.cache_clear()


@pytest.fixture
def no_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the courses that a test installs."""
    monkeypatch.setattr(bundled, "load", lambda lms: False)


@pytest.fixture
def auth(paths: Paths, clock: Callable[[], Any]) -> Iterator[Auth]:
    numbers = count(1)
    database = open_database(paths.auth_database, schema.AUTH)
    yield Auth(database, paths, clock, lambda: f"session-{next(numbers)}")
    database.close()


@pytest.fixture
def make_services(paths: Paths, auth: Auth, lms: Lms) -> MakeSchool:
    """A school over the files of this test; each app gets one of its own."""
    return lambda: WatchedServices(paths, auth=auth, lms=lms)


@pytest.fixture
def sign_up(paths: Paths, auth: Auth) -> SignUp:
    """`sign_up()`: an account, and its session kept so that the next start is signed in; the first is Thandi's."""

    def make(name: str = NAME, email: str = EMAIL, *, keep: bool = True) -> Claims:
        _, token = service.register(auth, name=name, email=email, password=PASSWORD)
        if keep:
            session_file.keep(paths, token)
        return service.authenticate(auth, token)

    return make


@pytest.fixture
def open_app(make_services: MakeSchool) -> OpenApp:
    """`async with open_app() as learner`: the app at a size, until it has come to rest."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = HOME,
        *,
        settings: Settings | None = None,
        ascii_only: bool = False,
        before: Callable[[WatchedServices], None] | None = None,
    ) -> AsyncIterator[Learner]:
        services = make_services()
        if before is not None:
            before(services)
        app = AzoraApp(services, settings or Settings(), ascii_only=ascii_only)
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                learner = Learner(pilot)
                await learner.settle()
                yield learner
                services.release()
        finally:
            services.release()
            services.close()

    return opened


LESSON = """\
A basket begins with a knot. Whoever ties it decides how wide the floor will be, and the walls follow the floor.

## What you need

- dry grass, as long as your arm
- a needle of bone or wood
- water, to keep the grass soft

> Grass that was cut in the morning breaks in the evening.

## The first round

Wind the grass three times round your finger and pull the end through. Keep it *tight*. A loose knot opens
**again and again**, however well the rest is made. More about knots: [a page of its own](https://example.org/knots).

```python
def stitches(rounds: int) -> int:
    # each round takes six more than the one before
    return sum(6 * number for number in range(1, rounds + 1))
```

| Round | Stitches | Width  |
| ----: | -------: | :----- |
|     1 |        6 | 1 cm   |
|     2 |       18 | 2 cm   |
|     3 |       36 | 3.5 cm |

::: callout
## Before you go on

Leave the floor in the shade for a night.
:::

## The wall

Turn the work up by a finger's width with each round. The wall stands when the stitches of one round lie between
those of the last. Look at it from above: it should be a star.

Most people make the first wall too steep. Take it apart, wet the grass, and begin the wall anew; the floor stays.

## The rim

The last round is sewn twice. Cut the end aslant, push it under three stitches, and the basket holds water for as
long as it takes to carry it home.
"""


@pytest.fixture
def library(lms: Lms, no_bundle: None, make_course: Callable[..., CourseSource]) -> dict[str, int]:
    """Six small courses that never change, by slug."""

    def lessons(*titles: str, optional: int = 0) -> tuple[LessonSource, ...]:
        return tuple(
            LessonSource(
                f"lesson-{number}", title, 5 * number, number != optional, "All", f"{LESSON}\nThis was {title}.\n"
            )
            for number, title in enumerate(titles, start=1)
        )

    sources = (
        make_course(
            "weaving",
            title="Weaving with Grass",
            instructor="Nomsa Dube",
            tags=("craft", "grass"),
            description="From the first knot to a basket that holds water.",
            outcomes=("Tie the first knot so that it holds", "Shape a floor, a wall and a rim"),
        ),
        make_course("clay", title="Numbers in Clay", instructor="Adaeze Obi", level="intermediate", duration="2 weeks"),
        make_course("rivers", title="Reading Rivers", instructor="Kamau", seats=1),
        make_course("archive", title="The Old Archive", enrollment_open=False),
        make_course("patterns", title="Patterns and Pots", prerequisites=("weaving", "clay")),
        make_course("silence", title="Silence", lessons="", description=""),
    )
    with lms.database.write() as transaction:
        ids = {}
        for source in sources:
            if source.slug == "weaving":
                source = replace(source, lessons=lessons("The First Knot", "The Floor", "The Wall and the Rim"))
            elif source.slug == "clay":
                source = replace(source, lessons=lessons("Tokens", "Tablets", "A Visit", optional=3))
            ids[source.slug] = install(lms, transaction, source)
    return ids


@pytest.fixture
def stored(paths: Paths) -> Callable[..., list[tuple[Any, ...]]]:
    """`stored("SELECT …")`: rows of lms.db, read with Python's own sqlite3 by another program.

    In this one it would be a second SQLite library beside ours, and the two would not see each other's locks.
    """

    def rows(sql: str) -> list[tuple[Any, ...]]:
        script = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1], uri=True).execute(sys.argv[2]).fetchall())"
        command = [sys.executable, "-I", "-S", "-c", script, f"file:{paths.lms_database}?mode=ro", sql]
        rows: list[tuple[Any, ...]] = ast.literal_eval(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout
        )
        return rows

    return rows
