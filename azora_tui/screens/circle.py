"""A circle: who is in it, its goal, what it did this week, and its board."""

from __future__ import annotations

from typing import ClassVar

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms.together import boards, circles
from azora_tui.models.circles import Board, Circle, CirclePage, Post
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.watching import WatchingPage
from azora_tui.text import clean
from azora_tui.widgets.board_list import BoardList, OlderPosts, board_rows
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.plain import plain, plain_line
from azora_tui.wording.circles import NO_POSTS, goal_words, member_words, people_words, there_words, week_words
from azora_tui.wording.news import first_words
from azora_tui.wording.wisdom import REPORT_HINT

_ABOUT = 120


class CircleScreen(WatchingPage):
    """What was said last stands first. What others write comes in by itself, and is read then."""

    AREA = "circles"
    CSS_PATH = "circle.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "write", "write", id="board.write"),
        Binding("r", "reply", "reply", show=False, id="board.answer"),
        Binding("i", "invite", "invite", id="circle.invite"),
        Binding("t", "there", "I am there", id="circle.there"),
        Binding("s", "progress", "show progress", id="circle.progress"),
        Binding("e", "edit", "edit", id="board.edit"),
        Binding("d", "delete", "delete", id="board.delete"),
        Binding("p", "person", "who wrote it", show=False, id="board.person"),
        Binding("exclamation_mark", "report", "report", id="board.report"),
        Binding("c", "change", "change the circle", id="circle.change"),
        Binding("l", "leave", "leave", id="circle.leave"),
        UP,
    ]

    _list = getters.query_one("#board", BoardList)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, circle_id: int, name: str) -> None:
        super().__init__()
        self._circle_id = circle_id
        self._called = name
        self._page: CirclePage | None = None
        self._board = Board(0, (), 0)
        self._shown = boards.PAGE

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="title-line"):
            yield Static(plain_line(self._called), id="title")
            yield Static("", id="facts", markup=False)
        yield Static("", id="goal", markup=False)
        yield Static("", id="members", markup=False)
        yield Static("", id="week", markup=False)
        yield Static("", id="message", markup=False)
        with Vertical(id="list-pane"):
            yield BoardList(self.glyphs, id="board")
            yield EmptyState(self.glyphs, id="empty-state")

    def on_mount(self) -> None:
        self._list.focus()
        self._list.display = False
        self._empty_state.wait("Reading the board …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self, *, again: bool = False) -> None:
        try:
            page = await self.ask(circles.circle, self._circle_id)
            board = await self.ask(boards.page, self._circle_id, limit=self._shown)
        except AzoraError as error:
            self._page = None
            self._list.display = False
            self._empty_state.failed(f"{error} esc goes back.")
            self.refresh_bindings()
            return
        self._page, self._board = page, board
        self._show_head(page)
        self._show_board(again=again)
        self.refresh_bindings()
        self._note_seen()

    def _show_head(self, page: CirclePage) -> None:
        circle = page.circle
        self._called = circle.name
        self.query_one("#title", Static).update(plain_line(circle.name))
        facts = f"{people_words(circle)}   {self.glyphs.active} {there_words(circle)}"
        self.query_one("#facts", Static).update(plain_line(facts))
        goal = f"{goal_words(circle, self.services.lms.today())} {self.glyphs.separator} {circle.course_title}"
        self.query_one("#goal", Static).update(plain_line(goal))
        between = f" {self.glyphs.separator} "
        people = between.join(member_words(each, self.glyphs.done) for each in page.members)
        self.query_one("#members", Static).update(plain_line(people))
        self.query_one("#week", Static).update(plain_line(week_words(page.week)))

    def _show_board(self, *, again: bool) -> None:
        threads = self._board.threads
        self._list.display = bool(threads)
        if not threads:
            self._empty_state.empty(f"{NO_POSTS} n writes to everybody in the circle.")
            return
        self._empty_state.hide()
        width = max(20, self.size.width - (4 if self.has_class("-narrow") else 8))
        more = self._board.total - len(threads)
        self._list.show_rows(board_rows(threads, width, self.glyphs, self.services.now(), more), again=again)
        if self.focused is None:
            self._list.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Words are broken to the width that there is now."""
        if self._page is not None:
            self.call_after_refresh(self._show_board, again=True)

    @work(group="aside-seen")
    async def _note_seen(self) -> None:
        """What fails here is only that it stays new."""
        try:
            was_new = await self.services.ask_once(boards.mark_seen, self._circle_id)
        except AzoraError:
            return
        if was_new:
            self.app.count_due()

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load(again=True)

    @on(BoardList.CursorMoved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(BoardList.Chosen)
    def _chosen(self, event: BoardList.Chosen) -> None:
        if event.record.opens is OlderPosts:
            self._shown += boards.PAGE
            self._load(again=True)
        else:
            self.action_reply()

    @property
    def _here(self) -> Post | None:
        """The post under the cursor."""
        row = self._list.current if self.is_mounted and self._list.display else None
        return row.opens if row is not None and isinstance(row.opens, Post) else None

    @property
    def _circle(self) -> Circle | None:
        return None if self._page is None else self._page.circle

    def action_write(self) -> None:
        from azora_tui.screens.circle_dialogs import PostDialog

        self.app.push_screen(PostDialog(self._circle_id, self._called), self._posted)

    def action_reply(self) -> None:
        from azora_tui.screens.circle_dialogs import ReplyDialog

        if (post := self._here) is not None:
            self.app.push_screen(ReplyDialog(post), self._posted)

    def action_edit(self) -> None:
        from azora_tui.screens.circle_dialogs import EditDialog

        if (post := self._here) is not None:
            self.app.push_screen(EditDialog(post), self._posted)

    def _posted(self, post: Post | None) -> None:
        if post is not None:
            self._load(again=True)

    @work(exclusive=True, group="act")
    async def action_delete(self) -> None:
        from azora_tui.screens.circle_dialogs import DeleteDialog

        post = self._here
        if post is None or not await self.app.push_screen_wait(DeleteDialog(post)):
            return
        try:
            await self.ask(boards.delete, post.id)
        except AzoraError as error:
            self._say(str(error), failed=True)
            return
        self._say("It is deleted, and kept nowhere.")
        self._load(again=True)

    def action_person(self) -> None:
        """Where one is connected with somebody, or blocks them."""
        from azora_tui.screens.profile import PersonScreen

        if (writer := self._writer) is not None:
            self.app.push_screen(PersonScreen(writer, area=self.AREA))

    @property
    def _writer(self) -> int | None:
        """Who else wrote the post under the cursor, if they are still there."""
        post = self._here
        return None if post is None or post.author.mine else post.author.user_id

    @work(exclusive=True, group="act")
    async def action_report(self) -> None:
        from azora_tui.lms.together import reporting
        from azora_tui.screens.wisdom_dialogs import SayingDialog

        post = self._here
        if post is None:
            return

        async def send(words: str) -> None:
            await self.ask(reporting.report_post, post.id, words)

        dialog = SayingDialog("Report this", first_words(post.text, _ABOUT), REPORT_HINT, send)
        if await self.app.push_screen_wait(dialog):
            self._say("Reported to who teaches this course.")

    def action_invite(self) -> None:
        from azora_tui.screens.circle_dialogs import WordDialog

        if (circle := self._circle) is not None:
            self.app.push_screen(WordDialog(circle))

    @work(exclusive=True, group="act")
    async def action_change(self) -> None:
        from azora_tui.screens.circle_dialogs import CircleDialog

        circle = self._circle
        if circle is not None and await self.app.push_screen_wait(CircleDialog(circle.course_id, "", circle)):
            self._load(again=True)

    @work(exclusive=True, group="act")
    async def action_there(self) -> None:
        circle = self._circle
        if circle is None:
            return
        there = not circle.is_there
        done = "You are there. t takes it back." if there else "Taken back."
        await self._choose(circles.say_there, there, done)

    @work(exclusive=True, group="act")
    async def action_progress(self) -> None:
        circle = self._circle
        if circle is None:
            return
        shown = not circle.shows_progress
        does = "sees how far you are in its course. s takes it back." if shown else "no longer sees how far you are."
        await self._choose(circles.show_progress, shown, f"The circle {does}")

    async def _choose(self, work: object, chosen: bool, done: str) -> None:
        try:
            await self.ask(work, self._circle_id, chosen)  # type: ignore[arg-type]  # either of the two above
        except AzoraError as error:
            self._say(str(error), failed=True)
            return
        self._say(done)
        self._load(again=True)

    @work(exclusive=True, group="act")
    async def action_leave(self) -> None:
        from azora_tui.screens.circle_dialogs import LeaveDialog

        circle = self._circle
        choice = None if circle is None else await self.app.push_screen_wait(LeaveDialog(circle))
        if choice is None:
            return
        try:
            await self.ask(circles.leave, self._circle_id, keep_posts=choice == "keep")
        except AzoraError as error:
            self._say(str(error), failed=True)
            return
        self.tell(f"You left {clean(self._called, keep_newlines=False)}.")
        self.app.count_due()
        self.dismiss()

    def subject(self, action: str) -> str:
        return self._called if action in ("write", "leave") else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("write", "invite", "there", "progress", "leave"):
            return self._circle is not None
        if action == "reply":
            return self._here is not None
        if action in ("edit", "delete"):
            return self._here is not None and self._here.author.mine
        if action == "person":
            return self._writer is not None
        if action == "report":
            return self._here is not None and not self._here.author.mine
        if action == "change":
            return self._circle is not None and self._circle.made_here
        return super().check_action(action, parameters)

    def offers(self, action: str) -> bool:
        """Keys for one's own posts or another's, and for who made the circle, stand in the line where they work."""
        return action not in ("edit", "delete", "report", "change") or bool(self.check_action(action, ()))

    def _say(self, sentence: str, *, failed: bool = False) -> None:
        message = self.query_one("#message", Static)
        message.update(plain(sentence))
        message.set_class(failed, "-failed")
