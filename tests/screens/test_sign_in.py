"""Making an account and signing in: what is refused, in which words, and what stays in the form."""

import pytest
from textual.widgets import Input

from azora_tui.auth.context import Auth
from azora_tui.paths import Paths
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.register import RegisterScreen
from azora_tui.screens.sign_in import SignInScreen
from tests.conftest import Clock
from tests.engine import sqlite
from tests.screens.conftest import EMAIL, NAME, NARROW, PASSWORD, SMALL, Learner, OpenApp, SignUp

pytestmark = pytest.mark.usefixtures("no_bundle")

NO_MATCH = "This e-mail and password do not go together. Check both and try again."


async def test_a_wrong_password_is_said_under_the_field_which_is_selected(open_app: OpenApp, sign_up: SignUp) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        await learner.fill(EMAIL, "not my passphrase")
        assert learner.note("password") == NO_MATCH
        assert NO_MATCH in learner.words
        assert learner.field("email").value == EMAIL
        password = learner.field("password")
        assert password.has_focus
        assert password.selected_text == "not my passphrase"
        await learner.type(PASSWORD)
        await learner.press("enter")
        assert "Nothing is under way" in learner.text


async def test_an_unknown_account_is_refused_in_the_same_words(open_app: OpenApp, sign_up: SignUp) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        await learner.fill("nobody@example.org", PASSWORD)
        assert learner.note("password") == NO_MATCH
        assert learner.note("email") == ""


async def test_empty_fields_are_named_one_by_one(open_app: OpenApp, sign_up: SignUp) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        await learner.press("enter", "enter")
        assert learner.note("email") == "Your e-mail is needed here."
        assert learner.field("email").has_focus
        await learner.type(EMAIL)
        await learner.press("enter", "enter")
        assert learner.note("email") == ""
        assert learner.note("password") == "Your password is needed here."
        assert learner.field("password").has_focus


async def test_enter_in_a_filled_e_mail_goes_on_to_the_empty_password(open_app: OpenApp, sign_up: SignUp) -> None:
    """Enter after the e-mail is how many people go on; nothing is sent before there is a password."""
    sign_up(keep=False)
    async with open_app() as learner:
        await learner.type(EMAIL)
        await learner.press("enter")
        assert learner.field("password").has_focus
        await learner.type(PASSWORD)
        await learner.press("enter")
        assert "Nothing is under way" in learner.text


@pytest.mark.parametrize("sign", ["register", "sign in"])
async def test_a_million_characters_pasted_are_refused_in_words(open_app: OpenApp, sign_up: SignUp, sign: str) -> None:
    if sign == "sign in":
        sign_up(keep=False)
    async with open_app() as learner:
        learner.field("email").value = EMAIL
        if sign == "register":
            learner.field("name").value = NAME
            learner.field("again").focus()
            await learner.paste("x" * 1_000_000)
        learner.field("password").focus()
        await learner.paste("x" * 1_000_000)
        learner.app.screen.query(Input).last().focus()
        await learner.settle()
        await learner.press("enter")
        assert "at most 1,024 characters" in learner.note("password")
        assert len(learner.field("password").value) <= 1025
        assert learner.services.claims is None


async def test_guessing_is_slowed_down_in_words_and_a_wait_helps(
    open_app: OpenApp, sign_up: SignUp, clock: Clock
) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        await learner.fill(EMAIL, "wrong password 0")
        for number in range(1, 5):
            await learner.type(f"wrong password {number}")
            await learner.press("enter")
            assert learner.note("password") == NO_MATCH
        await learner.type(PASSWORD)
        await learner.press("enter")
        assert learner.note("password").startswith(
            "There were too many wrong passwords for this e-mail. Try again in 1 second"
        )
        assert learner.services.claims is None
        clock.advance(seconds=2)
        await learner.press("enter")
        assert "Nothing is under way" in learner.text


async def test_an_e_mail_in_other_capitals_is_taken(open_app: OpenApp, sign_up: SignUp, auth: Auth) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        await learner.press("ctrl+n")
        assert "A new account on this computer." in learner.text
        await learner.fill("Somebody Else", EMAIL.upper(), PASSWORD, PASSWORD)
        assert "already has an account" in learner.note("email")
        assert learner.field("email").has_focus
        assert learner.field("email").selected_text == EMAIL.upper()
        assert learner.field("password").value == PASSWORD
    with auth.database.read() as connection:
        assert sqlite(connection).execute("SELECT count(*) FROM users").get == 1


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ((NAME, EMAIL, PASSWORD, "a long passphrasf"), "again", "The two passwords differ."),
        (("", EMAIL, PASSWORD, PASSWORD), "name", "Enter the name you want to be called by."),
        ((NAME, "thandi", PASSWORD, PASSWORD), "email", "Enter an e-mail address"),
        ((NAME, EMAIL, "short", "short"), "password", "too short"),
        ((NAME, EMAIL, "password123", "password123"), "password", "one of the most common passwords"),
        ((NAME, EMAIL, NAME, NAME), "password", "your own name"),
        (("", "", "", ""), "name", "Enter the name you want to be called by."),
    ],
    ids=["differ", "no name", "no e-mail", "short", "common", "own name", "all empty"],
)
async def test_what_an_account_cannot_have_is_said_under_its_field(
    open_app: OpenApp, paths: Paths, values: tuple[str, ...], field: str, sentence: str
) -> None:
    async with open_app() as learner:
        await learner.fill(*values)
        assert sentence in learner.note(field)
        assert learner.field(field).has_focus
        others = {"name", "email", "password", "again"} - {field}
        assert not any(sentence in learner.note(other) for other in others)
        assert isinstance(learner.app.screen, RegisterScreen)
        assert not paths.session.exists()


