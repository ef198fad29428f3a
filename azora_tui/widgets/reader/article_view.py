"""An article on the screen: read, laid out, scrolled and drawn. What keys and mouse do with it is the reader's."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final

from rich.style import Style
from textual import events, work
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import WorkerCancelled

from azora_tui.text import clean
from azora_tui.widgets.line_view import LineView
from azora_tui.widgets.reader.blocks import Article, Heading
from azora_tui.widgets.reader.build import NO_NOTES, TaskNotes
from azora_tui.widgets.reader.code_colours import CodeColours
from azora_tui.widgets.reader.glyphs import ASCII, UNICODE
from azora_tui.widgets.reader.loading import Head, off_loop, read_all, read_head
from azora_tui.widgets.reader.messages import ReaderMessage
from azora_tui.widgets.reader.paint import Painter
from azora_tui.widgets.reader.position import Position, find_position, position_of
from azora_tui.widgets.reader.styles import PREFIX
from azora_tui.widgets.reader.view import Place, View

COLUMN: Final = 76
"""The widest that text is set, in cells."""

_MAX_HEAD_LENGTH = 40_000
"""Characters of which no more are read at once, however fast the person goes on."""
_MEASURED = 1_000
"""Blocks up to which every height is made exact: no lesson has more, and estimates serve a book."""
_BREATH = 0.03
_SLICE = 0.003
_PAUSE = 0.004
_QUIET = 0.15
"""Seconds: before the rest is read, that the first page is painted; of one slice of measuring; after it; and how
long a key stops it."""


class ArticleView(LineView, can_focus=True, inherit_bindings=False):
    """Shows Markdown of any size, drawing only what is in view."""

    class Loaded(ReaderMessage, namespace="markdown_reader"):
        """All of the document is there: `headings` are complete."""

    class Scrolled(ReaderMessage, namespace="markdown_reader"):
        """The page moved. `heading_index` counts from 0, -1 before the first; `fraction` is 0 to 1."""

        def __init__(self, reader: Widget, heading_index: int, fraction: float, at_end: bool) -> None:
            super().__init__(reader)
            self.heading_index = heading_index
            self.fraction = fraction
            self.at_end = at_end

        def can_replace(self, message: Message) -> bool:
            """Only where the page is now matters."""
            return isinstance(message, ArticleView.Scrolled)

    def __init__(self, source: str = "", *, at: Position | None = None, ascii: bool = False, name: str | None = None,
                 id: str | None = None, classes: str | None = None, disabled: bool = False) -> None:  # fmt: skip
        """`source` is Markdown without front matter; `at` is where to begin; `ascii` draws no sign but ASCII."""
        super().__init__(name=name, id=id, classes=classes, disabled=disabled)
        self._glyphs = ASCII if ascii else UNICODE
        self._painter = Painter(self._style_of)
        self._colours = CodeColours()
        self._source = clean(source).expandtabs(4)
        self._at = at
        self._quiz_note: str | None = None
        self._task_notes: TaskNotes = NO_NOTES
        self._is_open = False
        self._head = 0
        self._is_whole = False
        self._view = self._empty_view()
        self._anchor = Place(0, -1)
        self._restoring = False
        self._last_move = 0.0
        self._told: tuple[int, float, bool] | None = None
        self._told_kinds: frozenset[object] = frozenset()

    # The document

    def set_document(
        self,
        source: str,
        *,
        at: Position | None = None,
        quiz_note: str | None = None,
        task_notes: TaskNotes = NO_NOTES,
    ) -> None:
        """Show `source`, Markdown without front matter, from `at` or from its beginning. Returns at once.

        The first page is there when this returns; the rest follows in the background, and `Loaded` says when. With
        a `quiz_note`, inline Markdown, a quiz is one line with that note; without, it is shown with its answers.
        `task_notes` stand above the tasks with these ids.
        """
        self._task_notes = task_notes
        self._source, self._at, self._quiz_note = clean(source).expandtabs(4), at, quiz_note
        self._forget_document()
        self._fit()
        self.refresh()

    def _forget_document(self) -> None:
        if self.is_mounted:
            self.workers.cancel_node(self)
        self._is_open = self._is_whole = False
        self._view = self._empty_view()
        self._anchor = Place(0, -1)
        self._told = None
        self._painter.marks, self._painter.focused = {}, None
        self._painter.forget()

    def _empty_view(self) -> View:
        return View(Article((), (), {}, {}), 1, self._glyphs, frozenset(), {})

    def _open(self) -> None:
        """Read and show the first page, and begin with the rest."""
        self._is_open = True
        self._head = self._height * self._column
        self._show_head()
        while self._view.flow.rows - self._view.row_of(self._anchor) <= self._height and self._lengthen_head():
            pass
        self._read_on()

    def _show_head(self, anchor: Place | None = None) -> None:
        """Read and show as much as `_head` says, at `anchor` or where the person was last time."""
        at = self._at
        head = self._read_head(at.line if at else 0)
        place = anchor or (find_position(at, head.article) if at else None)
        if at and place is None:
            # The source has changed. Where the person was will be known when all of it is read.
            head = self._read_head(0)
        self._is_whole = head.is_all
        self._show(head.article, place or Place(0, -1))
        if self._is_whole:
            self._whole()

    def _read_head(self, line: int) -> Head:
        return read_head(self._source, line, self._head, quiz_note=self._quiz_note, task_notes=self._task_notes)

    def _read_all(self) -> Article:
        return read_all(self._source, quiz_note=self._quiz_note, task_notes=self._task_notes)

    def _lengthen_head(self) -> bool:
        """Read more at once, if that is not too much to be quick; whether more was read."""
        if self._is_whole or self._head > _MAX_HEAD_LENGTH:
            return False
        self._head *= 4
        self._show_head(self._anchor)
        return True

    def _show(self, article: Article, anchor: Place, sideways: dict[int, int] | None = None) -> None:
        self._view = View(article, self._column, self._glyphs, self._view.opened, self._colours.runs)
        self._view.sideways.update(sideways or {})
        self._anchor = anchor
        self._painter.forget()
        # Only what the first frame shows is laid out for it; what is near, when the person begins to move.
        self._restore(pages=(2, 3) if self._is_whole else (0, 1))

    @work(group="aside-reading", exclusive=True)
    async def _read_on(self) -> None:
        if not self._is_whole:
            await asyncio.sleep(_BREATH)
            self._take(await off_loop(self._read_all))
        self._measure()

    def _take(self, article: Article) -> None:
        """Put the whole article in the place of the head, under the eyes of the person who reads it."""
        if self._is_whole:
            return
        head = self._view
        block, sideways = self._anchor.block, head.sideways
        if head.blocks and (root := head.blocks[0].root):
            # The head began in the middle, and counted its blocks and parts from there.
            block += next((index for index, other in enumerate(article.blocks) if other.root == root), 0)
            head.opened, sideways = frozenset(), {}
        self._is_whole = True
        self._show(article, Place(block, self._anchor.offset), sideways)
        self._whole()

    def _whole(self) -> None:
        if self._at and (place := find_position(self._at, self._view.article)) and self._anchor.block == 0:
            self._anchor = place
            self._restore()
        self._at = None
        self.post_message(self.Loaded(self))
        self._moved()

    def _finish_reading(self) -> None:
        """Read the rest now: something has been asked that needs all of it."""
        if not self._is_whole:
            self._take(self._read_all())

    @work(group="aside-measuring", exclusive=True)
    async def _measure(self) -> None:
        """Replace estimated heights by exact ones, a little at a time, while the person only reads."""
        view = self._view
        while view is self._view and view.flow.inexact and len(view.blocks) <= _MEASURED:
            if monotonic() - self._last_move < _QUIET:
                await asyncio.sleep(_PAUSE)
                continue
            stop = monotonic() + _SLICE
            while monotonic() < stop and view.measure_next():
                pass
            self._restore(resize=not view.flow.inexact)
            await asyncio.sleep(_PAUSE)

    async def settled(self) -> None:
        """Wait until all is read, measured and coloured. For tests and pictures."""
        while True:
            self._colour_code()
            workers = [worker for worker in self.workers if worker.node is self and not worker.is_finished]
            if not workers:
                return
            try:
                await workers[0].wait()
            except WorkerCancelled:
                continue

    # Where things are

    @property
    def _column(self) -> int:
        width = self.scrollable_content_region.width
        return max(1, min(COLUMN, width - 4 if width >= 40 else width - 2))

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    @property
    def _top(self) -> int:
        return self.scroll_offset.y

    @property
    def position(self) -> Position:
        """Where the person is, to give to `set_document` another time."""
        return position_of(self._anchor, self._view.article)

    @property
    def headings(self) -> Sequence[Heading]:
        """The headings of the document, as far as it is read; those in callouts are not among them."""
        return self._view.article.headings

    @property
    def heading_index(self) -> int:
        """The heading under which the top of the page stands, counted from 0; -1 before the first."""
        return bisect_right(self.headings, self._anchor.block, key=lambda heading: heading.block) - 1

    @property
    def fraction(self) -> float:
        """How much of the document is behind, from 0 to 1; 1 if all of it is in view."""
        return min(1.0, self._top / self.max_scroll_y) if self.max_scroll_y else 1.0

    @property
    def at_end(self) -> bool:
        """Whether the end of the document is in view."""
        return self._is_whole and self._top >= self.max_scroll_y

    def go_to_heading(self, index: int) -> None:
        """Bring the heading `index` of `headings` to the top of the page. Raises IndexError."""
        self._go_to(Place(self.headings[index].block, 0))

    # Scrolling

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if not self._restoring and self._view.blocks:
            self._last_move = monotonic()
            self._lay_out_near()
            self._anchor = self._view.place(self._top)
            self._moved()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the same text on top."""
        self._fit()
        self._restore()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw what is in view. A new document or a new width must be on the very first frame that can show it."""
        self._fit()
        return super().render_lines(crop)

    def _fit(self) -> None:
        """Open the document, or lay it out for another width, as soon as there is room for it."""
        if not self.is_mounted or not self._height:
            return
        if not self._is_open:
            self._open()
        elif self._view.width != self._column:
            view = View(self._view.article, self._column, self._glyphs, self._view.opened, self._colours.runs)
            view.sideways = self._view.sideways
            self._view = view
            self._painter.forget()
            self._restore()
            self._read_on()

    def _lay_out_near(self) -> None:
        """Make the rows exact that a key can bring into view."""
        inexact = self._view.flow.inexact
        row = self._view.measure_around(self._top, 2 * self._height, 3 * self._height)
        if self._view.flow.inexact != inexact:
            self._scroll_to_row(row, resize=row > self._virtual_rows - 3 * self._height)

    @property
    def _virtual_rows(self) -> int:
        return self._view.flow.rows

    def _restore(self, *, resize: bool = True, pages: tuple[int, int] = (2, 3)) -> None:
        """Scroll to the anchor: what stands where may have changed. Lay out as many pages above and below."""
        if self._view.blocks and self._height:
            row = self._view.row_of(self._anchor)
            row = self._view.measure_around(row, pages[0] * self._height, pages[1] * self._height)
            self._scroll_to_row(row, resize=resize)
            self._moved()
            self.refresh()

    def _scroll_to_row(self, row: int, *, resize: bool = True) -> None:
        """Scroll without a change of the anchor. `resize` when the number of rows has to be right now."""
        self._restoring = True
        if resize or row > self.max_scroll_y:
            self.virtual_size = Size(self.scrollable_content_region.width, self._virtual_rows)
        self.scroll_to(y=row, animate=False, force=True)
        self._restoring = False

    def _go_to(self, place: Place) -> None:
        """Bring a place to the top of the page, under the space above it if it begins a block."""
        if not self._view.blocks:
            return
        self._open_parts_of(place.block)
        self._anchor = place if place.offset > 0 else Place(place.block, -1)
        self._last_move = monotonic()
        self._restore()
        self._anchor = self._view.place(self._top)

    def _go_to_end(self) -> None:
        view = self._view
        if not view.blocks:
            return
        view.measure_around(view.flow.rows - 1, 3 * self._height, 1)
        self._scroll_to_row(max(0, view.flow.rows - self._height))
        self._anchor = view.place(self._top)
        self._moved()

    def _open_parts_of(self, block: int) -> None:
        for part in self._view.blocks[block].parts:
            if part not in self._view.opened:
                self._view.toggle(part)
                self._painter.forget()

    def _show_row(self, row: int) -> None:
        """Scroll, if need be, to have a row in view, a third of the way down."""
        if not self._top <= row < self._top + self._height:
            self._anchor = self._view.place(max(0, row - self._height // 3))
            self._restore()
            self._anchor = self._view.place(self._top)

    def _moved(self) -> None:
        self._colour_code()
        now = (self.heading_index, self.fraction, self.at_end)
        if now != self._told:
            self._told = now
            self.post_message(self.Scrolled(self, *now))
        kinds = self._kinds_in_view()
        if kinds != self._told_kinds:
            self._told_kinds = kinds
            self.refresh_bindings()

    def _first_in_view(self, wanted: Callable[[int], bool]) -> int | None:
        """The first block in view that is what is wanted."""
        blocks = self._view.blocks_between(self._top, self._top + self._height)
        return next((block for block in blocks if wanted(block)), None)

    def _kinds_in_view(self) -> frozenset[object]:
        """What is in view that keys act on."""
        view = self._view
        blocks = list(view.blocks_between(self._top, self._top + self._height))
        wide = {"wide"} if any(view.layout(block).wide for block in blocks) else set()
        return frozenset({view.blocks[block].kind for block in blocks} | wide)

    # Painting

    def render_line(self, y: int) -> Strip:
        """Draw one row of what is in view."""
        return self._painter.strip(self._view, self._top + y, self.size.width)

    def notify_style_update(self) -> None:
        """Take the colours of a new theme."""
        super().notify_style_update()
        self._painter.forget_styles()

    def _style_of(self, names: tuple[str, ...]) -> Style:
        return self.get_visual_style(*(PREFIX + name for name in names)).rich_style

    def _colour_code(self) -> None:
        """Find the colours of the code in view, if they are not known, without waiting for them."""
        in_view = self._view.blocks_between(self._top, self._top + self._height)
        if wanted := self._colours.begin(self._view.blocks[index] for index in in_view):
            self._colour(wanted)

    @work(group="aside-colouring")
    async def _colour(self, wanted: Sequence[tuple[str, str]]) -> None:
        await self._colours.find(wanted)
        for index in self._view.blocks_between(self._top, self._top + self._height):
            self._view.forget(index)
        self._painter.forget()
        self.refresh()
