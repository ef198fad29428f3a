"""A session that ends under an open page, that was forged, or that somebody ends on purpose."""

from collections.abc import Callable
from typing import Any

import pytest

from azora_tui.auth import service, session_file
from azora_tui.auth.context import Auth
from azora_tui.errors import SessionError, StorageError
from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.paths import Paths
from azora_tui.screens.catalog import CatalogScreen
from azora_tui.screens.course_detail import CourseDetailScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.my_learning import MyLearningScreen
from azora_tui.screens.sign_in import SignInScreen
from tests.conftest import Clock
from tests.screens.conftest import EMAIL, PASSWORD, WIDE, OpenApp, SignUp, Stored, WatchedServices
from tests.told import told

ENDED = {"days": 400}


async def test_an_expired_session_asks_over_the_page_and_then_does_what_was_asked(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], clock: Clock, stored: Stored
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2")
        await learner.press("slash", *"weav", "enter", "enter")
        page = learner.app.screen
        assert isinstance(page, CourseDetailScreen)
        clock.advance(**ENDED)
        await learner.press("e")
        assert isinstance(learner.app.screen, SignInScreen)
        reason = str(learner.app.screen.query_one("#reason").render())
        assert reason.endswith("Sign in again to go on.")
        assert learner.field("email").value == EMAIL
        assert learner.field("password").has_focus
        assert stored("SELECT * FROM enrollments") == []

        await learner.type(PASSWORD)
        await learner.press("enter")
        assert learner.app.screen_stack[-1] is page
        assert "Successfully enrolled in Weaving with Grass" in learner.words
        assert stored("SELECT user_id, status FROM enrollments") == [(1, "active")]
        await learner.press("escape")
        assert "1 of 6 courses" in learner.text, "the catalog below kept its filter"


async def test_an_expired_session_in_a_lesson_keeps_its_page_and_completes_it(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, clock: Clock, stored: Stored
) -> None:
    claims = sign_up()
    enrolling.enroll(lms, claims, library["weaving"])
    async with open_app() as learner:
        await learner.press("enter", "space")
        page, position = learner.app.screen, learner.reader.position
        clock.advance(**ENDED)
        await learner.press("m")
        assert isinstance(learner.app.screen, SignInScreen)
        await learner.type(PASSWORD)
        await learner.press("enter")
        assert learner.app.screen is page
        assert learner.reader.position == position
        assert "✓ done" in learner.text
        assert stored("SELECT completed FROM lesson_progress") == [(1,)]


async def test_several_calls_at_once_ask_for_one_password(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], clock: Clock
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "3")
        clock.advance(**ENDED)
        learner.app.enrollment_changed(1)
        await learner.settle()
        assert isinstance(learner.app.screen, SignInScreen)
        await learner.type(PASSWORD)
        await learner.press("enter")
        assert isinstance(learner.app.screen, MyLearningScreen)
        await learner.press("2")
        assert isinstance(learner.app.screen, CatalogScreen)
        assert "6 courses" in learner.text


async def test_one_sign_in_is_enough_however_often_it_is_asked_for(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], clock: Clock
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2")
        clock.advance(**ENDED)
        await learner.press("ctrl+r")
        for _ in range(3):  # each gives up the one before, as a letter typed in the filter does
            learner.app.enrollment_changed(1)
            await learner.settle()
        await learner.type(PASSWORD)
        await learner.press("enter")
        assert isinstance(learner.app.screen, CatalogScreen)
        assert "6 courses" in learner.text


async def test_a_new_account_made_instead_can_lose_its_session_too(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], clock: Clock
) -> None:
    sign_up()
    async with open_app() as learner:
        for name in ("Ama", "Efua"):
            clock.advance(**ENDED)
            await learner.press("ctrl+r")
            assert isinstance(learner.app.screen, SignInScreen)
            await learner.press("ctrl+n")
            await learner.fill(name, f"{name}@example.org", PASSWORD, PASSWORD)
            assert isinstance(learner.app.screen, CatalogScreen)
            assert name in learner.lines[0]


