"""What was said to the learner, one after the other, each whole."""

from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms import news
from azora_tui.models.news import NewsItem
from azora_tui.screens.base import UP, EnrollmentChanged, Page
from azora_tui.screens.reading_page import ReaderPage
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.plain import plain_line
from azora_tui.widgets.reader import MarkdownReader
from azora_tui.wording.news import ago, said_by, whole_text

_EMPTY = "Nothing was said to you yet. What your teachers announce, or write to you, comes to Home and stays here."


def open_place(page: Page, item: NewsItem) -> None:
    """Open what was said something about: the task that was answered, or the lesson."""
    if item.lesson_id is None:
        return
    if item.kind == "task_answer":
        from azora_tui.screens.task import TaskScreen

        page.app.push_screen(TaskScreen(item.lesson_id, item.task_id, item.task_title, area=page.AREA))
    else:
        page.open_lesson(item.lesson_id, item.lesson_title)


class NewsScreen(ReaderPage):
    """First what is new, newest first, then what was read before. What is shown here is read, and leaves Home."""

    AREA = "home"
    CSS_PATH = "news.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,greater_than_sign", "turn(1)", "next", id="news.next"),
        Binding("p,less_than_sign", "turn(-1)", "previous", id="news.previous"),
        Binding("l", "lesson", "the lesson", id="news.lesson"),
        UP,
    ]

    _reader = getters.query_one("#reader", MarkdownReader)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self) -> None:
        super().__init__()
        self._items: list[NewsItem] = []
        self._place = 0

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="said"):
            yield Static("", id="said-by")
            yield Static("", id="said-at", markup=False)
        with Vertical(id="text"):
            yield MarkdownReader(ascii=self.ascii_only, id="reader")
            yield EmptyState(self.glyphs, id="empty-state")
        yield Static("", id="end", markup=False)

    def on_mount(self) -> None:
        self._reader.display = False
        self._empty_state.wait("Reading what is new …")
        self._load()

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            found = await self.ask(news.news, read=True)
        except AzoraError as error:
            self._items = []
            self._show_whole(False)
            self._empty_state.failed(f"{error} ctrl+r tries again.")
        else:
            self._items = sorted(found, key=lambda item: item.read_at is not None)
            self._show_whole(bool(found))
            if found:
                self._open(0)
            else:
                self._empty_state.empty(_EMPTY)
        self.refresh_bindings()

    def _show_whole(self, shown: bool) -> None:
        self._reader.display = shown
        for part in ("#said-by", "#said-at", "#end"):
            self.query_one(part, Static).update("")
        if shown:
            self._empty_state.hide()
            self.set_focus(self._reader)

    def _open(self, place: int) -> None:
        self._place = place
        item = self._items[place]
        self._reader.set_document(whole_text(item))
        new = sum(each.read_at is None for each in self._items)
        many = f"{place + 1} of {new} new" if item.read_at is None else "read"
        at = f"{ago(item.at, self.services.now())} {self.glyphs.separator} {many}"
        self.query_one("#said-by", Static).update(plain_line(said_by(item)))
        self.query_one("#said-at", Static).update(plain_line(at))
        last = item.read_at is None and place + 1 == new
        self.query_one("#end", Static).update("That is all that is new." if last else "")
        if item.read_at is None:
            self._mark(item)
        self.refresh_bindings()

    @work(group="read")
    async def _mark(self, item: NewsItem) -> None:
        try:
            await self.ask(news.mark_read, [item])
        except AzoraError as error:
            self.tell(f"It stays on Home. {error}", failed=True)

    @property
    def _current(self) -> NewsItem | None:
        return self._items[self._place] if self._items else None

    def action_turn(self, step: int) -> None:
        self._open(self._place + step)

    def action_lesson(self) -> None:
        if self._current is not None:
            open_place(self, self._current)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "turn":
            return 0 <= self._place + int(str(parameters[0])) < len(self._items)
        if action == "lesson":
            return self._current is not None and self._current.lesson_id is not None
        return super().check_action(action, parameters)
