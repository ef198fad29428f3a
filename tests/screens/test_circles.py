"""The area Circles: what is new, making and joining a circle, its board, and what others write meanwhile."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from textual.widgets import TextArea

from azora_tui.data.transaction import values
from azora_tui.errors import StorageError
from azora_tui.lms import enrolling
from azora_tui.lms.service import Lms
from azora_tui.lms.together import boards, circles, connections, inbox, moderation, reporting
from azora_tui.lms.together.access import tell
from azora_tui.models.accounts import Claims
from azora_tui.models.circles import Circle, Thread
from azora_tui.screens import opening_notices, watching
from azora_tui.screens.circle import CircleScreen
from azora_tui.screens.circle_dialogs import CourseDialog, LeaveDialog
from azora_tui.screens.circles import CirclesScreen
from azora_tui.screens.connections import ConnectionsScreen
from azora_tui.screens.course_detail import CourseDetailScreen
from azora_tui.screens.help_wanted import HelpWantedScreen
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.people_found import PeopleFoundScreen
from azora_tui.screens.profile import PersonScreen
from azora_tui.screens.wisdom_dialogs import SayingDialog
from azora_tui.screens.writing import WritingDialog
from azora_tui.wording import inbox as inbox_words
from tests.conftest import Clock, claims_of
from tests.screens.conftest import HOME, NARROW, SMALL, WIDE, OpenApp, SignUp
from tests.screens.test_hostile import HOSTILE, look
from tests.together_circles import UNTIL, block
from tests.told import told

JO, KOFI = (claims_of(number, name=name) for number, name in ((12, "Jo"), (13, "Kofi")))
DISK = told(StorageError, "The disk did not give the data.")


@pytest.fixture
def thandi(sign_up: SignUp, library: dict[str, int], lms: Lms) -> Claims:
    claims = sign_up()
    for each in (claims, JO, KOFI):
        enrolling.enroll(lms, each, library["weaving"])
    return claims


@pytest.fixture
def circle(lms: Lms, thandi: Claims, library: dict[str, int]) -> Circle:
    """Thandi's, with Jo in it."""
    made = circles.make(lms, thandi, library["weaving"], name="Three baskets", goal="a rim that holds", until=UNTIL)
    circles.join(lms, JO, made.word)
    boards.mark_seen(lms, thandi, made.id)
    return made


def threads(lms: Lms, claims: Claims, circle_id: int) -> list[Thread]:
    return list(boards.page(lms, claims, circle_id).threads)


# Making and joining


async def test_a_circle_is_made_and_its_page_opens(open_app: OpenApp, thandi: Claims, lms: Lms) -> None:
    async with open_app() as learner:
        await learner.press("5")
        assert isinstance(learner.app.screen, CirclesScreen)
        assert "You are in no circle yet, and nothing is new." in learner.words
        await learner.press("n")
        await learner.fill("Three baskets", "a rim that holds", "2026-12-24")
        assert isinstance(learner.app.screen, CircleScreen)
        (made,) = circles.mine(lms, thandi)
        assert (made.name, made.goal, made.until) == ("Three baskets", "a rim that holds", date(2026, 12, 24))
        assert "Nobody has written here yet. n writes" in learner.words
        await learner.press("i")
        assert " ".join(made.word) in learner.text
        await learner.press("enter", "escape")
        assert "1 person, waiting for others" in learner.text
        assert " ".join(made.word) in learner.text


async def test_with_several_courses_it_is_asked_which(
    open_app: OpenApp, thandi: Claims, lms: Lms, library: dict[str, int], clock: Clock
) -> None:
    clock.advance(minutes=1)
    enrolling.enroll(lms, thandi, library["clay"])
    async with open_app() as learner:
        await learner.press("5", "n")
        assert isinstance(learner.app.screen, CourseDialog)
        await learner.press("down", "enter")
        assert "A circle around Weaving with Grass" in learner.text
        await learner.press("escape")
        await learner.press("n", "escape")
        assert isinstance(learner.app.screen, CirclesScreen)
    assert circles.mine(lms, thandi) == ()


