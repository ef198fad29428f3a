"""Asking for help at a paragraph of a lesson."""

import json
from dataclasses import asdict

from textual import work

from azora_tui.errors import AzoraError
from azora_tui.lms.together import helping
from azora_tui.models.together import Paragraph
from azora_tui.screens.note_taking import NoteTaking
from azora_tui.wording.helping import reached


class HelpAsking(NoteTaking):
    """A page on which a paragraph is chosen for a question as it is for a note."""

    @work(exclusive=True, group="note")
    async def action_ask_for_help(self) -> None:
        """First choose the paragraph; then ask. Where there is none, ask about the lesson as a whole."""
        lesson, chosen = self.lesson_here, self._reader.chosen
        if lesson is None:
            return
        if chosen is None and self._reader.begin_choosing():
            self._reader.focus()
            self.say("Where are you stuck? Choose with the arrows; H asks about this paragraph.")
            return
        from azora_tui.screens.help_dialogs import AskDialog

        paragraph = None
        if chosen is not None:
            paragraph = Paragraph(chosen.position.digest, chosen.text, json.dumps(asdict(chosen.position)))
        try:
            number = await self.ask(helping.reach, lesson[0])
        except AzoraError as error:
            self.tell(str(error), failed=True)
            return
        place = lesson[1] if chosen is None else chosen.text
        asked = await self.app.push_screen_wait(AskDialog(lesson[0], place, number, paragraph=paragraph))
        if asked is not None:
            self._reader.end_choosing()
            self.say(f"{self.glyphs.done} {reached(asked.reached)}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "ask_for_help":
            return self.lesson_here is not None
        return super().check_action(action, parameters)
