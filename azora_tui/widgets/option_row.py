"""An option of a question: its number, whether it is chosen, its text, and afterwards what there is to say of it."""

from dataclasses import replace

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from azora_tui.glyphs import Glyphs
from azora_tui.models.quizzes import Option
from azora_tui.widgets.reader import Passage
from azora_tui.widgets.reader.blocks import Article


class OptionRow(Passage):
    """Draws itself in one widget, so that a page of many questions is light."""

    DEFAULT_CSS = """
    OptionRow.-said { margin-bottom: 1; }
    """

    under_cursor: reactive[bool] = reactive(False)

    class Pressed(Message):
        """The option was clicked."""

        def __init__(self, row: "OptionRow") -> None:
            super().__init__()
            self.row = row

    def __init__(self, place: int, option: Option, glyphs: Glyphs, *, many: bool, ascii: bool = False) -> None:
        super().__init__(option.text, ascii=ascii)
        self.place = place
        self.chosen = False
        self._option = option
        self._house = glyphs
        self._many = many
        self._sign = self._unchosen_sign()
        self._look = "muted"
        self._gutter = 7 + len(self._sign)

    def choose(self, chosen: bool) -> None:
        if chosen != self.chosen:
            self.chosen = chosen
            glyphs = self._glyphs
            mark = glyphs.done_task if self._many else glyphs.chosen
            self._sign = mark if chosen else self._unchosen_sign()
            self._look = "challenge" if chosen else "muted"
            self.refresh()

    def show_result(self, *, chosen: bool) -> None:
        """Say whether it is right, with the feedback if it was chosen; nothing of an option nobody need look at."""
        option = self._option
        self.chosen = chosen
        self._sign, self._look = self._unchosen_sign(), "muted"
        if option.correct:
            self._sign, self._look = self._house.done, "callout"
        elif chosen:
            self._sign, self._look = self._house.locked, "caution"
        words = ""
        if chosen:
            words = option.feedback or ("Yes." if option.correct else "Not this one.")
        elif option.correct:
            words = "This belongs to it too." if self._many else "This is the right one."
        if words:
            self.set_source("\n".join([option.text, "", *(f"> {line}" for line in words.split("\n"))]))
            self.add_class("-said")
        else:
            self.refresh()

    def _read(self, source: str) -> Article:
        """With what is said of an option close under it."""
        article = super()._read(source)
        quoted = next((n for n, block in enumerate(article.blocks) if n and block.frames), None)
        if quoted is None:
            return article
        blocks = list(article.blocks)
        blocks[quoted] = replace(blocks[quoted], space=0)
        return replace(article, blocks=blocks)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Pressed(self))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return super().get_content_height(container, viewport, max(1, width - self._gutter))

    def render_line(self, y: int) -> Strip:
        width = max(1, self.size.width - self._gutter)
        style = self._painter.style
        cursor = self._house.cursor if self.under_cursor else " "
        number, sign = (f"{self.place + 1:>2} ", f" {self._sign}") if not y else ("", "")
        gutter = [
            Segment(f"{cursor} ", style("challenge")),
            Segment(number.ljust(3), style("muted")),
            Segment(sign.ljust(self._gutter - 5), style(self._look)),
        ]
        text = self._painter.strip(self._fitted(width), y, width)
        return Strip.join([Strip(gutter), text]).adjust_cell_length(self.size.width, style())

    def _unchosen_sign(self) -> str:
        return self._glyphs.open_task if self._many else self._glyphs.option
