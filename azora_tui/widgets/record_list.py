"""A list of any length that draws only the rows in view and holds only the records near them."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from azora_tui.widgets.line import Row, draw_row
from azora_tui.widgets.line_view import LineView
from azora_tui.widgets.styles_by_theme import StylesByTheme

T = TypeVar("T")

PART = 200
"""How many records the owner gives at a time; fewer say that there are no more."""
_AHEAD = 60
"""How many records beyond the rows in view are asked for, so that moving on finds them there."""
_MAX_DRAWN = 400
"""How many records are kept as they are drawn."""


class _OfList(Message):
    def __init__(self, record_list: "RecordList[Any]") -> None:
        super().__init__()
        self.record_list = record_list

    @property
    def control(self) -> "RecordList[Any]":
        """The list that sent it."""
        return self.record_list


class RecordList(LineView, Generic[T], can_focus=True, inherit_bindings=False):
    """Records of `rows_each` rows, drawn by `draw_record`; `header` rows stand above them and scroll with them.

    A subclass says how a record is drawn. The owner gives the number of records with `show` and, when
    `RecordsNeeded` asks for more, parts of them with `put`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open", id="list.open"),
        Binding("down,j", "move(1)", "down", show=False, id="list.down"),
        Binding("up,k", "move(-1)", "up", show=False, id="list.up"),
        Binding("pagedown,space", "page(1)", "page down", show=False, id="list.page_down"),
        Binding("pageup,b", "page(-1)", "page up", show=False, id="list.page_up"),
        Binding("home,g", "first", "first", show=False, id="list.first"),
        Binding("end,G", "last", "last", show=False, id="list.last"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--cursor", "line--title", "line--muted", "line--done", "line--active", "line--accent", "line--error",
        "line--heading", "line--plain",
    }  # fmt: skip
    DEFAULT_CSS = """
    RecordList {
        background: $background;
        color: $text;
        overflow-x: hidden;
        & .line--cursor { background: $surface; }
        & .line--title { text-style: bold; }
        & .line--heading { color: $text; text-style: bold; }
        & .line--muted { color: $text-muted; }
        & .line--done { color: $secondary; }
        & .line--active { color: $primary; }
        & .line--accent { color: $accent; }
        & .line--error { color: $error; }
        &:ansi .line--cursor { text-style: bold; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False, always_update=False)

    class CursorMoved(_OfList):
        """The cursor stands on another record, or that record has just arrived."""

    class Chosen(_OfList):
        """A record was chosen with enter or a click."""

        def __init__(self, record_list: "RecordList[Any]", record: Any) -> None:
            super().__init__(record_list)
            self.record = record

    class RecordsNeeded(_OfList):
        """Records from `offset` on are about to come into view and are not there."""

        def __init__(self, record_list: "RecordList[Any]", offset: int) -> None:
            super().__init__(record_list)
            self.offset = offset

    def __init__(
        self, *, rows_each: int, gap: int = 0, cursor_sign: str = "▌", quiet: bool = False, id: str | None = None
    ) -> None:
        """A `quiet` list shows its cursor only while it has the focus."""
        super().__init__(id=id)
        self._quiet = quiet
        self.rows_each = rows_each
        self._pitch = rows_each + gap
        self._cursor_sign = cursor_sign
        self._records: dict[int, T] = {}
        self._count = 0
        self._header: Sequence[Row] = ()
        self._asked: int | None = None
        self._look = (Style(), 0, "")
        self._styles = StylesByTheme(self, self._find_style)
        self._styles_over: dict[tuple[bool, str], Style] = {}
        self._drawn: dict[tuple[int, bool], list[Strip]] = {}

    def draw_record(self, record: T, index: int, width: int) -> Sequence[Row]:
        """The `rows_each` rows of one record, each as wide as `width` cells at most."""
        raise NotImplementedError

    @property
    def count(self) -> int:
        return self._count

    @property
    def current(self) -> T | None:
        """The record under the cursor, if it is here."""
        return self._records.get(self.cursor)

    def record_at(self, index: int) -> T | None:
        """The record of a place in the list; None where it is not loaded, or nothing stands there."""
        return self._records.get(index)

    def show(self, records: Sequence[T], *, offset: int = 0, count: int | None = None, cursor: int = 0) -> None:
        """Start over with the records from `offset` on, of `count` (or with the last of all that there are)."""
        self._records = dict(enumerate(records, start=offset))
        self._count = offset + len(records) if count is None else count
        self._asked = None
        self._resize_content()
        self.set_reactive(RecordList.cursor, max(0, min(cursor, self._count - 1)))
        if self.cursor:
            self._scroll_to_cursor()
        else:
            self.scroll_to(y=0, animate=False, immediate=True)
        self.refresh()
        self.post_message(self.CursorMoved(self))

    def show_again(
        self, records: Sequence[T], key: Callable[[T], Hashable], *, offset: int = 0, count: int | None = None
    ) -> None:
        """Like `show`, for what has become of the same records: the cursor stays on its own, told by its key, and that
        where it was on the screen. Where it is gone, the cursor stays at its place."""
        here = self.current
        wanted = None if here is None else key(here)
        same = (index for index, record in enumerate(records, start=offset) if here and key(record) == wanted)
        cursor = next(same, self.cursor)
        top = self.scroll_offset.y + (cursor - self.cursor) * self._pitch
        self.show(records, offset=offset, count=count, cursor=cursor)
        self.scroll_to(y=max(0, top), animate=False, immediate=True)
        self._scroll_to_cursor()

    def put(self, offset: int, records: Sequence[T]) -> None:
        """Add records that were asked for; those far from them are forgotten.

        Where there turn out to be none, the list asks no more: the owner has to learn again how many there are.
        """
        if not records:
            return
        near = range(offset - 2 * PART, offset + 3 * PART)
        self._records = {index: record for index, record in self._records.items() if index in near}
        self._records.update(enumerate(records, start=offset))
        self._asked = None
        if offset + len(records) < min(self._count, offset + PART):
            self.set_count(offset + len(records))  # there were fewer than it had been said
        self.refresh()
        if offset <= self.cursor < offset + len(records):
            self.post_message(self.CursorMoved(self))
        self._ask_for_missing()

    def set_count(self, count: int) -> None:
        """How many records there are, where it was learned later than the first of them."""
        self._count = count
        self._resize_content()
        self.cursor = max(0, min(self.cursor, count - 1))

    def set_header(self, rows: Sequence[Row]) -> None:
        self._header = rows
        self._resize_content()
        self.refresh()

    def action_choose(self) -> None:
        if (record := self.current) is not None:
            self.post_message(self.Chosen(self, record))

    def action_move(self, step: int) -> None:
        self._move_to(self.cursor + step)

    def action_page(self, direction: int) -> None:
        self._move_to(self.cursor + direction * max(1, self.size.height // self._pitch))

    def action_first(self) -> None:
        self._move_to(0)

    def action_last(self) -> None:
        self._move_to(self._count - 1)

    def _move_to(self, index: int) -> None:
        self.cursor = max(0, min(index, self._count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        if not self.is_mounted or old == new:
            return
        before = self.scroll_offset
        self._scroll_to_cursor()
        if self.scroll_offset == before:
            self.refresh(self._region_of(old), self._region_of(new))
        self._ask_for_missing()
        self.post_message(self.CursorMoved(self))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._ask_for_missing()

    def on_resize(self, event: events.Resize) -> None:
        self._resize_content()
        if self.cursor or self.has_focus:
            self._scroll_to_cursor()

    def on_click(self, event: events.Click) -> None:
        row = event.y + self.scroll_offset.y - len(self._header)
        index, within = divmod(row, self._pitch)
        if row < 0 or within >= self.rows_each or index >= self._count:
            return
        if index == self.cursor:
            self.action_choose()
        else:
            self._move_to(index)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> "RecordList[T]":
        """Paint the list again: all of it drawn afresh, or `regions` only, with the rows that are drawn already."""
        if not regions:
            self._drawn.clear()
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self

    def render_lines(self, crop: Region) -> list[Strip]:
        look = (self.rich_style, self.size.width, self.app.theme)
        if look != self._look:
            self._look = look
            self._drawn.clear()
            self._styles_over.clear()
        elif len(self._drawn) > _MAX_DRAWN:
            self._drawn.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y - len(self._header)
        index, within = (row, 0) if row < 0 else divmod(row, self._pitch)
        if index >= self._count or within >= self.rows_each:
            return Strip.blank(self.size.width, self._look[0])
        key = (index, index == self.cursor and (self.has_focus or not self._quiet))
        if key not in self._drawn:
            self._drawn[key] = self._draw(*key)
        return self._drawn[key][within]

    def _draw(self, index: int, at_cursor: bool) -> list[Strip]:
        """The rows of a record; -1 is the last row of the header."""
        width = self._look[1]
        style_of = partial(self._style, at_cursor)
        if index < 0:
            return [draw_row(self._header[index], width, style_of)]
        record = self._records.get(index)
        rows: Sequence[Row] = [([("…", "muted")], [])] if record is None else self.draw_record(record, index, width - 3)
        sign = (self._cursor_sign if at_cursor else " ", "active" if at_cursor and self.has_focus else "muted")
        rows = [*rows, *[([], [])] * (self.rows_each - len(rows))]
        margin = (" ", "plain")
        return [draw_row(([sign, margin, *left], [*right, margin]), width, style_of) for left, right in rows]

    def _style(self, at_cursor: bool, role: str) -> Style:
        """The style of a role over the list's own ground, or over the cursor's."""
        key = (at_cursor, role)
        if key not in self._styles_over:
            ground = self._style(False, "cursor") if at_cursor else self._look[0]
            self._styles_over[key] = ground + self._styles(role)
        return self._styles_over[key]

    def _find_style(self, role: str) -> Style:
        return self.get_component_rich_style(f"line--{role or 'plain'}", partial=True)

    def _resize_content(self) -> None:
        height = len(self._header) + max(0, self._count * self._pitch - (self._pitch - self.rows_each))
        size = Size(self.size.width, height)
        if self.show_vertical_scrollbar and height > self.size.height:
            # Only the length of the scrollbar's handle changes: no new layout is needed.
            self.set_reactive(RecordList.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = height
        else:
            self.virtual_size = size

    def _region_of(self, index: int) -> Region:
        """Where a record's rows are now, in the widget's own coordinates."""
        top = len(self._header) + index * self._pitch - self.scroll_offset.y
        return Region(0, top, self.size.width, self.rows_each).intersection(self.size.region)

    def _scroll_to_cursor(self) -> None:
        if not self._count or not self.size.height:
            return
        top = len(self._header) + self.cursor * self._pitch
        view = self.scroll_offset.y
        fits = top + self.rows_each <= self.size.height
        if self.cursor == 0 and fits:
            self.scroll_to(y=0, animate=False, immediate=True)
        elif top < view:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif top + self.rows_each > view + self.size.height:
            self.scroll_to(y=top + self.rows_each - self.size.height, animate=False, immediate=True)

    def _ask_for_missing(self) -> None:
        if not self._count:
            return
        first = max(0, (self.scroll_offset.y - len(self._header)) // self._pitch)
        last = min(self._count - 1, first + self.size.height // self._pitch + 1)
        for index in range(max(0, first - _AHEAD), min(self._count, last + _AHEAD)):
            if index not in self._records:
                if self._asked is None or index not in range(self._asked, self._asked + PART):
                    self._asked = max(0, first - PART // 2)
                    self.post_message(self.RecordsNeeded(self, self._asked))
                return
