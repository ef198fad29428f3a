"""What came of an attempt: each question with its sign, under whatever stands above it on the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from azora_tui.formats.markdown import Document, parse, parse_inline, plain_text
from azora_tui.glyphs import Glyphs
from azora_tui.models.quizzes import Answer, Attempt, Question
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList


@dataclass(frozen=True, slots=True)
class Line:
    """A question of a finished attempt, and what was answered."""

    question: Question
    words: str
    answer: Answer | None


class QuestionList(RecordList[Line]):
    """One line a question: sign, number, the beginning of what was asked."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs

    def show_attempt(self, attempt: Attempt) -> None:
        self.show([Line(each, _first_words(each.prompt), attempt.answer_to(each)) for each in attempt.questions])

    def draw_record(self, record: Line, index: int, width: int) -> Sequence[Row]:
        right = record.answer is not None and record.answer.correct
        sign, role = (self._glyphs.done, "done") if right else (self._glyphs.locked, "accent")
        hint = record.answer is not None and record.answer.hint_used
        said = ("right" if right else "not right") + (" with the hint" if hint else "")
        left = [(f"{sign} ", role), (f"{index + 1:>2}  ", "muted"), (record.words, "plain")]
        return [(left, [(said, "muted")])]


def _first_words(prompt: str) -> str:
    """The question without its formatting, on one line."""
    text = next((token.content for token in parse(prompt).tokens if token.type == "inline"), "")
    return " ".join(plain_text(parse_inline(text, Document(()))).split())
