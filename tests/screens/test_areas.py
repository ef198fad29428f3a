"""The areas are those of the role of who is signed in; what a role has more follows what everybody has."""

import pytest

from azora_tui.auth import service, session_file
from azora_tui.auth.context import Auth
from azora_tui.models.accounts import Role
from azora_tui.screens import base
from azora_tui.screens.base import ALL_AREAS, area_key, areas_for
from azora_tui.screens.help import HelpScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.school import SchoolScreen
from azora_tui.tui.modes import PAGES
from tests.engine import sqlite
from tests.screens.conftest import EMAIL, PASSWORD, OpenApp, SignUp

ROLES: tuple[Role, ...] = ("learner", "instructor", "admin")


def becomes(auth: Auth, role: Role) -> None:
    with auth.database.write() as transaction:
        sqlite(transaction).execute("UPDATE users SET role = ?", (role,))


def test_a_role_has_all_that_the_one_before_it_has() -> None:
    before = areas_for(None)
    for role in ROLES:
        areas = areas_for(role)
        assert areas[: len(before)] == before
        before = areas
    assert before == ALL_AREAS
    assert areas_for(None) == areas_for("learner")


def test_an_area_has_its_page_and_its_key() -> None:
    assert {mode for mode, _ in ALL_AREAS} <= set(PAGES)
    assert [area_key(mode) for mode, _ in ALL_AREAS] == [str(n) for n in range(1, len(ALL_AREAS) + 1)]


@pytest.mark.parametrize("role", ROLES)
async def test_a_kept_session_has_the_areas_of_its_role(
    open_app: OpenApp, sign_up: SignUp, auth: Auth, role: Role
) -> None:
    sign_up(keep=False)
    sign_up("Kofi", "kofi@example.org", keep=False)
    becomes(auth, role)
    sign_up_again(sign_up, auth)
    key = area_key("school")
    async with open_app() as learner:
        assert ("School" in learner.lines[0]) is (role == "admin")
        await learner.press(key)
        assert isinstance(learner.app.screen, SchoolScreen if role == "admin" else HomeScreen)


def sign_up_again(sign_up: SignUp, auth: Auth) -> None:
    """Keep a session whose token bears the role that the account has now."""
    session_file.keep(auth.paths, service.sign_in(auth, email=EMAIL, password=PASSWORD))


async def test_what_is_there_stays_where_it_is_when_more_areas_come(
    open_app: OpenApp, sign_up: SignUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up()
    async with open_app() as learner:
        with_more = learner.lines[0]
    monkeypatch.setattr(base, "areas_for", lambda role: areas_for("learner"))
    async with open_app() as learner:
        place = learner.lines[0].index("Review") + len("Review")
        assert learner.lines[0][:place] == with_more[:place]


@pytest.mark.parametrize("first", [True, False])
async def test_help_and_palette_name_only_the_areas_that_one_has(
    open_app: OpenApp, sign_up: SignUp, first: bool
) -> None:
    sign_up(keep=first)
    if not first:
        sign_up("Kofi", "kofi@example.org")
    async with open_app((120, 60)) as learner:
        await learner.press("question_mark")
        assert isinstance(learner.app.screen, HelpScreen)
        assert ("School" in learner.text.split("\n", 1)[1]) is first
        await learner.press("escape", "ctrl+p")
        await learner.type("school")
        assert ("key: " + area_key("school") in learner.text) is first
