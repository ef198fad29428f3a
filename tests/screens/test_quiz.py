"""A quiz, through the keys a learner presses."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from azora_tui.errors import StorageError
from azora_tui.lms import enrolling, quizzes
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.models.course_sources import CourseSource
from azora_tui.settings import Settings
from tests.screens.conftest import NARROW, SMALL, Learner, OpenApp, SignUp, Stored, send
from tests.told import told

QUIZ = """\
Grass is cut in the evening.

::: {.quiz ATTRIBUTES}

Which knot *holds*? {#knot}

hint: It is the one you tie first.

- [ ] the granny
  > Not this one. Look again at the first round.
- [x] the `first` knot
  > Yes. The walls follow it.
- [ ] no knot

Which of these do you need? {#need}

- [x] dry grass
  > Yes.
- [ ] glue
  > Not this one. A stitch holds without it.
- [x] a needle

What keeps the grass soft? {#soft}

hint: You drink it.

answer: water

> Damp is enough.

How many stitches has the third round? {#stitches}

answer: 18 ± 0

:::
"""
RIGHT = (("2",), ("1", "3"), tuple("Water"), tuple("18"))


@pytest.fixture
def weaving(lms: Lms, no_bundle: None, make_course: Callable[..., CourseSource], sign_up: SignUp) -> Callable[..., int]:
    """`weaving("attempts=2")`: a course whose first lesson ends with a quiz, with Thandi enrolled in it."""
    claims = sign_up()

    def make(attributes: str = "", *, version: str = "1.0", content: str = QUIZ) -> int:
        source = make_course("weaving", title="Weaving with Grass", lessons="one two", version=version)
        first = replace(source.lessons[0], title="The First Knot", content=content.replace("ATTRIBUTES", attributes))
        with lms.database.write() as transaction:
            course = install(lms, transaction, replace(source, lessons=(first, *source.lessons[1:])))
        enrolling.enroll(lms, claims, course)
        return course

    return make


async def answer(learner: Learner, *given: str) -> None:
    await learner.press(*given, "enter")


async def take(learner: Learner, answers: tuple[tuple[str, ...], ...] = RIGHT) -> None:
    """From the first question to the result."""
    for given in answers:
        await answer(learner, *given)
        await learner.press("enter")


async def test_a_whole_quiz(open_app: OpenApp, weaving: Callable[..., int], stored: Stored) -> None:
    weaving()
    async with open_app() as learner:
        await learner.press("enter")
        assert "Quiz: 4 questions · q takes it" in learner.words
        assert "Which knot" not in learner.words, "the questions wait for who wants them"
        assert "Done? enter completes the lesson, q takes the quiz." in learner.words
        assert stored("SELECT * FROM attempts") == []

        await learner.press("q")
        assert "Which knot holds?" in learner.text
        assert "1 of 4 · choose one" in learner.text
        assert "○ ○ ○ ○" in learner.lines[2]
        assert "It is the one you tie first" not in learner.text
        assert stored("SELECT count(*) FROM attempts") == [(1,)]

        await answer(learner)
        assert "Choose an answer first." in learner.text
        await learner.press("h")
        assert "Hint: It is the one you tie first." in learner.text
        await answer(learner, "2")
        assert "● ○ ○ ○" in learner.lines[2]
        assert "1 of 4 · ✓ right" in learner.text
        assert "2 ✓ the first knot" in learner.words
        assert "Yes. The walls follow it." in learner.text
        assert stored("SELECT question_id, given, correct, hint_used FROM answers") == [("knot", "[1]", 1, 1)]

        await learner.press("1", "enter")
        assert "2 of 4 · choose all that are right" in learner.text, "an answer stays as it was given"
        await answer(learner, "down", "space", "1")
        assert "2 of 4 · × not quite these" in learner.text
        assert "1 ✓ dry grass" in learner.words
        assert "2 × glue" in learner.words
        assert "This belongs to it too." in learner.text

        await learner.press("enter")
        await answer(learner, *"1 WÁTER")
        assert "3 of 4 · × not this one" in learner.text
        assert "Right is: water" in learner.text
        assert "Damp is enough." in learner.text

        await learner.press("enter")
        await answer(learner, *"eighteen")
        assert "Write a number, such as 12 or 3.5." in learner.text
        await learner.press(*["backspace"] * 8)
        await answer(learner, *"18,0")
        assert "4 of 4 · ✓ right" in learner.text
        assert "enter shows the result." in learner.text

        await learner.press("enter")
        assert "2 of 4 right" in learner.text
        assert "50 %" in learner.text
        assert "80 % passes" in learner.text
        assert "✓ 1 Which knot holds?" in learner.words
        assert "right with the hint" in learner.text
        assert "× 2 Which of these do you need?" in learner.words
        assert stored("SELECT score, finished_at IS NOT NULL FROM attempts") == [(50, 1)]
        assert stored("SELECT count(*) FROM lesson_progress WHERE completed = 1") == [(0,)]

        await learner.press("down", "enter")
        assert "2 × glue" in learner.words
        assert "enter goes back to the result." in learner.text
        await learner.press("enter")
        assert "2 of 4 right" in learner.text

        await learner.press("r")
        assert "1 of 4 · choose one" in learner.text
        await take(learner)
        assert "4 of 4 right" in learner.text
        assert "✓ passed" in learner.text
        assert "2 attempts, the best counts" in learner.words
        assert "✓ The lesson is done." in learner.text
        assert stored("SELECT progress FROM enrollments") == [(50,)]

        await learner.press("escape")
        assert "Quiz: 4 questions · best 100 % ✓ passed · q goes back to it" in learner.words
        assert "✓ done" in learner.text
        assert " 50 %" in learner.lines[2]
        assert "✓ This lesson is done. enter opens Lesson two." in learner.text
        await learner.press("escape")
        assert "50 %" in learner.text, "and the pages below know it"


async def test_an_interrupted_quiz_goes_on_in_the_next_start(
    open_app: OpenApp, weaving: Callable[..., int], stored: Stored
) -> None:
    weaving()
    async with open_app() as learner:
        await learner.press("enter", "q")
        await answer(learner, "1")
        await learner.press("enter", "1")
        await learner.quit()
    assert stored("SELECT question_id, given FROM answers") == [("knot", "[0]")]

    async with open_app() as learner:
        await learner.press("enter")
        assert "1 question answered · q goes on with it" in learner.words
        await learner.press("q")
        assert "2 of 4 · choose all that are right" in learner.text
        assert "● ○ ○ ○" in learner.lines[2]
        await learner.press("left")
        assert "1 × the granny" in learner.words
        assert "Not this one. Look again at the first round." in learner.text
        assert "This is the right one." in learner.text
        await learner.press("enter")
        assert "2 of 4" in learner.text
        await take(learner, RIGHT[1:])
        assert "3 of 4 right" in learner.text
    assert stored("SELECT count(*), max(score) FROM attempts") == [(1, 75)]


async def test_a_hint_that_was_opened_is_open_in_the_next_start(
    open_app: OpenApp, weaving: Callable[..., int], stored: Stored
) -> None:
    weaving()
    async with open_app() as learner:
        await learner.press("enter", "q", "h")
        assert "Hint: It is the one you tie first." in learner.text
        await learner.quit()
    async with open_app() as learner:
        await learner.press("enter", "q")
        assert "Hint: It is the one you tie first." in learner.text
        await answer(learner, *RIGHT[0])
    assert stored("SELECT question_id, hint_used FROM answers") == [("knot", 1)]


async def test_one_that_ended_between_the_last_answer_and_the_result_is_finished(
    open_app: OpenApp, weaving: Callable[..., int], stored: Stored
) -> None:
    weaving()
    async with open_app() as learner:
        await learner.press("enter", "q")
        for given in RIGHT:
            await answer(learner, *given)
            if given != RIGHT[-1]:
                await learner.press("enter")
        await learner.press("escape")
        assert stored("SELECT score FROM attempts") == [(None,)]
        await learner.press("q")
        assert "4 of 4 right" in learner.text
    assert stored("SELECT score FROM attempts") == [(100,)]


async def test_keys_that_were_typed_ahead_are_understood(
    open_app: OpenApp, weaving: Callable[..., int], stored: Stored
) -> None:
    weaving()
    async with open_app() as learner:
        await learner.press("enter", "q")
        for key in ("2", "enter", "enter"):
            send(learner.app, key)
        await learner.settle()
        assert len(stored("SELECT * FROM answers")) == 1, "one answer, however often enter is pressed"
        assert "1 of 4" in learner.text or "2 of 4" in learner.text


async def test_the_whole_page(open_app: OpenApp, weaving: Callable[..., int], stored: Stored) -> None:
    weaving()
    async with open_app((80, 40)) as learner:
        await learner.press("enter", "q", "p")
        for prompt in ("Which knot holds?", "Which of these do you need?", "What keeps the grass soft?"):
            assert prompt in learner.text
        await learner.press("tab")
        await answer(learner, "1", "3")
        assert "2 of 4 · ✓ right" in learner.text
        assert "1 of 4 · choose one" in learner.text
        assert stored("SELECT question_id FROM answers") == [("need",)]
        await learner.press("enter")
        await answer(learner, *"water")
        await learner.press("enter")
        await answer(learner, *"18")
        await learner.press("enter")
        await answer(learner, "2")
        await learner.press("enter")
        assert "4 of 4 right" in learner.text


async def test_the_hint_of_a_written_answer(open_app: OpenApp, weaving: Callable[..., int], stored: Stored) -> None:
    weaving()
    async with open_app() as learner:
        await learner.press("enter", "q")
        await take(learner, RIGHT[:2])
        assert "your answer, or ? for the hint" in learner.text
        await answer(learner, "?")
        assert "Hint: You drink it." in learner.text
        assert len(stored("SELECT * FROM answers")) == 2
        await answer(learner, *"hot water")
        assert "hot water" in learner.text
    assert stored("SELECT hint_used FROM answers WHERE question_id = 'soft'") == [(1,)]


async def test_the_attempts_that_a_course_allows(
    open_app: OpenApp, weaving: Callable[..., int], stored: Stored
) -> None:
    weaving("attempts=1")
    async with open_app() as learner:
        await learner.press("enter", "q")
        await take(learner, (("1",), *RIGHT[1:]))
        assert "3 of 4 right" in learner.text
        assert "You have used the 1 attempt that the course allows." in learner.text
        assert "The lesson can still be completed at its end." in learner.text
        assert "r takes it again" not in learner.text
        await learner.press("r")
        assert "3 of 4 right" in learner.text
        assert stored("SELECT count(*) FROM attempts") == [(1,)]
        await learner.press("escape", "enter")
        assert stored("SELECT completed FROM lesson_progress") == [(1,), (0,)], "the learner's word still counts"


async def test_who_has_passed_is_not_told_to_complete_the_lesson(
    open_app: OpenApp, weaving: Callable[..., int]
) -> None:
    weaving("attempts=1")
    async with open_app() as learner:
        await learner.press("enter", "q")
        await take(learner)
        assert "You have used the 1 attempt that the course allows." in learner.text
        assert "can still be completed" not in learner.text


async def test_a_course_update_in_the_middle_changes_nothing(
    open_app: OpenApp, weaving: Callable[..., int], stored: Stored
) -> None:
    weaving("pass=75")
    async with open_app() as learner:
        await learner.press("enter", "q")
        await answer(learner, "1")
        weaving("pass=100", version="2.0", content=QUIZ.replace("water", "oil"))
        await learner.press("enter")
        await take(learner, RIGHT[1:])
        assert "3 of 4 right" in learner.text
        assert "✓ passed" in learner.text
    assert stored("SELECT score, pass_percent, course_version FROM attempts") == [(75, 75, "1.0")]


async def test_what_fails_is_said_and_can_be_tried_again(
    open_app: OpenApp, weaving: Callable[..., int], stored: Stored
) -> None:
    weaving()
    full = told(StorageError, "The disk is full. This step was not saved; everything before it was.")
    async with open_app() as learner:
        learner.services.fail(quizzes.page, full)
        await learner.press("enter", "q")
        assert "The disk is full" in learner.words
        assert "Go back with esc" in learner.words
        learner.services.mend()
        await learner.press("escape", "q")
        learner.services.fail(quizzes.answer, full)
        await answer(learner, "2")
        assert "The disk is full" in learner.words
        assert "✓" not in learner.text, "nothing is shown as done that is not"
        learner.services.mend()
        await answer(learner)
        assert "✓ right" in learner.text
    assert len(stored("SELECT * FROM answers")) == 1


async def test_nothing_is_shown_as_answered_before_it_is_kept(open_app: OpenApp, weaving: Callable[..., int]) -> None:
    weaving()
    async with open_app() as learner:
        await learner.press("enter", "q", "2")
        learner.services.hold(quizzes.answer)
        send(learner.app, "enter")
        for _ in range(5):
            await learner.pilot.pause()
        assert "✓" not in learner.text
        assert "○ ○ ○ ○" in learner.lines[2]
        learner.services.release()
        await learner.settle()
        assert "✓ right" in learner.text


async def test_a_click_chooses(open_app: OpenApp, weaving: Callable[..., int]) -> None:
    weaving()
    async with open_app() as learner:
        await learner.press("enter", "q")
        row = next(number for number, line in enumerate(learner.lines) if "no knot" in line)
        await learner.pilot.click(offset=(20, row))
        await learner.settle()
        assert "3 ● no knot" in learner.words


@pytest.mark.parametrize("size", [NARROW, SMALL])
async def test_it_works_where_there_is_little_room(open_app: OpenApp, weaving: Callable[..., int], size: Any) -> None:
    weaving()
    async with open_app(size) as learner:
        await learner.press("enter", "q")
        await take(learner)
        assert "4 of 4 right" in learner.text


async def test_ascii(open_app: OpenApp, weaving: Callable[..., int]) -> None:
    weaving()
    async with open_app(settings=Settings(ascii=True)) as learner:
        await learner.press("enter", "q")
        assert learner.text.isascii()
        await answer(learner, "1")
        assert "1 x the granny" in learner.words
        assert learner.text.replace("…", "").isascii()
        await learner.press("enter", "1")
        assert "1 [x] dry grass" in learner.words
        assert "2 [ ] glue" in learner.words


HOSTILE = """\
::: quiz

[/x] [@click=app.quit]Quit[/] &#27;[31m \u200f? {#a}

hint: [/] &#155;31m

- [x] [/b] &#27;[2J
  > [red]Yes[/red] &#x202e;
- [ ] [@click=app.quit]no[/]

And? {#b}

answer: [/x]

:::
"""


async def test_what_an_author_writes_is_text(open_app: OpenApp, weaving: Callable[..., int]) -> None:
    weaving(content=HOSTILE)
    async with open_app() as learner:
        await learner.press("enter", "q", "h")
        assert "[@click=app.quit]Quit[/]" in learner.text
        await answer(learner, "1")
        assert "[red]Yes[/red]" in learner.text
        await learner.press("enter")
        await answer(learner, *"[/y]")
        assert "Right is: [/x]" in learner.text
        await learner.press("enter")
        assert "[/x] [@click=app.quit]Quit[/]" in learner.text
        assert not {"\x1b", "\x9b", "\u202e"} & set(learner.text)


@pytest.mark.parametrize("course", [1, 2, 3, 4])
async def test_each_bundled_course_is_completed_by_its_quizzes(
    open_app: OpenApp, sign_up: SignUp, lms: Lms, stored: Stored, course: int
) -> None:
    from azora_tui.formats.quiz import read_quiz
    from azora_tui.lms import bundled, catalog

    claims = sign_up()
    bundled.load(lms)
    enrolling.enroll(lms, claims, course)
    contents = [content for _, content, _ in catalog.detail_with_contents(lms, claims, course)[1]]
    async with open_app() as learner:
        await learner.press("enter")
        for content in contents:
            quiz = read_quiz(content)
            assert quiz is not None
            await learner.press("G", "q")
            for question in quiz.questions:
                keys = [str(place + 1) for place in question.right_options] or list(question.accepted[0])
                await answer(learner, *keys)
                await learner.press("enter")
            assert "✓ passed" in learner.text
            await learner.press("escape", "enter")
    assert stored("SELECT progress, status FROM enrollments") == [(100, "completed")]