async def test_a_wrong_password_over_the_page_leads_nowhere(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], clock: Clock, stored: Stored
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2")
        clock.advance(**ENDED)
        await learner.press("e")
        await learner.type("not my passphrase")
        await learner.press("enter")
        assert "do not go together" in learner.note("password")
        await learner.press("escape")
        assert isinstance(learner.app.screen, SignInScreen)
        assert stored("SELECT * FROM enrollments") == []


@pytest.mark.parametrize("key", ["3", "a"])
async def test_no_key_leads_past_the_sign_in_that_stands_over_a_page(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], clock: Clock, key: str
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2")
        clock.advance(**ENDED)
        await learner.press("e", "tab", key)
        assert isinstance(learner.app.screen, SignInScreen)


async def test_somebody_else_who_signs_in_begins_afresh(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms, clock: Clock, stored: Stored
) -> None:
    claims = sign_up()
    sign_up("Kofi Mensah", "kofi@example.org", keep=False)
    enrolling.enroll(lms, claims, library["weaving"])
    async with open_app() as learner:
        await learner.press("2", "slash", *"pots", "enter", "3", "enter")
        assert isinstance(learner.app.screen, LessonScreen)
        clock.advance(**ENDED)
        await learner.press("m")
        learner.field("email").value = "kofi@example.org"
        await learner.type(PASSWORD)
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)
        assert "Kofi Mensah" in learner.lines[0]
        assert "Nothing is under way" in learner.text
        for key in ("3", "f", "f", "2"):
            await learner.press(key)
            assert "Thandi" not in learner.text
        assert "pots" not in learner.lines[2], "the filter of who was here before"
        assert "6 courses" in learner.text
        assert "enrolled" not in learner.text
        assert stored("SELECT completed FROM lesson_progress") == [(0,)], "what Thandi had asked was not done"
        assert stored("SELECT user_id FROM enrollments") == [(1,)]


def forged(token: str) -> bytes:
    head, body, signature = token.split(".")
    return f"{head}.{body[:-4]}AAAA.{signature}".encode()


@pytest.mark.parametrize(
    "damage",
    [
        forged,
        lambda token: b"",
        lambda token: b"\xff\xfe\x00 rubbish",
        lambda token: b"x" * 1_000_000,
        lambda token: token[:40].encode(),
        lambda token: (token.rsplit(".", 1)[0] + ".").encode(),
    ],
    ids=["forged", "empty", "bytes", "huge", "cut", "unsigned"],
)
async def test_a_damaged_session_file_leads_to_signing_in(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], paths: Paths, damage: object
) -> None:
    sign_up()
    paths.session.write_bytes(damage(paths.session.read_text().partition("\n")[0]))  # type: ignore[operator]
    async with open_app(WIDE, before=lambda services: services.hold(enrolling.my_learning)) as learner:
        learner.services.release()
        await learner.settle()
        assert isinstance(learner.app.screen, SignInScreen)
        assert str(learner.app.screen.query_one("#reason").render())
        assert learner.services.claims is None
        await learner.type(EMAIL)
        await learner.press("tab")
        await learner.type(PASSWORD)
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)
        assert "Nothing is under way" in learner.text
        assert "Thandi" in learner.lines[0]


async def test_signing_out_ends_the_session_and_forgets_every_page(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], paths: Paths, auth: Auth
) -> None:
    sign_up()
    sign_up("Kofi Mensah", "kofi@example.org", keep=False)
    token = paths.session.read_text().partition("\n")[0]
    async with open_app() as learner:
        await learner.press("2", "slash", *"weav", "enter", "e", "a")
        assert "Thandi Nkosi" in learner.text
        assert EMAIL in learner.text
        await learner.press("o")
        assert isinstance(learner.app.screen, SignInScreen)
        assert not paths.session.exists()
        assert learner.services.claims is None
        assert "Thandi" not in learner.text
        assert EMAIL not in learner.text
        with pytest.raises(SessionError):
            service.authenticate(auth, token)
        await learner.press("2", "ctrl+r")
        assert isinstance(learner.app.screen, SignInScreen)
        learner.field("email").value = ""
        await learner.fill("kofi@example.org", PASSWORD)
        assert "Nothing is under way" in learner.text
        await learner.press("2")
        assert "6 courses" in learner.text
        assert "● enrolled" not in learner.text


