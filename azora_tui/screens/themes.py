"""Choosing how everything looks, by looking at it."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from azora_tui.glyphs import Glyphs
from azora_tui.screens.base import Dialog
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList


class ThemeList(RecordList[tuple[str, str]]):
    """A theme a row, with the one that was in use before marked."""

    def __init__(self, glyphs: Glyphs, in_use: str, *, id: str | None = None) -> None:
        super().__init__(rows_each=1, cursor_sign=glyphs.cursor, id=id)
        self._done = glyphs.done
        self._in_use = in_use

    def draw_record(self, record: tuple[str, str], index: int, width: int) -> Sequence[Row]:
        name, words = record
        mark = [(f"{self._done} in use", "done")] if name == self._in_use else []
        return [([(words, "plain")], mark)]


class ThemeDialog(Dialog[str]):
    """Shows each theme as the cursor comes to it; enter keeps it, esc brings the old one back."""

    AUTO_FOCUS = "#themes"
    BINDINGS: ClassVar[list[BindingType]] = []
    DEFAULT_CSS = """
    ThemeDialog {
        & > .dialog { width: 44; }
        & ThemeList { height: 4; background: $surface; & .line--cursor { background: $panel; } }
    }
    """

    _list = getters.query_one("#themes", ThemeList)

    def __init__(self, themes: Mapping[str, str], in_use: str) -> None:
        """`themes` are words by name."""
        super().__init__()
        self._themes = list(themes.items())
        self._in_use = in_use

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("How everything looks", classes="dialog-title", markup=False)
            yield ThemeList(self.glyphs, self._in_use, id="themes")
        yield KeyBar()

    def on_mount(self) -> None:
        names = [name for name, _ in self._themes]
        self._list.show(self._themes, cursor=names.index(self._in_use))

    @on(ThemeList.CursorMoved)
    def _preview(self) -> None:
        if (record := self._list.current) is not None:
            self.app.theme = record[0]

    @on(ThemeList.Chosen)
    def _chosen(self, event: ThemeList.Chosen) -> None:
        self.dismiss(event.record[0])
