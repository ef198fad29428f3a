"""The app as a whole: where it begins, what it keeps, and how it ends."""

import asyncio
import json

import pytest
from textual.command import CommandPalette

from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.paths import Paths
from azora_tui.screens.account import AboutDialog
from azora_tui.screens.base import ALL_AREAS
from azora_tui.screens.catalog import CatalogScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.register import RegisterScreen
from azora_tui.screens.sign_in import SignInScreen
from azora_tui.settings import Settings, load_settings
from azora_tui.tui.app import AzoraApp
from azora_tui.tui.themes import THEME_NAMES
from tests.screens import conftest as fixtures
from tests.screens.conftest import EMAIL, NAME, PASSWORD, Learner, OpenApp, SignUp

still, no_bundle, library = fixtures.still, fixtures.no_bundle, fixtures.library
auth, make_services, sign_up, open_app = fixtures.auth, fixtures.make_services, fixtures.sign_up, fixtures.open_app


async def test_the_first_start_makes_an_account(open_app: OpenApp, no_bundle: None) -> None:
    async with open_app() as learner:
        assert isinstance(learner.app.screen, RegisterScreen)


async def test_with_accounts_but_nobody_signed_in_it_asks_who(
    open_app: OpenApp, sign_up: SignUp, no_bundle: None
) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        assert isinstance(learner.app.screen, SignInScreen)


async def test_with_a_kept_session_it_goes_straight_on(open_app: OpenApp, sign_up: SignUp, no_bundle: None) -> None:
    sign_up()
    async with open_app(fixtures.WIDE) as learner:
        assert isinstance(learner.app.screen, HomeScreen)
        assert NAME in learner.lines[0]


async def test_who_is_new_begins_in_the_catalog_and_who_returns_at_home(open_app: OpenApp, no_bundle: None) -> None:
    async with open_app() as learner:
        await learner.fill(NAME, EMAIL, PASSWORD, PASSWORD)
        assert isinstance(learner.app.screen, CatalogScreen)
        await learner.press("a", "o")
        await learner.fill(EMAIL, PASSWORD)
        assert isinstance(learner.app.screen, HomeScreen)


async def test_each_area_keeps_its_place(open_app: OpenApp, sign_up: SignUp, library: dict[str, int]) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "j", "j", "enter")
        text = learner.text
        await learner.press("3", "f", "2")
        assert learner.text == text
        await learner.press("3")
        assert "Nothing is completed yet." in learner.text


async def test_no_key_of_a_signed_in_person_works_before(open_app: OpenApp, sign_up: SignUp, no_bundle: None) -> None:
    sign_up(keep=False)
    async with open_app() as learner:
        await learner.press("tab", "tab", "tab", "2", "3", "a", "ctrl+r")
        assert isinstance(learner.app.screen, SignInScreen)


@pytest.mark.parametrize("theme", THEME_NAMES)
async def test_a_theme_is_kept(open_app: OpenApp, sign_up: SignUp, no_bundle: None, paths: Paths, theme: str) -> None:
    sign_up()
    async with open_app() as learner:
        learner.app.theme = theme
        await learner.settle()
    assert load_settings(paths.settings).theme == theme
    async with open_app(settings=load_settings(paths.settings)) as learner:
        assert learner.app.theme == theme


async def test_a_theme_that_is_not_ours_is_the_default(open_app: OpenApp, no_bundle: None) -> None:
    async with open_app(settings=Settings(theme="textual-dark")) as learner:
        assert learner.app.theme == "azora-dark"
        assert set(learner.app.available_themes) == set(THEME_NAMES)


async def test_settings_keep_what_they_do_not_know_nothing_of(
    open_app: OpenApp, sign_up: SignUp, no_bundle: None, paths: Paths
) -> None:
    paths.settings.write_text(json.dumps({"theme": "azora-light", "keys": {"catalog.sort": "z"}}))
    sign_up()
    async with open_app(settings=load_settings(paths.settings)) as learner:
        await learner.press("2", "z")
    kept = load_settings(paths.settings)
    assert (kept.theme, kept.catalog_sort, kept.keys) == ("azora-light", "newest", {"catalog.sort": "z"})


async def test_ascii_draws_no_sign_of_its_own_but_ascii(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int], lms: Lms
) -> None:
    enrolling.enroll(lms, sign_up(), library["weaving"])
    async with open_app(ascii_only=True) as learner:
        for keys in ((), ("f",), ("2",), ("slash", "x", "x", "x"), ("escape", "G", "enter"), ("question_mark",), ("escape", "3", "enter"), ("t",), ("t", "G")):  # fmt: skip
            await learner.press(*keys)
            # Scroll bars and the edge of a field are Textual's; the ellipsis and the quotes are text.
            odd = {sign for sign in learner.text if not sign.isascii()} - set("▁▂▃▄▅▆▇█▌▔▏▕…“”")
            assert not odd, learner.text
        assert isinstance(learner.app.screen, LessonScreen)  # or its signs would not have been looked at


async def test_the_first_page_comes_up_where_tasks_begin_at_once(open_app: OpenApp, no_bundle: None) -> None:
    """As Textual has them do from Python 3.12 on, which `run_test` does not show."""
    loop = asyncio.get_running_loop()
    eager = getattr(asyncio, "eager_task_factory", lambda loop, work, **rest: asyncio.Task(work, loop=loop, **rest))
    loop.set_task_factory(eager)
    async with open_app() as learner:
        assert isinstance(learner.app.screen, RegisterScreen)
        assert loop.get_task_factory() is None


