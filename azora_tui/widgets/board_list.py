"""A board as one list: who wrote, and below it their words as a quotation, replies set in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType

from azora_tui.glyphs import Glyphs
from azora_tui.models.circles import Post, Thread
from azora_tui.text import clean, wrap
from azora_tui.widgets.figure_list import BLANK, FigureList, FigureRow, words
from azora_tui.wording.circles import written_by
from azora_tui.wording.news import ago
from azora_tui.wording.wisdom import own_hidden_words

_STOP_EVERY = 8
"""Lines of long words after which the cursor stops once more, so that none of them is jumped over."""
_WIDEST = 76


class GrowingList(FigureList):
    """What comes in at the top is seen by who stands there; who has scrolled down stays where they read."""

    def show_rows(self, rows: Sequence[FigureRow], *, again: bool) -> None:
        at_top = self.scroll_offset.y == 0
        super().show_rows(rows, again=again)
        if at_top:
            self.scroll_to(y=0, animate=False, immediate=True)

    def _scroll_to_cursor(self) -> None:
        """With what is said below the row that the cursor stands on, as far as there is room for it."""
        super()._scroll_to_cursor()
        following = (index for index in range(self.cursor + 1, self.count) if self._opens(index))
        end = next(following, self.count) - 1
        if end >= self.scroll_offset.y + self.size.height > 0:
            self.scroll_to(y=min(self.cursor, end - self.size.height + 1), animate=False, immediate=True)

    def _opens(self, index: int) -> bool:
        record = self.record_at(index)
        return record is not None and record.opens is not None


class BoardList(GrowingList):
    """The cursor goes from post to post; enter answers one."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "reply", id="board.reply")]


def board_rows(threads: Sequence[Thread], width: int, glyphs: Glyphs, now: datetime, more: int) -> list[FigureRow]:
    """The rows of a board in so many cells; `more` threads are older ones that are not shown."""
    rows: list[FigureRow] = []
    for thread in threads:
        rows += _post_rows(thread.post, "", width, glyphs, now)
        for reply in thread.replies:
            rows += _post_rows(reply, "    ", width, glyphs, now)
        rows.append(BLANK)
    if more:
        rows.append(FigureRow(((f"{more:,} older", "muted"),), opens=OlderPosts, id="more"))
    return rows[:-1] if rows and rows[-1] is BLANK else rows


class OlderPosts:
    """What the row opens that shows older posts."""


def quotation(text: str, width: int, *, indent: str = "") -> Iterator[FigureRow]:
    """Somebody's words, broken to a width, each line behind a bar."""
    for line in _lines(text, min(width, _WIDEST) - len(indent) - 2):
        yield FigureRow(((f"{indent}│ ", "active"), (line, "plain")))


def _post_rows(post: Post, indent: str, width: int, glyphs: Glyphs, now: datetime) -> Iterator[FigureRow]:
    if post.is_empty:
        yield words(f"{indent}{_named(post)}")
        return
    changed = f"changed {glyphs.separator} " if post.changed_at else ""
    yield FigureRow(
        ((indent, "plain"), (_named(post), "title")),
        ((f"{changed}{ago(post.at, now)}", "muted"),),
        opens=post,
        id=("post", post.id, 0),
    )
    for number, row in enumerate(quotation(post.text, width, indent=indent), 1):
        if number % _STOP_EVERY:
            yield row
        else:
            yield FigureRow(row.left, opens=post, id=("post", post.id, number))
    for line in _lines(own_hidden_words(post.hidden_reason), min(width, _WIDEST) - len(indent)):
        if post.hidden_reason:
            yield FigureRow(((f"{indent}{line}", "accent"),))


def _named(post: Post) -> str:
    who = written_by(post)
    return who[:1].upper() + who[1:]


def _lines(text: str, width: int) -> Iterator[str]:
    for paragraph in clean(text).expandtabs(4).split("\n"):
        indent = paragraph[: len(paragraph) - len(paragraph.lstrip(" "))][: width // 2]
        yield from wrap(paragraph, max(8, width), first=indent, rest=indent)
