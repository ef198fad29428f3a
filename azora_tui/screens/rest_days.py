"""Choosing the days on which nothing is expected."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from azora_tui.errors import AzoraError
from azora_tui.glyphs import Glyphs
from azora_tui.lms import home
from azora_tui.screens.base import Dialog
from azora_tui.widgets.key_bar import KeyBar
from azora_tui.widgets.line import Row
from azora_tui.widgets.plain import plain
from azora_tui.widgets.quick_button import QuickButton
from azora_tui.widgets.record_list import RecordList
from azora_tui.wording.dates import weekday_name


class WeekdayList(RecordList[int]):
    """The seven weekdays; space makes one a rest day, or a day like others again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "choose", "rest or not", id="rest.turn")]

    def __init__(self, glyphs: Glyphs, chosen: Collection[int], *, id: str | None = None) -> None:
        super().__init__(rows_each=1, cursor_sign=glyphs.cursor, id=id)
        self._glyphs = glyphs
        self.chosen = set(chosen)

    def turn(self, weekday: int) -> None:
        self.chosen ^= {weekday}
        self.refresh()

    def draw_record(self, record: int, index: int, width: int) -> Sequence[Row]:
        rest = record in self.chosen
        state = (f"{self._glyphs.done} rest day", "done") if rest else (f"{self._glyphs.new} open", "muted")
        return [([(weekday_name(record).ljust(12), "title" if rest else "plain"), state], [])]


class RestDaysDialog(Dialog[bool]):
    """The weekdays that are rest days. Dismissed with True once a choice is on disk."""

    CSS_PATH = "rest_days.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "keep it", priority=True, id="rest.keep"),
    ]

    _weekdays = getters.query_one("#weekdays", WeekdayList)

    def __init__(self, chosen: Collection[int]) -> None:
        super().__init__()
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Your rest days", classes="dialog-title")
            yield Static("Nothing is expected of you on a rest day: it neither counts in a streak nor ends it.\n")
            yield WeekdayList(self.glyphs, self._chosen, id="weekdays")
            yield Static("", id="answer", markup=False)
            with Horizontal():
                yield QuickButton("Keep it", id="keep", compact=True)
                yield QuickButton("Leave it", id="leave", compact=True, classes="quiet")
        yield KeyBar()

    def on_mount(self) -> None:
        weekdays = self._weekdays
        weekdays.show(range(7))
        self.set_focus(weekdays)

    @on(WeekdayList.Chosen, "#weekdays")
    def _turned(self, event: WeekdayList.Chosen) -> None:
        self._weekdays.turn(event.record)

    @on(Button.Pressed, "#keep")
    def _keep_pressed(self) -> None:
        self._keep()

    @on(Button.Pressed, "#leave")
    def _leave_pressed(self) -> None:
        self.dismiss(None)

    def action_keep(self) -> None:
        """Enter keeps the choice from the list; on a button it presses that."""
        if isinstance(self.focused, Button):
            self.focused.press()
        else:
            self._keep()

    @work(exclusive=True)
    async def _keep(self) -> None:
        try:
            await self.ask(home.choose_rest_days, frozenset(self._weekdays.chosen))
        except AzoraError as error:
            self.query_one("#answer", Static).update(plain(str(error)))
        else:
            self.dismiss(True)