@pytest.mark.parametrize("key", ["1", "C"], ids=["home", "certificates"])
async def test_a_page_that_comes_up_counts_once_what_is_due(
    open_app: OpenApp, sign_up: SignUp, no_bundle: None, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("1", "2")
        counted = []
        monkeypatch.setattr(learner.app, "count_due", lambda: counted.append(1))
        await learner.press(key)
    assert counted == [1]


async def palette(learner: Learner, words: str, found: str) -> None:
    await learner.press("ctrl+p")
    await learner.type(words)
    await learner.until(lambda: found in learner.text)
    await learner.press("enter")
    await learner.until(lambda: not isinstance(learner.app.screen, CommandPalette))
    await learner.settle()


async def test_the_palette_knows_themes_about_and_the_way_out(
    open_app: OpenApp, sign_up: SignUp, no_bundle: None
) -> None:
    sign_up()
    async with open_app() as learner:
        await palette(learner, "theme: light", "Theme: light")
        assert learner.app.theme == "azora-light"
        await palette(learner, "about", "About azora")
        assert isinstance(learner.app.screen, AboutDialog)
        await learner.press("escape")
        await palette(learner, "sign out", "Sign out")
        assert isinstance(learner.app.screen, SignInScreen)


async def test_the_palette_offers_nothing_of_an_account_to_nobody(open_app: OpenApp, no_bundle: None) -> None:
    async with open_app() as learner:
        titles = {command.title for command in learner.app.get_system_commands(learner.app.screen)}
        assert not titles & {"Change password", "Sign out", "Account", "Catalog", "My learning"}
        assert "About azora" in titles


async def test_no_command_stands_twice_in_the_palette(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        for key in ("2", "enter", "3"):
            await learner.press(key)
            titles = [command.title for command in learner.app.get_system_commands(learner.app.screen)]
            assert sorted(titles) == sorted(set(titles))


async def test_about_says_where_ones_data_lies(
    open_app: OpenApp, sign_up: SignUp, no_bundle: None, paths: Paths
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("a", "i")
        assert str(paths.home)[:40] in learner.text
        assert "MIT" in learner.text


async def test_quitting_while_something_is_loading(open_app: OpenApp, sign_up: SignUp, library: dict[str, int]) -> None:
    sign_up()
    async with open_app(before=lambda services: services.hold(enrolling.my_courses)) as learner:
        await learner.quit()
    assert learner.app.return_code == 0


async def test_animations_are_off_unless_they_are_wanted(make_services: object) -> None:
    services = make_services()  # type: ignore[operator]
    assert AzoraApp(services, Settings()).animation_level == "none"
    services.close()


async def test_no_sign_of_the_palette_is_an_emoji(open_app: OpenApp, sign_up: SignUp, no_bundle: None) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("ctrl+p")
        await learner.until(lambda: "About azora" in learner.text)
        assert not [sign for sign in learner.text if ord(sign) >= 0x1F000]


async def test_a_key_pressed_twice_opens_one_dialog(open_app: OpenApp, sign_up: SignUp, no_bundle: None) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.type("aa")
        assert len(learner.app.screen_stack) == 2
        await learner.press("escape")
        assert len(learner.app.screen_stack) == 1


async def test_a_page_that_asks_twice_for_another_gets_it_once(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    """Two keys can come before the page that the first one opens."""
    sign_up()
    async with open_app() as learner:
        await learner.press("2")
        page = learner.app.screen
        assert isinstance(page, CatalogScreen)
        page.open_course(library["weaving"], "Weaving with Grass")
        page.open_course(library["weaving"], "Weaving with Grass")
        page.open_lesson(1, "The First Knot")
        await learner.settle()
        assert [type(screen).__name__ for screen in learner.app.screen_stack] == ["CatalogScreen", "CourseDetailScreen"]


async def test_a_theme_is_seen_before_it_is_kept(
    open_app: OpenApp, sign_up: SignUp, no_bundle: None, paths: Paths
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("a", "t")
        assert "dark   " in learner.text
        assert "✓ in use" in learner.text
        await learner.press("j")
        assert learner.app.theme == "azora-light"
        assert load_settings(paths.settings).theme == "azora-dark", "it is only being looked at"
        await learner.press("escape")
        assert learner.app.theme == "azora-dark"
        await learner.press("a", "t", "j", "j", "enter")
        assert learner.app.theme == "azora-contrast"
        await learner.quit()
    assert load_settings(paths.settings).theme == "azora-contrast"


async def test_the_palette_names_what_a_key_acts_on(
    open_app: OpenApp, sign_up: SignUp, library: dict[str, int]
) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("2", "ctrl+p")
        await learner.type("enrol")
        await learner.until(lambda: "Enrol: " in learner.text)


async def test_who_may_not_import_is_told_who_may(open_app: OpenApp, sign_up: SignUp, no_bundle: None) -> None:
    sign_up(keep=False)
    sign_up("Kofi", "kofi@example.org")
    async with open_app() as learner:
        await learner.press("ctrl+p")
        await learner.type("import a course")
        await learner.until(lambda: "Import a course" in learner.text)
        await learner.press("enter")
        assert isinstance(learner.app.screen, HomeScreen)
        assert "instructors and by the admin" in learner.said


async def test_the_import_form_belongs_to_no_area(open_app: OpenApp, sign_up: SignUp, no_bundle: None) -> None:
    sign_up()
    async with open_app(fixtures.NARROW) as learner:
        assert f"Home 1/{len(ALL_AREAS)}" in learner.lines[0]
        learner.app.action_import_course()
        await learner.settle()
        assert "1/" not in learner.lines[0]
        assert "Home" not in learner.lines[0]
