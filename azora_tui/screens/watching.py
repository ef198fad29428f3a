"""What happens elsewhere is seen: another window, the command line or a service may write while a page is open."""

from textual import work
from textual.timer import Timer

from azora_tui.errors import AzoraError
from azora_tui.screens.base import Page

WATCH_EVERY = 1.0
"""Seconds between two looks whether something was written, while the page is on top."""


class WatchingPage(Page):
    """A page that shows what others may change: it reloads soon after, and at once when one comes back to it."""

    _seen: int | None = None  # the version that what is shown is at least as new as
    _watch_timer: Timer | None = None
    _away = False

    def on_mount(self) -> None:
        self._seen = self.services.version  # read before anything that this page shows
        self._watch_timer = self.set_interval(WATCH_EVERY, self._look)

    def on_screen_resume(self) -> None:
        if self._watch_timer is not None and self._away:
            self._away = False
            self._watch_timer.resume()
            self._look(is_counted=True)  # what is due is counted again for every page that comes up

    def on_screen_suspend(self) -> None:
        if self._watch_timer is not None:
            self._away = True
            self._watch_timer.pause()

    @work(exclusive=True, group="aside-watch")
    async def _look(self, *, is_counted: bool = False) -> None:
        """Reload if something was written. What fails here is said by the next thing that is asked for."""
        if self.services.claims is None:
            return
        try:
            version = await self.services.look()
        except AzoraError:
            return
        if version != self._seen:
            self._seen = version
            self.look_again()
            if not is_counted:
                self.app.count_due()

    def reload(self) -> None:
        """Load what is shown again."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Load it again unasked: cursor, focus and what was just said stay as they are."""
        self.reload()
