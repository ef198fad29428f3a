"""What a course allows, and who teaches it: for who does."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, cast

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from azora_tui.errors import AzoraError, FieldError
from azora_tui.glyphs import Glyphs
from azora_tui.lms.teaching import course_rules
from azora_tui.models.course_rules import CourseRules, CourseState, RuleChanges, RulesSet, Teacher
from azora_tui.screens.base import UP, Page
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.form import Field, Form
from azora_tui.widgets.line import Row
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.quick_button import QuickButton
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.course_rules import STATES, seats_words, what_was_set

_STATES = list(CourseState)


class TeacherList(RecordList[Teacher]):
    """One line a teacher."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x,delete", "screen.remove_teacher", "take away", id="teachers.remove")
    ]

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=1, cursor_sign=glyphs.cursor, id=id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "choose"  # there is nothing to open

    def draw_record(self, record: Teacher, index: int, width: int) -> Sequence[Row]:
        return [([(record.name or f"account {record.user_id}", "plain"), (f"   {record.email}", "muted")], [])]


class CourseSettingsScreen(Page):
    """A form of the rules; under it, the teachers. Only what is different is written, and all of it or nothing."""

    CSS_PATH = "course_settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [UP]

    _form = getters.query_one(Form)
    _state_button = getters.query_one("#state", Button)
    _teachers = getters.query_one("#teachers", TeacherList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, course_id: int, title: str, *, area: str = "catalog") -> None:
        super().__init__()
        self.AREA = area
        self._course_id = course_id
        self._title = title
        self._rules: CourseRules | None = None
        self._state = CourseState.PUBLISHED

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="sheet", can_focus=False):
            yield Static(plain_line(self._title), id="title")
            yield Static("", id="status", markup=False)
            with Form():
                state = QuickButton("", id="state", compact=True, classes="quiet")
                state.active_effect_duration = 0  # its words change at once; that is effect enough
                yield state
                with Horizontal(classes="pair"):
                    yield Field("First day to enrol", "opens", placeholder="any", note="such as 2027-03-01")
                    yield Field("Last day to enrol", "closes", placeholder="any", note="that day is in it")
                with Horizontal(classes="pair"):
                    yield Field("Seats", "seats", placeholder="any number")
                    yield Field("Key", "key", placeholder="none", note="a word for the class")
                yield Field(
                    "Courses to complete first", "prerequisites", placeholder="none", note="slugs, commas between"
                )
                yield Field("Name a teacher", "teacher", placeholder="e-mail of an instructor")
                with Horizontal():
                    yield QuickButton("Keep it", id="keep", compact=True)
            with Vertical(id="taught-by"):
                yield Static("Taught by", classes="heading")
                yield TeacherList(self.glyphs, id="teachers")
        yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self.query_one("#sheet").display = False
        self._empty_state.wait("Opening the settings …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            rules = await self.ask(course_rules.rules, self._course_id)
        except AzoraError as error:
            self._empty_state.failed(f"{error} Go back with esc.")
            return
        self._show(rules)
        self.set_focus(self._form.fields["opens"].input)

    def _show(self, rules: CourseRules) -> None:
        self._rules = rules
        self._state = rules.state
        for name, text in _as_texts(rules).items():
            self._form.fields[name].input.value = text
        self._form.fields["seats"].explain(seats_words(rules))
        self._state_button.label = self._state_words
        self._show_teachers(rules.teachers)
        self._empty_state.hide()
        self.query_one("#sheet").display = True

    def _show_teachers(self, teachers: Sequence[Teacher]) -> None:
        self._teachers.styles.height = min(6, max(1, len(teachers)))
        self._teachers.show(teachers)
        self.query_one("#taught-by").display = bool(teachers)

    @property
    def _state_words(self) -> Content:
        sign = self.glyphs.done if self._state is CourseState.PUBLISHED else self.glyphs.new
        return Content(f"{sign} {STATES[self._state]}")

    @on(Button.Pressed, "#state")
    def _turn_state(self) -> None:
        self._state = _STATES[(_STATES.index(self._state) + 1) % len(_STATES)]
        self._state_button.label = self._state_words

    @on(Button.Pressed, "#keep")
    def _keep_pressed(self) -> None:
        self._form.submit()

    @on(Form.Submitted)
    def _submitted(self) -> None:
        if self._rules is None:
            return
        try:
            changes = self._changes(self._rules)
        except FieldError as error:
            self._form.refuse(error)
        else:
            self._keep(changes, self._form.fields["teacher"].value.strip())

    def _changes(self, rules: CourseRules) -> RuleChanges:
        """What stands there otherwise than it was loaded; somebody else's changes meanwhile stay."""
        before = {"state": rules.state, **_as_texts(rules)}
        texts = {name: field.value.strip() for name, field in self._form.fields.items() if name in before}
        changes = {name: _read(name, text) for name, text in texts.items() if text != before[name]}
        if self._state is not rules.state:
            changes["state"] = self._state
        return cast(RuleChanges, changes)

    @work(exclusive=True, group="keep")
    async def _keep(self, changes: RuleChanges, email: str) -> None:
        try:
            set_ = await self.ask(course_rules.set_rules, self._course_id, changes)
            said = what_was_set(set_)
            if email:
                said = await self._add_teacher(email, set_)
                set_ = set_._replace(rules=await self.ask(course_rules.rules, self._course_id))
        except FieldError as error:
            field = error.field if error.field in self._form.fields else "teacher"
            self._form.fields[field].wrong(str(error))
            return
        except AzoraError as error:
            self._say(str(error), failed=True)
            return
        self._form.fields["teacher"].input.value = ""
        self._show(set_.rules)
        self._say(f"{self.glyphs.done} {said}" if set_.changed or email else said)
        self.app.enrollment_changed(self._course_id, beside=self)

    async def _add_teacher(self, email: str, set_: RulesSet) -> str:
        """Let somebody teach too; what is said of it, and of what was changed before."""
        try:
            account = await self.services.account_of(email)
            added = await self.ask(course_rules.add_teacher, self._course_id, account)
        except AzoraError as error:
            if set_.changed:
                self._show(set_.rules)
            raise FieldError("teacher", error.code, **error.values) from error
        before = f"{what_was_set(set_)} " if set_.changed else ""
        does = "teaches this course now" if added else "teaches this course already"
        return f"{before}{account.name} {does}."

    @work(exclusive=True, group="keep")
    async def action_remove_teacher(self) -> None:
        teacher = self._teachers.current
        if teacher is None:
            return
        try:
            account = await self.services.account_of(teacher.email)
            await self.ask(course_rules.remove_teacher, self._course_id, account)
            rules = await self.ask(course_rules.rules, self._course_id)
        except AzoraError as error:
            self._say(str(error), failed=True)
            return
        self._rules = rules
        self._show_teachers(rules.teachers)
        self._say(f"{teacher.name} teaches this course no longer. Name them again with their e-mail.")

    def _say(self, sentence: str, *, failed: bool = False) -> None:
        status = self.query_one("#status", Static)
        status.update(plain(sentence))
        status.set_class(failed, "-failed")
        status.display = bool(sentence)
        self.query_one("#sheet").scroll_home(animate=False)


def _as_texts(rules: CourseRules) -> dict[str, str]:
    return {
        "opens": "" if rules.opens is None else rules.opens.isoformat(),
        "closes": "" if rules.closes is None else rules.closes.isoformat(),
        "seats": "" if rules.seats is None else str(rules.seats),
        "key": rules.key or "",
        "prerequisites": ", ".join(rules.prerequisites),
    }


def _read(name: str, text: str) -> object:
    """The rule that a text stands for, None for nothing; raises `FieldError` where it stands for none."""
    if name == "prerequisites":
        return tuple(slug for word in text.split(",") if (slug := word.strip()))
    if not text or name == "key":
        return text or None
    if name == "seats":
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            raise FieldError(name, "seats_unreadable")
        return int(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FieldError(name, "day_unreadable") from None
