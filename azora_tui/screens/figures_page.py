"""What the pages of figures have in common: a title, one list, and `?` for what a figure means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.screens.base import Dialog, EnrollmentChanged
from azora_tui.screens.watching import WatchingPage
from azora_tui.times import local_day, to_exact_text
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.figure_list import FigureList, FigureRow
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.wording.insights import DEFINITIONS


class FiguresPage(WatchingPage):
    """A page of figures: `read` asks the services for its rows, and what enter does with them is `open_row`."""

    AREA = "teach"
    CSS_PATH = "figures_page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "explain", "what it means", id="figures.explain"),
    ]
    WAITING = "Counting …"

    _list = getters.query_one("#figures", FigureList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="title-line"):
            yield Static("", id="title", markup=False)
            yield Static("", id="facts", markup=False)
        with Vertical(id="list-pane"):
            yield FigureList(self.glyphs, id="figures")
            yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = False
        self._empty_state.wait(self.WAITING)
        self.load_figures()

    async def read(self) -> Sequence[FigureRow] | str:
        """The rows of the page, or the sentence that stands in their place where there is nothing to show."""
        raise NotImplementedError

    def open_row(self, opens: object) -> None:
        """Open what a row speaks of."""

    @work(exclusive=True, group="load")
    async def load_figures(self, *, again: bool = False) -> None:
        try:
            rows = await self.read()
        except AzoraError as error:
            self._list.display = False
            self._empty_state.failed(f"{error} ctrl+r tries again.")
        else:
            self._show(rows, again=again)
        self.refresh_bindings()

    def _show(self, rows: Sequence[FigureRow] | str, *, again: bool) -> None:
        if isinstance(rows, str):
            self._list.display = False
            self._empty_state.empty(rows)
            return
        self._list.display = True
        self._list.show_rows(rows, again=again)
        self._empty_state.hide()
        if self.focused is None:
            self._list.focus()

    def say_title(self, title: str, facts: str = "") -> None:
        self.query_one("#title", Static).update(plain_line(title))
        self.query_one("#facts", Static).update(plain_line(facts))

    def today(self) -> date:
        """The day that it is here."""
        now = self.services.now()
        return local_day(now, self.services.lms.utc_offset(to_exact_text(now)))

    @property
    def here(self) -> object:
        """What the row under the cursor opens."""
        row = self._list.current if self.is_mounted and self._list.display else None
        return None if row is None else row.opens

    @on(FigureList.Chosen)
    def _chosen(self, event: FigureList.Chosen) -> None:
        self.open_row(event.record.opens)

    @on(FigureList.CursorMoved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self.load_figures(again=True)

    def look_again(self) -> None:
        self.load_figures(again=True)

    def action_explain(self) -> None:
        row = self._list.current if self._list.display else None
        self.app.push_screen(DefinitionsDialog(row.term if row else ""), self._explained)

    def _explained(self, wants_keys: bool | None) -> None:
        if wants_keys:
            self.app.action_help()


class DefinitionsDialog(Dialog[bool]):
    """What each figure means, the one that was asked for first; `?` once more shows the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "dismiss(True)", "the keys", id="definitions.keys"),
    ]
    DEFAULT_CSS = """
    DefinitionsDialog {
        & #definitions { height: auto; max-height: 16; }
        & .term { text-style: bold; margin-top: 1; }
        & .term.-first { margin-top: 0; }
        & .hint { color: $text-muted; margin-top: 1; }
    }
    """

    def __init__(self, term: str) -> None:
        super().__init__()
        self._first = term

    def compose(self) -> ComposeResult:
        terms = sorted(DEFINITIONS, key=lambda term: term != self._first)
        with Vertical(classes="dialog"):
            yield Static("What the figures mean", classes="dialog-title", markup=False)
            with VerticalScroll(id="definitions"):
                for place, term in enumerate(terms):
                    yield Static(plain(term), classes="term" if place else "term -first")
                    yield Static(plain(DEFINITIONS[term]))
            yield Static("? shows the keys, esc closes.", classes="hint", markup=False)
