"""What is new, on Home and whole, in each of its faces. Look at a new one before you take it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest

from azora_tui.lms import enrolling, home, news
from azora_tui.lms.teaching import announcing, messages
from azora_tui.models.accounts import Claims
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.writing import WritingDialog
from azora_tui.screens.writing_dialogs import AnnounceDialog, MessageDialog
from tests.conftest import NOW, Clock, claims_of
from tests.snapshots.test_home_pictures import practised
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]

TEACHER = claims_of(9, role="admin", name="Elara Dube")
GRASS = """\
## Bring dry grass tomorrow

We begin the **rim** at nine, and nobody begins it with wet grass:

- as long as your arm
- cut in the *evening*, not in the morning

Who has none finds some at [the market](https://example.org/market).
"""


def told(stage: Stage, *, also: bool = False) -> Claims:
    """An announcement two hours ago; `also` two older ones, and one that was read."""
    clock = cast(Clock, stage.lms.now)
    claims = practised(stage)
    if also:
        clock.moment = NOW - timedelta(days=9)
        announcing.announce(stage.lms, TEACHER, stage.ids["clay"], "The tablets are dry.")
        news.mark_read(stage.lms, claims, news.news(stage.lms, claims))
        clock.moment = NOW - timedelta(days=2)
        messages.write(stage.lms, TEACHER, stage.ids["weaving"], claims.user_id, "How is your floor? It looked *well*.")
        clock.moment = NOW - timedelta(minutes=40 * 60)
        announcing.announce(stage.lms, TEACHER, stage.ids["rivers"], "No class on Friday.")
    clock.moment = NOW - timedelta(hours=2)
    announcing.announce(stage.lms, TEACHER, stage.ids["weaving"], GRASS)
    clock.moment = NOW
    return claims


def much(stage: Stage) -> None:
    told(stage, also=True)


def held(stage: Stage) -> None:
    told(stage)
    stage.services.hold(news.news)


def failing(stage: Stage) -> None:
    told(stage)
    stage.services.fail(news.news, DISK)


def waiting(stage: Stage) -> None:
    told(stage)
    stage.services.hold(home.page)


def silent(stage: Stage) -> None:
    enrolling.enroll(stage.lms, stage.learner(), stage.ids["weaving"])


SCENES: dict[str, Scene] = {
    "home-one": Scene(told),
    "home-several": Scene(much),
    "home-loading": Scene(waiting),
    "news": Scene(told, keys=("n",)),
    "news-several": Scene(much, keys=("n",)),
    "news-last": Scene(much, keys=("n", "n", "n")),
    "news-read": Scene(much, keys=("n", "n", "n", "n")),
    "loading": Scene(held, keys=("n",)),
    "failed": Scene(failing, keys=("n",)),
    "empty": Scene(silent, keys=("N",)),
    "home-read": Scene(told, keys=("n", "escape")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_news(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


WRITING: dict[str, Scene] = {
    "announcing": Scene(
        practised, keys=("r", *"Come **at nine**.", "enter", "enter", *"- with grass", "enter", *"- and water")
    ),
    "announcing-leaving": Scene(practised, keys=("r", *"Come", "escape")),
    "announcing-nothing": Scene(practised, keys=("r", "ctrl+s")),
    "message": Scene(practised, keys=("r", *"How is your floor?")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", WRITING)
def test_writing(draw: Callable[..., bool], monkeypatch: pytest.MonkeyPatch, scene: str, size: str) -> None:
    def dialog() -> WritingDialog[bool]:
        if scene == "message":
            return MessageDialog(1, 1, "Thandi Nkosi")
        return AnnounceDialog(1, "Weaving with Grass")

    # They are opened by the pages of who teaches; what they look like does not depend on what is below.
    monkeypatch.setattr(HomeScreen, "action_rest_days", lambda page: page.app.push_screen(dialog()))
    assert draw(WRITING[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scene", ["home-several", "news"])
def test_news_look(draw: Callable[..., Any], scene: str, look: str) -> None:
    assert draw(SCENES[scene], SIZES["80x24"], LOOKS[look])
