"""One lesson in figures: how many come here and go on, how long it takes them, and its questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from azora_tui.lms.teaching import insights
from azora_tui.screens.base import UP
from azora_tui.screens.figures_page import FiguresPage
from azora_tui.screens.question import QuestionScreen
from azora_tui.screens.questions import question_rows
from azora_tui.widgets.figure_list import BLANK, FigureRow
from azora_tui.wording import insights as wording


class LessonFiguresScreen(FiguresPage):
    """Enter opens one of its questions."""

    BINDINGS: ClassVar[list[BindingType]] = [UP]

    def __init__(self, course_id: int, lesson_id: int, title: str) -> None:
        super().__init__()
        self._course_id = course_id
        self._lesson_id = lesson_id
        self._title = title

    def on_mount(self) -> None:
        self.say_title(self._title)

    async def read(self) -> Sequence[FigureRow] | str:
        found = await self.ask(insights.course_figures, self._course_id)
        lesson = next((each for each in found.lessons if each.lesson_id == self._lesson_id), None)
        if lesson is None:
            return "This lesson is no longer part of the course. What learners did in it is kept."
        self.say_title(f"{lesson.number} {lesson.title}", "" if lesson.required else "optional")
        asked = [each for each in found.questions if each.lesson_id == self._lesson_id]
        return [
            FigureRow(((f"Opened by {lesson.opened:,}, done by {lesson.completed:,}.", "plain"),), term="Opened, done"),
            FigureRow(((f"{lesson.stopped_here:,} stopped here.", "plain"),), term="Stopped here"),
            FigureRow(((wording.minutes_sentence(lesson.minutes), "plain"),), term="Minutes"),
            BLANK,
            *question_rows(asked),
        ]

    def open_row(self, opens: object) -> None:
        self.app.push_screen(QuestionScreen(self._course_id, str(opens)))
