"""Every page in each of its faces, as a picture. Look at a new one before you take it.

A scene is what stands before the app opens (`services`), and what a learner presses then.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from azora_tui.auth.context import Auth
from azora_tui.errors import StorageError
from azora_tui.formats.paragraphs import read_paragraphs
from azora_tui.lms import catalog, enrolling, notes, reading, search
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths
from azora_tui.screens import account
from azora_tui.settings import Settings
from azora_tui.tui.app import AzoraApp
from tests.screens.conftest import EMAIL, LESSON, NAME, PASSWORD, Learner, WatchedServices, ticking
from tests.told import told

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "60x20": (60, 20)}
DISK = told(StorageError, "The disk did not give the data of lms.db. Check the disk, then try again.")


@dataclass
class Stage:
    """What a scene may set up before the curtain."""

    services: WatchedServices
    lms: Lms
    ids: dict[str, int]
    sign_up: Callable[..., Claims]

    def learner(self) -> Claims:
        return self.sign_up()

    def at_work(self) -> Claims:
        """One course under way, one completed, one left."""
        claims = self.learner()
        for slug in ("weaving", "clay", "silence"):
            enrolling.enroll(self.lms, claims, self.ids[slug])
        for lesson in catalog.detail(self.lms, claims, self.ids["clay"]).lessons:
            reading.complete_lesson(self.lms, claims, lesson.id)
        first, *_ = catalog.detail(self.lms, claims, self.ids["weaving"]).lessons
        reading.complete_lesson(self.lms, claims, first.id)
        enrolling.leave(self.lms, claims, self.ids["silence"])
        return claims

    def noted(self) -> None:
        """A note, a bookmark and a note on another lesson."""
        claims = self.at_work()
        _, floor, rim = catalog.detail(self.lms, claims, self.ids["weaving"]).lessons
        for lesson, number, text in (
            (floor, 0, "Gogo says: the knot decides."),
            (floor, 5, None),
            (rim, 9, "Measure it.\nThen again."),
        ):
            paragraph = read_paragraphs(LESSON)[number]
            where = {"line": paragraph.line, "digest": paragraph.digest}
            notes.write(
                self.lms, claims, lesson.id, digest=paragraph.digest, quote=paragraph.text, position=json.dumps(where),
                text=text,
            )  # fmt: skip

    def note_gone(self) -> None:
        """`noted`, and the first note's paragraph was taken out of the lesson."""
        self.noted()
        with self.lms.database.write() as transaction:
            transaction.execute("UPDATE lessons SET content = replace(content, :first, 'Other words.')",
                                {"first": LESSON.partition("\n")[0]})  # fmt: skip

    def full(self) -> None:
        claims = self.at_work()
        other = replace(claims, user_id=99)
        enrolling.enroll(self.lms, other, self.ids["rivers"])


@dataclass(frozen=True)
class Scene:
    set_up: Callable[[Stage], object]
    keys: Sequence[str] = ()
    fill: Sequence[str] = ()
    then: Sequence[str] = ()


def hold(work: Callable[..., Any]) -> Callable[[Stage], object]:
    def set_up(stage: Stage) -> None:
        stage.at_work()
        stage.services.hold(work)

    return set_up


def fail(work: Callable[..., Any]) -> Callable[[Stage], object]:
    def set_up(stage: Stage) -> None:
        stage.at_work()
        stage.services.fail(work, DISK)

    return set_up


def nothing(stage: Stage) -> None:
    pass


def signed_out(stage: Stage) -> None:
    stage.sign_up(keep=False)


def ended(stage: Stage) -> None:
    stage.learner()
    stage.services.paths.session.write_text("not.a.token")


