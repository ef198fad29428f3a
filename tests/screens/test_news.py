"""What is new stands on Home at once, one key goes to it, and what was read leaves Home."""

from collections.abc import Callable

import pytest

from azora_tui.errors import StorageError
from azora_tui.lms import catalog, enrolling, home, news, tasks
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import announcing, marking, messages
from azora_tui.models.accounts import Claims
from azora_tui.screens import watching
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.link import LinkDialog
from azora_tui.screens.news import NewsScreen
from azora_tui.screens.task import TaskScreen
from azora_tui.widgets.continue_card import ContinueCard
from azora_tui.widgets.news_line import NewsLine
from tests.conftest import Clock, claims_of
from tests.screens.conftest import HOME, NARROW, SIZES, WIDE, Learner, OpenApp, SignUp
from tests.teaching import knots
from tests.told import told

TEACHER = claims_of(9, role="admin", name="Elara")


@pytest.fixture
def claims(sign_up: SignUp, lms: Lms, clock: Clock, library: dict[str, int]) -> Claims:
    """Thandi, who has been in two courses for an hour."""
    claims = sign_up()
    for slug in ("clay", "weaving"):
        enrolling.enroll(lms, claims, library[slug])
    clock.advance(hours=1)
    return claims


@pytest.fixture
def say(lms: Lms, clock: Clock, claims: Claims, library: dict[str, int]) -> Callable[[str], None]:
    """Announce something in weaving, a minute after what was announced before."""

    def announce(text: str) -> None:
        announcing.announce(lms, TEACHER, library["weaving"], text)
        clock.advance(minutes=1)

    return announce


def line(learner: Learner) -> str:
    """What stands between the line on top and the card."""
    return learner.lines[2].strip()


async def test_home_has_it_and_n_goes_to_it_until_it_is_read(open_app: OpenApp, say: Callable[[str], None]) -> None:
    say("Bring **dry** grass.\n\nAnd a needle.")
    async with open_app() as learner:
        assert line(learner) == "New  Elara in Weaving with Grass: Bring dry grass. And a needle.     1 min"
        assert "n news" in learner.lines[-1]
        await learner.press("n")
        assert isinstance(learner.app.screen, NewsScreen)
        assert "Elara in Weaving with Grass" in learner.lines[2]
        assert "1 of 1 new" in learner.lines[2]
        assert "And a needle." in learner.text
        assert "That is all that is new." in learner.text
        await learner.press("escape")
        assert isinstance(learner.app.screen, HomeScreen)
        assert line(learner) == ""
        assert "n news" not in learner.lines[-1]
        assert learner.app.screen.query_one(ContinueCard).has_focus


async def test_several_are_read_one_after_the_other(
    open_app: OpenApp, lms: Lms, claims: Claims, library: dict[str, int], clock: Clock, say: Callable[[str], None]
) -> None:
    say("The first")
    messages.write(lms, TEACHER, library["clay"], claims.user_id, "The second")
    clock.advance(minutes=1)
    say("The third")
    async with open_app() as learner:
        assert line(learner).startswith("3 new  Elara in Weaving with Grass: The third")
        await learner.press("n")
        assert "That is all" not in learner.text
        await learner.press("n")
        assert "Elara to you, in Numbers in Clay" in learner.lines[2]
        assert "2 of 3 new" in learner.lines[2]
        assert "The second" in learner.text
        await learner.press("p")
        assert "The third" in learner.text
        await learner.press("p")
        assert "The third" in learner.text, "there is none before it"
        await learner.press("escape")
        assert line(learner).startswith("New  Elara in Weaving with Grass: The first"), "that one was not opened"
        await learner.press("n", "n", "escape", "N", "n", "n", "n", "n")
        assert "The first" in learner.text
        assert "3 min · read" in learner.lines[2]


async def test_what_is_said_while_home_is_open_comes_by_itself_and_moves_nothing(
    open_app: OpenApp, say: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.02)
    async with open_app() as learner:
        before = learner.lines
        say("Come at nine.")
        await learner.until(lambda: "Come at nine." in learner.text)
        assert learner.lines[3:-1] == before[3:-1]
        assert learner.lines[:2] == before[:2]
        assert learner.app.screen.query_one(ContinueCard).has_focus


async def test_what_is_withdrawn_leaves_home_by_itself(
    open_app: OpenApp, lms: Lms, library: dict[str, int], say: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    say("Come at nine.")
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.02)
    async with open_app() as learner:
        [announced] = announcing.announcements(lms, TEACHER, library["weaving"])
        announcing.withdraw(lms, TEACHER, library["weaving"], announced.id)
        await learner.until(lambda: "Come at nine." not in learner.text)
        assert line(learner) == ""


@pytest.mark.parametrize("size", [HOME, WIDE, NARROW])
async def test_the_first_paint_keeps_its_room(
    open_app: OpenApp, say: Callable[[str], None], size: tuple[int, int]
) -> None:
    for number in range(5):
        say(f"Number {number}")
    async with open_app(size, before=lambda services: services.hold(home.page)) as learner:
        before = learner.lines
        learner.services.release()
        await learner.settle()
        after = learner.lines
        assert line(learner).startswith("5 new")
    for word in ("This week", "Last week", "Streak", "Rest days", "Mon", "Wed"):
        at = [[(y, each.index(word)) for y, each in enumerate(lines) if word in each] for lines in (before, after)]
        assert at[0]
        assert at[0] == at[1], word


async def test_a_click_on_it_opens_it_and_one_on_nothing_does_not(
    open_app: OpenApp, say: Callable[[str], None]
) -> None:
    async with open_app() as learner:
        await learner.pilot.click(NewsLine)
        await learner.settle()
        assert isinstance(learner.app.screen, HomeScreen)
        say("Come at nine.")
        await learner.press("ctrl+r")
        await learner.pilot.click(NewsLine)
        await learner.settle()
        assert isinstance(learner.app.screen, NewsScreen)


