"""Circles and the inbox in each of their faces. Look at a new one before you take it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, cast

import pytest

from azora_tui.lms import enrolling, reading
from azora_tui.lms.together import boards, circles, inbox, invitation_words
from azora_tui.lms.together.access import tell
from azora_tui.models.accounts import Claims
from azora_tui.screens.base import area_key
from tests.conftest import NOW, Clock, claims_of
from tests.snapshots.test_pictures import DISK, LOOKS, SIZES, Scene, Stage, draw

__all__ = ["draw"]

CIRCLES = area_key("circles")
JO, KOFI, LINDIWE = (claims_of(number, name=name) for number, name in ((12, "Jo"), (13, "Kofi"), (14, "Lindiwe")))


@pytest.fixture(autouse=True)
def the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    words: Iterator[str] = iter(("kubalo-31", "dozina-74", "rimeta-20", "wapuno-55"))
    monkeypatch.setattr(invitation_words, "new_word", lambda transaction: next(words))


def together(stage: Stage) -> Claims:
    """Two circles of Thandi's: one of four with a board, and one in which she is alone."""
    clock = cast(Clock, stage.lms.now)
    thandi = stage.learner()
    clock.moment = NOW - timedelta(days=5)
    for claims in (thandi, JO, KOFI, LINDIWE):
        enrolling.enroll(stage.lms, claims, stage.ids["weaving"])
    enrolling.enroll(stage.lms, thandi, stage.ids["clay"])
    made = circles.make(
        stage.lms, thandi, stage.ids["weaving"], name="Three baskets", goal="a rim that holds", until=date(2026, 11, 26)
    )
    for claims in (JO, KOFI, LINDIWE):
        circles.join(stage.lms, claims, made.word)
    circles.make(stage.lms, thandi, stage.ids["clay"], name="Tablets", goal="read one", until=date(2027, 3, 1))
    circles.show_progress(stage.lms, JO, made.id, True)
    with stage.lms.database.read() as transaction:
        ((first,),) = transaction.execute(
            "SELECT id FROM lessons WHERE course_id = :id ORDER BY order_index LIMIT 1", {"id": stage.ids["weaving"]}
        )
    reading.complete_lesson(stage.lms, JO, first)
    for claims in (JO, KOFI):
        circles.say_there(stage.lms, claims, made.id, True)
    posted = boards.post(stage.lms, thandi, made.id, "Who has dry grass? Mine breaks as soon as I turn the *rim*.")
    boards.mark_seen(stage.lms, thandi, made.id)
    clock.moment = NOW - timedelta(days=1)
    boards.reply(stage.lms, JO, posted.id, "I do. Come by on Sunday, and bring the needle of bone.")
    gone = boards.post(stage.lms, KOFI, made.id, "Never mind")
    boards.reply(stage.lms, LINDIWE, gone.id, "No, it was a good question.")
    boards.delete(stage.lms, KOFI, gone.id)
    clock.moment = NOW - timedelta(hours=3)
    boards.post(
        stage.lms,
        LINDIWE,
        made.id,
        "What helped me:\n\n- wet the grass **before** you wind it\n- count the stitches of each round out loud, so that the"
        " wall does not become steep without your seeing it",
    )
    clock.moment = NOW
    return thandi


def asked(stage: Stage) -> None:
    """The same, and Kofi asks to be connected."""
    thandi = together(stage)
    with stage.lms.database.write() as transaction:
        ((id_,),) = transaction.execute(
            """
            INSERT INTO connections (uuid, asker_id, asked_id, words, asked_at)
            VALUES ('asks', :asker, :asked, 'We both weave. Shall we practise on Saturdays?', :at) RETURNING id
            """,
            {"asker": KOFI.user_id, "asked": thandi.user_id, "at": stage.lms.now_text()},
        )
        tell(stage.lms, transaction, thandi.user_id, "connection_asked", id_, actor_id=KOFI.user_id)


def alone(stage: Stage) -> None:
    enrolling.enroll(stage.lms, stage.learner(), stage.ids["weaving"])


def held(work: Callable[..., Any]) -> Callable[[Stage], None]:
    def set_up(stage: Stage) -> None:
        together(stage)
        stage.services.hold(work)

    return set_up


def failing(work: Callable[..., Any]) -> Callable[[Stage], None]:
    def set_up(stage: Stage) -> None:
        together(stage)
        stage.services.fail(work, DISK)

    return set_up


OPEN = (CIRCLES, "x", "g", "enter")
"""The first circle, once nothing is new."""
MADE = ("Three baskets", "a rim that holds", "2026-12-24")

SCENES: dict[str, Scene] = {
    "circles": Scene(asked, keys=(CIRCLES,)),
    "all-read": Scene(together, keys=(CIRCLES, "x")),
    "empty": Scene(alone, keys=(CIRCLES,)),
    "loading": Scene(held(inbox.page), keys=(CIRCLES,)),
    "failed": Scene(failing(inbox.page), keys=(CIRCLES,)),
    "which-course": Scene(together, keys=(CIRCLES, "n")),
    "make": Scene(alone, keys=(CIRCLES, "n", *"Three")),
    "made": Scene(alone, keys=(CIRCLES, "n"), fill=MADE),
    "make-refused": Scene(alone, keys=(CIRCLES, "n"), fill=("", "", "2020-01-01")),
    "join": Scene(alone, keys=(CIRCLES, "w")),
    "join-refused": Scene(alone, keys=(CIRCLES, "w"), fill=("nobody-11",)),
    "board": Scene(together, keys=OPEN),
    "board-end": Scene(together, keys=(*OPEN, "G")),
    "board-loading": Scene(held(boards.page), keys=OPEN),
    "board-failed": Scene(failing(circles.circle), keys=OPEN),
    "write": Scene(together, keys=(*OPEN, "n", *"Tomorrow at nine")),
    "reply": Scene(together, keys=(*OPEN, "enter", *"Thank you")),
    "edit": Scene(together, keys=(*OPEN, "G", "k", "e")),
    "delete": Scene(together, keys=(*OPEN, "G", "k", "d")),
    "word": Scene(together, keys=(*OPEN, "i")),
    "there": Scene(together, keys=(*OPEN, "t")),
    "change": Scene(together, keys=(*OPEN, "c")),
    "leave": Scene(together, keys=(*OPEN, "l")),
    "left": Scene(together, keys=(*OPEN, "l", "enter")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_circles(draw: Callable[..., bool], scene: str, size: str) -> None:
    assert draw(SCENES[scene], SIZES[size])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("scene", ["circles", "board"])
def test_circles_look(draw: Callable[..., bool], scene: str, look: str) -> None:
    assert draw(SCENES[scene], SIZES["80x24"], LOOKS[look])
