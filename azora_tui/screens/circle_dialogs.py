"""What is asked about circles: a name and a goal, a word, what to write, and whether to go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from azora_tui.errors import AzoraError
from azora_tui.lms import enrolling
from azora_tui.lms.together import boards, circles
from azora_tui.models.circles import Circle, Post
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.models.my_learning import EnrolledCourse
from azora_tui.screens.base import Dialog, Page
from azora_tui.screens.writing import WritingDialog
from azora_tui.widgets.form import Field, Form
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.line import Row
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.quick_button import QuickButton
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.circles import spoken, written_by
from azora_tui.wording.news import first_words

_ABOUT = 200
"""Characters of a post that stand over a reply to it."""
_FIELDS = {"circle_needs_name": "name", "circle_needs_goal": "goal", "circle_day_over": "until"}
"""Under which field an error stands."""


async def make_circle(page: Page) -> Circle | None:
    """Ask around which course, and for name, goal and day; the circle, once it is on disk."""
    try:
        statuses = (EnrollmentStatus.ACTIVE, EnrollmentStatus.COMPLETED)
        mine = await page.ask(enrolling.my_courses, statuses=statuses)
    except AzoraError as error:
        page.tell(str(error), failed=True)
        return None
    if not mine:
        page.tell("A circle is around a course, and you are in none yet. Find one in the catalog with 2.")
        return None
    chosen = mine[0] if len(mine) == 1 else await page.app.push_screen_wait(CourseDialog(mine))
    if chosen is None:
        return None
    made: Circle | None = await page.app.push_screen_wait(CircleDialog(chosen.enrollment.course_id, chosen.title))
    return made


class CourseList(RecordList[EnrolledCourse]):
    """One line a course."""

    def draw_record(self, record: EnrolledCourse, index: int, width: int) -> Sequence[Row]:
        return [([(record.title, "plain")], [])]


class CourseDialog(Dialog[EnrolledCourse]):
    """Dismissed with the course that was chosen."""

    CSS_PATH = "circle_dialogs.tcss"

    _courses = getters.query_one("#courses", CourseList)

    def __init__(self, courses: Sequence[EnrolledCourse]) -> None:
        super().__init__()
        self._mine = courses

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Around which course?", classes="dialog-title")
            yield CourseList(rows_each=1, cursor_sign=self.glyphs.cursor, id="courses")
        yield KeyBar()

    def on_mount(self) -> None:
        self._courses.styles.height = min(8, len(self._mine))
        self._courses.show(self._mine)
        self.set_focus(self._courses)

    @on(CourseList.Chosen, "#courses")
    def _chosen(self, event: CourseList.Chosen) -> None:
        self.dismiss(event.record)


class _FormDialog(Dialog[Circle]):
    """A form that makes, changes or finds a circle. Dismissed with it once that is on disk."""

    CSS_PATH = "circle_dialogs.tcss"

    _form = getters.query_one(Form)

    def on_mount(self) -> None:
        self.set_focus(next(iter(self._form.fields.values())).input)

    async def submit(self) -> Circle:
        raise NotImplementedError

    @on(Button.Pressed, "#do")
    def _pressed(self) -> None:
        self._form.submit()

    @on(Form.Submitted)
    @work(exclusive=True)
    async def _submitted(self) -> None:
        try:
            done = await self.submit()
        except AzoraError as error:
            field = self._form.fields.get(_FIELDS.get(error.code, ""))
            if field is not None:
                field.wrong(str(error))
            else:
                self.query_one("#answer", Static).update(plain(str(error)))
        except ValueError:
            self._form.fields["until"].wrong("Write the day as year-month-day, such as 2027-03-01.")
        else:
            self.dismiss(done)


class CircleDialog(_FormDialog):
    """Name, goal and day of a new circle or, with a `circle`, of that one."""

    def __init__(self, course_id: int, course_title: str, circle: Circle | None = None) -> None:
        super().__init__()
        self._course_id = course_id
        self._circle = circle
        self._title = f"Change {circle.name}" if circle else f"A circle around {course_title}"

    def compose(self) -> ComposeResult:
        circle = self._circle
        with Vertical(classes="dialog"):
            yield Static(plain_line(self._title), classes="dialog-title")
            with Form():
                yield Field("Name", "name", placeholder="Three ropes", value=circle.name if circle else "")
                yield Field(
                    "Goal", "goal", placeholder="every hitch, without looking", value=circle.goal if circle else ""
                )
                yield Field("By when", "until", placeholder="2027-03-01", value=str(circle.until) if circle else "")
                with Horizontal():
                    yield QuickButton("Change it" if circle else "Make it", id="do", compact=True)
            yield Static("", id="answer", markup=False)
        yield KeyBar()

    async def submit(self) -> Circle:
        fields = self._form.fields
        named: dict[str, Any] = {"name": fields["name"].value, "goal": fields["goal"].value}
        named["until"] = date.fromisoformat(fields["until"].value.strip())
        if self._circle is not None:
            return await self.ask(circles.change, self._circle.id, **named)
        return await self.ask(circles.make, self._course_id, **named)


class JoinDialog(_FormDialog):
    """The word of a circle."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Join a circle", classes="dialog-title")
            with Form():
                yield Field(
                    "Its word", "word", placeholder="kubalo-31", note="as somebody in the circle told it to you"
                )
                with Horizontal():
                    yield QuickButton("Join", id="do", compact=True)
            yield Static("", id="answer", markup=False)
        yield KeyBar()

    async def submit(self) -> Circle:
        return await self.ask(circles.join, self._form.fields["word"].value)


