"""Keys are declared once: line of keys, help and palette come from there, and a person can change them."""

from collections import defaultdict

import pytest
from textual.command import CommandPalette
from textual.screen import Screen

from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.screens.account import AboutDialog, AccountDialog
from azora_tui.screens.help import HelpScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.settings import Settings
from azora_tui.tui.app import AzoraApp
from azora_tui.widgets.key_bar import screen_keys
from tests.keys_page import bindings
from tests.screens.conftest import HOME, NARROW, SMALL, WIDE, OpenApp, SignUp

# Not every terminal hands these on (FACTS 5).
SWALLOWED = ("ctrl+j", "ctrl+s", "ctrl+enter", "ctrl+m", "ctrl+i", "ctrl+h", "ctrl+z", "shift+enter", "ctrl+space")


def test_every_key_has_a_name_by_which_a_person_can_change_it() -> None:
    for owner, binding in bindings():
        assert binding.id, f"{owner.__name__}: {binding.key}"
        assert binding.description, f"{owner.__name__}: {binding.key}"


def test_a_name_means_one_action() -> None:
    actions: defaultdict[str, set[str]] = defaultdict(set)
    for _, binding in bindings():
        actions[str(binding.id)].add(binding.action)
    assert {name: done for name, done in actions.items() if len(done) > 1} == {}


def test_no_key_that_many_terminals_swallow_stands_alone() -> None:
    keys: defaultdict[tuple[type, str], set[str]] = defaultdict(set)
    for owner, binding in bindings():
        keys[owner, binding.action].add(binding.key)
    for (owner, action), each in keys.items():
        if action == "suspend_process":
            continue  # which is what the terminal itself would do with ctrl+z
        plain = {key for key in each if not doubtful(key)}
        assert plain, f"{owner.__name__}: {action} can only be done with {each}"


def doubtful(key: str) -> bool:
    parts = key.split("+")
    return key in SWALLOWED or "alt" in parts or "super" in parts or (parts[-1][0] == "f" and parts[-1][1:].isdigit())


def test_no_page_gives_one_key_two_meanings() -> None:
    for owner, binding in bindings():
        same = [other for each, other in bindings() if each is owner and other.key == binding.key]
        assert len(same) == 1, f"{owner.__name__}: {binding.key}"


PAGES = {
    "home": (),
    "rest days": ("r",),
    "my learning": ("3",),
    "catalog": ("2",),
    "filter": ("2", "slash"),
    "course": ("o",),
    "lesson": ("enter",),
    "lesson's end": ("enter", "G"),
    "contents": ("enter", "t"),
    "find": ("enter", "slash"),
    "account": ("a",),
    "password": ("a", "p"),
    "about": ("a", "i"),
    "help": ("question_mark",),
}


@pytest.fixture
def enrolled(sign_up: SignUp, library: dict[str, int], lms: Lms) -> None:
    enrolling.enroll(lms, sign_up(), library["weaving"])


@pytest.mark.parametrize("page", PAGES)
async def test_the_line_of_keys_is_short_and_true(open_app: OpenApp, enrolled: None, page: str) -> None:
    async with open_app(WIDE) as learner:
        await learner.press(*PAGES[page])
        line = learner.lines[-1]
        entries = [entry for entry in line.strip().split("  ") if entry.strip()]
        left = [entry for entry in entries if "ctrl+q" not in entry]
        assert len(left) <= 6, line
        if not learner.app.screen.is_modal:
            assert "ctrl+q quit" in line


@pytest.mark.parametrize("page", PAGES)
async def test_no_key_in_the_line_is_cut(open_app: OpenApp, enrolled: None, page: str) -> None:
    async with open_app() as learner:
        await learner.press(*PAGES[page])
        for size in (HOME, NARROW, SMALL):
            await learner.resize(size)
            known = {f"{keys[0]} {binding.description}" for keys, binding, _ in screen_keys(learner.app.screen)}
            shown = {entry.strip() for entry in learner.lines[-1].split("  ") if entry.strip()}
            assert shown <= known
            assert shown


@pytest.mark.parametrize("page", PAGES)
async def test_ctrl_q_quits_from_everywhere(open_app: OpenApp, enrolled: None, page: str) -> None:
    async with open_app() as learner:
        await learner.press(*PAGES[page])
        await learner.quit()
        assert learner.app.return_code == 0


async def test_a_click_on_a_key_is_that_key(open_app: OpenApp, enrolled: None) -> None:
    async with open_app() as learner:
        place = learner.lines[-1].index("? help")
        await learner.pilot.click(offset=(place, 23))
        await learner.settle()
        assert isinstance(learner.app.screen, HelpScreen)


async def test_what_cannot_be_done_does_not_stand_there(open_app: OpenApp, enrolled: None) -> None:
    async with open_app(WIDE) as learner:
        await learner.press("2", "slash", *"weaving", "enter", "enter")
        assert "u undo" not in learner.lines[-1]
        assert "l leave" in learner.lines[-1]
        await learner.press("l")
        assert "u undo" in learner.lines[-1]
        assert "l leave" not in learner.lines[-1]
        await learner.press("u", "c")
        assert "enter done" not in learner.lines[-1]
        await learner.press("G")
        assert "enter done" in learner.lines[-1]
        await learner.press("m")
        assert "m mark" not in learner.lines[-1]


