"""One search over courses, lessons and one's own notes, from anywhere."""

import asyncio
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from azora_tui.errors import AzoraError, StoppedError
from azora_tui.lms import notes, search, suggesting
from azora_tui.lms.together import wisdom
from azora_tui.models.search import HitKind, SearchHit
from azora_tui.screens.base import UP, EnrollmentChanged, Page
from azora_tui.text import clean
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.hit_list import HitList
from azora_tui.widgets.plain import PlainInput, plain
from azora_tui.wording.numbers import counted

_BEGIN = "Type what you are looking for. Courses, the text of lessons, review cards and your own notes are searched."


_PAUSE = 0.15
"""Seconds after a letter before it is asked what its words were meant to be."""


class SearchScreen(Page):
    """A line to type in, and what has those words as they are typed."""

    CSS_PATH = "search.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        # With priority, so that words typed right behind the / already find the line in focus.
        Binding("slash", "query", "other words", priority=True, id="search.query"),
        UP,
    ]

    _hits = getters.query_one("#hits", HitList)
    _empty_state = getters.query_one("#empty-state", EmptyState)
    _query_input = getters.query_one("#query", Input)

    def __init__(self, *, area: str, query: str = "") -> None:
        super().__init__()
        self.AREA = area
        self._first_query = query
        self._stop = search.Stop()
        self._meant = ""  # what a search without a hit was probably meant to be

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="query-line"):
            yield Static("/", id="query-sign")
            yield QueryInput(
                self._first_query, placeholder="search courses, lessons and your notes", compact=True, id="query"
            )
            yield Static("", id="counts", markup=False)
        with Vertical(id="list-pane"):
            yield HitList(self.glyphs, id="hits")
            yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._hits.display = False
        self.action_query()
        self._search_again()

    @on(Input.Changed, "#query")
    def _search_again(self) -> None:
        """Begin another search; the one before it ends, whatever it is doing."""
        self._stop.now()
        self._stop = search.Stop()
        self._search(self._query_input.value, self._stop)

    @work(exclusive=True, group="search")
    async def _search(self, query: str, stop: search.Stop) -> None:
        if not self._hits.display and query.strip():
            self._empty_state.wait("Searching …")
        self._meant = ""
        try:
            found = await self.ask(search.find, query, stop=stop)
        except StoppedError:
            return
        except AzoraError as error:
            self._hits.display = False
            self._say_counts("")
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            self.refresh_bindings()
            return
        self._hits.show(found.hits)
        self._hits.display = bool(found.hits)
        if found.hits:
            self._empty_state.hide()
            number = counted(len(found.hits), "hit")
            self._say_counts(f"the best {number}" if found.more else number)
        else:
            self.action_query()  # the list, which may have had the focus, is not there now
            self._say_counts("")
            words = clean(query, keep_newlines=False).strip()
            self._empty_state.empty(_nothing(words) if words else _BEGIN)
            if words:
                self._suggest(words)
        self.refresh_bindings()

    @work(exclusive=True, group="aside-suggest")
    async def _suggest(self, words: str) -> None:
        """Offer what is near. No key waits for it: enter takes only what was seen."""
        await asyncio.sleep(_PAUSE)  # most words are wrong only until they are written to their end
        try:
            meant = await self.ask(suggesting.for_search, words)
        except AzoraError:
            return  # that nothing was found has been said
        now = clean(self._query_input.value, keep_newlines=False).strip()
        if meant and words == now and not self._hits.display:
            self._meant = meant
            self._empty_state.empty(_nothing(words, self._meant))
            self.refresh_bindings()

    def _say_counts(self, counts: str) -> None:
        self.query_one("#counts", Static).update(plain(counts))

    @on(Input.Submitted, "#query")
    def _submitted(self) -> None:
        if self._hits.display:
            self._hits.focus()
        elif self._meant:
            self._query_input.value = self._meant
            self._query_input.cursor_position = len(self._meant)

    @on(HitList.Chosen)
    @work(exclusive=True, group="open")
    async def _open(self, event: HitList.Chosen) -> None:
        hit: SearchHit = event.record
        if hit.lesson_id is None or not hit.enrolled:
            self.open_course(hit.course_id, hit.course_title)
            return
        at, title, find = None, hit.title.text, ""
        try:
            if hit.kind is HitKind.NOTE and hit.note_id is not None:
                placed = await self.ask(notes.place, hit.note_id)
                at, title = placed.position, placed.note.lesson_title
            elif hit.kind is HitKind.WISDOM and hit.wisdom_id is not None:
                from azora_tui.screens.wisdom import WisdomScreen

                piece = await self.ask(wisdom.piece, hit.wisdom_id)
                page = WisdomScreen(piece.lesson_id, piece.lesson_title, area=self.AREA, wisdom_id=piece.id)
                self.app.push_screen(page)
                return
            elif hit.kind is HitKind.CARD:
                title = ""  # the lesson's own comes with it
            elif hit.paragraph is not None:
                at = await self.ask(search.place, hit.lesson_id, hit.paragraph)
                find = next((hit.snippet.text[start:end] for start, end in hit.snippet.marks), "")
        except AzoraError as error:
            self.tell(str(error), failed=True)
        else:
            self.go_to_lesson(hit.lesson_id, title, at, find=find)

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._search_again()

    def action_query(self) -> None:
        self.set_focus(self._query_input)

    def on_unmount(self) -> None:
        self._stop.now()

    def offers(self, action: str) -> bool:
        if not self.is_mounted:
            return True
        match action:
            case "submit":
                return self._hits.display or bool(self._meant)
            case "to_list":
                return self._hits.display
        return True

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "query":
            return self.is_mounted and not self._query_input.has_focus
        return super().check_action(action, parameters)


def _nothing(words: str, meant: str = "") -> str:
    said = f" Did you mean “{meant}”? enter looks for it." if meant else ""
    return f"Nothing has “{words}” in it.{said} Try fewer words, or only their beginning."


class QueryInput(PlainInput):
    """The line to type in; the arrows go on into the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "to what was found", id="search.submit"),
        Binding("down", "to_list", "into the list", id="search.to_list"),
    ]

    def action_to_list(self) -> None:
        hits = self.screen.query_one("#hits")
        if hits.display:
            hits.focus()
