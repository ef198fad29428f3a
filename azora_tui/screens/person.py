"""One learner's own way through a course, as they see it themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from azora_tui.lms.teaching import people
from azora_tui.models.insights import LearnersWay, Person
from azora_tui.models.progress import LessonState
from azora_tui.models.quizzes import PastAttempt
from azora_tui.models.submissions import MyTask
from azora_tui.screens.base import UP
from azora_tui.screens.figures_page import FiguresPage
from azora_tui.widgets.figure_list import BLANK, FigureRow, heading, words
from azora_tui.wording import insights as wording
from azora_tui.wording.dates import short_date
from azora_tui.wording.numbers import counted


def write_to(page: FiguresPage, course_id: int, person: Person) -> None:
    """Ask for a message to somebody in a course, and say that it was sent."""
    from azora_tui.screens.writing_dialogs import MessageDialog

    name = wording.person_name(person)

    def sent(was_sent: bool | None) -> None:
        if was_sent:
            page.tell(f"{name} finds it on their Home.")

    page.app.push_screen(MessageDialog(course_id, person.user_id, name), sent)


class PersonScreen(FiguresPage):
    """Lessons with their state, minutes and scores; who they are stands on top."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("m", "message", "message", id="person.message"), UP]
    WAITING = "Looking how they are doing …"

    def __init__(self, course_id: int, user_id: int, name: str) -> None:
        super().__init__()
        self._course_id = course_id
        self._user_id = user_id
        self._called = name
        self._way: LearnersWay | None = None

    def on_mount(self) -> None:
        self.say_title(self._called)

    async def read(self) -> Sequence[FigureRow] | str:
        self._way = way = await self.ask(people.way, self._course_id, self._user_id)
        person = way.person
        state, role = wording.state_words(person, self.glyphs)
        self.say_title(wording.person_name(person), way.course_title)
        stuck = wording.why_stuck(person)
        rows = [
            FigureRow(
                ((state, role), (f"  {stuck}" if stuck else "", "plain")),
                ((f"last here {wording.last_seen(person, self.today())}", "muted"),),
                term="Stuck" if stuck else "Under way",
            ),
            words(f"{person.email}   enrolled on {short_date(person.enrolled_on)}".strip()),
            BLANK,
            heading("Lessons", term="Under way"),
        ]
        rows += [self._lesson(lesson, way.attempts.get(lesson.id, ())) for lesson in way.lessons]
        return rows + self._tasks(way.tasks)

    def _tasks(self, tasks: Sequence[MyTask]) -> list[FigureRow]:
        if not tasks:
            return []
        rows = [
            FigureRow(((each.task.title, "plain"),), ((each.state.value, "muted"),), term="Waiting") for each in tasks
        ]
        return [BLANK, heading("Tasks", term="Waiting"), *rows]

    def _lesson(self, lesson: LessonState, attempts: Sequence[PastAttempt]) -> FigureRow:
        if lesson.completed:
            sign, role = self.glyphs.done, "done"
        elif lesson.opened_at:
            sign, role = self.glyphs.active, "active"
        else:
            sign, role = self.glyphs.new, "muted"
        scores = ", ".join(f"{attempt.score} %" for attempt in attempts)
        minutes = counted(lesson.time_spent_minutes, "minute") if lesson.time_spent_minutes else ""
        return FigureRow(
            ((f"{sign} ", role), (lesson.title, "plain")),
            ((f"quiz {scores}   " if scores else "", "muted"), (minutes, "muted")),
            term="Minutes",
        )

    def action_message(self) -> None:
        if self._way is not None:
            write_to(self, self._course_id, self._way.person)
