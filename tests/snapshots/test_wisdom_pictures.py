"""What others left, at the end of a lesson and whole, in each of its faces. Look at a new picture before you take it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest

from azora_tui.lms import catalog, enrolling, reading
from azora_tui.lms.together import boards, circles, moderation, reporting, wisdom
from azora_tui.models.accounts import Claims
from azora_tui.models.wisdom import Piece, WisdomKind
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.reports import ReportsScreen
from tests.conftest import NOW, Clock, claims_of
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]

AMINA = claims_of(20, name="Amina Yusuf")
JO = claims_of(21, name="Jo Kim")
ZOLA = claims_of(22, name="Zola Dube", role="admin")


class _Class:
    """Thandi and two others who have completed the first lesson of weaving; what they left is days old."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.clock = cast(Clock, stage.lms.now)
        stage.sign_up("Elara", "elara@example.org")  # the admin
        self.thandi = stage.learner()
        self.course = stage.ids["weaving"]
        for who in (self.thandi, AMINA, JO):
            enrolling.enroll(stage.lms, who, self.course)
            self.lesson = catalog.detail(stage.lms, who, self.course).lessons[0].id
            reading.complete_lesson(stage.lms, who, self.lesson)

    def left(self, who: Claims, text: str, *, days: int, kind: WisdomKind = WisdomKind.TIP, at: str = "") -> Piece:
        self.clock.moment = NOW - timedelta(days=days)
        paragraph = wisdom.paragraph_with(self.stage.lms, who, self.lesson, at) if at else None
        piece = wisdom.write(self.stage.lms, who, self.lesson, kind, text, at=paragraph)
        self.clock.moment = NOW
        return piece


def several(stage: Stage) -> _Class:
    made = _Class(stage)
    lms = stage.lms
    best = made.left(AMINA, "Lay the loop flat on the table first; in the air it always turns.", days=9, at="knot")
    pinned = made.left(
        JO,
        "Grass that was cut in the *evening* is still soft in the morning.\n\nWe cut ours at six, and keep it under a"
        " wet cloth:\n\n- as long as your arm\n- no thicker than a straw",
        days=30,
        kind=WisdomKind.EXAMPLE,
        at="dry grass",
    )
    made.left(made.thandi, "My grandmother wets her fingers, and not the grass.", days=2)
    made.left(AMINA, "It is the left hand that holds.", days=1, kind=WisdomKind.CORRECTION)
    for who in (made.thandi, JO):
        wisdom.thank(lms, who, best.id)
    moderation.pin(lms, ZOLA, pinned.id)
    moderation.answer(lms, ZOLA, pinned.id, "And in winter you need no cloth at all.")
    return made


def hidden(stage: Stage) -> None:
    made = several(stage)
    own = made.left(made.thandi, "Buy it.", days=0)
    moderation.hide(stage.lms, ZOLA, own.id, "This is no help to who has no money. Say where grass grows.")


def none(stage: Stage) -> None:
    _Class(stage)


def in_the_quiz(stage: Stage) -> None:
    made = several(stage)
    with stage.lms.database.write() as transaction:
        transaction.execute(
            """
            INSERT INTO attempts (uuid, enrollment_id, lesson_id, course_version, pass_percent, questions, started_at)
            SELECT 'u', enrollments.id, :lesson, '1', 80, '[]', 'x' FROM enrollments WHERE user_id = :user
            """,
            {"lesson": made.lesson, "user": made.thandi.user_id},
        )


def held(stage: Stage) -> None:
    several(stage)
    stage.services.hold(wisdom.of_lesson)


def failing(stage: Stage) -> None:
    several(stage)
    stage.services.fail(wisdom.of_lesson, DISK)


