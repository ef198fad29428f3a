"""Where the reader stands, and how long they read: written down in a moment of rest, and when the page is left."""

import json
from dataclasses import asdict

from textual import work
from textual.timer import Timer

from azora_tui.errors import AzoraError, SessionError
from azora_tui.lms import reading
from azora_tui.screens.reading_page import ReadingPage
from azora_tui.screens.reading_time import ReadingTime

_KEEP_AFTER = 1.0
"""Seconds of rest after which the place is written down."""


class PlaceKeeping(ReadingPage):
    """A reading page whose place in the open lesson (`lesson_here`) is kept."""

    _keep_timer: Timer | None = None

    def __init__(self) -> None:
        super().__init__()
        self._time = ReadingTime()

    def begin_reading(self) -> None:
        """Count from now on: a text has just been shown, or is there again."""
        self._time.begin(self.services.now())

    def take_minutes(self) -> int:
        """The minutes that were read since they were last written down."""
        return self._time.take_minutes(self.services.now())

    def keep_place_soon(self) -> None:
        """The reader has moved: write the place down unless they move again."""
        self._time.go_on(self.services.now())
        if self._keep_timer is not None:
            self._keep_timer.stop()
        self._keep_timer = self.set_timer(_KEEP_AFTER, self._keep_place)

    @work(group="aside-keep")
    async def _keep_place(self) -> None:
        await self.keep_place()

    async def keep_place(self) -> None:
        """Write down where the reader stands and the minutes spent; a failure is said and loses nothing else."""
        if self._keep_timer is not None:
            self._keep_timer.stop()
        if self.lesson_here is None:
            return
        lesson_id, _ = self.lesson_here
        position = json.dumps(asdict(self._reader.position))
        try:
            await self.services.ask_once(reading.keep_place, lesson_id, position, minutes=self.take_minutes())
        except SessionError:
            return  # the next thing that is asked for says so, and this page keeps its place meanwhile
        except AzoraError as error:
            self.tell(str(error), failed=True)
