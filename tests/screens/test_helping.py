"""Asking for help where one is stuck, answering, and both seeing it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.widgets import Button, TextArea

from azora_tui.errors import StorageError
from azora_tui.lms import enrolling, quizzes, reading
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.together import helping, moderation, profiles, reporting, wisdom
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.models.together import Paragraph
from azora_tui.screens import watching
from azora_tui.screens.help_dialogs import AskDialog, ChangeDialog, ReplyDialog
from azora_tui.screens.help_thread import HelpThreadScreen
from azora_tui.screens.help_wanted import HelpWantedScreen
from azora_tui.screens.home import HomeScreen
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.quiz import QuizScreen
from azora_tui.widgets.help_list import HelpList
from azora_tui.widgets.key_bar import screen_keys
from tests.conftest import Clock, claims_of
from tests.helping import NAMES, TEXT, show_profile, who
from tests.screens.conftest import HOME, NARROW, SIZES, TINY, WIDE, Learner, OpenApp, SignUp
from tests.screens.test_hostile import HOSTILE, look

JO = 3
"""Who helps, and is in the course; in `tests.helping` they are called so."""


@pytest.fixture
def lesson(lms: Lms, no_bundle: None, make_course: Callable[..., CourseSource], clock: Clock) -> int:
    """The first lesson of Knots, which Jo has completed; Jo helps."""
    lessons = tuple(LessonSource(word, f"Knot {word}", 5, True, "", TEXT) for word in ("one", "two"))
    with lms.database.write() as transaction:
        course = install(lms, transaction, replace(make_course("knots", title="Knots"), lessons=lessons))
        found = transaction.execute("SELECT id FROM lessons WHERE slug = 'one'").fetchone()[0]
    assert NAMES[JO] == "Jo"
    enrolling.enroll(lms, who(JO), course)
    reading.complete_lesson(lms, who(JO), int(found))
    show_profile(lms, JO)
    return int(found)


@pytest.fixture
def thandi(sign_up: SignUp, lms: Lms, lesson: int) -> Claims:
    """In the course, and signed in."""
    claims = sign_up()
    enrolling.enroll(lms, claims, 1)
    return claims


@pytest.fixture
def asked(lms: Lms, thandi: Claims, lesson: int) -> int:
    paragraph = Paragraph(0, "Pass the end through it twice.", '{"line": 2}')
    return helping.ask(lms, thandi, lesson, "Why *twice*?", paragraph=paragraph).id


def mine(lms: Lms, claims: Claims) -> list[tuple[str, str, str | None]]:
    return [(each.text, each.quote, each.question_id) for each in helping.mine(lms, claims)[0]]


async def open_thread(learner: Learner, request_id: int) -> None:
    learner.app.push_screen(HelpThreadScreen(request_id))
    await learner.settle()


# Asking


async def test_it_is_asked_at_a_paragraph(open_app: OpenApp, lms: Lms, thandi: Claims) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "H")
        assert "H asks about this paragraph" in learner.text
        await learner.press("down", "H")
        assert isinstance(learner.app.screen, AskDialog)
        assert "Pass the end through it twice." in learner.words
        assert "It reaches 1 learner who completed this lesson and helps." in learner.words
        await learner.type("Why?")
        await learner.press("ctrl+s")
        assert isinstance(learner.app.screen, LessonScreen)
        assert "✓ Asked. It reaches 1 learner who can answer." in learner.text
        assert learner.reader.chosen is None
    assert mine(lms, thandi) == [("Why?", "Pass the end through it twice.", None)]


async def test_nothing_is_lost_by_one_key_and_nothing_asked_without_words(
    open_app: OpenApp, lms: Lms, thandi: Claims
) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "H", "H", "ctrl+s")
        assert "There are no words in it yet" in learner.words
        await learner.type("Why")
        await learner.press("escape")
        assert "esc again leaves without asking." in learner.words
        await learner.type("?")
        await learner.press("escape", "escape")
        assert isinstance(learner.app.screen, LessonScreen)
    assert mine(lms, thandi) == []


async def test_where_there_is_no_paragraph_it_is_about_the_lesson(
    open_app: OpenApp, lms: Lms, thandi: Claims, lesson: int
) -> None:
    with lms.database.write() as transaction:
        transaction.execute("UPDATE lessons SET content = '---'")
    async with open_app() as learner:
        await learner.press("3", "enter", "H")
        assert isinstance(learner.app.screen, AskDialog)
        await learner.type("What is this?")
        learner.app.screen.query_one("#keep", Button).press()
        await learner.settle()
    assert mine(lms, thandi) == [("What is this?", "", None)]


async def test_it_is_asked_at_the_question_of_the_quiz_that_is_shown(
    open_app: OpenApp, lms: Lms, thandi: Claims
) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "q")
        assert isinstance(learner.app.screen, QuizScreen)
        assert "H ask for help" in learner.text
        await learner.press("right", "H")
        assert "Which rope holds?" in learner.words
        await learner.type("Wet?")
        await learner.press("ctrl+s")
        assert "✓ Asked. Answers are shown once this attempt is finished." in learner.words
        assert isinstance(learner.app.screen, QuizScreen)
        await learner.press("left", "H", "escape")
        assert isinstance(learner.app.screen, QuizScreen)
    assert mine(lms, thandi) == [("Wet?", "Which rope holds?", "holds")]


async def test_in_the_result_of_a_quiz_there_is_nothing_to_ask(
    open_app: OpenApp, lms: Lms, thandi: Claims, lesson: int
) -> None:
    attempt = quizzes.start(lms, thandi, lesson).latest
    assert attempt is not None
    for question in ("often", "holds"):
        quizzes.answer(lms, thandi, attempt.id, question, (0,))
    quizzes.finish(lms, thandi, attempt.id)
    async with open_app() as learner:
        await learner.press("3", "enter", "q", "H")
        assert isinstance(learner.app.screen, QuizScreen)
        await learner.press("enter", "H")
        assert isinstance(learner.app.screen, AskDialog)
        await learner.type("Why not?")
        await learner.press("ctrl+s")
        assert "Asked." in learner.text
        assert "this attempt" not in learner.words


@pytest.mark.parametrize("keys", [("3", "enter", "H", "H"), ("3", "enter", "q", "H")])
async def test_what_cannot_be_asked_just_now_is_said(open_app: OpenApp, thandi: Claims, keys: tuple[str, ...]) -> None:
    async with open_app() as learner:
        learner.services.fail(helping.reach, StorageError("disk_full", path="lms.db"))
        await learner.press(*keys)
        assert not isinstance(learner.app.screen, AskDialog)
        assert learner.said


async def test_its_key_means_nothing_else_on_these_pages(open_app: OpenApp, thandi: Claims) -> None:
    async with open_app() as learner:
        for keys in (("3", "enter"), ("w",), ("escape", "q")):
            await learner.press(*keys)
            found = [binding.id for names, binding, _ in screen_keys(learner.app.screen) if "H" in names]
            assert found in (["lesson.help"], ["quiz.help"])


# A question and its answers


async def test_a_question_its_place_and_its_answers(open_app: OpenApp, lms: Lms, asked: int) -> None:
    async with open_app() as learner:
        await open_thread(learner, asked)
        assert "Knot one · Knots   no answer yet" in learner.text
        for words in ("At this paragraph:", "Pass the end through it twice.", "You asked, today", "Why twice?"):
            assert words in learner.text
        assert "No answer yet. It reaches 1 learner" in learner.words
    helping.reply(lms, who(JO), asked, "Once slips.")
    async with open_app() as learner:
        await open_thread(learner, asked)
        assert "Jo, today" in learner.text
        assert "Once slips." in learner.text
        assert "1 answer" in learner.text
        assert "No answer yet" not in learner.text


async def test_an_answer_is_seen_without_a_key(
    open_app: OpenApp, lms: Lms, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.02)
    async with open_app() as learner:
        await open_thread(learner, asked)
        helping.reply(lms, who(JO), asked, "Once slips.")
        await learner.until(lambda: "Once slips." in learner.text)
        assert "1 answer came just now" in learner.text
        await learner.press("escape")
        learner.app.push_screen(HelpWantedScreen())
        await learner.press("f")
        helping.reply(lms, who(JO), asked, "See?")
        await learner.until(lambda: "2 answers" in learner.text)


async def test_saying_more_changing_and_deleting(open_app: OpenApp, lms: Lms, thandi: Claims, asked: int) -> None:
    async with open_app() as learner:
        await open_thread(learner, asked)
        await learner.press("e", "d")  # nothing of one's own is there yet
        await learner.press("r")
        assert isinstance(learner.app.screen, ReplyDialog)
        await learner.type("Nobody?")
        await learner.press("ctrl+s")
        assert "✓ Said." in learner.text
        await learner.press("e")
        assert isinstance(learner.app.screen, ChangeDialog)
        assert learner.app.screen.query_one(TextArea).text == "Nobody?"
        await learner.type(" At all?")
        await learner.press("ctrl+s")
        assert "✓ Changed." in learner.text
        assert "Nobody? At all?" in learner.text
        assert "changed since" in learner.text
        await learner.press("d")
        assert "d again deletes your last answer for good." in learner.words
        await learner.press("r", "escape", "d")  # something else came between
        assert len(helping.request(lms, thandi, asked).replies) == 1
        await learner.press("d")
        assert "Deleted. Its words are gone." in learner.text
        assert "Nobody?" not in learner.text
    assert helping.request(lms, thandi, asked).replies == ()


async def test_settling_and_opening_again(open_app: OpenApp, lms: Lms, thandi: Claims, asked: int) -> None:
    helping.reply(lms, who(JO), asked, "Once slips.")
    async with open_app() as learner:
        await open_thread(learner, asked)
        await learner.press("s")
        assert "✓ settled" in learner.text
        assert "✓ Settled. r says something more, and opens it again." in learner.words
        await learner.press("s", "r")
        assert "open again" in learner.words
        await learner.type("One more.")
        await learner.press("ctrl+s")
        assert "✓ settled" not in learner.text
    assert helping.request(lms, thandi, asked).request.settled_at is None


async def test_an_answer_of_a_settled_question_is_left_at_the_lesson(
    open_app: OpenApp, lms: Lms, thandi: Claims, lesson: int, asked: int
) -> None:
    helping.reply(lms, who(JO), asked, "Look at the loop.")
    async with open_app() as learner:
        await open_thread(learner, asked)
        await learner.press("w")
        assert "leaves" not in learner.text, "it is still open"
        await learner.press("s", "w")
        assert "w again leaves “Look at the loop.” at the lesson" in learner.words
        assert wisdom.of_lesson(lms, thandi, lesson).pieces == ()
        await learner.press("w")
        assert "It stands at the lesson now" in learner.words
        (piece,) = wisdom.of_lesson(lms, thandi, lesson).pieces
        assert (piece.text, piece.author.name) == ("Look at the loop.", "Jo")
        await learner.press("w", "w")
    assert len(wisdom.of_lesson(lms, thandi, lesson).pieces) == 1


async def test_who_answered_leaves_their_own_answer(open_app: OpenApp, lms: Lms, thandi: Claims, lesson: int) -> None:
    reading.complete_lesson(lms, thandi, lesson)
    profiles.change(lms, thandi, is_open=True, helps=True)
    question = helping.ask(lms, who(JO), lesson, "How?").id
    helping.reply(lms, thandi, question, "So.")
    helping.reply(lms, who(JO), question, "I see, thanks.")
    helping.settle(lms, who(JO), question)
    async with open_app() as learner:
        await open_thread(learner, question)
        await learner.press("w", "w")
    assert [each.text for each in wisdom.mine(lms, thandi)] == ["So."]


async def test_taking_it_back_takes_two_keys(open_app: OpenApp, lms: Lms, thandi: Claims, asked: int) -> None:
    async with open_app() as learner:
        await open_thread(learner, asked)
        await learner.press("t")
        assert "t again deletes your question" in learner.words
        assert len(mine(lms, thandi)) == 1
        await learner.press("t")
        assert isinstance(learner.app.screen, HomeScreen)
        assert "Taken back." in learner.said
    assert mine(lms, thandi) == []


async def test_the_lesson_opens_at_the_place(open_app: OpenApp, lms: Lms, asked: int) -> None:
    async with open_app() as learner:
        await open_thread(learner, asked)
        await learner.press("l")
        assert isinstance(learner.app.screen, LessonScreen)
        assert learner.reader.position.line == 2
        await learner.press("escape")
        assert isinstance(learner.app.screen, HelpThreadScreen)
        with lms.database.write() as transaction:
            transaction.execute("UPDATE lessons SET is_published = 0")
        await learner.press("ctrl+r", "l")
        assert isinstance(learner.app.screen, HelpThreadScreen)
        assert "The course no longer has this lesson." in learner.text


async def test_who_may_answer_has_no_key_to_end_it(open_app: OpenApp, lms: Lms, thandi: Claims, lesson: int) -> None:
    request_id = helping.ask(lms, who(JO), lesson, "And here?").id  # Thandi is the admin
    async with open_app() as learner:
        await open_thread(learner, request_id)
        assert "Jo asked" in learner.text
        assert "Nobody has answered yet." in learner.text
        ids = {binding.id for _, binding, enabled in screen_keys(learner.app.screen) if enabled}
        assert "help_thread.reply" in ids
        assert ids.isdisjoint({"help_thread.settle", "help_thread.take_back", "help_thread.change"})


async def test_while_one_takes_the_quiz_answers_wait(
    open_app: OpenApp, lms: Lms, thandi: Claims, lesson: int, asked: int
) -> None:
    helping.reply(lms, who(JO), asked, "Once slips.")
    other = helping.ask(lms, who(JO), lesson, "And here?").id
    quizzes.start(lms, thandi, lesson)
    async with open_app() as learner:
        await open_thread(learner, asked)
        assert "answers wait until your attempt is finished" in learner.words
        assert "Once slips." not in learner.text
        await learner.press("escape")
        await open_thread(learner, other)
        assert "You are taking the quiz of this lesson" in learner.words
        assert "And here?" not in learner.text
        await learner.press("r", "l", "s", "t")
        assert isinstance(learner.app.screen, HelpThreadScreen)


async def test_what_is_taken_back_meanwhile_is_shown_no_more(
    open_app: OpenApp, lms: Lms, thandi: Claims, lesson: int
) -> None:
    request_id = helping.ask(lms, who(JO), lesson, "And here?").id
    async with open_app() as learner:
        await open_thread(learner, request_id)
        assert "And here?" in learner.text
        learner.services.fail(helping.request, StorageError("disk_full", path="lms.db"))
        await learner.press("ctrl+r")
        assert "And here?" in learner.text
        learner.services.mend()
        helping.take_back(lms, who(JO), request_id)
        await learner.press("ctrl+r")
        assert "And here?" not in learner.text
        assert "There is no such question here" in learner.words
        await learner.press("r", "escape")
        assert isinstance(learner.app.screen, HomeScreen)


@pytest.mark.parametrize(("key", "call"), [("s", helping.settle), ("t", helping.take_back)])
async def test_what_fails_is_said(
    open_app: OpenApp, lms: Lms, thandi: Claims, asked: int, key: str, call: Callable[..., None]
) -> None:
    async with open_app() as learner:
        await open_thread(learner, asked)
        learner.services.fail(call, StorageError("disk_full", path="lms.db"))
        await learner.press(key, key)
        assert isinstance(learner.app.screen, HelpThreadScreen)
        assert learner.app.screen.query_one("#message.-failed")
    assert len(mine(lms, thandi)) == 1


# What is wanted


async def test_where_nothing_is_there_is_a_sentence(open_app: OpenApp, thandi: Claims) -> None:
    async with open_app() as learner:
        await learner.press("ctrl+p", *"help wanted", "enter")
        assert isinstance(learner.app.screen, HelpWantedScreen)
        assert "Nobody waits for your help." in learner.words
        await learner.press("f")
        assert "You have asked nothing yet. In a lesson or a quiz, H does" in learner.words
        await learner.press("tab")
        assert "Nobody waits for your help." in learner.words


async def test_the_two_lists_and_what_they_open(
    open_app: OpenApp, lms: Lms, thandi: Claims, lesson: int, asked: int, clock: Clock
) -> None:
    with lms.database.write() as transaction:
        transaction.execute("INSERT INTO course_teachers (course_id, user_id, added_at) VALUES (1, 1, '2026')")
    for text in ("# And **here**?", "Or there?"):
        clock.advance(minutes=1)
        helping.ask(lms, who(JO), lesson, text)
    async with open_app() as learner:
        learner.app.push_screen(HelpWantedScreen())
        await learner.settle()
        requests = learner.app.screen.query_one(HelpList)
        assert requests.count == 2
        assert "And here?" in learner.text
        assert "Jo · Knot one · Knots" in learner.text
        await learner.press("down", "enter")
        assert isinstance(learner.app.screen, HelpThreadScreen)
        assert "Or there?" in learner.text
        await learner.press("escape")
        assert requests.cursor == 1
        learner.app.screen.action_show_tab("mine")  # type: ignore[attr-defined]  # as a click does
        await learner.settle()
        assert "Why twice?" in learner.text
        assert "Knot one · Knots" in learner.text
        await learner.press("enter")
        assert "You asked, today" in learner.text


async def test_a_list_of_any_length_is_read_a_part_at_a_time(
    open_app: OpenApp, lms: Lms, thandi: Claims, lesson: int
) -> None:
    helping.ask(lms, thandi, lesson, "The first")
    with lms.database.write() as transaction:
        transaction.executemany(
            """
            INSERT INTO help_requests (uuid, asker_id, course_id, lesson_id, text, asked_at)
            VALUES (:uuid, 1, 1, :lesson, :text, :at)
            """,
            (
                {
                    "uuid": f"u{number}",
                    "lesson": lesson,
                    "text": f"Question {number:03}",
                    "at": f"2026-11-{1 + number // 60:02} 10:{number % 60:02}:00",
                }
                for number in range(500)
            ),
        )
    async with open_app() as learner:
        learner.app.push_screen(HelpWantedScreen())
        await learner.press("f", "G")
        assert "501" in learner.text
        assert "Question 000" in learner.text
        await learner.press("g")
        assert "The first" in learner.text


async def test_a_list_that_cannot_be_read_says_so(open_app: OpenApp, thandi: Claims) -> None:
    async with open_app() as learner:
        learner.services.fail(helping.wanted, StorageError("disk_full", path="lms.db"))
        learner.app.push_screen(HelpWantedScreen())
        await learner.settle()
        assert "ctrl+r tries again." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "Nobody waits for your help." in learner.words


# Hostile, and small


@pytest.mark.parametrize("size", [HOME, WIDE, NARROW])
@pytest.mark.parametrize("kind", [*HOSTILE, "flood", "blocks"])
async def test_hostile_words_are_text(
    open_app: OpenApp, lms: Lms, thandi: Claims, lesson: int, kind: str, size: tuple[int, int]
) -> None:
    more = {
        "flood": "e" + "\u0301" * 3_900 + " end",
        "blocks": "::: quiz\n\nQ? {#q}\n\n- [x] a\n\n:::\n\n```\nnever closed\n\n> > > # x\n\n[a]: http://example.org\n\n<b>",
    }
    text = {**HOSTILE, **more}[kind][:4_000].encode("utf-8", "replace").decode()
    request_id = helping.ask(lms, thandi, lesson, text, paragraph=Paragraph(0, text, text)).id
    helping.reply(lms, who(JO), request_id, text)
    helping.reply(lms, who(JO), request_id, "The last word.")
    with lms.database.write() as transaction:
        transaction.execute("UPDATE learners SET name = :text WHERE user_id = 3", {"text": text[:200]})
    async with open_app(size) as learner:
        learner.app.push_screen(HelpWantedScreen())
        await learner.settle()
        for keys in (("f",), ("enter",), ("G",), ("r",), ("escape",), ("t",)):
            await learner.press(*keys)
            for line in learner.lines:
                assert not set(line) & set("\x1b\x9b\u202e\u2066")
            if kind != "flood":
                look_at(learner, size[0])
        assert learner.app.is_running


def look_at(learner: Learner, width: int) -> None:
    try:
        look(learner, width)
    except AssertionError as error:
        if "show_tab" not in str(error):
            raise


@pytest.mark.parametrize("size", [size for size in SIZES if size != TINY])
async def test_at_every_size(open_app: OpenApp, lms: Lms, asked: int, size: tuple[int, int]) -> None:
    helping.reply(lms, who(JO), asked, "word " * 200)
    async with open_app(size) as learner:
        learner.app.push_screen(HelpWantedScreen())
        await learner.settle()
        await learner.press("f", "enter", "G", "r", "escape")
        for other in (*SIZES, HOME):
            await learner.resize(other)
        assert isinstance(learner.app.screen, HelpThreadScreen)


# Reporting


async def test_the_last_answer_of_another_or_the_question_is_reported(
    open_app: OpenApp, lms: Lms, thandi: Claims, asked: int
) -> None:
    teacher = claims_of(99, name="Zola", role="admin")
    async with open_app(HOME) as learner:
        await open_thread(learner, asked)
        await learner.press("!")
        assert isinstance(learner.app.screen, HelpThreadScreen)  # there are only words of one's own
        said = helping.reply(lms, who(JO), asked, "Because, fool.")
        helping.reply(lms, thandi, asked, "Kindly.")
        await learner.press("ctrl+r", "!")
        assert "Report the last answer" in learner.words
        await learner.type("Unkind.")
        await learner.press("ctrl+s")
        assert "Reported to who teaches this course." in learner.words
    (found,) = moderation.reports(lms, teacher)
    assert (found.about.id, found.about.kind, found.reason) == (said, "help_reply", "Unkind.")


async def test_a_question_is_reported_and_its_asker_reads_why_it_was_hidden(
    open_app: OpenApp, lms: Lms, thandi: Claims, lesson: int, asked: int
) -> None:
    teacher = claims_of(99, name="Zola", role="admin")
    enrolling.enroll(lms, who(4), 1)
    theirs = helping.ask(lms, who(4), lesson, "Why, fool?").id
    reading.complete_lesson(lms, thandi, lesson)
    show_profile(lms, thandi.user_id)
    reporting.report_question(lms, who(JO), asked, "Empty.")
    reporting.hide(lms, teacher, moderation.reports(lms, teacher)[0].id, "Say more.")
    async with open_app(HOME) as learner:
        await open_thread(learner, theirs)
        await learner.press("!")
        assert "Report this question" in learner.words
        await learner.type("Unkind.")
        await learner.press("ctrl+s", "escape")
        await open_thread(learner, asked)
        assert "The reason: Say more." in learner.words
    (found,) = moderation.reports(lms, teacher)
    assert (found.about.id, found.about.kind) == (theirs, "help_request")