OPEN = ("r",)
SCENES: dict[str, Scene] = {
    "lesson-end": Scene(several, keys=(*OPEN, "G")),
    "lesson-end-none": Scene(none, keys=(*OPEN, "G")),
    "lesson-end-quiz": Scene(in_the_quiz, keys=(*OPEN, "G")),
    "lesson-choosing": Scene(several, keys=(*OPEN, "g", "w", "j")),
    "page": Scene(several, keys=(*OPEN, "v")),
    "page-own": Scene(several, keys=(*OPEN, "v", "j", "j")),
    "page-thanked": Scene(several, keys=(*OPEN, "v", "t")),
    "page-hidden": Scene(hidden, keys=(*OPEN, "v", "j", "j")),
    "page-deleting": Scene(several, keys=(*OPEN, "v", "j", "j", "j", "d")),
    "page-paragraph": Scene(several, keys=(*OPEN, "g", "w", "v")),
    "page-none": Scene(none, keys=(*OPEN, "v")),
    "page-quiz": Scene(in_the_quiz, keys=(*OPEN, "v")),
    "page-loading": Scene(held, keys=(*OPEN, "v")),
    "page-failed": Scene(failing, keys=(*OPEN, "v")),
    "writing": Scene(several, keys=(*OPEN, "v", "w", "ctrl+t", *"We sing while we weave.")),
    "reporting": Scene(several, keys=(*OPEN, "v", "!", *"It is unkind.")),
}


@pytest.fixture(autouse=True)
def r_opens_the_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    """However Home's card is called."""
    title = "The First Knot"

    def opens(page: HomeScreen) -> None:
        lms = page.services.lms
        with lms.database.read() as transaction:
            row = next(
                iter(
                    transaction.execute("SELECT lesson_id FROM wisdom UNION SELECT MIN(lesson_id) FROM lesson_progress")
                )
            )
        page.app.push_screen(LessonScreen(int(row[0]), title, area="catalog"))

    monkeypatch.setattr(HomeScreen, "action_rest_days", opens)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_wisdom(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scene", ["lesson-end", "page"])
def test_wisdom_look(draw: Callable[..., Any], scene: str, look: str) -> None:
    assert draw(SCENES[scene], SIZES["80x24"], LOOKS[look])


def reported(stage: Stage) -> None:
    """Thandi is the first here, and so the admin."""
    thandi = stage.learner()
    clock = cast(Clock, stage.lms.now)
    enrolling.enroll(stage.lms, thandi, stage.ids["weaving"])
    for who in (AMINA, JO):
        enrolling.enroll(stage.lms, who, stage.ids["weaving"])
    lesson = catalog.detail(stage.lms, AMINA, stage.ids["weaving"]).lessons[0].id
    reading.complete_lesson(stage.lms, AMINA, lesson)
    for days, text, reason in (
        (2, "Whoever cannot do this should stay at home.", "It is unkind to those who begin."),
        (0, "Buy grass at *example.org*, it is cheap.", "This is an advertisement."),
    ):
        clock.moment = NOW - timedelta(days=days, hours=1)
        piece = wisdom.write(stage.lms, AMINA, lesson, WisdomKind.TIP, text)
        moderation.report(stage.lms, JO, piece.id, reason)
    clock.moment = NOW


def reported_post(stage: Stage) -> None:
    reported(stage)
    made = circles.make(
        stage.lms, AMINA, stage.ids["weaving"], name="Three baskets", goal="a rim that holds", until=NOW.date()
    )
    circles.join(stage.lms, JO, made.word)
    posted = boards.post(stage.lms, AMINA, made.id, "Jo, you are *slow*.\n\nGo home.")
    reporting.report_post(stage.lms, JO, posted.id, "It is unkind, and about me.")


def no_reports(stage: Stage) -> None:
    enrolling.enroll(stage.lms, stage.learner(), stage.ids["weaving"])


def teaching(stage: Stage) -> None:
    reported(stage)


REPORTS: dict[str, Scene] = {
    "reports": Scene(reported, keys=("x",)),
    "reports-hiding": Scene(reported, keys=("x", "x")),
    "reports-none": Scene(no_reports, keys=("x",)),
    "page-of-who-teaches": Scene(teaching, keys=("x", "enter")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", REPORTS)
def test_reports(draw: Callable[..., bool], monkeypatch: pytest.MonkeyPatch, scene: str, size: str) -> None:
    monkeypatch.setattr(HomeScreen, "action_all_news", lambda page: page.app.push_screen(ReportsScreen()))
    keys = tuple("N" if place == 0 else key for place, key in enumerate(REPORTS[scene].keys))
    assert draw(Scene(REPORTS[scene].set_up, keys=keys), SIZES[size])


def test_a_reported_post(draw: Callable[..., bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HomeScreen, "action_all_news", lambda page: page.app.push_screen(ReportsScreen()))
    assert draw(Scene(reported_post, keys=("N", "G")), SIZES["80x24"])
