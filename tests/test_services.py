"""The two services as the app uses them: off the event loop, for who is signed in, and for nobody else."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from typing import Any

import pytest

from azora_tui.auth import passwords, service, session_file
from azora_tui.auth.context import Auth
from azora_tui.data import schema
from azora_tui.data.database import open_database
from azora_tui.errors import FieldError, NotFoundError, SessionError, StorageError
from azora_tui.lms import bundled, catalog, enrolling
from azora_tui.lms.service import Lms
from azora_tui.models.accounts import Claims
from azora_tui.paths import Paths
from azora_tui.services import Services
from tests.conftest import Clock
from tests.engine import sqlite
from tests.told import told

EMAIL, PASSWORD = "thandi@example.org", "a long passphrase"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "MEMORY_KIB", 8)
    monkeypatch.setattr(passwords, "PASSES", 1)
    monkeypatch.setattr(bundled, "load", lambda lms: False)
    passwords._context.cache_clear()
    yield
    passwords._context.cache_clear()


@pytest.fixture
def auth(paths: Paths, clock: Clock) -> Iterator[Auth]:
    numbers = count(1)
    database = open_database(paths.auth_database, schema.AUTH)
    yield Auth(database, paths, clock, lambda: f"session-{next(numbers)}")
    database.close()


@pytest.fixture
async def services(paths: Paths, auth: Auth, lms: Lms) -> AsyncIterator[Services]:
    services = Services(paths, auth=auth, lms=lms)
    yield services
    services.close()


def who(lms: Lms, claims: Claims) -> str:
    return claims.email


async def test_who_has_just_made_an_account_is_signed_in_and_kept(services: Services, paths: Paths, auth: Auth) -> None:
    assert not services.has_accounts
    assert not services.has_kept_session
    await services.register("Thandi", EMAIL, PASSWORD)
    assert services.has_accounts
    assert services.has_kept_session
    assert services.claims is not None
    assert service.resume(auth) == services.claims
    assert await services.ask(who) == EMAIL


async def test_a_wrong_password_leaves_everything_as_it_was(services: Services, paths: Paths) -> None:
    await services.register("Thandi", EMAIL, PASSWORD)
    claims, kept = services.claims, paths.session.read_bytes()
    with pytest.raises(FieldError):
        await services.sign_in(EMAIL, "not my passphrase")
    assert services.claims is claims
    assert paths.session.read_bytes() == kept


async def test_a_kept_session_is_taken_up_at_the_first_question(
    services: Services, paths: Paths, auth: Auth, lms: Lms
) -> None:
    await services.register("Thandi", EMAIL, PASSWORD)
    other = Services(paths, auth=auth, lms=lms)
    assert other.claims is None
    assert await asyncio.gather(*(other.ask(who) for _ in range(10))) == [EMAIL] * 10
    assert other.claims == services.claims


@pytest.mark.parametrize("kept", [None, b"", b"rubbish", b"a.b.c"])
async def test_without_a_session_a_question_is_refused(services: Services, paths: Paths, kept: bytes | None) -> None:
    if kept is not None:
        paths.session.write_bytes(kept)
    with pytest.raises(SessionError):
        await services.ask(who)


async def test_who_is_asked_to_sign_in_gets_the_answer(services: Services, clock: Clock) -> None:
    await services.register("Thandi", EMAIL, PASSWORD)
    asked: list[str] = []

    async def sign_in_again(sentence: str) -> None:
        asked.append(sentence)
        await services.sign_in(EMAIL, PASSWORD)

    services.when_session_is_lost(sign_in_again)
    clock.advance(days=400)
    assert await asyncio.gather(*(services.ask(who) for _ in range(10))) == [EMAIL] * 10
    [sentence] = asked
    assert sentence.endswith(".")


async def test_what_one_person_asked_is_not_done_for_another(
    services: Services, clock: Clock, auth: Auth, add_course: Callable[..., int], lms: Lms
) -> None:
    course = add_course()
    await services.register("Thandi", EMAIL, PASSWORD)
    service.register(auth, name="Kofi", email="kofi@example.org", password=PASSWORD)

    async def somebody_else(sentence: str) -> None:
        await services.sign_in("kofi@example.org", PASSWORD)

    services.when_session_is_lost(somebody_else)
    clock.advance(days=400)
    answers = await asyncio.gather(*(services.ask(enrolling.enroll, course) for _ in range(5)), return_exceptions=True)
    assert all(isinstance(answer, SessionError) for answer in answers)
    with lms.database.read() as connection:
        assert sqlite(connection).execute("SELECT count(*) FROM enrollments").get == 0
    assert await services.ask(who) == "kofi@example.org"


async def test_who_gives_up_signing_in_again_ends_the_question(services: Services, clock: Clock) -> None:
    await services.register("Thandi", EMAIL, PASSWORD)

    async def never(sentence: str) -> None:
        raise told(SessionError, "Not now.")

    services.when_session_is_lost(never)
    clock.advance(days=400)
    with pytest.raises(SessionError, match="Not now"):
        await services.ask(who)


async def test_signing_out_ends_the_session_here_on_disk_and_in_the_accounts(
    services: Services, paths: Paths, auth: Auth
) -> None:
    await services.register("Thandi", EMAIL, PASSWORD)
    token = paths.session.read_text().partition("\n")[0]
    await services.sign_out()
    assert services.claims is None
    assert not paths.session.exists()
    with pytest.raises(SessionError):
        service.authenticate(auth, token)
    await services.sign_out()


async def test_a_session_ended_elsewhere_ends_here_with_the_next_question(services: Services, auth: Auth) -> None:
    await services.register("Thandi", EMAIL, PASSWORD)
    assert services.claims is not None
    service.sign_out(auth, services.claims)
    with pytest.raises(SessionError):
        await services.ask(who)


async def test_a_changed_password_keeps_this_session_and_ends_the_others(
    services: Services, paths: Paths, auth: Auth
) -> None:
    await services.register("Thandi", EMAIL, PASSWORD)
    other = service.sign_in(auth, email=EMAIL, password=PASSWORD)
    await services.change_password(PASSWORD, "an even longer one")
    assert await services.ask(who) == EMAIL
    assert service.resume(auth) == services.claims
    with pytest.raises(SessionError):
        service.authenticate(auth, other)


async def test_work_runs_off_the_loop_and_what_it_raises_arrives(services: Services) -> None:
    here = threading.get_ident()
    assert await services.in_thread(threading.get_ident) != here

    def fail() -> None:
        raise told(StorageError, "The disk is full.")

    with pytest.raises(StorageError, match="full"):
        await services.in_thread(fail)


async def test_a_slow_question_holds_up_no_other(services: Services) -> None:
    await services.register("Thandi", EMAIL, PASSWORD)
    begun, go_on = threading.Event(), threading.Event()

    def slow(lms: Lms, claims: Claims) -> str:
        begun.set()
        assert go_on.wait(30)
        return "late"

    late = asyncio.create_task(services.ask(slow))
    await services.in_thread(begun.wait, 30)
    assert await services.ask(who) == EMAIL
    go_on.set()
    assert await late == "late"


async def test_the_bundled_courses_are_read_once_and_before_the_first_answer(
    services: Services, monkeypatch: pytest.MonkeyPatch, lms: Lms, add_course: Callable[..., int]
) -> None:
    loads: list[Any] = []

    def load(lms: Lms) -> bool:
        loads.append(lms)
        add_course("bundled")
        return True

    monkeypatch.setattr(bundled, "load", load)
    await services.register("Thandi", EMAIL, PASSWORD)
    assert [course.title for course in (await services.ask(catalog.page)).courses] == ["Bundled"]
    await services.preload()
    await services.ask(catalog.page)
    assert loads == [lms]


async def test_a_service_that_refuses_says_so(services: Services) -> None:
    await services.register("Thandi", EMAIL, PASSWORD)
    with pytest.raises(NotFoundError, match="Course not found"):
        await services.ask(catalog.detail, 999)


async def test_closing_waits_for_what_is_being_written(paths: Paths, auth: Auth, lms: Lms) -> None:
    services = Services(paths, auth=auth, lms=lms)
    begun, go_on, written = threading.Event(), threading.Event(), []

    def write() -> None:
        begun.set()
        assert go_on.wait(30)
        with lms.database.write() as connection:
            connection.execute("PRAGMA user_version")
        written.append(True)

    task = asyncio.create_task(services.in_thread(write))
    await services.in_thread(begun.wait, 30)
    go_on.set()
    await asyncio.to_thread(services.close)
    await task
    assert written == [True]


async def test_a_session_that_cannot_be_kept_is_a_session_all_the_same(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(paths: Paths, token: str) -> None:
        raise told(StorageError, "You are signed in, but this cannot be kept.")

    monkeypatch.setattr(session_file, "keep", refuse)
    try:
        await services.register("Thandi", EMAIL, PASSWORD)
    except StorageError as error:
        assert "You are signed in" in str(error)
    assert await services.ask(who) == EMAIL
