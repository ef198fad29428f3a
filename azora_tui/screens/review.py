"""The Sankofa review: what was learnt comes back, ten at a time, before it would be forgotten."""

from collections import Counter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from azora_tui.errors import AzoraError, NotFoundError, RefusedError
from azora_tui.lms import review
from azora_tui.models.quizzes import Question
from azora_tui.models.reviews import Flashcard, Rated, Rating, ReviewCard, ReviewSession
from azora_tui.screens.base import EnrollmentChanged, area_key
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean
from azora_tui.widgets.band import Band
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.flash_card import FlashCard
from azora_tui.widgets.forecast import Forecast
from azora_tui.widgets.key_scroll import KeyScroll
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.widgets.question_card import QuestionCard
from azora_tui.widgets.ratings import Ratings
from azora_tui.wording.dates import until
from azora_tui.wording.numbers import counted
from azora_tui.wording.reviews import forecast_words, session_words


class ReviewQuestion(QuestionCard):
    """Once it is answered its numbers are not options any more: they rate, and are the page's."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "choose" and self.answer is not None:
            return False
        return super().check_action(action, parameters)


class ReviewScreen(WatchingPage):
    """Asks one card after the other; a rating is kept at once, and can be undone."""

    AREA = "review"
    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "onward", "go on", id="review.onward"),
        *(
            Binding(str(rating.value), f"rate({rating.value})", rating.word, show=False, id=f"review.{rating.word}")
            for rating in Rating
        ),
        # ctrl+z while an answer is being written, where u is a letter
        Binding("u,ctrl+z", "undo", "undo", id="review.undo"),
        Binding("o", "lesson", "lesson", id="review.lesson"),
        Binding("escape", "stop", "stop", id="review.stop"),
    ]

    _ratings = getters.query_one(Ratings)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[ReviewCard] = []
        self._place = 0
        self._rated: list[tuple[int, Rated]] = []  # with the place of the card in the session
        self._rated_before = False  # whether a rating from before the session can be undone
        self._proposed: Rating | None = None
        self._turned = False
        self._waiting = False
        self._more = False
        self._resting = False  # between two sessions, with what was done and what is to come in view

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="position"):
            yield Static("", id="position-title")
            yield Static("", id="dots")
        yield Static("", id="message", markup=False)
        with Vertical(id="body"):
            yield KeyScroll(id="card", can_focus=False)
            with KeyScroll(id="overview"):
                yield Band(self.glyphs.band_top)
                yield Static("", id="summary", markup=False)
                yield Static("The next two weeks", id="overview-title", markup=False)
                yield Forecast(self.glyphs, id="forecast")
                yield Static("", id="forecast-words", markup=False)
            yield EmptyState(self.glyphs, id="empty-state")
        yield Ratings(self.glyphs, id="ratings")
        yield Static("", id="end", markup=False)

    def on_mount(self) -> None:
        self._show_only("#empty-state")
        self._show_position("")
        self._empty_state.wait("Looking what is due …")

    def on_screen_resume(self) -> None:
        if not self._under_way:
            self._load()

    @on(EnrollmentChanged)
    def reload(self) -> None:
        if not self._under_way:
            self._load()

    def look_again(self) -> None:
        """What was just reviewed stays to be seen; a session begins only when one asks for it."""
        if self._resting:
            self._look_ahead()

    @property
    def _under_way(self) -> bool:
        return self._place < len(self._cards)

    @property
    def _card(self) -> ReviewCard:
        return self._cards[self._place]

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        """Begin with what is due; where nothing is, say when something will be."""
        self._resting = False
        session = await self._session()
        if session is None:
            return
        self._rated = []
        self._cards = list(session.cards)
        self._place = 0
        if self._cards:
            self._say(session_words(session), "-quiet")
            await self._show_card()
        else:
            self._show_overview(session)

    async def _session(self) -> ReviewSession | None:
        try:
            session = await self.ask(review.session)
        except AzoraError as error:
            self._cards = []
            self._rated_before = False
            self._say("")
            self._show_only("#empty-state")
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            self._show_position("")
            self._say_end("")
            return None
        self._rated_before = session.last_rated is not None
        return session

    # A card

    async def _show_card(self) -> None:
        card = self._card
        self._turned = False
        self._proposed = None
        number = self._place + 1
        widget: QuestionCard | FlashCard
        if isinstance(card.content, Flashcard):
            place = f"{number} of {len(self._cards)}"
            widget = FlashCard(card.content, place, self.glyphs, ascii=self.ascii_only)
            self._say_end("Recall it, then enter shows the back.")
        else:
            widget = ReviewQuestion(card.content, number, len(self._cards), self.glyphs, ascii=self.ascii_only)
            options = len(card.content.options)
            how = f"Choose with 1 to {min(9, options)}, or arrows and space" if options else "Write it"
            self._say_end(f"{how}; enter answers.")
        holder = self.query_one("#card", VerticalScroll)
        with self.app.batch_update():
            await holder.remove_children()
            await holder.mount(widget)
            holder.scroll_home(animate=False)
            self._ratings.hide()
            self._show_only("#card")
            self._show_position(f"{card.lesson_title}, in {card.course_title}")
        if isinstance(widget, QuestionCard):
            widget.take_focus()
        else:
            self.set_focus(widget)
        self.refresh_bindings()

    def action_onward(self) -> None:
        """Turn a card, keep what an answer came to, or begin with the next ones."""
        if not self._under_way:
            self._load()
        elif self._proposed is not None:
            self.action_rate(self._proposed.value)
        else:
            self._turn()

    def _turn(self) -> None:
        self._turned = True
        self.query_one(FlashCard).turn()
        self._ratings.show(self._card.intervals)
        self._say_end("How well did you know it? Say it with 1 to 4.")
        self.refresh_bindings()

    @on(QuestionCard.Answered)
    @work(exclusive=True, group="grade")
    async def _answered(self, event: QuestionCard.Answered) -> None:
        card = event.card
        try:
            graded = await self.ask(review.graded, card.question, event.given, hint_used=card.hint_shown)
        except AzoraError as error:
            card.free()
            self._say_end(str(error), "-wrong")
            return
        card.show_answer(graded.answer)
        self._proposed = graded.rating
        self._ratings.show(self._card.intervals, graded.rating)
        self._say_end(f"enter keeps it as {graded.rating.word}, or say otherwise with 1 to 4.")
        self.refresh_bindings()

    def action_rate(self, number: int) -> None:
        """Keep a rating, where a card can be rated now; elsewhere the number does nothing, rather than lead away."""
        if self._may_rate and not self._waiting:
            self._waiting = True
            self._rate(Rating(number))

    @work(group="rate")
    async def _rate(self, rating: Rating) -> None:
        place, card = self._place, self._card
        try:
            rated = await self.ask(review.rate, card, rating)
        except (NotFoundError, RefusedError) as error:
            self._say(str(error), "-wrong")
        except AzoraError as error:
            self._say_end(str(error), "-wrong")
            return
        else:
            self._rated.append((place, rated))
            back = until(rated.due, self.services.now())
            undo = "ctrl+z" if self._will_write(place + 1) else "u"
            self._say(f"{self.glyphs.done} {rating.word.capitalize()}: comes back {back}. {undo} undo")
        finally:
            self._waiting = False
        self.app.count_due()
        self._place = place + 1
        await self._show_next()

    def _will_write(self, place: int) -> bool:
        """Whether a line to write in is next, in which letters are letters."""
        content = self._cards[place].content if place < len(self._cards) else None
        return isinstance(content, Question) and not content.kind.has_options

    async def _show_next(self) -> None:
        if self._under_way:
            await self._show_card()
        elif (session := await self._session()) is not None:
            self._show_overview(session)

    def action_undo(self) -> None:
        if (self._rated or self._rated_before) and not self._waiting:
            self._waiting = True
            self._undo()

    @work(group="rate")
    async def _undo(self) -> None:
        place, rated = self._rated[-1] if self._rated else (self._place, None)
        try:
            undone = await self.ask(review.undo, None if rated is None else rated.id)
            card = await self.ask(review.card_again, undone.card)
            self._rated_before = (await self.ask(review.session)).last_rated is not None
        except AzoraError as error:
            self._say(str(error), "-wrong")
            return
        finally:
            self._waiting = False
        self.app.count_due()
        if card is None:
            self._say(f"{self.glyphs.done} That is undone. Its course does not ask it any more.")
        else:
            self._say(f"{self.glyphs.done} That is undone; here it is again.")
        if rated is None:
            # It belongs to an earlier session, and comes before what is asked next, once.
            self._cards[place:] = [each for each in self._cards[place:] if each.id != undone.card]
            self._cards[place:place] = [] if card is None else [card]
            self._place = place
        else:
            self._rated.pop()
            if card is not None:
                self._cards[place] = card
            self._place = place if card is not None else place + 1
        await self._show_next()

    # What was done, and what is to come

    def _show_overview(self, session: ReviewSession) -> None:
        self._resting = True
        self._cards = [] if not self._rated else self._cards
        self._place = len(self._cards)
        self._more = bool(session.cards)
        self._show_position("")
        if not self._rated and not self._more and session.next_due is None:
            self._show_only("#empty-state")
            self._empty_state.empty(
                "Nothing to review yet. What you answer in a quiz comes back here, and so do the cards of each lesson "
                f"that you complete. Press {area_key('learning')} for your courses."
            )
            self._say_end("")
            self.set_focus(None)
        else:
            self.query_one("#summary", Static).update(self._summary(session))
            self.query_one(Forecast).show(session.forecast)
            self.query_one("#forecast-words", Static).update(plain(forecast_words(session.forecast)))
            self._show_only("#overview")
            self.set_focus(self.query_one("#overview"))
            self._say_end("enter goes on with the next." if self._more else "")
        self.refresh_bindings()

    def _summary(self, session: ReviewSession) -> Content:
        lines = []
        if self._rated:
            times = Counter(rated.rating for _, rated in self._rated)
            given = [f"{rating.word} {times[rating]}" for rating in Rating if times[rating]]
            said = f" {self.glyphs.separator} ".join(given)
            done = f"{self.glyphs.done} {counted(len(self._rated), 'card')} reviewed"
            lines.append(Content.assemble((done, "bold $secondary"), f"   {said}"))
        counts = session.counts
        if self._more:
            waiting = [f"{counts.due:,} due" if counts.due else "", f"{counts.new:,} new" if counts.new else ""]
            lines.append(Content(f"Waiting: {' and '.join(each for each in waiting if each)}."))
        elif session.next_due is not None:
            lines.append(
                Content(f"Nothing is due. The next comes back {until(session.next_due, self.services.now())}.")
            )
        return Content("\n").join(lines)

    def action_stop(self) -> None:
        """End the session here; what was rated is kept."""
        self._place = len(self._cards)
        self._look_ahead()

    @work(exclusive=True, group="load")
    async def _look_ahead(self) -> None:
        if (session := await self._session()) is not None:
            self._show_overview(session)

    def action_lesson(self) -> None:
        self.open_lesson(self._card.id.lesson_id, self._card.lesson_title)

    @property
    def _may_rate(self) -> bool:
        return self._under_way and (self._turned or self._proposed is not None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now; during a session the numbers stay ours, so that they never lead away."""
        match action:
            case "onward":
                if not self._under_way:
                    return self._more
                return self._proposed is not None or (isinstance(self._card.content, Flashcard) and not self._turned)
            case "rate" | "stop":
                return self._under_way
            case "undo":
                return bool(self._rated) or self._rated_before
            case "lesson":
                return self._may_rate
        return super().check_action(action, parameters)

    def _show_position(self, where: str) -> None:
        """Which lesson it is from, and the way through: what is rated, where one is, what is ahead."""
        title = Content.assemble(("Review  ", "$text-muted"), (clean(where, keep_newlines=False), "bold"))
        self.query_one("#position-title", Static).update(title if where else Content("Review"))
        dots = []
        for number in range(len(self._cards) if where else 0):
            sign = self.glyphs.active if number < self._place else self.glyphs.new
            dots.append((f"{sign} ", "bold $primary" if number == self._place else "$text-muted"))
        self.query_one("#dots", Static).update(Content.assemble(*dots) if dots else "")

    def _say(self, words: str, kind: str = "") -> None:
        message = self.query_one("#message", Static)
        message.update(plain_line(words))
        message.set_classes(kind)

    def _say_end(self, words: str, kind: str = "") -> None:
        end = self.query_one("#end", Static)
        end.update(plain_line(words))
        end.set_classes(kind)

    def _show_only(self, shown: str) -> None:
        for name in ("#card", "#overview"):
            self.query_one(name).display = name == shown
        self._ratings.display = shown == "#card"
        if shown != "#empty-state":
            self._empty_state.hide()
