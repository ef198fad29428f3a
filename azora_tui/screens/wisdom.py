"""What others left at a lesson, or at one of its paragraphs: to be read, thanked, reported, and to be left."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms.together import moderation, wisdom
from azora_tui.models.together import Paragraph
from azora_tui.models.wisdom import LessonWisdom, Piece, WisdomKind
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.watching import WatchingPage
from azora_tui.screens.wisdom_dialogs import PieceDialog, SayingDialog
from azora_tui.screens.wisdom_words import above, heading, written
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.piece_list import PieceList
from azora_tui.widgets.plain import plain
from azora_tui.wording.news import first_words
from azora_tui.wording.wisdom import NOTHING, QUIZ_OPEN, REPORT_HINT, may_leave

_ABOUT = 120


class WisdomScreen(WatchingPage):
    """The best first; under the list all words of the one at the cursor. enter opens the lesson at its paragraph."""

    CSS_PATH = "wisdom.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "thank", "thank", id="wisdom.thank"),
        Binding("w", "write", "leave something", id="wisdom.write"),
        Binding("e", "change", "change", id="wisdom.change"),
        Binding("d", "delete", "delete", id="wisdom.delete"),
        Binding("exclamation_mark", "report", "report", id="wisdom.report"),
        Binding("f", "scope", "this paragraph or all", id="wisdom.scope"),
        Binding("m", "more", "more of them", id="wisdom.more"),
        Binding("r", "reply", "answer", id="wisdom.reply"),
        Binding("p", "pin", "pin", id="wisdom.pin"),
        Binding("x", "hide", "hide or show", id="wisdom.hide"),
        Binding("o", "take_over", "into the course", id="wisdom.take_over"),
        Binding("tab", "app.focus_next", "all its words", show=False, id="wisdom.words"),
        UP,
    ]

    _list = getters.query_one("#pieces", PieceList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(
        self,
        lesson_id: int,
        title: str,
        *,
        area: str,
        paragraph: Paragraph | None = None,
        line: int = 0,
        wisdom_id: int | None = None,
    ) -> None:
        """`paragraph` is one to begin with, at source `line` of the lesson; `wisdom_id` a piece to stand at."""
        super().__init__()
        self.AREA = area
        self._lesson_id = lesson_id
        self._title = title
        self._paragraph = paragraph
        self._line = line
        self._only_paragraph = paragraph is not None
        self._stand_at = wisdom_id
        self._limit = wisdom.PAGE if wisdom_id is None else wisdom.MAX_PIECES
        self._found: LessonWisdom | None = None
        self._seen_ids: set[int] = set()
        self._shown_id: int | None = None
        self._warned: int | None = None

    def compose_body(self) -> ComposeResult:
        yield Static("", id="heading", markup=False)
        yield Static("", id="message", markup=False)
        with Vertical(id="list-pane"):
            yield PieceList(self.glyphs, id="pieces")
            yield EmptyState(self.glyphs, id="empty-state")
        with VerticalScroll(id="words"):
            yield Static("", id="above", markup=False)
            yield Static("", id="text", markup=False)
            yield Static("Who teaches the course", id="answered", markup=False)
            yield Static("", id="answer", markup=False)

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = self.query_one("#words").display = False
        self._empty_state.wait("Reading what others left …")
        self._load()

    @property
    def lesson_here(self) -> tuple[int, str] | None:
        return self._lesson_id, self._title

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            self._found = await self._asked()
        except AzoraError as error:
            self._show_pieces(())
            self._empty_state.failed(f"{error} ctrl+r tries again.")
        else:
            self._show_pieces(self._found.pieces)
        self.refresh_bindings()

    async def _asked(self) -> LessonWisdom:
        if self._paragraph is not None and self._only_paragraph:
            digest = self._paragraph.digest
            return await self.ask(
                wisdom.of_paragraph, self._lesson_id, digest=digest, line=self._line, limit=self._limit
            )
        return await self.ask(wisdom.of_lesson, self._lesson_id, limit=self._limit)

    def _show_pieces(self, pieces: tuple[Piece, ...]) -> None:
        at_paragraph = self._paragraph is not None and self._only_paragraph
        self.query_one("#heading", Static).update(heading(self._title, self._found, at_paragraph=at_paragraph))
        self._list.show_again(pieces, attrgetter("id"))
        if self._stand_at is not None:
            places = [place for place, each in enumerate(pieces) if each.id == self._stand_at]
            self._list.cursor = places[0] if places else self._list.cursor
            self._stand_at = None
        self._list.display = self.query_one("#words").display = bool(pieces)
        if pieces:
            self._empty_state.hide()
            if self.focused is None:
                self._list.focus()
        elif self._found is not None:
            self._empty_state.empty(self._why_empty(self._found))
        self._show_words()

    def _why_empty(self, found: LessonWisdom) -> str:
        return QUIZ_OPEN if found.quiz_open else f"{NOTHING} {may_leave(found, 'w')}"

    @on(PieceList.CursorMoved)
    def _cursor_moved(self) -> None:
        here = self._here
        if here is None or here.id != self._shown_id:  # and not only loaded again
            self._warned = None
            self.query_one("#words", VerticalScroll).scroll_home(animate=False)
        self._show_words()
        self.refresh_bindings()

    def _show_words(self) -> None:
        here = self._here
        self._shown_id = None if here is None else here.id
        if here is None:
            return
        self.query_one("#above", Static).update(above(here, self.glyphs, self.services.now()))
        self.query_one("#text", Static).update(written(here.text))
        self.query_one("#answer", Static).update(written(here.answer))
        self.query_one("#answered").display = self.query_one("#answer").display = bool(here.answer)
        if here.id not in self._seen_ids and not here.author.mine:
            self._seen_ids.add(here.id)
            self._see(here.id)

    @work(group="seen")
    async def _see(self, wisdom_id: int) -> None:
        try:
            await self.ask(wisdom.mark_seen, [wisdom_id])
        except AzoraError:
            self._seen_ids.discard(wisdom_id)  # it counts another time

    @property
    def _here(self) -> Piece | None:
        return self._list.current if self.is_mounted and self._list.display else None

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load()

    @on(PieceList.Chosen)
    @work(exclusive=True, group="open")
    async def _open(self, event: PieceList.Chosen) -> None:
        try:
            placed = await self.ask(wisdom.piece, event.record.id)
        except AzoraError as error:
            self._say(str(error))
            return
        self.go_to_lesson(self._lesson_id, self._title, placed.position)

    @work(exclusive=True, group="act")
    async def action_thank(self) -> None:
        here = self._here
        if here is not None:
            await self._do(
                wisdom.take_back_thanks if here.thanked else wisdom.thank,
                "" if here.thanked else f"{self.glyphs.done} Whoever left this has your thanks. t takes them back.",
            )

    @work(exclusive=True, group="act")
    async def action_write(self) -> None:
        at = self._paragraph if self._only_paragraph else None
        dialog = PieceDialog("" if at is None else at.quote, self._write)
        if await self.app.push_screen_wait(dialog) is not None:
            self._say(f"{self.glyphs.done} It is there now, for who comes after you.")

    async def _write(self, text: str, kind: WisdomKind) -> Piece:
        at = self._paragraph if self._only_paragraph else None
        left = await self.ask(wisdom.write, self._lesson_id, kind, text, at=at)
        self._stand_at = left.id
        return left

    @work(exclusive=True, group="act")
    async def action_change(self) -> None:
        here = self._here
        if here is not None:
            dialog = PieceDialog(here.quote, partial(self._change, here.id), kind=here.kind, text=here.text)
            if await self.app.push_screen_wait(dialog) is not None:
                self._say(f"{self.glyphs.done} Changed.")

    async def _change(self, wisdom_id: int, text: str, kind: WisdomKind) -> Piece:
        return await self.ask(wisdom.change, wisdom_id, text, kind=kind)

    @work(exclusive=True, group="act")
    async def action_delete(self) -> None:
        here = self._here
        if here is None:
            return
        if self._warned != here.id:
            self._warned = here.id
            self._say("d again deletes it for good, with its thanks.")
            return
        await self._do(wisdom.delete, "It is deleted. Nothing of it is kept.")

    @work(exclusive=True, group="act")
    async def action_report(self) -> None:
        await self._say_about("Report this", REPORT_HINT, moderation.report, "Reported to who teaches this course.")

    @work(exclusive=True, group="act")
    async def action_reply(self) -> None:
        hint = "It stands beneath, as said by who teaches this course."
        here = self._here
        text = here.answer if here is not None else ""
        await self._say_about("An answer", hint, moderation.answer, "Your answer stands beneath it.", text=text)

    @work(exclusive=True, group="act")
    async def action_hide(self) -> None:
        here = self._here
        if here is not None and here.hidden:
            await self._do(moderation.show_again, f"{self.glyphs.done} Everybody in the course sees it.")
        else:
            hint = "Say why. Its author still sees it, and reads this."
            await self._say_about("Hide this", hint, moderation.hide, "Hidden. x shows it again.")

    @work(exclusive=True, group="act")
    async def action_take_over(self) -> None:
        here = self._here
        hint = "This becomes a note in the lesson, in a new version of the course, without a name."
        said = "It stands in the course now."
        text = here.text if here is not None else ""
        await self._say_about("Into the course", hint, moderation.take_over, said, text=text)

    @work(exclusive=True, group="act")
    async def action_pin(self) -> None:
        here = self._here
        if here is not None:
            await self._do(
                moderation.unpin if here.pinned else moderation.pin,
                "It stands where its thanks put it." if here.pinned else "It stands before all others now.",
            )

    def action_scope(self) -> None:
        self._only_paragraph = not self._only_paragraph
        self._load()

    def action_more(self) -> None:
        self._limit = wisdom.MAX_PIECES
        self._load()

    async def _do(self, work: object, said: str) -> None:
        """Do something with the piece at the cursor, say so, and show what became of it."""
        here = self._here
        if here is None:
            return
        try:
            await self.ask(work, here.id)  # type: ignore[arg-type]  # one of several calls
        except AzoraError as error:
            self._say(str(error))
        else:
            self._say(said)
        self._warned = None
        self._load()

    async def _say_about(self, title: str, hint: str, work: object, said: str, *, text: str = "") -> None:
        here = self._here
        if here is None:
            return

        async def send(words: str) -> None:
            await self.ask(work, here.id, words)  # type: ignore[arg-type]  # one of several calls

        if await self.app.push_screen_wait(SayingDialog(title, first_words(here.text, _ABOUT), hint, send, text=text)):
            self._say(f"{self.glyphs.done} {said}")
            self._load()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        here, found = self._here, self._found
        teaches = found is not None and found.teaches
        if action == "write":
            return found is not None and found.may_write
        if action in ("thank", "report"):
            return here is not None and not here.author.mine and not (action == "report" and here.reported)
        if action in ("change", "delete"):
            return here is not None and here.author.mine
        if action == "scope":
            return self._paragraph is not None
        if action == "more":
            return found is not None and len(found.pieces) < min(found.total, wisdom.MAX_PIECES)
        if action in ("reply", "hide"):
            return teaches and here is not None
        if action == "pin":
            return teaches and here is not None and not here.hidden
        if action == "take_over":
            open_to_it = here is not None and not here.hidden and here.taken_over_at is None
            return teaches and open_to_it and here is not None and here.kind is WisdomKind.CORRECTION
        return super().check_action(action, parameters)

    def _say(self, words: str) -> None:
        self.query_one("#message", Static).update(plain(words))
