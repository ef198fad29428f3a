"""A row in named colours: always exactly as wide as asked, whatever its texts are."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.style import Style
from textual.strip import Strip

from azora_tui.widgets.line import Row, draw_row

STYLES = {"": Style(), "title": Style(bold=True), "muted": Style(color="grey50"), "done": Style(color="green")}
hostile = st.text() | st.text(st.sampled_from("ab 道字👩‍🚀é\u0301\u200d\ufe0f\u202e\x1b[/x]\t\n\x9b"), max_size=40)
spans = st.lists(st.tuples(hostile, st.sampled_from(sorted(STYLES))), max_size=5)


def draw(left: list[tuple[str, str]], right: list[tuple[str, str]], width: int) -> Strip:
    row: Row = (left, right)
    return draw_row(row, width, STYLES.__getitem__)


@given(spans, spans, st.integers(0, 130))
@example([("道道道", "")], [], 4)
@example([("道道道", "")], [("字", "")], 5)
@example([("", "")], [("too long for this", "")], 3)
@example([("👩‍🚀👩‍🚀", "title")], [("x", "")], 4)
def test_a_row_is_exactly_as_wide_as_asked(
    left: list[tuple[str, str]], right: list[tuple[str, str]], width: int
) -> None:
    strip = draw(left, right, width)
    assert strip.cell_length == width
    assert sum(segment.cell_length for segment in strip) == width


@given(spans, spans, st.integers(0, 130))
def test_no_control_character_gets_through(
    left: list[tuple[str, str]], right: list[tuple[str, str]], width: int
) -> None:
    text = draw(left, right, width).text
    assert not [each for each in text if each < " " or "\x7f" <= each <= "\x9f" or "\u202a" <= each <= "\u202e"]
    assert all(segment.control is None for segment in draw(left, right, width))


@given(st.text("abc ", max_size=60), st.text("xyz", min_size=1, max_size=20), st.integers(30, 100))
def test_the_left_part_gives_way_to_the_right_one(left: str, right: str, width: int) -> None:
    text = draw([(left, "")], [(right, "")], width).text
    assert text.endswith(right)
    if len(left) + 1 + len(right) <= width:
        assert text.startswith(left)
    else:
        assert text[: -len(right)].rstrip().endswith("…")


def test_what_fits_is_not_cut() -> None:
    assert draw([("twelve cells", "")], [], 12).text == "twelve cells"
    assert draw([("twelve cells", "")], [], 11).text == "twelve cel…"
    assert draw([("left", "")], [("right", "")], 10).text == "left right"


def test_each_part_has_its_own_colour() -> None:
    strip = draw([("title", "title"), (" note", "muted")], [("done", "done")], 20)
    styles = {segment.text.strip(): segment.style for segment in strip if segment.text.strip()}
    assert styles == {"title": STYLES["title"], "note": STYLES["muted"], "done": STYLES["done"]}


@pytest.mark.parametrize("width", [0, 1, 2])
def test_almost_no_room(width: int) -> None:
    assert draw([("left", "")], [("right", "")], width).cell_length == width
