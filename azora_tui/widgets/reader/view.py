"""An article at a width: which row of the page is which row of which block. Knows nothing of the screen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from azora_tui.widgets.reader.blocks import Article, Block, BlockKind, Frame
from azora_tui.widgets.reader.flow import Flow, estimate
from azora_tui.widgets.reader.glyphs import ReaderGlyphs
from azora_tui.widgets.reader.inline import read_inline
from azora_tui.widgets.reader.layout import frames_within, lay_out
from azora_tui.widgets.reader.rows import SIDE, Layout, LayoutContext, Row, TokenRun

_KEPT_LAYOUTS = 600


class Place(NamedTuple):
    """A place in the text, the same at any width: a block, and an offset in its text, or -n for n rows above it."""

    block: int
    offset: int


class View:
    """Lays blocks out when they are needed, and keeps the latest."""

    def __init__(self, article: Article, width: int, glyphs: ReaderGlyphs, opened: frozenset[int],
                 code: Mapping[tuple[str, str], Sequence[TokenRun]]) -> None:  # fmt: skip
        self.article = article
        self.blocks = article.blocks
        self.width = width
        self.glyphs = glyphs
        self.opened = opened
        self.code = code
        self.sideways: dict[int, int] = {}
        self.flow = Flow(article.blocks, width, opened)
        self._layouts: OrderedDict[int, Layout] = OrderedDict()
        self._unmeasured = 0

    def layout(self, block: int) -> Layout:
        """The layout of a block, which also makes its height exact."""
        layout = self._layouts.get(block)
        if layout is None:
            layout = self._layouts[block] = self._lay_out(block)
            if len(self._layouts) > _KEPT_LAYOUTS:
                self._layouts.popitem(last=False)
        else:
            self._layouts.move_to_end(block)
        return layout

    def forget(self, block: int) -> None:
        """Lay a block out again the next time: something that it shows has changed."""
        self._layouts.pop(block, None)

    def _lay_out(self, index: int) -> Layout:
        block = self.blocks[index]
        context = LayoutContext(self.article, self.glyphs, self.opened, self.code)
        layout = lay_out(block, self.width, context, self.sideways.get(index, 0))
        if self.is_shown(index):
            self.flow.set_height(index, block.space + len(layout.rows))
        return layout

    def is_shown(self, block: int) -> bool:
        """Whether a block lies in no closed part."""
        return self.opened.issuperset(self.blocks[block].parts)

    def measure_next(self) -> bool:
        """Make one more height exact; whether there was one left to do."""
        while self._unmeasured < len(self.flow):
            block = self._unmeasured
            self._unmeasured += 1
            if not self.flow.is_exact(block):
                self._lay_out(block)
                return True
        return False

    def measure_around(self, row: int, above: int, below: int) -> int:
        """Make heights exact from `above` rows before `row` to `below` after it; return where that row is now."""
        block = self.flow.block_at(row)
        if block < 0:
            return 0
        inside = row - self.flow.tops[block]
        self._measure(block)
        left = below - (self.flow.height(block) - inside)
        for later in range(block + 1, len(self.flow)):
            if left <= 0:
                break
            self._measure(later)
            left -= self.flow.height(later)
        left = above - inside
        for earlier in range(block - 1, -1, -1):
            if left <= 0:
                break
            self._measure(earlier)
            left -= self.flow.height(earlier)
        return self.flow.tops[block] + min(inside, max(0, self.flow.height(block) - 1))

    def _measure(self, block: int) -> None:
        if not self.flow.is_exact(block):
            self.layout(block)

    def place(self, row: int) -> Place:
        """What stands at the beginning of a row of the page."""
        block, inside = self.locate(row)
        if block < 0:
            return Place(0, -1)
        rows = self.layout(block).rows
        first = _first_with_text(rows)
        if inside < first:
            return Place(block, inside - first)
        for earlier in range(min(inside, len(rows) - 1), -1, -1):
            if (start := _start(rows[earlier])) >= 0:
                return Place(block, start)
        return Place(block, 0)

    def row_of(self, place: Place) -> int:
        """The row of the page on which a place is. A place in a closed part is on the row that opens it."""
        block = min(place.block, len(self.flow) - 1)
        if block < 0:
            return 0
        if not self.is_shown(block):
            while block > 0 and not (self.blocks[block].kind is BlockKind.PART and self.is_shown(block)):
                block -= 1
            place = Place(block, 0)
        rows = self.layout(block).rows
        top = self.flow.tops[block]
        text = top + self.blocks[block].space + _first_with_text(rows)
        if place.offset < 0:
            return max(top, text + place.offset)
        found = text
        for number, row in enumerate(rows):
            if (start := _start(row)) > place.offset and self.blocks[block].kind is not BlockKind.TABLE:
                break
            if 0 <= start <= place.offset:
                found = top + self.blocks[block].space + number
        return found

    def locate(self, row: int) -> tuple[int, int]:
        """The block at a row of the page, and which row of it that is: negative in the space above it.

        (-1, 0) past the end.
        """
        if row < 0 or row >= self.flow.rows:
            return -1, 0
        block = self.flow.block_at(row)
        return block, row - self.flow.tops[block] - self.blocks[block].space

    def blocks_between(self, first: int, last: int) -> Iterator[int]:
        """The blocks with rows from row `first` to before row `last`, without those in closed parts."""
        block = self.flow.block_at(first)
        while 0 <= block < len(self.flow) and self.flow.tops[block] < last:
            if self.flow.height(block):
                yield block
            block += 1

    def frames(self, block: int) -> tuple[Frame, ...]:
        """The frames of a block that are drawn."""
        return frames_within(self.blocks[block].frames, self.width)

    def frames_above(self, block: int) -> tuple[Frame, ...]:
        """The frames that go on through the space above a block: those that the block before it has too."""
        before = block - 1
        while before >= 0 and not self.flow.height(before):
            before -= 1
        if before < 0:
            return ()
        keys = {frame.key for frame in self.blocks[before].frames}
        return tuple(frame for frame in self.frames(block) if frame.key in keys)

    def toggle(self, part: int) -> None:
        """Open a closed part, or close an open one."""
        self.opened = self.opened ^ {part}
        for index, block in enumerate(self.blocks):
            if block.part == part:
                self.forget(index)
            elif part in block.parts:
                shown = self.is_shown(index)
                self.flow.reset(index, estimate(block, self.width) if shown else 0, exact=not shown)
        self._unmeasured = 0

    def farthest(self, block: int, cells: int) -> int:
        """How far to the right, of `cells`, a wide block can be scrolled."""
        layout = self.layout(block)
        return max(0, min(cells, layout.wide - layout.room))

    def text(self, block: int) -> str:
        """The text of a block as it is found and read: without formatting."""
        source = self.blocks[block]
        if source.kind is BlockKind.CODE:
            return source.text
        if source.kind is BlockKind.TABLE:
            return self.layout(block).text
        return read_inline(source.text, self.article.document, self.article.notes).text

    def targets(self, block: int) -> list[int]:
        """The links of a block that the keyboard can reach, by their number in its layout."""
        if not self.flow.height(block) or not _may_have_links(self.blocks[block]):
            return []
        return [n for n, href in enumerate(self.layout(block).links) if not href.startswith(SIDE)]

    def row_of_link(self, block: int, link: int) -> int:
        """The row of the page on which a link begins."""
        for number, row in enumerate(self.layout(block).rows):
            if any(piece.link == link for piece in row):
                return self.flow.tops[block] + self.blocks[block].space + number
        return self.flow.tops[block]


def _start(row: Row) -> int:
    """Where in the text of its block a row begins; -1 if it has no text."""
    return next((piece.start for piece in row if piece.start >= 0), -1)


def _first_with_text(rows: Sequence[Row]) -> int:
    return next((number for number, row in enumerate(rows) if _start(row) >= 0), 0)


def _may_have_links(block: Block) -> bool:
    return (
        block.kind is BlockKind.PART
        or bool(block.back)
        or (block.kind is not BlockKind.CODE and ("[" in block.text or "<" in block.text))
    )
