"""Learners find each other in the app: profiles, connections and blocks, with keys alone."""

from collections.abc import Callable
from typing import Any

import pytest
from textual.widgets import Button, Input, TextArea

from azora_tui.errors import StorageError
from azora_tui.lms.service import Lms
from azora_tui.lms.together import blocks, connections, departing, profiles
from azora_tui.models.profiles import Profile
from azora_tui.screens import watching
from azora_tui.screens.connections import ConnectionsScreen
from azora_tui.screens.own_profile import OwnProfileScreen
from azora_tui.screens.people_found import PeopleFoundScreen
from azora_tui.screens.profile import PersonScreen
from azora_tui.widgets.profile_list import ProfileList
from tests.conftest import claims_of
from tests.screens.conftest import NARROW, WIDE, Learner, OpenApp, SignUp
from tests.screens.test_hostile import HOSTILE, look
from tests.told import told

ME = 1
AMA, KOFI, LWAZI = 2, 3, 4


@pytest.fixture(autouse=True)
def _no_courses(no_bundle: None) -> None:
    pass


@pytest.fixture
def people(sign_up: SignUp, lms: Lms) -> None:
    """Thandi is signed in; the others show profiles."""
    assert sign_up().user_id == ME
    for number, name, learning, helping in (
        (AMA, "Ama", "knots", "maps"),
        (KOFI, "Kofi", "bees", ""),
        (LWAZI, "Lwazi", "", "knots"),
    ):
        profiles.change(
            lms, claims_of(number), display_name=name, learning=learning, helping=helping, about="Hello", is_open=True
        )


@pytest.fixture
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.02)


def me(learner: Learner) -> Any:
    claims = learner.services.claims
    assert claims is not None
    return claims


def happens(learner: Learner) -> str:
    """What the dialog says, whose lines have those of the page beside them."""
    return str(learner.app.screen.query_one("#happens").render())


def standing(lms: Lms, other: int) -> str:
    return profiles.person(lms, claims_of(ME), other).standing


# Finding


async def test_people_are_found_as_one_types_and_opened(open_app: OpenApp, people: None) -> None:
    async with open_app(WIDE) as learner:
        await learner.press("a", "f")
        assert isinstance(learner.app.screen, PeopleFoundScreen)
        assert [name in learner.text for name in ("Ama", "Kofi", "Lwazi", "Thandi Nkosi")] == [True, True, True, True]
        assert "Hello" in learner.text, "the preview"
        await learner.press("slash")
        await learner.type("knots")
        assert "Kofi" not in learner.text
        await learner.press("enter", "j", "enter")
        assert isinstance(learner.app.screen, PersonScreen)
        assert "Lwazi" in learner.lines[3] or "Lwazi" in learner.text
        await learner.press("escape", "escape")
        assert "Kofi" in learner.text
        assert learner.app.screen.query_one(ProfileList).has_focus
        await learner.press("escape")
        assert not isinstance(learner.app.screen, PeopleFoundScreen)


async def test_where_nobody_is_found_it_is_said(open_app: OpenApp, people: None, lms: Lms) -> None:
    async with open_app() as learner:
        await learner.press("a", "f", "slash", *"zzz")
        assert "No open profile has “zzz”. esc shows everybody." in learner.words
        await learner.press("enter")
        assert learner.app.screen.query_one("#query", Input).has_focus
        await learner.press("escape")
        for number in (AMA, KOFI, LWAZI):
            profiles.change(lms, claims_of(number), is_open=False)
        await learner.press("ctrl+r")
        assert "Nobody else shows a profile yet." in learner.words
        await learner.press("o")
        assert isinstance(learner.app.screen, OwnProfileScreen)


async def test_a_list_of_many_people_goes_on_to_its_end(open_app: OpenApp, people: None, lms: Lms) -> None:
    for number in range(100, 350):
        profiles.change(lms, claims_of(number), display_name=f"N{number}", is_open=True)
    async with open_app() as learner:
        await learner.press("a", "f")
        assert "253 people" in learner.text
        found = learner.app.screen.query_one(ProfileList)
        await learner.press("G")
        assert (found.count, found.current.name if found.current else "") == (253, "N349")
        await learner.press("g")
        assert found.current is not None
        assert found.current.name == "Ama"


@pytest.mark.usefixtures("watchful")
async def test_who_opens_a_profile_elsewhere_is_seen_and_the_cursor_stays(
    open_app: OpenApp, people: None, lms: Lms
) -> None:
    profiles.change(lms, claims_of(ME), is_open=True)
    async with open_app() as learner:
        await learner.press("a", "f", "j")
        profiles.change(lms, claims_of(9), display_name="Aba", is_open=True)
        await learner.until(lambda: "Aba" in learner.text)
        current = learner.app.screen.query_one(ProfileList).current
        assert current is not None
        assert current.name == "Kofi"
        blocks.block(lms, claims_of(KOFI), ME)
        await learner.until(lambda: "Kofi" not in learner.text)


