"""Keys as a list: which they are, what each does, and where it works."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from azora_tui.glyphs import Glyphs
from azora_tui.widgets.line import Row
from azora_tui.widgets.record_list import RecordList


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """What a person can press here: `key` is one of the `keys`, as Textual names it."""

    keys: str
    does: str
    key: str
    enabled: bool
    everywhere: bool


class KeyList(RecordList[KeyEntry]):
    """A key a row, in two columns."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "press it", id="help.choose")]

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(rows_each=1, cursor_sign=glyphs.cursor, id=id)
        self._width = 0

    def show_keys(self, entries: Sequence[KeyEntry]) -> None:
        self._width = max((len(each.keys) for each in entries), default=0)
        self.show(entries)

    def draw_record(self, record: KeyEntry, index: int, width: int) -> Sequence[Row]:
        keys = f"{record.keys.ljust(self._width)}   "
        where = "everywhere" if record.everywhere else ""
        if record.enabled:
            return [([(keys, "active"), (record.does, "plain")], [(where, "muted")])]
        return [([(keys, "muted"), (record.does, "muted")], [("not now", "muted")])]
