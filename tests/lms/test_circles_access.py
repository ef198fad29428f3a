"""What learners may do to each other in circles: each call by who is connected, blocked, in the same circle, a stranger.

The table of these cells stands in `docs/roles.md`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from azora_tui.errors import NotFoundError, RefusedError
from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.lms.together import boards, circles, inbox
from azora_tui.models.accounts import Claims
from tests.together_circles import block, made_circle, person

# Amina has made a circle and posted in it. `blocked` is in it, too: blocked by her, so that all others there see both.
WHO = {"connected": 2, "blocked": 3, "same circle": 4, "stranger": 5}


@dataclass(frozen=True)
class Place:
    lms: Lms
    circle: int
    post: int
    word: str


@pytest.fixture
def place(lms: Lms, add_course: Callable[..., int]) -> Place:
    course = add_course("ropes")
    made = made_circle(lms, course, 3, 4)
    for number in (2, 5):
        enrolling.enroll(lms, person(number), course)
    posted = boards.post(lms, person(1), made.id, "Hello")
    block(lms, 1, 3)
    with lms.database.write() as transaction:
        transaction.execute(
            "INSERT INTO connections (uuid, asker_id, asked_id, asked_at, accepted_at) VALUES ('u', 1, 2, :at, :at)",
            {"at": lms.now_text()},
        )
    return Place(lms, made.id, posted.id, made.word)


def shows_amina(place: Place, claims: Claims) -> bool:
    return "Amina" in [each.author.name for each in circles.circle(place.lms, claims, place.circle).members]


def shows_post(place: Place, claims: Claims) -> bool:
    return bool(boards.page(place.lms, claims, place.circle).threads)


def done(work: Callable[[Place, Claims], object]) -> Callable[[Place, Claims], bool]:
    def does(place: Place, claims: Claims) -> bool:
        work(place, claims)
        return True

    return does


CALLS: dict[str, tuple[Callable[[Place, Claims], bool], str]] = {
    # What is done to Amina, her circle or her post; and the answers of connected, blocked, same circle, stranger.
    "circles.circle (her)": (shows_amina, "no no yes no"),
    "circles.mine": (lambda p, c: any(each.id == p.circle for each in circles.mine(p.lms, c)), "no yes yes no"),
    "circles.change": (done(lambda p, c: circles.change(p.lms, c, p.circle, name="x")), "no no no no"),
    "circles.invitation": (done(lambda p, c: circles.invitation(p.lms, c, p.circle)), "no yes yes no"),
    "circles.join": (done(lambda p, c: circles.join(p.lms, c, p.word)), "yes yes yes yes"),
    "circles.leave": (done(lambda p, c: circles.leave(p.lms, c, p.circle)), "no yes yes no"),
    "circles.show_progress": (done(lambda p, c: circles.show_progress(p.lms, c, p.circle, True)), "no yes yes no"),
    "circles.say_there": (done(lambda p, c: circles.say_there(p.lms, c, p.circle, True)), "no yes yes no"),
    "boards.page (her post)": (shows_post, "no no yes no"),
    "boards.post": (done(lambda p, c: boards.post(p.lms, c, p.circle, "x")), "no yes yes no"),
    "boards.reply": (done(lambda p, c: boards.reply(p.lms, c, p.post, "x")), "no no yes no"),
    "boards.change": (done(lambda p, c: boards.change(p.lms, c, p.post, "x")), "no no no no"),
    "boards.delete": (done(lambda p, c: boards.delete(p.lms, c, p.post)), "no no no no"),
    "boards.mark_seen": (done(lambda p, c: boards.mark_seen(p.lms, c, p.circle)), "no yes yes no"),
    "inbox.page (her post)": (lambda p, c: any(e.kind == "circle_posted" for e in inbox.page(p.lms, c).new), "no no yes no"),
}  # fmt: skip


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", CALLS)
def test_a_cell_says_what_happens(place: Place, name: str, who: str) -> None:
    work, cells = CALLS[name]
    expected = dict(zip(WHO, cells.split(), strict=True))[who] == "yes"
    try:
        answered = work(place, person(WHO[who]))
    except (NotFoundError, RefusedError):
        answered = False
    assert answered is expected


@pytest.mark.parametrize("name", ["circles.circle (her)", "boards.post", "boards.page (her post)", "circles.leave"])
def test_a_circle_that_is_not_there_and_one_of_others_sound_alike(place: Place, name: str) -> None:
    work, _ = CALLS[name]
    said = set()
    for circle in (place.circle, 999):
        with pytest.raises(NotFoundError) as caught:
            work(Place(place.lms, circle, place.post, place.word), person(5))
        said.add(str(caught.value))
    assert len(said) == 1


def test_a_post_that_is_not_there_one_of_others_and_one_of_who_is_blocked_sound_alike(place: Place) -> None:
    said = set()
    for number, post in ((5, place.post), (3, place.post), (4, 999)):
        with pytest.raises(NotFoundError) as caught:
            boards.reply(place.lms, person(number), post, "x")
        said.add(str(caught.value))
    assert len(said) == 1
