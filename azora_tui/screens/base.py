"""What every page of the school has: the line on top, its body, the line of keys, and the way to ask the services."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar, cast

from textual import events, getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import ModalScreen, Screen

from azora_tui.errors import AzoraError, StoppedError
from azora_tui.glyphs import ASCII, Glyphs
from azora_tui.lms.service import Lms
from azora_tui.services import Services
from azora_tui.text import clean
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.private_textual import fit_breakpoints, is_pruned
from azora_tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from azora_tui.auth.context import Auth
    from azora_tui.models.accounts import Claims, Role
    from azora_tui.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")

Areas = tuple[tuple[str, str], ...]
"""(mode, word), in the order of their number keys."""

_EVERYBODY: Areas = (
    ("home", "Home"),
    ("catalog", "Catalog"),
    ("learning", "My learning"),
    ("review", "Review"),
    ("circles", "Circles"),
)
# What teachers have as well stands here, so that an area has the same key for whoever has it.
_TEACHERS: Areas = (("teach", "Teach"),)
_ADMINS: Areas = (("school", "School"),)
ALL_AREAS = (*_EVERYBODY, *_TEACHERS, *_ADMINS)


def areas_for(role: Role | None) -> Areas:
    """The areas of somebody of that role, None where nobody is known yet. What a role has more comes last."""
    if role == "admin":
        return ALL_AREAS
    return (*_EVERYBODY, *_TEACHERS) if role == "instructor" else _EVERYBODY


def area_key(mode: str) -> str:
    """The key that leads to an area."""
    return str([each for each, _ in ALL_AREAS].index(mode) + 1)


UP = Binding("escape", "back", "back", id="app.back")


class EnrollmentChanged(Message, bubble=False):
    """The learner's enrolment or progress in a course changed; every page that shows it reloads it."""

    def __init__(self, course_id: int) -> None:
        super().__init__()
        self.course_id = course_id


class SignedIn(Message):
    """Somebody has signed in or made an account."""

    def __init__(self, *, new: bool) -> None:
        super().__init__()
        self.new = new


class AccountWanted(Message):
    """Somebody at the sign-in page wants an account of their own."""


