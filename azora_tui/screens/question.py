"""All about one question: what the stronger and the weaker chose, and how much of it is still known later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from azora_tui.lms.teaching import insights
from azora_tui.lms.teaching.statistics import share
from azora_tui.models.insights import OptionShare, QuestionPage
from azora_tui.screens.base import UP
from azora_tui.screens.figures_page import FiguresPage
from azora_tui.text import clean, wrap
from azora_tui.widgets.figure_list import BLANK, FigureRow, columns, heading, words
from azora_tui.wording import insights as wording


class QuestionScreen(FiguresPage):
    """Numbers and bars; nothing of it opens anything."""

    BINDINGS: ClassVar[list[BindingType]] = [UP]

    def __init__(self, course_id: int, question_id: str) -> None:
        super().__init__()
        self._course_id = course_id
        self._question_id = question_id

    async def read(self) -> Sequence[FigureRow] | str:
        page = await self.ask(insights.question_page, self._course_id, self._question_id)
        found = page.figures
        self.say_title(f"{found.lesson_number} {found.lesson_title}", f"question {found.question.id}")
        width = max(20, min(76, self.size.width - 8))
        asked = wrap(clean(found.question.prompt, keep_newlines=False), width)
        return [
            *(FigureRow(((line, "plain"),)) for line in asked),
            BLANK,
            heading("Answers", term="Difficulty"),
            FigureRow(((wording.question_words(found, share(found.right, found.answered)), "plain"),)),
            BLANK,
            *self._options(page),
            heading("Still known"),
            *(FigureRow(((wording.known_words(each, share(each.right, each.asked)), "plain"),)) for each in page.known),
        ]

    def _options(self, page: QuestionPage) -> list[FigureRow]:
        if not page.options:
            return []
        if not page.group:
            return [
                heading("Chosen by", term="Upper and lower 27 %"),
                words("Nobody has finished its quiz yet."),
                BLANK,
            ]
        captions = f"{'upper':>8}{'lower':>8}"
        rows = [columns("Chosen by the upper 27 %", captions, term="Upper and lower 27 %")]
        return [*rows, *(self._option(option, page.group) for option in page.options), BLANK]

    def _option(self, option: OptionShare, group: int) -> FigureRow:
        sign = self.glyphs.done if option.correct else " "
        upper, lower = (wording.percentage(chose, group, share(chose, group)) for chose in (option.upper, option.lower))
        return FigureRow(
            ((f"{sign} {option.text}", "done" if option.correct else "plain"),),
            ((f"{upper:>8}", "plain"), (f"{lower:>8}", "muted")),
            term="Upper and lower 27 %",
            bar=(option.upper, group),
        )
