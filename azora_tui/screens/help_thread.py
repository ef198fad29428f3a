"""A question of who is stuck: where that is, what is asked, and what was said to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from azora_tui.errors import AzoraError, NotFoundError
from azora_tui.lms.together import helping
from azora_tui.models.helping import HelpReply, HelpRequest, HelpThread
from azora_tui.screens.base import UP, EnrollmentChanged
from azora_tui.screens.help_words import thread_text, thread_title
from azora_tui.screens.reading_page import ReaderPage
from azora_tui.screens.watching import WatchingPage
from azora_tui.widgets.empty_state import EmptyState
from azora_tui.widgets.plain import plain
from azora_tui.widgets.reader import MarkdownReader
from azora_tui.wording.news import first_words
from azora_tui.wording.numbers import counted
from azora_tui.wording.wisdom import REPORT_HINT

if TYPE_CHECKING:
    from collections.abc import Callable

_DURING = "help_during_attempt"
_FIRST_WORDS = 30
_ABOUT = 120


class HelpThreadScreen(WatchingPage, ReaderPage):
    """All of it in the reader; what is said meanwhile is shown at once, and where one reads stays."""

    CSS_PATH = "help_thread.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "reply", "answer", id="help_thread.reply"),
        Binding("s", "settle", "it is answered", id="help_thread.settle"),
        Binding("w", "give", "leave it at the lesson", id="help_thread.give"),
        Binding("l", "lesson", "the lesson", id="help_thread.lesson"),
        Binding("e", "change", "change your last answer", id="help_thread.change"),
        Binding("d", "delete", "delete your last answer", id="help_thread.delete"),
        Binding("exclamation_mark", "report", "report", id="help_thread.report"),
        Binding("t", "take_back", "take the question back", id="help_thread.take_back"),
        UP,
    ]

    _reader = getters.query_one("#reader", MarkdownReader)
    _empty_state = getters.query_one("#empty-state", EmptyState)

    def __init__(self, request_id: int, *, area: str = "home") -> None:
        super().__init__()
        self.AREA = area
        self._request_id = request_id
        self._thread: HelpThread | None = None
        self._shown = ""
        self._to_confirm = ""
        self._just_done = ""  # said with what it has changed, whatever loads that again meanwhile

    def compose_body(self) -> ComposeResult:
        yield Static("", id="position")
        with Vertical(id="text"):
            yield MarkdownReader(ascii=self.ascii_only, id="reader")
            yield EmptyState(self.glyphs, id="empty-state")
        yield Static("", id="message", markup=False)

    def on_mount(self) -> None:
        self._reader.display = False
        self._empty_state.wait("Opening the question …")
        self._load()

    @work(exclusive=True, group="load")
    async def _load(self) -> None:
        try:
            found = await self.ask(helping.request, self._request_id)
        except AzoraError as error:
            self._fail(error)
        else:
            self._show(found)
        self.refresh_bindings()

    def _fail(self, error: AzoraError) -> None:
        """What one may no longer see goes; what cannot be read just now stays."""
        if self._thread is not None and not isinstance(error, NotFoundError) and error.code != _DURING:
            self._say(str(error), failed=True)
            return
        self._thread, self._shown = None, ""
        self._reader.display = False
        self.query_one("#position", Static).update("")
        self._say("")
        if error.code == _DURING:
            self._empty_state.empty(f"{error} esc goes back.")
        else:
            self._empty_state.failed(f"{error} esc goes back.")

    def _show(self, found: HelpThread) -> None:
        before, self._thread = self._thread, found
        self.query_one("#position", Static).update(thread_title(found.request, self.glyphs))
        self._empty_state.hide()
        self._reader.display = True
        shown = thread_text(found, self.services.now())
        if shown != self._shown:
            self._shown = shown
            self._reader.set_document(shown, at=self._reader.position if before else None)
        if before is None:
            self.set_focus(self._reader)
        known = {each.id for each in before.replies} if before else set()
        new = sum(each.id not in known and not each.author.mine for each in found.replies)
        if self._just_done:
            self._say(self._just_done)
            self._just_done = ""
        elif before is not None and new:
            self._say(f"{counted(new, 'answer')} came just now, at the end.")

    @property
    def _last_said(self) -> HelpReply | None:
        """One's own last answer."""
        replies = () if self._thread is None else self._thread.replies
        return next((each for each in reversed(replies) if each.author.mine), None)

    @on(EnrollmentChanged)
    def reload(self) -> None:
        self._load()

    @work(exclusive=True, group="act")
    async def action_reply(self) -> None:
        if self._thread is None:
            return
        from azora_tui.screens.help_dialogs import ReplyDialog

        self._say("")
        request = self._thread.request
        hint = "Markdown. Who asked sees it, and who may answer."
        if request.asker.mine:
            hint = "Markdown. Who may answer sees it."
            if request.settled_at is not None:
                hint += " Your question is open again then."
        if await self.app.push_screen_wait(ReplyDialog(self._request_id, request.text, hint)):
            self._done_so(f"{self.glyphs.done} Said.")

    @work(exclusive=True, group="act")
    async def action_change(self) -> None:
        said = self._last_said
        if said is None or self._thread is None:
            return
        from azora_tui.screens.help_dialogs import ChangeDialog

        self._say("")
        if await self.app.push_screen_wait(ChangeDialog(said.id, self._thread.request.text, said.text)):
            self._done_so(f"{self.glyphs.done} Changed.")

    @work(exclusive=True, group="act")
    async def action_settle(self) -> None:
        if await self._does(helping.settle, self._request_id):
            self._done_so(f"{self.glyphs.done} Settled. r says something more, and opens it again.")

    @property
    def _to_give(self) -> HelpReply | None:
        """The last answer of a settled question that stands at no lesson yet: one's own, or to who asked another's."""
        thread = self._thread
        if thread is None or thread.request.settled_at is None:
            return None
        mine = not thread.request.asker.mine
        left = (each for each in reversed(thread.replies) if each.given_at is None and not each.author.gone)
        return next((each for each in left if each.author.mine == mine), None)

    @work(exclusive=True, group="act")
    async def action_give(self) -> None:
        said = self._to_give
        if said is None:
            return
        asks = f"w again leaves “{first_words(said.text, _FIRST_WORDS)}” at the lesson, for those who come after."
        if self._confirmed(f"give {said.id}", asks):
            from azora_tui.lms.together import giving

            if await self._does(giving.give, self._request_id, said.id):
                self._done_so(f"{self.glyphs.done} It stands at the lesson now, as its author's.")

    @property
    def _to_report(self) -> HelpReply | HelpRequest | None:
        """The last answer of another, or else the question of another."""
        if self._thread is None:
            return None
        last = next((each for each in reversed(self._thread.replies) if not each.author.mine), None)
        request = self._thread.request
        return last or (None if request.asker.mine else request)

    @work(exclusive=True, group="act")
    async def action_report(self) -> None:
        from azora_tui.lms.together import reporting
        from azora_tui.screens.wisdom_dialogs import SayingDialog

        said = self._to_report
        if said is None:
            return

        async def send(words: str) -> None:
            if isinstance(said, HelpReply):
                await self.ask(reporting.report_reply, self._request_id, said.id, words)
            else:
                await self.ask(reporting.report_question, self._request_id, words)

        title = "Report the last answer" if isinstance(said, HelpReply) else "Report this question"
        if await self.app.push_screen_wait(SayingDialog(title, first_words(said.text, _ABOUT), REPORT_HINT, send)):
            self._say("Reported to who teaches this course.")

    @work(exclusive=True, group="act")
    async def action_delete(self) -> None:
        said = self._last_said
        if said is None or not self._confirmed(f"delete {said.id}", "d again deletes your last answer for good."):
            return
        if await self._does(helping.delete_reply, said.id):
            self._done_so("Deleted. Its words are gone.")

    @work(exclusive=True, group="act")
    async def action_take_back(self) -> None:
        if not self._confirmed("take back", "t again deletes your question and all that was said to it, for good."):
            return
        if await self._does(helping.take_back, self._request_id):
            self.tell("Taken back. Your question and what was said to it are gone.")
            self.dismiss()

    def _done_so(self, said: str) -> None:
        self._just_done = said
        self._load()

    def _confirmed(self, what: str, warning: str) -> bool:
        """Whether the same key came twice; what cannot be undone is not done by one."""
        if self._to_confirm == what:
            self._say("")
            return True
        self._say(warning)
        self._to_confirm = what
        return False

    async def _does(self, work: Callable[..., object], *numbers: int) -> bool:
        try:
            await self.ask(work, *numbers)
        except AzoraError as error:
            self._say(str(error), failed=True)
            return False
        return True

    def action_lesson(self) -> None:
        if self._thread is None:
            return
        request = self._thread.request
        if request.available:
            self.go_to_lesson(request.lesson_id, request.lesson_title, self._thread.position)
        else:
            self._say("The course no longer has this lesson. What was asked and said is kept.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        thread = self._thread
        if action in ("reply", "lesson"):
            return thread is not None
        if action in ("change", "delete"):
            return self._last_said is not None
        if action == "settle":
            return thread is not None and thread.request.asker.mine and thread.request.settled_at is None
        if action == "give":
            return self._to_give is not None
        if action == "report":
            return self._to_report is not None
        if action == "take_back":
            return thread is not None and thread.request.asker.mine
        return super().check_action(action, parameters)

    def _say(self, words: str, *, failed: bool = False) -> None:
        self._to_confirm = ""
        line = self.query_one("#message", Static)
        line.update(plain(words))
        line.set_class(failed, "-failed")
