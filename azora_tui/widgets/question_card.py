"""One question of a quiz: what is asked, the options or a line to write in, and what was right once it is answered."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from azora_tui.glyphs import Glyphs
from azora_tui.models.quizzes import Answer, Question, QuestionKind, Response
from azora_tui.widgets.option_row import OptionRow
from azora_tui.widgets.plain import PlainInput, plain_line
from azora_tui.widgets.reader import Passage

_HOW = {
    QuestionKind.SINGLE: "choose one",
    QuestionKind.MULTIPLE: "choose all that are right",
    QuestionKind.TEXT: "write the answer",
    QuestionKind.NUMBER: "write a number",
}
_ASK_FOR_HINT = "?"


class AnswerInput(PlainInput):
    """The line to write in. Its enter comes after the letters, however fast they are typed, and is in the line of
    keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "answer", id="quiz.submit")]


class QuestionCard(Vertical, can_focus=True, can_focus_children=True):
    """Posts `Answered` when the learner answers; the owner shows what came of it with `show_answer` or `free`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", "answer", id="quiz.answer"),
        Binding("space", "mark", "choose", id="quiz.choose"),
        Binding("h", "hint", "hint", id="quiz.hint"),
        Binding("down,j", "move(1)", "down", show=False, id="quiz.down"),
        Binding("up,k", "move(-1)", "up", show=False, id="quiz.up"),
        *(Binding(str(n), f"choose({n - 1})", f"option {n}", show=False, id=f"quiz.option_{n}") for n in range(1, 10)),
    ]
    DEFAULT_CSS = """
    QuestionCard {
        height: auto;
        & .question-how { color: $text-muted; }
        & .question-prompt { margin: 1 0; }
        & Input {
            height: 1;
            border: none;
            border-left: outer $border-blurred;
            padding: 0 1;
            background: $surface;
            color: $text;
            &:focus { border: none; border-left: outer $primary; background: $panel; }
            & > .input--placeholder { color: $text-disabled; }
        }
        & .question-hint { margin-top: 1; }
        & .question-verdict { margin-top: 1; }
        & .question-feedback { margin-top: 1; }
    }
    """

    class Answered(Message):
        """The learner has answered; the card waits for what comes of it."""

        def __init__(self, card: "QuestionCard", given: Response) -> None:
            super().__init__()
            self.card = card
            self.given = given

    class HintOpened(Message):
        """The learner has opened the hint."""

        def __init__(self, card: "QuestionCard") -> None:
            super().__init__()
            self.card = card

    def __init__(
        self,
        question: Question,
        number: int,
        total: int,
        glyphs: Glyphs,
        *,
        hint_shown: bool = False,
        ascii: bool = False,
    ) -> None:
        super().__init__()
        self.question = question
        self.answer: Answer | None = None
        self.hint_shown = hint_shown
        self._place = f"{number} of {total}"
        self._glyphs = glyphs
        self._ascii = ascii
        self._waiting = False
        self._cursor = 0
        # Who writes has the focus in the line to write in, until that is done.
        self.can_focus = question.kind.has_options

    def compose(self) -> ComposeResult:
        question = self.question
        yield Static(Content(f"{self._place} {self._glyphs.separator} {_HOW[question.kind]}"), classes="question-how")
        yield Passage(question.prompt, ascii=self._ascii, classes="question-prompt")
        if question.kind.has_options:
            many = question.kind is QuestionKind.MULTIPLE
            for place, option in enumerate(question.options):
                yield OptionRow(place, option, self._glyphs, many=many, ascii=self._ascii)
        else:
            hint = ", or ? for the hint" if question.hint else ""
            yield AnswerInput(placeholder=f"your answer{hint}", select_on_focus=False)
        yield Passage(f"Hint: {question.hint}", ascii=self._ascii, classes="question-hint")
        yield Static("", classes="question-verdict", markup=False)
        yield Passage(question.feedback, ascii=self._ascii, classes="question-feedback")

    def on_mount(self) -> None:
        for name in ("hint", "verdict", "feedback"):
            self.query_one(f".question-{name}").display = name == "hint" and self.hint_shown
        self._mark_cursor()
        if self.answer is not None:
            self._show(self.answer)

    @property
    def rows(self) -> Sequence[OptionRow]:
        return list(self.query(OptionRow))

    def take_focus(self) -> None:
        """Stand where the next key belongs."""
        inputs = self.query(Input)
        # Not `focus()`, which waits its turn behind keys that have already come.
        self.screen.set_focus(inputs.first() if inputs and self.answer is None else self)

    def show_answer(self, answer: Answer) -> None:
        """Show what was answered, what is right, and why."""
        self.answer = answer
        self._waiting = False
        if self.is_mounted:
            self._show(answer)

    def free(self) -> None:
        """Let the learner answer: what they gave was not taken."""
        self._waiting = False

    def _show(self, answer: Answer) -> None:
        had_focus = self.has_focus_within
        self.can_focus = True
        if had_focus:
            self.screen.set_focus(self)
        given = answer.given
        for row in self.rows:
            row.show_result(chosen=not isinstance(given, str) and row.place in given)
        for line in self.query(Input):
            line.value = given if isinstance(given, str) else ""
            line.disabled = True
        self._mark_cursor()
        self._say_verdict(answer)
        self.query_one(".question-hint").display = False
        self.query_one(".question-feedback").display = bool(self.question.feedback)
        self.refresh_bindings()

    def _say_verdict(self, answer: Answer) -> None:
        """On the line above the question, which is there already, so that nothing moves."""
        many = self.question.kind is QuestionKind.MULTIPLE
        sign, words, colour = self._glyphs.done, "right", "$secondary"
        if not answer.correct:
            sign, words, colour = self._glyphs.locked, "not quite these" if many else "not this one", "$accent"
        how = self.query_one(".question-how", Static)
        how.update(Content.assemble(f"{self._place} {self._glyphs.separator} ", (f"{sign} {words}", colour)))
        if not answer.correct and not self.question.kind.has_options:
            verdict = self.query_one(".question-verdict", Static)
            right = self.question.ranges or self.question.accepted
            verdict.update(plain_line(f"Right is: {right[0]}"))
            verdict.display = True

    def action_answer(self) -> None:
        if self._waiting:
            return
        given: Response = tuple(row.place for row in self.rows if row.chosen)
        for line in self.query(Input):
            given = line.value
            if given.strip() == _ASK_FOR_HINT and self._may_ask_for_hint():
                line.value = ""
                self.action_hint()
                return
        self._waiting = True
        self.post_message(self.Answered(self, given))

    def _may_ask_for_hint(self) -> bool:
        return bool(self.question.hint) and not self.hint_shown and _ASK_FOR_HINT not in self.question.accepted

    def action_hint(self) -> None:
        self.hint_shown = True
        hint = self.query_one(".question-hint")
        hint.display = True
        hint.scroll_visible(animate=False)
        self.refresh_bindings()
        self.post_message(self.HintOpened(self))

    def action_move(self, step: int) -> None:
        self._cursor = max(0, min(self._cursor + step, len(self.rows) - 1))
        self._mark_cursor()
        self.rows[self._cursor].scroll_visible(animate=False)

    def action_mark(self) -> None:
        self.action_choose(self._cursor)

    def action_choose(self, place: int) -> None:
        """Mark an option; where several may be right, marking it again takes the mark away."""
        if self.answer is not None or self._waiting or place >= len(self.rows):
            return
        self._cursor = place
        self._mark_cursor()
        many = self.question.kind is QuestionKind.MULTIPLE
        for row in self.rows:
            if row.place == place:
                row.choose(not row.chosen if many else True)
            elif not many:
                row.choose(False)
        self.rows[place].scroll_visible(animate=False)

    def watch_has_focus(self, value: bool) -> None:
        super().watch_has_focus(value)
        self._mark_cursor()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_answer()

    @on(OptionRow.Pressed)
    def _pressed(self, event: OptionRow.Pressed) -> None:
        event.stop()
        self.focus()
        self.action_choose(event.row.place)

    def _mark_cursor(self) -> None:
        for row in self.rows:
            row.under_cursor = self.has_focus and self.answer is None and row.place == self._cursor

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now; keys for options stay ours, so that they never lead to another page."""
        answered = self.answer is not None
        if action in ("answer", "move"):
            return not answered  # afterwards they go on and scroll
        if action == "mark":
            return self.question.kind.has_options and not answered
        if action == "hint":
            return self.question.kind.has_options and bool(self.question.hint) and not self.hint_shown and not answered
        return True
