"""Nothing that moves a cursor, reorders text or hides it gets through `clean`."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.text import cells, clean, cut_start, wrap

_ANY = st.text(st.characters(codec=None, categories=("C", "L", "M", "N", "P", "S", "Z")))


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[31m",
        "\x07",
        "\x00",
        "\x7f",
        "\x9b31m",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\ud800",
        "\ufffe",
        "\U0001ffff",
        "\ufdd0",
        "\U000e0041",
        "\u206a",
    ],
)
def test_removes_what_a_terminal_must_not_get(hostile: str) -> None:
    cleaned = clean(f"a{hostile}b")
    assert cleaned[0] == "a"
    assert cleaned[-1] == "b"
    assert all(character.isprintable() for character in cleaned)


@pytest.mark.parametrize("kept", ["می‌خواهم", "👩‍💻", "שלום\u200f!", "a\u0301", "日本語", "tab\tand\nnewline"])
def test_keeps_what_languages_need(kept: str) -> None:
    assert clean(kept) == kept


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\n", "\x85", "\u2028", "\u2029"])
def test_every_line_break_becomes_a_newline(line_break: str) -> None:
    assert clean(f"one{line_break}two") == "one\ntwo"
    assert clean(f"one{line_break}two", keep_newlines=False) == "one two"


@given(_ANY)
def test_what_is_left_is_safe_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    for character in cleaned:
        assert character in "\t\n" or unicodedata.category(character) not in ("Cc", "Cs")
        assert not "\u202a" <= character <= "\u202e"
        assert not "\u2066" <= character <= "\u2069"
    assert cleaned.encode() is not None
    assert clean(cleaned) == cleaned
    assert not set(clean(text, keep_newlines=False)) & set("\t\n")


@pytest.mark.parametrize(
    ("text", "columns", "cut"),
    [
        ("week-1/quiz.xml", 15, "week-1/quiz.xml"),
        ("week-1/quiz.xml", 14, "…ek-1/quiz.xml"),
        ("課程/一", 7, "課程/一"),
        ("課程/一", 6, "…程/一"),
        ("課程/一", 5, "…/一"),
        ("abc", 1, "…"),
    ],
)
def test_the_start_of_a_text_is_cut_to_cells(text: str, columns: int, cut: str) -> None:
    assert cut_start(text, columns) == cut
    assert cells(cut) <= columns


def test_wrapping_counts_cells_and_breaks_only_what_is_longer_than_a_line() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("課程 課程", 5) == ["課程", "課程"]
    assert wrap("abcdefgh 50 %", 4) == ["abcd", "efgh", "50 %"]
    assert wrap("see https://example.org/long", 10) == ["see", "https://example.org/long"]
    assert wrap("one two", 5, first="- ", rest="  ") == ["- one", "  two"]