async def test_who_is_in_no_course_is_told_so(open_app: OpenApp, sign_up: SignUp, library: dict[str, int]) -> None:
    sign_up()
    async with open_app() as learner:
        await learner.press("5", "n")
        assert "you are in none yet" in learner.said


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        (("", "y", "2026-12-24"), "name", "needs a name"),
        (("x", "", "2026-12-24"), "goal", "needs a goal"),
        (("x", "y", "2026-11-21"), "until", "is over"),
        (("x", "y", "Sunday"), "until", "such as 2027-03-01"),
    ],
)
async def test_what_cannot_be_taken_is_said_in_its_field(
    open_app: OpenApp, thandi: Claims, lms: Lms, values: tuple[str, ...], field: str, said: str
) -> None:
    async with open_app() as learner:
        await learner.press("5", "n")
        await learner.fill(*values)
        assert said in learner.note(field)
    assert circles.mine(lms, thandi) == ()


async def test_a_wrong_word_is_said_and_the_right_one_leads_in(
    open_app: OpenApp, thandi: Claims, lms: Lms, library: dict[str, int]
) -> None:
    made = circles.make(lms, JO, library["weaving"], name="Jo's", goal="y", until=UNTIL)
    async with open_app() as learner:
        await learner.press("5", "w")
        await learner.fill("nobody-11")
        assert "No circle has this word" in learner.words
        learner.field("word").value = ""
        await learner.fill(made.word.upper().replace("-", " "))
        assert isinstance(learner.app.screen, CircleScreen)
        assert "Jo's" in learner.text
        assert "2 people, waiting for others" in learner.text
    assert len(circles.mine(lms, thandi)) == 1


# What is new


async def test_the_number_on_the_line_on_top_and_what_is_new(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle
) -> None:
    boards.post(lms, JO, circle.id, "Who has *dry* grass?")
    async with open_app() as learner:
        assert "5 Circles 1" in learner.lines[0]
        await learner.press("5")
        assert "Three baskets: Jo posted" in learner.text
        assert "│ Who has dry grass?" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, CircleScreen)
        assert "5 Circles 1" not in learner.lines[0]
        await learner.press("escape")
        assert "Jo posted" not in learner.text
        assert "2 people, waiting for others" in learner.text


async def test_all_is_read_with_one_key(open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle) -> None:
    boards.post(lms, JO, circle.id, "One")
    boards.post(lms, JO, circle.id, "Two")
    async with open_app() as learner:
        await learner.press("5", "x")
        assert "Nothing is new any more." in learner.words
        assert "5 Circles 2" not in learner.lines[0]
        assert learner.app.screen.check_action("read", ()) is False
    assert inbox.count(lms, thandi) == 0


async def test_who_asks_to_be_connected_waits(open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle) -> None:
    with lms.database.write() as transaction:
        ((id_,),) = transaction.execute(
            """
            INSERT INTO connections (uuid, asker_id, asked_id, words, asked_at)
            VALUES ('asks', 12, :asked, 'Shall we?', :at) RETURNING id
            """,
            {"asked": thandi.user_id, "at": lms.now_text()},
        )
        tell(lms, transaction, thandi.user_id, "connection_asked", id_, actor_id=12)
    async with open_app() as learner:
        assert "5 Circles 1" in learner.lines[0]
        await learner.press("5")
        assert "Waiting for you" in learner.text
        assert "Jo asks to be connected with you" in learner.text
        assert "│ Shall we?" in learner.text
        await learner.press("enter")
        assert "5 Circles 1" not in learner.lines[0]
        assert isinstance(learner.app.screen, PersonScreen)
        await learner.press("c", "escape")
        assert "Jo asks to be connected with you" not in learner.text
    assert [each.name for each in connections.mine(lms, thandi).connected] == ["Jo"]


