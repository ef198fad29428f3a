"""A lesson as plain paragraphs, and that the reader finds each of them where it is said to be."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azora_tui.formats.course import read_course
from azora_tui.formats.paragraphs import digest_of, read_paragraphs
from azora_tui.lms.bundled import SLUGS
from azora_tui.widgets.reader.inline import read_inline
from azora_tui.widgets.reader.loading import read_all

ALL = """\
# A *first* heading {#first .x}

Some **strong** and `code`, a [link](https://example.org) and an ![image of a map](map.png).[^1] Caf\u00e9 &amp; more.

- [x] done
- open
  1. [x] not a task
  2. nested

> quoted \\* words

```python
x = "code"
```

| Head | Other |
|------|-------|
| cell | *two* |

::: challenge
## Try it
Find it.
::: solution
It was there.
:::
:::

::: card
front: hidden
:::

::: instructor
Also hidden.
:::

::: quiz
Before it.

Which one? {#q1}

- [x] The right one
  > Because it is.
- [ ] The wrong one

hint: look again

answer: 42
:::

[^1]: A note that is referred to.

[^2]: A note that nobody refers to.
"""


def texts(source: str) -> list[str]:
    return [paragraph.text for paragraph in read_paragraphs(source)]


def test_it_is_the_text_that_the_reader_shows_and_not_the_markup() -> None:
    assert texts(ALL) == [
        "A first heading",
        "Some strong and code, a link and an image of a map. Caf\u00e9 & more.",
        "done",
        "open",
        "[x] not a task",
        "nested",
        "quoted * words",
        'x = "code"',
        "Head Other cell two",
        "Try it",
        "Find it.",
        "It was there.",
        "Before it. Which one?",
        "The right one",
        "The wrong one",
        "A note that is referred to.",
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_reader_finds_each_paragraph_by_its_line_and_digest(slug: str) -> None:
    sources = [lesson.content for lesson in read_course(files("azora_tui") / "courses" / slug).lessons]
    for source in [*sources, ALL]:
        article = read_all(source, quiz_note="")
        blocks = {(block.digest, block.root): block for block in article.blocks}
        quizzes = {article.blocks[place].root for place in article.quizzes}
        paragraphs = read_paragraphs(source)
        assert len(paragraphs) > 10
        for paragraph in paragraphs:
            if paragraph.line in quizzes:
                continue  # one line in the reader, to which its line alone leads
            block = blocks[paragraph.digest, paragraph.line]
            assert digest_of(block.text) == paragraph.digest
            if "[^" not in block.text and "![" not in block.text and block.kind.value in ("text", "heading"):
                words = read_inline(block.text, article.document, article.notes).text
                assert " ".join(words.split()) == paragraph.text


@given(st.text(st.sampled_from("ab \n#*_`[](){}<>!|:->.1\\^~&;\u00e9\u0301\x1b\u202e"), max_size=200))
def test_any_text_can_be_read_and_gives_clean_lines(source: str) -> None:
    for paragraph in read_paragraphs(source):
        assert paragraph.text.strip()
        assert not set(paragraph.text) & set("\n\t\x1b\u202e")
