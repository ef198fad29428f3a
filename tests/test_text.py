"""Nothing that moves a cursor, reorders text or hides it gets through `clean`."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.text import clean

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
