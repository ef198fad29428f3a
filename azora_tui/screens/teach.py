"""Teach: the Monday page of a course. Who waits for me, who needs me, what should I mend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from azora_tui.lms.teaching import course_rules, insights, marking
from azora_tui.models.course_rules import TaughtCourse
from azora_tui.models.insights import LessonFigures, Monday, Person, QuestionFigures, Which
from azora_tui.models.submissions import Waiting, WaitingWork
from azora_tui.screens.figures_page import FiguresPage
from azora_tui.screens.person import PersonScreen, write_to
from azora_tui.widgets.figure_list import BLANK, FigureRow, columns, heading, words
from azora_tui.wording import insights as wording
from azora_tui.wording.dates import since


class TeachScreen(FiguresPage):
    """One course at a time; each row opens the thing itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "message", "message", id="teach.message"),
        Binding("c", "figures", "course figures", id="teach.figures"),
        Binding("p", "people", "people", id="teach.people"),
        Binding("s", "questions", "questions", id="teach.questions"),
        Binding("w", "waiting", "what waits", id="teach.waiting"),
        Binding("r", "reports", "reports", show=False, id="teach.reports"),
        Binding("n", "announce", "announce", id="teach.announce"),
        Binding("o", "course", "course page", id="teach.course"),
        Binding("tab,f", "next_course", "next course", id="teach.next_course"),
        Binding("shift+tab", "previous_course", "previous course", show=False, id="teach.previous_course"),
    ]
    WAITING = "Looking at your course …"

    def __init__(self) -> None:
        super().__init__()
        self._courses: list[TaughtCourse] = []
        self._course_id: int | None = None

    async def read(self) -> Sequence[FigureRow] | str:
        self._courses = await self.ask(course_rules.taught)
        self.refresh_bindings()  # what can be done with a course does not wait for its figures
        if not self._courses:
            return "You teach no course yet. Bring one in: ctrl+p, then Import a course."
        course = self._course
        if self._course_id != course.id:
            self._course_id = course.id
            await self.services.name_learners(course.id)
        head = await self.ask(insights.head, course.id)
        self.say_title(course.title, wording.head_words(head, None))
        waiting = await self.ask(marking.waiting)
        monday = await self.ask(insights.monday, course.id)
        self.say_title(course.title, wording.head_words(head, monday.active_7))
        return [*self._waiting(waiting), *self._rows(monday)]

    @property
    def _course(self) -> TaughtCourse:
        return next((each for each in self._courses if each.id == self._course_id), self._courses[0])

    def _waiting(self, waiting: Waiting) -> list[FigureRow]:
        if not waiting.number:
            return []
        rows = [heading("Waiting for you", f"{waiting.number:,}", term="Waiting")]
        rows += [self._work_row(each) for each in waiting.work[: insights.FEW]]
        if waiting.number > insights.FEW:
            rows.append(FigureRow((("all of it", "muted"),), opens=Waiting, term="Waiting"))
        return [*rows, BLANK]

    def _work_row(self, waits: WaitingWork) -> FigureRow:
        where = f", {waits.course_title}" if waits.course_id != self._course.id else ""
        return FigureRow(
            ((f"{waits.task_title}{where}", "plain"),),
            ((f"handed in {since(waits.handed_in_at, self.services.now())}", "muted"),),
            name=waits.learner or "a learner",
            opens=waits,
            term="Waiting",
            id=("work", waits.submission_id),
        )

    def _rows(self, monday: Monday) -> list[FigureRow]:
        rows = self._people("Stuck", Which.STUCK, monday.stuck, monday)
        if not rows:
            rows = [heading("Stuck"), words("Nobody is stuck."), BLANK]
        rows += self._people("Nearly done", Which.NEARLY_DONE, monday.nearly_done, monday)
        if monday.misleading:
            rows += [heading("Questions that mislead", f"{len(monday.misleading):,}", term="Discrimination")]
            rows += [_question_row(each) for each in monday.misleading]
            rows.append(BLANK)
        return rows + self._lessons(monday.lessons)

    def _people(self, title: str, which: Which, people: Sequence[Person], monday: Monday) -> list[FigureRow]:
        number = monday.counts[which]
        if not number:
            return []
        rows = [heading(title, f"{number:,}")]
        rows += [self._person_row(person, title) for person in people]
        if number > len(people):
            rows.append(FigureRow((("all of them", "muted"),), opens=which, term=title))
        return [*rows, BLANK]

    def _person_row(self, person: Person, term: str) -> FigureRow:
        about = wording.why_stuck(person) or f"{person.progress} %"
        return FigureRow(
            ((about, "plain"),),
            ((wording.last_seen(person, self.today()), "muted"),),
            name=wording.person_name(person),
            opens=person,
            term=term,
            id=(term, person.user_id),
        )

    def _lessons(self, lessons: Sequence[LessonFigures]) -> list[FigureRow]:
        if not lessons:
            return [words("This course has no lessons yet.")]
        most = max(lesson.opened for lesson in lessons)
        if not most:
            return [heading("Where people stop", term="Opened, done"), words("No lesson has been opened yet.")]
        return [
            columns("Where people stop", f"{'opened':>7}{'done':>7}", term="Opened, done"),
            *(_lesson_row(lesson, most, self.glyphs.cursor) for lesson in lessons),
        ]

    def open_row(self, opens: object) -> None:
        course = self._course
        if isinstance(opens, Person):
            self.app.push_screen(PersonScreen(course.id, opens.user_id, wording.person_name(opens)))
        elif isinstance(opens, WaitingWork):
            from azora_tui.screens.marking import MarkScreen  # the reader is heavy

            self.app.push_screen(MarkScreen(opens.submission_id, opens.task_title, area=self.AREA))
        elif opens is Waiting:
            self.action_waiting()
        elif isinstance(opens, Which):
            self._open_people(opens)
        elif isinstance(opens, QuestionFigures):
            from azora_tui.screens.question import QuestionScreen

            self.app.push_screen(QuestionScreen(course.id, opens.question.id))
        elif isinstance(opens, LessonFigures):
            from azora_tui.screens.lesson_figures import LessonFiguresScreen

            self.app.push_screen(LessonFiguresScreen(course.id, opens.lesson_id, opens.title))

    def action_course(self) -> None:
        self.open_course(self._course.id, self._course.title)

    def action_waiting(self) -> None:
        from azora_tui.screens.waiting import WaitingScreen

        self.app.push_screen(WaitingScreen())

    def action_reports(self) -> None:
        from azora_tui.screens.reports import ReportsScreen

        self.app.push_screen(ReportsScreen())

    def action_announce(self) -> None:
        from azora_tui.screens.writing_dialogs import AnnounceDialog

        self.app.push_screen(AnnounceDialog(self._course.id, self._course.title), self._announced)

    def _announced(self, sent: bool | None) -> None:
        if sent:
            self.tell(f"Everybody in {self._course.title} finds it on their Home.")

    def action_message(self) -> None:
        if isinstance(self.here, Person):
            write_to(self, self._course.id, self.here)

    def action_figures(self) -> None:
        from azora_tui.screens.course_figures import CourseFiguresScreen

        self.app.push_screen(CourseFiguresScreen(self._course.id, self._course.title))

    def action_questions(self) -> None:
        from azora_tui.screens.questions import QuestionsScreen

        self.app.push_screen(QuestionsScreen(self._course.id, self._course.title))

    def action_people(self) -> None:
        self._open_people(Which.ALL)

    def _open_people(self, which: Which) -> None:
        from azora_tui.screens.people import PeopleScreen

        self.app.push_screen(PeopleScreen(self._course.id, self._course.title, which))

    def action_next_course(self) -> None:
        self._turn(1)

    def action_previous_course(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        numbers = [each.id for each in self._courses]
        self._course_id = numbers[(numbers.index(self._course.id) + step) % len(numbers)]
        self.load_figures()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("figures", "questions", "people", "announce", "course"):
            return bool(self._courses)
        if action == "message":
            return isinstance(self.here, Person)
        if action in ("next_course", "previous_course"):
            return len(self._courses) > 1
        return super().check_action(action, parameters)


def _question_row(figures: QuestionFigures) -> FigureRow:
    return FigureRow(
        ((f"{figures.lesson_number} {figures.question.prompt}", "plain"),),
        ((f"discrimination {figures.discrimination:.2f}", "muted"),),
        opens=figures,
        term="Discrimination",
        id=("question", figures.question.id),
    )


def _lesson_row(lesson: LessonFigures, most: int, sign: str) -> FigureRow:
    stopped = ((f"  {lesson.stopped_here:,} stopped here", "accent"),) if lesson.stopped_here else ()
    return FigureRow(
        ((f"{lesson.number} {lesson.title}", "plain"),),
        ((f"{lesson.opened:>7,}", "plain"), (f"{lesson.completed:>7,}", "done"), *stopped),
        opens=lesson,
        id=("lesson", lesson.lesson_id),
        term="Stopped here" if lesson.stopped_here else "Opened, done",
        bar=(lesson.opened, most),
    )
