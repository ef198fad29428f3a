"""A course as a whole: how many complete it and in which time, lesson by lesson, week by week, outcome by outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from azora_tui.lms.teaching import insights
from azora_tui.lms.teaching.statistics import share
from azora_tui.models.insights import Cohort, CourseFigures, LessonFigures
from azora_tui.screens.base import UP
from azora_tui.screens.figures_page import FiguresPage
from azora_tui.widgets.figure_list import BLANK, FigureRow, columns, heading, words
from azora_tui.wording import insights as wording
from azora_tui.wording.bars import spark

_WEEK = 6
"""Cells of a week in the triangle."""


class CourseFiguresScreen(FiguresPage):
    """Enter on a lesson opens its own figures; all else only stands there."""

    BINDINGS: ClassVar[list[BindingType]] = [UP]

    def __init__(self, course_id: int, title: str) -> None:
        super().__init__()
        self._course_id = course_id
        self._title = title

    def on_mount(self) -> None:
        self.say_title(self._title)

    async def read(self) -> Sequence[FigureRow] | str:
        head = await self.ask(insights.head, self._course_id)
        self.say_title(head.title, wording.head_words(head, None))
        found = await self.ask(insights.course_figures, self._course_id)
        self.say_title(head.title, wording.head_words(head, found.active_7))
        if not found.ever:
            return "Nobody has enrolled in this course yet. Its figures begin with the first who does."
        return [*self._whole(found), *self._lessons(found), *self._cohorts(found), *self._outcomes(found)]

    def _whole(self, found: CourseFigures) -> list[FigureRow]:
        completed = wording.completion_sentence(found, share(found.completed, found.ever))
        return [
            FigureRow(((completed, "plain"),), term="Days to completion"),
            FigureRow(((f"{found.active_30:,} active in the last 30 days.", "plain"),), term="Active"),
            FigureRow(
                (("Active each week  ", "plain"), (spark(found.weeks, self.glyphs), "active")),
                ((f"at most {max(found.weeks):,}", "muted"),),
                term="Active each week",
            ),
            BLANK,
        ]

    def _lessons(self, found: CourseFigures) -> list[FigureRow]:
        most = max((lesson.opened for lesson in found.lessons), default=0)
        if not most:
            return []
        return [
            columns("Lesson by lesson", f"{'opened':>7}{'done':>7}  minutes", term="Opened, done"),
            *(_lesson(lesson, most) for lesson in found.lessons),
            BLANK,
        ]

    def _cohorts(self, found: CourseFigures) -> list[FigureRow]:
        if not found.cohorts:
            return []
        room = max(1, (self.size.width - 8 - 22) // _WEEK)
        shown = min(room, max(len(cohort.active) for cohort in found.cohorts))
        weeks = "".join(f"{week:>{_WEEK}}" for week in range(shown))
        return [
            heading("By week of enrolment", "active in week 0, 1, …", term="Cohorts"),
            FigureRow(((f"{'enrolled':>20}  {weeks}", "muted"),), term="Cohorts"),
            *(_cohort(cohort, shown) for cohort in found.cohorts),
            BLANK,
        ]

    def _outcomes(self, found: CourseFigures) -> list[FigureRow]:
        if not found.outcomes:
            return []
        rows = [heading("Outcomes")]
        for outcome in found.outcomes:
            said = wording.outcome_words(outcome, share(outcome.right, outcome.answered))
            rows.append(FigureRow(((outcome.text, "plain"),), ((said, "muted"),), term="Outcomes"))
        if not any(outcome.questions for outcome in found.outcomes):
            rows.append(words("A question names the outcomes that it asks for: `outcomes: 1, 3` under it."))
        return rows

    def open_row(self, opens: object) -> None:
        if isinstance(opens, LessonFigures):
            from azora_tui.screens.lesson_figures import LessonFiguresScreen

            self.app.push_screen(LessonFiguresScreen(self._course_id, opens.lesson_id, opens.title))


def _lesson(lesson: LessonFigures, most: int) -> FigureRow:
    return FigureRow(
        ((f"{lesson.number} {lesson.title}", "plain"),),
        (
            (f"{lesson.opened:>7,}", "plain"),
            (f"{lesson.completed:>7,}", "done"),
            (f"  {wording.minutes_words(lesson.minutes)}", "muted"),
        ),
        opens=lesson,
        id=lesson.lesson_id,
        term="Minutes",
        bar=(lesson.opened, most),
    )


def _cohort(cohort: Cohort, shown: int) -> FigureRow:
    cells = []
    for active in cohort.active[:shown]:
        part = share(active, cohort.enrolled)
        cells.append(f"{active if part is None else f'{part} %':>{_WEEK}}")
    name = f"{wording.cohort_name(cohort):<12}{cohort.enrolled:>8,}  "
    return FigureRow(((name, "plain"), ("".join(cells), "active")), term="Cohorts")
