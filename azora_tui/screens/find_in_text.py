"""Looking for words in the text that is open."""

from textual import getters, on
from textual.binding import Binding
from textual.widgets import Input, Static

from azora_tui.screens.reading_page import ReadingPage
from azora_tui.widgets.plain import PlainInput

FIND_BINDINGS = (
    Binding("slash", "find", "find", show=False, priority=True, id="lesson.find"),
    Binding("n", "find_next", "next hit", show=False, id="lesson.find_next"),
    Binding("N", "find_previous", "previous hit", show=False, id="lesson.find_previous"),
)


class FindInText(ReadingPage):
    """A reading page on which the line under the text (`#end`) gives way to `find_input` while one looks for words."""

    _end = getters.query_one("#end", Static)
    _find_input = getters.query_one("#find", Input)

    _finding = False

    def say(self, sentence: str) -> None:
        """Show a sentence in the line under the text."""
        raise NotImplementedError

    def find_input(self) -> PlainInput:
        found = PlainInput(placeholder="find in this lesson", compact=True, id="find")
        found.display = False
        return found

    def leave_find(self) -> bool:
        """Forget what was looked for; whether anything was."""
        if not (self._find_input.display or self._finding):
            return False
        self._find_input.value = ""
        self._reader.clear_find()
        self._finding = False
        self._end_find()
        self.say("")
        return True

    def action_find(self) -> None:
        find = self._find_input
        self._end.display = False
        find.display = True
        self.set_focus(find)

    @on(Input.Changed, "#find")
    def _find_changed(self, event: Input.Changed) -> None:
        if event.value:
            self._reader.find(event.value)
        else:
            self._reader.clear_find()

    @on(Input.Submitted, "#find")
    def _found(self, event: Input.Submitted) -> None:
        self._finding = bool(event.value) and self._reader.find(event.value) > 0
        self._end_find()
        if self._finding:
            self.action_find_next()
        else:
            self.say("Not in this lesson." if event.value else "")

    def _end_find(self) -> None:
        self._find_input.display = False
        self._end.display = True
        self._reader.focus()

    def action_find_next(self) -> None:
        self._say_hit(self._reader.find_next())

    def action_find_previous(self) -> None:
        self._say_hit(self._reader.find_previous())

    def _say_hit(self, index: int) -> None:
        if index >= 0:
            self.say(f"{index + 1} of {self._reader.hits}. n goes to the next, N to the one before.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "find":
            return self.is_mounted and not self._find_input.has_focus
        return super().check_action(action, parameters)