# One person


async def test_one_asks_with_a_sentence_and_takes_it_back(open_app: OpenApp, people: None, lms: Lms) -> None:
    async with open_app() as learner:
        await learner.press("a", "f", "enter", "c")
        await learner.type("You know knots?")
        await learner.press("ctrl+s")
        assert "Asked. You are connected when Ama accepts." in learner.words
        assert "you asked today" in learner.text
        assert connections.mine(lms, claims_of(AMA)).asked_of_me[0].words == "You know knots?"
        await learner.press("t")
        assert "Taken back. Ama finds nothing of it any more." in learner.words
        assert connections.mine(lms, claims_of(AMA)).asked_of_me == ()


async def test_a_sentence_is_not_lost_by_one_key_nor_by_a_refusal(open_app: OpenApp, people: None, lms: Lms) -> None:
    async with open_app() as learner:
        await learner.press("a", "f", "enter", "c", *"Hm", "escape")
        assert "esc again leaves without asking" in learner.words
        await learner.press("escape")
        assert standing(lms, AMA) == "strangers"
        await learner.press("c")
        await learner.paste("x" * 281)
        await learner.press("ctrl+s")
        assert "This has 281 characters, and 280 is the most." in learner.words
        assert learner.app.screen.query_one(TextArea).text == "x" * 281


@pytest.mark.usefixtures("watchful")
async def test_who_asks_is_seen_at_once_and_accepted(open_app: OpenApp, people: None, lms: Lms) -> None:
    profiles.change(lms, claims_of(ME), is_open=True)
    async with open_app() as learner:
        await learner.press("a", "f", "enter")
        connections.ask(lms, claims_of(AMA), ME, "Shall we?")
        await learner.until(lambda: "asked you today" in learner.text)
        assert "Shall we?" in learner.text
        await learner.press("c")
        assert "You are connected with Ama." in learner.words
        assert standing(lms, AMA) == "connected"
        connections.end(lms, claims_of(AMA), ME)
        await learner.until(lambda: "connected since" not in learner.text)


async def test_who_asks_is_declined(open_app: OpenApp, people: None, lms: Lms) -> None:
    profiles.change(lms, claims_of(ME), is_open=True)
    connections.ask(lms, claims_of(AMA), ME)
    async with open_app() as learner:
        await learner.press("a", "c", "enter", "d")
        assert "Declined. Ama is not told." in learner.words
        assert connections.mine(lms, claims_of(AMA)).asked_by_me == ()


async def test_a_connection_is_ended_after_a_question(open_app: OpenApp, people: None, lms: Lms) -> None:
    connections.ask(lms, claims_of(ME), AMA)
    connections.accept(lms, claims_of(AMA), ME)
    async with open_app() as learner:
        await learner.press("a", "c", "enter", "e")
        assert "Either of you can ask again." in happens(learner)
        await learner.press("enter")
        assert standing(lms, AMA) == "connected", "leave it is what stands first"
        await learner.press("e", "shift+tab", "enter")
        assert "connected no more" in learner.words
        assert standing(lms, AMA) == "strangers"


async def test_who_is_blocked_is_gone_and_comes_back_when_it_is_taken_back(
    open_app: OpenApp, people: None, lms: Lms
) -> None:
    async with open_app() as learner:
        await learner.press("a", "f", "enter", "b")
        assert "do not exist for each other from now on" in happens(learner)
        await learner.press("escape")
        assert blocks.mine(lms, claims_of(ME)) == ()
        await learner.press("b", "shift+tab", "enter")
        assert isinstance(learner.app.screen, PeopleFoundScreen)
        assert "learning knots" not in learner.text
        assert "do not exist for each other any more" in learner.said
        await learner.press("y", "enter")
        assert "u takes it back" in learner.words
        await learner.press("u")
        assert "Ama is not blocked any more." in learner.words
        assert blocks.mine(lms, claims_of(ME)) == ()


