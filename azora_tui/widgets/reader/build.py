"""From markdown-it's tokens to the blocks of an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from markdown_it.token import Token

from azora_tui.formats.markdown import (
    Attributes,
    Document,
    closing,
    give_way,
    parse,
    parse_inline,
    plain_text,
    split_attributes,
    split_task,
)
from azora_tui.formats.quiz import read_questions
from azora_tui.models.quizzes import Question
from azora_tui.text import clean
from azora_tui.widgets.reader.blocks import Article, Block, BlockKind, Frame, Heading, Marker, Table

# What a div is called where it has no heading of its own, and the component class of its bar.
_CALLOUTS: Final[Mapping[str, tuple[str, str]]] = {
    "callout": ("Note", "callout"),
    "note": ("Note", "callout"),
    "tip": ("Tip", "callout"),
    "checklist": ("Checklist", "callout"),
    "keypoints": ("Key points", "callout"),
    "objectives": ("Objectives", "callout"),
    "prereq": ("Before you begin", "callout"),
    "questions": ("Questions", "callout"),
    "testimonial": ("Testimonial", "callout"),
    "discussion": ("Discussion", "challenge"),
    "challenge": ("Challenge", "challenge"),
    "exercise": ("Exercise", "challenge"),
    "caution": ("Caution", "caution"),
    "warning": ("Warning", "caution"),
}
_PARTS: Final[Mapping[str, str]] = {"solution": "Solution", "hint": "Hint", "spoiler": "More"}
_HIDDEN: Final = frozenset({"card", "instructor"})
_ASKED: Final = frozenset({"quiz", "task"})
# These say what they are even where they have a title.
_NAMED_ABOVE_TITLE: Final = frozenset({"challenge", "exercise", "discussion", "caution", "warning"})

TaskNotes = Mapping[str, str]
"""Inline Markdown by the ids of tasks."""
NO_NOTES: Final[TaskNotes] = {}

_QUOTED_BLANK = re.compile(r"[ \t>]*")
_NO_ANCHOR = re.compile(r"[^\w\- ]")
_MARK = re.compile(r"\[\^([^\]\s]+)\]")


def build(
    document: Document,
    source: str,
    notes: Mapping[str, int],
    first_line: int = 0,
    *,
    quiz_note: str | None = None,
    task_notes: TaskNotes = NO_NOTES,
) -> Article:
    """Lay the tokens of `document` out as blocks; `source` is what was parsed, and began at `first_line`.

    With a `quiz_note`, inline Markdown, a quiz is one line with that note; without, its questions and answers. A task
    has its note, by its id, in the line above it.
    """
    return _Builder(document, source, notes, first_line, quiz_note=quiz_note, task_notes=task_notes).build()


def quiz_line(questions: int, note: str) -> str:
    """What stands in the place of a quiz, as inline Markdown."""
    return f"**Quiz: {questions} question{'s' if questions > 1 else ''}** {note}"


def task_line(note: str) -> str:
    """What stands above a task, as inline Markdown."""
    return f"**Task** {note}".rstrip()


class _Builder:
    def __init__(
        self,
        document: Document,
        source: str,
        notes: Mapping[str, int],
        first_line: int,
        *,
        quiz_note: str | None,
        task_notes: TaskNotes,
    ) -> None:
        self.document = document
        self.tokens = document.tokens
        self.notes = notes
        self.first_line = first_line
        self.quiz_note = quiz_note
        self.task_notes = task_notes
        self.quizzes: dict[int, int] = {}
        self.tasks: dict[int, str] = {}
        self.source_lines = source.split("\n")
        self.blocks: list[Block] = []
        self.headings: list[Heading] = []
        self.anchors: dict[str, int] = {}
        self.note_blocks: dict[str, list[Block]] = {}
        self.frames: list[Frame] = []
        self.parts: list[int] = []
        self.lists: list[tuple[int | None, int]] = []  # the next number, if it is numbered, and its width
        self.keys = count()
        self.part_numbers = count()
        self.root = 0
        self.line = 0
        self.in_note = False
        self.repeated: Counter[str] = Counter()

    def build(self) -> Article:
        self.walk(0, len(self.tokens))
        notes = sorted(self.note_blocks, key=lambda label: self.notes.get(label, 0))
        for place, label in enumerate(notes):
            if place == 0:
                self.blocks.append(Block(BlockKind.RULE, "", self.line, self.root, space=2, style="notes"))
            self.anchors[f"note:{label}"] = len(self.blocks)
            self.blocks.extend(self.note_blocks[label])
        # The tokens have served: a megabyte of Markdown makes hundreds of thousands, which slow the collector down.
        document = Document((), self.document.environment)
        return Article(self.blocks, self.headings, self.anchors, self.notes, document, self.quizzes, self.tasks)

    def walk(self, start: int, end: int) -> None:
        """Add the blocks of the tokens from `start` to before `end`."""
        index = start
        while index < end:
            give_way()
            token = self.tokens[index]
            if token.map:
                self.line = token.map[0]
                if token.level == 0:
                    self.root = self.first_line + self.line
            index = self.enter(token, index)

    def enter(self, token: Token, index: int) -> int:
        """Add what begins with `token`; return the index of the next token to look at."""
        kind = token.type
        if kind == "inline":
            self.paragraph(token, self.tokens[index - 1])
        elif kind in ("fence", "code_block"):
            self.code(token.content, token.info)
        elif kind == "hr":
            self.add(BlockKind.RULE, "")
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self.open_list(token, index)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif kind == "list_item_open":
            self.open_item(index)
        elif kind == "blockquote_open":
            self.frames.append(Frame(next(self.keys), 2, "quote"))
        elif kind in ("list_item_close", "blockquote_close"):
            self.close_frame()
        elif kind in ("table_open", "div_open", "footnote_reference_open"):
            close = closing(self.tokens, index)
            if kind == "table_open":
                self.table(index, close)
            elif kind == "div_open":
                self.div(token, index, close)
            else:
                self.note(token.meta["label"], index, close)
            return close + 1
        return index + 1

    def add(self, kind: BlockKind, text: str, *, space: int | None = None, style: str = "", level: int = 0,
            language: str = "", part: int = -1, table: Table | None = None) -> None:  # fmt: skip
        if kind is BlockKind.TEXT and "[^" in text and not self.in_note:
            for label in _MARK.findall(text):
                self.anchors.setdefault(f"mark:{label}", len(self.blocks))
        block = Block(kind, text, self.first_line + self.line, self.root, tuple(self.frames),
                      self.space(kind) if space is None else space, style, level, language,
                      tuple(self.parts), part, table)  # fmt: skip
        self.blocks.append(block)
        for place, frame in enumerate(self.frames):
            if frame.marker:
                self.frames[place] = Frame(frame.key, frame.width, frame.style)

    def space(self, kind: BlockKind) -> int:
        """Empty rows above the next block. In lists they are as in the source, where they mean something."""
        if not self.blocks:
            return 0
        in_item = any(not frame.style for frame in self.frames)
        if not in_item or kind in (BlockKind.CODE, BlockKind.TABLE):
            return 1
        last = self.blocks[-1]
        if not any(not frame.style for frame in last.frames):
            return 1
        above = self.source_lines[self.line - 1] if 0 < self.line <= len(self.source_lines) else ""
        return int(last.kind in (BlockKind.CODE, BlockKind.TABLE) or _QUOTED_BLANK.fullmatch(above) is not None)

    def paragraph(self, token: Token, opening: Token) -> None:
        text = token.content
        if opening.type == "heading_open":
            self.heading(text, int(opening.tag[1:]))
            return
        if text.startswith("+--"):
            # Pandoc's grid tables are drawn already.
            self.code(text, "")
            return
        if self.frames and self.frames[-1].marker is Marker.BULLET:
            done, text = split_task(text)
            if done is not None:
                frame = self.frames[-1]
                marker = Marker.DONE_TASK if done else Marker.OPEN_TASK
                self.frames[-1] = Frame(frame.key, frame.width, "", marker)
        self.add(BlockKind.TEXT, text)

    def heading(self, source: str, level: int) -> None:
        text, attributes = split_attributes(source)
        words = clean(plain_text(parse_inline(text, self.document)), keep_newlines=False)
        in_contents = not any(frame.style for frame in self.frames) and not self.in_note
        if in_contents:
            anchor = self.anchor(attributes.id, words)
            self.headings.append(Heading(level, words, anchor, len(self.blocks)))
        in_item = any(not frame.style for frame in self.frames)
        wide = in_contents and not in_item and level <= 2
        self.add(
            BlockKind.HEADING, text, space=2 if wide and self.blocks else None, style=f"h{min(level, 4)}", level=level
        )

    def anchor(self, given: str, words: str) -> str:
        """Name the next block as the forges do; return the name."""
        name = given or "-".join(_NO_ANCHOR.sub("", words.strip().lower()).split(" "))
        free = name
        while free in self.anchors:
            self.repeated[name] += 1
            free = f"{name}-{self.repeated[name]}"
        self.anchors[free] = len(self.blocks)
        return free

    def code(self, code: str, info: str) -> None:
        words = info.strip().split(maxsplit=1)
        language = words[0].strip("{}.").partition(",")[0] if words else ""
        self.add(BlockKind.CODE, code.rstrip("\n").expandtabs(4), language=clean(language, keep_newlines=False))

    def table(self, start: int, close: int) -> None:
        rows: list[tuple[str, ...]] = []
        alignments: list[str] = []
        cells: list[str] = []
        for index in range(start, close):
            token = self.tokens[index]
            if token.type == "th_open":
                alignments.append(str(token.attrs.get("style", "")).removeprefix("text-align:") or "left")
            elif token.type == "inline":
                cells.append(token.content)
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        self.add(
            BlockKind.TABLE, "\n".join("\t".join(row) for row in rows), table=Table(tuple(alignments), tuple(rows))
        )

    def open_list(self, token: Token, index: int) -> None:
        if token.type == "bullet_list_open":
            self.lists.append((None, 2))
            return
        close = closing(self.tokens, index)
        items = sum(t.type == "list_item_open" and t.level == token.level + 1 for t in self.tokens[index:close])
        first = int(token.attrs.get("start", 1))
        self.lists.append((first, len(str(first + max(items - 1, 0))) + 2))

    def open_item(self, index: int) -> None:
        number, width = self.lists[-1]
        if number is None:
            depth = sum(earlier is None for earlier, _ in self.lists) - 1
            self.frames.append(Frame(next(self.keys), width, "", Marker.BULLET, depth=depth))
        else:
            self.lists[-1] = (number + 1, width)
            self.frames.append(Frame(next(self.keys), width, "", Marker.WORDS, f"{number}."))
        if self.tokens[index + 1].type == "list_item_close":
            self.add(BlockKind.TEXT, "")

    def close_frame(self) -> None:
        self.frames.pop()

    def div(self, token: Token, start: int, close: int) -> None:
        attributes = token.meta["attributes"]
        assert isinstance(attributes, Attributes)
        names = attributes.names
        if not _HIDDEN.isdisjoint(names):
            return
        if attributes.id:
            self.anchors.setdefault(attributes.id, len(self.blocks))
        name = next((name for name in names if name in _CALLOUTS or name in _PARTS or name in _ASKED), "")
        if name == "quiz":
            self.quiz(start, close)
        elif name == "task":
            self.task(attributes, start, close)
        elif name in _PARTS:
            title, inside = self.title(start + 1)
            with_style = "challenge" if self.frames and self.frames[-1].style == "challenge" else "callout"
            self.part(title or _PARTS[name], with_style)
            self.walk(inside, close)
            self.parts.pop()
            self.frames.pop()
        elif name:
            self.callout(name, start, close)
        else:
            self.walk(start + 1, close)

    def title(self, index: int) -> tuple[str, int]:
        """The heading with which a div begins, and the index of the token after it."""
        if index + 2 < len(self.tokens) and self.tokens[index].type == "heading_open":
            return split_attributes(self.tokens[index + 1].content)[0], index + 3
        return "", index

    def callout(self, name: str, start: int, close: int) -> None:
        label, style = _CALLOUTS[name]
        title, inside = self.title(start + 1)
        self.frames.append(Frame(next(self.keys), 2, style))
        above = not title or name in _NAMED_ABOVE_TITLE
        if above:
            self.add(BlockKind.TEXT, label, space=1 if self.blocks else 0, style=style)
        if title:
            self.add(
                BlockKind.TEXT, title, space=0 if above else int(bool(self.blocks)), style="title" if above else style
            )
        self.walk(inside, close)
        self.close_frame()

    def part(self, label: str, style: str) -> None:
        """Begin a part that stays closed until it is opened."""
        part = next(self.part_numbers)
        self.add(BlockKind.PART, label, space=1 if self.blocks else 0, style=style, part=part)
        self.parts.append(part)
        self.frames.append(Frame(next(self.keys), 2, "part"))

    def note(self, label: str, start: int, close: int) -> None:
        """Put the footnote aside for the end; one that nothing refers to is not shown."""
        if label not in self.notes or label in self.note_blocks:
            return
        self.in_note = True
        outside = (self.blocks, self.frames, self.parts, self.lists)
        words = f"[{self.notes[label]}]"
        self.blocks, self.parts, self.lists = [], [], []
        self.frames = [Frame(next(self.keys), len(words) + 1, "", Marker.WORDS, words)]
        self.walk(start + 1, close)
        if not self.blocks:
            self.add(BlockKind.TEXT, "")
        self.blocks[-1] = replace(self.blocks[-1], back=label)
        self.note_blocks[label] = self.blocks
        self.blocks, self.frames, self.parts, self.lists = outside
        self.in_note = False

    def quiz(self, start: int, close: int) -> None:
        """Show that there is a quiz, or, without a `quiz_note`, the quiz itself as it stands on paper."""
        questions = read_questions(self.tokens[start + 1 : close], self.source_lines)
        if not questions:
            return
        self.quizzes[len(self.blocks)] = len(questions)
        self.frames.append(Frame(next(self.keys), 2, "challenge"))
        if self.quiz_note is None:
            self.add(BlockKind.TEXT, "Check yourself", space=1 if self.blocks else 0, style="challenge")
            self.ask(questions)
            self.part("Answers", "challenge")
            self.tell(questions)
            self.parts.pop()
            self.frames.pop()
        else:
            self.add(BlockKind.TEXT, quiz_line(len(questions), self.quiz_note), space=1 if self.blocks else 0)
        self.close_frame()

    def task(self, attributes: Attributes, start: int, close: int) -> None:
        """Show what is to be done, with how one stands with it above."""
        self.frames.append(Frame(next(self.keys), 2, "challenge"))
        self.tasks[len(self.blocks)] = attributes.id
        note = self.task_notes.get(attributes.id, "(optional)" if "optional" in attributes.names else "")
        self.add(BlockKind.TEXT, task_line(note), space=1 if self.blocks else 0)
        title, inside = self.title(start + 1)
        if title:
            self.add(BlockKind.TEXT, title, space=0, style="title")
        self.walk(inside, close)
        self.close_frame()

    def ask(self, questions: Sequence[Question]) -> None:
        for number, question in enumerate(questions, 1):
            leaves = [each for each in parse(question.prompt).tokens if each.type in ("inline", "fence", "code_block")]
            first = leaves.pop(0).content if leaves and leaves[0].type == "inline" else ""
            self.item(Marker.WORDS, f"{number}.", first)
            for leaf in leaves:
                if leaf.type == "inline":
                    self.add(BlockKind.TEXT, leaf.content)
                else:
                    self.code(leaf.content, leaf.info)
            if question.hint:
                self.add(BlockKind.TEXT, f"Hint: {question.hint}", space=1, style="muted")
            for place, option in enumerate(question.options):
                self.item(Marker.OPTION, "", option.text, space=int(not place))
                self.close_frame()
            self.close_frame()

    def tell(self, questions: Sequence[Question]) -> None:
        """The right answers with their feedback."""
        for number, question in enumerate(questions, 1):
            right = [(option.text, option.feedback) for option in question.options if option.correct]
            (first, feedback), *others = right or [(question.right_words, "")]
            self.item(Marker.WORDS, f"{number}.", first)
            self.muted(feedback)
            for text, feedback in others:
                self.add(BlockKind.TEXT, text, space=0)
                self.muted(feedback)
            self.muted(question.feedback)
            self.close_frame()

    def muted(self, text: str) -> None:
        if text:
            self.add(BlockKind.TEXT, text, space=0, style="muted")

    def item(self, marker: Marker, words: str, text: str, space: int = 1) -> None:
        """Add the first block of an item and leave its frame open."""
        self.frames.append(Frame(next(self.keys), max(2, len(words) + 1), "", marker, words))
        self.add(BlockKind.TEXT, text, space=space)
