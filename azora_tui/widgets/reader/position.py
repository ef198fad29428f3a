"""Where a person is in a lesson, as it is remembered between two visits."""

from __future__ import annotations

from dataclasses import dataclass

from azora_tui.widgets.reader.blocks import Article
from azora_tui.widgets.reader.view import Place


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a lesson that survives another width and, as well as can be, an edited source.

    `block` counts from 0, `offset` characters in its text (-n: n rows above it), `line` is the source line, from
    0, of the block at the top level that it belongs to, `digest` the fingerprint of its text.
    """

    block: int = 0
    offset: int = -1
    line: int = 0
    digest: int = 0


def position_of(place: Place, article: Article) -> Position:
    """Describe a place so that it can be found again."""
    if place.block >= len(article.blocks):
        return Position()
    block = article.blocks[place.block]
    return Position(place.block, place.offset, block.root, block.digest)


def find_position(position: Position, article: Article) -> Place | None:
    """Find the same block, or else the nearest with the same text, or the quiz or task that its line is
    in; else `None`."""
    blocks = article.blocks
    start = min(max(position.block, 0), len(blocks) - 1)
    near = sorted(range(len(blocks)), key=lambda index: abs(index - start))
    same = [index for index in near if blocks[index].digest == position.digest]
    if not same:
        asked = [index for index in (*article.quizzes, *article.tasks) if blocks[index].root == position.line]
        return Place(asked[0], 0) if asked else None
    unmoved = [index for index in same if blocks[index].root == position.line]
    return Place((unmoved or same)[0], position.offset)