async def test_what_was_read_is_found_again(
    open_app: OpenApp, lms: Lms, claims: Claims, say: Callable[[str], None]
) -> None:
    async with open_app() as learner:
        assert "n news" not in learner.lines[-1]
        await learner.press("n", "N")
        assert "Nothing was said to you yet." in learner.text
        await learner.press("n", "p", "l", "escape")
        assert isinstance(learner.app.screen, HomeScreen)
        say("Come at nine.")
        news.mark_read(lms, claims, news.news(lms, claims))
        await learner.press("N")
        assert "Come at nine." in learner.text
        assert "· read" in learner.lines[2]
        assert "That is all" not in learner.text


async def test_who_is_in_no_course_has_no_news(open_app: OpenApp, sign_up: SignUp, library: dict[str, int]) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("n", "N")
        assert isinstance(learner.app.screen, HomeScreen)


async def test_an_answer_to_what_was_handed_in_leads_to_its_task(open_app: OpenApp, lms: Lms, claims: Claims) -> None:
    course = knots(lms)
    enrolling.enroll(lms, claims, course)
    lesson = catalog.detail(lms, claims, course).lessons[3]
    version = tasks.hand_in(lms, claims, lesson.id, "sheet-bend", "First the thicker rope.")
    async with open_app() as learner:
        marking.answer(lms, claims_of(9, role="admin", name="Elara"), version.id, accepted=False, words="Then *how*?")
        await learner.press("ctrl+r")
        assert line(learner).startswith("New  Elara on The sheet bend, in words: More is asked for. Then how?")
        await learner.press("n")
        assert isinstance(learner.app.screen, TaskScreen)
        assert "Then how?" in learner.words
        await learner.press("escape")
        assert not line(learner)
        await learner.press("N", "l")
        assert isinstance(learner.app.screen, TaskScreen)


async def test_what_cannot_be_noted_as_read_stays_and_says_so(open_app: OpenApp, say: Callable[[str], None]) -> None:
    say("Come at nine.")
    async with open_app() as learner:
        learner.services.fail(news.mark_read, told(StorageError, "The disk is full."))
        await learner.press("n")
        assert "Come at nine." in learner.text
        assert "It stays on Home. The disk is full." in learner.said
        await learner.press("escape")
        assert line(learner).startswith("New")


async def test_a_key_waits_until_it_is_noted_as_read(open_app: OpenApp, say: Callable[[str], None]) -> None:
    say("Come at nine.")
    async with open_app() as learner:
        learner.services.hold(news.mark_read)
        await learner.press("n", "escape")
        assert isinstance(learner.app.screen, NewsScreen), "or Home would show it once more"
        learner.services.release()
        await learner.settle()
        assert isinstance(learner.app.screen, HomeScreen)
        assert line(learner) == ""


async def test_news_that_cannot_be_read_say_so_and_are_read_anew(open_app: OpenApp, say: Callable[[str], None]) -> None:
    say("Come at nine.")
    async with open_app() as learner:
        learner.services.fail(news.news, told(StorageError, "Nothing came."))
        await learner.press("n")
        assert "Nothing came. ctrl+r tries again." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "Come at nine." in learner.text
        learner.services.fail(news.news, told(StorageError, "Nothing came."))
        await learner.press("ctrl+r")
        assert "Come at nine." not in learner.text
        assert "Elara" not in learner.text
        await learner.press("n", "p")


async def test_a_home_that_cannot_be_read_shows_no_old_news(open_app: OpenApp, say: Callable[[str], None]) -> None:
    say("Come at nine.")
    async with open_app() as learner:
        learner.services.fail(home.page, told(StorageError, "Nothing came."))
        await learner.press("ctrl+r")
        assert "Come at nine." not in learner.text


async def test_a_link_is_asked_about_before_it_is_opened(open_app: OpenApp, say: Callable[[str], None]) -> None:
    say("See [the market](https://example.org/market).")
    async with open_app() as learner:
        await learner.press("n", "tab", "enter")
        assert isinstance(learner.app.screen, LinkDialog)


async def test_whatever_they_are_called_and_write_is_text(
    open_app: OpenApp, lms: Lms, library: dict[str, int], claims: Claims
) -> None:
    who = claims_of(9, role="admin", name="\x1b[31mEl[bold]ara\u202e\n[/]")
    announcing.announce(lms, who, library["weaving"], "\x1b]0;title\x07[red]\u202eNow[/red]\x9b31m")
    with lms.database.write() as transaction:
        transaction.execute("UPDATE announcements SET text = :text", {"text": "\x1b[2J[red]\u202eNow[/red]\x9b31m"})
    async with open_app() as learner:
        assert line(learner).startswith("New  [31mEl[bold]ara [/] in Weaving with Grass: [2J[red]Now[/red]31m")
        await learner.press("n")
        assert "[31mEl[bold]ara [/] in Weaving" in learner.lines[2]
        assert "[red]Now[/red]" in learner.text
        for text in learner.lines:
            assert text.isprintable()


@pytest.mark.parametrize("size", SIZES)
async def test_it_has_room_in_every_window(
    open_app: OpenApp, say: Callable[[str], None], size: tuple[int, int]
) -> None:
    say("word " * 500)
    async with open_app(size) as learner:
        await learner.press("n", "space", "n", "p", "escape")
        assert len(learner.strips) == size[1]


async def test_in_ascii(open_app: OpenApp, say: Callable[[str], None]) -> None:
    say("word " * 500)
    async with open_app(ascii_only=True) as learner:
        assert learner.text.isascii()
        await learner.press("n")
        assert learner.text.isascii()