def test_every_kind_of_notice_has_its_words_and_opens_something(lms: Lms) -> None:
    with lms.database.read() as transaction:
        kinds = set(values(transaction, "SELECT kind FROM notice_kinds"))
    kinds -= {"connection_asked"}  # which waits as a request
    assert kinds == set(opening_notices._OPENERS) == set(inbox_words._LINES)


@pytest.mark.parametrize("key", ["f", "c", "h"])
async def test_from_here_one_finds_people_and_who_needs_help(open_app: OpenApp, thandi: Claims, key: str) -> None:
    async with open_app() as learner:
        await learner.press("5", key)
        kinds = {"f": PeopleFoundScreen, "c": ConnectionsScreen, "h": HelpWantedScreen}
        assert isinstance(learner.app.screen, kinds[key])
        await learner.press("escape")
        assert isinstance(learner.app.screen, CirclesScreen)


@pytest.mark.parametrize("where", ["lesson", "course", "nowhere", "opener"])
async def test_what_enter_opens_goes_by_kind_and_place(
    open_app: OpenApp,
    thandi: Claims,
    lms: Lms,
    library: dict[str, int],
    lesson_ids: Callable[[int], dict[str, int]],
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    course = library["weaving"]
    lesson = lesson_ids(course)["lesson-1"]
    with lms.database.write() as transaction:
        transaction.execute("INSERT INTO notice_kinds (kind) VALUES ('smoke_signalled')")
        tell(
            lms,
            transaction,
            thandi.user_id,
            "smoke_signalled",
            7,
            actor_id=12,
            course_id=None if where == "nowhere" else course,
            lesson_id=lesson if where in ("lesson", "opener") else None,
        )
    opened: list[int] = []
    if where == "opener":
        monkeypatch.setitem(
            opening_notices._OPENERS, "smoke_signalled", lambda _, notice: opened.append(notice.about_id)
        )
    async with open_app() as learner:
        await learner.press("5", "enter")
        screen = learner.app.screen
        assert isinstance(screen, LessonScreen) is (where == "lesson")
        assert isinstance(screen, CourseDetailScreen) is (where == "course")
        assert ("That is all there is of it." in learner.text) is (where == "nowhere")
        assert opened == ([7] if where == "opener" else [])
    assert inbox.count(lms, thandi) == 0


# The board


async def test_writing_replying_editing_and_deleting(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle, clock: Clock
) -> None:
    async with open_app() as learner:
        await learner.press("5", "enter", "n")
        await learner.type("Who has dry grass?")
        await learner.press("ctrl+s")
        (thread,) = threads(lms, thandi, circle.id)
        assert thread.post.text == "Who has dry grass?"
        assert "│ Who has dry grass?" in learner.text
        await learner.press("enter")
        await learner.type("I found some")
        await learner.press("ctrl+s", "down")
        assert [each.text for each in threads(lms, thandi, circle.id)[0].replies] == ["I found some"]
        await learner.press("e")
        assert learner.app.screen.query_one(TextArea).text == "I found some"
        await learner.type(".")
        await learner.press("ctrl+s")
        assert "│ I found some." in learner.text
        assert "changed · now" in learner.text
        await learner.press("up", "d", "down")
        assert "Delete this post?" in learner.text
        await learner.press("tab", "enter")
        assert len(threads(lms, thandi, circle.id)) == 1
        await learner.press("d", "enter")
        assert "A post that was taken back" in learner.text
        assert "Who has dry grass" not in learner.text
        await learner.press("r")
        assert isinstance(learner.app.screen, WritingDialog)
        assert "You: I found some." in learner.words
        await learner.press("escape")


async def test_only_one_s_own_post_is_edited_and_deleted(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle
) -> None:
    boards.post(lms, JO, circle.id, "Jo's")
    async with open_app() as learner:
        await learner.press("5", "G", "enter", "e", "d")
        assert isinstance(learner.app.screen, CircleScreen)
        assert learner.app.screen.check_action("edit", ()) is False
        assert "edit" not in learner.lines[-1]


async def test_who_wrote_a_post_is_a_key_away_and_so_is_blocking_them(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle
) -> None:
    boards.post(lms, thandi, circle.id, "Mine")
    boards.post(lms, JO, circle.id, "Of Jo")
    async with open_app() as learner:
        await learner.press("5", "G", "enter")
        assert "Of Jo" in learner.text
        await learner.press("p")
        assert isinstance(learner.app.screen, PersonScreen)
        assert "Jo" in learner.text
        await learner.press("b", "shift+tab", "enter")
        assert isinstance(learner.app.screen, CircleScreen)
        assert "Of Jo" not in learner.text
        await learner.press("p")
        assert isinstance(learner.app.screen, CircleScreen), "one's own post"


async def test_the_choices_of_a_member(open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle) -> None:
    async with open_app() as learner:
        await learner.press("5", "enter", "t")
        assert "1 of 2 there" in learner.text
        assert "You are there. t takes it back." in learner.words
        await learner.press("s")
        assert "you  0 %  ✓ there" in learner.text
        await learner.press("t", "s")
        (mine,) = circles.mine(lms, thandi)
        assert (mine.is_there, mine.shows_progress) == (False, False)
        assert "no longer sees how far you are" in learner.words
        await learner.press("c")
        assert learner.field("goal").value == "a rim that holds"
        learner.field("name").value = "Four baskets"
        await learner.press("enter", "enter", "enter")
        assert "Four baskets" in learner.text
        before = circles.mine(lms, thandi)[0].word
        await learner.press("i", "r")
        after = circles.mine(lms, thandi)[0].word
        assert before != after
        assert " ".join(after) in learner.text


async def test_who_did_not_make_it_neither_changes_it_nor_renews_its_word(
    open_app: OpenApp, thandi: Claims, lms: Lms, library: dict[str, int]
) -> None:
    made = circles.make(lms, JO, library["weaving"], name="Jo's", goal="y", until=UNTIL)
    circles.join(lms, thandi, made.word)
    async with open_app() as learner:
        await learner.press("5", "enter", "c", "i", "r", "enter")
        assert isinstance(learner.app.screen, CircleScreen)
    assert circles.mine(lms, JO)[0].word == made.word


@pytest.mark.parametrize(("keys", "left", "kept"), [
    (("enter",), True, False), (("tab", "enter"), True, True), (("tab", "tab", "enter"), False, True),
    (("escape",), False, True),
])  # fmt: skip
async def test_leaving_asks_what_becomes_of_posts(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle, keys: tuple[str, ...], left: bool, kept: bool
) -> None:
    boards.post(lms, thandi, circle.id, "Mine")
    async with open_app() as learner:
        await learner.press("5", "enter", "l")
        assert isinstance(learner.app.screen, LeaveDialog)
        await learner.press(*keys)
        assert isinstance(learner.app.screen, CirclesScreen) is left
        assert ("You left Three baskets." in learner.said) is left
        assert ("2 people" in learner.text) is not left
    assert (circles.mine(lms, thandi) == ()) is left
    assert bool(threads(lms, JO, circle.id)) is kept


async def test_older_posts_come_when_asked_for(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle, clock: Clock
) -> None:
    for number in range(boards.PAGE + 2):
        clock.advance(minutes=1)
        boards.post(lms, JO, circle.id, f"Post {number}")
    async with open_app() as learner:
        await learner.press("5", "x", "enter", "G")
        assert "2 older" in learner.text
        assert "Post 1" not in [line.strip(" │") for line in learner.lines]
        await learner.press("enter", "G")
        assert "Post 0" in learner.text
        assert "older" not in learner.text


async def test_no_line_of_a_long_post_is_jumped_over(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle
) -> None:
    boards.post(lms, JO, circle.id, "The last words")
    boards.post(lms, JO, circle.id, "\n".join(f"line {number}." for number in range(60)))
    seen = set()
    async with open_app() as learner:
        await learner.press("5", "x", "enter")
        for _ in range(12):
            seen |= {line.strip(" │▌") for line in learner.lines}
            await learner.press("down")
    assert {f"line {number}." for number in range(60)} <= seen
    assert "The last words" in seen


async def test_words_are_broken_anew_at_another_width(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle
) -> None:
    words = " ".join(f"word{number}" for number in range(40))
    boards.post(lms, JO, circle.id, words)
    async with open_app(WIDE) as learner:
        await learner.press("5", "x", "enter")
        for size in (NARROW, SMALL, HOME, WIDE):
            await learner.resize(size)
            said = [word for line in learner.lines if "│" in line for word in line.split() if word.startswith("word")]
            assert said[:20] == words.split()[:20], size


# Others meanwhile


@pytest.fixture
def watchful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.02)


