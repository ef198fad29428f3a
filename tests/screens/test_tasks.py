"""Work that a person reads, on both sides of the screen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Button, TextArea

from azora_tui.errors import StorageError
from azora_tui.lms import enrolling, tasks
from azora_tui.lms.installing import install
from azora_tui.lms.service import Lms
from azora_tui.lms.teaching import marking
from azora_tui.models.accounts import Claims
from azora_tui.models.course_sources import CourseSource, LessonSource
from azora_tui.screens import task, watching
from azora_tui.screens.hand_in_dialog import HandInDialog
from azora_tui.screens.lesson import LessonScreen
from azora_tui.screens.marking import MarkScreen
from azora_tui.screens.task import TaskScreen
from azora_tui.screens.waiting import WaitingScreen
from azora_tui.widgets.criteria_list import CriteriaList
from tests.conftest import claims_of
from tests.screens.conftest import SIZES, Learner, OpenApp, SignUp, Stored

TASK = """\
A bowline does not slip.

::: {.task #bowline}
## The bowline, in words

Write down how to tie it, so that somebody who has never seen one can.

- [ ] the loop is named
- [ ] it goes **round** the standing part
:::
"""
TEACHER = 1


@pytest.fixture(autouse=True)
def no_draft_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task, "KEEP_AFTER", 3600.0)


@pytest.fixture
def ids(lms: Lms, no_bundle: None, make_course: Callable[..., CourseSource]) -> dict[str, int]:
    """Knots and Ropes, whose first lesson has a task."""
    lessons = (
        LessonSource("bowline", "The Bowline", 5, True, "All", TASK),
        LessonSource("hitches", "Hitches", 5, True, "All", "Two half hitches.\n"),
    )
    with lms.database.write() as transaction:
        course = install(lms, transaction, replace(make_course("knots", title="Knots and Ropes"), lessons=lessons))
        found: Any = transaction.execute("SELECT slug, id FROM lessons WHERE course_id = :id", {"id": course})
        return {"knots": course, **dict(found)}


@pytest.fixture
def kofi(lms: Lms, ids: dict[str, int], sign_up: SignUp) -> Claims:
    """Thandi, the first here, is the admin; Kofi is in the course, and is signed in at the next start."""
    sign_up(keep=False)
    claims = sign_up("Kofi Mensah", "kofi@example.org")
    enrolling.enroll(lms, claims, ids["knots"])
    return claims


def admin() -> Claims:
    return claims_of(TEACHER, role="admin", name="Thandi Nkosi")


async def to_task(learner: Learner) -> TextArea:
    await learner.press("3", "enter", "h")
    assert isinstance(learner.app.screen, TaskScreen)
    return learner.app.screen.query_one(TextArea)


async def hand_in(learner: Learner, text: str) -> None:
    await to_task(learner)
    await learner.type(text)
    await learner.press("ctrl+s", "enter")


async def look(learner: Learner) -> None:
    """What the page does a moment after somebody has written."""
    page = learner.app.screen
    assert isinstance(page, watching.WatchingPage)
    page.look_again()
    await learner.settle()


# The learner


async def test_that_work_is_handed_in_is_said_though_the_page_is_read_again_meanwhile(
    open_app: OpenApp, kofi: Claims, ids: dict[str, int]
) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "h")
        await learner.type("A rabbit.")
        learner.services.hold(tasks.page)
        await learner.press("ctrl+s", "enter")
        page = learner.app.screen
        assert isinstance(page, TaskScreen)
        page.look_again()
        await learner.settle()
        assert "Version 1 is handed in." not in learner.text
        learner.services.release()
        await learner.settle()
        assert "✓ Version 1 is handed in." in learner.text


async def test_work_is_written_handed_in_and_answered(
    open_app: OpenApp, lms: Lms, kofi: Claims, ids: dict[str, int], stored: Stored
) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter")
        assert "Task · ○ new · h opens it" in learner.text
        assert "The bowline, in words" in learner.text
        await learner.press("end")
        assert "It is done once your work on its task is accepted. h opens it." in learner.text
        await learner.press("enter")
        assert "This lesson counts once The bowline, in words (nothing is handed in yet) is accepted." in learner.said
        await learner.press("h")
        assert "What counts" in learner.text
        assert isinstance(learner.app.screen.focused, TextArea), "there is nothing to do yet but to write"
        await learner.type("A rabbit.")
        await learner.press("ctrl+s")
        assert isinstance(learner.app.screen, HandInDialog)
        assert "This is version 1. Who teaches the course reads it then" in learner.words
        assert stored("SELECT text FROM task_drafts") == [("A rabbit.",)]
        assert stored("SELECT * FROM submissions") == []
        await learner.press("tab", "enter")
        assert isinstance(learner.app.screen, TaskScreen)
        assert stored("SELECT * FROM submissions") == []
        await learner.press("ctrl+s", "enter")
        assert stored("SELECT version, text FROM submissions") == [(1, "A rabbit.")]
        assert stored("SELECT * FROM task_drafts") == []
        assert "✓ Version 1 is handed in." in learner.text
        assert "● handed in, waits for an answer" in learner.text
        assert not learner.app.screen.query_one("#writing").display

        marking.answer(lms, admin(), 1, accepted=False, ticked={1}, words="Which *way*?")
        await look(learner)
        assert "● came back with an answer" in learner.text
        assert "Thandi Nkosi, today: returned: there is more to do" in learner.text
        assert "Which way?" in learner.text
        assert learner.app.screen.query_one(TextArea).text == "A rabbit.", "one goes on from there"
        assert [row[0] is None for row in stored("SELECT read_at FROM task_answers")] == [False]
        await learner.press("w")
        await learner.type(" Round the tree.")
        await learner.press("ctrl+s", "enter")
        assert stored("SELECT version, text FROM submissions") == [(1, "A rabbit."), (2, "A rabbit. Round the tree.")]
        marking.answer(lms, admin(), 2, accepted=True)
        await look(learner)
        assert "✓ accepted" in learner.text
        await learner.press("escape")
        assert isinstance(learner.app.screen, LessonScreen)
        assert "Task · ✓ accepted · h opens it" in learner.text
        assert "✓ done" in learner.text, "that it is done was said before"


async def test_a_draft_is_kept_when_the_page_is_left_and_when_the_app_ends(
    open_app: OpenApp, kofi: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        await to_task(learner)
        await learner.type("Half a")
        await learner.press("escape", "escape")
        assert isinstance(learner.app.screen, LessonScreen)
        assert stored("SELECT text FROM task_drafts") == [("Half a",)]
        assert "● draft" in learner.text
        await learner.press("h")
        await learner.type(" rabbit")
        await learner.quit()
    assert stored("SELECT text FROM task_drafts") == [("Half a rabbit",)]
    async with open_app() as learner:
        assert (await to_task(learner)).text == "Half a rabbit"


async def test_a_draft_is_kept_in_a_moment_of_rest(
    open_app: OpenApp, kofi: Claims, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task, "KEEP_AFTER", 0.001)
    async with open_app() as learner:
        await to_task(learner)
        await learner.type("Half a")
        await learner.until(lambda: stored("SELECT text FROM task_drafts") == [("Half a",)])
        await learner.until(lambda: "draft kept, only you can see it" in learner.text)


async def test_a_draft_that_cannot_be_kept_is_not_lost_by_one_key(
    open_app: OpenApp, kofi: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        area = await to_task(learner)
        await learner.type("Half a")
        learner.services.fail(tasks.keep_draft, StorageError("disk_full"))
        await learner.press("escape", "escape")
        assert isinstance(learner.app.screen, TaskScreen)
        assert "Your draft is not kept." in learner.words
        await learner.press("ctrl+s")
        assert isinstance(learner.app.screen, TaskScreen), "nothing is handed in that is not on disk"
        assert area.text == "Half a"
        learner.services.mend()
        await learner.press("escape")
        assert stored("SELECT text FROM task_drafts") == [("Half a",)]


async def test_a_draft_that_cannot_be_kept_can_be_left(open_app: OpenApp, kofi: Claims) -> None:
    async with open_app() as learner:
        await to_task(learner)
        await learner.type("Half a")
        learner.services.fail(tasks.keep_draft, StorageError("disk_full"))
        await learner.press("escape", "escape", "escape")
        assert isinstance(learner.app.screen, LessonScreen)


async def test_what_is_too_long_is_said_and_stays(open_app: OpenApp, kofi: Claims, stored: Stored) -> None:
    async with open_app() as learner:
        area = await to_task(learner)
        await learner.paste("knot " * 200_000)
        await learner.press("ctrl+s", "enter")
        assert "This has 1,000,000 bytes, and 100,000 is the most" in learner.words
        assert len(area.text) == 1_000_000
    assert stored("SELECT LENGTH(text) FROM task_drafts") == [(1_000_000,)]
    assert stored("SELECT * FROM submissions") == []


async def test_nothing_is_handed_in_without_words(open_app: OpenApp, kofi: Claims) -> None:
    async with open_app() as learner:
        await to_task(learner)
        await learner.type("  ")
        await learner.press("ctrl+s")
        assert isinstance(learner.app.screen, TaskScreen)
        assert "Write something first" in learner.text


async def test_the_button_hands_in_too(open_app: OpenApp, kofi: Claims, stored: Stored) -> None:
    async with open_app() as learner:
        await to_task(learner)
        await learner.type("A rabbit.")
        await learner.press("tab", "enter", "enter")
        assert stored("SELECT text FROM submissions") == [("A rabbit.",)]


async def test_what_was_handed_in_in_another_window_is_seen_and_words_stay(
    open_app: OpenApp, lms: Lms, kofi: Claims, ids: dict[str, int]
) -> None:
    async with open_app() as learner:
        area = await to_task(learner)
        tasks.keep_draft(lms, kofi, ids["bowline"], "bowline", "From the other window.")
        await look(learner)
        assert area.text == "From the other window.", "nothing was written here"
        await learner.type(" And here.")
        tasks.hand_in(lms, kofi, ids["bowline"], "bowline", "From the other window.")
        await look(learner)
        assert area.text == "From the other window. And here."
        assert area.display
        assert "This was handed in elsewhere." in learner.text
        await learner.press("ctrl+s")
        assert isinstance(learner.app.screen, TaskScreen)


async def test_an_answer_is_seen_without_a_key(
    open_app: OpenApp, lms: Lms, kofi: Claims, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.01)
    submission = tasks.hand_in(lms, kofi, ids["bowline"], "bowline", "A rabbit.")
    async with open_app() as learner:
        await to_task(learner)
        marking.answer(lms, admin(), submission.id, accepted=False, words="Which way?")
        await learner.until(lambda: "Which way?" in learner.text)


async def test_a_task_that_cannot_be_read(open_app: OpenApp, kofi: Claims) -> None:
    async with open_app() as learner:
        learner.services.fail(tasks.page, StorageError("disk_failed", name="lms.db"))
        await to_task(learner)
        assert "ctrl+r tries again, esc goes back." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "Write down how to tie it" in learner.text


@pytest.mark.parametrize("size", SIZES)
async def test_any_size(open_app: OpenApp, lms: Lms, kofi: Claims, ids: dict[str, int], size: tuple[int, int]) -> None:
    tasks.hand_in(lms, kofi, ids["bowline"], "bowline", "A rabbit.")
    marking.answer(lms, admin(), 1, accepted=False, words="Which way?")
    async with open_app() as learner:
        await to_task(learner)
        await learner.resize(size)
        await learner.press("w", "x", "escape")
        learner.app.push_screen(WaitingScreen())
        await learner.settle()
        await learner.resize((80, 24))


async def test_a_lesson_with_several_tasks(
    open_app: OpenApp,
    lms: Lms,
    kofi: Claims,
    ids: dict[str, int],
    make_course: Callable[..., CourseSource],
    stored: Stored,
) -> None:
    more = "\n::: {.task #drawing .optional}\nDraw it, in signs.\n:::\n"
    lessons = (LessonSource("bowline", "The Bowline", 5, True, "All", TASK + more),)
    with lms.database.write() as transaction:
        install(lms, transaction, replace(make_course("knots", version="2.0"), lessons=lessons))
    async with open_app() as learner:
        await learner.press("3", "enter")
        assert "Task · ○ new · optional · h opens it" in learner.text
        await learner.press("h")
        assert "The bowline, in words" in learner.lines[2]
        await learner.type("A rabbit.")
        await learner.press("escape", ">")
        assert "Draw it, in signs." in learner.lines[2]
        assert stored("SELECT task_key, text FROM task_drafts") == [("bowline", "A rabbit.")]
        assert learner.app.screen.query_one(TextArea).text == ""
        await learner.type("/\\")
        await learner.press("escape", ">", "<")
        assert learner.app.screen.query_one(TextArea).text == "A rabbit."
        await learner.press("escape", "escape")
        assert stored("SELECT task_key, text FROM task_drafts ORDER BY 1") == [
            ("bowline", "A rabbit."),
            ("drawing", "/\\"),
        ]


async def test_the_line_above_a_task_is_no_paragraph(open_app: OpenApp, kofi: Claims) -> None:
    async with open_app() as learner:
        await learner.press("3", "enter", "w")
        chosen = []
        for _ in range(3):
            paragraph = learner.reader.chosen
            assert paragraph is not None
            chosen.append(paragraph.text)
            await learner.press("down")
        assert chosen[:2] == ["A bowline does not slip.", "The bowline, in words"]


# The editor


@contextmanager
def lent() -> Iterator[None]:
    yield


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """An editor that does what a script says, in a terminal that can be lent; the path is where it notes its file."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("azora_tui.tui.app.AzoraApp.suspend", lambda _: lent())

    def make(script: str) -> Path:
        program, note = tmp_path / "my editor", tmp_path / "note"
        program.write_text(f'#!/bin/sh\nstat -c "%a %n" "$2" > "{note}"\n{script}\n', "utf-8")
        program.chmod(0o700)
        monkeypatch.setenv("EDITOR", f"'{program}' --wait")
        return note

    return make


async def test_writing_in_ones_own_editor(
    open_app: OpenApp, kofi: Claims, stored: Stored, editor: Callable[[str], Path]
) -> None:
    note = editor('cat "$2" > "$0.before"; printf "From the editor.\\n\\033[31mRed" > "$2"')
    async with open_app() as learner:
        area = await to_task(learner)
        await learner.type("Begun here.")
        await learner.press("escape", "e")
        assert area.text == "From the editor.\nRed" or "\x1b" not in area.text
    assert [row[0].startswith("From the editor.\n") for row in stored("SELECT text FROM task_drafts")] == [True]
    mode, _, name = note.read_text("utf-8").strip().partition(" ")
    assert mode == "600"
    assert not Path(name).exists()
    assert (note.parent / "my editor.before").read_text("utf-8") == "Begun here."


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ('echo broken > "$2"; exit 3', "ended with an error, so your draft is as it was."),
        ("printf '\\377\\376' > \"$2\"", "is not UTF-8 text"),
        ('rm "$2"', "Your draft is as it was."),
    ],
)
async def test_an_editor_that_fails_takes_nothing(
    open_app: OpenApp, kofi: Claims, editor: Callable[[str], Path], script: str, sentence: str
) -> None:
    editor(script)
    async with open_app() as learner:
        area = await to_task(learner)
        await learner.type("Begun here.")
        await learner.press("escape", "e")
        assert sentence in learner.words
        assert area.text == "Begun here."
        assert not list(learner.services.paths.home.glob("answer-*"))


