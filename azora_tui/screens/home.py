"""Home: where to go on, and what has been done so far."""

from operator import attrgetter
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms import activity, home, news
from azora_tui.models.home import HomePage
from azora_tui.models.my_learning import EnrolledCourse
from azora_tui.models.news import NewsItem
from azora_tui.screens.base import EnrollmentChanged, area_key
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean
from azora_tui.widgets.continue_card import ContinueCard
from azora_tui.widgets.course_list import EnrolledList
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.heat_map import HeatMap
from azora_tui.widgets.learning_facts import LearningFacts
from azora_tui.widgets.news_line import NewsLine
from azora_tui.widgets.plain import plain
from azora_tui.wording.dates import short_date
from azora_tui.wording.home import next_words, waits_in_vain_sentence, year_sentence

_EMPTY = "Nothing is under way yet. Press 2 for the catalog, choose a course, and enrol with e."
_ROWS_EACH = 3
_ALL = 1_000
"""Pages, more than there are."""
_REVIEW_KEY = area_key("review")


class OtherCourses(EnrolledList):
    """The courses under way beside the first; above the first of them stands the card."""

    def action_move(self, step: int) -> None:
        if step < 0 and self.cursor == 0:
            self.screen.query_one(ContinueCard).focus()
        else:
            super().action_move(step)