@pytest.mark.usefixtures("watchful")
@pytest.mark.parametrize("leave", ["block", "close the account", "close the profile"])
async def test_who_goes_while_one_looks_is_gone_like_who_was_never_there(
    open_app: OpenApp, people: None, lms: Lms, leave: str
) -> None:
    async with open_app() as learner:
        learner.app.push_screen(PersonScreen(99))
        await learner.settle()
        nobody = learner.text
        await learner.press("escape")
        learner.app.push_screen(PersonScreen(AMA))
        await learner.settle()
        assert "Ama" in learner.text
        if leave == "block":
            profiles.change(lms, claims_of(ME), is_open=True)
            blocks.block(lms, claims_of(AMA), ME)
        elif leave == "close the profile":
            profiles.change(lms, claims_of(AMA), is_open=False)
        else:
            departing.close(lms, claims_of(9, role="admin"), f"uuid-{AMA}")
        await learner.until(lambda: "There is nobody here to be seen" in learner.words)
        assert learner.text == nobody


async def test_what_was_changed_meanwhile_is_said(open_app: OpenApp, people: None, lms: Lms) -> None:
    connections.ask(lms, claims_of(ME), AMA)
    async with open_app() as learner:
        learner.app.push_screen(PersonScreen(AMA))
        await learner.settle()
        connections.accept(lms, claims_of(AMA), ME)
        await learner.press("t")
        assert "there is nothing left to decline or take back" in learner.words
        assert "connected since" in learner.text


async def test_of_oneself_there_is_nothing_to_connect_with(open_app: OpenApp, people: None) -> None:
    async with open_app() as learner:
        learner.app.push_screen(PersonScreen(ME))
        await learner.settle()
        assert "Shows no profile at the moment." in learner.text
        assert [key in learner.lines[-1] for key in ("c connect", "b block")] == [False, False]
        await learner.press("b", "c")
        assert isinstance(learner.app.screen, PersonScreen)


# Connections


async def test_who_waits_comes_first_and_the_blocked_last(open_app: OpenApp, people: None, lms: Lms) -> None:
    profiles.change(lms, claims_of(ME), is_open=True)
    profiles.change(lms, claims_of(9), display_name="Zola", is_open=True)
    blocks.block(lms, claims_of(ME), 9)
    connections.ask(lms, claims_of(ME), LWAZI, "Knots?")
    connections.ask(lms, claims_of(ME), AMA)
    connections.accept(lms, claims_of(AMA), ME)
    connections.ask(lms, claims_of(KOFI), ME, "Shall we?")
    async with open_app() as learner:
        await learner.press("a", "c")
        order = (
            "Asked you",
            "Kofi",
            "Shall we?",
            "Connected",
            "Ama",
            "You asked",
            "Lwazi",
            "Knots?",
            "Blocked",
            "Zola",
        )
        places = [learner.text.index(word) for word in order]
        assert places == sorted(places)
        await learner.press("G")
        assert "u unblock" in learner.lines[-1]
        await learner.press("g", "enter")
        assert "asked you today" in learner.text


@pytest.mark.usefixtures("watchful")
async def test_the_list_of_connections_sees_what_others_do(open_app: OpenApp, people: None, lms: Lms) -> None:
    profiles.change(lms, claims_of(ME), is_open=True)
    async with open_app() as learner:
        await learner.press("a", "c")
        assert "You are connected with nobody yet. f finds people who show a profile." in learner.words
        connections.ask(lms, claims_of(AMA), ME, "Shall we?")
        await learner.until(lambda: "Shall we?" in learner.text)
        connections.take_back(lms, claims_of(AMA), ME)
        await learner.until(lambda: "connected with nobody yet" in learner.words)
        await learner.press("f")
        assert isinstance(learner.app.screen, PeopleFoundScreen)


# One's own profile


async def test_a_profile_is_written_opened_and_closed(open_app: OpenApp, people: None, lms: Lms) -> None:
    async with open_app() as learner:
        await learner.press("a", "y")
        assert "Nobody finds you." in learner.words
        await learner.press("enter", "tab")
        assert "Everybody in this school finds you by it" in learner.words
        assert profiles.mine(lms, me(learner)).is_open is False, "nothing is kept before it says so"
        await learner.fill("Thandi N.", "knots", "maps")
        await learner.type("One")
        await learner.press("enter")
        await learner.type("two")
        await learner.press("tab", "enter", "tab", "enter")
        assert "Kept. Your profile is open." in learner.words
        assert profiles.mine(lms, me(learner)) == Profile(
            "Thandi Nkosi", "Thandi N.", "knots", "maps", "One\ntwo", is_open=True, helps=True
        )
        await learner.press("escape")
        assert not isinstance(learner.app.screen, OwnProfileScreen)