@pytest.mark.usefixtures("watchful")
async def test_what_another_posts_appears_by_itself_and_is_read(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle, clock: Clock
) -> None:
    boards.post(lms, thandi, circle.id, "Mine")
    async with open_app() as learner:
        await learner.press("5", "enter")
        clock.advance(minutes=1)
        posted = boards.post(lms, JO, circle.id, "Hello from Jo")
        await learner.until(lambda: "│ Hello from Jo" in learner.text)
        await learner.until(lambda: inbox.count(lms, thandi) == 0)
        boards.change(lms, JO, posted.id, "Hello again")
        await learner.until(lambda: "│ Hello again" in learner.text)
        boards.delete(lms, JO, posted.id)
        await learner.until(lambda: "Hello again" not in learner.text)
        circles.join(lms, KOFI, circle.word)
        await learner.until(lambda: "3 people" in learner.text)


@pytest.mark.usefixtures("watchful")
async def test_in_the_inbox_it_appears_by_itself_and_on_the_line_on_top_of_any_page(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle
) -> None:
    async with open_app() as learner:
        await learner.press("2")
        boards.post(lms, JO, circle.id, "Hello from Jo")
        await learner.until(lambda: "5 Circles 1" in learner.lines[0])
        await learner.press("5")
        assert "Jo posted" in learner.text
        boards.post(lms, JO, circle.id, "And once more")
        await learner.until(lambda: "│ And once more" in learner.text)
        block(lms, 12, thandi.user_id)
        await learner.until(lambda: "Jo" not in learner.text)


