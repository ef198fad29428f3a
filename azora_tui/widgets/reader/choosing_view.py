"""An article in which a person can choose a paragraph, and paragraphs can carry a sign in the margin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import events

from azora_tui.widgets.reader.article_view import ArticleView
from azora_tui.widgets.reader.blocks import Article, BlockKind
from azora_tui.widgets.reader.position import Position, find_position, position_of
from azora_tui.widgets.reader.view import Place

_NOT_CHOSEN = (BlockKind.RULE, BlockKind.PART)


@dataclass(frozen=True, slots=True)
class ChosenParagraph:
    """A paragraph as it stands on the page, without formatting, and where that is."""

    text: str
    position: Position


class ChoosingView(ArticleView):
    """Marks one block at a time as the chosen one, if a person is choosing; draws signs beside others."""

    _signed: Mapping[Position, str] = {}  # replaced, never changed

    @property
    def chosen(self) -> ChosenParagraph | None:
        """The paragraph that is chosen; None while nobody is choosing."""
        block = self._painter.chosen
        if block is None or block >= len(self._view.blocks):
            return None
        return ChosenParagraph(self._view.text(block), position_of(Place(block, 0), self._view.article))

    def begin_choosing(self) -> bool:
        """Choose the first paragraph that is whole in view; whether there is any in view."""
        self._choose(self._first_choosable())
        return self._painter.chosen is not None

    def choose(self, step: int) -> None:
        """Choose the next paragraph (-1: the one before), and bring it into view."""
        block = self._painter.chosen
        if block is None:
            return
        if not self._is_in_view(block):
            self._choose(self._first_choosable())
            return
        block += step
        while 0 <= block < len(self._view.blocks) and not self._is_choosable(block):
            block += step
        if 0 <= block < len(self._view.blocks):
            self._choose(block)
            self._show_block(block)

    def end_choosing(self) -> None:
        """Choose nothing any more."""
        self._choose(None)

    def sign_paragraphs(self, glyphs: Mapping[Position, str]) -> None:
        """Draw a sign of one cell beside each of these places, as far as they are found."""
        self._signed = glyphs
        self._find_signed()

    def on_click(self, event: events.Click) -> None:
        """While a person chooses, choose the paragraph under the pointer."""
        if self._painter.chosen is not None:
            event.stop()
            block, _ = self._view.locate(self._top + event.y)
            if block >= 0 and self._is_choosable(block):
                self._choose(block)

    def _choose(self, block: int | None) -> None:
        if self._painter.chosen != block:
            self._painter.chosen = block
            self._painter.forget()
            self.refresh()
            self.refresh_bindings()

    def _first_choosable(self) -> int | None:
        whole = self._first_in_view(
            lambda block: self._is_choosable(block) and self._text_rows(block).start >= self._top
        )
        return self._first_in_view(self._is_choosable) if whole is None else whole

    def _is_choosable(self, block: int) -> bool:
        view = self._view
        if block in view.article.quizzes or block in view.article.tasks:
            return False  # its line tells how one stands, and is another one tomorrow
        return view.is_shown(block) and view.blocks[block].kind not in _NOT_CHOSEN and bool(view.text(block).strip())

    def _text_rows(self, block: int) -> range:
        """The rows of the page on which the text of a block stands."""
        rows = self._view.layout(block).rows
        first = self._view.flow.tops[block] + self._view.blocks[block].space
        return range(first, first + len(rows))

    def _is_in_view(self, block: int) -> bool:
        rows = self._text_rows(block)
        return rows.start < self._top + self._height and rows.stop > self._top

    def _show_block(self, block: int) -> None:
        rows = self._text_rows(block)
        if rows.stop > self._top + self._height:
            self._move_to_row(min(rows.start, rows.stop - self._height))
        elif rows.start < self._top:
            self._move_to_row(rows.start)

    def _move_to_row(self, row: int) -> None:
        self.scroll_to(y=row, animate=False, force=True)

    def _show(self, article: Article, anchor: Place, sideways: dict[int, int] | None = None) -> None:
        """Another article, or more of the same: what was chosen or signed is another block there."""
        self._painter.chosen = None
        super()._show(article, anchor, sideways)
        self._find_signed()

    def _find_signed(self) -> None:
        article = self._view.article
        found = {find_position(position, article): sign for position, sign in self._signed.items()}
        self._painter.signed = {place.block: sign for place, sign in found.items() if place is not None}
        self._painter.forget()
        self.refresh()

    def _forget_document(self) -> None:
        super()._forget_document()
        self._painter.chosen, self._painter.signed, self._signed = None, {}, {}
