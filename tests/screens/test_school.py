"""School: an admin gives roles, closes accounts and invites people, and who was invited comes in."""

import re

import pytest

from azora_tui.auth import invitations, people, service, session_file
from azora_tui.auth.context import Auth
from azora_tui.errors import StorageError
from azora_tui.models.accounts import Role
from azora_tui.screens.base import area_key
from azora_tui.screens.catalog import CatalogScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.people_dialogs import InviteDialog, RoleDialog, WordDialog
from azora_tui.screens.school import SchoolScreen
from azora_tui.screens.sign_in import SignInScreen
from tests.conftest import Clock
from tests.screens.conftest import EMAIL, NAME, PASSWORD, SIZES, Learner, OpenApp, SignUp
from tests.told import told

SCHOOL = area_key("school")
DISK = told(StorageError, "The disk is gone.")


@pytest.fixture
def kofi(sign_up: SignUp) -> str:
    """A learner beside Thandi, the admin, who is signed in."""
    sign_up()
    sign_up("Kofi", "kofi@example.org", keep=False)
    return "kofi@example.org"


def role_of(auth: Auth, name: str) -> Role:
    (person,) = people.page(auth, None, query=name, limit=2).people
    return person.account.role


async def word_on(learner: Learner) -> str:
    assert isinstance(learner.app.screen, WordDialog)
    found = re.search(r"\b[0-9a-z]{4}(-[0-9a-z]{4}){2}\b", learner.text)
    assert found is not None
    return found[0]


async def test_everybody_is_there_by_name(open_app: OpenApp, kofi: str, auth: Auth) -> None:
    claims = service.authenticate(auth, service.sign_in(auth, email=EMAIL, password=PASSWORD))
    invitations.invite(auth, claims, [("amahle@example.org", "Amahle")])
    people.disable(auth, claims, email=kofi)
    async with open_app() as learner:
        await learner.press(SCHOOL)
        rows = [line for line in learner.lines if "@" in line or "admin" in line]
        assert ["amahle@example.org" in rows[0], "○ invited" in rows[0]] == [True, True]
        assert ["kofi@example.org" in rows[1], "× closed" in rows[1]] == [True, True]
        assert ["Thandi Nkosi" in rows[2], "admin" in rows[2], "seen today" in rows[3]] == [True, True, True]
        assert "3 people" in learner.text


async def test_an_instructor_is_made_and_unmade(open_app: OpenApp, kofi: str, auth: Auth) -> None:
    async with open_app() as learner:
        await learner.press(SCHOOL, "enter")
        assert isinstance(learner.app.screen, RoleDialog)
        assert "✓ now" in learner.text
        await learner.press("down", "enter")
        assert "Kofi is an instructor now, and signs in anew. u undo" in learner.words
        assert role_of(auth, "kofi") == "instructor"
        await learner.press("u")
        assert role_of(auth, "kofi") == "learner"
        assert "It is as it was before." in learner.words
        await learner.press("u")
        assert role_of(auth, "kofi") == "learner"
        await learner.press("r", "escape")
        assert role_of(auth, "kofi") == "learner"
        await learner.press("r", "enter")
        assert "Kofi is a learner already. Nothing was changed." in learner.words


async def test_an_account_is_closed_and_opened_with_one_key(open_app: OpenApp, kofi: str, auth: Auth) -> None:
    async with open_app() as learner:
        await learner.press(SCHOOL)
        assert "d close or open" in learner.lines[-1]
        await learner.press("d")
        assert "× closed" in learner.text
        assert people.page(auth, None, query="kofi", limit=1).people[0].account.is_disabled
        await learner.press("d")
        assert "× closed" not in learner.text
        await learner.press("u")
        assert "× closed" in learner.text


async def test_the_last_admin_stays_and_it_is_said_why(open_app: OpenApp, kofi: str, auth: Auth) -> None:
    async with open_app() as learner:
        await learner.press(SCHOOL, "G")
        for keys in (("d",), ("r", "home", "enter")):
            await learner.press(*keys)
            assert "Thandi Nkosi is the only admin of this school" in learner.words
            assert learner.app.screen.query_one("#message").has_class("-failed")
            await learner.press("u")
        assert role_of(auth, "thandi") == "admin"
        assert isinstance(learner.app.screen, SchoolScreen)


async def test_who_gives_up_being_admin_signs_in_again_and_has_no_school(
    open_app: OpenApp, kofi: str, auth: Auth
) -> None:
    people.set_role(auth, None, email=kofi, role="admin")
    async with open_app() as learner:
        await learner.press(SCHOOL, "G", "r", "home", "enter")
        assert isinstance(learner.app.screen, SignInScreen)
        assert "You are a learner of this school now" in learner.words
        await learner.fill(PASSWORD)
        assert isinstance(learner.app.screen, HomeScreen)
        assert "School" not in learner.lines[0]
        await learner.press(SCHOOL)
        assert isinstance(learner.app.screen, HomeScreen)