NOT_FOUND = ("2", "slash", *"xyz")
SCENES = {
    "register": Scene(nothing),
    "register-short-password": Scene(nothing, fill=(NAME, EMAIL, "short", "short")),
    "sign-in": Scene(signed_out),
    "sign-in-wrong": Scene(signed_out, fill=(EMAIL, "not the passphrase")),
    "sign-in-again": Scene(ended),
    "catalog": Scene(Stage.at_work, keys=("2",)),
    "catalog-loading": Scene(hold(catalog.page), keys=("2",)),
    "catalog-failed": Scene(fail(catalog.page), keys=("2",)),
    "catalog-filtered": Scene(Stage.at_work, keys=("2", "slash", *"grass")),
    "catalog-nothing-found": Scene(Stage.at_work, keys=NOT_FOUND),
    "catalog-under-way": Scene(Stage.at_work, keys=("2", "f", "f")),
    "catalog-enrolled": Scene(Stage.learner, keys=("2", "e")),
    "course-new": Scene(Stage.learner, keys=("2", "G", "enter")),
    "course-enrolled": Scene(Stage.learner, keys=("2", "G", "enter", "e")),
    "course-loading": Scene(hold(catalog.detail), keys=("2", "enter")),
    "course-failed": Scene(fail(catalog.detail), keys=("2", "enter")),
    "course-under-way": Scene(Stage.at_work, keys=("3", "o")),
    "course-completed": Scene(Stage.at_work, keys=("3", "f", "o")),
    "course-just-left": Scene(Stage.at_work, keys=("3", "o", "l")),
    "course-full": Scene(Stage.full, keys=("2", "slash", *"rivers", "enter", "enter")),
    "course-waiting": Scene(Stage.full, keys=("2", "slash", *"rivers", "enter", "enter", "w")),
    "course-closed": Scene(Stage.learner, keys=("2", "slash", *"archive", "enter", "enter")),
    "course-needs-others": Scene(Stage.at_work, keys=("2", "slash", *"pots", "enter", "enter")),
    "course-without-lessons": Scene(Stage.learner, keys=("2", "slash", *"silence", "enter", "enter")),
    "learning": Scene(Stage.at_work, keys=("3",)),
    "learning-loading": Scene(hold(enrolling.my_learning), keys=("3",)),
    "learning-failed": Scene(fail(enrolling.my_learning), keys=("3",)),
    "learning-empty": Scene(Stage.learner, keys=("3",)),
    "learning-completed": Scene(Stage.at_work, keys=("3", "f")),
    "learning-completed-empty": Scene(Stage.learner, keys=("3", "f")),
    "learning-left": Scene(Stage.at_work, keys=("3", "f", "f")),
    "learning-left-empty": Scene(Stage.learner, keys=("3", "f", "f")),
    "learning-just-left": Scene(Stage.at_work, keys=("3", "l")),
    "lesson": Scene(Stage.at_work, keys=("enter",)),
    "lesson-loading": Scene(hold(reading.open_lesson), keys=("enter",)),
    "lesson-failed": Scene(fail(reading.open_lesson), keys=("enter",)),
    "lesson-middle": Scene(Stage.at_work, keys=("enter", "space")),
    "lesson-end": Scene(Stage.at_work, keys=("enter", "G")),
    "lesson-done": Scene(Stage.at_work, keys=("enter", "G", "enter")),
    "lesson-course-completed": Scene(Stage.at_work, keys=("enter", "G", "enter", "G", "enter", "escape")),
    "lesson-contents": Scene(Stage.at_work, keys=("enter", "t")),
    "lesson-find": Scene(Stage.at_work, keys=("enter", "slash", *"knot")),
    "lesson-link": Scene(Stage.at_work, keys=("enter", "tab", "enter")),
    "lesson-choosing": Scene(Stage.at_work, keys=("enter", "w", "down", "down")),
    "lesson-noted": Scene(Stage.noted, keys=("enter",)),
    "lesson-note-gone": Scene(Stage.note_gone, keys=("enter",)),
    "note-dialog": Scene(Stage.at_work, keys=("enter", "w", "enter", *"Ask at home", "enter", *"who ties it")),
    "note-dialog-leaving": Scene(Stage.at_work, keys=("enter", "w", "enter", *"Ask", "escape")),
    "notes": Scene(Stage.noted, keys=("W",)),
    "notes-of-the-lesson": Scene(Stage.note_gone, keys=("enter", "W")),
    "notes-deleted": Scene(Stage.noted, keys=("W", "d")),
    "notes-loading": Scene(hold(notes.mine), keys=("W",)),
    "notes-empty": Scene(Stage.at_work, keys=("W",)),
    "notes-failed": Scene(fail(notes.mine), keys=("W",)),
    "search": Scene(Stage.at_work, keys=("ctrl+f",)),
    "search-found": Scene(Stage.noted, keys=("ctrl+f", *"knot", "down")),
    "search-lesson": Scene(Stage.at_work, keys=("ctrl+f", *"first knot finger", "down", "enter")),
    "search-nothing-found": Scene(Stage.at_work, keys=("ctrl+f", *"xyz")),
    "search-loading": Scene(hold(search.find), keys=("ctrl+f", "k")),
    "search-failed": Scene(fail(search.find), keys=("ctrl+f", "k")),
    "help": Scene(Stage.at_work, keys=("3", "question_mark")),
    "account": Scene(Stage.at_work, keys=("a",)),
    "change-password": Scene(Stage.at_work, keys=("a", "p")),
    "change-password-wrong": Scene(
        Stage.at_work, keys=("a", "p"), fill=("wrong one", "another phrase", "another phrase")
    ),
    "about": Scene(Stage.at_work, keys=("a", "i")),
    "palette": Scene(Stage.at_work, keys=("ctrl+p",)),
}
LOOKS = {
    "light": Settings(theme="azora-light"),
    "contrast": Settings(theme="azora-contrast"),
    "ansi": Settings(theme="azora-ansi"),
    "ascii": Settings(ascii=True),
}


@pytest.fixture
def draw(
    snap_compare: Callable[..., bool],
    make_services: Callable[[], WatchedServices],
    auth: Auth,
    lms: Lms,
    library: dict[str, int],
    sign_up: Callable[..., Claims],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., bool]:
    monkeypatch.setattr(account, "__version__", "1.2.3")

    def drawn(scene: Scene, size: tuple[int, int], settings: Settings | None = None) -> bool:
        services = make_services()
        scene.set_up(Stage(services, lms, library, sign_up))
        auth.database.close()
        lms.database.close()
        app = AzoraApp(services, settings or Settings())

        async def act(pilot: Pilot[None]) -> None:
            learner = Learner(pilot)
            await learner.settle()
            if "i" in scene.keys and "a" in scene.keys:
                services.paths = Paths(Path("/home/thandi/.local/share/azora-tui"))
            await learner.press(*scene.keys)
            if scene.fill:
                await learner.fill(*scene.fill)
            await learner.press(*scene.then)
            await learner.until(lambda: not ticking(app))  # a button shows for a moment that it was pressed

        try:
            return snap_compare(app, terminal_size=size, run_before=act)
        finally:
            services.close()

    return drawn


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_scene(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scene", ["sign-in", "catalog", "course-under-way", "learning", "lesson-middle"])
def test_look(draw: Callable[..., bool], scene: str, look: str) -> None:
    assert draw(SCENES[scene], SIZES["80x24"], LOOKS[look])


def test_the_password_is_in_no_picture() -> None:
    pictures = list((Path(__file__).parent / "__snapshots__").rglob("*.svg"))
    assert pictures
    assert not [picture.name for picture in pictures if PASSWORD.replace(" ", "&#160;") in picture.read_text()]