@pytest.mark.usefixtures("watchful")
async def test_who_is_writing_goes_on_writing(open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle) -> None:
    async with open_app() as learner:
        await learner.press("5", "enter", "n")
        await learner.type("I was")
        boards.post(lms, JO, circle.id, "Hello from Jo")
        await learner.type(" saying")
        assert learner.app.screen.query_one(TextArea).text == "I was saying"
        await learner.press("ctrl+s")
        assert "│ Hello from Jo" in learner.text
        assert "│ I was saying" in learner.text


@pytest.mark.usefixtures("watchful")
async def test_a_circle_that_one_has_left_elsewhere_says_so(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle
) -> None:
    async with open_app() as learner:
        await learner.press("5", "enter")
        circles.leave(lms, thandi, circle.id)
        await learner.until(lambda: "no circle of yours" in learner.words)
        await learner.press("n", "i", "l", "t", "s", "r", "escape")
        assert isinstance(learner.app.screen, CirclesScreen)


# What goes wrong


async def test_what_was_not_sent_is_still_there(open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle) -> None:
    async with open_app() as learner:
        await learner.press("5", "enter", "n", "ctrl+s")
        assert "There are no words in it yet" in learner.words
        await learner.type("Hello")
        learner.services.fail(boards.post, DISK)
        await learner.press("ctrl+s")
        assert "The disk did not give the data." in learner.words
        learner.services.mend()
        await learner.press("ctrl+s")
        assert "│ Hello" in learner.text
    assert len(threads(lms, thandi, circle.id)) == 1


