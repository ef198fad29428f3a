"""The app: its areas, its keys, and what happens when somebody signs in or out."""

import asyncio
import gc
from typing import Any, ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import Screen, SystemModalScreen

from azora_tui.errors import AzoraError
from azora_tui.glyphs import glyphs_for
from azora_tui.paths import Paths
from azora_tui.screens.base import (
    ALL_AREAS,
    AccountWanted,
    EnrollmentChanged,
    Page,
    SignedIn,
    areas_for,
)
from azora_tui.services import Services
from azora_tui.settings import Settings, load_settings, save_settings
from azora_tui.tui.modes import PAGES, STYLES
from azora_tui.tui.opening import OpeningApp
from azora_tui.tui.signals import end_by_signals, is_terminal_gone, write_into_nothing
from azora_tui.tui.themes import THEME_NAMES
from azora_tui.widgets.private_textual import open_screens

_OF_ACCOUNT = ("change_password", "take_along", "delete_account", "sign_out")
"""What the account's own dialog and the palette offer of it."""


class AzoraApp(OpeningApp):
    """One school in one terminal."""

    TITLE = "azora"
    NOTIFICATION_TIMEOUT = 6  # seconds: long enough to read a sentence and reach for u
    MODES: ClassVar[dict[str, Any]] = dict(PAGES)
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"go('{mode}')", word, show=False, id=f"app.{mode}")
            for n, (mode, word) in enumerate(ALL_AREAS, 1)
        ),
        Binding("question_mark", "help", "help", id="app.help"),
        Binding("ctrl+p", "command_palette", "commands", show=False, id="app.palette"),
        # F for terminals that keep ctrl+f to themselves
        Binding("ctrl+f,F", "search", "search everything", show=False, id="app.search"),
        Binding("W", "notes", "your notes", show=False, id="app.notes"),
        Binding("C", "certificates", "your certificates", show=False, id="app.certificates"),
        Binding("a", "account", "account", show=False, id="app.account"),
        Binding("ctrl+r", "reload", "reload", show=False, id="app.reload"),
        # What terminals do by themselves; where a page undoes with it, that comes first.
        Binding("ctrl+z", "suspend_process", "stop for a while", show=False, id="app.suspend"),
        Binding("ctrl+q", "quit", "quit", priority=True, id="app.quit"),
    ]

    def __init__(
        self, services: Services, settings: Settings, *, ascii_only: bool = False, first: str | None = None
    ) -> None:
        """`first` is the mode to begin in, without it the one that fits who is here."""
        self._first_mode = first or _first_mode(services)
        # With the first page's stylesheet at once, or all would be read again when it comes.
        super().__init__(
            ["app.tcss", STYLES[self._first_mode]],
            settings.theme,
            glyphs_for(ascii_only=ascii_only or settings.ascii),
        )
        self.services = services
        services.when_session_is_lost(self._sign_in_again)
        self.settings = settings
        self.due = 0
        self.inbox_new = 0
        self.work_waiting = 0
        self._ended_by: int | None = None  # a signal
        self._is_warm = False  # what the first page does not need waits until it is there
        self.set_keymap(settings.keys)
        if not settings.animation:
            self.animation_level = "none"

    @property
    def DEFAULT_MODE(self) -> str:  # type: ignore[override]  # noqa: N802  # Textual reads it once, as a class does
        return self._first_mode

    def on_resize(self, event: events.Resize) -> None:
        self._check_room(event.size)

    def _check_room(self, size: Size) -> None:
        """A window too small for any page says how much room it wants; the pages wait below as they were."""
        from azora_tui.screens.too_small import TooSmallScreen

        too_small = size.width < TooSmallScreen.WIDTH or size.height < TooSmallScreen.HEIGHT
        if too_small != isinstance(self.screen, TooSmallScreen):
            if too_small:
                self.push_screen(TooSmallScreen())
            else:
                self.pop_screen()

    def on_load(self) -> None:
        # From Python 3.12 on Textual runs every task at once, up to where it first waits. Then the widgets of the first
        # page ask for the screen that they are on before it is on any stack.
        asyncio.get_running_loop().set_task_factory(None)
        end_by_signals(self._end_by_signal)

    def _end_by_signal(self, number: int) -> None:
        """End as ctrl+q does, with the exit status by which shells report a signal."""
        self._ended_by = number
        if is_terminal_gone():
            write_into_nothing()
        self.call_later(self.action_quit)

    def panic(self, *renderables: Any) -> None:
        # The thread that reads keys takes a terminal that is gone for a mistake.
        if self._ended_by is None and not is_terminal_gone():
            super().panic(*renderables)

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, self._draw_again)
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        self.call_after_refresh(self._warm)

    @work(group="aside-warm")
    async def _warm(self) -> None:
        """Load what comes next while the first page is being looked at."""
        if not gc.isenabled():  # turned off by the start, so that it makes the first page sooner
            gc.freeze()
            gc.enable()
        try:
            await self.services.preload()
        except AzoraError as error:
            self.notify(str(error), severity="error", markup=False)
        self._is_warm = True
        self.count_due()

    def _draw_again(self, _: object) -> None:
        """After `fg`: the terminal has forgotten what was on it."""
        self.screen.refresh(layout=True)

    def choose(self, settings: Settings) -> None:
        """Keep a choice; one that cannot be written holds until the end of this run."""
        self.settings = settings
        self._keep_settings(settings)

    @work(group="aside-settings")
    async def _keep_settings(self, settings: Settings) -> None:
        try:
            beside = await self.services.in_thread(save_settings, self.services.paths.settings, settings)
        except OSError as error:
            self.notify(f"Your choice holds until you quit; it could not be kept ({error.strerror}).", markup=False)
            return
        if beside is not None:
            self.notify(f"Your settings could not be read. They are kept as {beside}.", markup=False)

    def enrollment_changed(self, course_id: int, *, beside: Screen[Any] | None = None) -> None:
        """Have every page that is open, but the one that caused it, reload what it shows of a course."""
        for screen in open_screens(self):
            if screen is not beside:
                screen.post_message(EnrollmentChanged(course_id))
        self.count_due()

    @work(exclusive=True, group="aside-due")
    async def count_due(self) -> None:
        """Learn how much is due for review and new in the inbox and, for who teaches, how much work waits. What fails
        here is said by the page that needs it."""
        if self.services.claims is None or not self._is_warm:
            return
        from azora_tui.lms import review
        from azora_tui.lms.together import inbox

        try:
            counts = await self.services.ask_once(review.due_counts)
            new = await self.services.ask_once(inbox.count)
            waiting = await self._count_waiting()
        except AzoraError:
            return
        self.due, self.inbox_new, self.work_waiting = counts.due, new, waiting
        for screen in self.screen_stack:
            if isinstance(screen, Page) and screen.is_mounted:
                screen.show_due()

    async def _count_waiting(self) -> int:
        if not self._has_area("teach"):
            return 0
        from azora_tui.lms.teaching import marking

        return await self.services.ask_once(marking.count)

    @on(SignedIn)
    def _signed_in(self, event: SignedIn) -> None:
        self.switch_mode("catalog" if event.new else "home")
        self._forget_pages("sign_in", "register")

    @on(AccountWanted)
    def _account_wanted(self) -> None:
        self._begin_afresh("register")

    async def _sign_in_again(self, sentence: str) -> None:
        """A session has ended under an open page: sign in over it, and go on there; somebody else begins afresh."""
        from azora_tui.screens.sign_in import SignInScreen
        from azora_tui.screens.too_small import TooSmallScreen

        before = self.services.claims
        self.forget_typed()  # it was meant for another page than this one
        if isinstance(self.screen, TooSmallScreen):
            self.pop_screen()
            self.call_later(self._check_room, self.size)
        await self.push_screen_wait(SignInScreen(sentence, returning=True))
        self._check_room(self.size)
        now = self.services.claims
        if before is None or now is None:
            return
        if before.user_id != now.user_id or (now.role != before.role and not self._has_area(self.current_mode)):
            self._begin_afresh("home")

    def _begin_afresh(self, mode: str) -> None:
        """Forget every page of whoever was here, and show the first of a mode."""
        self.clear_notifications()
        self.due = self.inbox_new = self.work_waiting = 0
        aside = "sign_in" if mode != "sign_in" else "register"
        self.switch_mode(aside)
        self._forget_pages(*(name for name in PAGES if name != aside))
        self.switch_mode(mode)

    def _forget_pages(self, *modes: str) -> None:
        for mode in modes:
            self.remove_mode(mode)
            self.add_mode(mode, PAGES[mode])

    def action_go(self, mode: str) -> None:
        if self._has_area(mode):
            self.switch_mode(mode)

    def _has_area(self, mode: object) -> bool:
        claims = self.services.claims
        return claims is not None and mode in dict(areas_for(claims.role))

    @work
    async def action_sign_out(self) -> None:
        await self._keep_places()
        try:
            await self.services.sign_out()
        except AzoraError as error:
            self.notify(str(error), severity="error", markup=False)
        self._begin_afresh("sign_in")

    def action_delete_account(self) -> None:
        from azora_tui.screens.leaving import DeleteAccountDialog

        self.push_screen(DeleteAccountDialog(), self._account_deleted)

    def _account_deleted(self, said: str | None) -> None:
        if said is not None:
            self._begin_afresh("sign_in")
            self.notify(said, markup=False)

    def action_reload(self) -> None:
        self.screen.post_message(EnrollmentChanged(0))

    async def action_quit(self) -> None:
        await self._keep_places()
        self.exit(return_code=0 if self._ended_by is None else 128 + self._ended_by)

    async def _keep_places(self) -> None:
        for screen in open_screens(self):
            if isinstance(screen, Page):
                await screen.keep_place()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("go", "search", "notes", "certificates", "account", *_OF_ACCOUNT, "reload"):
            # What lies below the palette is what it offers.
            shown = next(each for each in reversed(self.screen_stack) if not isinstance(each, SystemModalScreen))
            if self.services.claims is None or not isinstance(shown, Page):
                return False
            return action != "go" or self._has_area(parameters[0])
        return True

    def action_change_theme(self) -> None:
        from azora_tui.screens.themes import ThemeDialog

        before = self.theme

        def choose(name: str | None) -> None:
            self.theme = name or before
            self._keep_theme(self.theme)

        self.push_screen(ThemeDialog(THEME_NAMES, before), choose)

    def _keep_theme(self, name: str) -> None:
        from dataclasses import replace

        from azora_tui.screens.themes import ThemeDialog

        if isinstance(self.screen, ThemeDialog):
            return  # it is only being looked at
        if name in THEME_NAMES and name != self.settings.theme:
            self.choose(replace(self.settings, theme=name))

    def last_words(self, error: BaseException) -> str:
        from azora_tui.tui.crash import last_words

        return last_words(self.services.paths.log, error)


def _first_mode(services: Services) -> str:
    """Decided from which files are there, so that the first frame waits for no database."""
    if services.has_kept_session:
        return "home"
    return "sign_in" if services.has_accounts else "register"


def run(paths: Paths, *, ascii_only: bool = False) -> int:
    """Open the app; returns the exit status."""
    paths.prepare()
    services = Services(paths)
    app = AzoraApp(services, load_settings(paths.settings), ascii_only=ascii_only)
    try:
        app.run()
    finally:
        services.close()
    return app.return_code or 0