async def test_a_fault_that_is_mended_is_no_longer_said(open_app: OpenApp) -> None:
    async with open_app() as learner:
        await learner.fill(NAME, "thandi", PASSWORD, PASSWORD)
        assert "Enter an e-mail address" in learner.text
        await learner.type(EMAIL)
        await learner.press("tab", "tab", "enter")
        assert "There are no courses yet" in learner.text


async def test_a_new_account_greets_once_and_the_next_person_finds_a_plain_form(open_app: OpenApp) -> None:
    async with open_app() as learner:
        assert "Welcome" in learner.text
        await learner.fill(NAME, EMAIL, PASSWORD, PASSWORD)
        await learner.press("a", "o")
        assert isinstance(learner.app.screen, SignInScreen)
        await learner.press("ctrl+n")
        assert "Welcome" not in learner.text
        assert [learner.field(name).value for name in ("name", "email", "password", "again")] == [""] * 4


async def test_between_sign_in_and_register_one_can_go_back_and_forth(open_app: OpenApp, sign_up: SignUp) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        await learner.type("half@typed")
        await learner.press("ctrl+n")
        assert isinstance(learner.app.screen, RegisterScreen)
        await learner.press("escape")
        assert isinstance(learner.app.screen, SignInScreen)
        assert learner.field("email").value == "half@typed"


async def test_who_forgot_the_password_is_told_who_can_help(open_app: OpenApp, sign_up: SignUp) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        await learner.press("tab", "tab", "tab", "tab", "enter")
        assert "azora-tui accounts reset" in learner.words


@pytest.mark.parametrize(
    ("size", "sign"),
    [
        (NARROW, "register"),
        (NARROW, "sign in"),
        (SMALL, "register"),
        (SMALL, "sign in"),
    ],
)
async def test_what_has_the_focus_is_always_in_view(
    open_app: OpenApp, sign_up: SignUp, size: tuple[int, int], sign: str
) -> None:
    if sign == "sign in":
        sign_up(keep=False)
    async with open_app(size) as learner:
        screen = learner.app.screen
        for _ in range(len(screen.focus_chain)):
            focused = screen.focused
            assert focused is not None
            assert screen.find_widget(focused).visible_region, f"{focused} cannot be seen"
            await learner.press("tab")
        assert screen.focused is screen.focus_chain[0]


async def test_signing_in_keeps_the_session_for_its_owner_alone(
    open_app: OpenApp, sign_up: SignUp, paths: Paths
) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        await learner.fill(EMAIL, PASSWORD)
    assert paths.session.stat().st_mode & 0o777 == 0o600


async def test_nothing_of_a_password_is_ever_on_the_screen(open_app: OpenApp, sign_up: SignUp) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        await learner.type(EMAIL)
        await learner.press("tab")
        await learner.type("swordfish swordfish")
        assert "swordfish" not in learner.text
        await learner.press("enter")
        assert "swordfish" not in learner.text


async def test_an_e_mail_of_two_scripts_is_said_once_and_can_be_kept(open_app: OpenApp) -> None:
    mixed = "th\u0430ndi@example.org"  # its first a is Cyrillic
    async with open_app() as learner:
        await learner.fill(NAME, mixed, PASSWORD, PASSWORD)
        assert "mixes Cyrillic and Latin letters" in learner.note("email")
        assert learner.field("email").has_focus
        assert learner.services.claims is None
        await learner.press("enter", "enter", "enter")
        assert learner.services.claims is not None
        assert learner.services.claims.email == mixed


async def test_a_password_is_shown_while_one_wants_to_see_it(open_app: OpenApp, sign_up: SignUp) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        assert "ctrl+t" not in learner.text, "there is no password in the e-mail"
        await learner.type(EMAIL)
        await learner.press("enter")
        await learner.type("a long pass")
        assert "ctrl+t show" in learner.text
        assert "ctrl+q quit" in learner.text
        assert "a long pass" not in learner.text
        await learner.press("ctrl+t")
        assert "a long pass" in learner.text
        await learner.press("ctrl+t")
        assert "a long pass" not in learner.text
        await learner.press("ctrl+t")
        await learner.type("phrase")
        assert PASSWORD in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_both_passwords_of_a_new_account_are_shown_at_once(open_app: OpenApp) -> None:
    async with open_app() as learner:
        await learner.press("tab", "tab")
        await learner.type("river stone")
        await learner.press("tab")
        await learner.type("river stoen")
        await learner.press("ctrl+t")
        assert "river stone" in learner.text
        assert "river stoen" in learner.text


async def test_every_fault_is_said_at_once_and_each_goes_when_it_is_mended(open_app: OpenApp) -> None:
    async with open_app() as learner:
        await learner.press("tab")
        await learner.fill("thandi", "short", "other")
        assert "Enter the name" in learner.note("name")
        assert "Enter an e-mail address" in learner.note("email")
        assert "too short" in learner.note("password")
        assert "The two passwords differ." in learner.note("again")
        wrong = {name for name in ("name", "email", "password", "again") if is_wrong(learner, name)}
        assert wrong == {"name", "email", "password", "again"}
        assert learner.field("name").has_focus, "the first of them"
        await learner.type(NAME)
        assert not is_wrong(learner, "name")
        assert is_wrong(learner, "email")
        await learner.press("tab", "end")
        await learner.type("@example.org")
        assert not is_wrong(learner, "email")
        await learner.press("tab", "tab", *["backspace"] * 5)
        await learner.type("short")
        assert not is_wrong(learner, "again")
        assert is_wrong(learner, "password"), "it is as short as it was"


def is_wrong(learner: Learner, name: str) -> bool:
    return bool(learner.app.screen.query_one(f"#field-{name}").has_class("-wrong"))