@pytest.mark.parametrize(
    ("work", "key", "then"),
    [
        (circles.say_there, "t", ()),
        (circles.show_progress, "s", ()),
        (circles.leave, "l", ("enter",)),
        (boards.delete, "d", ("enter",)),
        (circles.invitation, "i", ("r",)),
    ],
)
async def test_what_fails_is_said_and_changes_nothing(
    open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle, work: object, key: str, then: tuple[str, ...]
) -> None:
    boards.post(lms, thandi, circle.id, "Mine")
    before = circles.mine(lms, thandi)
    async with open_app() as learner:
        await learner.press("5", "enter")
        learner.services.fail(work, DISK)  # type: ignore[arg-type]
        await learner.press(key, *then)
        assert "The disk did not give the data." in learner.words
        learner.services.mend()
    assert circles.mine(lms, thandi) == before


async def test_what_fails_in_the_inbox_is_said(open_app: OpenApp, thandi: Claims, lms: Lms, circle: Circle) -> None:
    boards.post(lms, JO, circle.id, "Hello")
    async with open_app() as learner:
        learner.services.fail(inbox.page, DISK)
        await learner.press("5")
        assert "The disk did not give the data. ctrl+r tries again." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "Jo posted" in learner.text
        learner.services.fail(inbox.mark_read, DISK)
        await learner.press("x")
        assert "The disk did not give the data." in learner.words
        learner.services.fail(enrolling.my_courses, DISK)
        await learner.press("n")
        assert "The disk did not give the data." in learner.said


# Hostile words


@pytest.mark.parametrize("kind", HOSTILE)
async def test_hostile_words_are_text_in_every_place(
    open_app: OpenApp, thandi: Claims, lms: Lms, library: dict[str, int], kind: str
) -> None:
    text = HOSTILE[kind].encode("utf-8", "replace").decode()[:3_900]
    made = circles.make(lms, JO, library["weaving"], name=text[:50], goal=text[:150], until=UNTIL + timedelta(days=1))
    circles.join(lms, thandi, made.word)
    posted = boards.post(lms, JO, made.id, text)
    mine = boards.post(lms, thandi, made.id, text)
    boards.reply(lms, JO, mine.id, text)
    boards.reply(lms, thandi, posted.id, text)
    async with open_app(HOME) as learner:
        for keys in (
            ("5",),
            ("x", "enter"),
            ("G",),
            ("g", "i"),
            ("escape", "l"),
            ("escape", "r"),
            ("escape", "escape", "n"),
            ("escape", "question_mark"),
        ):
            await learner.press(*keys)
            look(learner, HOME[0])
            assert "Traceback" not in learner.text


# Reporting


async def test_a_post_of_another_is_reported_and_its_author_reads_why_it_was_hidden(
    open_app: OpenApp, lms: Lms, thandi: Claims, circle: Circle
) -> None:
    mine = boards.post(lms, thandi, circle.id, "You are slow.")
    reporting.report_post(lms, JO, mine.id, "It is unkind.")
    teacher = claims_of(99, name="Zola", role="admin")
    reporting.hide(lms, teacher, moderation.reports(lms, teacher)[0].id, "Nobody is.")
    posted = boards.post(lms, JO, circle.id, "So are you, fool.")
    async with open_app(HOME) as learner:
        learner.app.push_screen(CircleScreen(circle.id, circle.name))
        await learner.settle()
        assert "Only you and who teaches this course see this. The reason: Nobody is." in learner.words
        await learner.press("!")
        assert isinstance(learner.app.screen, SayingDialog)
        assert "So are you, fool." in learner.words
        await learner.type("Unkind.")
        await learner.press("ctrl+s")
        assert "Reported to who teaches this course." in learner.words
        await learner.press("down", "!")
        assert isinstance(learner.app.screen, CircleScreen)  # that is one's own
    (found,) = moderation.reports(lms, teacher)
    assert (found.about.id, found.reason) == (posted.id, "Unkind.")