async def test_what_was_said_to_one_person_is_not_shown_to_the_next(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "e")
        assert "Successfully enrolled" in learner.said
        await learner.press("a", "o")
        assert isinstance(learner.app.screen, SignInScreen)
        assert learner.said == ""


async def test_signing_out_ends_the_session_even_if_its_file_cannot_be_removed(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], paths: Paths, auth: Auth,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    sign_up()
    token = paths.session.read_text().partition("\n")[0]

    def refuse(paths: Paths) -> None:
        raise told(StorageError, "The sign-in cannot be removed.")

    monkeypatch.setattr(session_file, "forget", refuse)
    async with open_app() as learner:
        await learner.press("a", "o")
        assert isinstance(learner.app.screen, SignInScreen)
        assert "The sign-in cannot be removed." in learner.said
        with pytest.raises(SessionError):
            service.authenticate(auth, token)


@pytest.mark.parametrize("new", [True, False], ids=["register", "sign in"])
async def test_who_is_signed_in_gets_in_even_if_that_cannot_be_kept(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], monkeypatch: pytest.MonkeyPatch, new: bool
) -> None:
    if not new:
        sign_up(keep=False)

    def refuse(paths: Paths, token: str) -> None:
        raise told(StorageError, "You are signed in, but the next start will ask for your password again.")

    monkeypatch.setattr(session_file, "keep", refuse)
    async with open_app() as learner:
        await learner.fill(*(["Thandi", EMAIL, PASSWORD, PASSWORD] if new else [EMAIL, PASSWORD]))
        assert isinstance(learner.app.screen, CatalogScreen if new else HomeScreen)
        assert "the next start will ask" in learner.said


async def test_a_password_is_changed_only_for_a_right_one_and_a_good_one(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], auth: Auth, paths: Paths
) -> None:
    other = sign_up()
    token = service.sign_in(auth, email=EMAIL, password=PASSWORD)
    session_file.keep(paths, token)
    async with open_app() as learner:
        await learner.press("a", "p")
        assert "Change your password" in learner.text
        await learner.fill("not my passphrase", "an even longer one", "an even longer one")
        assert "This is not your current password." in learner.note("current")
        assert learner.field("current").has_focus
        assert learner.field("current").selected_text == "not my passphrase"

        await learner.type(PASSWORD)
        await learner.press("tab", "ctrl+u")
        await learner.type("password123")
        await learner.press("tab", "ctrl+u")
        await learner.type("password124")
        await learner.press("enter")
        assert "The two passwords differ." in learner.note("again")

        await learner.press("ctrl+u")
        await learner.type("password123")
        await learner.press("enter")
        assert "one of the most common passwords" in learner.note("new")
        assert service.sign_in(auth, email=EMAIL, password=PASSWORD), "nothing was changed so far"

        learner.field("new").value = learner.field("again").value = "an even longer one"
        learner.field("again").focus()
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)
        assert "Your password is changed." in learner.said
        with pytest.raises(SessionError):
            service.check_session(auth, other)
        assert service.sign_in(auth, email=EMAIL, password="an even longer one")
        await learner.press("2")
        assert "6 courses" in learner.text, "this session goes on"
    claims = service.resume(auth)
    assert claims is not None
    assert claims.email == EMAIL


async def test_the_password_dialog_can_be_left_without_a_change(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], auth: Auth
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("a", "p")
        await learner.type("half")
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)
        assert learner.said == ""
    assert service.sign_in(auth, email=EMAIL, password=PASSWORD)


async def test_a_session_that_has_ended_is_asked_for_anew_however_early_that_is_known(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], paths: Paths
) -> None:
    sign_up()
    paths.session.write_bytes(b"")

    def in_no_time(services: WatchedServices) -> None:
        async def at_once(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
            return work(*args, **kwargs)

        services.in_thread = at_once  # type: ignore[method-assign]

    async with open_app(before=in_no_time) as learner:
        assert isinstance(learner.app.screen, SignInScreen)


async def test_a_session_that_ended_elsewhere_is_asked_for_anew(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], auth: Auth
) -> None:
    service.sign_out(auth, sign_up())
    async with open_app(before=lambda services: services.hold(enrolling.my_learning)) as learner:
        learner.services.release()
        await learner.settle()
        assert isinstance(learner.app.screen, SignInScreen)
        assert "Sign in again" in learner.words