class WordDialog(Dialog[None]):
    """The word that lets somebody in, to be read out loud; who made the circle can renew it."""

    CSS_PATH = "circle_dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(None)", "done", id="circle.word_done"),
        Binding("r", "renew", "a new word", id="circle.renew"),
    ]

    def __init__(self, circle: Circle) -> None:
        super().__init__()
        self._circle = circle

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_line(f"The word of {self._circle.name}"), classes="dialog-title")
            yield Static(spoken(self._circle.word), id="word", markup=False)
            yield Static(
                plain(
                    f"Whoever is in {self._circle.course_title} joins with it: w in Circles. Twelve people are the"
                    " most."
                ),
                id="note",
            )
            yield Static("", id="answer", markup=False)
        yield KeyBar()

    @work(exclusive=True)
    async def action_renew(self) -> None:
        try:
            word = await self.ask(circles.invitation, self._circle.id, renew=True)
        except AzoraError as error:
            self.query_one("#answer", Static).update(plain(str(error)))
            return
        self.query_one("#word", Static).update(plain_line(spoken(word)))
        self.query_one("#note", Static).update("The word before lets nobody in any more.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "renew":
            return self._circle.made_here or None
        return super().check_action(action, parameters)


class _SendingDialog(WritingDialog[Post]):
    """Dismissed with the post once it is on disk."""

    KEEP = "Send it"
    WARNING = "esc again leaves without sending it. ctrl+s sends it."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+o", "keep", "send it", priority=True, id="board.send"),
    ]


class PostDialog(_SendingDialog):
    """A post to everybody in a circle."""

    def __init__(self, circle_id: int, name: str) -> None:
        super().__init__("A post", f"To everybody in {name}", "Everybody in the circle sees it under your name.")
        self._circle_id = circle_id

    async def keep(self, text: str) -> Post:
        return await self.ask(boards.post, self._circle_id, text)


class ReplyDialog(_SendingDialog):
    """An answer to a post."""

    def __init__(self, post: Post) -> None:
        about = f"{written_by(post)}: {first_words(post.text, _ABOUT)}"
        super().__init__("A reply", about[:1].upper() + about[1:], "Everybody in the circle sees it under your name.")
        self._post = post

    async def keep(self, text: str) -> Post:
        return await self.ask(boards.reply, self._post.id, text)


class EditDialog(_SendingDialog):
    """Other words for a post of one's own."""

    def __init__(self, post: Post) -> None:
        super().__init__("Your post", "", "What stood there before is kept nowhere.", text=post.text)
        self._post = post

    async def keep(self, text: str) -> Post:
        return await self.ask(boards.change, self._post.id, text)


class _ChoiceDialog(Dialog[str]):
    """A question with its answers as buttons. Dismissed with the id of one; None is to change nothing."""

    CSS_PATH = "circle_dialogs.tcss"
    BUTTONS: tuple[tuple[str, str], ...] = ()

    def __init__(self, title: str, what: str) -> None:
        super().__init__()
        self._title = title
        self._what = what

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain_line(self._title), classes="dialog-title")
            yield Static(plain(self._what), id="note")
            for id_, label in self.BUTTONS:
                yield QuickButton(label, id=id_, compact=True, classes="" if id_ == self.BUTTONS[0][0] else "quiet")
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self.query(Button).first())

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(None if event.button.id == "stay" else event.button.id)


class LeaveDialog(_ChoiceDialog):
    """What becomes of one's posts: "delete" or "keep"."""

    BUTTONS = (
        ("delete", "Leave, and delete what I wrote"),
        ("keep", "Leave, and let it stand under my name"),
        ("stay", "Stay"),
    )

    def __init__(self, circle: Circle) -> None:
        last = circle.people == 1
        gone = " You are the last one here: the circle goes with you, and all that was written in it." if last else ""
        super().__init__(
            f"Leave {circle.name}?",
            f"Nothing of you stays in it but, if you say so, what you wrote. With its word you can come back.{gone}",
        )


class DeleteDialog(_ChoiceDialog):
    """Whether a post of one's own goes."""

    BUTTONS = (("delete", "Delete it"), ("stay", "Leave it"))

    def __init__(self, post: Post) -> None:
        super().__init__(
            "Delete this post?",
            f"{first_words(post.text, _ABOUT)}\n\nIt is kept nowhere then. Replies of others stay.",
        )