class _PageRequest(Message):
    """What a page asks the app to open in its place; the app answers while the page is the one on top."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page


class CourseRequested(_PageRequest):
    """A course was chosen on a page."""

    def __init__(self, page: Page, course_id: int, title: str) -> None:
        super().__init__(page)
        self.course_id = course_id
        self.title = title


class LessonRequested(_PageRequest):
    """A lesson was chosen on a page: at a place (JSON) or where one was last, with a word marked.

    With `return_to_lesson`, the lesson's page below, if that is where the person came from, shows it.
    """

    def __init__(
        self,
        page: Page,
        lesson_id: int,
        title: str,
        *,
        at: str | None = None,
        find: str = "",
        return_to_lesson: bool = False,
    ) -> None:
        super().__init__(page)
        self.lesson_id = lesson_id
        self.title = title
        self.at = at
        self.find = find
        self.return_to_lesson = return_to_lesson


class SkipWhenPruned:
    """Mixed into screens: one that a quick key closed before it was drawn has no widgets, and begins nothing."""

    async def on_event(self, event: events.Event) -> None:
        screen = cast("Screen[Any]", self)
        if not (is_pruned(screen) and isinstance(event, events.Mount | events.ScreenResume)):
            await super().on_event(event)  # type: ignore[misc]  # a screen's


class ServiceAccess(SkipWhenPruned):
    """Mixed into screens: typed access to what the app holds, and the one way to the services."""

    app: Any

    @property
    def services(self) -> Services:
        return cast(Services, self.app.services)

    @property
    def glyphs(self) -> Glyphs:
        return cast(Glyphs, self.app.glyphs)

    @property
    def ascii_only(self) -> bool:
        """Whether this run draws in ASCII: by choice, by the command line, or because the locale knows no more."""
        return self.glyphs is ASCII

    @property
    def settings(self) -> Settings:
        return cast("Settings", self.app.settings)

    async def ask(self, work: Callable[Concatenate[Lms, Claims, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`Services.ask`: the LMS Service off the event loop, for the person signed in.

        Where that fails, what was typed ahead was meant for what now does not come.
        """
        return await self._answer_to(self.services.ask(work, *args, **kwargs))

    async def ask_auth(self, work: Callable[Concatenate[Auth, Claims, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for the Auth Service."""
        return await self._answer_to(self.services.ask_auth(work, *args, **kwargs))

    async def _answer_to(self, asked: Awaitable[T]) -> T:
        try:
            return await asked
        except AzoraError as error:
            if not isinstance(error, StoppedError):  # another takes its place
                self.app.forget_typed(but_written=True)
            raise

    def tell(self, sentence: str, *, failed: bool = False) -> None:
        """Say something in passing; never markup, never a control character."""
        self.app.notify(clean(sentence), severity="error" if failed else "information", markup=False)


class Page(ServiceAccess, Screen[None]):
    """A page with the line on top and the line of keys; `AREA` is the area that the line on top marks."""

    AREA = "catalog"
    AUTO_FOCUS = ""  # each page says itself where the focus is
    BINDINGS: ClassVar[list[BindingType]] = []
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012  # Textual's own type
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-home"), (110, "-wide")]  # noqa: RUF012  # Textual's own type

    _top_bar = getters.query_one(TopBar)

    def compose(self) -> ComposeResult:
        fit_breakpoints(self)
        yield TopBar(self.areas, self.AREA, self.account_name, self.glyphs.rule, self.glyphs.menu)
        yield from self.compose_body()
        yield KeyBar()

    def compose_body(self) -> ComposeResult:
        raise NotImplementedError

    @property
    def search_words(self) -> str:
        """What a search that is begun here begins with."""
        return ""

    @property
    def lesson_here(self) -> tuple[int, str] | None:
        """(id, title) of the lesson that is open on this page."""
        return None

    @property
    def areas(self) -> Areas:
        """The areas that the line on top shows."""
        claims = self.services.claims
        return areas_for(claims.role if claims else None)

    @property
    def account_name(self) -> str:
        claims = self.services.claims
        return clean(claims.name, keep_newlines=False) if claims else ""

    async def _answer_to(self, asked: Awaitable[T]) -> T:
        answer = await super()._answer_to(asked)
        if is_pruned(self):
            raise CancelledError  # the page was left meanwhile, and has nothing any more to show an answer in
        if self._top_bar.set_account(self.account_name, self.areas):  # a kept session is first known here
            self.app.count_due()
        return answer

    async def keep_place(self) -> None:
        """Write down what would be lost if the app ended now; most pages have nothing of the kind."""

    def on_screen_resume(self) -> None:
        self._top_bar.set_account(self.account_name, self.areas)
        self.show_due()
        self.app.count_due()

    def offers(self, action: str) -> bool:
        """Whether a key that works is worth naming: to enrol again says how things stand, and no more."""
        return True

    def subject(self, action: str) -> str:
        """The name of what an action is done to, where its own words leave that open."""
        return ""

    def show_due(self) -> None:
        """Show on the line on top how much is due for review, new in the inbox, and how much work waits, as it was last
        counted. A page that is on its way out has no such line any more."""
        if not self.query(TopBar):
            return
        self._top_bar.set_number("review", self.app.due)
        self._top_bar.set_number("circles", self.app.inbox_new)
        self._top_bar.set_number("teach", self.app.work_waiting)

    def open_course(self, course_id: int, title: str) -> None:
        self.post_message(CourseRequested(self, course_id, title))

    def open_lesson(self, lesson_id: int, title: str) -> None:
        self.post_message(LessonRequested(self, lesson_id, title))

    def go_to_lesson(self, lesson_id: int, title: str, at: str | None, *, find: str = "") -> None:
        """Open a lesson at a place (JSON), with a word marked; where this page was opened from a lesson, there."""
        self.post_message(LessonRequested(self, lesson_id, title, at=at, find=find, return_to_lesson=True))

    def action_back(self) -> None:
        self.dismiss()


class Dialog(ServiceAccess, ModalScreen[T]):
    """A small question over the page; esc leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "close", id="app.close")]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > .dialog {
            width: 64;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 1 3;
            background: $surface;
            overflow-y: auto;
        }
        & .dialog-title { text-style: bold; margin-bottom: 1; }
        &:ansi > .dialog { border: round ansi_yellow; }
    }
    """
