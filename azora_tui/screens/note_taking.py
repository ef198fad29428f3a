"""Notes in a lesson: choosing a paragraph, writing on it, and the signs beside those that have one."""

import json
from dataclasses import asdict
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from azora_tui.errors import AzoraError
from azora_tui.lms import notes
from azora_tui.models.notes import Note, PlacedNote
from azora_tui.screens.note_dialog import Keep, NoteDialog
from azora_tui.screens.reading_page import ReadingPage
from azora_tui.widgets.plain import plain
from azora_tui.widgets.reader import ChosenParagraph, MarkdownReader, Position
from azora_tui.wording.numbers import counted


class NoteKeys(Vertical):
    """Stands around a reader. While a paragraph is being chosen in it, these keys come before all others."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,w", "screen.write", "write a note", priority=True, id="lesson.write"),
        Binding("space", "screen.bookmark", "bookmark", priority=True, id="lesson.bookmark"),
        Binding("down,j", "screen.choose(1)", "next paragraph", priority=True, show=False, id="lesson.choose_next"),
        Binding(
            "up,k", "screen.choose(-1)", "paragraph before", priority=True, show=False, id="lesson.choose_previous"
        ),
        Binding("escape", "screen.stop_choosing", "leave it", priority=True, id="lesson.stop_choosing"),
        Binding("v", "screen.others", "left here", priority=True, id="lesson.others"),
    ]


class NoteTaking(ReadingPage):
    """A reader in `NoteKeys`, and a line for notes that lost their paragraph (`#gone`)."""

    _CHOOSING = ("write", "bookmark", "choose", "stop_choosing")

    _notes: tuple[PlacedNote, ...] = ()

    def say(self, sentence: str) -> None:
        """Show a sentence in the line under the text."""
        raise NotImplementedError

    @on(MarkdownReader.Loaded)
    def _show_notes_at_last(self) -> None:
        self._show_notes()

    def on_screen_resume(self) -> None:
        self.load_notes()

    @work(exclusive=True, group="aside-notes")
    async def load_notes(self) -> None:
        """Read the learner's notes on the open lesson, and show where they are."""
        if self.lesson_here is None:
            return
        try:
            self._notes = await self.ask(notes.of_lesson, self.lesson_here[0])
        except AzoraError as error:
            self.tell(f"Your notes on this lesson could not be read. {error}", failed=True)
        else:
            self._show_notes()

    def _show_notes(self) -> None:
        bookmarks_first = sorted(self._notes, key=lambda each: each.note.text is not None)
        self._reader.sign_paragraphs(
            {
                place: self.glyphs.note if each.note.text else self.glyphs.bookmark
                for each in bookmarks_first
                if (place := kept_position(each.position))
            }
        )
        gone = sum(each.position is None for each in self._notes)
        line = self.query_one("#gone", Static)
        line.display = bool(gone)
        kept = "It is kept; W shows it." if gone == 1 else "They are kept; W shows them."
        line.update(plain(f"{self.glyphs.note} {counted(gone, 'note')} whose paragraph is gone. {kept}"))

    def action_choose_paragraph(self) -> None:
        if self._reader.begin_choosing():
            self._reader.focus()
            self.say("Choose with the arrows. enter writes a note, space sets a bookmark.")

    def action_choose(self, step: int) -> None:
        self._reader.choose(step)

    def action_stop_choosing(self) -> None:
        self._reader.end_choosing()
        self.say("")

    @work(exclusive=True, group="note")
    async def action_write(self) -> None:
        paragraph, lesson = self._reader.chosen, self.lesson_here
        if paragraph is None or lesson is None:
            return
        note = self._note_on(paragraph)
        keep: Keep = partial(self._change, note.id) if note else partial(self._write, lesson[0], paragraph)
        kept = await self.app.push_screen_wait(NoteDialog(paragraph.text, (note and note.text) or "", keep))
        if kept is not None:
            self._reader.end_choosing()
            self.say(
                f"{self.glyphs.done} Your {'note' if kept.text else 'bookmark'} is kept. W lists what you wrote here."
            )

    @work(exclusive=True, group="note")
    async def action_bookmark(self) -> None:
        """Set a bookmark; where there is one, take it away."""
        paragraph, lesson = self._reader.chosen, self.lesson_here
        if paragraph is None or lesson is None:
            return
        note = self._note_on(paragraph)
        if note is not None and note.text:
            self.say("You wrote a note on this paragraph; that keeps the place. enter opens it.")
            return
        try:
            if note is None:
                await self._write(lesson[0], paragraph, None)
                said = f"{self.glyphs.done} The bookmark is set. space takes it away, W lists what you wrote here."
            else:
                await self.ask(notes.delete, note.id)
                said = "The bookmark is taken away. space sets it again."
        except AzoraError as error:
            self.tell(str(error), failed=True)
            return
        self.load_notes()
        self.say(said)

    async def _write(self, lesson_id: int, paragraph: ChosenParagraph, text: str | None) -> Note:
        return await self.ask(
            notes.write,
            lesson_id,
            digest=paragraph.position.digest,
            quote=paragraph.text,
            position=json.dumps(asdict(paragraph.position)),
            text=text,
        )

    async def _change(self, note_id: int, text: str) -> Note:
        return await self.ask(notes.change, note_id, text=text)

    def _note_on(self, paragraph: ChosenParagraph) -> Note | None:
        """What the learner has on a paragraph; a note rather than a bookmark."""
        here = [
            each.note
            for each in self._notes
            if (place := kept_position(each.position)) and _same_paragraph(place, paragraph.position)
        ]
        return next((note for note in here if note.text), here[0] if here else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in self._CHOOSING:
            return self.is_mounted and self._reader.has_focus and self._reader.chosen is not None
        if action == "choose_paragraph":
            return self.lesson_here is not None and self._reader.chosen is None
        return super().check_action(action, parameters)


def kept_position(kept: str | None) -> Position | None:
    """The kept place, or None where none is kept or an older version wrote it otherwise."""
    if kept is None:
        return None
    try:
        position = Position(**json.loads(kept))
    except (ValueError, TypeError):
        return None
    return position if all(type(value) is int for value in asdict(position).values()) else None


def _same_paragraph(one: Position, other: Position) -> bool:
    return (one.line, one.digest) == (other.line, other.digest)
