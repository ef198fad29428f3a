"""Every use of what Textual keeps to itself, so that a new version of it is checked in one place.

`tests/widgets/test_private_textual.py` fails where Textual takes one of these away, and where another file uses one.
"""

import asyncio
import sys
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from rich.text import Text
from textual.app import App, ReturnType
from textual.dom import DOMNode
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.worker import Worker, WorkerFailed


def is_pruned(node: DOMNode) -> bool:
    """Whether a node is on its way out. `is_attached` is True until it is gone, and `is_running` tells of its tasks."""
    return node._pruning


def fit_breakpoints(screen: Screen[Any]) -> None:
    """Give a screen the classes that its first resize would bring, so that its first drawing is in the right form."""
    width, height = screen.app.size
    screen.add_class(
        *screen._get_breakpoint_classes(width, screen.HORIZONTAL_BREAKPOINTS or []),
        *screen._get_breakpoint_classes(height, screen.VERTICAL_BREAKPOINTS or []),
    )


def open_screens(app: App[Any]) -> Iterator[Screen[Any]]:
    """Every screen of every mode; `screen_stack` has those of the current one only."""
    for stack in list(app._screen_stacks.values()):
        yield from stack


def awaits_layout(screen: Screen[Any]) -> bool:
    """Whether a screen has still to be laid out, or has something to do once it is."""
    return bool(screen._layout_required or screen._callbacks)


async def until_one_ends(workers: Iterable[Worker[Any]]) -> None:
    """Wait for one of some workers, however it ends; to be cancelled here does not cancel them."""
    tasks = [worker._task for worker in workers if worker._task is not None]
    if tasks:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)


class _AsciiScrollBar(ScrollBarRender):
    """Moves by whole cells, with no part of a block at its ends."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def draw_scroll_bars(*, ascii_only: bool) -> None:
    """Choose how every scroll bar is drawn; a stylesheet cannot. The renderer belongs to all apps of the process."""
    ScrollBar.renderer = _AsciiScrollBar if ascii_only else ScrollBarRender


class ViewWithScrollBar(ScrollView):
    """A view whose vertical scroll bar is of a class of our own; a stylesheet cannot choose one.

    A bar that comes after the view was scrolled stands where the view is: Textual tells it only while it shows.
    """

    SCROLL_BAR: ClassVar[type[ScrollBar]] = ScrollBar

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        if self._vertical_scrollbar is None:
            scroll_bar = self.SCROLL_BAR(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar = scroll_bar
            scroll_bar.display = False
            self.app._start_widget(self, scroll_bar)
        return self._vertical_scrollbar

    def watch_show_vertical_scrollbar(self, shown: bool) -> None:
        if shown:
            self.vertical_scrollbar.position = self.scroll_y


class AppWithLastWords(App[ReturnType]):
    """An app that ends with a sentence where Textual would print a traceback with local variables.

    Neither is there a public hook for an error that nobody has handled, nor does `panic` keep it from being printed.
    """

    def last_words(self, error: BaseException) -> str:
        """What a person reads about an error that ends the app."""
        raise NotImplementedError

    def _fatal_error(self) -> None:
        error = self._exception or sys.exc_info()[1] or RuntimeError()
        words = self.last_words(error.error if isinstance(error, WorkerFailed) else error)
        self._exit_renderables.append(Text(words))
        self._close_messages_no_wait()
