"""Reading a lesson, and saying that it is done."""

from dataclasses import replace
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms import reading
from azora_tui.models.lessons import LessonPage
from azora_tui.models.progress import LessonCompletion, LessonState
from azora_tui.screens.base import UP
from azora_tui.screens.course_certificate import open_certificate
from azora_tui.screens.find_in_text import FIND_BINDINGS, FindInText
from azora_tui.screens.help_asking import HelpAsking
from azora_tui.screens.lesson_words import at_the_end, course_progress, just_done, position, quiz_note, task_notes
from azora_tui.screens.note_taking import NoteKeys, kept_position
from azora_tui.screens.place_keeping import PlaceKeeping
from azora_tui.screens.wisdom_beside import WisdomBeside
from azora_tui.text import clean
from azora_tui.widgets.contents import Contents
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.reader import MarkdownReader, Position


class LessonScreen(FindInText, PlaceKeeping, HelpAsking, WisdomBeside):
    """The text in a calm column, where one is on top, and at the end the way on."""

    CSS_PATH = "lesson.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "done", id="lesson.done"),
        Binding("q", "quiz", "quiz", id="lesson.quiz"),
        Binding("h", "task", "task", id="lesson.task"),
        Binding("m", "mark", "mark done", id="lesson.mark"),
        Binding("greater_than_sign", "next", "next", key_display=">", id="lesson.next"),
        Binding("less_than_sign", "previous", "previous", show=False, key_display="<", id="lesson.previous"),
        Binding("t", "contents", "contents", id="lesson.contents"),
        Binding("w", "choose_paragraph", "note", id="lesson.note"),
        Binding("v", "wisdom", "what others left", show=False, id="lesson.wisdom"),
        *FIND_BINDINGS,
        Binding("H", "ask_for_help", "ask for help", id="lesson.help"),
        UP,
    ]

    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, lesson_id: int, title: str, *, area: str, at: str | None = None, find: str = "") -> None:
        """`at` (JSON) is where to begin instead of where one was last time, `find` a word to mark there."""
        super().__init__()
        self.AREA = area  # a lesson belongs to the area that it was opened from
        self._first_place = (at, find)
        self._lesson_id = lesson_id
        self._title = title
        self._lesson: LessonPage | None = None
        self._said = ""
        self._said_at: Position | None = None
        self._find_there = ""
        self._leaving = False

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="position"):
            yield Static(plain_line(self._title), id="position-title")
            yield Static("", id="position-progress")
        yield Static("", id="gone", markup=False)
        with Horizontal(id="panes"):
            yield Contents(self.glyphs, id="contents")
            with NoteKeys(id="text"):
                yield MarkdownReader(ascii=self.ascii_only, id="reader")
                yield EmptyState(self.glyphs, id="empty-state")
        with Horizontal(id="left-line"):
            yield Static("", id="left", markup=False)
            yield Static("", id="left-more", markup=False)
        yield Static("", id="end", markup=False)
        yield self.find_input()

    def on_mount(self) -> None:
        self._reader.display = False
        self._empty_state.wait("Opening the lesson …")
        at, find = self._first_place
        self._open(self._lesson_id, at=at, find=find)

    @property
    def lesson_here(self) -> tuple[int, str] | None:
        return None if self._lesson is None else (self._lesson.lesson.id, self._lesson.lesson.title)

    def go_to(self, lesson_id: int, at: str | None, find: str) -> None:
        """Open a lesson at a place, as a new page would."""
        self._open(lesson_id, at=at, find=find)

    def say(self, sentence: str) -> None:
        """Show a sentence until the reader moves on, also where the end of the text is in view."""
        self._said = sentence
        self._said_at = self._reader.position if sentence else None
        self._show_end()

    @work(exclusive=True, group="open")
    async def _open(self, lesson_id: int, *, said: str = "", at: str | None = None, find: str = "") -> None:
        await self.keep_place()
        try:
            lesson = await self.ask(reading.open_lesson, lesson_id)
        except AzoraError as error:
            self._reader.display = False
            self._empty_state.failed(f"{error} Go back with esc.")
            return
        self._lesson_id = lesson_id
        self._lesson = lesson
        self.begin_reading()
        self._said, self._said_at, self._finding = said, None, False
        self._empty_state.hide()
        self._reader.display = True
        self._notes, self._left, self._find_there = (), None, find
        note = quiz_note(lesson.quiz, self.glyphs)
        self._reader.set_document(
            lesson.content,
            at=kept_position(at or lesson.position),
            quiz_note=note,
            task_notes=task_notes(lesson.tasks, self.glyphs),
        )
        self._reader.focus()
        self._show_position()
        self._show_contents()
        self.load_notes()
        self.load_left()
        if lesson.not_kept:
            self.tell(lesson.not_kept, failed=True)
        self.app.enrollment_changed(lesson.course_id, beside=self)
        self.refresh_bindings()

    def _show_position(self) -> None:
        if self._lesson is not None:
            self.query_one("#position-title", Static).update(position(self._lesson, self.glyphs))
            self.query_one("#position-progress", Static).update(course_progress(self._lesson, self.glyphs))
            self._show_end()

    def _show_end(self) -> None:
        """The line under the text: what was just done, or at the end of the text what enter does."""
        self.show_left()
        lesson = self._lesson
        end = self._end
        if lesson is None or self._said_at is not None or self._reader.chosen is not None or not self._reader.at_end:
            end.update(plain(self._said))
            return
        end.update(plain(at_the_end(lesson, self.glyphs, has_quiz=self._reader.questions > 0)))

    def _show_contents(self) -> None:
        lesson = self._lesson
        if lesson is not None:
            headings = [(heading.level, heading.text) for heading in self._reader.headings]
            self._contents.show_course(lesson.lessons, lesson.lesson, headings)

    @on(MarkdownReader.Loaded)
    def _loaded(self) -> None:
        self._show_contents()
        if self._find_there and self._reader.find(self._find_there):
            self._reader.find_next()
            self.say("n goes to the next hit in this lesson, N to the one before.")
        self._find_there = ""
        self._show_end()
        self.refresh_bindings()

    @on(MarkdownReader.Scrolled)
    def _scrolled(self, event: MarkdownReader.Scrolled) -> None:
        self._contents.follow(event.heading_index)
        self.keep_place_soon()
        if self._said_at not in (None, self._reader.position):
            self._said, self._said_at = "", None
        self._show_end()
        self.refresh_bindings()

    @work(exclusive=True, group="act")
    async def action_done(self) -> None:
        """At the end of the text: complete the lesson if need be, and open the next."""
        lesson = self._lesson
        if lesson is None:
            return
        following = reading.next_lesson(lesson.lessons, lesson.lesson)
        said = ""
        if not lesson.lesson.completed:
            completion = await self._complete()
            if completion is None:
                return
            following = completion.next
            said = just_done(completion, self.glyphs)
            if completion.course_completed:
                await self._show_certificate()
                return
        if following is None and lesson.progress.percent == 100:
            await self._show_certificate()
        elif following is None:
            self._leave()
        else:
            self._open(following.id, said=said)

    @work(exclusive=True, group="act")
    async def action_mark(self) -> None:
        completion = await self._complete()
        if completion is not None and completion.course_completed:
            await self._show_certificate()

    async def _show_certificate(self) -> None:
        """The course is completed: that is to be seen, not only said."""
        if self._lesson is None:
            return
        try:
            why = await open_certificate(self, self._lesson.course_id)
        except AzoraError as error:
            self.tell(str(error), failed=True)
        else:
            if why:
                self.tell(why)

    async def _complete(self) -> LessonCompletion | None:
        """Complete the open lesson and let the progress move; None when that was refused, with the reason said."""
        lesson = self._lesson
        if lesson is None:
            return None
        try:
            completion = await self.ask(reading.complete_lesson, self._lesson_id, minutes=self.take_minutes())
        except AzoraError as error:
            self.tell(str(error), failed=error.code != "lesson_held_up")
            return None
        self._lesson = replace(
            lesson, lesson=completion.lesson, lessons=completion.lessons, progress=completion.progress
        )
        self._said, self._said_at = f"{self.glyphs.done} This lesson is done.", None
        self._show_position()
        self._show_contents()
        self.load_left()
        self.refresh_bindings()
        self.app.enrollment_changed(self._lesson.course_id, beside=self)
        return completion

    @work(exclusive=True, group="act")
    async def action_quiz(self) -> None:
        await self.keep_place()
        if self._lesson is not None:
            from azora_tui.screens.quiz import QuizScreen

            await self.app.push_screen_wait(QuizScreen(self._lesson_id, self._lesson.lesson.title, area=self.AREA))
            await self._come_back()

    @work(exclusive=True, group="act")
    async def action_task(self) -> None:
        await self.keep_place()
        if self._lesson is None or not self._lesson.tasks:
            return
        from azora_tui.screens.task import TaskScreen

        titles = {each.task.id: each.task.title for each in self._lesson.tasks}
        task_id = self._reader.task_in_view
        if task_id not in titles:
            task_id = next(iter(titles))
        page = TaskScreen(self._lesson_id, task_id, titles[task_id], area=self.AREA, beside=tuple(titles))
        await self.app.push_screen_wait(page)
        await self._come_back()

    async def _come_back(self) -> None:
        """Show what a quiz or a task has changed, at the very place where the text was left."""
        try:
            lesson = await self.ask(reading.lesson_page, self._lesson_id)
        except AzoraError as error:
            self.tell(str(error), failed=True)
            return
        was_complete = self._lesson is None or self._lesson.progress.percent == 100
        self._lesson = lesson
        self.begin_reading()
        self._reader.set_quiz_note(quiz_note(lesson.quiz, self.glyphs))
        self._reader.set_task_notes(task_notes(lesson.tasks, self.glyphs))
        self._show_position()
        self._show_contents()
        self.refresh_bindings()
        if lesson.progress.percent == 100 and not was_complete:
            await self._show_certificate()

    def turn(self, step: int) -> None:
        if (lesson := self._beside(step)) is not None:
            self._open(lesson.id)

    def _beside(self, step: int) -> LessonState | None:
        """The lesson that many places on; None beyond the ends."""
        if self._lesson is None:
            return None
        lessons = self._lesson.lessons
        place = lessons.index(self._lesson.lesson) + step
        return lessons[place] if 0 <= place < len(lessons) else None

    @on(Contents.Chosen)
    def _contents_chosen(self, event: Contents.Chosen) -> None:
        entry = event.record
        if self._lesson is not None and entry.lesson.id != self._lesson.lesson.id:
            self._open(entry.lesson.id)
        elif entry.heading is not None:
            self._reader.go_to_heading(entry.heading)
        self._reader.focus()

    def action_back(self) -> None:
        if not (self.leave_find() or self.close_contents()):
            self._leave()

    @work(exclusive=True, group="leave")
    async def _leave(self) -> None:
        await self.keep_place()
        if self._lesson is not None:
            self.app.enrollment_changed(self._lesson.course_id, beside=self)
        if self.app.screen is self:
            self.dismiss()
        else:
            self._leaving = True

    def on_screen_resume(self) -> None:
        if self._leaving:  # a dialog had been opened over the page before its place was written down
            self._leaving = False
            self.dismiss()

    def subject(self, action: str) -> str:
        named = action in ("done", "mark", "quiz", "task") and self._lesson is not None
        return clean(self._lesson.lesson.title, keep_newlines=False) if named and self._lesson is not None else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        lesson = self._lesson
        if action == "done":
            return lesson is not None and self._reader.at_end
        if action == "quiz":
            return lesson is not None and self._reader.asks
        if action == "task":
            return lesson is not None and bool(lesson.tasks)
        if action == "mark":
            return lesson is not None and not lesson.lesson.completed
        if action in ("next", "previous"):
            return self._beside(1 if action == "next" else -1) is not None
        return super().check_action(action, parameters)