async def test_people_are_found_as_one_types(open_app: OpenApp, kofi: str) -> None:
    async with open_app() as learner:
        await learner.press(SCHOOL, "slash")
        await learner.type("KOF")
        assert "1 of 2 people" in learner.text
        assert NAME not in learner.text.split("\n", 1)[1]
        await learner.press("enter", "d")
        assert "The account of Kofi is closed" in learner.words
        await learner.press("escape", "slash")
        await learner.type("zzz")
        assert "Nobody has “zzz” in name or e-mail. esc shows everybody." in learner.words
        await learner.press("escape")
        assert "2 people" in learner.text
        assert "Kofi" in learner.text
        await learner.press("slash", "down", "G")
        assert learner.app.screen.query_one("#people").has_focus


async def test_long_lists_come_in_parts(open_app: OpenApp, sign_up: SignUp, auth: Auth) -> None:
    claims = sign_up()
    invitations.invite(auth, claims, [(f"n{number:03}@example.org", f"N{number:03}") for number in range(300)])
    async with open_app() as learner:
        await learner.press(SCHOOL)
        assert "301 people" in learner.text
        await learner.press("G")
        assert NAME in learner.text.split("\n", 1)[1]
        await learner.press(*["pageup"] * 3, "d")
        assert "is closed, and all its sessions" in learner.words
        assert learner.text.count("× closed") == 1


async def test_who_is_invited_opens_the_account_at_the_sign_in_page(
    open_app: OpenApp, sign_up: SignUp, auth: Auth
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press(SCHOOL, "i")
        assert isinstance(learner.app.screen, InviteDialog)
        await learner.fill("amahle", "Amahle")
        assert "Enter an e-mail address" in learner.note("email")
        await learner.press("end", "tab", "shift+tab", "end")
        await learner.type("@example.org")
        await learner.press("enter", "enter")
        first = await word_on(learner)
        await learner.press("enter")
        assert "✓ Amahle is invited." in learner.text
        await learner.press("g", "w")
        word = await word_on(learner)
        assert word != first
        await learner.press("escape")
    session_file.forget(auth.paths)
    async with open_app() as learner:
        await learner.fill("amahle@example.org", first)
        assert "do not go together" in learner.note("password")
        await learner.type(word.upper())
        await learner.press("enter")
        assert "Choose a password of your own" in learner.words
        await learner.fill("short", "short")
        assert "too short" in learner.note("password")
        await learner.type("ngiyakwazi ngoba")
        await learner.press("tab", "ctrl+a")
        await learner.fill("something else")
        assert "differ" in learner.note("again")
        await learner.fill("ngiyakwazi ngoba")
        assert isinstance(learner.app.screen, CatalogScreen)
        assert "Amahle" in learner.lines[0]
    assert service.sign_in(auth, email="amahle@example.org", password="ngiyakwazi ngoba")


async def test_who_has_an_account_is_not_invited(open_app: OpenApp, kofi: str) -> None:
    async with open_app() as learner:
        await learner.press(SCHOOL, "i")
        await learner.fill(kofi, "")
        assert "Kofi has opened this account already and needs no word." in learner.words
        await learner.press("escape")
        assert isinstance(learner.app.screen, SchoolScreen)
        await learner.press("g", "w")
        assert isinstance(learner.app.screen, SchoolScreen), "an open account gets no word"


async def test_a_word_that_is_too_old_says_who_gives_a_new_one(
    open_app: OpenApp, sign_up: SignUp, auth: Auth, clock: Clock
) -> None:
    (invited,) = invitations.invite(auth, sign_up(keep=False), [("amahle@example.org", "Amahle")])
    clock.advance(days=8)
    async with open_app() as learner:
        await learner.fill("amahle@example.org", invited.word)
        assert "An instructor or the admin of this school can give you a new one." in learner.words


async def test_a_closed_account_says_so_at_the_sign_in(open_app: OpenApp, kofi: str, auth: Auth) -> None:
    people.disable(auth, None, email=kofi)
    session_file.forget(auth.paths)
    async with open_app() as learner:
        await learner.fill(kofi, PASSWORD)
        assert "This account is closed for now. Ask the admin of this school." in learner.words


async def test_a_list_that_cannot_be_read_says_what_helps(open_app: OpenApp, kofi: str) -> None:
    async with open_app() as learner:
        learner.services.fail(people.page, DISK)
        await learner.press(SCHOOL)
        assert "The disk is gone. ctrl+r tries again." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "kofi@example.org" in learner.text
        learner.services.fail(people.disable, DISK)
        await learner.press("d")
        assert "The disk is gone." in learner.words
        assert "× closed" not in learner.text


async def test_names_are_text(open_app: OpenApp, sign_up: SignUp, auth: Auth) -> None:
    sign_up()
    sign_up("[red]K[/red]", "k@example.org", keep=False)
    async with open_app() as learner:
        await learner.press(SCHOOL, "d")
        assert "The account of [red]K[/red] is closed" in learner.words
        await learner.press("r")
        assert "[red]K[/red]" in learner.text


@pytest.mark.parametrize("size", SIZES)
async def test_every_size(open_app: OpenApp, kofi: str, size: tuple[int, int]) -> None:
    async with open_app(size) as learner:
        await learner.press(SCHOOL, "r", "escape", "i", "escape", "d", "u")
