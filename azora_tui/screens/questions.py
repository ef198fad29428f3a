"""The questions of a course, in its order: how hard each is, and whether it tells apart who knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from azora_tui.lms.teaching import insights
from azora_tui.lms.teaching.statistics import share
from azora_tui.models.insights import QuestionFigures
from azora_tui.screens.base import UP
from azora_tui.screens.figures_page import FiguresPage
from azora_tui.screens.question import QuestionScreen
from azora_tui.widgets.figure_list import FigureRow, heading
from azora_tui.wording.insights import percentage


class QuestionsScreen(FiguresPage):
    """Enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [UP]

    def __init__(self, course_id: int, title: str) -> None:
        super().__init__()
        self._course_id = course_id
        self._title = title

    def on_mount(self) -> None:
        self.say_title(self._title, "questions")

    async def read(self) -> Sequence[FigureRow] | str:
        found = await self.ask(insights.questions, self._course_id)
        if not found:
            return "This course asks no questions. A quiz in a lesson would: `azora-tui new-course` shows how."
        return question_rows(found)

    def open_row(self, opens: object) -> None:
        self.app.push_screen(QuestionScreen(self._course_id, str(opens)))


def question_rows(questions: Sequence[QuestionFigures]) -> list[FigureRow]:
    """Questions under the lessons that ask them."""
    rows: list[FigureRow] = []
    for place, each in enumerate(questions):
        if place == 0 or each.lesson_id != questions[place - 1].lesson_id:
            captions = _columns("right", "discrimination", "learners") if place == 0 else ""
            rows.append(heading(f"{each.lesson_number} {each.lesson_title}", captions, term="Difficulty"))
        rows.append(_row(each))
    return rows


def _row(figures: QuestionFigures) -> FigureRow:
    right = apart = ""
    if figures.answered:
        right = percentage(figures.right, figures.answered, share(figures.right, figures.answered))
    if figures.discrimination is not None:
        apart = f"{figures.discrimination:.2f}"
    return FigureRow(
        ((figures.question.prompt, "plain"),),
        ((_columns(right, apart, f"{figures.answered:,}"), "muted"),),
        opens=figures.question.id,
        id=figures.question.id,
        term="Difficulty" if figures.discrimination is None else "Discrimination",
    )


def _columns(right: str, discrimination: str, learners: str) -> str:
    return f"{right:>9}{discrimination:>16}{learners:>10}"
