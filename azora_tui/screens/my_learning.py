"""My learning: the courses one is enrolled in, one has completed, one has left."""

from collections.abc import Sequence
from operator import attrgetter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms import catalog, enrolling
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.my_learning import EnrolledCourse
from azora_tui.screens.base import EnrollmentChanged, Page
from azora_tui.screens.course_certificate import open_certificate
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean
from azora_tui.widgets.clickable import Clickable
from azora_tui.widgets.course_list import EnrolledList
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.lesson_list import LessonList
from azora_tui.widgets.plain import plain
from azora_tui.wording.errors import message

_TABS = {
    EnrollmentStatus.ACTIVE: "Under way",
    EnrollmentStatus.COMPLETED: "Completed",
    EnrollmentStatus.LEFT: "Left",
}
_EMPTY = {
    EnrollmentStatus.ACTIVE: "Nothing is under way. Press 2 for the catalog, choose a course, and enrol with e.",
    EnrollmentStatus.COMPLETED: "Nothing is completed yet. A course comes here once all its required lessons are done.",
    EnrollmentStatus.LEFT: "You have left no course. One that you leave waits here with all your work in it.",
}


class MyLearningScreen(WatchingPage):
    """Courses of one kind at a time; enter goes on exactly where one was."""

    AREA = "learning"
    CSS_PATH = "my_learning.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f,tab", "next_tab", "next list", id="learning.next_tab"),
        Binding("shift+tab", "previous_tab", "previous list", show=False, id="learning.previous_tab"),
        Binding("o", "course", "course page", id="learning.course"),
        Binding("l", "leave", "leave", id="learning.leave"),
        Binding("u", "take_up", "take up again", id="learning.take_up"),
        Binding("c", "certificate", "certificate", id="learning.certificate"),
    ]

    _courses = getters.query_one("#courses", EnrolledList)
    _empty_state = getters.query_one("#empty-state", EmptyState)
    _lessons = getters.query_one("#lessons", LessonList)

    def __init__(self) -> None:
        super().__init__()
        self._tab = EnrollmentStatus.ACTIVE
        self._go_to: int | None = None  # the course that is to be under the cursor once it is there
        self._left: EnrolledCourse | None = None

    def compose_body(self) -> ComposeResult:
        yield Clickable(id="tabs", markup=False)
        yield Static("", id="message", markup=False)
        with Horizontal(id="panes"):
            with Vertical(id="list-pane"):
                yield EnrolledList(self.glyphs, self.services.now, id="courses")
                yield EmptyState(self.glyphs, id="empty-state")
            yield LessonList(self.glyphs, id="lessons")

    def on_mount(self) -> None:
        self._courses.focus()
        self._courses.display = False
        self._lessons.can_focus = False
        self._empty_state.wait("Reading your courses …")
        self._show_tabs({})
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self, *, again: bool = False) -> None:
        try:
            courses, counts = await self.ask(enrolling.my_learning, self._tab)
        except AzoraError as error:
            self._courses.display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            return
        self._show_tabs(counts)
        if again:
            self._courses.show_again(courses, attrgetter("enrollment.course_id"))
        else:
            self._courses.show(courses)
        self._go_to_course(courses)
        self._courses.display = bool(courses)
        if courses:
            self._empty_state.hide()
            self._courses.focus()
        else:
            self._empty_state.empty(_EMPTY[self._tab])
        self.refresh_bindings()

    def _go_to_course(self, courses: Sequence[EnrolledCourse]) -> None:
        places = [each.enrollment.course_id for each in courses]
        if self._go_to in places:
            self._courses.cursor = places.index(self._go_to)
            self._go_to = None

    def _show_tabs(self, counts: dict[EnrollmentStatus, int]) -> None:
        tabs = Content("")
        for status, word in _TABS.items():
            here = status is self._tab
            click = Style.from_meta({"@click": f"screen.show_tab({status.value!r})"})
            number = f" {counts[status]:,}" if counts.get(status) else ""
            text = Content.assemble((word, "bold underline $text" if here else "$text-muted"), (number, "$text-muted"))
            tabs = tabs.append(text.stylize(click)).append("     ")
        self.query_one("#tabs", Static).update(tabs)

    @on(EnrolledList.CursorMoved, "#courses")
    @work(exclusive=True, group="aside-lessons")
    async def _show_lessons(self) -> None:
        lessons = self._lessons
        record = self._courses.current
        if record is None or not self.has_class("-wide"):
            lessons.show([])
            return
        try:
            detail = await self.ask(catalog.detail, record.enrollment.course_id)
        except AzoraError:
            lessons.show([])  # the list itself says what failed
            return
        undone = [number for number, lesson in enumerate(detail.lessons) if lesson.id == detail.next_lesson_id]
        lessons.show(detail.lessons, cursor=undone[0] if undone else 0)

    @on(EnrolledList.Chosen, "#courses")
    def _continue(self, event: EnrolledList.Chosen) -> None:
        record = event.record
        if record.enrollment.status is EnrollmentStatus.LEFT or record.next_lesson_id is None:
            self.action_course()
        else:
            self.open_lesson(record.next_lesson_id, record.next_lesson_title or "")

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load(again=True)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_lessons)

    def action_next_tab(self) -> None:
        self._turn_tab(1)

    def action_previous_tab(self) -> None:
        self._turn_tab(-1)

    def on_screen_suspend(self) -> None:
        if isinstance(self.app.screen, Page):  # a dialog does not end it
            self._end_moment()

    def _end_moment(self) -> None:
        """What was just done is said, and undone, while it is just done."""
        self._left = None
        self._say("")

    def action_show_tab(self, status: str) -> None:
        self._end_moment()
        self._tab = EnrollmentStatus(status)
        self._load()

    def _turn_tab(self, step: int) -> None:
        self._end_moment()
        tabs = list(_TABS)
        self._tab = tabs[(tabs.index(self._tab) + step) % len(tabs)]
        self._load()

    def action_course(self) -> None:
        record = self._courses.current
        if record is not None:
            self.open_course(record.enrollment.course_id, record.title)

    @work(exclusive=True, group="act")
    async def action_leave(self) -> None:
        record = self._courses.current
        if record is None:
            return
        try:
            await self.ask(enrolling.leave, record.enrollment.course_id)
        except AzoraError as error:
            self.tell(str(error), failed=True)
            return
        self._left = record
        self._say(f"You left {record.title}. Your work is kept. u undo")
        self.app.enrollment_changed(record.enrollment.course_id)

    @work(exclusive=True, group="act")
    async def action_take_up(self) -> None:
        record = self._courses.current if self._tab is EnrollmentStatus.LEFT else self._left
        if record is None:
            return
        try:
            result = await self.ask(enrolling.enroll, record.enrollment.course_id)
        except AzoraError as error:
            self.tell(str(error), failed=True)
            return
        self._left = None
        self._go_to = record.enrollment.course_id
        self._say(message(result.outcome.value, result.values))
        self.app.enrollment_changed(record.enrollment.course_id)

    @work(exclusive=True, group="act")
    async def action_certificate(self) -> None:
        record = self._courses.current
        if record is None:
            return
        try:
            why = await open_certificate(self, record.enrollment.course_id)
        except AzoraError as error:
            self.tell(str(error), failed=True)
        else:
            if why:
                self._say(why)

    def subject(self, action: str) -> str:
        undoes = action == "take_up" and self._tab is not EnrollmentStatus.LEFT
        record = self._left if undoes else self._courses.current
        named = record is not None and action in ("course", "leave", "take_up", "certificate", "choose")
        return clean(record.title, keep_newlines=False) if named and record is not None else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        record = self._courses.current if self.is_mounted and self._courses.display else None
        if action == "take_up":
            return record is not None if self._tab is EnrollmentStatus.LEFT else self._left is not None
        if action == "leave":
            return record is not None and self._tab is not EnrollmentStatus.LEFT
        if action == "course":
            return record is not None
        if action == "certificate":
            return record is not None and record.enrollment.completed_at is not None
        return True

    def _say(self, sentence: str) -> None:
        self.query_one("#message", Static).update(plain(sentence))
