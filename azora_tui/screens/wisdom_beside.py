"""What others left, at the end of a lesson and beside a paragraph: never in the way of the text."""

from __future__ import annotations

import json
from dataclasses import asdict

from textual import work
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms.together import wisdom
from azora_tui.models.together import Paragraph
from azora_tui.models.wisdom import LessonWisdom
from azora_tui.screens import watching
from azora_tui.screens.reading_page import ReadingPage
from azora_tui.screens.wisdom_words import at_the_end


class WisdomBeside(ReadingPage):
    """A page with a reader and one line under it (`#left`, `#left-more`), which has its room from the beginning.

    The line is asked for once the text is there; it shows nothing while the end of the text is not in view.
    """

    _left: LessonWisdom | None = None
    _left_seen: int | None = None
    _left_version: int | None = None

    def on_mount(self) -> None:
        self.set_interval(watching.WATCH_EVERY, self._look_at_left)

    def on_screen_resume(self) -> None:
        self.load_left()

    @work(exclusive=True, group="aside-left")
    async def load_left(self) -> None:
        """Read what others left at the open lesson. Where that fails, the line is empty: the lesson itself is there."""
        if self.lesson_here is None:
            return
        self._left_version = self.services.version
        try:
            found = await self.ask(wisdom.of_lesson, self.lesson_here[0], limit=1)
        except AzoraError:
            self._left = None
            return
        if self.lesson_here is not None and self.lesson_here[0] == found.lesson_id:
            self._left = found
            self.show_left()

    @work(exclusive=True, group="aside-left-look")
    async def _look_at_left(self) -> None:
        """What others leave meanwhile is seen, where the line is."""
        if not self.is_current or not self._reader.at_end or self.services.claims is None:
            return
        try:
            version = await self.services.look()
        except AzoraError:
            return
        if version != self._left_version:
            self.load_left()

    def show_left(self) -> None:
        """Show the line, or empty it where the end of the text is not in view."""
        there = self.is_mounted and self._reader.display and self._reader.at_end and self._reader.chosen is None
        found = self._left if there else None
        line, more = at_the_end(found, completed=found is not None and found.may_write)
        self.query_one("#left", Static).update(line)
        self.query_one("#left-more", Static).update(more)
        if found is not None and found.pieces and found.pieces[0].id != self._left_seen:
            self._left_seen = found.pieces[0].id
            self._see_left(self._left_seen)

    @work(exclusive=True, group="aside-left-seen")
    async def _see_left(self, wisdom_id: int) -> None:
        try:
            await self.ask(wisdom.mark_seen, [wisdom_id])
        except AzoraError:
            self._left_seen = None  # it counts another time

    def action_wisdom(self) -> None:
        if self.lesson_here is not None:
            from azora_tui.screens.wisdom import WisdomScreen

            self.app.push_screen(WisdomScreen(*self.lesson_here, area=self.AREA))

    def action_others(self) -> None:
        """What others left at the paragraph that is chosen."""
        chosen = self._reader.chosen
        if chosen is None or self.lesson_here is None:
            return
        from azora_tui.screens.wisdom import WisdomScreen

        at = chosen.position
        paragraph = Paragraph(at.digest, chosen.text, json.dumps(asdict(at)))
        self._reader.end_choosing()
        page = WisdomScreen(*self.lesson_here, area=self.AREA, paragraph=paragraph, line=at.line)
        self.app.push_screen(page)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "others":
            return self.is_mounted and self._reader.has_focus and self._reader.chosen is not None
        if action == "wisdom":
            return self.lesson_here is not None and self._reader.chosen is None
        return super().check_action(action, parameters)