class HomeScreen(WatchingPage):
    """One key back into the exact place; below it the year, other courses, and what was reached."""

    AREA = "home"
    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "news", "news", id="home.news"),
        Binding("N", "all_news", "all that was said to you", show=False, id="home.all_news"),
        Binding("o", "course", "course page", id="home.course"),
        Binding("w", "in_vain", "the waitlist", id="home.waitlist"),
        Binding("r", "rest_days", "rest days", id="home.rest_days"),
        Binding("pagedown,space", "scroll(1)", "page down", show=False, id="home.page_down"),
        Binding("pageup,b", "scroll(-1)", "page up", show=False, id="home.page_up"),
        Binding("home,g", f"scroll({-_ALL})", "top", show=False, id="home.top"),
        Binding("end,G", f"scroll({_ALL})", "end", show=False, id="home.end"),
    ]

    _card = getters.query_one("#card", ContinueCard)
    _courses = getters.query_one("#courses", OtherCourses)
    _empty_state = getters.query_one("#empty-state", EmptyState)
    _news_line = getters.query_one("#news", NewsLine)
    _body = getters.query_one("#home", VerticalScroll)

    def __init__(self) -> None:
        super().__init__()
        self._page: HomePage | None = None

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="home", can_focus=False), Vertical(id="page"):
            yield NewsLine(id="news")
            yield Static("", id="in-vain", markup=False)
            with Container(id="first"):
                yield EmptyState(self.glyphs, id="empty-state")
                yield ContinueCard(self.glyphs, id="card")
                yield LearningFacts(self.glyphs, _REVIEW_KEY, id="facts")
            yield HeatMap(self.glyphs, self.services.now().astimezone().date(), id="heat")
            yield Static("", id="year-words", markup=False)
            with Container(id="second"):
                with Vertical(id="others"):
                    yield Static(Content.styled("Also under way", "bold"))
                    yield OtherCourses(self.glyphs, self.services.now, quiet=True, id="courses")
                    yield Static("", id="more", markup=False)
                yield Static("", id="earned", markup=False)

    def on_mount(self) -> None:
        self._card.display = False
        self._empty_state.wait("Reading where you were …")
        self._load()

    def on_screen_resume(self) -> None:
        if self._page is not None:  # a note, an answer or midnight may have come meanwhile
            self._load()

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            page = await self.ask(home.page)
        except AzoraError as error:
            self._show_parts(False)
            self._news_line.show((), self.services.now())
            self._empty_state.failed(f"{error} ctrl+r tries again.")
            return
        self._page = page
        self._put("#in-vain", waits_in_vain_sentence(page.waits_in_vain) if page.waits_in_vain else "")
        self.query_one("#in-vain").display = bool(page.waits_in_vain)
        self._show_parts(page.begun)
        if page.begun:
            self._empty_state.hide()
            self._show(page)
            if self.focused is None:
                self.set_focus(self._card)
        else:
            self._empty_state.empty(_EMPTY)
        self.refresh_bindings()

    def _show_parts(self, shown: bool) -> None:
        for part in ("#card", "#facts", "#heat", "#year-words", "#second"):
            self.query_one(part).display = shown

    def _show(self, page: HomePage) -> None:
        now = self.services.now()
        self._news_line.show(page.news, now)
        self._card.show(page.go_on, now)
        self.query_one("#facts", LearningFacts).show(page)
        levels = {day: activity.level(learned) for day, learned in page.days.items()}
        self.query_one("#heat", HeatMap).show(levels, page.today)
        self._put("#year-words", year_sentence(activity.months(page.days, page.today)))
        self._courses.show_again(page.others, attrgetter("enrollment.course_id"))
        self._courses.styles.height = _ROWS_EACH * len(page.others)
        self.query_one("#others").display = bool(page.others)
        more = page.under_way - len(page.others) - (page.go_on is not None)
        self._put("#more", f"  and {more:,} more in My learning\n")
        self.query_one("#more").display = more > 0
        self.query_one("#earned", Static).update(self._earned(page))

    def _earned(self, page: HomePage) -> Content:
        lines = [Content.styled("Reached" if page.achievements else "", "bold")]
        widest = max((len(each.title) for each in page.achievements), default=0)
        for each in page.achievements:
            sign, title, day = f"{self.glyphs.done} ", each.title.ljust(widest), short_date(each.day)
            lines.append(Content.assemble((sign, "$secondary"), title, "   ", (f"{day:>11}", "$text-muted")))
        if page.next_achievement is not None:
            lines.append(Content.styled(next_words(page.next_achievement), "$text-muted"))
        return Content("\n").join(lines)

    def _put(self, id_: str, text: str) -> None:
        self.query_one(id_, Static).update(plain(text))

    @on(ContinueCard.Chosen)
    def _go_on(self) -> None:
        if self._page is not None and self._page.go_on is not None:
            self._open(self._page.go_on)
        else:
            self.app.action_go("catalog")

    @on(OtherCourses.Chosen, "#courses")
    def _course_chosen(self, event: OtherCourses.Chosen) -> None:
        self._open(event.record)

    def _open(self, record: EnrolledCourse) -> None:
        if record.next_lesson_id is None:
            self.open_course(record.enrollment.course_id, record.title)
        else:
            self.open_lesson(record.next_lesson_id, record.next_lesson_title or "")

    @on(OtherCourses.CursorMoved, "#courses")
    def _follow_cursor(self) -> None:
        if self._courses.has_focus:
            top = self._courses.virtual_region.y + self.query_one("#second").virtual_region.y
            row = Region(0, top + _ROWS_EACH * self._courses.cursor, 1, _ROWS_EACH)
            self._body.scroll_to_region(row, animate=False)

    def action_to_others(self) -> None:
        if self._courses.count:
            self.set_focus(self._courses)
        else:
            self.action_scroll(1)

    def action_scroll(self, pages: int) -> None:
        body = self._body
        body.scroll_relative(y=pages * max(1, body.size.height - 2), animate=False)

    @property
    def _current(self) -> EnrolledCourse | None:
        if self._courses.has_focus:
            return self._courses.current
        return None if self._page is None else self._page.go_on

    def subject(self, action: str) -> str:
        record = self._current if action in ("course", "go_on", "choose") else None
        return "" if record is None else clean(record.title, keep_newlines=False)

    def action_course(self) -> None:
        if (record := self._current) is not None:
            self.open_course(record.enrollment.course_id, record.title)

    @on(NewsLine.Chosen)
    def _news_chosen(self) -> None:
        self.action_news()

    def action_news(self) -> None:
        """Show what is new; where the newest is about a lesson or a task, there."""
        newest = next(iter(self._page.news), None) if self._page is not None else None
        if newest is not None and newest.lesson_id is not None:
            self._read_in_place(newest)
        else:
            self.action_all_news()

    def action_all_news(self) -> None:
        from azora_tui.screens.news import NewsScreen

        self.app.push_screen(NewsScreen())

    @work(exclusive=True, group="news")
    async def _read_in_place(self, item: NewsItem) -> None:
        from azora_tui.screens.news import open_place

        if item.kind != "task_answer":  # its own page shows what is new there, and notes it
            try:
                await self.ask(news.mark_read, [item])
            except AzoraError as error:
                self.tell(str(error), failed=True)
        open_place(self, item)

    def action_in_vain(self) -> None:
        if self._page is not None:
            self.open_course(*self._page.waits_in_vain[0])

    def action_rest_days(self) -> None:
        from azora_tui.screens.rest_days import RestDaysDialog

        if self._page is not None:
            self.app.push_screen(RestDaysDialog(self._page.rest_days), self._rest_days_chosen)

    def _rest_days_chosen(self, chosen: bool | None) -> None:
        if chosen:
            self._load()

    def offers(self, action: str) -> bool:
        return action != "news" or (self._page is not None and bool(self._page.news))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "course":
            return self.is_mounted and self._current is not None
        if action == "in_vain":
            return self._page is not None and bool(self._page.waits_in_vain)
        if action == "news":
            return self._page is not None and bool(self._page.news)
        if action in ("all_news", "rest_days"):
            return self._page is not None and self._page.begun
        return True
