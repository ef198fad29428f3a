"""What was said, in words."""

from datetime import timedelta
from typing import Any

import pytest

from azora_tui.models.news import NewsItem, NewsKind
from azora_tui.wording.news import ago, first_words, new_words, said_by
from tests.conftest import NOW


def item(kind: NewsKind, **fields: Any) -> NewsItem:
    return NewsItem(kind, "id-1", 1, "Weaving with Grass", "Elara", "Text.", NOW, **fields)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (item("announcement"), "Elara in Weaving with Grass"),
        (item("message"), "Elara to you, in Weaving with Grass"),
        (item("task_answer", lesson_id=3, task_title="The knot, in words"), "Elara on The knot, in words"),
    ],
)
def test_who_said_it_and_where(said: NewsItem, expected: str) -> None:
    assert said_by(said) == expected


@pytest.mark.parametrize(("number", "expected"), [(1, "New"), (2, "2 new"), (1_000, "1,000 new")])
def test_how_much_is_new(number: int, expected: str) -> None:
    assert new_words(number) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bring grass.", "Bring grass."),
        ("## Tomorrow\n\nWe  meet\tat **nine**, *not* at ten.", "Tomorrow We meet at nine, not at ten."),
        ("- one\n- two\n1. three\n> four", "one two three four"),
        ("Read [the lesson](https://example.org/a) and ![a knot](k.png) of `bowline`.", "Read the lesson and a knot of bowline."),
        ("2 * 3 is __six__, snake_case stays, ~~this~~ is struck out", "2 * 3 is six, snake_case stays, this is struck out"),
        ("**bold!** at the end*", "bold! at the end"),
        ("[bold]not markup[/bold] [red]", "[bold]not markup[/bold] [red]"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_first_words_are_read_without_marks(text: str, expected: str) -> None:
    assert first_words(text) == expected


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two …"),
        ("one two three", 5, "one …"),
        ("x" * 30, 10, "x" * 9 + " …"),
        ("word " * 100, 1_000, ("word " * 80).strip().rpartition(" ")[0] + " …"),
    ],
)
def test_what_is_too_long_ends_with_a_whole_word(text: str, most: int, expected: str) -> None:
    assert first_words(text, most) == expected


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(seconds=-9), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(days=8), "8 days"),
    ],
)
def test_how_long_ago(length: timedelta, expected: str) -> None:
    assert ago(NOW, NOW + length) == expected