async def test_what_is_too_long_is_said_in_its_place(open_app: OpenApp, people: None, lms: Lms) -> None:
    async with open_app() as learner:
        await learner.press("a", "y", "tab")
        await learner.paste("x" * 61)
        await learner.press("ctrl+s")
        assert "This has 61 characters, and 60 is the most." in learner.note("display_name")
        await learner.press("backspace", "tab", "tab", "tab")
        assert learner.app.screen.query_one("#own-about").has_focus
        await learner.paste("x" * 1_001)
        await learner.press("ctrl+s")
        assert "This has 1,001 characters, and 1,000 is the most." in learner.words
        assert profiles.mine(lms, me(learner)) == Profile("Thandi Nkosi")


async def test_what_was_changed_is_not_lost_by_one_key(open_app: OpenApp, people: None, lms: Lms) -> None:
    async with open_app() as learner:
        await learner.press("a", "y", "enter", "escape")
        assert "esc again leaves without keeping what you changed" in learner.words
        await learner.press("escape")
        assert not isinstance(learner.app.screen, OwnProfileScreen)
        assert profiles.mine(lms, me(learner)).is_open is False


@pytest.mark.usefixtures("watchful")
async def test_a_form_sees_what_was_changed_elsewhere_until_it_is_written_in(
    open_app: OpenApp, people: None, lms: Lms
) -> None:
    async with open_app() as learner:
        await learner.press("a", "y")
        profiles.change(lms, me(learner), learning="knots")
        await learner.until(lambda: learner.field("learning").value == "knots")
        await learner.press("tab")
        await learner.type("Thandi N.")
        profiles.change(lms, me(learner), helping="maps")
        await learner.press("ctrl+s")
        assert profiles.mine(lms, me(learner)) == Profile("Thandi Nkosi", "Thandi N.", "knots", "maps")


# All of them


PAGES: dict[str, tuple[Callable[[], Any], Callable[..., Any]]] = {
    "people": (PeopleFoundScreen, profiles.find),
    "person": (lambda: PersonScreen(AMA), profiles.person),
    "connections": (ConnectionsScreen, connections.mine),
    "own profile": (OwnProfileScreen, profiles.mine),
}


@pytest.mark.parametrize("page", PAGES)
async def test_what_fails_is_said_and_tried_again(open_app: OpenApp, people: None, page: str) -> None:
    make, asked = PAGES[page]
    async with open_app() as learner:
        learner.services.fail(asked, told(StorageError, "The disk did not give the data."))
        learner.app.push_screen(make())
        await learner.settle()
        assert "The disk did not give the data. ctrl+r tries again." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "The disk" not in learner.words


@pytest.mark.parametrize("page", PAGES)
async def test_what_is_being_done_is_said_while_it_takes_long(open_app: OpenApp, people: None, page: str) -> None:
    make, asked = PAGES[page]
    async with open_app() as learner:
        learner.services.hold(asked)
        learner.app.push_screen(make())
        await learner.settle()
        assert " …" in learner.words
        learner.services.release()
        await learner.settle()


@pytest.mark.parametrize("command", ["Find people", "Your profile", "Your connections"])
async def test_the_palette_leads_there(open_app: OpenApp, people: None, command: str) -> None:
    async with open_app() as learner:
        await learner.press("ctrl+p")
        await learner.type(command)
        await learner.until(lambda: learner.text.count(command) > 1)
        await learner.press("down", "enter")
        pages = {"Find people": PeopleFoundScreen, "Your profile": OwnProfileScreen}
        assert isinstance(learner.app.screen, pages.get(command, ConnectionsScreen))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("page", PAGES)
async def test_words_of_people_are_text(open_app: OpenApp, people: None, lms: Lms, text: str, page: str) -> None:
    words = HOSTILE[text].encode("utf-8", "replace").decode()
    profiles.change(lms, claims_of(ME), is_open=True)
    with lms.database.write() as transaction:  # past what cleans it
        for number in (ME, AMA):
            transaction.execute(
                "UPDATE profiles SET display_name = :w, learning = :w, helping = :w, about = :w WHERE user_id = :id",
                {"w": words, "id": number},
            )
    connections.ask(lms, claims_of(AMA), ME)
    with lms.database.write() as transaction:
        transaction.execute("UPDATE connections SET words = :w", {"w": words})
    for width, size in ((120, WIDE), (60, NARROW)):
        async with open_app(size) as learner:
            learner.app.push_screen(PAGES[page][0]())
            await learner.settle()
            look(learner, width)


async def test_a_block_says_whom_without_markup(open_app: OpenApp, people: None, lms: Lms) -> None:
    profiles.change(lms, claims_of(AMA), display_name="[b]Ama[/b]")
    async with open_app() as learner:
        learner.app.push_screen(PersonScreen(AMA))
        await learner.settle()
        await learner.press("b")
        assert "Block [b]Ama[/b]" in learner.text
        assert learner.app.screen.query_one("#leave", Button).has_focus
