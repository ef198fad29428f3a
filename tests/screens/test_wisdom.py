"""What others left stands at the end of a lesson and beside a paragraph, and a page has all of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from azora_tui.errors import StorageError
from azora_tui.lms import enrolling, quizzes, reading
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.together import boards, circles, moderation, reporting, wisdom
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.wisdom import Piece, WisdomKind
from azora_tui.screens import watching
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.reports import ReportsScreen
from azora_tui.screens.teach import TeachScreen
from azora_tui.screens.wisdom import WisdomScreen
from azora_tui.screens.wisdom_dialogs import PieceDialog, SayingDialog
from tests.conftest import Clock, claims_of
from tests.screens.conftest import HOME, SIZES, TINY, WIDE, Learner, OpenApp, SignUp
from tests.told import told

AMINA = claims_of(20, name="Amina")
JO = claims_of(21, name="Jo")
TEXT = """\
The rabbit comes out of its hole.

It goes around the tree.

::: quiz

Where does it go? {#where}

- [x] around the tree
- [ ] home

:::
"""
HOSTILE = "\x1b[2J[bold]x[/] [@click=app.quit]y[/] \u202eabc z" + "\u0335" * 900


@dataclass
class Knots:
    """Amina and Jo have completed the first lesson, and so has Thandi, who sits before the app."""

    lms: Lms
    clock: Clock
    thandi: Claims
    course: int
    lesson: int

    def left(
        self, text: str = "Lay it flat.", *, by: Claims = AMINA, kind: WisdomKind = WisdomKind.TIP, at: str = ""
    ) -> Piece:
        self.clock.advance(minutes=2)
        paragraph = wisdom.paragraph_with(self.lms, by, self.lesson, at) if at else None
        return wisdom.write(self.lms, by, self.lesson, kind, text, at=paragraph)


Build = Callable[[Claims], Knots]


@pytest.fixture
def build(
    lms: Lms, clock: Clock, no_bundle: None, make_course: Callable[..., CourseSource],
    lesson_ids: Callable[[int], dict[str, int]],
) -> Build:  # fmt: skip
    def built(thandi: Claims) -> Knots:
        source = make_course("knots", title="Knots")
        made = tuple(LessonSource(word, f"Lesson {word}", 5, True, "", TEXT) for word in ("one", "two"))
        with lms.database.write() as transaction:
            course = install(lms, transaction, replace(source, lessons=made))
        lesson = lesson_ids(course)["one"]
        for who in (AMINA, JO, thandi):
            enrolling.enroll(lms, who, course)
            reading.complete_lesson(lms, who, lesson)
        return Knots(lms, clock, thandi, course, lesson)

    return built


@pytest.fixture
def knots(sign_up: SignUp, build: Build) -> Knots:
    sign_up(name="Elara", email="elara@example.org", keep=False)  # the first is the admin
    return build(sign_up())


@pytest.fixture
def taught(sign_up: SignUp, build: Build) -> Knots:
    """The same, but Thandi is the admin, who teaches every course."""
    return build(sign_up())


async def to_lesson(learner: Learner, knots: Knots) -> None:
    learner.app.push_screen(LessonScreen(knots.lesson, "Lesson one", area="catalog"))
    await learner.settle()


async def to_page(learner: Learner, knots: Knots) -> WisdomScreen:
    await to_lesson(learner, knots)
    await learner.press("v")
    page = learner.app.screen
    assert isinstance(page, WisdomScreen)
    return page


# At the end of a lesson


async def test_the_best_stands_at_the_end_of_the_text_and_is_seen_once(open_app: OpenApp, knots: Knots) -> None:
    knots.left("Worse.")
    best = knots.left("Lay it *flat* on the table.")
    wisdom.thank(knots.lms, JO, best.id)
    async with open_app(HOME) as learner:
        await to_lesson(learner, knots)
        line = learner.lines[-3].strip()
        assert line.startswith("│ Lay it flat on the table.")
        assert line.endswith("1 thanks  v opens 2")
        assert learner.lines[-2].strip().startswith("✓ This lesson is done.")
    with knots.lms.database.read() as transaction:
        seen = [tuple(row) for row in transaction.execute("SELECT seen FROM wisdom ORDER BY id")]
    assert seen == [(0,), (2,)]


async def test_the_text_has_the_same_room_whatever_was_left(open_app: OpenApp, knots: Knots) -> None:
    async with open_app(HOME) as learner:
        await to_lesson(learner, knots)
        before = learner.reader.size
        assert learner.lines[-3].strip() == "Nobody has left anything here yet. v leaves the first."
        knots.left()
        learner.app.screen.load_left()  # type: ignore[attr-defined]
        await learner.settle()
        assert "Lay it flat." in learner.lines[-3]
        assert learner.reader.size == before


async def test_it_is_not_there_before_the_end(open_app: OpenApp, knots: Knots) -> None:
    knots.left()
    with knots.lms.database.write() as transaction:
        transaction.execute("UPDATE lessons SET content = :text", {"text": "Once more.\n\n" * 20 + TEXT})
    async with open_app(HOME) as learner:
        await to_lesson(learner, knots)
        assert "Lay it flat." not in learner.text
        await learner.press("end")
        assert "Lay it flat." in learner.text
        await learner.press("home")
        assert "Lay it flat." not in learner.text
        await learner.press("end", "w")
        assert "Lay it flat." not in learner.text, "a paragraph is being chosen"


async def test_who_has_not_completed_it_reads_of_no_emptiness(
    open_app: OpenApp, knots: Knots, lesson_ids: Callable[[int], dict[str, int]]
) -> None:
    async with open_app(HOME) as learner:
        knots.lesson = lesson_ids(knots.course)["two"]
        await to_lesson(learner, knots)
        assert learner.lines[-3] == ""
        await learner.press("v")
        assert "When you have completed this lesson" in learner.words
        assert "w leave something" not in learner.lines[-1]


async def test_beside_an_open_quiz_only_that_is_said(open_app: OpenApp, knots: Knots) -> None:
    knots.left()
    quizzes.start(knots.lms, knots.thandi, knots.lesson)
    async with open_app(HOME) as learner:
        await to_lesson(learner, knots)
        assert "Lay it flat." not in learner.text
        assert "waits until you have finished the quiz" in learner.lines[-3]
        await learner.press("v")
        assert "waits until you have finished the quiz" in learner.words
        assert "Lay it flat." not in learner.text


async def test_what_others_leave_meanwhile_comes_by_itself(
    open_app: OpenApp, knots: Knots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.02)
    async with open_app(HOME) as learner:
        await to_lesson(learner, knots)
        knots.left("Just now.")
        await learner.until(lambda: "Just now." in learner.text)
        await learner.press("v")
        knots.left("Just then.")
        await learner.until(lambda: "Just then." in learner.text)
        learner.app.screen._watch_timer.pause()  # type: ignore[attr-defined]
        await learner.settle()


async def test_the_lesson_is_there_whatever_becomes_of_the_line(open_app: OpenApp, knots: Knots) -> None:
    knots.left()
    async with open_app(HOME) as learner:
        learner.services.fail(wisdom.of_lesson, told(StorageError, "The disk is gone."))
        await to_lesson(learner, knots)
        assert "The rabbit" in learner.text
        assert "gone" not in learner.words
        await learner.press("v")
        assert "The disk is gone. ctrl+r tries again." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "Lay it flat." in learner.text


# The page


async def test_the_page_has_all_of_it_and_its_words(open_app: OpenApp, knots: Knots) -> None:
    first = knots.left("Lay it flat.\n\nThen *pull*.", at="rabbit")
    knots.left("An older way.", by=JO)
    wisdom.thank(knots.lms, JO, first.id)
    async with open_app(HOME) as learner:
        await to_page(learner, knots)
        assert "What others left at Lesson one   2, the best first" in learner.text
        assert "tip · a learner · 1 thanks" in learner.text
        assert "on “The rabbit comes out of its hole.”" in learner.text
        assert "Then *pull*." in learner.text
        await learner.press("j")
        assert "Then *pull*." not in learner.text
        await learner.press("k", "enter")
        assert isinstance(learner.app.screen, LessonScreen)


async def test_t_thanks_and_takes_back(open_app: OpenApp, knots: Knots) -> None:
    knots.left()
    async with open_app(HOME) as learner:
        await to_page(learner, knots)
        await learner.press("t")
        assert "1 thanks · thanked by you" in learner.text
        assert "has your thanks" in learner.text
        await learner.press("t")
        assert "thanked" not in learner.text


async def test_something_is_left_changed_and_deleted(open_app: OpenApp, knots: Knots) -> None:
    knots.left()
    async with open_app(HOME) as learner:
        await to_page(learner, knots)
        assert "e change" not in learner.lines[-1]
        await learner.press("w")
        assert isinstance(learner.app.screen, PieceDialog)
        assert "A tip for those who come after" in learner.text
        await learner.press("ctrl+t")
        assert "An example for those who come after" in learner.text
        await learner.type("Mine.")
        await learner.press("ctrl+s")
        assert "It is there now" in learner.text
        assert "example · you" in learner.text
        assert "t thank" not in learner.lines[-1], "it is one's own, and the cursor stands at it"
        await learner.press("e")
        await learner.type(" All mine.")
        await learner.press("ctrl+s")
        assert "Mine. All mine." in learner.text
        await learner.press("d")
        assert "d again deletes it for good" in learner.text
        await learner.press("j", "k", "d")
        assert "d again deletes it for good" in learner.text, "moving takes the warning back"
        assert len(wisdom.mine(knots.lms, knots.thandi)) == 1
        await learner.press("d")
        assert "Mine." not in learner.text
        assert wisdom.mine(knots.lms, knots.thandi) == ()


async def test_what_was_refused_keeps_what_was_written(open_app: OpenApp, knots: Knots) -> None:
    async with open_app(HOME) as learner:
        await to_page(learner, knots)
        await learner.press("w", "ctrl+s")
        assert "There are no words in it yet" in learner.words
        await learner.type("Mine.")
        await learner.press("escape")
        assert "esc again goes without leaving it here." in learner.words
        await learner.press("escape")
        assert isinstance(learner.app.screen, WisdomScreen)
        assert wisdom.mine(knots.lms, knots.thandi) == ()


async def test_a_paragraph_has_its_own(open_app: OpenApp, knots: Knots) -> None:
    knots.left("Of the tree.", at="tree")
    knots.left("Of it all.")
    async with open_app(HOME) as learner:
        await to_lesson(learner, knots)
        await learner.press("w", "j", "v")
        assert isinstance(learner.app.screen, WisdomScreen)
        assert "What others left at this paragraph" in learner.text
        assert "Of the tree." in learner.text
        assert "Of it all." not in learner.text
        await learner.press("f")
        assert "Of it all." in learner.text
        await learner.press("f", "w")
        assert "It goes around the tree." in learner.text
        await learner.type("Which tree.")
        await learner.press("ctrl+s")
        assert "Which tree." in learner.text
    assert wisdom.mine(knots.lms, knots.thandi)[0].quote == "It goes around the tree."


async def test_more_of_them_are_a_key_away(open_app: OpenApp, knots: Knots, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wisdom, "PAGE", 2)
    for number in range(3):
        knots.left(f"Number {number}.")
    async with open_app(WIDE) as learner:
        await to_page(learner, knots)
        assert "the best 2 of 3" in learner.text
        assert "Number 0." not in learner.text
        await learner.press("m")
        assert "3, the best first" in learner.text
        assert "Number 0." in learner.text
        assert "m more" not in learner.lines[-1]


async def test_a_report_goes_off_without_a_name(open_app: OpenApp, knots: Knots) -> None:
    knots.left()
    async with open_app(WIDE) as learner:
        await to_page(learner, knots)
        await learner.press("!")
        assert isinstance(learner.app.screen, SayingDialog)
        await learner.type("It is unkind.")
        await learner.press("ctrl+s")
        assert "Reported to who teaches this course." in learner.text
        assert "reported by you" in learner.text
        assert "! report" not in learner.lines[-1]
    assert [each.reason for each in moderation.reports(knots.lms, claims_of(9, role="admin"))] == ["It is unkind."]


async def test_who_does_not_teach_has_no_keys_for_it(open_app: OpenApp, knots: Knots) -> None:
    knots.left(kind=WisdomKind.CORRECTION)
    async with open_app(WIDE) as learner:
        page = await to_page(learner, knots)
        for action in ("reply", "pin", "hide", "take_over"):
            assert not page.check_action(action, ())


async def test_who_teaches_pins_answers_hides_and_takes_over(open_app: OpenApp, taught: Knots) -> None:
    taught.left("Newer is first.")
    taught.left("It is a hare.", kind=WisdomKind.CORRECTION)
    async with open_app(WIDE) as learner:
        page = await to_page(learner, taught)
        await learner.press("p")
        assert "pinned" in learner.text
        await learner.press("p")
        assert "pinned" not in learner.text
        await learner.press("r")
        await learner.type("So it is.")
        await learner.press("ctrl+s")
        assert "Who teaches the course" in learner.text
        assert "So it is." in learner.text
        await learner.press("o")
        assert "It is a hare." in learner.text
        await learner.press("ctrl+s")
        assert "now in the course" in learner.text
        assert not page.check_action("take_over", ())
        await learner.press("x")
        await learner.type("It is settled.")
        await learner.press("ctrl+s")
        assert "Hidden from learners. The reason: It is settled." in learner.words
        assert not page.check_action("pin", ())
        await learner.press("x")
        assert "Hidden from learners." not in learner.words
    content = reading.lesson_page(taught.lms, taught.thandi, taught.lesson).content
    assert "It is a hare." in content


# Reports


async def test_reports_are_a_key_away_for_who_teaches(open_app: OpenApp, taught: Knots) -> None:
    for text in ("First.", "Second."):
        moderation.report(taught.lms, JO, taught.left(text).id, f"{text} is unkind.")
    async with open_app(HOME) as learner:
        await learner.press("6")
        assert isinstance(learner.app.screen, TeachScreen)
        await learner.press("r")
        assert isinstance(learner.app.screen, ReportsScreen)
        assert "Reported   2" in learner.text
        assert "First. is unkind." in learner.text
        assert "Amina" in learner.text
        await learner.press("d")
        assert "Reported   1" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, WisdomScreen)
        await learner.press("escape", "x", "ctrl+s")
        assert "Nothing was reported." in learner.words
    assert wisdom.of_lesson(taught.lms, JO, taught.lesson).total == 1


async def test_a_reported_post_is_hidden_and_shown_again(open_app: OpenApp, taught: Knots) -> None:
    lms = taught.lms
    made = circles.make(lms, AMINA, taught.course, name="Ropes", goal="Hitches", until=lms.today())
    circles.join(lms, JO, made.word)
    posted = boards.post(lms, AMINA, made.id, f"You are slow. {HOSTILE}")
    reporting.report_post(lms, JO, posted.id, "It is unkind.")
    async with open_app(HOME) as learner:
        learner.app.push_screen(ReportsScreen())
        await learner.settle()
        assert "Knots · Ropes" in learner.text
        assert "by Amina, in the circle Ropes in Knots" in learner.words
        assert "You are slow." in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, ReportsScreen)  # its circle is not for who teaches
        assert "What is around it is read by those who are there." in learner.words
        await learner.press("u", "x", "ctrl+s")
        assert "u shows it again." in learner.words
        assert boards.page(lms, JO, made.id).threads == ()
        await learner.press("u")
        assert "It is shown again" in learner.words
    assert len(boards.page(lms, JO, made.id).threads) == 1


async def test_reports_that_cannot_be_read_say_so(open_app: OpenApp, taught: Knots) -> None:
    async with open_app(HOME) as learner:
        learner.services.fail(moderation.reports, told(StorageError, "The disk is gone."))
        learner.app.push_screen(ReportsScreen())
        await learner.settle()
        assert "The disk is gone. ctrl+r tries again." in learner.words


# Search


async def test_search_opens_the_page_at_what_it_found(open_app: OpenApp, knots: Knots) -> None:
    for number in range(3):
        knots.left(f"Number {number}.")
    found = knots.left("A striped zebra.")
    for _ in range(3):
        knots.left("Newer.", by=JO)
    async with open_app(HOME) as learner:
        await learner.press("ctrl+f")
        await learner.type("zebra")
        assert "what others left" in learner.text
        await learner.press("enter", "enter")
        page = learner.app.screen
        assert isinstance(page, WisdomScreen)
        assert page._here is not None
        assert page._here.id == found.id


# Hostile words, and small windows


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_shown_harmlessly(open_app: OpenApp, taught: Knots, size: tuple[int, int]) -> None:
    piece = taught.left(HOSTILE)
    moderation.answer(taught.lms, taught.thandi, piece.id, HOSTILE)
    moderation.report(taught.lms, JO, piece.id, HOSTILE)
    async with open_app(size) as learner:
        pages: list[str] = []
        await to_lesson(learner, taught)
        pages.append(learner.text)
        await learner.press("v")
        pages.append(learner.text)
        learner.app.push_screen(ReportsScreen())
        await learner.settle()
        pages.append(learner.text)
        await learner.press("ctrl+f")
        await learner.type("quit")
        assert "1 hit" in learner.text
        pages.append(learner.text)
        for text in pages:
            assert not {"\x1b", "\u202e"} & set(text)
            assert "\u0335" * 9 not in text
        if size in (HOME, WIDE):
            assert all("[bold]x[/] [@click=app.quit]y[/]" in text for text in pages)
        assert learner.app.is_running


async def test_the_longest_piece_is_scrolled(open_app: OpenApp, knots: Knots) -> None:
    knots.left("\n".join(f"Line {number}" for number in range(400)))
    async with open_app(HOME) as learner:
        await to_page(learner, knots)
        assert "Line 399" not in learner.text
        await learner.press("tab", "end")
        assert "Line 399" in learner.text
        await learner.resize(TINY)
        assert learner.app.is_running
