"""A course's own page: what it brings, its lessons, and one main action."""

from operator import attrgetter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from azora_tui.errors import AzoraError
from azora_tui.lms import catalog, enrolling
from azora_tui.models.course_rules import CourseState
from azora_tui.models.courses import CourseDetail
from azora_tui.models.enrolling import ABOUT_THE_KEY, EnrollOutcome, EnrollResult
from azora_tui.models.progress import LessonState
from azora_tui.screens.base import UP, EnrollmentChanged, Page
from azora_tui.screens.enrollment_key import EnrollmentKeyDialog
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean, wrap
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.lesson_list import LessonList
from azora_tui.widgets.line import Row
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.quick_button import QuickButton
from azora_tui.wording.course_rules import STATES, enrollment_facts
from azora_tui.wording.courses import course_state, own_state_sentence
from azora_tui.wording.errors import message
from azora_tui.wording.numbers import counted


class CourseDetailScreen(WatchingPage):
    """Enrol, start, continue: the button in the same place always says what it will do."""

    CSS_PATH = "course_detail.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "continue", "continue", id="course.continue"),
        Binding("e", "enroll", "enrol", id="course.enroll"),
        Binding("w", "waitlist", "waitlist", id="course.waitlist"),
        Binding("l", "leave", "leave", id="course.leave"),
        Binding("u", "undo", "undo", id="course.undo"),
        Binding("t", "settings", "settings", id="course.settings"),
        UP,
    ]

    _lessons = getters.query_one("#lessons", LessonList)
    _main_button = getters.query_one("#main-action", Button)
    _head = getters.query_one("#head", Vertical)
    _empty_state = getters.query_one("#empty-state", EmptyState)
    _state = getters.query_one("#state", Static)

    def __init__(self, course_id: int, title: str, *, area: str = "catalog") -> None:
        super().__init__()
        self.AREA = area  # a course belongs to the area that it was opened from
        self._course_id = course_id
        self._title = title
        self._detail: CourseDetail | None = None
        self._just_left = False
        self._message = ""

    def compose_body(self) -> ComposeResult:
        with Vertical(id="head"):
            with Horizontal(id="title-line"):
                yield Static(plain_line(self._title), id="title")
                yield Static("", id="state")
            yield Static("", id="facts")
            yield Static("", id="takes")
            yield Static("", id="description")
            with Horizontal(id="action-line"):
                yield QuickButton("", id="main-action", compact=True)
                yield Static("", id="message")
        yield LessonList(self.glyphs, id="lessons")
        yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._main_button.display = False
        self._lessons.display = False
        self._empty_state.wait("Opening the course …")
        self._load(focus=True)

    @work(exclusive=True, group="load")
    async def _load(self, *, focus: bool = False, again: bool = False) -> None:
        try:
            detail = await self.ask(catalog.detail, self._course_id)
        except AzoraError as error:
            self._head.display = False
            self._lessons.display = False
            self._empty_state.failed(f"{error} Go back with esc.")
            return
        self._detail = detail
        self._show(detail, again=again)
        if focus:
            self._main_button.focus()
        self.refresh_bindings()

    def _show(self, detail: CourseDetail, *, again: bool) -> None:
        course = detail.course
        separator = f" {self.glyphs.separator} "
        facts = (course.instructor, course.duration, course.level, counted(course.students, "learner"))
        self._put("#title", course.title)
        enrollment = detail.enrollment
        state, role = course_state(
            enrollment.status if enrollment else None,
            enrollment.progress if enrollment and any(each.required for each in detail.lessons) else None,
            self.glyphs,
        )
        self._state.update(plain(state))
        self._state.set_classes(f"-{role}")
        self._put("#facts", separator.join(fact for fact in facts if fact))
        self._show_what_it_takes(detail)
        self._put("#description", course.description)
        self._show_action(detail)
        self._empty_state.hide()
        self._head.display = True
        lessons = self._lessons
        lessons.display = True
        lessons.with_state = detail.enrolled
        lessons.set_header(self._header(detail))
        if again:
            lessons.show_again(detail.lessons, attrgetter("id"))
        else:
            lessons.show(detail.lessons, cursor=self._next_index(detail))

    def _show_what_it_takes(self, detail: CourseDetail) -> None:
        """Seats, window and key for who could enrol, and who sees a course that is not in the catalog."""
        facts = [] if detail.course.state is CourseState.PUBLISHED else [STATES[detail.course.state]]
        if not detail.enrolled:
            said = detail.refusal.outcome if detail.refusal else None
            facts += enrollment_facts(detail.course, detail.today, said=said)
        self._put("#takes", f" {self.glyphs.separator} ".join(facts))
        self.query_one("#takes").display = bool(facts)

    def _show_action(self, detail: CourseDetail) -> None:
        button = self._main_button
        label, reason = self._main_action(detail)
        button.label = plain(f"[ {clean(label, keep_newlines=False)} ]")
        button.disabled = bool(reason)
        button.display = True
        self._say(self._message or reason, "-done" if self._message else "")

    def _main_action(self, detail: CourseDetail) -> tuple[str, str]:
        """(what the button will do, why it cannot)."""
        if detail.enrolled:
            if not detail.lessons:
                return "Start", "This course has no lessons yet."
            done = [lesson for lesson in detail.lessons if lesson.completed]
            if len(done) == len(detail.lessons):
                return "Read again", ""
            opened = [lesson for lesson in detail.lessons if lesson.opened_at or lesson.completed]
            return (f"Continue: {self._next(detail).title}" if opened else "Start"), ""
        label = "Take it up again" if detail.enrollment else "Enrol"
        if detail.waitlist_place and detail.refusal is not None:
            if detail.refusal.outcome is EnrollOutcome.ARCHIVED:
                return label, f"{message(detail.refusal.outcome.value, {})} w takes you off its waitlist."
            return label, _waiting(detail.waitlist_place)
        if detail.refusal is None:
            return label, ""
        if detail.refusal.outcome is EnrollOutcome.MISSING_PREREQUISITE:
            missing = [each.title or each.slug for each in detail.prerequisites if not each.completed]
            return label, f"{self.glyphs.locked} needs {' and '.join(missing)}"
        wait = " Join the waitlist with w." if detail.refusal.outcome is EnrollOutcome.FULL else ""
        return label, f"{message(detail.refusal.outcome.value, detail.refusal.values)}{wait}"

    def _header(self, detail: CourseDetail) -> list[Row]:
        rows: list[Row] = []
        width = max(20, min(76, self.size.width - 8))
        if detail.own_state and (said := own_state_sentence(detail.own_state)):
            lines = wrap(clean(said, keep_newlines=False), width)
            rows += [*(([("  ", "plain"), (line, "accent")], []) for line in lines), ([], [])]
        if detail.course.outcomes:
            rows += [([("  What you will be able to do", "heading")], [])]
            for outcome in detail.course.outcomes:
                rows += [
                    ([(f"  {' ' if number else self.glyphs.bullet} ", "active"), (line, "plain")], [])
                    for number, line in enumerate(wrap(clean(outcome, keep_newlines=False), width))
                ]
            rows.append(([], []))
        if detail.prerequisites:
            needs = ", ".join(
                f"{self.glyphs.done if each.completed else self.glyphs.locked} {each.title or each.slug}"
                for each in detail.prerequisites
            )
            rows += [([("  Before it: ", "heading"), (needs, "plain")], []), ([], [])]
        minutes = sum(lesson.minutes for lesson in detail.lessons)
        if detail.lessons:
            words = f"{counted(len(detail.lessons), 'lesson')}, about {counted(minutes, 'minute')}"
            facts = f" {self.glyphs.separator} ".join(
                fact for fact in (f"version {detail.course.version}", detail.course.licence) if fact
            )
            rows.append(([("  Lessons", "heading"), (f"   {words}", "muted")], [(facts, "muted"), ("  ", "plain")]))
        else:
            rows.append(([("  This course has no lessons yet.", "muted")], []))
        return rows

    def _next(self, detail: CourseDetail) -> LessonState:
        return detail.lessons[self._next_index(detail)]

    def _next_index(self, detail: CourseDetail) -> int:
        """The lesson to go on with; the first where everything is done, or nothing yet."""
        return next((index for index, lesson in enumerate(detail.lessons) if lesson.id == detail.next_lesson_id), 0)

    @on(Button.Pressed, "#main-action")
    def _main(self) -> None:
        if self._detail is None or (self._detail.enrolled and not self._detail.lessons):
            return
        if self._detail.enrolled:
            self._read(self._next(self._detail))
        else:
            self.action_enroll()

    @on(LessonList.Chosen, "#lessons")
    def _lesson_chosen(self, event: LessonList.Chosen) -> None:
        if self._detail and self._detail.enrolled:
            self._read(event.record)
        else:
            self._say("Enrol first with e; then every lesson opens.")

    def _read(self, lesson: LessonState) -> None:
        self.open_lesson(lesson.id, lesson.title)

    @work(exclusive=True, group="act")
    async def action_enroll(self) -> None:
        try:
            result = await self.ask(enrolling.enroll, self._course_id)
        except AzoraError as error:
            self._say(str(error), "-failed")
            return
        if result.outcome in ABOUT_THE_KEY:
            self.app.push_screen(EnrollmentKeyDialog(self._title, "Enrol", self._enroll_with))
        else:
            self._came_to(result)

    async def _enroll_with(self, key: str) -> str:
        """What is wrong with a key; "" where it let the learner in."""
        result = await self.ask(enrolling.enroll, self._course_id, key=key)
        if result.outcome in ABOUT_THE_KEY:
            return message(result.outcome.value, result.values)
        self._came_to(result)
        return ""

    def _came_to(self, result: EnrollResult) -> None:
        if result.outcome is EnrollOutcome.ENROLLED:
            self._just_left = False
            self.app.enrollment_changed(self._course_id, beside=self)
            self._reload_with(f"{self.glyphs.done} {message(result.outcome.value, result.values)}")
        else:  # the course as it is now says why
            self._reload_with(
                message(result.outcome.value, result.values) if result.outcome is EnrollOutcome.ALREADY_ENROLLED else ""
            )

    def action_continue(self) -> None:
        self._main()

    @work(exclusive=True, group="act")
    async def action_leave(self) -> None:
        try:
            await self.ask(enrolling.leave, self._course_id)
        except AzoraError as error:
            self._say(str(error), "-failed")
            return
        self._just_left = True
        self.app.enrollment_changed(self._course_id, beside=self)
        self._reload_with(f"You left {self._title}. Your work is kept. u undo")

    def action_undo(self) -> None:
        self.action_enroll()

    @work(exclusive=True, group="act")
    async def action_waitlist(self) -> None:
        waiting = self._detail is not None and self._detail.waitlist_place is not None
        try:
            if waiting:
                await self.ask(enrolling.leave_waitlist, self._course_id)
                said = "You are no longer on the waitlist. w joins it again, at its end."
            else:
                said = _waiting(await self.ask(enrolling.join_waitlist, self._course_id))
        except AzoraError as error:
            if error.code == EnrollOutcome.KEY_NEEDED.value:
                self.app.push_screen(EnrollmentKeyDialog(self._title, "Wait for a seat", self._wait_with))
            else:
                self._say(str(error), "-failed")
            return
        self._reload_with(said)

    async def _wait_with(self, key: str) -> str:
        """The same of a key that lets the learner wait."""
        self._reload_with(_waiting(await self.ask(enrolling.join_waitlist, self._course_id, key=key)))
        return ""

    def action_settings(self) -> None:
        from azora_tui.screens.course_settings import CourseSettingsScreen

        self.app.push_screen(CourseSettingsScreen(self._course_id, self._title, area=self.AREA))

    def on_screen_suspend(self) -> None:
        # What was just done is said while it is just done; a dialog does not end that.
        if self._message and self._detail is not None and isinstance(self.app.screen, Page):
            self._message = ""
            self._show_action(self._detail)

    def on_resize(self) -> None:
        if self._detail is not None:
            self._lessons.set_header(self._header(self._detail))

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._message = ""
        self._load()

    def look_again(self) -> None:
        self._load(again=True)

    def _reload_with(self, message: str) -> None:
        """Reload the course and say what was just done, with the focus where the next action is."""
        self._message = message
        self._load(focus=True)

    def subject(self, action: str) -> str:
        return clean(self._title, keep_newlines=False) if action not in ("back", "help") else ""

    def offers(self, action: str) -> bool:
        return action != "enroll" or self._detail is None or not self._detail.enrolled

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now stands in the line of keys."""
        detail = self._detail
        enrolled = detail is not None and detail.enrolled
        if action == "enroll":
            return detail is not None and not self._just_left
        if action == "settings":
            return detail is not None and detail.teaches
        if action in ("leave", "continue"):
            return enrolled
        if action == "undo":
            return self._just_left and not enrolled
        if action == "waitlist":
            if detail is None or enrolled:
                return False
            full = detail.refusal is not None and detail.refusal.outcome is EnrollOutcome.FULL
            return full or detail.waitlist_place is not None
        return True

    def _put(self, id_: str, text: str) -> None:
        self.query_one(id_, Static).update(plain(text))

    def _say(self, sentence: str, look: str = "") -> None:
        message = self.query_one("#message", Static)
        message.update(plain(sentence))
        message.set_classes(look)


def _waiting(place: int) -> str:
    return f"You are number {place} on the waitlist. w leaves it."