async def test_an_editor_that_is_not_there(
    open_app: OpenApp, kofi: Claims, editor: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-here")
    async with open_app() as learner:
        await to_task(learner)
        await learner.press("escape", "e")
        assert "no-such-editor-here could not be opened." in learner.words


async def test_a_terminal_that_cannot_be_lent(open_app: OpenApp, kofi: Claims) -> None:
    async with open_app() as learner:
        await to_task(learner)
        await learner.press("escape", "e")
        assert "This terminal cannot be lent to an editor." in learner.words


# The teacher


@pytest.fixture
def teacher(lms: Lms, ids: dict[str, int], sign_up: SignUp) -> Claims:
    """Thandi, the admin, is signed in at the next start; Kofi has handed his work in."""
    claims = sign_up()
    kofi = sign_up("Kofi Mensah", "kofi@example.org", keep=False)
    enrolling.enroll(lms, kofi, ids["knots"])
    tasks.hand_in(lms, kofi, ids["bowline"], "bowline", "A *rabbit* and a tree.")
    return claims


async def to_waiting(learner: Learner) -> None:
    learner.app.push_screen(WaitingScreen(area="home"))
    await learner.settle()


async def test_work_is_read_ticked_and_returned(
    open_app: OpenApp, lms: Lms, teacher: Claims, ids: dict[str, int], stored: Stored
) -> None:
    async with open_app() as learner:
        await to_waiting(learner)
        assert "Waiting for your answer   1" in learner.text
        assert "Kofi Mensah   The bowline, in words" in learner.text
        await learner.press("enter")
        assert isinstance(learner.app.screen, MarkScreen)
        assert "A rabbit and a tree." in learner.text
        await learner.press("w")
        assert isinstance(learner.app.screen.focused, CriteriaList)
        await learner.press("j", "space", "tab", "tab", "tab", "enter")
        assert "Write what is missing, so that they can go on." in learner.words
        assert isinstance(learner.app.screen.focused, TextArea)
        assert stored("SELECT * FROM task_answers") == []
        await learner.type("Which *way*?")
        await learner.press("tab", "tab", "enter")
        assert isinstance(learner.app.screen, WaitingScreen)
        assert stored("SELECT accepted, ticked, words FROM task_answers") == [(0, "[2]", "Which *way*?")]
        assert "✓ Returned: The bowline, in words, by Kofi Mensah." in learner.said
        assert "Nothing waits for your answer." in learner.text


async def test_work_is_accepted(open_app: OpenApp, teacher: Claims, stored: Stored) -> None:
    async with open_app() as learner:
        await to_waiting(learner)
        await learner.press("enter", "w", "enter", "enter", "enter", "tab", "tab", "enter")
        assert stored("SELECT accepted, ticked, words FROM task_answers") == [(1, "[1]", "")]


async def test_an_answer_that_is_begun_is_not_lost_by_one_key(
    open_app: OpenApp, teacher: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        await to_waiting(learner)
        await learner.press("enter", "w", "tab")
        await learner.type("Which way?")
        await learner.press("escape", "escape")
        assert isinstance(learner.app.screen, MarkScreen)
        assert "Nothing is answered yet. esc again leaves without it" in learner.text
        await learner.press("escape")
        assert isinstance(learner.app.screen, WaitingScreen)
        await learner.press("enter", "escape")
        assert isinstance(learner.app.screen, WaitingScreen), "nothing was begun"
    assert stored("SELECT * FROM task_answers") == []


async def test_work_that_comes_is_seen_without_a_key(
    open_app: OpenApp, lms: Lms, teacher: Claims, ids: dict[str, int], sign_up: SignUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "WATCH_EVERY", 0.01)
    amina = sign_up("Amina", "amina@example.org", keep=False)
    enrolling.enroll(lms, amina, ids["knots"])
    async with open_app() as learner:
        await to_waiting(learner)
        assert "Amina" not in learner.text
        tasks.hand_in(lms, amina, ids["bowline"], "bowline", "A snake.")
        await learner.until(lambda: "Amina   The bowline" in learner.text)
        assert "Waiting for your answer   2" in learner.text


async def test_work_that_somebody_else_answers_meanwhile(
    open_app: OpenApp, lms: Lms, teacher: Claims, stored: Stored
) -> None:
    async with open_app() as learner:
        await to_waiting(learner)
        await learner.press("enter", "w", "tab")
        await learner.type("Which way?")
        marking.answer(lms, claims_of(9, role="admin", name="Sipho"), 1, accepted=True)
        await look(learner)
        assert "Sipho has answered this meanwhile." in learner.text
        assert learner.app.screen.query_one(TextArea).text == "Which way?"
        assert all(button.disabled for button in learner.app.screen.query("#below Button").results(Button))
    assert stored("SELECT accepted FROM task_answers") == [(1,)]


HOSTILE = """\
```
never closed
::: quiz

Is it? {#x}

- [x] [red]yes[/red]

:::
<!-- nor this
# [bold]A heading[/bold]

[link](javascript:alert(1)) ![](file:///etc/passwd)

\x1b[2J\x1b]0;title\x07 \u202e backwards \x9b31m
"""


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE.removeprefix("```\nnever closed\n"), ":::\n" * 40, "> " * 200 + "x"])
async def test_hostile_work_is_text_and_ends_where_it_ends(
    open_app: OpenApp, lms: Lms, teacher: Claims, ids: dict[str, int], text: str, sign_up: SignUp
) -> None:
    amina = sign_up("[bold]Amina[/bold]", "amina@example.org", keep=False)
    enrolling.enroll(lms, amina, ids["knots"])
    handed_in = tasks.hand_in(lms, amina, ids["bowline"], "bowline", text)
    marking.answer(lms, teacher, handed_in.id, accepted=False, words=text)
    tasks.hand_in(lms, amina, ids["bowline"], "bowline", "The end.")
    async with open_app((80, 60)) as learner:
        await to_waiting(learner)
        assert "[bold]Amina[/bold]" in learner.text
        await learner.press("j", "enter")
        assert "[bold]Amina[/bold]" in learner.text
        headings = [each.text for each in learner.reader.headings]
        assert [each for each in headings if each.startswith("Version")] == [
            "Version 2, handed in today", "Version 1, handed in today",
        ]  # fmt: skip
        assert any(each.startswith("Thandi Nkosi, today: returned") for each in headings)
        assert "A heading" not in " ".join(headings)
        await learner.press("end")
        assert not [sign for sign in learner.text if sign < " " and sign != "\n"]


async def test_what_waits_cannot_be_read(open_app: OpenApp, teacher: Claims) -> None:
    async with open_app() as learner:
        learner.services.fail(marking.waiting, StorageError("disk_failed", name="lms.db"))
        await to_waiting(learner)
        assert "ctrl+r tries again." in learner.words
        learner.services.mend()
        learner.services.fail(marking.work, StorageError("disk_failed", name="lms.db"))
        await learner.press("ctrl+r", "enter")
        assert "ctrl+r tries again, esc goes back." in learner.words
        learner.services.mend()
        await learner.press("ctrl+r")
        assert "A rabbit and a tree." in learner.text


async def test_a_learner_is_told_that_they_do_not_teach(open_app: OpenApp, kofi: Claims) -> None:
    async with open_app() as learner:
        await to_waiting(learner)
        assert "Only instructors and admins can do this." in learner.words
