"""The catalog: every published course, found as one types."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from azora_tui.errors import AzoraError
from azora_tui.lms import catalog, enrolling
from azora_tui.models.catalog import CatalogCount, CatalogFilter, CatalogPage, CatalogSort, CourseSummary
from azora_tui.models.enrolling import ABOUT_THE_KEY, EnrollOutcome, EnrollResult
from azora_tui.models.enrollments import EnrollmentStatus
from azora_tui.screens.base import EnrollmentChanged
from azora_tui.screens.enrollment_key import EnrollmentKeyDialog
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean
from azora_tui.widgets.course_list import CourseList
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.plain import PlainInput, plain
from azora_tui.widgets.record_list import PART
from azora_tui.wording.course_rules import enrollment_facts
from azora_tui.wording.courses import course_state
from azora_tui.wording.errors import message
from azora_tui.wording.numbers import counted

_FIRST = 24
"""Courses, or as many as the window has lines, that are asked for at a letter: more than it can show, and there sooner
than a whole part."""

_MAX_WAIT = 0.03
"""Seconds that a letter waits for what it finds, to be painted with it."""

_PAUSE = 0.15
"""Seconds after a letter before the courses are counted that it left."""


class CatalogScreen(WatchingPage):
    """A filter line, the courses, and beside them a preview where there is room."""

    AREA = "catalog"
    CSS_PATH = "catalog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "enroll", "enrol", id="catalog.enroll"),
        # With priority, so that words typed right behind the / already find the filter in focus.
        Binding("slash", "filter", "search", priority=True, id="catalog.filter"),
        Binding("s", "sort", "sort", id="catalog.sort"),
        Binding("f", "state", "filter", id="catalog.state"),
        Binding("escape", "clear", "clear", id="catalog.clear"),
    ]

    _courses = getters.query_one("#courses", CourseList)
    _empty_state = getters.query_one("#empty-state", EmptyState)
    _filter_input = getters.query_one("#filter", Input)

    def __init__(self) -> None:
        super().__init__()
        self._state = CatalogFilter.ALL
        self._sort = CatalogSort.TITLE
        self._all: int | None = None
        self._shown_keys: tuple[bool | None, ...] | None = None
        self._meant = ""  # what a filter that left no course was probably meant to be
        self._frame = ExitStack()

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="filter-line"):
            yield Static("/", id="filter-sign")
            yield FilterInput(
                self._load_for_letter, placeholder="search titles, teachers, subjects", compact=True, id="filter"
            )
            yield Static("", id="counts", markup=False)
        with Horizontal(id="panes"):
            with Vertical(id="list-pane"):
                yield CourseList(self.glyphs, id="courses")
                yield EmptyState(self.glyphs, id="empty-state")
            yield CoursePreview(id="preview")

    def on_mount(self) -> None:
        chosen = self.settings.catalog_sort
        self._sort = next((each for each in CatalogSort if each.value == chosen), CatalogSort.TITLE)
        self._courses.focus()
        self._courses.display = False
        self._empty_state.wait("Reading the catalog …")
        self._load()

    @property
    def _query(self) -> str:
        return self._filter_input.value

    @property
    def _is_narrowed(self) -> bool:
        return bool(self._query) or self._state is not CatalogFilter.ALL

    @property
    def search_words(self) -> str:
        return self._query

    def _load_for_letter(self) -> None:
        """Paint a letter together with what it finds, unless that takes so long that the letter would be missed."""
        self._frame.close()
        self._frame = ExitStack()
        self._frame.callback(self.check_idle)  # paints what has changed
        self._frame.enter_context(self.app.batch_update())
        asyncio.get_running_loop().call_later(_MAX_WAIT, self._frame.close)
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self, *, again: bool = False) -> None:
        """Show the first courses as soon as they are known, then how many there are in all; `again` those around the
        cursor, which stays on its course."""
        keep = self._courses.cursor if again else 0
        self._meant = ""
        self.workers.cancel_group(self, "aside-count")  # of what was shown before
        query, state = self._query, self._state
        narrowed = bool(query) or state is not CatalogFilter.ALL
        typing = self._filter_input.has_focus
        limit = max(_FIRST, self.size.height) if typing and not keep else PART
        offset = max(0, keep - PART // 2)
        try:
            page = await self.ask(catalog.page, query=query, state=state, sort=self._sort, offset=offset, limit=limit)
            self._show(page, again=again)
        except AzoraError as error:
            self._fail(error)
            return
        finally:
            self._frame.close()
        if typing and not again and self._all is not None and 0 < len(page.courses) < limit:  # it says so itself
            self._show_counts(CatalogCount(len(page.courses), self._all if narrowed else len(page.courses)), narrowed)
        else:
            self._count(query, state, pause=typing and bool(page.courses))
        if query.strip() and not page.courses:
            self._suggest(query)

    @work(exclusive=True, group="aside-count")
    async def _count(self, query: str, state: CatalogFilter, *, pause: bool) -> None:
        """Say how many courses there are. No key waits for a number."""
        if pause:
            await asyncio.sleep(_PAUSE)  # whoever goes on typing never reads it
        try:
            counts = await self.ask(catalog.count, query=query, state=state)
        except AzoraError as error:
            self._fail(error)
            return
        if (query, state) == (self._query, self._state):
            self._show_counts(counts, bool(query) or state is not CatalogFilter.ALL)

    def _show_counts(self, counts: CatalogCount, narrowed: bool) -> None:
        self._all = counts.all
        self._courses.set_count(counts.matching)
        every = counted(counts.all, "course")
        self._say_counts(f"{counts.matching:,} of {every}" if narrowed else every)

    def _fail(self, error: AzoraError) -> None:
        self._courses.display = False
        self._empty_state.failed(f"{error} ctrl+r tries again.")
        self._show_keys()

    @work(exclusive=True, group="aside-suggest")
    async def _suggest(self, query: str) -> None:
        """Offer what is near. No key waits for it: enter takes only what was seen."""
        from azora_tui.lms import suggesting

        await asyncio.sleep(_PAUSE)  # most words are wrong only until they are written to their end
        try:
            meant = await self.ask(suggesting.for_catalog, query)
        except AzoraError:
            return  # that nothing was found has been said
        if meant and query == self._query and not self._courses.display:
            self._meant = meant
            self._empty_state.empty(self._why_empty())
            self._show_keys()

    def _show(self, page: CatalogPage, *, again: bool) -> None:
        courses = page.courses
        if again:
            self._courses.show_again(courses, attrgetter("id"), offset=page.offset)
        else:
            self._courses.show(courses, offset=page.offset)
        was_hidden = not self._courses.display
        self._courses.display = bool(courses)
        if courses:
            self._empty_state.hide()
            if was_hidden and self.focused is None:
                self._courses.focus()
        else:
            self._preview(None)
            self._empty_state.empty(self._why_empty())
        self._show_keys()

    def _show_keys(self) -> None:
        """Redraw the line of keys, where what is shown changes what can be done."""
        offered = (self.offers(action) for action in ("enroll", "submit", "to_list"))
        keys = (self.check_action("enroll", ()), self._is_narrowed, *offered)
        if keys != self._shown_keys:
            self._shown_keys = keys
            self.refresh_bindings()

    def subject(self, action: str) -> str:
        course = self._courses.current if action in ("enroll", "choose") else None
        return "" if course is None else clean(course.title, keep_newlines=False)

    def offers(self, action: str) -> bool:
        if not self.is_mounted:
            return True
        match action:
            case "enroll":
                course = self._courses.current
                return course is None or course.status in (None, EnrollmentStatus.LEFT)
            case "submit":
                return self._courses.display or bool(self._meant)
            case "to_list":
                return self._courses.display
        return True

    def _why_empty(self) -> str:
        if self._query.strip():
            meant = f" Did you mean “{self._meant}”? enter looks for it." if self._meant else ""
            none = f"No course has “{clean(self._query)}”.{meant}"
            return f"{none} Search the lessons too with ctrl+f, or clear with esc."
        if self._state is not CatalogFilter.ALL:
            return f"No course is {self._state.value}. Press f for the next kind, or esc for all."
        return "There are no courses yet. An instructor can bring some in."

    def _say_counts(self, counts: str) -> None:
        state = "" if self._state is CatalogFilter.ALL else f"{self._state.value} {self.glyphs.separator} "
        shown = self.query_one("#counts", Static)
        content = plain(f"{state}by {self._sort.value} {self.glyphs.separator} {counts}")
        shown.update(content, layout=content.cell_length != shown.content_size.width)

    @on(CourseList.RecordsNeeded, "#courses")
    @work(exclusive=True, group="more")
    async def _load_more(self, event: CourseList.RecordsNeeded) -> None:
        try:
            page = await self.ask(
                catalog.page,
                query=self._query,
                state=self._state,
                sort=self._sort,
                offset=event.offset,
                limit=PART,
            )
        except AzoraError as error:
            self.tell(str(error), failed=True)
        else:
            self._courses.put(page.offset, page.courses)
            if not page.courses:
                self.reload()  # there were more a moment ago

    @on(CourseList.CursorMoved, "#courses")
    def _cursor_moved(self) -> None:
        self._preview(self._courses.current)
        self._show_keys()

    def _preview(self, course: CourseSummary | None) -> None:
        preview = self.query_one("#preview", CoursePreview)
        if preview.display:
            preview.show(course, self)

    @on(CourseList.Chosen, "#courses")
    def _open(self, event: CourseList.Chosen) -> None:
        self.open_course(event.record.id, event.record.title)

    @on(Input.Submitted, "#filter")
    def _filter_submitted(self) -> None:
        if self._courses.display:
            self._courses.focus()
        elif self._meant:
            self._filter_input.value = self._meant
            self._filter_input.cursor_position = len(self._meant)

    @on(EnrollmentChanged)
    def reload(self) -> None:
        """Reload the list, with the cursor where it is."""
        self._load(again=True)

    def on_resize(self) -> None:
        self.call_after_refresh(self._cursor_moved)

    def action_filter(self) -> None:
        self.set_focus(self._filter_input)

    def action_clear(self) -> None:
        filter_input = self._filter_input
        self._state = CatalogFilter.ALL
        if filter_input.value:
            filter_input.value = ""
        else:
            self._load()
        self._courses.display = True
        self._courses.focus()

    def action_sort(self) -> None:
        orders = list(CatalogSort)
        self._sort = orders[(orders.index(self._sort) + 1) % len(orders)]
        self.app.choose(replace(self.settings, catalog_sort=self._sort.value))
        self._load()

    def action_state(self) -> None:
        states = list(CatalogFilter)
        self._state = states[(states.index(self._state) + 1) % len(states)]
        self._load()

    @work(exclusive=True, group="enroll")
    async def action_enroll(self) -> None:
        course = self._courses.current if self._courses.display else None
        if course is None:
            return
        try:
            result = await self.ask(enrolling.enroll, course.id)
        except AzoraError as error:
            self.tell(str(error), failed=True)
            return
        if result.outcome in ABOUT_THE_KEY:
            self.app.push_screen(EnrollmentKeyDialog(course.title, "Enrol", partial(self._enroll_with, course.id)))
        else:
            self._came_to(course.id, result)

    async def _enroll_with(self, course_id: int, key: str) -> str:
        """What is wrong with a key; "" where it let the learner in."""
        result = await self.ask(enrolling.enroll, course_id, key=key)
        if result.outcome in ABOUT_THE_KEY:
            return message(result.outcome.value, result.values)
        self._came_to(course_id, result)
        return ""

    def _came_to(self, course_id: int, result: EnrollResult) -> None:
        wait = " On its page, w joins the waitlist." if result.outcome is EnrollOutcome.FULL else ""
        failed = result.outcome not in (EnrollOutcome.ENROLLED, EnrollOutcome.ALREADY_ENROLLED)
        self.tell(f"{message(result.outcome.value, result.values)}{wait}", failed=failed)
        if result.outcome is EnrollOutcome.ENROLLED:
            self.app.enrollment_changed(course_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "filter":
            return self.is_mounted and not self._filter_input.has_focus
        if action == "clear":
            return self.is_mounted and (self._is_narrowed or self._filter_input.has_focus)
        if action == "enroll":
            chosen = self.is_mounted and self._courses.display and self._courses.current is not None
            return True if chosen else None
        return True


class FilterInput(PlainInput):
    """The filter; the arrows go on into the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "to the courses", id="catalog.submit"),
        Binding("down", "to_list", "into the list", id="catalog.to_list"),
    ]

    def __init__(self, changed: Callable[[], object], **options: Any) -> None:
        """`changed` is called at each change before anything of it is painted, which no message would be."""
        super().__init__(**options)
        self._changed = changed

    @on(Input.Changed)
    def _load_what_it_finds(self) -> None:
        self._changed()

    def action_to_list(self) -> None:
        self.screen.query_one("#courses").focus()


class CoursePreview(Vertical):
    """The second pane of a wide terminal: what the course under the cursor is about."""

    def compose(self) -> ComposeResult:
        yield Static("", id="preview-title", markup=False)
        yield Static("", id="preview-state", markup=False)
        yield Static("", id="preview-text", markup=False)
        yield Static("", id="preview-facts", markup=False)

    def show(self, course: CourseSummary | None, page: Any) -> None:
        def put(id_: str, text: str) -> None:
            self.query_one(id_, Static).update(plain(text))

        if course is None:
            for each in self.query(Static):
                each.update("")
            return
        glyphs = page.glyphs
        state, _ = course_state(course.status, course.progress, glyphs)
        facts = (
            course.instructor,
            f"{course.duration}, {course.level}",
            counted(course.lesson_count, "lesson"),
            counted(course.students, "learner"),
        )
        put("#preview-title", course.title)
        put("#preview-state", state)
        put("#preview-text", course.description)
        takes = []
        if course.status in (None, EnrollmentStatus.LEFT):
            takes = enrollment_facts(course, page.services.today(), needs=course.needs)
        put("#preview-facts", "\n".join(fact for fact in (*facts, *takes) if fact))
