"""What the pages with a reader share: its links and its code, and with a lesson in it the contents beside it."""

from textual import getters, on

from azora_tui.screens.base import Page
from azora_tui.screens.link import LinkDialog
from azora_tui.widgets.contents import Contents
from azora_tui.widgets.reader import MarkdownReader


class ReaderPage(Page):
    """A page on which a reader reports links, and code to be copied."""

    @on(MarkdownReader.LinkActivated)
    def _link(self, event: MarkdownReader.LinkActivated) -> None:
        self.app.push_screen(LinkDialog(event.href))

    @on(MarkdownReader.CodeCopyRequested)
    def _copy(self, event: MarkdownReader.CodeCopyRequested) -> None:
        self.app.copy_to_clipboard(event.code)
        self.tell("The code was handed to your terminal's clipboard. Some terminals do not take it.")


class ReadingPage(ReaderPage):
    """A page with a reader (`#reader`) and contents (`#contents`): these by choice, or where there is room."""

    _contents_wanted: bool | None = None  # None until the person has said so

    _reader = getters.query_one("#reader", MarkdownReader)
    _contents = getters.query_one("#contents", Contents)

    def on_resize(self) -> None:
        if self._contents_wanted is None:
            self.call_after_refresh(self._fit_contents)

    def _fit_contents(self) -> None:
        self._contents.display = self.has_class("-wide")

    def action_contents(self) -> None:
        shown = self._contents.display
        self._contents_wanted = not shown
        self._contents.display = not shown
        if shown:
            self._reader.focus()
        else:
            self._contents.focus()

    def close_contents(self) -> bool:
        """Close the contents that were opened, or leave those that stand there for the text; whether one did."""
        if self._contents_wanted and self._contents.display:
            self.action_contents()
        elif self._contents.has_focus:
            self._reader.focus()
        else:
            return False
        return True

    def action_next(self) -> None:
        self.turn(1)

    def action_previous(self) -> None:
        self.turn(-1)

    def turn(self, step: int) -> None:
        """Open the lesson that many places on, if there is one."""
        raise NotImplementedError