async def test_the_filter_says_what_its_keys_do(open_app: OpenApp, enrolled: None) -> None:
    async with open_app() as learner:
        await learner.press("2")
        assert "esc clear" not in learner.lines[-1], "nothing is narrowed"
        await learner.press("slash")
        for words in ("enter to the courses", "down into the list", "esc clear"):
            assert words in learner.lines[-1]
        await learner.type("weav")
        await learner.press("enter")
        assert "esc clear" in learner.lines[-1]
        await learner.press("escape")
        assert "esc clear" not in learner.lines[-1]


async def test_a_course_that_one_is_enrolled_in_offers_no_enrolling(open_app: OpenApp, enrolled: None) -> None:
    async with open_app(WIDE) as learner:
        await learner.press("2", "slash", *"weaving", "enter")
        assert "e enrol" not in learner.lines[-1]
        await learner.press("enter")
        assert "e enrol" not in learner.lines[-1]
        await learner.press("e")
        assert "Already enrolled in this course" in learner.words, "it says how things stand"
        await learner.press("escape", "escape", "enter")
        assert "e enrol" in learner.lines[-1]
        await learner.press("e")
        assert "[ Start ]" in learner.text
        assert "e enrol" not in learner.lines[-1]


async def test_a_person_can_change_keys_everywhere_at_once(open_app: OpenApp, enrolled: None) -> None:
    keys = {"catalog.sort": "z", "app.help": "h", "list.down": "down,ctrl+n"}
    async with open_app(WIDE, settings=Settings(keys=keys)) as learner:
        await learner.press("2")
        assert "z sort" in learner.lines[-1]
        assert "s sort" not in learner.lines[-1]
        assert "h help" in learner.lines[-1]
        await learner.press("s")
        assert "by title" in learner.text
        await learner.press("z")
        assert "by newest" in learner.text
        cursor = learner.app.screen.query_one("#courses").cursor  # type: ignore[attr-defined]
        await learner.press("j")
        assert learner.app.screen.query_one("#courses").cursor == cursor  # type: ignore[attr-defined]
        await learner.press("ctrl+n")
        assert learner.app.screen.query_one("#courses").cursor == cursor + 1  # type: ignore[attr-defined]
        await learner.press("h")
        assert isinstance(learner.app.screen, HelpScreen)
        assert "z sort" in learner.words


@pytest.mark.parametrize(
    "keys",
    [
        {"catalog.sort": ""},
        {"app.quit": "é,§§,ctrl+"},
        {"no.such": "x"},
        {"catalog.sort": ",,,"},
        {"": ""},
        {"app.help": "[/x]"},
    ],
)
async def test_keys_that_make_no_sense_do_no_harm(open_app: OpenApp, enrolled: None, keys: dict[str, str]) -> None:
    async with open_app(settings=Settings(keys=keys)) as learner:
        await learner.press("2", "a", "escape", "question_mark", "escape")
        assert "6 courses" in learner.text


@pytest.mark.parametrize("page", ["home", "catalog", "course", "lesson", "my learning"])
async def test_help_names_every_key_of_the_page(open_app: OpenApp, enrolled: None, page: str) -> None:
    async with open_app((120, 60)) as learner:
        await learner.press(*PAGES[page])
        screen = learner.app.screen
        wanted = {
            active.binding.description
            for active in screen.active_bindings.values()
            if active.binding.id and active.binding.description
        }
        await learner.press("question_mark")
        assert isinstance(learner.app.screen, HelpScreen)
        seen = learner.text
        await learner.press("G")
        seen += learner.text
        for description in wanted:
            assert description in seen
        await learner.press("q")
        assert learner.app.screen is screen


async def test_every_key_of_help_can_be_seen_in_a_small_terminal(open_app: OpenApp, enrolled: None) -> None:
    async with open_app(SMALL) as learner:
        await learner.press("2", "question_mark")
        seen = learner.words
        for _ in range(20):
            await learner.press("pagedown")
            seen += learner.words
        assert "ctrl+q" in seen
        await learner.press("escape")


async def test_the_palette_does_what_a_key_does(open_app: OpenApp, enrolled: None) -> None:
    async with open_app() as learner:
        await learner.press("2", "ctrl+p")
        await learner.type("sort")
        await learner.until(lambda: "key: s" in learner.text)
        await learner.press("enter")
        await learner.until(lambda: not isinstance(learner.app.screen, CommandPalette))
        await learner.settle()
        assert "by newest" in learner.text


async def test_the_account_dialog_leads_on_by_its_keys(open_app: OpenApp, enrolled: None) -> None:
    async with open_app() as learner:
        await learner.press("a")
        assert isinstance(learner.app.screen, AccountDialog)
        await learner.press("i")
        assert isinstance(learner.app.screen, AboutDialog)
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_a_dialog_opens_no_second_one_of_its_kind(open_app: OpenApp, enrolled: None) -> None:
    async with open_app() as learner:
        await learner.press("question_mark", "question_mark")
        assert isinstance(learner.app.screen, HomeScreen)
        await learner.press("a", "a", "2")
        assert isinstance(learner.app.screen, AccountDialog)
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)


def test_no_screen_hides_ctrl_q() -> None:
    assert any(binding.key == "ctrl+q" for owner, binding in bindings() if owner is AzoraApp)
    assert not any(binding.key == "ctrl+q" for owner, binding in bindings() if issubclass(owner, Screen))
