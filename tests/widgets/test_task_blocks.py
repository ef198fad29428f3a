"""Tasks in the reader: what is to be done, how one stands with it, and what is no paragraph to write a note on."""

import pytest

from azora_tui.formats.paragraphs import read_paragraphs
from azora_tui.widgets.reader.blocks import Marker
from azora_tui.widgets.reader.loading import read_all, read_head
from azora_tui.widgets.reader.position import Position, find_position, position_of
from azora_tui.widgets.reader.view import Place

SOURCE = """\
Before.

::: {.task #knot}
## The *bowline*

In words.

- [ ] the loop
- [ ] the way round
:::

::: {.task #more .optional}
More.
:::

After.
"""


def test_a_task_has_its_note_above_what_it_asks_for() -> None:
    article = read_all(SOURCE, task_notes={"knot": "· new"})
    assert [block.text for block in article.blocks] == [
        "Before.", "**Task** · new", "The *bowline*", "In words.", "the loop", "the way round", "**Task** (optional)",
        "More.", "After.",
    ]  # fmt: skip
    assert article.tasks == {1: "knot", 6: "more"}
    assert {frame.marker for block in article.blocks[4:6] for frame in block.frames if frame.marker} == {
        Marker.OPEN_TASK
    }
    assert article.headings == [], "a task is no part of the contents"
    assert article.anchors["knot"] == 1


def test_the_first_page_has_it_too() -> None:
    head = read_head(SOURCE + "More text.\n\n" * 400, 0, 200, task_notes={"knot": "· new"})
    assert not head.is_all
    assert head.article.tasks[1] == "knot"
    assert head.article.blocks[1].text == "**Task** · new"


def test_what_a_task_asks_for_are_paragraphs_and_its_note_is_none() -> None:
    article = read_all(SOURCE, task_notes={"knot": "· new"})
    digests = {block.digest for place, block in enumerate(article.blocks) if place not in article.tasks}
    assert {paragraph.digest for paragraph in read_paragraphs(SOURCE)} == digests


@pytest.mark.parametrize("place", [1, 6])
def test_a_place_at_a_task_is_found_whatever_its_note_says(place: int) -> None:
    before = read_all(SOURCE, task_notes={"knot": "· new", "more": "· new"})
    position = position_of(Place(place, 0), before)
    after = read_all(SOURCE, task_notes={"knot": "· accepted", "more": "· accepted"})
    assert find_position(position, after) == Place(place, 0)
    assert find_position(Position(1, 0, 99, 7), after) is None
