"""Taking a lesson's quiz: one question fills the page, or all of them; then what came of it."""

from contextlib import suppress
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms import holding, quizzes
from azora_tui.lms.together import helping
from azora_tui.models.quizzes import Attempt, Question, QuizPage, Response
from azora_tui.screens.base import UP, Page
from azora_tui.text import clean
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.key_scroll import KeyScroll
from azora_tui.widgets.line import Row
from azora_tui.widgets.plain import plain_line
from azora_tui.widgets.question_card import QuestionCard
from azora_tui.widgets.question_list import QuestionList
from azora_tui.wording.bars import bar
from azora_tui.wording.dates import since
from azora_tui.wording.helping import reached
from azora_tui.wording.news import first_words
from azora_tui.wording.numbers import counted

_SHOWN_ATTEMPTS = 4
_MAX_DOTS = 15


class QuizScreen(Page):
    """Goes on with an attempt that was interrupted; shows the latest result before another is begun."""

    CSS_PATH = "quiz.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "onward", "go on", id="quiz.onward"),
        Binding("r", "again", "again", id="quiz.again"),
        Binding("p", "whole_page", "whole page", id="quiz.whole_page"),
        Binding("H", "ask_for_help", "ask for help", id="quiz.help"),
        Binding("left", "step(-1)", "question before", show=False, id="quiz.previous"),
        Binding("right", "step(1)", "question after", show=False, id="quiz.next"),
        UP,
    ]

    _questions = getters.query_one("#questions", VerticalScroll)
    _result = getters.query_one("#result", QuestionList)
    _empty_state = getters.query_one("#empty-state", EmptyState)
    _dots = getters.query_one("#dots", Static)

    def __init__(self, lesson_id: int, title: str, *, area: str) -> None:
        super().__init__()
        self.AREA = area  # a quiz belongs to the area that its lesson was opened from
        self._lesson_id = lesson_id
        self._title = clean(title, keep_newlines=False)
        self._page: QuizPage | None = None
        self._cards: list[QuestionCard] = []
        self._current = 0
        self._in_result = False
        self._whole = False

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="position"):
            yield Static(Content.assemble(("Quiz  ", "$text-muted"), (self._title, "bold")), id="position-title")
            yield Static("", id="dots")
        with Vertical(id="body"):
            yield KeyScroll(id="questions", can_focus=False)
            yield QuestionList(self.glyphs, id="result")
            yield EmptyState(self.glyphs, id="empty-state")
        yield Static("", id="end", markup=False)

    def on_mount(self) -> None:
        self._show_only("#empty-state")
        self._empty_state.wait("Opening the quiz …")
        self._open()

    @work(exclusive=True, group="open")
    async def _open(self) -> None:
        """Go on where an attempt was interrupted; without one, begin the first or show how the latest ended."""
        try:
            page = await self.ask(quizzes.page, self._lesson_id)
            if page is not None and (page.latest is None or page.standing.answered is not None):
                page = await self.ask(quizzes.start, self._lesson_id)
        except AzoraError as error:
            self._show_only("#empty-state")
            self._empty_state.failed(f"{error} Go back with esc.")
            return
        if page is None or page.latest is None:
            self._show_only("#empty-state")
            self._empty_state.empty("This lesson has no quiz. Go back to it with esc.")
        elif page.standing.answered is None:
            await self._show_result(page)
        else:
            await self._show_attempt(page, page.latest)

    @work(exclusive=True, group="open")
    async def action_again(self) -> None:
        try:
            page = await self.ask(quizzes.start, self._lesson_id)
        except AzoraError as error:
            self.tell(str(error), failed=True)
            return
        if page.latest is not None:
            await self._show_attempt(page, page.latest)

    # The questions

    async def _show_attempt(self, page: QuizPage, attempt: Attempt) -> None:
        await self._take(page, attempt)
        remaining = attempt.open_questions
        if remaining:
            self._go_to(attempt.questions.index(remaining[0]))
        else:
            self._finish()  # it was interrupted between the last answer and the end

    async def _take(self, page: QuizPage, attempt: Attempt) -> None:
        """Make a card for each question of an attempt."""
        self._page = page
        self._cards = []
        for number, question in enumerate(attempt.questions, 1):
            total = len(attempt.questions)
            hint_shown = question.id in attempt.hints
            card = QuestionCard(question, number, total, self.glyphs, hint_shown=hint_shown, ascii=self.ascii_only)
            if answer := attempt.answer_to(question):
                card.show_answer(answer)
            self._cards.append(card)
        questions = self._questions
        with self.app.batch_update():
            await questions.remove_children()
            await questions.mount_all(self._cards)

    def _go_to(self, place: int) -> None:
        """Show a question, and stand where its next key belongs."""
        self._in_result = False
        self._current = place
        for number, card in enumerate(self._cards):
            card.set_class(number == place, "-current")
        self._show_only("#questions")
        self._cards[place].take_focus()
        if self._whole:
            self._cards[place].scroll_visible(animate=False, top=True)
        else:
            self._questions.scroll_home(animate=False)
        self._show_dots()
        self._show_end()
        self.refresh_bindings()

    @on(QuestionCard.HintOpened)
    @work(group="hint")
    async def _hint_opened(self, event: QuestionCard.HintOpened) -> None:
        if self._page is not None and self._page.latest is not None:
            with suppress(AzoraError):  # it is only not remembered; the answer tells of it all the same
                await self.services.ask_once(quizzes.open_hint, self._page.latest.id, event.card.question.id)

    @on(QuestionCard.Answered)
    def _answered(self, event: QuestionCard.Answered) -> None:
        self._answer(event.card, event.given)

    @work(group="answer")
    async def _answer(self, card: QuestionCard, given: Response) -> None:
        if self._page is None or self._page.latest is None:
            return
        try:
            answer = await self.ask(
                quizzes.answer, self._page.latest.id, card.question.id, given, hint_used=card.hint_shown
            )
        except AzoraError as error:
            card.free()
            self._say(str(error), "-wrong")
            return
        card.show_answer(answer)
        self._current = self._cards.index(card)
        self._show_dots()
        self._show_end()
        self.refresh_bindings()

    def action_onward(self) -> None:
        """To the next question that is open, or to the result."""
        if self._looking_back:
            self._back_to_result()
            return
        place = self._current
        following = [number for number, card in enumerate(self._cards) if card.answer is None]
        if following:
            self._go_to(next((number for number in following if number > place), following[0]))
        else:
            self._finish()

    def action_step(self, step: int) -> None:
        place = self._current + step
        if not self._in_result and 0 <= place < len(self._cards):
            self._go_to(place)

    def action_whole_page(self) -> None:
        self._whole = not self._whole
        self._questions.set_class(self._whole, "-whole")
        self._go_to(self._current)

    @work(exclusive=True, group="help")
    async def action_ask_for_help(self) -> None:
        """Ask at the question that is shown. While the attempt is open, answers wait."""
        from azora_tui.screens.help_dialogs import AskDialog

        question = self._cards[self._current].question
        try:
            number = await self.ask(helping.reach, self._lesson_id)
        except AzoraError as error:
            self.tell(str(error), failed=True)
            return
        place = first_words(question.prompt)
        asked = await self.app.push_screen_wait(AskDialog(self._lesson_id, place, number, question_id=question.id))
        if asked is not None:
            under_way = self._page is not None and self._page.standing.answered is not None
            said = "Asked. Answers are shown once this attempt is finished." if under_way else reached(asked.reached)
            self._say(f"{self.glyphs.done} {said}")

    def on_descendant_focus(self) -> None:
        """On a whole page, the question that has the focus is the current one."""
        for number, card in enumerate(self._cards):
            if card.has_focus_within and number != self._current:
                self._current = number
                self._show_dots()
                self._show_end()

    def _show_dots(self) -> None:
        """The way through: what is answered, where one is, what is ahead."""
        dots: list[tuple[str, str]] = []
        if len(self._cards) > _MAX_DOTS:
            answered = sum(card.answer is not None for card in self._cards)
            self._dots.update(Content(f"{answered} of {len(self._cards)} answered"))
            return
        for number, card in enumerate(self._cards):
            sign = self.glyphs.active if card.answer else self.glyphs.new
            here = number == self._current and not self._in_result
            dots.append((f"{sign} ", "bold $primary" if here else "$text-muted"))
        self._dots.update(Content.assemble(*dots) if dots else "")

    def _show_end(self) -> None:
        card = self._cards[self._current]
        if card.answer is None:
            options = len(card.question.options)
            how = f"Choose with 1 to {min(9, options)}, or arrows and space" if options else "Write it"
            self._say(f"{how}; enter answers.")
            return
        onward = "goes on" if any(each.answer is None for each in self._cards) else "shows the result"
        if self._looking_back:
            onward = "goes back to the result"
        self._say(f"enter {onward}.")

    # The result

    @work(exclusive=True, group="open")
    async def _finish(self) -> None:
        if self._page is None or self._page.latest is None:
            return
        try:
            result = await self.ask(quizzes.finish, self._page.latest.id)
        except AzoraError as error:
            self._say(str(error), "-wrong")
            return
        if result.completion is not None:
            self.app.enrollment_changed(result.page.course_id, beside=self)
        await self._show_result(result.page)

    async def _show_result(self, page: QuizPage) -> None:
        attempt = page.latest
        assert attempt is not None  # who has a result has an attempt
        if [card.question for card in self._cards] != list(attempt.questions):
            await self._take(page, attempt)
        self._page = page
        result = self._result
        result.set_header(self._header(page, attempt))
        result.show_attempt(attempt)
        self._back_to_result()

    def _back_to_result(self) -> None:
        self._in_result = True
        self._show_only("#result")
        self._result.focus()
        self._show_dots()
        page = self._page
        if page is not None and page.latest is not None and page.latest.passed and page.missing:
            self._say(f"{holding.held_up(page.missing)} esc goes back to it.", "-right")
        elif page is None or page.latest is None or page.latest.passed:
            self._say(f"{self.glyphs.done} The lesson is done. esc goes back to it.", "-right")
        elif page.attempts_left == 0:
            self._say("enter looks at a question, esc goes back to the lesson.")
        else:
            self._say("r takes it again, enter looks at a question.")
        self.refresh_bindings()

    def _header(self, page: QuizPage, attempt: Attempt) -> list[Row]:
        """The score, what passes, and the attempts before it."""
        score = attempt.score or 0
        filled, rest = bar(score, 24, self.glyphs)
        sign = f"{self.glyphs.done} passed" if attempt.passed else f"{attempt.pass_percent} % passes"
        rows: list[Row] = [
            (
                [("  ", "plain"), (f"{attempt.right} of {len(attempt.questions)} right", "title")],
                [(f"{sign} ", _role(attempt))],
            ),
            ([("  ", "plain"), (filled, "active"), (rest, "muted"), (f" {score} %", "plain")], []),
            ([], []),
        ]
        history = page.standing.history
        if len(history) > 1:
            best = f"best {page.standing.best} %"
            rows.append(
                ([(f"  {counted(len(history), 'attempt')}, the best counts", "muted")], [(f"{best} ", "muted")])
            )
            for number, past in list(enumerate(history, 1))[-_SHOWN_ATTEMPTS:]:
                when = since(past.finished_at, self.services.now())
                passed = f" {self.glyphs.done}" if past.passed else ""
                rows.append(([(f"  {number:>3}  {when}", "muted")], [(f"{past.score} %{passed} ", "muted")]))
            rows.append(([], []))
        if page.attempts_left == 0:
            allowed = counted(page.quiz.attempts or 0, "attempt")
            rows.append(([(f"  You have used the {allowed} that the course allows.", "plain")], []))
            if not page.standing.passed:
                rows.append(([("  The lesson can still be completed at its end.", "plain")], []))
            rows.append(([], []))
        return rows

    @on(QuestionList.Chosen)
    def _look_back(self, event: QuestionList.Chosen) -> None:
        question: Question = event.record.question
        self._go_to([card.question for card in self._cards].index(question))

    @property
    def _looking_back(self) -> bool:
        return self._page is not None and self._page.standing.answered is None and not self._in_result

    def action_back(self) -> None:
        if self._looking_back:
            self._back_to_result()
        else:
            self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "again":
            return self._in_result and self._page is not None and self._page.attempts_left != 0
        if action == "onward":
            return not self._in_result and bool(self._cards) and self._cards[self._current].answer is not None
        if action in ("whole_page", "step", "ask_for_help"):
            return not self._in_result and bool(self._cards)
        return True

    def _say(self, sentence: str, kind: str = "") -> None:
        end = self.query_one("#end", Static)
        end.update(plain_line(sentence))
        end.set_classes(kind)

    def _show_only(self, shown: str) -> None:
        for name in ("#questions", "#result"):
            self.query_one(name).display = name == shown
        if shown != "#empty-state":
            self._empty_state.hide()


def _role(attempt: Attempt) -> str:
    return "done" if attempt.passed else "muted"
