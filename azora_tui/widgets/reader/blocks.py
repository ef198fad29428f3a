"""What the reader lays out: a lesson as a flat list of blocks, each knowing what it stands in."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from azora_tui.formats.markdown import Document


class BlockKind(Enum):
    """How a block is laid out."""

    TEXT = "text"
    HEADING = "heading"
    CODE = "code"
    TABLE = "table"
    RULE = "rule"
    PART = "part"
    """The row that opens and closes a part: a solution, or the answers of a quiz."""


class Marker(Enum):
    """What stands before an item."""

    BULLET = "bullet"
    OPEN_TASK = "open_task"
    DONE_TASK = "done_task"
    OPTION = "option"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Frame:
    """Something that a block stands in and that takes cells on its left.

    `style` names the component class of its bar, "" for an item, which has a `marker` in place of a bar. `marker`
    is `None` but in the first block of the item. `key` tells two frames of the same look apart.
    """

    key: int
    width: int
    style: str = ""
    marker: Marker | None = None
    words: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Cells hold inline Markdown; `alignments` are "left", "center" or "right", one a column."""

    alignments: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A leaf of the lesson. `text` is inline Markdown, or code as it is.

    `line` and `root` are source lines from 0: its own, and that of the block at the top level it belongs to.
    `space` is how many empty rows stand above it. `parts` are the parts it lies in, outermost first.
    """

    kind: BlockKind
    text: str
    line: int
    root: int
    frames: tuple[Frame, ...] = ()
    space: int = 1
    style: str = ""
    level: int = 0
    language: str = ""
    parts: tuple[int, ...] = ()
    part: int = -1
    table: Table | None = None
    back: str = ""

    @property
    def digest(self) -> int:
        """A short fingerprint of the text, to find the block again after the source was edited."""
        return zlib.crc32(self.text.encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the contents: `level` 1 to 6, its words without formatting, the name of its anchor."""

    level: int
    text: str
    anchor: str
    block: int


@dataclass(frozen=True, slots=True)
class Article:
    """A lesson, ready to be laid out.

    `anchors` lead from the names in `#name` links to blocks, `notes` from footnote labels to their numbers.
    `quizzes` tells how many questions each quiz asks, and `tasks` which task it is, by the block that it begins with.
    """

    blocks: Sequence[Block]
    headings: Sequence[Heading]
    anchors: Mapping[str, int]
    notes: Mapping[str, int]
    document: Document = field(default_factory=lambda: Document(()))
    quizzes: Mapping[int, int] = field(default_factory=dict)
    tasks: Mapping[int, str] = field(default_factory=dict)
