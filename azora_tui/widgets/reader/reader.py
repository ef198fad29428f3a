"""The widget: an article, and what keys and mouse do with it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import ClassVar
from urllib.parse import unquote

from textual import events
from textual.binding import BindingType
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from azora_tui.text import clean, fold
from azora_tui.widgets.reader.blocks import BlockKind
from azora_tui.widgets.reader.build import TaskNotes, quiz_line, task_line
from azora_tui.widgets.reader.choosing_view import ChoosingView
from azora_tui.widgets.reader.find import Hit, spans
from azora_tui.widgets.reader.keys import READER_BINDINGS
from azora_tui.widgets.reader.messages import ReaderMessage
from azora_tui.widgets.reader.paint import Mark, link_at
from azora_tui.widgets.reader.rows import PART, SIDE
from azora_tui.widgets.reader.styles import COMPONENT_CLASSES, DEFAULT_CSS
from azora_tui.widgets.reader.view import Place

_OPENS_QUIZ = re.compile(r"^ {0,3}:{3,} .{0,200}\bquiz\b", re.MULTILINE)
_LAST = 1 << 30
_SIDEWAYS = 8
"""Cells by which a wide table moves at a time."""


class MarkdownReader(ChoosingView):
    """Shows a lesson in Markdown.

    Whatever the source says is text. Links are only reported: what becomes of one is the app's to decide.
    """

    ALLOW_SELECT = True
    BINDINGS: ClassVar[list[BindingType]] = list(READER_BINDINGS)
    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENT_CLASSES
    DEFAULT_CSS = DEFAULT_CSS

    class LinkActivated(ReaderMessage, namespace="markdown_reader"):
        """A person chose a link: `href` begins with http:, https: or mailto:. Ask before opening it."""

        def __init__(self, reader: Widget, href: str) -> None:
            super().__init__(reader)
            self.href = href

    class CodeCopyRequested(ReaderMessage, namespace="markdown_reader"):
        """A person asked for the code in view. `language` may be ""."""

        def __init__(self, reader: Widget, code: str, language: str) -> None:
            super().__init__(reader)
            self.code = code
            self.language = language

    _hits: tuple[Hit, ...] = ()
    _hit = -1

    # Quizzes

    @property
    def questions(self) -> int:
        """How many questions the quizzes of the document ask, as far as it is read."""
        return sum(self._view.article.quizzes.values())

    @property
    def asks(self) -> bool:
        """Whether the document has a quiz; while it is being read, whether it looks as if it had one."""
        return self.questions > 0 or (not self._is_whole and _OPENS_QUIZ.search(self._source) is not None)

    def set_quiz_note(self, note: str) -> None:
        """Change the note on each line that stands for a quiz, under the eyes of the person who reads it."""
        if self._quiz_note in (None, note):
            return
        self._finish_reading()
        self._quiz_note = note
        article = self._view.article
        blocks = list(article.blocks)
        for place, questions in article.quizzes.items():
            blocks[place] = replace(blocks[place], text=quiz_line(questions, note))
        self._show(replace(article, blocks=blocks), self._anchor)

    # Tasks

    @property
    def task_in_view(self) -> str:
        """The id of the first task that begins in what is shown, else of the last above it; "" without any."""
        shown = set(self._view.blocks_between(self._top, self._top + self._height))
        ids = {place: each for place, each in self._view.article.tasks.items() if each}
        in_view = [each for place, each in ids.items() if place in shown]
        above = [each for place, each in ids.items() if place < min(shown, default=0)]
        return in_view[0] if in_view else above[-1] if above else next(iter(ids.values()), "")

    def set_task_notes(self, notes: TaskNotes) -> None:
        """Change the note above each task, under the eyes of the person who reads it."""
        if self._task_notes == notes:
            return
        self._finish_reading()
        self._task_notes = notes
        article = self._view.article
        blocks = list(article.blocks)
        for place, task_id in article.tasks.items():
            blocks[place] = replace(blocks[place], text=task_line(notes.get(task_id, "")))
        self._show(replace(article, blocks=blocks), self._anchor)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key go on to the screen where it has nothing to act on here."""
        match action:
            case "activate_link":
                return self._painter.focused is not None
            case "toggle_part":
                return BlockKind.PART in self._kinds_in_view() or self._part_around() is not None
            case "copy_code":
                return BlockKind.CODE in self._kinds_in_view()
            case "scroll_sideways":
                return "wide" in self._kinds_in_view()
        return True

    def action_scroll_rows(self, rows: int) -> None:
        """Scroll by rows, down if positive."""
        if self._top + rows > self.max_scroll_y - self._height:
            self._lengthen_head()
        self._lay_out_near()
        self.scroll_to(y=self._top + rows, animate=False, force=True)

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by pages that share two rows, down if positive."""
        self.action_scroll_rows(pages * max(1, self._height - 2))

    def action_scroll_home(self) -> None:
        """Go to the beginning."""
        self._go_to(Place(0, -1))

    def action_scroll_end(self) -> None:
        """Go to the end."""
        self._finish_reading()
        self._go_to_end()

    def action_scroll_sideways(self, steps: int) -> None:
        """Scroll the first wide block in view, to the right if positive."""
        block = self._first_in_view(lambda block: self._view.layout(block).wide > 0)
        if block is not None:
            self._scroll_sideways(block, steps)

    def _scroll_sideways(self, block: int, steps: int) -> None:
        view = self._view
        view.sideways[block] = view.farthest(block, view.sideways.get(block, 0) + steps * _SIDEWAYS)
        view.forget(block)
        self._repaint()

    def action_copy_code(self) -> None:
        """Ask the app to copy the first code in view."""
        block = self._first_in_view(lambda block: self._view.blocks[block].kind is BlockKind.CODE)
        if block is not None:
            code = self._view.blocks[block]
            self.post_message(self.CodeCopyRequested(self, code.text + "\n", code.language))

    def _repaint(self) -> None:
        self._painter.forget()
        self.refresh()

    # Parts

    def action_toggle_part(self) -> None:
        """Open or close the first part in view, or the one that the page is inside of."""
        block = self._first_in_view(lambda block: self._view.blocks[block].kind is BlockKind.PART)
        part = self._view.blocks[block].part if block is not None else self._part_around()
        if part is not None:
            self._toggle(part)

    def _part_around(self) -> int | None:
        """The innermost open part that the top of the page lies in."""
        blocks = self._view.blocks
        parts = blocks[self._anchor.block].parts if self._anchor.block < len(blocks) else ()
        return parts[-1] if parts else None

    def _toggle(self, part: int) -> None:
        self._focus(None)
        self._view.toggle(part)
        self._painter.forget()
        self._restore()
        self._anchor = self._view.place(self._top)

    # Links

    def action_focus_link(self, step: int) -> None:
        """Go to the next link or part (-1: the previous), and past the last to the next widget."""
        found = self._next_target(step)
        self._focus(found)
        if found is not None:
            self._show_row(self._view.row_of_link(*found))
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def _next_target(self, step: int) -> tuple[int, int] | None:
        view, top = self._view, self._top
        bottom = top + self._height
        focused = self._painter.focused
        if focused and not top <= view.row_of_link(*focused) < bottom:
            focused = None
        if focused:
            block, link = focused
        elif step > 0:
            block, link = view.flow.block_at(top), -1
        else:
            block, link = view.flow.block_at(bottom - 1), _LAST
        while 0 <= block < len(view.blocks):
            targets = [n for n in view.targets(block) if (n - link) * step > 0]
            for target in targets if step > 0 else reversed(targets):
                row = view.row_of_link(block, target)
                if focused or (row >= top if step > 0 else row < bottom):
                    return block, target
            block += step
            link = -1 if step > 0 else _LAST
        return None

    def _focus(self, target: tuple[int, int] | None) -> None:
        if self._painter.focused != target:
            self._painter.focused = target
            self._repaint()
            self.refresh_bindings()

    def action_activate_link(self) -> None:
        """Follow the link, or open the part, that has the focus."""
        if self._painter.focused is not None:
            self._activate(*self._painter.focused)

    def _activate(self, block: int, link: int) -> None:
        links = self._view.layout(block).links
        if link >= len(links):
            return
        href = links[link]
        if href.startswith(PART):
            self._toggle(int(href.removeprefix(PART)))
            self._focus((block, link))
        elif href.startswith(SIDE):
            self._scroll_sideways(block, int(href.removeprefix(SIDE)))
        elif href.startswith("#"):
            self._jump(href[1:])
        else:
            self.post_message(self.LinkActivated(self, href))

    def _jump(self, anchor: str) -> None:
        """Go to an anchor; from a footnote's mark to the note and back, with the focus on the way back."""
        self._finish_reading()
        anchors = self._view.article.anchors
        block = anchors.get(anchor, anchors.get(clean(unquote(anchor)).lower()))
        if block is None:
            return
        self._go_to(Place(block, 0))
        kind, _, label = anchor.partition(":")
        back = {"note": f"#mark:{label}", "mark": f"#note:{label}"}.get(kind)
        links = self._view.layout(block).links
        self._focus((block, links.index(back)) if back in links else None)
        if back in links:
            self._show_row(self._view.row_of_link(block, links.index(back)))

    def on_click(self, event: events.Click) -> None:
        """Follow the link under the pointer, unless the person is choosing a paragraph with it."""
        if self._painter.chosen is not None:
            return
        margin = max(0, (self.size.width - self._view.width) // 2)
        target = link_at(self._view, self._top + event.y, event.x - margin)
        if target is not None:
            event.stop()
            self._activate(*target)

    # Find

    @property
    def hits(self) -> int:
        """How often the text that was looked for last is there."""
        return len(self._hits)

    @property
    def hit_index(self) -> int:
        """The hit that was gone to last, counted from 0; -1 if none was."""
        return self._hit

    def find(self, text: str) -> int:
        """Highlight `text` wherever it stands, whatever its case and diacritics; return how often that is."""
        self._finish_reading()
        query = fold(" ".join(clean(text, keep_newlines=False).split()))
        self._hits = tuple(
            Hit(index, start, end)
            for index in range(len(self._view.blocks))
            for start, end in spans(self._view.text(index), query)
        )
        self._hit = -1
        self._mark_hits()
        return len(self._hits)

    def find_next(self) -> int:
        """Go to the next hit, after the last to the first. Return its index, -1 if there are none."""
        return self._find_from(1)

    def find_previous(self) -> int:
        """Go to the previous hit, before the first to the last. Return its index, -1 if there are none."""
        return self._find_from(-1)

    def clear_find(self) -> None:
        """Take the highlights away."""
        self._hits, self._hit = (), -1
        self._mark_hits()

    def _find_from(self, step: int) -> int:
        if not self._hits:
            return -1
        if self._hit >= 0:
            self._hit = (self._hit + step) % len(self._hits)
        else:
            here = self._anchor
            after = next((n for n, hit in enumerate(self._hits) if (hit.block, hit.start) >= here), 0)
            self._hit = after if step > 0 else (after - 1) % len(self._hits)
        hit = self._hits[self._hit]
        self._mark_hits()
        self._open_parts_of(hit.block)
        self._show_row(self._view.row_of(Place(hit.block, hit.start)))
        return self._hit

    def _mark_hits(self) -> None:
        marks: defaultdict[int, list[Mark]] = defaultdict(list)
        for number, hit in enumerate(self._hits):
            marks[hit.block].append(Mark(hit.start, hit.end, "hit-current" if number == self._hit else "hit"))
        self._painter.marks = marks
        self._repaint()

    def _forget_document(self) -> None:
        super()._forget_document()
        self._hits, self._hit = (), -1

    # Selecting with the mouse

    def render_line(self, y: int) -> Strip:
        """Draw one row of what is in view, and what is selected in it."""
        row = self._top + y
        strip = super().render_line(y)
        if (selection := self.text_selection) is not None and (span := selection.get_span(row)) is not None:
            start, end = span[0], strip.cell_length if span[1] < 0 else span[1]
            style = self.screen.get_component_rich_style("screen--selection")
            before, chosen, after = strip.crop(0, start), strip.crop(start, end), strip.crop(end)
            strip = Strip.join([before, chosen.apply_style(style), after])
        return strip

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that is selected, without the margin."""
        rows = range(self._view.flow.rows)
        first = selection.start.y if selection.start else 0
        last = selection.end.y + 1 if selection.end else len(rows)
        lines = [self._painter.strip(self._view, row, self.size.width).text for row in rows[first:last]]
        return Selection(
            selection.start and selection.start - (0, first), selection.end and selection.end - (0, first)
        ).extract("\n".join(lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected now."""
        self.refresh()
