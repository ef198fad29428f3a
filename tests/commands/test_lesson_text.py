"""Lessons as plain text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import azora_tui
from azora_tui.commands.lesson_text import lesson_text
from azora_tui.text import cells, clean

LESSONS = sorted((Path(azora_tui.__file__).parent / "courses").rglob("*.md"))


def test_words_stay_and_emphasis_goes():
    assert lesson_text("One *two* **three** `five *six*`.", 76) == "One two three `five *six*`."


def test_what_is_struck_out_does_not_read_as_if_it_held():
    assert lesson_text("It is ~~*safe*~~ dangerous.", 76) == "It is ~~safe~~ dangerous."


def test_addresses_stand_behind_their_words():
    assert lesson_text("See [the text](https://example.org/a).", 76) == "See the text (https://example.org/a)."
    assert lesson_text("<https://example.org/a>", 76) == "https://example.org/a"
    assert lesson_text("[below](#below) [x](javascript:x)", 76) == "below [x](javascript:x)"


def test_lists_quotes_and_code():
    source = "Text:\n\n- one\n- two\n  1. inner\n\n> said\n\n```sh\nls  -l\n```\n\n---\n"
    assert lesson_text(source, 76).split("\n") == [
        "Text:", "", "- one", "- two", "  1. inner", "", "> said", "", "    ls  -l", "", "---",
    ]  # fmt: skip


def test_code_is_never_wrapped():
    line = "x" * 200
    assert f"    {line}" in lesson_text(f"```\n{line}\n```", 40)


def test_a_table_is_columns_or_named_cells():
    source = "| Key | Does |\n|---|---|\n| `g` | goes to the first of them all |\n| `G` | |\n"
    assert lesson_text(source, 76).split("\n") == [
        "Key  Does", "`g`  goes to the first of them all", "`G`",
    ]  # fmt: skip
    assert lesson_text(source, 24).split("\n") == [
        "Key: `g`", "Does: goes to the first", "  of them all", "", "Key: `G`",
    ]  # fmt: skip


def test_nothing_leaves_two_empty_lines():
    assert lesson_text("Text\n\n|  |  |\n|---|---|\n| a | b |\n", 76).split("\n") == ["Text", "", "a  b"]
    assert lesson_text("Text\n\n```\n\nls\n```\n", 76).split("\n") == ["Text", "", "    ls"]


def test_divs_say_what_they_are():
    source = "::: challenge\n### Try it\nDo.\n\n::: solution\nSo.\n:::\n:::\n\n::: callout\nMind.\n:::\n"
    assert lesson_text(source, 76).split("\n") == [
        "Challenge: Try it", "  Do.", "", "  Solution", "    So.", "", "Note", "  Mind.",
    ]  # fmt: skip


def test_cards_are_not_for_reading():
    assert lesson_text("::: {.card #a}\n::: front\nAsk\n:::\n::: back\nTell\n:::\n:::\n\nText", 76) == "Text"


QUIZ = """\
::: quiz

Which? {#which}

- [ ] This
  > Not this one.
- [x] That
  > Yes.

How many? {#many}

hint: Few

answer: 3 | three
:::

After.
"""


def test_a_quiz_gives_its_answers_at_the_end():
    assert lesson_text(QUIZ, 76).split("\n") == [
        "Check yourself", "  1. Which?", "     a) This", "     b) That", "", "  2. How many?",
        "     Hint: Few", "", "After.", "", "Answers", "1. b) That", "   Yes.", "2. 3 or three",
    ]  # fmt: skip


def test_footnotes_come_at_the_end_in_the_order_of_the_text():
    source = "B[^b], a[^a].\n\n[^a]: Alpha\n[^b]: Beta\n[^c]: Never asked for\n"
    assert lesson_text(source, 76) == "B [1], a [2].\n\nFootnotes\n[1] Beta\n[2] Alpha"


def test_wide_characters_are_counted_as_the_terminal_does():
    text = lesson_text("学" * 50, 20)
    assert text.replace("\n", "") == "学" * 50
    assert max(map(cells, text.split("\n"))) == 20


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
@pytest.mark.parametrize("columns", [40, 76])
def test_every_bundled_lesson(path: Path, columns: int):
    source = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    text = lesson_text(source, columns)
    assert clean(text) == text
    for markup in (":::", "[^", "- [x]", "{#"):
        assert markup not in text
    for line in text.split("\n"):
        assert cells(line) <= columns or line.startswith("    ") or "://" in line


@given(st.text(alphabet="ab \n>-*_`#[]()|:!{}^.1~\\&;<x", max_size=300), st.integers(1, 80))
def test_no_markdown_is_too_strange(source: str, columns: int):
    text = lesson_text(source, columns)
    assert all(line == line.rstrip() for line in text.split("\n"))


@pytest.mark.parametrize(
    "source",
    [
        "> " * 500 + "a",
        "- " * 500 + "a",
        "::: a\n" * 500,
        "::: quiz\n- [x] a\n> b\nanswer: c\n:::",
        "| a |\n|---|",
        "[^a]: [^a]",
    ],
)
def test_deep_and_broken_markdown(source: str):
    lesson_text(source, 40)


def test_characters_behind_references_are_cleaned():
    assert "\x1b" not in lesson_text("&#27;[31m &#x202e; `&#27;`", 76)
