"""Whatever the source says, the reader's rows fit and are safe: the reader below the screen."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from azora_tui.text import clean, fold
from azora_tui.widgets.reader.find import spans
from azora_tui.widgets.reader.glyphs import ASCII, UNICODE, ReaderGlyphs
from azora_tui.widgets.reader.loading import read_all, read_head
from azora_tui.widgets.reader.paint import Painter
from azora_tui.widgets.reader.position import find_position, position_of
from azora_tui.widgets.reader.view import Place, View
from azora_tui.widgets.reader.wrap import wrap

WORDS = st.sampled_from(
    [
        "ubuntu", "*em*", "**strong**", "`code`", "[link](https://a.org)", "[x](#there)", "![map](m.png)",
        "中文字符。", "한국어", "👩\u200d💻", "e\u0301", "©\ufe0f", "שלום", "می\u200cخواهم", "x" * 90, "[^1]",
        "\\\n", "  \n", "~~no~~", "&#27;", "&#x202e;", "<b>", "[/x]", "[@click=quit]", "\x1b[2J", "|", "a_b_c",
        "https://a.org", "\u3000",
    ]
)  # fmt: skip
LINE = st.lists(WORDS, max_size=12).map(" ".join)
PREFIX = st.sampled_from(
    ["", "", "# ", "## ", "- ", "  - ", "1. ", "10. ", "> ", "> > ", "- [x] ", "- [ ] ", "    ", "[^1]: ",
     "| a | b |\n|--:|---|\n| "]
)  # fmt: skip
BLOCK = st.one_of(
    st.builds(lambda a, b: a + b, PREFIX, LINE),
    st.sampled_from(
        ["::: callout", "::: challenge", "::: solution", "::: quiz", "::: {.card #a}", ":::", "```python", "```",
         "---", "", "What? {#q}", "- [x] yes\n  > Good", "answer: 3 ± 1", "hint: look", "| a | b |", "|---|:-:|"]
    ),
)  # fmt: skip
MARKDOWN = st.lists(st.tuples(BLOCK, st.sampled_from(["\n", "\n\n"])).map("".join), max_size=25).map("".join)
ANY = st.one_of(MARKDOWN, st.text(st.characters(codec=None), max_size=300))


def view_of(source: str, width: int = 76, *, glyphs: ReaderGlyphs = UNICODE, opened: bool = True) -> View:
    article = read_all(clean(source))
    parts = frozenset(block.part for block in article.blocks if block.part >= 0)
    view = View(article, width, glyphs, parts if opened else frozenset(), {})
    while view.measure_next():
        pass
    return view


def rows_of(view: View, width: int | None = None) -> list[str]:
    painter = Painter(lambda names: Style())
    return [painter.strip(view, row, width or view.width).text for row in range(view.flow.rows)]


def page(source: str, width: int = 40, **options: object) -> list[str]:
    return [row.rstrip() for row in rows_of(view_of(source, width, **options))]  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(ANY, st.one_of(st.integers(20, 200), st.integers(1, 19)))
@example("中" * 50, 1)
@example("©\ufe0f" * 50, 20)
@example("*©*\ufe0f" * 50, 20)
@example("a\u200d b\u200d\u200d c" * 30, 21)
def test_any_source_fits_any_width(source: str, width: int) -> None:
    view = view_of(source, width)
    for row in rows_of(view):
        assert cell_len(row) <= width
        for character in row:
            assert unicodedata.category(character) not in ("Cc", "Cs")
            assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff"


@settings(max_examples=60, deadline=None)
@given(MARKDOWN, st.integers(20, 120))
def test_a_place_is_found_again_at_another_width(source: str, width: int) -> None:
    view, other = view_of(source, 76), view_of(source, width)
    for row in range(view.flow.rows):
        place = view.place(row)
        assert view.row_of(place) <= row
        assert other.place(other.row_of(place)).block == place.block
        assert find_position(position_of(place, view.article), other.article) is not None


@settings(max_examples=60, deadline=None)
@given(MARKDOWN, st.integers(20, 100), st.integers(0, 400))
def test_the_head_looks_like_the_whole(source: str, width: int, characters: int) -> None:
    """The first page must not jump when the rest is there: only the last block of the head may still change."""
    source = clean(source)
    head = read_head(source, 0, characters)
    whole = read_all(source)
    if head.is_all or "[^" in source or "](" in source or "`" in source:
        return
    shown = rows_of(View(head.article, width, UNICODE, frozenset(), {}))
    in_full = rows_of(View(whole, width, UNICODE, frozenset(), {}))
    roots = sorted({block.root for block in head.article.blocks})
    if len(roots) < 2:
        return
    view = View(head.article, width, UNICODE, frozenset(), {})
    while view.measure_next():
        pass
    last = next(n for n, block in enumerate(head.article.blocks) if block.root == roots[-1])
    for row in range(min(view.flow.tops[last], len(in_full))):
        assert shown[row] == in_full[row]


@given(st.text(st.characters(codec=None, exclude_characters="\n"), max_size=200), st.integers(2, 60))
def test_wrap_loses_nothing_but_blanks(text: str, width: int) -> None:
    text = clean(text)
    rows = wrap(text, width)
    kept = "".join(text[start:end] for start, end in rows)
    assert kept.replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")
    assert all(cell_len(text[start:end]) <= width for start, end in rows)


@given(st.text(max_size=60), st.text(min_size=1, max_size=3))
def test_every_span_folds_to_what_was_looked_for(text: str, query: str) -> None:
    folded = fold(query)
    for start, end in spans(text, folded):
        assert folded in fold(text[start:end])


def test_find_folds_case_and_diacritics() -> None:
    assert spans("Café CAFE cafe\u0301", fold("cafe")) == [(0, 4), (5, 9), (10, 14)]
    assert spans("Straße", fold("STRASSE")) == [(0, 6)]
    assert spans("nothing", "") == []


def test_lists_hang_and_keep_the_air_of_the_source() -> None:
    assert page("- one two three four five six\n- b\n  - c\n\n- d", 20) == [
        "● one two three four", "  five six", "● b", "  ○ c", "", "● d",
    ]  # fmt: skip
    assert page("9. nine\n10. ten") == [" 9. nine", "10. ten"]
    assert page("- [x] done\n- [ ] open", glyphs=ASCII)[0].startswith("[x]")


def test_tables_align() -> None:
    assert page("| a | n |\n|---|--:|\n| one | 1 |\n| two | 22 |") == [
        "a      n", "────────", "one    1", "two   22",
    ]  # fmt: skip


def test_wide_tables_wrap_and_then_scroll_sideways() -> None:
    words = "| " + " | ".join(["some words to wrap"] * 3) + " |\n"
    assert max(map(len, page(words + "|---|---|---|\n" + words, 40))) <= 40
    source = "| " + " | ".join(f"column{n}" for n in range(12)) + " |\n" + "|---" * 12 + "|\n"
    view = view_of(source, 40)
    assert view.layout(0).wide > 40
    first = rows_of(view)
    assert "columns 1 to 40 of" in first[-1]
    view.sideways[0] = view.farthest(0, 10_000)
    view.forget(0)
    assert "column11" in rows_of(view)[0]


def test_solutions_are_closed_until_opened() -> None:
    source = "::: challenge\n### Try\nDo.\n\n::: solution\nSecret\n:::\n:::\n\nAfter"
    closed = page(source, opened=False)
    assert closed == ["┃ Challenge", "┃ Try", "┃", "┃ Do.", "┃", "┃ ▸ Solution (closed)", "", "After"]
    assert "┃ │ Secret" in page(source)


def test_a_quiz_is_shown_without_its_answers() -> None:
    source = "::: quiz\n\nWhich? {#a}\n\n- [x] Right\n  > Because.\n- [ ] Wrong\n  > No.\n\n"
    source += "How many? {#b}\n\nanswer: 3 ± 0\n\n:::"
    closed = page(source, opened=False)
    assert closed == [
        "┃ Check yourself", "┃", "┃ 1. Which?", "┃", "┃    ○ Right", "┃    ○ Wrong", "┃",
        "┃ 2. How many?", "┃", "┃ ▸ Answers (closed)",
    ]  # fmt: skip
    answers = page(source)[9:]
    assert any("Because." in row for row in answers)
    assert any(row.endswith("2. 3") for row in answers)
    assert not any("No." in row for row in answers)


def test_cards_are_not_shown() -> None:
    assert page("Before\n\n::: {.card #a}\n::: front\nF\n:::\n::: back\nB\n:::\n:::") == ["Before"]


def test_footnotes_are_collected_in_order() -> None:
    rows = page("A[^x] and B[^y].\n\n[^y]: Why\n[^x]: Ex\n[^z]: never")
    assert rows[0] == "A[1] and B[2]."
    assert rows[-2:] == ["[1] Ex ▴", "[2] Why ▴"]


@pytest.mark.parametrize("glyphs", [ASCII])
def test_ascii_draws_nothing_else(glyphs: ReaderGlyphs) -> None:
    source = (
        "- a\n  - b\n- [x] c\n\n> q\n\n---\n\n::: callout\nx\n:::\n::: challenge\n::: solution\ny\n:::\n:::\n\n"
        "| a |\n|---|\n| b |\n\nz[^1]\n\n[^1]: n\n\n::: quiz\nq? {#a}\n- [x] r\n:::\n\n```\n" + "w" * 90 + "\n```\n"
    )
    for opened in (True, False):
        assert all(row.isascii() for row in page(source, glyphs=glyphs, opened=opened))


def test_a_position_survives_edits_above() -> None:
    before = read_all("# A\n\nOne\n\nTwo\n\nThree")
    after = read_all("# A\n\nNew\n\nAlso new\n\nOne\n\nTwo\n\nThree")
    position = position_of(Place(2, 1), before)
    assert find_position(position, after) == Place(4, 1)
